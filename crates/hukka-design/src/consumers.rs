//! Loads of consumers for sizing, and their heat hour by hour.

use crate::load::Load;
use hukka_model::HeatDemand;
use hukka_units::{SECONDS_PER_HOUR, as_si};

/// Sizing load of every consumer.
///
/// The coincident part is what the consumer needs in the highest hour of all together, raised
/// from the study year's weather to design weather by `design_power / peak`.
pub(crate) fn loads(demand: &HeatDemand) -> Vec<Load> {
    let total = as_si(&demand.total);
    let peak_hour = (0..total.len())
        .max_by(|&x, &y| total[x].total_cmp(&total[y]).then(y.cmp(&x)))
        .unwrap_or(0);
    demand
        .consumers
        .iter()
        .enumerate()
        .map(|(c, consumer)| {
            let peak = consumer.peak.si();
            let design = consumer.design_power.si().max(peak);
            let at_peak_hour = demand.at(c, peak_hour).si();
            let raise = if peak > 0.0 { design / peak } else { 1.0 };
            let is_building = consumer.building.is_some();
            Load {
                count: 1,
                forced: 0,
                diversified: if is_building { design } else { 0.0 },
                firm: if is_building { 0.0 } else { design },
                coincident: at_peak_hour * raise,
                fed: 0.0,
                fed_flow: 0.0,
            }
        })
        .collect()
}

/// Heat of some consumers in every hour, watts.
pub(crate) fn hourly(demand: &HeatDemand, consumers: &[usize], steps: usize) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); demand.profiles.len()];
    for &c in consumers {
        let consumer = &demand.consumers[c];
        let sum = &mut sums[consumer.profile];
        sum.0 += consumer.space_heat.si() / SECONDS_PER_HOUR;
        sum.1 += consumer.hot_water.si() / SECONDS_PER_HOUR;
    }
    let mut load = vec![0.0; steps];
    for (profile, (space, water)) in demand.profiles.iter().zip(sums) {
        if space <= 0.0 && water <= 0.0 {
            continue;
        }
        for (t, q) in load.iter_mut().enumerate() {
            *q += space * profile.space_heat[t] + water * profile.hot_water[t];
        }
    }
    load
}
