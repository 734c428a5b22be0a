//! The law a heat pump's COP follows, and how its units stand together.

use hukka_units::{Ratio, Temperature, TemperatureDifference};
use serde::{Deserialize, Serialize};

/// Law that gives the coefficient of performance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeatPumpModel {
    /// Jensen 2018 / Pieper 2020, ammonia.
    JensenAmmonia,
    /// Jensen 2018 / Pieper 2020, isobutane.
    JensenIsobutane,
    /// A fixed share of the Lorenz COP.
    Lorenz,
    /// A fixed share of the Carnot COP.
    Carnot,
    /// Jesper 2021, a regression over data sheets.
    Jesper,
    /// A maker's map over source inlet and sink outlet.
    Map(CopTable),
    /// A refrigerant cycle, tabulated over evaporation and condensation.
    Cycle(CopTable),
}

/// COP over two temperatures; `None` where the machine does not run.
///
/// # Shapes  `cop[cold][hot]`, row by row; both axes ascending
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopTable {
    /// What the table is of: a file, or a refrigerant with its arrangement.
    pub name: String,
    /// Source inlet of a map, evaporation of a cycle.
    pub cold: Vec<Temperature>,
    /// Sink outlet of a map, condensation of a cycle.
    pub hot: Vec<Temperature>,
    /// COP of every pair.
    pub cop: Vec<Option<Ratio>>,
    /// Efficiency the COP values belong to: isentropic of a cycle, 1 of a map.
    pub efficiency: Ratio,
}

/// What a compressor is built like: decides its losses below full load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompressorKind {
    /// Screw.
    Screw,
    /// Reciprocating.
    Reciprocating,
    /// Turbo.
    Turbo,
}

/// Units of a heat pump and what is counted around its law.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PumpArrangement {
    /// Units one behind the other, in counterflow.
    pub in_series: u32,
    /// Units beside each other, sharing the load.
    pub in_parallel: u32,
    /// Compressor whose part-load loss is counted; `None` counts none.
    pub part_load: Option<CompressorKind>,
    /// Smallest lift counted; a smaller one counts as this.
    pub min_lift: TemperatureDifference,
    /// COP left below an outdoor temperature where air is the source: the limit and the share.
    pub defrost: Option<(Temperature, Ratio)>,
    /// An exchanger heats the sink first as far as the source reaches.
    pub has_exchanger_first: bool,
}

impl Default for PumpArrangement {
    fn default() -> Self {
        Self {
            in_series: 1,
            in_parallel: 1,
            part_load: None,
            min_lift: TemperatureDifference::from_kelvin(10.0),
            defrost: None,
            has_exchanger_first: false,
        }
    }
}
