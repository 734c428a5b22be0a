//! What the utility pays for the heat it draws.

use crate::Error;

/// A heat contract; prices are per MWh of source heat drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Contract {
    /// The heat is free.
    Free,
    /// One price.
    Fixed {
        /// EUR/MWh.
        price_eur_per_mwh: f64,
    },
    /// A straight line by outdoor temperature between two points, level beyond them.
    TemperatureIndexed {
        /// Outdoor temperature by step, °C.
        ambient_c: Vec<f64>,
        /// The cold point: temperature, °C, and price, EUR/MWh.
        cold: (f64, f64),
        /// The warm point.
        warm: (f64, f64),
    },
    /// One price; a volume is paid for whether it is drawn or not.
    TakeOrPay {
        /// EUR/MWh.
        price_eur_per_mwh: f64,
        /// Volume over the whole span, MWh.
        volume_mwh: f64,
    },
    /// A price for each step, published a day ahead.
    Published {
        /// EUR/MWh.
        price_eur_per_mwh: Vec<f64>,
    },
}

impl Contract {
    /// Name for reports.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Fixed { .. } => "fixed",
            Self::TemperatureIndexed { .. } => "temperature_indexed",
            Self::TakeOrPay { .. } => "take_or_pay",
            Self::Published { .. } => "published",
        }
    }

    /// Price by step, EUR/MWh.
    ///
    /// # Errors  [`Error::SeriesLength`], [`Error::BadNumber`]
    pub fn prices(&self, steps: usize) -> Result<Vec<f64>, Error> {
        let prices = match self {
            Self::Free => vec![0.0; steps],
            Self::Fixed { price_eur_per_mwh }
            | Self::TakeOrPay {
                price_eur_per_mwh, ..
            } => {
                vec![*price_eur_per_mwh; steps]
            }
            Self::TemperatureIndexed {
                ambient_c,
                cold,
                warm,
            } => ambient_c
                .iter()
                .map(|t| indexed(*t, *cold, *warm))
                .collect(),
            Self::Published { price_eur_per_mwh } => price_eur_per_mwh.clone(),
        };
        if prices.len() != steps {
            return Err(Error::SeriesLength {
                what: "contract price",
                id: self.name().into(),
                expected: steps,
                found: prices.len(),
            });
        }
        match prices.iter().find(|price| !price.is_finite()) {
            Some(value) => Err(Error::BadNumber {
                what: "contract price",
                id: self.name().into(),
                value: *value,
            }),
            None => Ok(prices),
        }
    }

    /// Volume that is paid for in any case, MWh.
    pub const fn volume_mwh(&self) -> f64 {
        match self {
            Self::TakeOrPay { volume_mwh, .. } => *volume_mwh,
            _ => 0.0,
        }
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
