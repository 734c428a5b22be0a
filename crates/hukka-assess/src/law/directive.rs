//! Energy Efficiency Directive (EU) 2023/1791, Articles 12 and 26.

use super::facts::Facts;
use super::rule::{day, read, recalled};
use hukka_model::{Finding, Regulation, RuleFinding};
use hukka_units::grouped;

const TEXT: Regulation = Regulation::EnergyEfficiencyDirective;
const PUBLISH_KW: f64 = 500.0;
const USE_MW: f64 = 1.0;

/// Duties of the directive.
pub(crate) fn rules(facts: &Facts) -> Vec<RuleFinding> {
    vec![publish(facts), use_heat(facts), cost_benefit(facts)]
}

/// Article 12(1).
fn publish(facts: &Facts) -> RuleFinding {
    let mut rule = read(
        TEXT,
        "Art. 12(1)",
        "data centres from 500 kW of installed IT publish their energy figures every year",
    );
    rule.valid_from = Some(day(2024, 5, 15));
    rule.limit = Some("≥ 500 kW IT".to_owned());
    rule.seen = Some(format!("{} kW", grouped(facts.rated_it.kw(), 0)));
    if facts.rated_it.kw() < PUBLISH_KW {
        rule.finding = Finding::NotApplicable;
        "smaller than the article looks at".clone_into(&mut rule.note);
    } else {
        "due every year; the field list holds what this study can fill".clone_into(&mut rule.note);
    }
    rule
}

/// Article 26(6).
fn use_heat(facts: &Facts) -> RuleFinding {
    let mut rule = read(
        TEXT,
        "Art. 26(6)",
        "data centres with a rated energy input above 1 MW use their waste heat unless that is shown not to be technically or economically feasible",
    );
    rule.limit = Some("> 1 MW".to_owned());
    rule.seen = Some(format!("{} MW", grouped(facts.connected.mw(), 1)));
    if facts.connected.mw() <= USE_MW {
        rule.finding = Finding::NotApplicable;
        "smaller than the article looks at".clone_into(&mut rule.note);
        return rule;
    }
    let used = facts.boundary.source_heat;
    if used.si() > 0.0 {
        rule.finding = Finding::Met;
        rule.note = format!(
            "{} of {} GWh of heat a year are used",
            grouped(used.gwh(), 1),
            grouped(facts.heat_available.gwh(), 1)
        );
    } else {
        "no heat is used here: this study is evidence on feasibility, and the authority decides"
            .clone_into(&mut rule.note);
    }
    rule
}

/// Article 26(7)(d) with Annex XI.
fn cost_benefit(facts: &Facts) -> RuleFinding {
    let mut rule = recalled(
        TEXT,
        "Art. 26(7)(d), Annex XI",
        "a new or refurbished data centre above 1 MW has a cost-benefit analysis: positive when discounted benefits exceed discounted costs against the alternative",
    );
    if facts.connected.mw() <= USE_MW {
        rule.finding = Finding::NotApplicable;
        "smaller than the article looks at".clone_into(&mut rule.note);
        return rule;
    }
    rule.limit = Some("net present value ≥ 0".to_owned());
    let value = facts.social_npv.unwrap_or(facts.npv);
    rule.seen = Some(format!("{} M€", grouped(value.meur(), 1)));
    rule.finding = super::rule::met(value.eur() >= 0.0);
    let whose = if facts.social_npv.is_some() {
        "all parties together"
    } else {
        "the heat company"
    };
    rule.note = format!(
        "value for {whose} over the study's horizon, against the counterfactual; Member States may exempt by heat available, heat demand or distance"
    );
    rule
}

#[cfg(test)]
mod tests {
    use super::*;
    use hukka_units::{ElectricPower, Money};

    #[test]
    fn a_small_room_has_no_duty() {
        let mut facts = Facts::example("SE");
        facts.rated_it = ElectricPower::from_kw(499.0);
        facts.connected = ElectricPower::from_mw(1.0);
        assert!(
            rules(&facts)
                .iter()
                .all(|rule| rule.finding == Finding::NotApplicable)
        );
    }

    #[test]
    fn a_loss_is_evidence_against_and_a_gain_for() {
        let mut facts = Facts::example("SE");
        let outcome = |facts: &Facts| rules(facts)[2].finding;
        assert_eq!(outcome(&facts), Finding::Met);
        facts.npv = Money::from_meur(-1.0);
        assert_eq!(outcome(&facts), Finding::NotMet);
        facts.social_npv = Some(Money::from_meur(0.5));
        assert_eq!(outcome(&facts), Finding::Met);
    }
}
