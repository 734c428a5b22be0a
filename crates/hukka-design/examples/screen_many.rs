//! Prints how long the screening of many pairs takes:
//! `cargo run --release -p hukka-design --example screen_many 10000`.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring tool prints and reads the clock"
)]

use hukka_design::screen::{ScreenClimate, ScreenPair, ScreenReason, screen};
use hukka_units::{
    EnergyPrice, HeatEnergy, HeatPower, Length, PowerCost, Ratio, Temperature, TimeSpan,
};
use std::time::Instant;

/// A made year: a season, a day, and prices that follow both.
fn climate() -> ScreenClimate {
    let hour = |t: usize| core::f64::consts::TAU * t as f64;
    let outdoor: Vec<Temperature> = (0..8760)
        .map(|t| {
            let (season, day) = (hour(t) / 8760.0, hour(t) / 24.0);
            Temperature::from_c(6.0 - 12.0 * season.cos() - 3.0 * day.cos())
        })
        .collect();
    let power: Vec<EnergyPrice> = (0..8760)
        .map(|t| {
            EnergyPrice::from_eur_mwh(
                50.0 + 30.0 * (hour(t) / 8760.0).cos() - 20.0 * (hour(t) / 24.0).cos(),
            )
        })
        .collect();
    ScreenClimate::new(&outdoor, Temperature::from_c(-20.0), &power)
}

fn pair(k: usize) -> ScreenPair {
    let part = |step: usize| (k * step % 97) as f64 / 97.0;
    ScreenPair {
        heat: HeatPower::from_mw(1.0 + 40.0 * part(7)),
        source: Temperature::from_c(22.0 + 25.0 * part(11)),
        source_return: Temperature::from_c(14.0 + 25.0 * part(11)),
        distance: Length::from_km(0.2 + 15.0 * part(13)),
        demand: HeatEnergy::from_gwh(5.0 + 300.0 * part(17)),
        hot_water: Ratio::from_fraction(0.2),
        linear_heat_density: k
            .is_multiple_of(2)
            .then_some(3.6e9 * (0.5 + 5.0 * part(19))),
        supply: [Temperature::from_c(95.0), Temperature::from_c(70.0)],
        back: Temperature::from_c(45.0),
        network_loss: Ratio::from_fraction(0.1),
        boiler_heat: EnergyPrice::from_eur_mwh(55.0),
        heat_price: EnergyPrice::from_eur_mwh(90.0),
        source_price: EnergyPrice::ZERO,
        power_extra: EnergyPrice::from_eur_mwh(30.0),
        heat_pump: PowerCost::from_eur_kw(763.0),
        boiler: PowerCost::from_eur_kw(67.0),
        substation: PowerCost::from_eur_kw(90.0),
        pipe_cost: Ratio::from_fraction(1.0),
        interest: Ratio::from_fraction(0.05),
        horizon: TimeSpan::from_a(20.0),
    }
}

fn main() {
    let count = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(1000_usize);
    let climate = climate();
    let start = Instant::now();
    let paying = (0..count)
        .filter(|&k| screen(&pair(k), &climate).reason == ScreenReason::Pays)
        .count();
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{count} pairs, {paying} pay: {seconds:.2} s on one thread, {:.2} ms a pair",
        1e3 * seconds / count as f64
    );
}
