//! Optional columns about the machine around a law: units, part load, icing.

use super::columns::Reader;
use hukka_physics::heat_pump::OperatingPoint;
use hukka_physics::heat_pump::defrost;
use hukka_physics::heat_pump::part_load::{Compressor, bank_factor};
use hukka_physics::heat_pump::series::train;

const SERIES: &[&str] = &["units_in_series"];
const PARALLEL: &[&str] = &["units_in_parallel"];
const LOAD: &[&str] = &["load"];
const COMPRESSOR: &[&str] = &["compressor"];
const ICING_LIMIT: &[&str] = &["t_icing_C", "icing_limit_C"];
const ICING_FACTOR: &[&str] = &["f_icing", "icing_factor"];

/// What the optional columns say about every row.
pub(super) struct Machines {
    rows: Vec<Machine>,
    is_stated: bool,
}

struct Machine {
    series: u32,
    parallel: u32,
    load: Option<f64>,
    compressor: Compressor,
    icing: Option<(f64, f64)>,
}

impl Machines {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let is_stated = [SERIES, PARALLEL, LOAD, ICING_LIMIT]
            .iter()
            .any(|names| reader.has(names));
        let series = units(reader, SERIES);
        let parallel = units(reader, PARALLEL);
        let load = reader.optional(LOAD);
        let limit = reader.optional(ICING_LIMIT);
        let factor = reader.optional(ICING_FACTOR);
        let compressors = compressors(reader);
        let (series, parallel, load) = (series?, parallel?, load?);
        let (limit, factor, compressors) = (limit?, factor?, compressors?);
        let rows = (0..reader.len())
            .map(|i| Machine {
                series: series[i],
                parallel: parallel[i],
                load: load[i],
                compressor: compressors[i],
                icing: limit[i].map(|t| (t, factor[i].unwrap_or(defrost::USUAL_ICING_FACTOR))),
            })
            .collect();
        Some(Self { rows, is_stated })
    }

    /// Whether any of the optional columns is there, so that a column is worth writing.
    pub(super) fn is_stated(&self) -> bool {
        self.is_stated
    }

    /// COP of the machine of a row: units in series by `law`, then part load, then icing.
    pub(super) fn cop(
        &self,
        row: usize,
        point: &OperatingPoint,
        law: impl Fn(&OperatingPoint) -> Option<f64>,
    ) -> Option<f64> {
        let machine = &self.rows[row];
        let full = train(point, machine.series, law)?.cop;
        let load = match machine.load {
            Some(load) => bank_factor(machine.compressor, machine.parallel, load)?,
            None => 1.0,
        };
        let air_c = point.source_in - hukka_units::ZERO_CELSIUS_K;
        let ice = machine
            .icing
            .map_or(1.0, |(limit, factor)| defrost::factor(air_c, limit, factor));
        Some(full * load * ice)
    }
}

fn units(reader: &mut Reader, names: &[&str]) -> Option<Vec<u32>> {
    let cells = reader.optional(names)?;
    let mut units = Vec::with_capacity(cells.len());
    for (row, cell) in cells.iter().enumerate() {
        let value = cell.unwrap_or(1.0);
        if (1.0..=100.0).contains(&value) && value.fract().abs() < 1e-9 {
            units.push(value as u32);
        } else {
            reader.unknown_word(
                row,
                names[0],
                &value.to_string(),
                "a whole number, 1 to 100",
            );
        }
    }
    (units.len() == cells.len()).then_some(units)
}

fn compressors(reader: &mut Reader) -> Option<Vec<Compressor>> {
    let words = reader.words(COMPRESSOR, "screw");
    let mut found = Vec::with_capacity(words.len());
    for (row, word) in words.iter().enumerate() {
        match word.to_ascii_lowercase().as_str() {
            "screw" => found.push(Compressor::Screw),
            "reciprocating" => found.push(Compressor::Reciprocating),
            "turbo" => found.push(Compressor::Turbo),
            _ => reader.unknown_word(row, COMPRESSOR[0], word, "screw, reciprocating, turbo"),
        }
    }
    (found.len() == words.len()).then_some(found)
}
