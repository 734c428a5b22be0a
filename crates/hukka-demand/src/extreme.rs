//! The highest hours of an extreme year, beside the typical year that everything else is counted in.

use crate::degree_hours::kernel;
use crate::hot_water::hot_water_shape;
use crate::profile::{Kind, PeakHours, UseClimate};
use crate::weather::Climate;
use hukka_model::{DemandProfile, LocalHour};

/// A profile in the extreme year, per heat of the typical year.
pub(crate) struct ExtremeProfile {
    pub(crate) peaks: PeakHours,
    pub(crate) shape: DemandProfile,
}

impl ExtremeProfile {
    /// Space heat of every hour of the extreme year over that of the whole typical year: the same
    /// buildings at `Σ max(0, T_base − T_eff)` of another winter. `None` where the typical year needs
    /// no space heat.
    pub(crate) fn of(
        kind: &Kind,
        (typical, extreme): (&UseClimate, &UseClimate),
        climate: &Climate,
        calendar: &[LocalHour],
    ) -> Option<Self> {
        let hours = |felt: &UseClimate| {
            let setback = felt.traits.setback;
            kernel(&felt.temperature_c, &felt.is_open, setback, kind.balance_c)
        };
        let year: f64 = hours(typical).iter().sum();
        if year <= 0.0 {
            return None;
        }
        let shape = DemandProfile {
            name: String::new(),
            space_heat: hours(extreme).into_iter().map(|k| k / year).collect(),
            hot_water: hot_water_shape(kind.usage, typical.traits, calendar, &climate.ground_c),
        };
        Some(Self {
            peaks: PeakHours::of(&shape),
            shape,
        })
    }
}
