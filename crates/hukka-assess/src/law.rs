//! What the law asks of the data centre, beside the study's figures. No legal advice.
//!
//! One file per text. Dates are those of the texts; a rule known only second hand says so.

mod directive;
mod enefg;
mod facts;
mod finland;
mod indicators;
mod report_eu;
mod report_german;
mod rule;

pub use facts::Facts;

use hukka_model::Compliance;

/// Indicators on both boundaries, report fields and rules.
///
/// # Valid for
/// the European Union; German rules only where `facts.country` is `DE`, Finnish ones where `FI`
///
/// # Source
/// named in every field and rule
pub fn compliance(facts: &Facts) -> Compliance {
    let indicators = indicators::sheets(facts);
    let mut fields = report_eu::fields(facts, &indicators);
    let mut rules = directive::rules(facts);
    match facts.country.as_str() {
        "DE" => {
            fields.extend(report_german::fields(facts, &indicators));
            rules.extend(enefg::rules(facts, &indicators));
        }
        "FI" => rules.extend(finland::rules(facts)),
        _ => {}
    }
    Compliance {
        indicators,
        fields,
        rules,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hukka_model::{Finding, Regulation};

    #[test]
    fn german_rules_are_for_german_places_and_finnish_ones_for_finnish() {
        let texts = |country: &str| -> Vec<Regulation> {
            let found = compliance(&Facts::example(country));
            found.rules.iter().map(|rule| rule.regulation).collect()
        };
        assert!(texts("DE").contains(&Regulation::EnEfG));
        assert!(!texts("DE").contains(&Regulation::FinnishElectricityTax));
        assert!(texts("FI").contains(&Regulation::FinnishElectricityTax));
        assert!(!texts("FI").contains(&Regulation::EnEfG));
        assert!(!texts("SE").contains(&Regulation::EnEfG));
    }

    #[test]
    fn every_open_or_unmet_rule_says_why() {
        for country in ["DE", "FI", "DK"] {
            for rule in compliance(&Facts::example(country)).rules {
                let needs_words = matches!(rule.finding, Finding::Open | Finding::NotMet);
                assert!(!needs_words || !rule.note.is_empty(), "{rule:?}");
            }
        }
    }
}
