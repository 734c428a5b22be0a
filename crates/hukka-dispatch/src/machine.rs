//! A heat pump of the study as the law of physics takes it.

use hukka_model::{CompressorKind, CopTable, HeatPump, HeatPumpModel};
use hukka_physics::heat_pump::jensen::{AMMONIA, ISOBUTANE};
use hukka_physics::heat_pump::machine::{HeatPumpMachine, Law};
use hukka_physics::heat_pump::map::CopMap;
use hukka_physics::heat_pump::part_load::Compressor;
use hukka_units::{Ratio, as_si};

/// The machine of a heat pump; `None` when its table is none, which loading does not let happen.
pub(crate) fn machine(pump: &HeatPump) -> Option<HeatPumpMachine> {
    let law = match &pump.model {
        HeatPumpModel::JensenAmmonia => Law::Jensen(AMMONIA),
        HeatPumpModel::JensenIsobutane => Law::Jensen(ISOBUTANE),
        HeatPumpModel::Lorenz => Law::Lorenz,
        HeatPumpModel::Carnot => Law::Carnot,
        HeatPumpModel::Jesper => Law::Jesper,
        HeatPumpModel::Map(table) => Law::Map(map(table)?),
        HeatPumpModel::Cycle(table) => Law::Cycle {
            table: map(table)?,
            efficiency: table.efficiency.fraction(),
        },
    };
    let rules = &pump.arrangement;
    Some(HeatPumpMachine {
        law,
        efficiency: pump.efficiency.fraction(),
        pinch: pump.pinch.kelvin(),
        min_lift: rules.min_lift.kelvin(),
        in_series: rules.in_series,
        defrost: rules
            .defrost
            .map(|(limit, left)| (limit.k(), left.fraction())),
        has_exchanger_first: rules.has_exchanger_first,
    })
}

fn map(table: &CopTable) -> Option<CopMap> {
    let (cold, hot) = (as_si(&table.cold).to_vec(), as_si(&table.hot).to_vec());
    let values: Vec<f64> = table
        .cop
        .iter()
        .map(|cop| cop.map_or(0.0, Ratio::fraction))
        .collect();
    CopMap::new(cold, hot, &values).ok()
}

/// The compressor whose part-load loss is counted.
pub(crate) const fn compressor(kind: CompressorKind) -> Compressor {
    match kind {
        CompressorKind::Screw => Compressor::Screw,
        CompressorKind::Reciprocating => Compressor::Reciprocating,
        CompressorKind::Turbo => Compressor::Turbo,
    }
}
