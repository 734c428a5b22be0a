//! Buildings, weather and calendar of a study → the heat everyone needs, hour by hour.
//!
//! Noun in: `Study` (buildings, lumped demands, weather, axis). Noun out: `HeatDemand`.
//!
//! A building loses `H · (T_base − T_eff)` while it is colder outdoors than its balance point; `H`
//! comes from its envelope and ventilation, the balance point from its inner gains, `T_eff` is the
//! outdoor temperature with the sun in it, lagged. Hot water follows
//! people's hours. Consumers carry yearly amounts, a few profiles carry the hours.
//!
//! Invariants: every shape is non-negative and sums to 1 or is all zero; the total is the sum of
//! the consumers; a known total of all buildings is met to 1e-9.

mod amount;
mod building;
mod calibration;
mod degree_hours;
mod envelope;
mod error;
mod extreme;
mod findings;
mod hot_water;
mod lumped;
mod process;
mod profile;
mod renovation;
mod signature;
mod simultaneity;
mod solar;
mod stage;
pub mod standard;
mod supply;
mod usage;
mod weather;

pub use degree_hours::DegreeHours;
pub use envelope::{Geometry, HeatLoss, UValues, heat_loss, original_u_values, u_values};
pub use error::Error;
pub use hot_water::hot_water_shape;
pub use profile::AgeClass;
pub use signature::{Fit, Signature};
pub use simultaneity::{is_beyond_simultaneity_fit, simultaneity};
pub use solar::window_irradiance;
pub use stage::{Inputs, Options, run};
pub use supply::required_supply_temperature;
pub use usage::{Days, UseTraits, traits};
pub use weather::smoothed;

/// Codes of the diagnostics made here, with a one-line meaning.
pub const CODES: &[(&str, &str)] = &[
    ("HK0401", "nothing in the study needs heat"),
    ("HK0402", "unheated buildings were left out"),
    (
        "HK0403",
        "buildings without a usable floor area or heat were left out",
    ),
    (
        "HK0404",
        "the buildings' given heat leaves nothing of the known total for the others",
    ),
    (
        "HK0405",
        "the estimate is far from the known total of the buildings",
    ),
    (
        "HK0406",
        "the measured load adds up to another amount than the stated yearly heat",
    ),
    ("HK0407", "a measured load has a negative or missing hour"),
    (
        "HK0408",
        "a known total is given but there is no heated building to share it",
    ),
    (
        "HK0409",
        "no hour is cold enough for space heat; it was spread evenly",
    ),
    (
        "HK0410",
        "a lumped demand is said to stand for unheated buildings",
    ),
    ("HK0411", "a demand follows the signature of its meter"),
    ("HK0412", "the signature of a meter follows it poorly"),
    (
        "HK0413",
        "a meter teaches nothing, so the demand is estimated",
    ),
    ("HK0414", "buildings are renovated until the year asked for"),
    ("HK0415", "an extreme year is designed for"),
];
