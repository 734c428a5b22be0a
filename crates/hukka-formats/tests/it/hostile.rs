//! Files that are broken, spoilt or made to hurt: findings, never a panic.

use crate::support::{errors, read_text};
use hukka_formats::network::{CaseFile, read};
use proptest::prelude::*;

const CASE: &str = include_str!("data/small.json");
const INP: &str = include_str!("data/features.inp");
const ESDL: &str = include_str!("data/small.esdl");
const PANDAPIPES: &str = include_str!("data/small.pandapipes.json");

#[test]
fn empty_and_foreign_files_are_refused() {
    for text in [
        "",
        "  \n",
        "{}",
        "[]",
        "[1,2",
        "{\"schema\": \"other/1\"}",
        "hello",
        "%PDF-1.4",
        "null",
    ] {
        let codes = errors("a.json", text);
        assert!(
            codes
                .iter()
                .all(|code| code == "HK1001" || code == "HK1002"),
            "{text}: {codes:?}"
        );
    }
}

#[test]
fn a_truncated_file_is_refused_wherever_it_ends() {
    for whole in [CASE, PANDAPIPES, ESDL] {
        for cut in (1..whole.len() - 2)
            .step_by(37)
            .filter(|cut| whole.is_char_boundary(*cut))
        {
            if whole[cut..].trim().is_empty() {
                continue;
            }
            assert!(
                read_text("a", &whole[..cut]).case.is_none(),
                "{}",
                &whole[..cut]
            );
        }
    }
}

#[test]
fn deep_nesting_and_entities_do_no_harm() {
    let deep = format!("{{\"schema\": {}", "[".repeat(200_000));
    assert_eq!(errors("a.json", &deep), ["HK1001"]);
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><EnergySystem>&b;</EnergySystem>";
    assert_eq!(errors("a.esdl", bomb), ["HK1001"]);
    let xml = "<a>".repeat(10_000);
    assert_eq!(errors("a.esdl", &xml), ["HK1001"]);
}

#[test]
fn absurd_numbers_are_refused() {
    for (from, to) in [
        ("\"length_m\": 100", "\"length_m\": 1e300"),
        ("\"length_m\": 100", "\"length_m\": -5"),
        ("\"length_m\": 100", "\"length_m\": NaN"),
        ("\"inner_diameter_m\": 0.05", "\"inner_diameter_m\": 0"),
        ("\"q_w\": 10000", "\"q_w\": 1e30"),
        ("\"t_supply_k\": 353.15", "\"t_supply_k\": 80"),
        ("\"nodes\": [", "\"nodes\": 7, \"x\": ["),
        ("\"id\": \"a\"", "\"id\": {}"),
        ("\"from\": \"s0\"", "\"from\": []"),
    ] {
        assert!(CASE.contains(from), "{from}");
        let codes = errors("case.json", &CASE.replace(from, to));
        assert!(codes.iter().all(|code| code.starts_with("HK10")), "{to}");
    }
}

#[test]
fn absurd_lines_of_an_input_file_are_refused() {
    for (from, to) in [
        ("P1  J1 J2", "P1  J1 J1"),
        ("P1  J1 J2", "P1  J1 NOWHERE"),
        ("P1  J1 J2", "P1"),
        ("100 300 0.1", "100 -300 0.1"),
        ("100 300 0.1", "1e400 300 0.1"),
        ("HEAD C1", "HEAD C9"),
        ("J1  10", "J1  NaN"),
        ("J2  12 5", "J1  12 5"),
    ] {
        assert!(INP.contains(from), "{from}");
        let codes = errors("a.inp", &INP.replace(from, to));
        assert!(codes.iter().all(|code| code.starts_with("HK10")), "{to}");
    }
}

fn no_panic(bytes: &[u8]) {
    let beside = [("series_sources.csv".to_owned(), bytes.to_vec())];
    for name in ["a.json", "a.inp", "a.esdl", "a"] {
        let result = read(CaseFile {
            name,
            bytes,
            beside: &beside,
        });
        let has_error = result
            .diagnostics
            .iter()
            .any(hukka_model::Diagnostic::is_error);
        assert_eq!(result.case.is_none(), has_error);
        for diagnostic in &result.diagnostics {
            assert!(
                hukka_formats::CODES
                    .iter()
                    .any(|(code, _)| *code == diagnostic.code)
            );
        }
        // What was read can be written in every format.
        if let Some(case) = &result.case {
            use hukka_formats::network::{NetworkFormat as F, write};
            for format in [F::Case, F::Inp, F::Pandapipes, F::Esdl, F::GeoJson] {
                assert!(!write(case, format, "out").bytes.is_empty());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn spoilt_bytes_never_panic(
        which in 0..4_usize,
        spots in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..6),
    ) {
        let mut bytes = [CASE, INP, ESDL, PANDAPIPES][which].as_bytes().to_vec();
        for (at, byte, what) in spots {
            let at = at.index(bytes.len());
            match what {
                0 => bytes[at] = byte,
                1 => { bytes.remove(at); }
                2 => bytes.insert(at, byte),
                _ => { let end = (at + 20).min(bytes.len()); bytes.drain(at..end); }
            }
        }
        no_panic(&bytes);
    }

    #[test]
    fn swapped_words_never_panic(which in 0..4_usize, a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
        let text = [CASE, INP, ESDL, PANDAPIPES][which];
        let mut words: Vec<&str> = text.split_inclusive([' ', ',', '"', '\n']).collect();
        let (a, b) = (a.index(words.len()), b.index(words.len()));
        words.swap(a, b);
        no_panic(words.concat().as_bytes());
    }

    #[test]
    fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        no_panic(&bytes);
    }
}
