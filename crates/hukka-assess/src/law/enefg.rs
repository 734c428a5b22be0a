//! German Energy Efficiency Act (EnEfG), §§ 11, 12, 13 and 17.

use super::facts::Facts;
use super::rule::{day, met, read, recalled};
use hukka_model::{CalendarDate, Finding, IndicatorSheet, Regulation, ReuseException, RuleFinding};
use hukka_units::{ElectricEnergy, Ratio};

const TEXT: Regulation = Regulation::EnEfG;
/// § 3(24): a data centre in the sense of the act, kW of non-redundant connection.
const SCOPE_KW: f64 = 300.0;
/// § 11(2): starts from this day on must reuse heat.
const REUSE_FROM: CalendarDate = day(2026, 7, 1);
/// § 11(2): share of energy reused, by start of operation.
const REUSE: [(CalendarDate, f64); 3] = [
    (REUSE_FROM, 0.10),
    (day(2027, 7, 1), 0.15),
    (day(2028, 7, 1), 0.20),
];
/// § 11(2): years after the start until the share must be reached.
const YEARS_TO_REACH: i16 = 2;
/// § 11(1): PUE of older data centres, yearly mean.
const OLDER_PUE: [(CalendarDate, f64); 2] = [(day(2027, 7, 1), 1.5), (day(2030, 7, 1), 1.3)];
/// § 11(2): PUE of newer ones.
const NEWER_PUE: f64 = 1.2;

/// Every rule of the act that looks at energy.
pub(crate) fn rules(facts: &Facts, sheets: &[IndicatorSheet]) -> Vec<RuleFinding> {
    let mut scope = read(
        TEXT,
        "§ 3(24)",
        "the act's duties begin at 300 kW of non-redundant connected power",
    );
    scope.limit = Some("≥ 300 kW".to_owned());
    scope.seen = Some(format!("{:.0} kW", facts.connected.kw()));
    if facts.connected.kw() < SCOPE_KW {
        scope.finding = Finding::NotApplicable;
        "smaller than the act looks at; no other rule of it applies".clone_into(&mut scope.note);
        return vec![scope];
    }
    scope.finding = Finding::Met;
    "inside the act's scope".clone_into(&mut scope.note);
    let mut out = vec![scope];
    match facts.start {
        Some(start) if start < REUSE_FROM => out.extend(older(sheets, true)),
        Some(start) => out.extend(newer(start, facts, sheets)),
        None => {
            out.extend(older(sheets, false));
            for (start, share) in REUSE {
                out.push(reuse((None, facts.reuse_exception), (start, share), sheets));
            }
        }
    }
    out.extend(renewable(facts));
    out.push(management(facts));
    out.push(report(facts));
    out.push(platform(facts));
    out
}

/// A limit on the yearly mean PUE as the act counts it.
fn pue(
    (place, asks): (&str, &str),
    (from, limit): (CalendarDate, f64),
    sheets: &[IndicatorSheet],
) -> RuleFinding {
    let mut rule = read(TEXT, place, asks);
    rule.valid_from = Some(from);
    rule.limit = Some(format!("PUE ≤ {limit}"));
    judge(&mut rule, sheets[0].pue_enefg, |pue| pue <= limit);
    rule
}

/// § 11(1).
fn older(sheets: &[IndicatorSheet], is_known: bool) -> Vec<RuleFinding> {
    const ASKS: &str =
        "data centres that began before 1 July 2026 keep their yearly mean PUE within a limit";
    OLDER_PUE
        .iter()
        .map(|&limit| {
            let mut rule = pue(("§ 11(1)", ASKS), limit, sheets);
            if !is_known {
                conditional(&mut rule, "if it began before 2026-07-01");
            }
            rule
        })
        .collect()
}

/// § 11(2).
fn newer(start: CalendarDate, facts: &Facts, sheets: &[IndicatorSheet]) -> Vec<RuleFinding> {
    const ASKS: &str = "data centres that begin from 1 July 2026 keep their yearly mean PUE within 1.2; electricity that only lifts waste heat is left out";
    let due = start.plus_years(YEARS_TO_REACH);
    let step = REUSE
        .iter()
        .rev()
        .find(|(from, _)| *from <= start)
        .unwrap_or(&REUSE[0]);
    vec![
        pue(("§ 11(2)", ASKS), (due, NEWER_PUE), sheets),
        reuse((Some(start), facts.reuse_exception), *step, sheets),
    ]
}

/// § 11(2) no. 2, the share of energy reused.
fn reuse(
    (start, exception): (Option<CalendarDate>, Option<ReuseException>),
    (from, share): (CalendarDate, f64),
    sheets: &[IndicatorSheet],
) -> RuleFinding {
    let mut rule = read(
        TEXT,
        "§ 11(2)",
        "a share of the energy used is reused, two years after the start at the latest; the share depends on the day operation begins",
    );
    rule.valid_from = Some(start.unwrap_or(from).plus_years(YEARS_TO_REACH));
    rule.limit = Some(format!("ERF ≥ {:.0} %", 100.0 * share));
    let (outside, inside) = (sheets[0].erf, sheets[1].erf);
    judge(&mut rule, outside, |erf| erf >= share);
    if let (Some(a), Some(b)) = (outside, inside) {
        rule.seen = Some(format!(
            "{:.1} % with the heat pump outside, {:.1} % inside the data centre's boundary",
            a.percent(),
            b.percent()
        ));
        if (a.fraction() >= share) != (b.fraction() >= share) {
            rule.note.push_str(
                "who owns the heat pump decides: the two boundaries fall on different sides of the limit. ",
            );
        }
    }
    if let (Finding::NotMet, Some(exception)) = (rule.finding, exception) {
        excuse(&mut rule, exception);
    } else if rule.finding == Finding::NotMet {
        rule.note.push_str(
            "exceptions of § 11(3): events after the start without the operator's fault; an agreement with a municipality or network operator nearby to reach the share within ten years; or an offer at production cost that the network operator did not take within six months while a transfer station stands ready. The act names no distance",
        );
    }
    if start.is_none() {
        conditional(&mut rule, &format!("if it begins from {from}"));
    }
    rule
}

/// § 11(3): the share need not be reached; the operator has to prove why.
fn excuse(rule: &mut RuleFinding, exception: ReuseException) {
    let proof = match exception {
        ReuseException::LaterEvents => {
            "no. 1 is claimed: events after the start of operation, without the operator's fault, keep the share out of reach; keep the evidence of what happened and when"
        }
        ReuseException::NetworkAgreement => {
            "no. 2 is claimed: an agreement with a municipality or network operator nearby to reach the share within ten years; it holds an investment plan, who pays the connecting pipe, and the price of the heat"
        }
        ReuseException::OfferRefused => {
            "no. 3 is claimed: the network operator nearby did not take an offer at production cost within six months, and a transfer station stands ready; keep the offer and its date"
        }
    };
    rule.finding = Finding::NotApplicable;
    rule.note.push_str("exception of § 11(3) ");
    rule.note.push_str(proof);
}

/// § 11(5).
fn renewable(facts: &Facts) -> Vec<RuleFinding> {
    [(day(2024, 1, 1), 0.5), (day(2027, 1, 1), 1.0)]
        .iter()
        .map(|&(from, share)| {
            let mut rule = read(
                TEXT,
                "§ 11(5)",
                "a share of the electricity is renewable, on the balance of the year",
            );
            rule.valid_from = Some(from);
            rule.limit = Some(format!("≥ {:.0} %", 100.0 * share));
            match facts.renewable_share {
                Some(value) => judge(&mut rule, Some(value), |value| value >= share),
                None => "the study does not state the share of renewable electricity"
                    .clone_into(&mut rule.note),
            }
            rule
        })
        .collect()
}

/// Electricity of the data centre, heat pump outside.
fn used(facts: &Facts) -> ElectricEnergy {
    facts.boundary.it_energy + facts.boundary.auxiliary_energy
}

/// § 12(4).
fn management(facts: &Facts) -> RuleFinding {
    const LIMIT_GWH: f64 = 7.5;
    let used = used(facts);
    let mut rule = read(
        TEXT,
        "§ 12(4)",
        "no energy management system is needed where at least half of the reused energy goes into a heat network and use stays within 7.5 GWh a year",
    );
    rule.limit = Some("≤ 7.5 GWh/a".to_owned());
    rule.seen = Some(format!("{:.1} GWh/a", used.gwh()));
    rule.finding = if used.gwh() <= LIMIT_GWH && facts.boundary.source_heat.si() > 0.0 {
        "an exemption the data centre may use".clone_into(&mut rule.note);
        Finding::Met
    } else {
        "the exemption is not open: an energy management system is due".clone_into(&mut rule.note);
        Finding::NotApplicable
    };
    rule
}

/// § 13 with Annex 3.
fn report(facts: &Facts) -> RuleFinding {
    let mut rule = read(
        TEXT,
        "§ 13, Annex 3",
        "a yearly report by 31 March, waste heat by amount and mean temperature included",
    );
    let is_large = facts.connected.kw() >= 500.0;
    rule.valid_from = Some(if is_large {
        day(2024, 5, 15)
    } else {
        day(2025, 7, 1)
    });
    rule.seen = Some(format!("{:.0} kW", facts.connected.kw()));
    "the fields this study can fill are in the field list; the report itself is the operator's"
        .clone_into(&mut rule.note);
    rule
}

/// § 17.
fn platform(facts: &Facts) -> RuleFinding {
    const LIMIT_GWH: f64 = 2.5;
    let used = used(facts);
    let mut rule = recalled(
        TEXT,
        "§ 17",
        "firms above 2.5 GWh a year report their waste heat to the public platform by 31 March",
    );
    rule.limit = Some("> 2.5 GWh/a".to_owned());
    rule.seen = Some(format!("{:.1} GWh/a", used.gwh()));
    if used.gwh() > LIMIT_GWH {
        "the duty is read in the text, the small-plant cut-offs (200 MWh a plant, 800 a site, 1,500 h, 25 °C) only second hand".clone_into(&mut rule.note);
    } else {
        rule.finding = Finding::NotApplicable;
        "the data centre alone stays below; the firm as a whole decides".clone_into(&mut rule.note);
    }
    rule
}

fn judge(rule: &mut RuleFinding, value: Option<Ratio>, is_met: impl Fn(f64) -> bool) {
    match value {
        Some(value) => {
            rule.seen = Some(format!("{:.3}", value.fraction()));
            rule.finding = met(is_met(value.fraction()));
            if rule.finding == Finding::NotMet {
                "outside the limit in this study's typical year. ".clone_into(&mut rule.note);
            }
        }
        None => "the study has no energy to divide by".clone_into(&mut rule.note),
    }
}

/// Turns a judgement into a condition.
fn conditional(rule: &mut RuleFinding, when: &str) {
    let outcome = match rule.finding {
        Finding::Met => "met",
        Finding::NotMet => "not met",
        Finding::Open | Finding::NotApplicable => "not decided",
    };
    rule.note = format!(
        "{when}: {outcome}. The study does not state `start_date`. {}",
        rule.note
    );
    rule.finding = Finding::Open;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::indicators::sheets;

    fn found(start: &str, place: &str) -> Vec<RuleFinding> {
        let facts = Facts::starting("DE", start);
        rules(&facts, &sheets(&facts))
            .into_iter()
            .filter(|rule| rule.place == place)
            .collect()
    }

    #[test]
    fn the_last_day_before_the_change_has_no_duty_to_reuse() {
        assert_eq!(found("2026-06-30", "§ 11(2)"), []);
        let older = found("2026-06-30", "§ 11(1)");
        assert_eq!(older.len(), 2);
        assert_eq!(older[0].valid_from, Some(day(2027, 7, 1)));
        assert!(older.iter().all(|rule| rule.finding == Finding::Met));
    }

    #[test]
    fn the_share_grows_with_the_day_operation_begins() {
        for (start, share, due) in [
            ("2026-07-01", "ERF ≥ 10 %", "2028-07-01"),
            ("2027-06-30", "ERF ≥ 10 %", "2029-06-30"),
            ("2027-07-01", "ERF ≥ 15 %", "2029-07-01"),
            ("2028-06-30", "ERF ≥ 15 %", "2030-06-30"),
            ("2028-07-01", "ERF ≥ 20 %", "2030-07-01"),
            ("2035-01-01", "ERF ≥ 20 %", "2037-01-01"),
        ] {
            assert_eq!(found(start, "§ 11(1)"), [], "{start}");
            let rules = found(start, "§ 11(2)");
            assert_eq!(rules[1].limit.as_deref(), Some(share), "{start}");
            assert_eq!(rules[1].valid_from.unwrap().to_string(), due);
        }
    }

    #[test]
    fn an_unknown_start_leaves_every_rule_open_and_says_what_would_be() {
        let facts = Facts::example("DE");
        let rules = rules(&facts, &sheets(&facts));
        let about = |place: &str| rules.iter().filter(|r| r.place == place).count();
        assert_eq!((about("§ 11(1)"), about("§ 11(2)")), (2, 3));
        for rule in rules
            .iter()
            .filter(|rule| rule.place.starts_with("§ 11(2)"))
        {
            assert_eq!(rule.finding, Finding::Open);
            assert!(rule.note.contains("met"), "{}", rule.note);
        }
    }

    #[test]
    fn the_owner_of_the_heat_pump_can_decide() {
        let mut facts = Facts::starting("DE", "2028-07-01");
        let share = 0.19 * 12.0 / 7.0;
        let b = &mut facts.boundary;
        b.source_heat = b.source_heat * share;
        b.heat_pump_heat = b.heat_pump_heat * share;
        b.heat_pump_energy = b.heat_pump_energy * share;
        let rules = rules(&facts, &sheets(&facts));
        let rule = rules
            .iter()
            .find(|rule| rule.limit.as_deref() == Some("ERF ≥ 20 %"))
            .unwrap();
        assert_eq!(rule.finding, Finding::NotMet);
        assert!(rule.note.contains("who owns the heat pump decides"));
        assert!(rule.note.contains("§ 11(3)"));
    }

    #[test]
    fn a_proven_exception_lifts_the_share_and_nothing_else() {
        let mut facts = Facts::starting("DE", "2028-07-01");
        let b = &mut facts.boundary;
        b.source_heat = b.source_heat * 0.1;
        b.heat_pump_heat = b.heat_pump_heat * 0.1;
        let share = |facts: &Facts| {
            let found = rules(facts, &sheets(facts));
            let rule = found
                .iter()
                .find(|r| r.limit.as_deref() == Some("ERF ≥ 20 %"));
            rule.unwrap().clone()
        };
        assert_eq!(share(&facts).finding, Finding::NotMet);
        let pue = |facts: &Facts| {
            let found = rules(facts, &sheets(facts));
            let rule = found
                .iter()
                .find(|r| r.limit.as_deref() == Some("PUE ≤ 1.2"));
            rule.unwrap().finding
        };
        let before = pue(&facts);
        for (exception, number) in [
            (ReuseException::LaterEvents, "no. 1"),
            (ReuseException::NetworkAgreement, "no. 2"),
            (ReuseException::OfferRefused, "no. 3"),
        ] {
            facts.reuse_exception = Some(exception);
            let rule = share(&facts);
            assert_eq!(rule.finding, Finding::NotApplicable);
            assert!(rule.note.contains(number), "{}", rule.note);
            assert_eq!(pue(&facts), before);
        }
    }

    #[test]
    fn an_exception_is_not_used_where_the_share_is_met() {
        let mut facts = Facts::starting("DE", "2026-07-01");
        facts.reuse_exception = Some(ReuseException::OfferRefused);
        let found = rules(&facts, &sheets(&facts));
        let rule = found
            .iter()
            .find(|r| r.limit.as_deref() == Some("ERF ≥ 10 %"));
        assert_eq!(rule.unwrap().finding, Finding::Met);
    }

    #[test]
    fn renewable_electricity_is_judged_when_it_is_stated() {
        let mut facts = Facts::starting("DE", "2026-07-01");
        facts.renewable_share = Some(Ratio::from_percent(60.0));
        let found = rules(&facts, &sheets(&facts));
        let outcomes: Vec<Finding> = found
            .iter()
            .filter(|rule| rule.place == "§ 11(5)")
            .map(|rule| rule.finding)
            .collect();
        assert_eq!(outcomes, [Finding::Met, Finding::NotMet]);
    }

    #[test]
    fn small_ones_are_left_alone() {
        let mut facts = Facts::example("DE");
        facts.connected = hukka_units::ElectricPower::from_kw(299.0);
        let rules = rules(&facts, &sheets(&facts));
        assert_eq!(rules.len(), 1);
        assert_eq!(rules[0].finding, Finding::NotApplicable);
    }
}
