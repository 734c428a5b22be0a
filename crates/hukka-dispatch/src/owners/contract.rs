//! What the utility pays for the heat it draws.

use crate::Error;
use hukka_model::CaseContract;

/// Name for reports.
pub(super) const fn name(contract: &CaseContract) -> &'static str {
    match contract {
        CaseContract::Free => "free",
        CaseContract::Fixed { .. } => "fixed",
        CaseContract::TemperatureIndexed { .. } => "temperature_indexed",
        CaseContract::TakeOrPay { .. } => "take_or_pay",
        CaseContract::Published { .. } => "published",
    }
}

/// Price by step, EUR/MWh.
///
/// # Errors  [`Error::SeriesLength`], [`Error::BadNumber`]
pub(super) fn prices(contract: &CaseContract, steps: usize) -> Result<Vec<f64>, Error> {
    let prices = match contract {
        CaseContract::Free => vec![0.0; steps],
        CaseContract::Fixed { price_eur_per_mwh }
        | CaseContract::TakeOrPay {
            price_eur_per_mwh, ..
        } => {
            vec![*price_eur_per_mwh; steps]
        }
        CaseContract::TemperatureIndexed {
            ambient_c,
            cold,
            warm,
        } => ambient_c
            .iter()
            .map(|t| indexed(*t, *cold, *warm))
            .collect(),
        CaseContract::Published { price_eur_per_mwh } => price_eur_per_mwh.clone(),
    };
    if prices.len() != steps {
        return Err(Error::SeriesLength {
            what: "contract price",
            id: name(contract).into(),
            expected: steps,
            found: prices.len(),
        });
    }
    match prices.iter().find(|price| !price.is_finite()) {
        Some(value) => Err(Error::BadNumber {
            what: "contract price",
            id: name(contract).into(),
            value: *value,
        }),
        None => Ok(prices),
    }
}

/// Volume that is paid for in any case, MWh.
pub(super) const fn volume_mwh(contract: &CaseContract) -> f64 {
    match contract {
        CaseContract::TakeOrPay { volume_mwh, .. } => *volume_mwh,
        _ => 0.0,
    }
}

/// Price at a temperature on the line between two points.
fn indexed(ambient: f64, cold: (f64, f64), warm: (f64, f64)) -> f64 {
    let span = warm.0 - cold.0;
    if span.abs() < 1e-9 {
        return if ambient < cold.0 { cold.1 } else { warm.1 };
    }
    let share = ((ambient - cold.0) / span).clamp(0.0, 1.0);
    cold.1 + share * (warm.1 - cold.1)
}
