//! Why a property has no value.

/// Why a property of a refrigerant has no value.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum PropertyError {
    /// No two phases there: at or above the critical temperature, or within 0.15 % of it.
    AboveCritical {
        /// Temperature asked for, kelvin.
        temperature: f64,
        /// Critical temperature, kelvin.
        critical: f64,
    },
    /// Below the triple point, or above the hottest state the equation was fitted to.
    OutsideEquation {
        /// Temperature met, kelvin.
        temperature: f64,
        /// Coldest valid temperature, kelvin.
        min: f64,
        /// Hottest valid temperature, kelvin.
        max: f64,
    },
    /// The iteration did not close.
    NotConverged {
        /// Temperature of the last iterate, kelvin.
        temperature: f64,
        /// Pressure asked for or met, pascal.
        pressure: f64,
    },
}

impl std::fmt::Display for PropertyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let c = |kelvin: f64| kelvin - hukka_units::ZERO_CELSIUS_K;
        match self {
            Self::AboveCritical {
                temperature,
                critical,
            } => write!(
                f,
                "no liquid and vapour side by side at {:.1} °C: the critical point is at {:.1} °C",
                c(*temperature),
                c(*critical)
            ),
            Self::OutsideEquation {
                temperature,
                min,
                max,
            } => write!(
                f,
                "{:.1} °C is outside the equation of state, {:.0} to {:.0} °C",
                c(*temperature),
                c(*min),
                c(*max)
            ),
            Self::NotConverged {
                temperature,
                pressure,
            } => write!(
                f,
                "no state found near {:.1} °C and {:.2} bar",
                c(*temperature),
                pressure / 1e5
            ),
        }
    }
}

impl std::error::Error for PropertyError {}
