//! Refrigerant cycles against a published table and the second law.

use super::cycle::{Arrangement, CycleError, CycleInput, cycle};
use crate::refrigerant::{PropertyError, find, fluids};
use proptest::prelude::*;
use std::path::Path;

const ZERO_C: f64 = 273.15;

fn input(fluid: &str, evaporation_c: f64, condensation_c: f64) -> CycleInput {
    CycleInput {
        arrangement: Arrangement::SingleStage,
        fluid: find(fluid).unwrap(),
        evaporation: evaporation_c + ZERO_C,
        condensation: condensation_c + ZERO_C,
        isentropic_efficiency: 0.8,
        superheat: 5.0,
        subcooling: 5.0,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test may read a reference case"
)]
#[test]
fn cycles_match_every_row_of_the_reference_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/cases/heatpump/coolprop_cycles_visible.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is absent", path.display());
        return;
    };
    let mut worst = 0.0_f64;
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |i: usize| cells[i].parse::<f64>().expect("a number");
        let found = cycle(&CycleInput {
            arrangement: match cells[0] {
                "single" => Arrangement::SingleStage,
                _ => Arrangement::TwoStageFlashIntercooler,
            },
            isentropic_efficiency: number(4),
            superheat: number(5),
            subcooling: number(6),
            ..input(cells[1], number(2), number(3))
        })
        .unwrap();
        let mut compare = |value: f64, cell: usize| {
            let relative = (value / number(cell) - 1.0).abs();
            worst = worst.max(relative);
            assert!(relative < 1e-5, "{line}: {value}");
        };
        compare(found.evaporation_pressure, 7);
        compare(found.condensation_pressure, 9);
        compare(found.pressure_ratio(), 10);
        compare(found.discharge_temperature - ZERO_C, 12);
        compare(found.cop, 13);
        if cells[0] != "single" {
            compare(found.middle_pressure.unwrap(), 8);
            compare(found.mass_ratio.unwrap(), 11);
        }
    }
    eprintln!("largest deviation from the table {worst:.1e}");
}

#[test]
fn a_refrigerant_too_light_for_the_sink_says_so() {
    let answer = cycle(&input("R744", 10.0, 65.0));
    assert!(
        matches!(
            answer,
            Err(CycleError::Property(PropertyError::AboveCritical { .. }))
        ),
        "{answer:?}"
    );
}

#[test]
fn a_dry_fluid_compressed_from_saturation_ends_wet_and_says_so() {
    let found = cycle(&CycleInput {
        superheat: 0.0,
        isentropic_efficiency: 1.0,
        ..input("R1336mzz(Z)", 25.0, 80.0)
    })
    .unwrap();
    assert!(found.discharge_quality < 1.0, "{found:?}");
    assert!((found.discharge_temperature - 353.15).abs() < 1e-9);
}

proptest! {
    #[test]
    fn no_cycle_beats_carnot_and_every_one_gives_more_than_it_takes(
        which in 0..24_usize, evaporation in 0.62..0.75_f64, lift in 0.05..0.22_f64,
        efficiency in 0.5..1.0_f64, superheat in 0.0..15.0_f64, subcooling in 0.0..15.0_f64,
        is_two_stage in any::<bool>(),
    ) {
        let fluid = fluids::ALL[which];
        let t = fluid.critical_temperature;
        prop_assume!(evaporation * t > fluid.min_temperature);
        let found = cycle(&CycleInput {
            arrangement: if is_two_stage {
                Arrangement::TwoStageFlashIntercooler
            } else {
                Arrangement::SingleStage
            },
            fluid,
            evaporation: evaporation * t,
            condensation: (evaporation + lift) * t,
            isentropic_efficiency: efficiency,
            superheat,
            subcooling,
        }).unwrap();
        // Subcooling gives heat below the temperature of condensation, superheat takes none above.
        let carnot = (evaporation + lift) / lift;
        let sink_end = (evaporation + lift) * t - subcooling;
        let bound = carnot.max(sink_end / (sink_end - evaporation * t).max(1.0));
        prop_assert!(found.cop > 1.0 && found.cop < 1.02 * bound, "{found:?}, bound {bound}");
        prop_assert!(found.discharge_temperature >= (evaporation + lift) * t - 1e-6);
    }
}
