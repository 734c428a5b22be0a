//! A heat source by the published dc-eh model, scaled to the data centre.

use crate::dceh::{EVAPORATOR_OUT_C, Hour, hour};
use crate::power::{loss_curve, supply_loss};
use crate::servers::Servers;
use hukka_model::{CoolingHours, DataCentre, HeatSource};
use hukka_units::{Ratio, SECONDS_PER_HOUR, Temperature, ZERO_CELSIUS_K, from_si};

/// Watts in the published model's megawatt.
const MEGAWATT: f64 = 1e6;
/// Air over water in the coil between exhaust air and heat pump, kelvin.
const COIL_APPROACH_K: f64 = 5.0;
/// Heat below this is rounding, watts.
const ROUNDING_W: f64 = 1e-6;

/// Heat of the published definition that is not the data centre's.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LeftOut {
    pub(crate) hours: u32,
    pub(crate) energy_j: f64,
}

/// Published hours and what of their heat is the data centre's own, watts.
fn hours(servers: &Servers, outdoor: &[f64]) -> Vec<(Hour, f64)> {
    let scale = servers.installed / MEGAWATT;
    servers
        .power
        .iter()
        .zip(outdoor)
        .map(|(it, t)| {
            let load = if servers.installed > 0.0 {
                it / servers.installed
            } else {
                0.0
            };
            let outdoor_c = t - ZERO_CELSIUS_K;
            let found = hour(outdoor_c, load);
            // Only what the servers, their fans and the chiller give is theirs to sell.
            let made = load + found.room_fan + found.exchanger_fan + found.chiller;
            let own = (found.heat - found.ambient_heat(outdoor_c)).clamp(0.0, made);
            (found, own * scale * MEGAWATT)
        })
        .collect()
}

/// Heat above 20 °C that outdoor air brings along.
pub(crate) fn left_out(centre: &DataCentre, fill: Ratio, outdoor: &[f64]) -> LeftOut {
    let servers = Servers::of(centre, fill, outdoor.len());
    let mut sum = LeftOut::default();
    for (found, own) in hours(&servers, outdoor) {
        let rest = found.heat * servers.installed - own;
        if rest > ROUNDING_W {
            sum.hours += 1;
            sum.energy_j += rest * SECONDS_PER_HOUR;
        }
    }
    sum
}

/// Everything but what [`crate::offer`] knows of every data centre.
pub(crate) fn source(
    index: usize,
    centre: &DataCentre,
    fill: Ratio,
    outdoor: &[f64],
) -> HeatSource {
    let steps = outdoor.len();
    let servers = Servers::of(centre, fill, steps);
    let installed = servers.installed;
    let found = hours(&servers, outdoor);
    let curve = centre.power_loss_curve.map_or_else(
        || loss_curve(centre.power_loss_share.fraction()),
        |c| c.map(Ratio::fraction),
    );
    let each = |value: fn(&Hour) -> f64| -> Vec<f64> {
        found
            .iter()
            .map(|(hour, _)| value(hour) * installed)
            .collect()
    };
    let auxiliary: Vec<f64> = each(|h| h.room_fan + h.exchanger_fan)
        .iter()
        .zip(&servers.power)
        .map(|(fans, it)| fans + supply_loss(installed, *it, &curve))
        .collect();
    let recoverable: Vec<f64> = found.iter().map(|(_, own)| *own).collect();
    let unrecoverable = (0..steps)
        .map(|i| servers.power[i] + auxiliary[i] - recoverable[i])
        .collect();
    let coldest = EVAPORATOR_OUT_C - COIL_APPROACH_K;
    let water = |hour: &Hour| Temperature::from_c((hour.exhaust_c - COIL_APPROACH_K).max(coldest));
    let none = || vec![Ratio::from_fraction(0.0); steps];
    let is_chiller: Vec<bool> = found.iter().map(|(hour, _)| !hour.is_economiser).collect();
    HeatSource {
        id: centre.id.clone(),
        data_centre: index,
        fill,
        it_power: from_si(servers.power),
        auxiliary_power: from_si(auxiliary),
        cooling_power: from_si(each(|h| h.outdoor_fan + h.chiller)),
        cooling_saved_per_heat: none(),
        recoverable: from_si(recoverable),
        unrecoverable: from_si(unrecoverable),
        source_temperature: found.iter().map(|(hour, _)| water(hour)).collect(),
        source_return_temperature: vec![Temperature::from_c(coldest); steps],
        cooling: CoolingHours {
            compressor_power: from_si(each(|h| h.chiller)),
            compressor_saved_per_heat: none(),
            partial_time: none(),
            published_heat: from_si(each(|h| h.heat)),
            full_time: is_chiller
                .iter()
                .map(|on| Ratio::from_fraction(f64::from(u8::from(*on))))
                .collect(),
            ..CoolingHours::free(
                0,
                Temperature::from_c(EVAPORATOR_OUT_C),
                Temperature::from_c(EVAPORATOR_OUT_C),
            )
        }
        .with_temperatures(
            found
                .iter()
                .map(|(h, _)| Temperature::from_c(h.server_in_c))
                .collect(),
            found
                .iter()
                .map(|(h, _)| Temperature::from_c(h.return_c))
                .collect(),
        ),
        is_mechanical_cooling: is_chiller,
    }
}
