//! Net present value when the data centre and prices change at once.

use super::chain::{Base, evaluate};
use super::draw::Change;
use crate::Error;
use hukka_model::{Counterfactual, ScenarioMatrix};
use hukka_units::Money;
use rayon::prelude::*;

/// Operating year in which the data centre leaves or halves.
const YEAR: u32 = 5;

/// Runs the full chain for every pair.
pub(crate) fn matrix(base: &Base<'_>) -> Result<ScenarioMatrix, Error> {
    let rows = data_centre();
    let columns = prices(base);
    let pairs: Vec<Change> = rows
        .iter()
        .flat_map(|(_, row)| columns.iter().map(move |(_, column)| both(row, column)))
        .collect();
    let npv = pairs
        .par_iter()
        .map(|change| evaluate(base, change).map(|evaluation| evaluation.kpis.npv))
        .collect::<Result<Vec<Money>, Error>>()?;
    Ok(ScenarioMatrix {
        rows: rows.iter().map(|(name, _)| name.clone()).collect(),
        columns: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
        npv: npv.chunks(columns.len()).map(<[Money]>::to_vec).collect(),
    })
}

fn data_centre() -> Vec<(String, Change)> {
    let none = Change::NONE;
    vec![
        ("as planned".to_owned(), none),
        ("two years late".to_owned(), Change { delay: 2, ..none }),
        (
            format!("half from year {YEAR}"),
            Change {
                half_from: Some(YEAR),
                ..none
            },
        ),
        (
            format!("leaves in year {YEAR}"),
            Change {
                served: Some(YEAR - 1),
                ..none
            },
        ),
    ]
}

fn prices(base: &Base<'_>) -> Vec<(&'static str, Change)> {
    let none = Change::NONE;
    let electricity = |factor: f64| Change {
        electricity: factor,
        ..none
    };
    let mut out = vec![
        ("prices of the study", none),
        ("electricity −30 %", electricity(0.7)),
        ("electricity +50 %", electricity(1.5)),
        (
            "investment +30 %",
            Change {
                investment: 1.3,
                ..none
            },
        ),
    ];
    if matches!(base.study.counterfactual, Counterfactual::ExistingPlant) {
        out.push((
            "fuels −30 %",
            Change {
                fossil: 0.7,
                solid: 0.7,
                ..none
            },
        ));
    }
    out
}

/// The data centre of one change at the prices of another.
const fn both(centre: &Change, prices: &Change) -> Change {
    Change {
        delay: centre.delay,
        served: centre.served,
        half_from: centre.half_from,
        ..*prices
    }
}
