//! Refrigerant cycles with real properties and the limits of a machine.

use super::columns::Reader;
use super::output::{Computed, Outcome};
use hukka_physics::heat_pump::cycle::{Arrangement, Cycle, CycleError, CycleInput, cycle};
use hukka_physics::refrigerant::{Fluid, PropertyError, find, fluids};
use hukka_units::ZERO_CELSIUS_K;

const ISENTROPIC: f64 = 0.8;
/// Oil and seals of industrial compressors bear no more, °C; usual practice.
const MAX_DISCHARGE_C: f64 = 150.0;
/// Industrial compressors are built to this, bar; usual practice.
const MAX_PRESSURE_BAR: f64 = 60.0;

pub(super) fn evaluate(reader: &mut Reader, arrangement: &str) -> Option<Computed> {
    let arrangements = arrangements(reader, arrangement);
    let refrigerants = refrigerants(reader);
    let evaporation = reader.temperatures(&["t_evap_C"]);
    let condensation = reader.temperatures(&["t_cond_C"]);
    let efficiency = reader.with_default(&["eta_is"], ISENTROPIC);
    let superheat = reader.with_default(&["superheat_K"], 0.0);
    let subcooling = reader.with_default(&["subcool_K", "subcooling_K"], 0.0);
    let max_discharge = reader.with_default(&["max_discharge_C"], MAX_DISCHARGE_C);
    let max_pressure = reader.with_default(&["max_pressure_bar"], MAX_PRESSURE_BAR);
    let (arrangements, refrigerants) = (arrangements?, refrigerants?);
    let (evaporation, condensation, efficiency) = (evaporation?, condensation?, efficiency?);
    let (superheat, subcooling) = (superheat?, subcooling?);
    let (max_discharge, max_pressure) = (max_discharge?, max_pressure?);
    let found: Vec<Result<Cycle, CycleError>> = (0..reader.len())
        .map(|i| {
            cycle(&CycleInput {
                arrangement: arrangements[i],
                fluid: refrigerants[i],
                evaporation: evaporation[i],
                condensation: condensation[i],
                isentropic_efficiency: efficiency[i],
                superheat: superheat[i],
                subcooling: subcooling[i],
            })
        })
        .collect();
    let outcomes = found
        .iter()
        .enumerate()
        .map(|(i, answer)| outcome(answer, max_discharge[i], max_pressure[i]))
        .collect();
    let of = |value: fn(&Cycle) -> Option<f64>| {
        found
            .iter()
            .map(move |answer| answer.as_ref().ok().and_then(value))
    };
    Some(
        Computed::new(outcomes)
            .numbers("p_evap_Pa", of(|c| Some(c.evaporation_pressure)))
            .numbers("p_mid_Pa", of(|c| c.middle_pressure))
            .numbers("p_cond_Pa", of(|c| Some(c.condensation_pressure)))
            .numbers("pressure_ratio", of(|c| Some(c.pressure_ratio())))
            .numbers("m_hp_over_m_lp", of(|c| c.mass_ratio))
            .numbers(
                "t_discharge_C",
                of(|c| Some(c.discharge_temperature - ZERO_CELSIUS_K)),
            )
            .numbers("cop_heating", of(|c| Some(c.cop)))
            .numbers("discharge_quality", of(|c| Some(c.discharge_quality)))
            .numbers(
                "volumetric_heat_kJ_m3",
                of(|c| Some(c.volumetric_heat / 1e3)),
            ),
    )
}

fn outcome(answer: &Result<Cycle, CycleError>, max_c: f64, max_bar: f64) -> Outcome {
    let cycle = match answer {
        Ok(cycle) => cycle,
        Err(error) => {
            let status = match error {
                CycleError::Property(PropertyError::AboveCritical { .. }) => "above_critical",
                CycleError::Property(PropertyError::NotConverged { .. }) => "not_converged",
                _ => "out_of_range",
            };
            return Outcome::without(status, error.to_string());
        }
    };
    let discharge_c = cycle.discharge_temperature - ZERO_CELSIUS_K;
    let bar = cycle.condensation_pressure / 1e5;
    let mut notes = Vec::new();
    let mut status = "ok";
    if cycle.discharge_quality < 1.0 {
        status = "wet_discharge";
        notes.push("the compressor ends in wet vapour: more superheat is needed".to_owned());
    }
    if bar > max_bar {
        status = "over_pressure_limit";
        notes.push(format!("{bar:.1} bar is above {max_bar} bar"));
    }
    if discharge_c > max_c {
        status = "over_discharge_limit";
        notes.push(format!(
            "discharge at {discharge_c:.0} °C is above {max_c} °C"
        ));
    }
    Outcome::with_cop(status, notes.join("; "))
}

fn refrigerants(reader: &mut Reader) -> Option<Vec<&'static Fluid>> {
    let names = ["fluid", "refrigerant"];
    if !reader.has(&names) {
        reader.lacks(&names);
        return None;
    }
    let words = reader.words(&names, "");
    let known: Vec<&str> = fluids::ALL.iter().map(|fluid| fluid.name).collect();
    let mut found = Vec::with_capacity(words.len());
    for (row, word) in words.iter().enumerate() {
        match find(word) {
            Some(fluid) => found.push(fluid),
            None => reader.unknown_word(row, "fluid", word, &known.join(", ")),
        }
    }
    (found.len() == words.len()).then_some(found)
}

fn arrangements(reader: &mut Reader, default: &str) -> Option<Vec<Arrangement>> {
    let words = reader.words(&["cycle"], default);
    let mut found = Vec::with_capacity(words.len());
    for (row, word) in words.iter().enumerate() {
        match word.to_ascii_lowercase().as_str() {
            "single" => found.push(Arrangement::SingleStage),
            "two_stage_flash_intercooler" => found.push(Arrangement::TwoStageFlashIntercooler),
            _ => reader.unknown_word(row, "cycle", word, "single, two_stage_flash_intercooler"),
        }
    }
    (found.len() == words.len()).then_some(found)
}
