//! The heat source of one data centre.

use crate::cooling::{CoolingPlant, taken_share};
use crate::hours::{CoolingHour, hours};
use crate::power::{fan_power, loss_curve, supply_loss};
use crate::published;
use crate::resilience::failures;
use crate::servers::Servers;
use hukka_model::{CoolingHours, CoolingModel, DataCentre, HeatRejection, HeatSource, Resilience};
use hukka_units::{Ratio, Temperature, TemperatureDifference, as_si, from_si};

/// Heat of evaporation of water at 25 °C, J/kg.
const LATENT_HEAT: f64 = 2.442e6;
/// Water drained from a tower per water evaporated, at four cycles of concentration.
const DRAINED: f64 = 1.0 / 3.0;
/// Share of a tower's heat that leaves by evaporation.
const EVAPORATED: f64 = 0.85;

/// The heat source of one data centre in one year.
pub(crate) fn offer(index: usize, centre: &DataCentre, fill: Ratio, outdoor: &[f64]) -> HeatSource {
    let mut source = if centre.cooling_model == CoolingModel::DcEh {
        published::source(index, centre, fill, outdoor)
    } else {
        by_plant(index, centre, fill, outdoor)
    };
    source.cooling.water_per_heat = water_per_heat(centre.heat_rejection);
    source.cooling.resilience = resilience(centre, fill, &source);
    source
}

/// Water evaporated and drained per heat rejected, kg/J.
///
/// `w = 0.85 (1 + 1/3) / r`: a tower gives off 85 % of its heat by evaporation and drains a third
/// of that water at four cycles of concentration.
///
/// # Source  balance of a tower; shares are usual practice
fn water_per_heat(rejection: HeatRejection) -> f64 {
    match rejection {
        HeatRejection::Dry => 0.0,
        HeatRejection::WetTower => EVAPORATED * (1.0 + DRAINED) / LATENT_HEAT,
    }
}

fn curve(centre: &DataCentre) -> [f64; 3] {
    centre.power_loss_curve.map_or_else(
        || loss_curve(centre.power_loss_share.fraction()),
        |curve| curve.map(Ratio::fraction),
    )
}

/// Every hour's heat against what the site can reject, fully loaded for its size.
fn resilience(centre: &DataCentre, fill: Ratio, source: &HeatSource) -> Resilience {
    let installed = Servers::of(centre, fill, 0).installed;
    let full = installed
        + supply_loss(installed, installed, &curve(centre))
        + fan_power(installed, installed, centre.fan_share.fraction());
    let heat: Vec<f64> = as_si(&source.it_power)
        .iter()
        .zip(as_si(&source.auxiliary_power))
        .map(|(it, auxiliary)| it + auxiliary)
        .collect();
    let full = heat.iter().copied().fold(full, f64::max);
    failures(centre, full, &heat)
}

fn by_plant(index: usize, centre: &DataCentre, fill: Ratio, outdoor: &[f64]) -> HeatSource {
    let steps = outdoor.len();
    let servers = Servers::of(centre, fill, steps);
    let (installed, curve) = (servers.installed, curve(centre));
    let fan = centre.fan_share.fraction();
    let auxiliary: Vec<f64> = servers
        .power
        .iter()
        .map(|it| supply_loss(installed, *it, &curve) + fan_power(installed, *it, fan))
        .collect();
    let heat: Vec<f64> = servers
        .power
        .iter()
        .zip(&auxiliary)
        .map(|(a, b)| a + b)
        .collect();
    let cooling = hours(centre, outdoor);
    let share = centre.capture_share.fraction() * taken_share(centre);
    let recoverable: Vec<f64> = heat.iter().map(|q| q * share).collect();
    let unrecoverable = heat.iter().zip(&recoverable).map(|(q, r)| q - r).collect();
    let per_heat = |value: fn(&CoolingHour) -> f64| -> Vec<f64> {
        heat.iter()
            .zip(&cooling)
            .map(|(q, c)| q * value(c))
            .collect()
    };
    let ratio = |value: fn(&CoolingHour) -> f64| -> Vec<Ratio> {
        cooling.iter().map(|c| Ratio::from_si(value(c))).collect()
    };
    let drifted = |t: Temperature| -> Vec<Temperature> {
        cooling
            .iter()
            .map(|c| t + TemperatureDifference::from_kelvin(c.drift))
            .collect()
    };
    let (supply, back) = CoolingPlant::new(centre).supply_and_return();
    HeatSource {
        id: centre.id.clone(),
        data_centre: index,
        fill,
        it_power: from_si(servers.power),
        auxiliary_power: from_si(auxiliary),
        cooling_power: from_si(per_heat(|c| c.cost.rejection)),
        cooling_saved_per_heat: ratio(|c| c.cost.saved),
        recoverable: from_si(recoverable),
        unrecoverable: from_si(unrecoverable),
        source_temperature: drifted(centre.source_temperature),
        source_return_temperature: drifted(centre.source_temperature - centre.source_cooling),
        is_mechanical_cooling: cooling
            .iter()
            .map(|c| c.cost.mechanical_share > 0.0)
            .collect(),
        cooling: CoolingHours {
            compressor_power: from_si(per_heat(|c| c.cost.compressor)),
            compressor_saved_per_heat: ratio(|c| c.cost.compressor_saved),
            partial_time: ratio(|c| c.partial),
            full_time: ratio(|c| c.full),
            ..CoolingHours::free(0, supply, back)
        }
        .with_temperatures(drifted(supply), drifted(back)),
    }
}
