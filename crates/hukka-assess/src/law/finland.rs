//! Finnish excise duty on electricity.

use super::facts::Facts;
use super::rule::{day, met, read, recalled};
use hukka_model::{CalendarDate, Finding, Regulation, RuleFinding};
use hukka_units::EnergyPrice;

const TEXT: Regulation = Regulation::FinnishElectricityTax;
/// Class I, 2.24 c/kWh.
const CLASS_ONE_EUR_MWH: f64 = 22.4;
/// Class II, 0.05 c/kWh.
const CLASS_TWO_EUR_MWH: f64 = 0.5;
/// First day data centres pay class I.
const LEAVES_CLASS_TWO: CalendarDate = day(2026, 7, 1);
/// Heat pumps from this size on pay class II.
const HEAT_PUMP_MW: f64 = 0.5;

/// Duty on a data centre's own electricity on a day.
///
/// # Source
/// government proposal HE 156/2025: data centres leave the lower class on 1 July 2026
pub(super) fn data_centre_tax(date: CalendarDate) -> EnergyPrice {
    EnergyPrice::from_eur_mwh(if date < LEAVES_CLASS_TWO {
        CLASS_TWO_EUR_MWH
    } else {
        CLASS_ONE_EUR_MWH
    })
}

/// The data centre's class by date, and the heat pump's.
pub(crate) fn rules(facts: &Facts) -> Vec<RuleFinding> {
    vec![servers(facts), heat_pump(facts)]
}

fn servers(facts: &Facts) -> RuleFinding {
    let mut rule = read(
        TEXT,
        "classes I and II",
        "data centres pay class I (22.4 €/MWh) from 1 July 2026; until 30 June 2026 class II (0.5 €/MWh)",
    );
    rule.valid_from = Some(LEAVES_CLASS_TWO);
    let first = CalendarDate {
        year: facts.price_year,
        month: 1,
        day: 1,
    };
    let last = CalendarDate {
        year: facts.price_year,
        month: 12,
        day: 31,
    };
    let (from, to) = (data_centre_tax(first), data_centre_tax(last));
    rule.seen = Some(if from == to {
        format!("{} €/MWh through {}", from.eur_mwh(), facts.price_year)
    } else {
        format!(
            "{} €/MWh to 30 June, {} €/MWh from 1 July {}",
            from.eur_mwh(),
            to.eur_mwh(),
            facts.price_year
        )
    });
    rule.finding = Finding::NotApplicable;
    "the servers' own electricity stays with the data centre and outside this study's heat costs; a credit scheme is planned".clone_into(&mut rule.note);
    rule
}

fn heat_pump(facts: &Facts) -> RuleFinding {
    let mut rule = recalled(
        TEXT,
        "class II, large heat pumps",
        "heat pumps from 0.5 MW that feed a heat network pay class II (0.5 €/MWh)",
    );
    rule.limit = Some(format!("{CLASS_TWO_EUR_MWH} €/MWh from {HEAT_PUMP_MW} MW"));
    let tax = facts.electricity_tax.eur_mwh();
    rule.seen = Some(format!(
        "{tax} €/MWh in the study, largest heat pump {:.1} MW",
        facts.largest_heat_pump.mw()
    ));
    if facts.largest_heat_pump.mw() <= 0.0 {
        rule.finding = Finding::NotApplicable;
        return rule;
    }
    let due = if facts.largest_heat_pump.mw() >= HEAT_PUMP_MW {
        CLASS_TWO_EUR_MWH
    } else {
        CLASS_ONE_EUR_MWH
    };
    rule.finding = met((tax - due).abs() < 1e-9);
    if rule.finding == Finding::NotMet {
        rule.note = format!(
            "the study reckons with another duty than the {due} €/MWh of this class; set `prices.electricity_tax_eur_per_mwh`"
        );
    }
    rule
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_class_changes_over_night() {
        let tax = |text: &str| data_centre_tax(CalendarDate::parse(text).unwrap()).eur_mwh();
        assert!((tax("2026-06-30") - 0.5).abs() < 1e-12);
        assert!((tax("2026-07-01") - 22.4).abs() < 1e-12);
    }

    #[test]
    fn the_year_of_the_change_shows_both_classes() {
        let mut facts = Facts::example("FI");
        facts.price_year = 2026;
        let seen = servers(&facts).seen.unwrap();
        assert!(seen.contains("0.5 €/MWh to 30 June") && seen.contains("22.4"));
    }

    #[test]
    fn another_duty_than_the_class_is_pointed_out() {
        let mut facts = Facts::example("FI");
        assert_eq!(heat_pump(&facts).finding, Finding::Met);
        facts.electricity_tax = EnergyPrice::from_eur_mwh(22.4);
        assert_eq!(heat_pump(&facts).finding, Finding::NotMet);
    }
}
