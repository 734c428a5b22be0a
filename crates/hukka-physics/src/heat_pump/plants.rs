//! Documented plants: what each law says about machines that stand somewhere.

use super::cycle::{Arrangement, CycleInput, cycle};
use super::jensen::{self, AMMONIA, ISOBUTANE, Refrigerant};
use super::series::train;
use super::{OperatingPoint, ideal, jesper};
use crate::refrigerant::fluids;
use hukka_units::ZERO_CELSIUS_K;

/// A plant with a documented COP.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plant {
    /// Name.
    pub name: &'static str,
    /// Source in and out, sink in and out, °C.
    pub streams_c: [f64; 4],
    /// Which of the four are assumed, not published, in the same order.
    pub is_assumed: [bool; 4],
    /// Documented COP, from nameplates.
    pub cop: f64,
}

/// Plants with a documented COP; temperatures that were not published are marked.
pub const PLANTS: &[Plant] = &[
    Plant {
        name: "Kajaani, data centre",
        streams_c: [30.0, 20.0, 50.0, 85.0],
        is_assumed: [false; 4],
        cop: 33.5 / (33.5 - 25.8),
    },
    Plant {
        name: "Espoo, data centre",
        streams_c: [30.0, 20.0, 50.0, 85.0],
        is_assumed: [true, true, true, false],
        cop: 3.8,
    },
    Plant {
        name: "Helsinki, data centres",
        streams_c: [28.0, 18.0, 50.0, 90.0],
        is_assumed: [false, true, true, false],
        cop: 4.33,
    },
    Plant {
        name: "Katri Vala, waste water",
        streams_c: [14.0, 5.0, 45.0, 85.0],
        is_assumed: [true; 4],
        cop: 160.0 / (160.0 - 100.0),
    },
    Plant {
        name: "Esplanadi, cooling",
        streams_c: [14.0, 6.0, 45.0, 80.0],
        is_assumed: [true; 4],
        cop: 22.0 / (22.0 - 15.0),
    },
    Plant {
        name: "Eiranranta, waste water",
        streams_c: [6.0, 1.0, 45.0, 85.0],
        is_assumed: [true; 4],
        cop: 90.0 / (90.0 - 60.0),
    },
    Plant {
        name: "Viborg, first stage",
        streams_c: [25.0, 15.0, 30.0, 50.0],
        is_assumed: [false, true, true, true],
        cop: 55.0 / 7.0,
    },
];

const EFFICIENCY: f64 = 0.8;
const PINCH_K: f64 = 5.0;
const SHARE: f64 = 0.5;

/// One law as the table shows it.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Heading.
    pub name: &'static str,
    /// The law; `None` outside its range.
    pub law: fn(&OperatingPoint) -> Option<f64>,
}

/// The laws that are compared, all with their defaults.
pub const COLUMNS: &[Column] = &[
    Column {
        name: "Lorenz 0.50",
        law: |point| Some(ideal::lorenz_cop(point, SHARE)),
    },
    Column {
        name: "Carnot 0.50",
        law: |point| Some(ideal::carnot_cop(point, SHARE)),
    },
    Column {
        name: "Jensen ammonia",
        law: |point| Some(jensen_cop(&AMMONIA, point)),
    },
    Column {
        name: "Jensen isobutane",
        law: |point| Some(jensen_cop(&ISOBUTANE, point)),
    },
    Column {
        name: "Jensen ammonia, 3 in series",
        law: |point| {
            train(point, 3, |unit| Some(jensen_cop(&AMMONIA, unit))).map(|found| found.cop)
        },
    },
    Column {
        name: "Jesper 2021",
        law: |point| jesper::cop(point).ok().map(|(cop, _)| cop),
    },
    Column {
        name: "cycle, ammonia, 1 stage",
        law: |point| cycle_cop(Arrangement::SingleStage, point),
    },
    Column {
        name: "cycle, ammonia, 2 stages",
        law: |point| cycle_cop(Arrangement::TwoStageFlashIntercooler, point),
    },
];

fn jensen_cop(refrigerant: &Refrigerant, point: &OperatingPoint) -> f64 {
    jensen::cop(refrigerant, point, EFFICIENCY, PINCH_K)
}

/// Evaporation 5 K below the source's outlet, condensation at the sink's: a desuperheater makes up
/// for the pinch there.
fn cycle_cop(arrangement: Arrangement, point: &OperatingPoint) -> Option<f64> {
    let is_single = arrangement == Arrangement::SingleStage;
    let extra = if is_single { 5.0 } else { 0.0 };
    cycle(&CycleInput {
        arrangement,
        fluid: &fluids::ammonia::FLUID,
        evaporation: point.source_out - PINCH_K,
        condensation: point.sink_out,
        isentropic_efficiency: EFFICIENCY,
        superheat: extra,
        subcooling: extra,
    })
    .ok()
    .map(|found| found.cop)
}

impl Plant {
    /// The four streams, kelvin.
    pub fn point(&self) -> OperatingPoint {
        let [source_in, source_out, sink_in, sink_out] = self.streams_c.map(|t| t + ZERO_CELSIUS_K);
        OperatingPoint {
            source_in,
            source_out,
            sink_in,
            sink_out,
        }
    }
}

/// The plants, what each law says and how far it is off, as a table in Markdown.
pub fn validation_table() -> String {
    let mut text = String::from("| plant | source °C | sink °C | documented |");
    for column in COLUMNS {
        text.push_str(&format!(" {} |", column.name));
    }
    text.push_str("\n|---|---|---|---:|");
    text.push_str(&"---:|".repeat(COLUMNS.len()));
    text.push('\n');
    for plant in PLANTS {
        let cell = |i: usize| {
            let mark = if plant.is_assumed[i] { "*" } else { "" };
            format!("{mark}{}{mark}", plant.streams_c[i])
        };
        text.push_str(&format!(
            "| {} | {} → {} | {} → {} | {:.2} |",
            plant.name,
            cell(0),
            cell(1),
            cell(2),
            cell(3),
            plant.cop
        ));
        for column in COLUMNS {
            let shown = (column.law)(&plant.point()).map_or_else(
                || "outside".to_owned(),
                |cop| format!("{cop:.2} ({:+.0} %)", 100.0 * (cop / plant.cop - 1.0)),
            );
            text.push_str(&format!(" {shown} |"));
        }
        text.push('\n');
    }
    text.push_str(&mean_error());
    text
}

/// Last row: mean of the absolute errors over the plants that a law answers for.
fn mean_error() -> String {
    let mut text = String::from("| mean absolute error | | | |");
    for column in COLUMNS {
        let errors: Vec<f64> = PLANTS
            .iter()
            .filter_map(|plant| {
                (column.law)(&plant.point()).map(|cop| (cop / plant.cop - 1.0).abs())
            })
            .collect();
        let mean = errors.iter().sum::<f64>() / errors.len().max(1) as f64;
        text.push_str(&format!(" {:.0} % |", 100.0 * mean));
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[expect(
        clippy::disallowed_methods,
        reason = "the test holds the page against the code"
    )]
    #[test]
    fn the_page_shows_the_table_that_the_laws_give() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/methods/heat-pump.md");
        let page = std::fs::read_to_string(&path).unwrap();
        let table = validation_table();
        assert!(
            page.contains(&table),
            "docs/methods/heat-pump.md is stale; it should hold\n{table}"
        );
    }

    #[test]
    fn kajaani_lies_between_one_unit_and_its_lorenz_share() {
        let kajaani = PLANTS[0];
        let of = |name: &str| {
            let column = COLUMNS.iter().find(|column| column.name == name).unwrap();
            (column.law)(&kajaani.point()).unwrap() / kajaani.cop - 1.0
        };
        assert!(of("Lorenz 0.50").abs() < 0.08, "{}", of("Lorenz 0.50"));
        assert!(of("Jensen ammonia, 3 in series").abs() < 0.10);
        assert!((-0.35..-0.30).contains(&of("Jesper 2021")));
    }
}
