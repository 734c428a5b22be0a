//! Data centres of a study → the heat each of them offers, hour by hour.
//!
//! Noun in: `Study` (data centres, outdoor temperature). Noun out: one `HeatSource` per data
//! centre, in the study's order.
//!
//! Invariants, every hour: server power and auxiliary power become heat, and all of it is either
//! recoverable at the capture point or not; recoverable heat never exceeds that sum (compressor
//! heat of the chiller is not counted, but for the published model of exhaust air); servers,
//! auxiliaries and compressors give exactly what is taken and what is rejected, for any heat taken;
//! every series has one value per step of the axis.

mod check;
mod cooling;
pub mod dceh;
mod error;
mod hours;
pub mod modes;
mod offer;
mod power;
mod published;
mod resilience;
mod servers;
mod stage;

pub use cooling::{ChillerLaw, REFERENCE_OUTDOOR_K, mechanical_share};
pub use error::Error;
pub use power::{auxiliary_power, it_power, supply_loss};
pub use stage::{Inputs, Options, run};

/// Codes of the diagnostics made here, with a one-line meaning.
pub const CODES: &[(&str, &str)] = &[
    (
        "HK0451",
        "the capture point does not exist with this kind of cooling",
    ),
    (
        "HK0452",
        "the source stream is no warmer than the loop it is said to leave",
    ),
    (
        "HK0453",
        "the source stream would be cooled below the supply temperature of its loop",
    ),
    ("HK0454", "the source stream would be cooled near freezing"),
    (
        "HK0455",
        "the data centre offers no heat in the year looked at",
    ),
    (
        "HK0456",
        "heat from condenser water makes the chiller run in hours when outdoor air would cool",
    ),
    (
        "HK0457",
        "the share of heat captured is higher than this kind of cooling allows",
    ),
    (
        "HK0458",
        "the heat pump cools the source stream less than its loop is warmed and takes only a part",
    ),
    (
        "HK0459",
        "the data centre cannot reject its heat by itself when nobody takes it",
    ),
    (
        "HK0460",
        "the data centre cannot reject its heat when one cooling unit fails",
    ),
    (
        "HK0461",
        "the published model counts heat of the outdoor air, which is left out",
    ),
    (
        "HK0462",
        "cooling towers are counted at the dry temperature for lack of humidity",
    ),
];
