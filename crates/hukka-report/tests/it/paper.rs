//! The report on paper: what a reader of the file finds in it, and that nothing is cut or covered.

#![expect(clippy::assigning_clones, reason = "fixtures are bent, not run hot")]

use crate::fixture::Fixture;
use crate::reader::{Page, pages, read};
use hukka_model::{UnconnectedConsumer, VerdictKind};
use hukka_report::pdf;

/// A4 less the margins, points.
const LEFT: f32 = 44.9;
const RIGHT: f32 = 595.28 - 44.9;
const LOWEST: f32 = 29.0;

/// Writes a file where it can be looked at, beside the build.
#[expect(
    clippy::disallowed_methods,
    reason = "tests leave their pages for people to look at"
)]
fn keep(name: &str, file: &[u8]) {
    let path = format!("{}/{name}.pdf", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, file).expect("the build folder can be written");
}

fn long_names() -> Fixture {
    let long = "Kaakkois-Suomen-kaukolämpöverkon-laajennus-ja-hukkalämmön-talteenotto, vaihe 2b \
                (Karhulan ja Sunilan kaupunginosat, itäinen rannikkoalue)";
    let mut fixture = Fixture::town(20);
    fixture.study.name = long.repeat(2);
    fixture.study.data_centres[0].id = "data-centre-with-a-very-long-name-indeed".to_owned();
    fixture.sources[0].id = fixture.study.data_centres[0].id.clone();
    fixture.design.capex[0].name = long.to_owned();
    fixture.assessment.verdict.headline = format!("GO, if {long} fills to at least 46 % by 2029");
    fixture.assessment.verdict.reasons[0].1 = long.to_owned();
    fixture.assessment.payments[0].what = long.to_owned();
    fixture.study.assumptions[0].key = "x".repeat(140);
    fixture.study.assumptions[0].value = "word ".repeat(400);
    fixture.diagnostics[0].message = format!("語 {long}");
    fixture
}

fn no_go() -> Fixture {
    let mut fixture = Fixture::town(12);
    let connected = fixture.design.connected.drain(..);
    let left_out: Vec<UnconnectedConsumer> = connected
        .map(|connected| UnconnectedConsumer {
            consumer: connected.consumer,
            reason: hukka_model::UnconnectedReason::NotWorthPipe,
        })
        .collect();
    fixture.design.unconnected.extend(left_out);
    fixture.design.trenches.clear();
    fixture.network.trenches.clear();
    fixture.network.snapshots.clear();
    let assessment = &mut fixture.assessment;
    assessment.cash_flow.clear();
    assessment.break_evens.clear();
    assessment.payments.clear();
    assessment.distance_curve.clear();
    assessment.verdict.kind = VerdictKind::NoGo;
    assessment.verdict.headline = "No heat to give.".to_owned();
    fixture
}

fn all() -> Vec<(&'static str, Fixture)> {
    vec![
        ("town", Fixture::town(60)),
        ("lumped", Fixture::lumped()),
        ("long", long_names()),
        ("no-go", no_go()),
    ]
}

#[test]
fn the_file_is_the_same_twice_and_holds_no_clock() {
    let file = || pdf(&Fixture::town(30).inputs()).unwrap();
    let first = file();
    assert!(first == file());
    for stamp in ["CreationDate", "ModDate", "D:20"] {
        let is_there = first.windows(stamp.len()).any(|w| w == stamp.as_bytes());
        assert!(!is_there, "{stamp}");
    }
}

#[test]
fn the_text_can_be_read_with_its_verdict_figures_and_run() {
    let fixture = Fixture::town(60);
    let file = read(&pdf(&fixture.inputs()).unwrap());
    let text = file.text();
    for words in [
        "GO, if the data centre fills to at least 46 % by year 4.",
        "33 °C heat 0.9 km from the town centre",
        "CO₂ saved",
        "3f9c27a1",
        "network.return_temperature_c",
        "E_REUSE",
        "HK0304",
        "Appendix: the figures in numbers",
        "© OpenStreetMap contributors, ODbL 1.0.",
    ] {
        assert!(text.contains(words), "{words}");
    }
    let first = file.pages[0].text();
    assert!(first.contains("GO, if the data centre fills"), "{first}");
}

#[test]
fn both_fonts_are_inside_and_every_page_is_a4() {
    let file = read(&pdf(&Fixture::town(12).inputs()).unwrap());
    let source = file.source();
    assert_eq!(source.matches("/FontFile2").count(), 2);
    assert_eq!(source.matches("/Subtype/Type0").count(), 2);
    assert_eq!(
        source.matches("[0 0 595.28 841.89]").count(),
        file.pages.len()
    );
    for asks in ["/URI", "http://", "https://", "/JavaScript", "/Launch"] {
        assert!(!source.contains(asks), "{asks}");
    }
}

#[test]
fn contents_and_bookmarks_lead_to_the_pages_they_name() {
    let file = read(&pdf(&Fixture::town(60).inputs()).unwrap());
    let contents = &file.pages[1];
    assert!(contents.text().contains("Contents"));
    assert!(contents.links.len() >= 20);
    let mut found = 0;
    for (line, to) in contents.lines_with_links() {
        let (words, number) = line.rsplit_once(' ').unwrap();
        assert_eq!(number, (to + 1).to_string(), "{line}");
        let words = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let start: String = words.chars().take(30).collect();
        // The first page has no heading: it is the verdict.
        let is_there = to == 0 || file.pages[to].text().contains(start.trim());
        assert!(is_there, "{line}");
        found += 1;
    }
    assert_eq!(found, contents.links.len());
    let source = file.source();
    assert!(source.contains("/Outlines") && source.matches("/Title").count() > 30);
}

#[test]
fn nothing_is_cut_at_an_edge() {
    for (name, fixture) in all() {
        let file = pdf(&fixture.inputs()).unwrap();
        keep(name, &file);
        for (number, page) in pages(&file).iter().enumerate() {
            for mark in &page.marks {
                let is_inside = mark.x >= LEFT && mark.right() <= RIGHT && mark.y >= LOWEST;
                assert!(is_inside, "{name}, page {}: {mark:?}", number + 1);
            }
        }
    }
}

/// Two texts that lie on each other, on one page.
fn covered(page: &Page) -> Option<(String, String)> {
    for (i, a) in page.marks.iter().enumerate() {
        for b in &page.marks[i + 1..] {
            let is_rim = a.text == b.text && (a.x - b.x).abs() < 0.1 && (a.y - b.y).abs() < 0.1;
            let is_beside = a.right() <= b.x + 0.6 || b.right() <= a.x + 0.6;
            let is_above = a.y >= b.y + 0.62 * b.size || b.y >= a.y + 0.62 * a.size;
            if !is_rim && !is_beside && !is_above {
                return Some((a.text.clone(), b.text.clone()));
            }
        }
    }
    None
}

#[test]
fn no_text_lies_on_another() {
    for (name, fixture) in all() {
        let file = pdf(&fixture.inputs()).unwrap();
        for (number, page) in pages(&file).iter().enumerate() {
            let both = covered(page);
            assert!(both.is_none(), "{name}, page {}: {both:?}", number + 1);
        }
    }
}

#[test]
fn heads_of_a_long_table_stand_on_every_page_of_it() {
    let mut fixture = Fixture::town(12);
    let line = fixture.study.assumptions[1].clone();
    fixture.study.assumptions = vec![line; 200];
    let file = read(&pdf(&fixture.inputs()).unwrap());
    let with_rows = file.pages.iter().filter(|page| {
        let text = page.text();
        text.matches("data_centre.north.it_load_mw").count() > 2
    });
    let mut count = 0;
    for page in with_rows {
        assert!(page.text().contains("Confidence"));
        count += 1;
    }
    assert!(count >= 4, "{count}");
}

#[test]
fn a_letter_no_font_has_becomes_a_box_and_nothing_breaks() {
    let mut fixture = Fixture::town(3);
    fixture.study.name = "数据中心 \u{1f525} مركز".to_owned();
    let file = read(&pdf(&fixture.inputs()).unwrap());
    assert!(file.pages[0].text().contains('□'));
}
