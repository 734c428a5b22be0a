//! The cooling plant hour by hour, with or without memory.

use crate::cooling::{CoolingPlant, HourlyCost, is_air_side};
use crate::modes::{Conditions, Mode, ModeControl};
use hukka_model::{CoolingModel, DataCentre, ModeRules};
use hukka_units::SECONDS_PER_HOUR;

/// One hour of cooling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CoolingHour {
    pub(crate) cost: HourlyCost,
    /// Share of the hour in partial and in full mechanical cooling.
    pub(crate) partial: f64,
    pub(crate) full: f64,
    /// How much warmer than wanted the loop is, kelvin.
    pub(crate) drift: f64,
}

/// Every hour of the year; what liquid leaves in the air is cooled apart where modes are followed.
pub(crate) fn hours(centre: &DataCentre, outdoor: &[f64]) -> Vec<CoolingHour> {
    let plant = CoolingPlant::new(centre);
    match centre.cooling_model {
        CoolingModel::Proportional | CoolingModel::DcEh => {
            outdoor.iter().map(|t| proportional(&plant, *t)).collect()
        }
        CoolingModel::Modes(rules) => {
            let is_air = is_air_side(centre.cooling);
            let main = with_modes(&plant, rules, is_air, outdoor);
            match CoolingPlant::of_air_remainder(centre) {
                Some(room) => {
                    let rest = with_modes(&room, rules, false, outdoor);
                    let share = centre.capture_share.fraction();
                    main.iter()
                        .zip(&rest)
                        .map(|(a, b)| mix(a, b, share))
                        .collect()
                }
                None => main,
            }
        }
    }
}

fn proportional(plant: &CoolingPlant, outdoor: f64) -> CoolingHour {
    let cost = plant.hour(outdoor);
    let share = cost.mechanical_share;
    let is_partial = share > 0.0 && share < 1.0;
    CoolingHour {
        cost,
        partial: f64::from(u8::from(is_partial)),
        full: f64::from(u8::from(share >= 1.0)),
        drift: 0.0,
    }
}

/// Modes with dwell time, from free cooling.
///
/// In free cooling the loop follows the outdoor air within the dead band; in partial mode the
/// chiller does what outdoor air cannot; in full mode it does all.
fn with_modes(
    plant: &CoolingPlant,
    rules: ModeRules,
    is_air: bool,
    outdoor: &[f64],
) -> Vec<CoolingHour> {
    let band = rules.dead_band.kelvin();
    let start = outdoor
        .first()
        .map_or(Mode::Free, |first| match plant.partial_share(*first) {
            share if share >= 1.0 => Mode::Full,
            share if share > 0.0 => Mode::Partial,
            _ => Mode::Free,
        });
    let mut control = ModeControl::new(start, rules.dwell.s());
    outdoor
        .iter()
        .map(|t| {
            let temperatures = plant.temperatures(*t);
            let conditions = if is_air {
                Conditions::air_side(&temperatures, band)
            } else {
                Conditions::water_side(&temperatures, band)
            };
            let times = control.advance(SECONDS_PER_HOUR, conditions, |_, _| {});
            let partial = times.partial / SECONDS_PER_HOUR;
            let full = times.full / SECONDS_PER_HOUR;
            let share = partial * plant.partial_share(*t) + full;
            let above = (temperatures.after_outdoor - temperatures.set_point).max(0.0);
            CoolingHour {
                cost: plant.with_share(*t, share.min(1.0)),
                partial,
                full,
                drift: above.min(temperatures.back - temperatures.set_point) * times.free
                    / SECONDS_PER_HOUR,
            }
        })
        .collect()
}

/// The liquid loop with its share of the heat, the room with the rest; what taking heat saves is
/// the liquid loop's.
fn mix(liquid: &CoolingHour, room: &CoolingHour, share: f64) -> CoolingHour {
    let blend = |a: f64, b: f64| share * a + (1.0 - share) * b;
    CoolingHour {
        cost: HourlyCost {
            rejection: blend(liquid.cost.rejection, room.cost.rejection),
            compressor: blend(liquid.cost.compressor, room.cost.compressor),
            mechanical_share: blend(liquid.cost.mechanical_share, room.cost.mechanical_share),
            ..liquid.cost
        },
        ..*liquid
    }
}
