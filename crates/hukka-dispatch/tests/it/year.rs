//! A seeded synthetic year: two heat pumps on one source, gas, wood, electric boiler, CHP, a tank.

use crate::chains::Dice;
use hukka_dispatch::exact::{Chain, Ends, Grid, SharedLimit, Store, Unit};
use std::f64::consts::TAU;

/// Weather and markets of one step.
struct Hour {
    ambient: f64,
    demand: f64,
    price: f64,
    source: f64,
}

/// A slow random walk that returns to zero.
struct Drift {
    value: f64,
    memory: f64,
}

impl Drift {
    fn next(&mut self, dice: &mut Dice, size: f64) -> f64 {
        let push = dice.between(-1.0, 1.0) * size * (1.0 - self.memory * self.memory).sqrt();
        self.value = self.memory * self.value + 1.7 * push;
        self.value
    }
}

fn hours(steps: usize, step_h: f64, dice: &mut Dice) -> Vec<Hour> {
    let drift = |hours: f64| Drift {
        value: 0.0,
        memory: (-step_h / hours).exp(),
    };
    let (mut weather, mut market, mut load) = (drift(60.0), drift(10.0), drift(30.0));
    (0..steps)
        .map(|t| {
            let hour = t as f64 * step_h;
            let season = (TAU * (hour - 20.0 * 24.0) / 8760.0).cos();
            let clock = TAU * hour / 24.0;
            let day = (clock - 2.6).sin() + 0.4 * (2.0 * clock - 1.0).sin();
            let ambient = 5.0 - 11.0 * season + weather.next(dice, 4.0) + 2.0 * day;
            let heating = (17.0 - ambient).max(0.0) * 3.1;
            let demand =
                14.0 + heating + 4.0 * day * (0.4 + heating / 60.0) + dice.between(-2.0, 2.0);
            let wind = market.next(dice, 30.0);
            let spike = if dice.chance(0.01) {
                dice.between(50.0, 250.0)
            } else {
                0.0
            };
            Hour {
                ambient,
                demand: demand.max(4.0),
                price: 38.0 + 22.0 * season + 14.0 * day + wind + spike,
                source: (16.0 + 1.5 * day + load.next(dice, 1.5)).max(0.0),
            }
        })
        .collect()
}

/// The first steps of a year.
pub(crate) fn window(steps: usize, step_h: f64, seed: u64) -> Chain {
    let hours = hours(steps, step_h, &mut Dice(seed));
    let series = |value: &dyn Fn(&Hour) -> f64| hours.iter().map(value).collect::<Vec<f64>>();
    let cop = |lift: f64| {
        series(&|h: &Hour| 0.5 * (273.0 + 85.0) / (lift - 0.4 * h.ambient.min(8.0)).max(20.0))
    };
    let (first, second) = (cop(48.0), cop(60.0));
    let inverse = |cops: &[f64]| cops.iter().map(|cop| 1.0 / cop).collect::<Vec<f64>>();
    let share = |cops: &[f64]| cops.iter().map(|cop| 1.0 - 1.0 / cop).collect::<Vec<f64>>();
    let gas = 38.0 + 75.0 * 0.202;
    let units = vec![
        Unit::with_electricity(14.0, 1.5, inverse(&first)),
        Unit::with_electricity(18.0, 1.8, inverse(&second)),
        Unit::heat_only(90.0, gas / 0.93 + 0.8),
        Unit::heat_only(30.0, 27.0 / 0.9 + 2.5),
        Unit::with_electricity(25.0, 0.5, 1.0 / 0.98),
        Unit::with_electricity(36.0, gas * 0.85 / 0.42 + 3.0, -0.85),
    ];
    Chain {
        step_h: vec![step_h; steps],
        demand_mw: series(&|h: &Hour| h.demand),
        unserved_eur_mwh: Some(1000.0),
        units,
        limits: vec![SharedLimit {
            members: vec![(0, share(&first).into()), (1, share(&second).into())],
            limit_mw: series(&|h: &Hour| h.source).into(),
        }],
        grid: Some(Grid {
            buy_eur_mwh: series(&|h: &Hour| h.price + 18.0).into(),
            sell_eur_mwh: series(&|h: &Hour| h.price - 2.0).into(),
            max_buy_mw: 60.0.into(),
            max_sell_mw: 60.0.into(),
        }),
        store: Some(Store {
            capacity_mwh: 600.0.into(),
            max_charge_mw: 40.0.into(),
            max_discharge_mw: 40.0.into(),
            charge_efficiency: 0.99,
            discharge_efficiency: 0.99,
            loss_per_h: 0.0006,
            ends: Ends::Cyclic,
        }),
    }
}
