//! The page.

use crate::fixture::Fixture;
use hukka_model::{DispatchPlan, UnconnectedConsumer};
use hukka_report::{Error, html};
use hukka_units::{ElectricPower, HeatPower, Money, Temperature};

const LIMIT_BYTES: usize = 3_000_000;

/// Writes a page where it can be looked at, beside the build; returns its path.
#[expect(
    clippy::disallowed_methods,
    reason = "tests leave their pages for people to look at"
)]
pub(crate) fn keep(name: &str, page: &str) -> String {
    let path = format!("{}/{name}.html", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, page).expect("the build folder can be written");
    path
}

/// Whether the page shows a NaN; packed series may hold the letters by chance.
fn shows_nan(page: &str) -> bool {
    let is_packed =
        |c: Option<u8>| c.is_some_and(|c| c.is_ascii_alphanumeric() || b"+/".contains(&c));
    let bytes = page.as_bytes();
    page.match_indices("NaN").any(|(at, text)| {
        let before = at.checked_sub(1).map(|i| bytes[i]);
        let after = bytes.get(at + text.len()).copied();
        !is_packed(before) && !is_packed(after)
    })
}

#[test]
fn every_section_is_there() {
    let page = html(&Fixture::town(60).inputs()).unwrap();
    keep("town", &page);
    for heading in [
        "Verdict",
        "The place",
        "A year of heat",
        "From server to flat",
        "The machine",
        "Is it too far?",
        "Money",
        "Climate and law",
        "Assumptions",
    ] {
        assert!(
            page.contains(&format!("</span>{heading}</h2>")),
            "{heading}"
        );
    }
    for text in [
        "GO, if the data centre fills",
        "E_REUSE",
        "T_WH",
        "EnEfG, § 11(2)",
        "synthetic: southern-finland, seed 1",
        "© OpenStreetMap contributors, ODbL 1.0",
        "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
        "HK0304",
        "3f9c27a1",
        "network.return_temperature_c",
        "3.1e-14",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn the_page_asks_nothing_of_any_network_and_shows_no_broken_number() {
    for fixture in [Fixture::town(60), Fixture::lumped()] {
        let page = html(&fixture.inputs()).unwrap();
        assert!(!shows_nan(&page));
        for text in [
            "http://",
            "https://",
            ">inf",
            "Infinity MW",
            "@import",
            "src=",
            "url(",
        ] {
            assert!(!page.contains(text), "{text}");
        }
        assert!(page.contains("default-src 'none'"));
    }
}

#[test]
fn the_value_left_at_the_end_is_shown_apart() {
    let fixture = Fixture::town(12);
    let page = html(&fixture.inputs()).unwrap();
    let text = "of which 2.2 M€ is the value left in pipes and machines after year 20, discounted; \
                without it the net present value is 5.7 M€";
    assert!(page.contains(text));
    let table = page.split("year by year").nth(1).unwrap();
    let rows: Vec<Vec<String>> = table
        .split("</tbody>")
        .next()
        .unwrap()
        .split("<tr>")
        .map(|row| {
            row.split("</td>")
                .filter_map(|cell| Some(cell.rsplit_once('>')?.1.to_owned()))
                .collect()
        })
        .collect();
    let [.., last, left] = rows.as_slice() else {
        panic!("no rows")
    };
    assert_eq!((last[0].as_str(), last[2].as_str()), ("20", "0"));
    assert_eq!(left[0], "value left");
    assert_eq!(
        (left[2].as_str(), left[5].as_str()),
        ("−5,800,000", "5,800,000")
    );
    let euro = |text: &str| -> f64 { text.replace(',', "").replace('−', "-").parse().unwrap() };
    let last_npv = euro(&last[6]) + fixture.assessment.kpis.npv_residual.eur();
    assert!((euro(&left[6]) - last_npv).abs() < 2.0, "{left:?}");
}

#[test]
fn machines_that_stand_already_cost_their_upkeep_alone() {
    let mut fixture = Fixture::town(12);
    let mut standing = fixture.design.capex[4].clone();
    standing.name = "boiler wood chip (existing)".to_owned();
    standing.group = "standing".to_owned();
    standing.amount = Money::ZERO;
    standing.upkeep_per_year = Money::from_eur(12_345.0);
    fixture.design.capex.push(standing);
    let page = html(&fixture.inputs()).unwrap();
    let row = "<td>boiler wood chip (existing)</td><td>standing</td><td class=\"n\">–</td>\
               <td class=\"n\">–</td><td class=\"n\">12,345</td>";
    assert!(page.contains(row));
    assert!(page.contains("Machines that stand already cost their upkeep alone."));
    assert!(!page.contains(">Standing<"));
}

#[test]
fn single_things_are_not_plural() {
    let mut fixture = Fixture::town(12);
    fixture.design.connected.truncate(1);
    let page = html(&fixture.inputs()).unwrap();
    assert!(page.contains("1 of 12 consumers is connected"));
    fixture.network.cold_consumers = vec![(0, 1)];
    let page = html(&fixture.inputs()).unwrap();
    assert!(page.contains("1 connected consumer gets colder water than it needs"));
    assert!(!page.contains(" 1 hours") && !page.contains(" 1 consumers"));
}

#[test]
fn names_cannot_break_out_of_the_page() {
    let bad = "</script><script>alert('x')</script>";
    let mut fixture = Fixture::town(12);
    fixture.study.name = bad.to_owned();
    fixture.study.id = bad.to_owned();
    fixture.study.data_centres[0].id = bad.to_owned();
    fixture.study.weather.provenance = bad.to_owned();
    fixture.study.attributions = vec![bad.to_owned()];
    fixture.study.assumptions[0].value = bad.to_owned();
    fixture.sources[0].id = bad.to_owned();
    fixture.plan.units[0].id = bad.to_owned();
    fixture.plan.stores[0].id = bad.to_owned();
    fixture.design.stores[0].id = bad.to_owned();
    let mut second = fixture.design.heat_pumps[0].clone();
    second.id = bad.to_owned();
    fixture.design.heat_pumps.push(second);
    fixture.design.capex[0].name = bad.to_owned();
    fixture.design.capex[0].group = bad.to_owned();
    fixture.assessment.verdict.headline = bad.to_owned();
    fixture.assessment.verdict.reasons[0].1 = bad.to_owned();
    fixture.assessment.break_evens[0].name = bad.to_owned();
    fixture.assessment.payments[0].what = bad.to_owned();
    fixture.network.snapshots[0].label = bad.to_owned();
    fixture.run.command = bad.to_owned();
    fixture.diagnostics[0].message = bad.to_owned();
    for consumer in &mut fixture.demand.consumers {
        consumer.id = bad.to_owned();
    }
    let page = html(&fixture.inputs()).unwrap();
    assert!(!page.contains("<script>alert"));
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(page.matches("</script>").count(), 2);
}

#[test]
fn a_town_of_twelve_hundred_stays_below_three_megabytes() {
    let page = html(&Fixture::town(1200).inputs()).unwrap();
    keep("large", &page);
    eprintln!("report of 1,200 consumers: {} bytes", page.len());
    assert!(page.len() < LIMIT_BYTES, "{} bytes", page.len());
}

#[test]
fn the_page_is_the_same_twice() {
    let page = || html(&Fixture::town(30).inputs()).unwrap();
    assert!(page() == page());
}

#[test]
fn a_study_without_a_map_gets_a_sketch() {
    let page = html(&Fixture::lumped().inputs()).unwrap();
    keep("lumped", &page);
    assert!(page.contains("The study without a map"));
    assert!(!page.contains("id=\"map-hour\""));
}

#[test]
fn heat_that_could_not_be_supplied_is_shown() {
    let mut fixture = Fixture::town(12);
    fixture.plan.unserved[100] = HeatPower::from_mw(1.0);
    let page = html(&fixture.inputs()).unwrap();
    assert!(page.contains("Not supplied"));
    assert!(page.contains("could not be supplied"));
}

/// A plan in which nothing runs, with no store.
fn idle(plan: &mut DispatchPlan) {
    for unit in &mut plan.units {
        unit.heat.fill(HeatPower::ZERO);
        unit.source_heat.fill(HeatPower::ZERO);
        unit.electricity.fill(ElectricPower::ZERO);
    }
    plan.heat_demand.fill(HeatPower::ZERO);
    plan.stores.clear();
}

#[test]
fn an_empty_network_and_an_idle_plant_still_give_a_page() {
    let mut fixture = Fixture::town(12);
    idle(&mut fixture.plan);
    fixture.sources[0].it_power.fill(ElectricPower::ZERO);
    fixture.sources[0].recoverable.fill(HeatPower::ZERO);
    let design = &mut fixture.design;
    design.trenches.clear();
    fixture.network.trenches.clear();
    fixture.network.snapshots.clear();
    let left_out = design
        .connected
        .drain(..)
        .map(|connected| UnconnectedConsumer {
            consumer: connected.consumer,
            reason: hukka_model::UnconnectedReason::NotWorthPipe,
        });
    let left_out: Vec<UnconnectedConsumer> = left_out.collect();
    design.unconnected.extend(left_out);
    design.stores.clear();
    design.capex.clear();
    let assessment = &mut fixture.assessment;
    assessment.cash_flow.clear();
    assessment.break_evens.clear();
    assessment.payments.clear();
    assessment.distance_curve.clear();
    assessment.kpis.carbon_counterfactual = hukka_units::CarbonMass::ZERO;
    assessment.verdict.kind = hukka_model::VerdictKind::NoGo;
    assessment.verdict.headline = "No heat to give.".to_owned();
    let page = html(&fixture.inputs()).unwrap();
    keep("idle", &page);
    assert!(!shows_nan(&page));
    for text in [">inf", "−inf", ">∞"] {
        assert!(!page.contains(text), "{text}");
    }
    assert!(page.contains("NO-GO"));
}

#[test]
fn a_number_that_is_not_finite_is_refused_with_its_name() {
    let mut fixture = Fixture::town(3);
    fixture.assessment.kpis.npv = Money::from_eur(f64::NAN);
    let error = html(&fixture.inputs()).unwrap_err();
    assert!(matches!(error, Error::NotFinite { ref series, .. } if series == "key figures"));
}

#[test]
fn a_short_series_is_refused_with_its_name() {
    let mut fixture = Fixture::town(3);
    fixture.study.weather.outdoor_temperature.pop();
    let error = html(&fixture.inputs()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "outdoor temperature has 8759 values; 8760 are needed"
    );
    fixture
        .study
        .weather
        .outdoor_temperature
        .push(Temperature::from_c(f64::INFINITY));
    let error = html(&fixture.inputs()).unwrap_err();
    assert!(matches!(error, Error::NotFinite { position: 8759, .. }));
}

#[test]
fn every_drawing_has_a_title_and_every_script_drawing_a_table() {
    let page = html(&Fixture::town(60).inputs()).unwrap();
    let figures: Vec<&str> = page.split("<figure").skip(1).collect();
    assert!(figures.len() >= 14);
    for figure in figures {
        let figure = figure.split("</figure>").next().unwrap();
        assert!(figure.contains("<figcaption>"), "{}", &figure[..60]);
        let has_name = figure.contains("aria-label=\"");
        assert!(has_name, "{}", &figure[..60]);
        let is_sketch = figure.starts_with(" id=\"boundary\"");
        assert!(is_sketch || figure.contains("<table>"), "{}", &figure[..60]);
    }
}
