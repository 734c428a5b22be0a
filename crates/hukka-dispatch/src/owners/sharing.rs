//! Contracts of every kind, priced so that each would share the gain of the joint optimum in
//! halves if the operation stayed the same.

use super::study::{Answer, Base, Prices, Setting};
use crate::Error;
use crate::polish::Operation;
use crate::run::Solved;
use hukka_model::{ContractOutcome, ContractTerms};
use hukka_units::{EnergyPrice, HeatEnergy, Temperature};
use rayon::prelude::*;

/// Share of the joint optimum's heat that take-or-pay makes the utility pay for.
const TAKE_SHARE: f64 = 0.9;
/// Outdoor temperatures between which an indexed price falls to zero, °C.
const COLD_C: f64 = -10.0;
const MILD_C: f64 = 15.0;
/// Most parks solved in the search for the price at which a volume is just drawn.
const TRIES: usize = 8;
/// Volume drawn beyond the one paid for that ends the search, share of it.
const CLOSE: f64 = 0.01;
/// Heat that the plant may lack without the data centres for a sharing price to make sense, MWh.
const LACKING_MWH: f64 = 1e-3;

/// The price that shares the gain in halves, and what each kind of contract makes of it.
pub(super) fn compare(
    setting: &Setting<'_>,
    base: &Base,
    joint: &Solved,
) -> Result<(Option<EnergyPrice>, Vec<ContractOutcome>), Error> {
    let price = sharing_price(setting, base, joint);
    let contracts = contracts(setting, base, joint, price);
    let outcomes = contracts
        .into_par_iter()
        .map(|(terms, prices)| {
            let answer: Answer = setting.answer(&terms, prices, None)?;
            Ok(base.outcome(setting, terms, &answer))
        })
        .collect::<Result<Vec<_>, Error>>()?;
    Ok((price.map(EnergyPrice::from_eur_mwh), outcomes))
}

/// `p = (G/2 + Σ n·s) / Σ s` at the joint optimum, `G` the gain against no heat of data centres.
fn sharing_price(setting: &Setting<'_>, base: &Base, joint: &Solved) -> Option<f64> {
    let gain = base.without - base.joint;
    let is_sound = base.without_unserved <= LACKING_MWH && gain > 0.0 && base.joint_drawn > 1e-6;
    is_sound.then(|| (0.5 * gain + setting.net_cost(&joint.operation)) / base.joint_drawn)
}

fn contracts(
    setting: &Setting<'_>,
    base: &Base,
    joint: &Solved,
    price: Option<f64>,
) -> Vec<(ContractTerms, Prices)> {
    let mut all = vec![ContractTerms::Free];
    if let Some(eur_mwh) = price {
        let price = EnergyPrice::from_eur_mwh(eur_mwh);
        all.push(ContractTerms::Fixed { price });
        if eur_mwh > 0.0 {
            all.extend(indexed(setting, joint, eur_mwh * base.joint_drawn));
            let minimum = HeatEnergy::from_mwh(TAKE_SHARE * base.joint_drawn);
            all.push(ContractTerms::TakeOrPay { price, minimum });
        }
    }
    let mut all: Vec<(ContractTerms, Prices)> = all
        .into_iter()
        .map(|terms| {
            let prices = setting.prices(&terms);
            (terms, prices)
        })
        .collect();
    if price.is_some() {
        let prices = published(setting, joint);
        let first = prices.first().map_or(&[][..], Vec::as_slice);
        let price = first
            .iter()
            .copied()
            .map(EnergyPrice::from_eur_mwh)
            .collect();
        all.push((ContractTerms::DayAhead { price }, prices));
    }
    all
}

/// A price that falls to zero in mild weather and pays so much for the joint optimum's heat.
fn indexed(setting: &Setting<'_>, joint: &Solved, payment: f64) -> Option<ContractTerms> {
    let at = |eur_mwh: f64| ContractTerms::TemperatureIndexed {
        cold_outdoor: Temperature::from_c(COLD_C),
        at_cold: EnergyPrice::from_eur_mwh(eur_mwh),
        mild_outdoor: Temperature::from_c(MILD_C),
        at_mild: EnergyPrice::ZERO,
    };
    let of_one = setting.value(&joint.operation, &setting.prices(&at(1.0)));
    (of_one > 1e-6).then(|| at(payment / of_one))
}

/// Half of what source heat is worth in the joint optimum, above its net cost: `n + max(0, r)/2`,
/// with `r = (λ − c)/σ − n` the least over the pumps that run, `λ` the worth of heat, `c` the cost
/// of a pump's heat and `σ` the source heat in it.
fn published(setting: &Setting<'_>, joint: &Solved) -> Prices {
    let worth = joint.heat_price(&setting.park);
    setting
        .centres
        .iter()
        .map(|centre| {
            let rent = |t: usize| {
                let running = centre
                    .pumps
                    .iter()
                    .filter(|u| joint.operation.heat[**u][t] > 0.0);
                let rents = running.filter_map(|&u| {
                    let unit = &setting.park.units[u];
                    let share = unit.source[t];
                    (share > 0.0).then(|| (worth[t] - unit.cost[t]) / share - centre.net[t])
                });
                rents.reduce(f64::min).unwrap_or(0.0).max(0.0)
            };
            (0..setting.hours())
                .map(|t| centre.net[t] + 0.5 * rent(t))
                .collect()
        })
        .collect()
}

/// The utility's answer when a volume is paid for anyway: up to it heat is free to draw. The price
/// it acts on lies between zero and the contract's, highest where the volume is still drawn.
pub(super) fn draw_volume(
    setting: &Setting<'_>,
    prices: &Prices,
    volume: f64,
) -> Result<Operation, Error> {
    let at = |share: f64| {
        let scaled: Prices = prices
            .iter()
            .map(|hourly| hourly.iter().map(|price| share * price).collect())
            .collect();
        let operation = setting.run(&scaled, None)?.operation;
        let drawn = setting.drawn_mwh(&operation);
        Ok::<_, Error>((operation, drawn))
    };
    let (mut best, drawn) = at(0.0)?;
    if drawn <= volume * (1.0 + CLOSE) {
        return Ok(best);
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..TRIES {
        let middle = 0.5 * (low + high);
        let (operation, drawn) = at(middle)?;
        if drawn >= volume {
            (low, best) = (middle, operation);
            if drawn <= volume * (1.0 + CLOSE) {
                break;
            }
        } else {
            high = middle;
        }
    }
    Ok(best)
}
