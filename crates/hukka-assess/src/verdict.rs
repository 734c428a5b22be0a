//! Go or no-go, and the two or three reasons that decide it.
//!
//! **Go** when the net present value is not negative, CO₂ is saved, and the data centre covers at
//! least the asked share of the heat. Reasons are found by rules on the evidence; each has a
//! strength, and the strongest come first. For a no-go, the strength of a driver is the part of
//! the loss that would vanish with it; a broken condition of the go weighs more than any part.

mod evidence;
mod go;
mod no_go;
mod watch;

pub(crate) use evidence::Evidence;

use crate::inputs::Options;
use hukka_model::{Driver, Verdict, VerdictKind};

/// Reasons, cautions and watches shown of each.
const SHOWN: usize = 3;

/// A sentence, what it is about, and how much it weighs.
#[derive(Debug, Clone, PartialEq)]
struct Finding {
    strength: f64,
    driver: Driver,
    text: String,
}

impl Finding {
    fn new(strength: f64, driver: Driver, text: impl Into<String>) -> Self {
        Self {
            strength,
            driver,
            text: text.into(),
        }
    }
}

/// Strongest first, equal ones in the order found; at most three.
fn strongest(mut findings: Vec<Finding>) -> Vec<(Driver, String)> {
    findings.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    findings
        .into_iter()
        .take(SHOWN)
        .map(|f| (f.driver, f.text))
        .collect()
}

/// The verdict on the evidence.
pub(crate) fn verdict(evidence: &Evidence, options: &Options) -> Verdict {
    let is_go = evidence.npv.eur() >= 0.0
        && evidence.carbon_saved.kg() > 0.0
        && evidence.share_covered >= options.min_share_covered.fraction()
        && evidence.share_covered > 0.0;
    if is_go {
        Verdict {
            kind: VerdictKind::Go,
            headline: go::headline(evidence),
            reasons: strongest(go::reasons(evidence)),
            cautions: strongest(go::cautions(evidence)),
            watch: strongest(watch::of_go(evidence)),
        }
    } else {
        let reasons = strongest(no_go::reasons(evidence, options));
        Verdict {
            kind: VerdictKind::NoGo,
            headline: no_go::headline(&reasons),
            reasons,
            cautions: strongest(no_go::cautions(evidence)),
            watch: strongest(watch::of_no_go(evidence, options)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Bench;
    use hukka_units::{CarbonMass, Money};

    fn watches(evidence: &Evidence) -> String {
        format!("{:?}", weigh(evidence).watch)
    }

    fn weigh(evidence: &Evidence) -> Verdict {
        verdict(evidence, &Options::default())
    }

    fn deciding(evidence: &Evidence) -> (Driver, String) {
        let verdict = weigh(evidence);
        assert_eq!(verdict.kind, VerdictKind::NoGo, "{verdict:?}");
        assert!(
            verdict.headline.starts_with("NO-GO: "),
            "{}",
            verdict.headline
        );
        assert!(!verdict.watch.is_empty());
        (verdict.reasons[0].0, verdict.headline)
    }

    #[test]
    fn a_good_case_is_a_go_with_its_condition() {
        let verdict = weigh(&Evidence::good());
        assert_eq!(verdict.kind, VerdictKind::Go);
        assert_eq!(
            verdict.headline,
            "GO, if the data centre fills to at least 46 % by year 4"
        );
        let texts: Vec<&str> = verdict.reasons.iter().map(|r| r.1.as_str()).collect();
        assert!(texts.contains(&"33 °C heat 0.9 km from the town; 69 % of heat demand covered"));
        assert!(texts.contains(&"heat costs 58 €/MWh against 84 €/MWh; paid back in 9 years"));
        assert_eq!(
            verdict.cautions[0],
            (
                Driver::Peak,
                "the coldest 310 hours need 17 MW of other heat".to_owned()
            )
        );
        assert_eq!(
            verdict.watch[0],
            (
                Driver::Ramp,
                "load ramp: each year of delay costs 0.9 M€".to_owned()
            )
        );
        for list in [&verdict.reasons, &verdict.cautions, &verdict.watch] {
            assert!((1..=3).contains(&list.len()), "{list:?}");
        }
    }

    #[test]
    fn a_go_that_does_not_hang_on_the_fill_says_so_plainly() {
        let evidence = Evidence {
            fill_break_even: None,
            ..Evidence::good()
        };
        assert_eq!(
            weigh(&evidence).headline,
            "GO: heat at 58 €/MWh against 84 €/MWh"
        );
    }

    #[test]
    fn too_far_names_the_pipe_and_the_worth() {
        let (driver, headline) = deciding(&Evidence::bad());
        assert_eq!(driver, Driver::Distance);
        assert_eq!(
            headline,
            "NO-GO: too far — the heat is worth 40 €/MWh less 11 for the heat pump, and 28 km of \
             pipe costs 61"
        );
        assert!(watches(&Evidence::bad()).contains("a go within 17 km of the town"));
    }

    #[test]
    fn too_little_heat_decides_before_money() {
        let evidence = Evidence {
            share_covered: 0.013,
            available_over_fed: 0.02,
            ..Evidence::bad()
        };
        let (driver, headline) = deciding(&evidence);
        assert_eq!(driver, Driver::Heat);
        assert!(
            headline.starts_with("NO-GO: too little heat — "),
            "{headline}"
        );
        assert!(headline.contains("1.3 %"), "{headline}");
    }

    #[test]
    fn too_cold_decides_when_the_network_is_hotter_than_the_heat_pump() {
        let evidence = Evidence {
            share_covered: 0.01,
            available_over_fed: 0.8,
            hot_hours: 7000,
            use_share: 0.02,
            ..Evidence::bad()
        };
        let (driver, headline) = deciding(&evidence);
        assert_eq!(driver, Driver::Temperature);
        assert!(headline.contains("7,000 hours"), "{headline}");
    }

    #[test]
    fn too_cold_decides_when_the_lift_costs_the_profit() {
        let evidence = Evidence {
            transmission_per_mwh: 2.0,
            transmission: Money::from_meur(0.1),
            mean_cop: 2.1,
            lift: 62.0,
            gain_at_good_cop: Money::from_meur(13.0),
            ..Evidence::bad()
        };
        let (driver, headline) = deciding(&evidence);
        assert_eq!(driver, Driver::Temperature);
        assert!(headline.starts_with("NO-GO: too cold — "), "{headline}");
        assert!(headline.contains("COP of only 2.1"), "{headline}");
    }

    #[test]
    fn too_dear_names_cost_and_price() {
        let evidence = Evidence {
            transmission_per_mwh: 2.0,
            transmission: Money::from_meur(0.1),
            ..Evidence::bad()
        };
        let (driver, headline) = deciding(&evidence);
        assert_eq!(driver, Driver::Cost);
        assert!(
            headline.starts_with("NO-GO: too dear — heat costs 102 €/MWh"),
            "{headline}"
        );
    }

    #[test]
    fn heat_dearer_than_boilers_is_too_dear_not_too_little() {
        let evidence = Evidence {
            share_covered: 0.01,
            available_over_fed: 0.8,
            use_share: 0.02,
            hot_hours: 0,
            heat_pump_cost: 55.0,
            boiler_cost: Some(41.0),
            ..Evidence::bad()
        };
        let (driver, headline) = deciding(&evidence);
        assert_eq!(driver, Driver::Cost);
        assert!(headline.contains("boilers make it for 41"), "{headline}");
    }

    #[test]
    fn a_profit_without_carbon_saved_is_a_no_go() {
        let evidence = Evidence {
            carbon_saved: CarbonMass::from_t(-120.0),
            ..Evidence::good()
        };
        let (driver, headline) = deciding(&evidence);
        assert_eq!(driver, Driver::Carbon);
        assert!(headline.contains("120 t"), "{headline}");
        assert!(
            watches(&evidence).contains("32 % less CO₂"),
            "{}",
            watches(&evidence)
        );
        assert!(!weigh(&evidence).cautions.is_empty());
    }

    #[test]
    fn no_text_holds_a_number_that_is_none() {
        for evidence in [Evidence::good(), Evidence::bad(), Evidence::nothing()] {
            let text = format!("{:?}", weigh(&evidence));
            assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
        }
    }

    #[test]
    fn a_whole_run_is_a_go_nearby_and_a_no_go_far_away() {
        let near = Bench::new().assess().verdict;
        assert_eq!(near.kind, VerdictKind::Go, "{near:#?}");
        assert_eq!(near.reasons.len(), 3);
        let far = Bench::at_distance(28.0).assess().verdict;
        assert_eq!(far.kind, VerdictKind::NoGo);
        assert!(
            far.headline
                .starts_with("NO-GO: too far — the heat is worth"),
            "{far:#?}"
        );
        assert!(
            far.watch
                .iter()
                .any(|(driver, _)| *driver == Driver::Distance),
            "{far:#?}"
        );
    }

    #[test]
    fn a_whole_run_with_a_tiny_data_centre_is_a_no_go() {
        let tiny = Bench::with_heat_pump(0.1).assess().verdict;
        assert!(
            tiny.headline.starts_with("NO-GO: too little heat"),
            "{tiny:#?}"
        );
    }

    #[test]
    fn a_whole_run_with_dear_machines_is_too_dear() {
        let mut bench = Bench::new();
        bench.design.capex[1].amount = Money::from_meur(6.0);
        let dear = bench.assess().verdict;
        assert!(dear.headline.starts_with("NO-GO: too dear"), "{dear:#?}");
    }
}
