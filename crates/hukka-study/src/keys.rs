//! Every table and key of `hukka-study/1`.

mod contract;
mod plant;
mod renovation;
mod rules;
mod series;
mod site;
mod uncertainty;

use crate::spec::{Key, Kind, Table, text};

pub(crate) use contract::CONTRACT;
pub(crate) use plant::{BOILER, DATA_CENTRE, EXISTING_PIPE, HALL, HEAT_PUMP, STORE};
pub(crate) use renovation::RENOVATION;
pub(crate) use rules::{COUNTERFACTUAL, DESIGN, EMISSIONS, MONEY, NETWORK};
pub(crate) use series::SERIES;
pub(crate) use site::{DEMAND, LUMPED_DEMAND, PLACE, PRICES, TIME, USES, WEATHER};
pub(crate) use uncertainty::UNCERTAINTY;

/// The only format this version reads.
pub(crate) const FORMAT: &str = "hukka-study/1";

/// Keys above the first table.
pub(crate) static ROOT: Table = Table {
    name: "",
    is_many: false,
    doc: "A heat-reuse study.",
    keys: &[
        Key::new(
            "schema",
            Kind::Word(&[(FORMAT, "the format this version reads")]),
            "Format of this file.",
        )
        .required(),
        text("name", "Title of the study.").required(),
        text(
            "description",
            "What the study is about, in a few sentences.",
        ),
    ],
    either: &[],
};

/// Every table, in the order of the report.
pub(crate) static TABLES: [&Table; 21] = [
    &PLACE,
    &TIME,
    &SERIES,
    &WEATHER,
    &PRICES,
    &DEMAND,
    &LUMPED_DEMAND,
    &RENOVATION,
    &DATA_CENTRE,
    &HALL,
    &HEAT_PUMP,
    &BOILER,
    &STORE,
    &EXISTING_PIPE,
    &NETWORK,
    &DESIGN,
    &MONEY,
    &EMISSIONS,
    &COUNTERFACTUAL,
    &CONTRACT,
    &UNCERTAINTY,
];

/// The declaration of a table.
pub(crate) fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{DefaultValue, Fallback};

    #[test]
    fn every_fixed_default_lies_in_its_own_range() {
        for table in TABLES.iter().chain(std::iter::once(&&ROOT)) {
            for key in table.keys {
                let Fallback::Fixed(default) = key.fallback else {
                    continue;
                };
                let fits = match (key.kind, default.value) {
                    (
                        Kind::Number(range) | Kind::NumberOrSeries(range),
                        DefaultValue::Number(x),
                    ) => range.holds(x),
                    (Kind::Integer(min, max), DefaultValue::Integer(x)) => (min..=max).contains(&x),
                    (Kind::Word(words), DefaultValue::Text(x)) => words.iter().any(|w| w.0 == x),
                    (Kind::Text | Kind::Country, DefaultValue::Text(_))
                    | (Kind::Flag, DefaultValue::Flag(_)) => true,
                    (Kind::Numbers(range), DefaultValue::Numbers(all)) => {
                        all.iter().all(|x| range.holds(*x))
                    }
                    (Kind::Curve(range), DefaultValue::Curve(points)) => {
                        points.iter().all(|(_, x)| range.holds(*x))
                    }
                    _ => false,
                };
                assert!(fits, "{}.{}", table.name, key.name);
                assert!(!default.source.is_empty());
            }
        }
    }

    #[test]
    fn climates_and_profiles_are_those_that_can_be_made() {
        let words = |table: &Table, key: &str| -> Vec<&'static str> {
            match table.key(key).map(|key| key.kind) {
                Some(Kind::Word(words)) => words.iter().map(|word| word.0).collect(),
                _ => Vec::new(),
            }
        };
        let climates: Vec<&str> = hukka_series::CLIMATES.iter().map(|c| c.name).collect();
        let profiles: Vec<&str> = hukka_series::PROFILES.iter().map(|p| p.name).collect();
        assert_eq!(words(&WEATHER, "climate"), climates);
        assert_eq!(words(&PRICES, "profile"), profiles);
    }

    #[test]
    fn names_are_unique_and_companions_exist() {
        for table in TABLES {
            for (n, key) in table.keys.iter().enumerate() {
                assert!(
                    !table.keys[..n].iter().any(|k| k.name == key.name),
                    "{}",
                    key.name
                );
                assert!(key.beside.iter().all(|other| table.key(other).is_some()));
                assert!(key.doc.ends_with('.'), "{}", key.name);
            }
            for name in table.either.iter().flat_map(|group| group.iter()) {
                assert!(table.key(name).is_some(), "{name}");
            }
        }
    }
}
