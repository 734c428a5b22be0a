//! Sizes of heat pumps, boilers and stores.

use crate::findings::Findings;
use crate::market::Screened;
use hukka_model::{Boiler, HeatPump, Store, Study};
use hukka_units::{HeatEnergy, HeatPower, TimeSpan, format_si};

/// Share of the peak a heat pump is given when no size earns its keep.
const FALLBACK_SHARE: f64 = 0.1;
/// Smallest heat pump, watts: below it nothing is built.
const LEAST_PUMP: f64 = 1000.0;
/// Hours of full heat-pump output a store holds.
const STORE_HOURS: f64 = 6.0;

/// Machines with their sizes.
#[derive(Debug, Clone)]
pub(crate) struct Plant {
    pub(crate) heat_pumps: Vec<HeatPump>,
    pub(crate) boilers: Vec<Boiler>,
    pub(crate) stores: Vec<Store>,
}

/// Sizes what the study leaves open.
///
/// `design_load` is the network's heat on the design day with losses, `peak` its highest hour in
/// the study year, both watts.
pub(crate) fn size(
    study: &Study,
    screened: &Screened,
    (design_load, peak): (f64, f64),
    findings: &mut Findings,
) -> Plant {
    let heat_pumps = heat_pumps(study, screened, peak, findings);
    let heat: HeatPower = heat_pumps.iter().filter_map(|hp| hp.heat_capacity).sum();
    Plant {
        boilers: boilers(study, design_load, findings),
        stores: stores(study, heat, findings),
        heat_pumps,
    }
}

fn heat_pumps(
    study: &Study,
    screened: &Screened,
    peak: f64,
    findings: &mut Findings,
) -> Vec<HeatPump> {
    let mut sized = Vec::with_capacity(study.heat_pumps.len());
    for (k, pump) in study.heat_pumps.iter().enumerate() {
        if !screened.can_run[k] {
            findings.dead_pump(&pump.id);
        }
        let mut capacity = screened.capacity[k];
        if pump.heat_capacity.is_none() && capacity < LEAST_PUMP {
            let most = if screened.most[k] > 0.0 {
                screened.most[k]
            } else {
                LEAST_PUMP
            };
            capacity = (FALLBACK_SHARE * peak).min(most).max(LEAST_PUMP);
            findings.idle_pump(&pump.id, &format_si(capacity, "W"));
        }
        sized.push(HeatPump {
            heat_capacity: Some(HeatPower::from_w(capacity)),
            ..pump.clone()
        });
    }
    sized
}

/// Boilers of open size share what the given ones leave of the design day with its reserve; the
/// heat pump does not count, for the data centre may leave.
fn boilers(study: &Study, design_load: f64, findings: &mut Findings) -> Vec<Boiler> {
    let need = design_load * (1.0 + study.design.peak_reserve.si());
    let given: f64 = study
        .boilers
        .iter()
        .filter_map(|b| b.heat_capacity)
        .map(HeatPower::si)
        .sum();
    let open = study
        .boilers
        .iter()
        .filter(|b| b.heat_capacity.is_none())
        .count();
    let missing = (need - given).max(0.0);
    if open == 0 && given < design_load {
        findings.short_boilers(
            &format_si(design_load - given, "W"),
            &format_si(design_load, "W"),
        );
    }
    study
        .boilers
        .iter()
        .map(|boiler| Boiler {
            heat_capacity: Some(
                boiler
                    .heat_capacity
                    .unwrap_or_else(|| HeatPower::from_w(missing / open as f64)),
            ),
            ..boiler.clone()
        })
        .collect()
}

fn stores(study: &Study, heat: HeatPower, findings: &mut Findings) -> Vec<Store> {
    let open = study.stores.iter().filter(|s| s.capacity.is_none()).count();
    if open > 0 {
        findings.assumed(
            "store",
            "a store of open size holds six hours of full heat-pump output",
        );
    }
    study
        .stores
        .iter()
        .map(|store| {
            let content = store.capacity.unwrap_or_else(|| {
                let whole: HeatEnergy = heat * TimeSpan::from_h(STORE_HOURS);
                whole / open as f64
            });
            Store {
                capacity: Some(content),
                ..store.clone()
            }
        })
        .collect()
}
