//! What happens to the servers when somebody or something fails.

use hukka_model::{CoolingUnits, DataCentre, Resilience, UnmetCooling};
use hukka_units::HeatPower;

/// Less than this is rounding, share of the capacity.
const ROUNDING: f64 = 1e-9;

/// Heat the site can reject by itself, and with one unit less, watts.
struct Capacity {
    whole: f64,
    without_one: Option<f64>,
}

/// Heat that could not leave in any hour, without district heating and with one unit less on top.
///
/// The site rejects `capacity`, or all of its full-load heat where nothing is said. Of `n` equal
/// units `n − s` carry that, so one unit less leaves `(n − 1) / (n − s)` of it. Cooling is a duty,
/// district heating is not: no hour may depend on it.
///
/// # Source  N+1 as in TIA-942 and EN 50600-2-3
pub(crate) fn failures(centre: &DataCentre, full_load_heat: f64, heat: &[f64]) -> Resilience {
    let stated = centre
        .rejection_capacity
        .map_or(full_load_heat, HeatPower::w);
    let capacity = capacity(stated, centre.cooling_units);
    Resilience {
        without_district_heating: unmet(heat, capacity.whole),
        without_one_unit: capacity.without_one.map(|left| unmet(heat, left)),
    }
}

fn capacity(stated: f64, units: Option<CoolingUnits>) -> Capacity {
    let Some(units) = units.filter(|u| u.installed > u.spare) else {
        return Capacity {
            whole: stated,
            without_one: None,
        };
    };
    let unit = stated / f64::from(units.installed - units.spare);
    Capacity {
        whole: unit * f64::from(units.installed),
        without_one: Some(unit * f64::from(units.installed - 1)),
    }
}

fn unmet(heat: &[f64], capacity: f64) -> UnmetCooling {
    let mut found = UnmetCooling::default();
    for short in heat.iter().map(|q| q - capacity) {
        if short > ROUNDING * capacity.max(1.0) {
            found.hours += 1;
            found.peak = HeatPower::from_w(found.peak.w().max(short));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use hukka_model::sample;

    fn with(units: Option<(u32, u32)>, capacity_mw: Option<f64>) -> DataCentre {
        DataCentre {
            cooling_units: units.map(|(installed, spare)| CoolingUnits { installed, spare }),
            rejection_capacity: capacity_mw.map(HeatPower::from_mw),
            ..sample::data_centre()
        }
    }

    #[test]
    fn one_spare_unit_bears_one_failure_at_full_load() {
        let heat = [10e6, 8e6];
        let safe = failures(&with(Some((4, 1)), None), 10e6, &heat);
        assert_eq!(safe.without_one_unit.map(|u| u.hours), Some(0));
        let bare = failures(&with(Some((3, 0)), None), 10e6, &heat);
        let lost = bare.without_one_unit.unwrap();
        assert_eq!((lost.hours, bare.without_district_heating.hours), (2, 0));
        assert!((lost.peak.mw() - 10.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn a_site_that_leans_on_district_heating_is_told() {
        let heat = [10e6, 8e6];
        let found = failures(&with(None, Some(9.0)), 10e6, &heat);
        assert_eq!(found.without_district_heating.hours, 1);
        assert!((found.without_district_heating.peak.mw() - 1.0).abs() < 1e-9);
        assert_eq!(found.without_one_unit, None);
    }
}
