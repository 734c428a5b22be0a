//! Between which amounts each item of the investment may lie, and where that comes from.

use crate::inputs::Inputs;
use hukka_model::{CapexItem, CapexRange, Confidence};

/// Range of a group's unit costs.
struct Spread {
    group: &'static str,
    /// Keys of the input register that hold the unit cost.
    keys: (&'static str, &'static str),
    low: f64,
    high: f64,
    source: &'static str,
    currency_year: Option<u16>,
}

/// Accuracy of a study of this depth where nothing better is known.
const PRE_STUDY: (f64, f64) = (0.7, 1.3);

/// Ranges by group. Low and high are shares of the amount.
const SPREADS: [Spread; 6] = [
    Spread {
        group: "heat pump",
        keys: ("heat_pump.", "investment_eur_per_kw"),
        low: 0.75,
        high: 1.45,
        source: "PyPSA technology-data costs_2030.csv (Danish Energy Agency), excess-heat pump \
                 763 €/kW in 2030, 890 in 2025; as built: Odense 670, Eiranranta 1,100 €/kW",
        currency_year: Some(2025),
    },
    Spread {
        group: "network",
        keys: ("design.", "pipe_cost_factor"),
        low: 0.5,
        high: 2.0,
        source: "Dutch EDR data, pipe and laying of a pair; Persson and Werner 2011 give half, \
                 inner cities of the 2020s twice as much",
        currency_year: Some(2020),
    },
    Spread {
        group: "boiler",
        keys: ("boiler.", "investment_eur_per_kw"),
        low: PRE_STUDY.0,
        high: PRE_STUDY.1,
        source: "PyPSA technology-data costs_2030.csv (Danish Energy Agency); ±30 % of a \
                 feasibility study",
        currency_year: Some(2025),
    },
    Spread {
        group: "store",
        keys: ("store.", "investment_eur_per_kwh"),
        low: PRE_STUDY.0,
        high: PRE_STUDY.1,
        source: "PyPSA technology-data costs_2030.csv (Danish Energy Agency); ±30 % of a \
                 feasibility study",
        currency_year: Some(2025),
    },
    Spread {
        group: "substations",
        keys: ("design.", "substation_eur"),
        low: 0.6,
        high: 1.5,
        source: "house stations 2,000 to 4,000 € and their fitting, large ones 50 to 130 €/kW; \
                 general knowledge",
        currency_year: None,
    },
    Spread {
        group: "planning",
        keys: ("money.", "contingency_share"),
        low: 0.5,
        high: 2.0,
        source: "5 to 20 % of all investment; study assumption",
        currency_year: None,
    },
];

/// Every item that is paid for.
pub(super) fn ranges(inputs: &Inputs<'_>) -> Vec<CapexRange> {
    let paid = |item: &&CapexItem| item.amount.eur() > 0.0;
    let items = inputs.design.capex.iter().filter(paid);
    items.map(|item| range(inputs, item)).collect()
}

fn range(inputs: &Inputs<'_>, item: &CapexItem) -> CapexRange {
    let spread = SPREADS.iter().find(|spread| spread.group == item.group);
    let (low, high) = spread.map_or(PRE_STUDY, |spread| (spread.low, spread.high));
    let own = spread.and_then(|spread| stated(inputs, spread));
    CapexRange {
        name: item.name.clone(),
        group: item.group.clone(),
        amount: item.amount,
        low_high: (item.amount * low, item.amount * high),
        // A cost the study states itself has its own source; the range stays that of the kind.
        currency_year: match own {
            Some(_) => None,
            None => spread.and_then(|spread| spread.currency_year),
        },
        source: match (own, spread) {
            (Some(own), _) => format!("stated in the study ({own}); range of its kind"),
            (None, Some(spread)) => spread.source.to_owned(),
            (None, None) => "±30 % of a feasibility study".to_owned(),
        },
    }
}

/// Where the study states the unit cost itself.
fn stated<'a>(inputs: &Inputs<'a>, spread: &Spread) -> Option<&'a str> {
    let (start, end) = spread.keys;
    let given = |line: &&hukka_model::Assumption| {
        line.confidence == Confidence::Given
            && line.key.starts_with(start)
            && line.key.ends_with(end)
    };
    let line = inputs.study.assumptions.iter().find(given)?;
    Some(&line.source)
}
