//! How far the heat could go: what one more metre of transmission pipe costs.
//!
//! A metre of trench at the design's transmission size costs its catalogue price with planning,
//! its upkeep, the heat it loses (`2 U (T̄ − T_ground)` with `T̄` the yearly mean of supply and
//! return, EN 13941) and its pumping (`2 R V̇ (1 + fittings) / η`, gradient `R` growing with the
//! square of the flow from its value at peak). Lost heat costs the year's mean running cost per heat fed. The
//! flow that matters is that of the data centre's heat.

use crate::book::Book;
use crate::cash_flow::{Scenario, Ventures};
use crate::energy::{HOUR, heat_pumps, quotient, total};
use crate::finance::net_present_value;
use crate::inputs::Inputs;
use hukka_model::{CapexItem, Kilometre, PipeType, TrenchKind};
use hukka_units::{
    ElectricEnergy, ElectricPower, EnergyPrice, HeatEnergy, HeatPower, Length, LengthCost,
    LinearLossCoefficient, Money, TimeSpan, as_si,
};

/// Distances of the curve, km.
const DISTANCES_KM: [f64; 12] = [
    0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.5, 10.0, 15.0, 20.0, 30.0,
];
/// Specific heat of water at network temperatures, J/(kg K).
const WATER_HEAT: f64 = 4190.0;
/// Density of water at network temperatures, kg/m³.
const WATER_DENSITY: f64 = 980.0;
/// Darcy factor of a rough turbulent steel main; decides only the size when none is designed.
const DARCY: f64 = 0.02;

/// One metre of transmission trench over a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Metre {
    /// Nominal diameter.
    pub(crate) dn: u16,
    /// Investment, planning included.
    pub(crate) cost: LengthCost,
    /// Life of the pipe.
    pub(crate) life: TimeSpan,
    /// Upkeep per year.
    pub(crate) upkeep_per_year: Money,
    /// Heat lost in a year.
    pub(crate) heat_loss: HeatEnergy,
    /// Electricity of pumping in a year.
    pub(crate) pumping: ElectricEnergy,
    /// Mean price of that electricity, fee and tax included.
    pub(crate) electricity_price: EnergyPrice,
    /// Heat fed into the network in a year, on which the running cost falls.
    pub(crate) heat_fed: HeatEnergy,
}

impl Metre {
    pub(crate) fn new(inputs: &Inputs<'_>) -> Self {
        let study = inputs.study;
        let main = main_trench(inputs);
        let dn = main.map_or_else(
            || size_for_heat_pump(inputs),
            |i| inputs.design.trenches[i].dn,
        );
        let pipe = PipeType::by_dn(dn).unwrap_or(&hukka_model::CATALOGUE[0]);
        let pipe_cost = pipe.trench_cost * study.design.pipe_cost_factor.fraction();
        let loss = main.map_or_else(
            || pipe.loss_in(study.network.series),
            |i| inputs.design.trenches[i].loss,
        );
        let prices = &study.prices;
        let mean = quotient(total(&prices.electricity), prices.electricity.len() as f64);
        Self {
            dn,
            cost: pipe_cost * (1.0 + planning_markup(inputs)),
            life: study.money.pipe_life,
            upkeep_per_year: Money::from_eur(
                pipe_cost.eur_m() * study.money.network_upkeep.fraction(),
            ),
            heat_loss: heat_loss(inputs, loss),
            pumping: pumping(inputs, main),
            electricity_price: EnergyPrice::from_si(mean)
                + prices.electricity_grid_fee
                + prices.electricity_tax,
            heat_fed: HeatPower::from_si(total(&inputs.network.hourly.heat_fed)) * HOUR,
        }
    }

    /// Heat lost and pumping of one metre in a year, in money.
    pub(crate) fn running_cost(&self, book: &Book, scenario: &Scenario) -> Money {
        let heat = quotient(scenario.running_cost(book).eur(), self.heat_fed.si());
        self.heat_loss * EnergyPrice::from_si(heat.max(0.0))
            + (self.pumping * self.electricity_price) * scenario.electricity
    }

    /// A length of it as something to be bought.
    pub(crate) fn item(&self, length: Length) -> CapexItem {
        CapexItem {
            name: "transmission pipe".to_owned(),
            group: "network".to_owned(),
            amount: self.cost * length,
            life: self.life,
            upkeep_per_year: self.upkeep_per_year * length.m(),
        }
    }
}

/// Levelised cost of heat against the distance of the data centre, the study's own included.
///
/// The cost at another distance is that of the study with pipe added or taken away at the cost
/// of one metre; empty when no heat is sold.
pub(crate) fn curve(ventures: &Ventures<'_>, own: Length) -> Vec<(Length, EnergyPrice)> {
    let base = ventures.base();
    let heat = ventures.present(&base, |book, _| book.heat_sold.si());
    if heat <= 0.0 {
        return Vec::new();
    }
    let mut distances: Vec<Length> = DISTANCES_KM
        .iter()
        .map(|km| Length::from_km(*km))
        .filter(|d| (*d - own).m().abs() > 1.0)
        .collect();
    distances.push(own);
    distances.sort_by(|a, b| a.si().total_cmp(&b.si()));
    distances
        .into_iter()
        .map(|distance| {
            let moved = Scenario {
                extra_pipe: distance - own,
                ..base
            };
            (distance, ventures.lcoh(&moved).max(EnergyPrice::ZERO))
        })
        .collect()
}

/// Heat-pump heat that would arrive at each distance of a curve in a full-fill year.
///
/// `Q(d) = Q − q_loss (d − d_own)`, `q_loss` the heat one metre loses; never below zero.
///
/// # Assumptions  the pipe keeps its size; no heat gained or lost by other hours of running
pub(crate) fn arriving(
    ventures: &Ventures<'_>,
    curve: &[(Length, EnergyPrice)],
    own: Length,
) -> Vec<HeatEnergy> {
    let here = ventures.levels.full().heat_pump_heat;
    curve
        .iter()
        .map(|(distance, _)| {
            let lost = ventures.metre.heat_loss * (*distance - own).m();
            (here - lost).max(HeatEnergy::ZERO)
        })
        .collect()
}

/// What one more kilometre costs in the full-fill year.
pub(crate) fn kilometre(ventures: &Ventures<'_>) -> Kilometre {
    const METRES: f64 = 1000.0;
    let metre = &ventures.metre;
    let running = metre.running_cost(ventures.levels.full(), &ventures.base());
    Kilometre {
        dn: metre.dn,
        investment: metre.cost * Length::from_m(METRES),
        heat_loss: metre.heat_loss * METRES,
        pumping: metre.pumping * METRES,
        running_cost: running * METRES,
    }
}

/// Present cost of the transmission pipes the design lays: planning, upkeep, heat lost, pumping.
pub(crate) fn transmission_cost(ventures: &Ventures<'_>) -> Money {
    transmission_investment(ventures) + transmission_running(ventures, &ventures.base())
}

/// The part of it that is heat lost and pumping.
pub(crate) fn transmission_running(ventures: &Ventures<'_>, scenario: &Scenario) -> Money {
    let metres = transmission_length(ventures.inputs).m();
    Money::from_eur(ventures.present(scenario, |book, prices| {
        (ventures.metre.running_cost(book, prices) * metres).eur()
    }))
}

/// Length of the transmission pipes the design lays.
pub(crate) fn transmission_length(inputs: &Inputs<'_>) -> Length {
    new_transmission(inputs)
        .map(|i| inputs.design.trenches[i].length)
        .sum()
}

/// The part of it that is investment, with planning and upkeep.
pub(crate) fn transmission_investment(ventures: &Ventures<'_>) -> Money {
    let money = &ventures.inputs.study.money;
    let laid: Money = new_transmission(ventures.inputs)
        .map(|i| trench_cost(ventures.inputs, i))
        .sum();
    let item = CapexItem {
        amount: laid * (1.0 + planning_markup(ventures.inputs)),
        ..ventures.metre.item(Length::ZERO)
    };
    let mut flows = vec![Money::ZERO; money.horizon_years as usize + 1];
    crate::cash_flow::buy(&mut flows, &item, money.grant_share.fraction());
    let upkeep = laid * money.network_upkeep.fraction();
    for flow in &mut flows[1..] {
        *flow += upkeep;
    }
    let flows: Vec<f64> = flows.iter().map(|m| m.eur()).collect();
    Money::from_eur(net_present_value(money.discount_rate.fraction(), &flows))
}

fn trench_cost(inputs: &Inputs<'_>, index: usize) -> Money {
    inputs.design.trenches[index].cost
}

/// Transmission trenches to be laid.
fn new_transmission<'a>(inputs: &'a Inputs<'_>) -> impl Iterator<Item = usize> + 'a {
    inputs
        .design
        .trenches
        .iter()
        .enumerate()
        .filter_map(|(i, trench)| {
            (trench.kind == TrenchKind::Transmission && !trench.is_existing).then_some(i)
        })
}

/// The longest transmission trench, or `None` when the data centre stands at the town.
fn main_trench(inputs: &Inputs<'_>) -> Option<usize> {
    let trenches = &inputs.design.trenches;
    (0..trenches.len())
        .filter(|i| trenches[*i].kind == TrenchKind::Transmission)
        .max_by(|a, b| {
            trenches[*a]
                .length
                .si()
                .total_cmp(&trenches[*b].length.si())
        })
}

/// Planning and contingency over all other investment.
pub(crate) fn planning_markup(inputs: &Inputs<'_>) -> f64 {
    let (mut planning, mut rest) = (0.0, 0.0);
    for item in &inputs.design.capex {
        if item.group == "planning" {
            planning += item.amount.eur();
        } else {
            rest += item.amount.eur();
        }
    }
    quotient(planning, rest)
}

/// The smallest pipe that carries the heat pumps' full heat within the study's gradient and
/// velocity: `R = f ρ v² / (2 d)` with `f` 0.02.
fn size_for_heat_pump(inputs: &Inputs<'_>) -> u16 {
    let heat: HeatPower = inputs
        .design
        .heat_pumps
        .iter()
        .filter_map(|h| h.heat_capacity)
        .sum();
    let flow = heat.si() / (WATER_HEAT * mean_spread(inputs)) / WATER_DENSITY;
    let rules = &inputs.study.network;
    let fits = |pipe: &&PipeType| {
        let d = pipe.inner_diameter.m();
        let velocity = flow / (core::f64::consts::FRAC_PI_4 * d * d);
        let gradient = DARCY * WATER_DENSITY * velocity * velocity / (2.0 * d);
        velocity <= rules.max_velocity.m_s() && gradient <= rules.max_pressure_gradient.pa_m()
    };
    let last = &hukka_model::CATALOGUE[hukka_model::CATALOGUE.len() - 1];
    hukka_model::CATALOGUE.iter().find(fits).unwrap_or(last).dn
}

/// Mean temperature difference between supply and return, at least 5 K.
fn mean_spread(inputs: &Inputs<'_>) -> f64 {
    let hourly = &inputs.network.hourly;
    let n = hourly.supply_temperature.len() as f64;
    let spread = quotient(
        total(&hourly.supply_temperature) - total(&hourly.return_temperature),
        n,
    );
    spread.max(5.0)
}

fn heat_loss(inputs: &Inputs<'_>, loss: LinearLossCoefficient) -> HeatEnergy {
    let hourly = &inputs.network.hourly;
    let ground = as_si(&inputs.study.weather.ground_temperature);
    let watts: f64 = as_si(&hourly.supply_temperature)
        .iter()
        .zip(as_si(&hourly.return_temperature))
        .zip(ground)
        .map(|((supply, back), ground)| loss.si() * (supply + back - 2.0 * ground))
        .sum();
    HeatPower::from_si(watts.max(0.0)) * HOUR
}

/// Electricity to pump the data centre's heat through one metre of trench for a year.
fn pumping(inputs: &Inputs<'_>, main: Option<usize>) -> ElectricEnergy {
    let rules = &inputs.study.network;
    let flows = heat_pump_flow(inputs);
    let peak = flows.iter().copied().fold(0.0, f64::max);
    let designed = main.and_then(|i| inputs.network.trenches.get(i));
    let (gradient, at_flow) = match designed {
        Some(result) if result.max_mass_flow.si() > 0.0 => {
            (result.max_pressure_gradient.si(), result.max_mass_flow.si())
        }
        _ => (rules.max_pressure_gradient.si(), peak),
    };
    if at_flow <= 0.0 {
        return ElectricEnergy::ZERO;
    }
    let efficiency = rules.pump_efficiency.fraction().max(1e-3);
    let watts: f64 = flows
        .iter()
        .map(|m| {
            let r = gradient * (m / at_flow).powi(2);
            2.0 * r * (1.0 + rules.fitting_share.fraction()) * m / WATER_DENSITY / efficiency
        })
        .sum();
    ElectricPower::from_si(watts) * HOUR
}

/// Water that carries the heat pumps' heat, kg/s.
fn heat_pump_flow(inputs: &Inputs<'_>) -> Vec<f64> {
    let plan = inputs.full().plan;
    let hourly = &inputs.network.hourly;
    let mut flow = vec![0.0; plan.heat_demand.len()];
    for unit in heat_pumps(plan) {
        for (t, sum) in flow.iter_mut().enumerate() {
            let spread = hourly.supply_temperature[t].si() - hourly.return_temperature[t].si();
            *sum += unit.heat[t].si() / (WATER_HEAT * spread.max(5.0));
        }
    }
    flow
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Bench;

    #[test]
    fn the_curve_holds_the_study_and_rises_with_distance() {
        let bench = Bench::new();
        bench.with_ventures(|ventures| {
            let own = Length::from_km(0.9);
            let curve = curve(ventures, own);
            assert_eq!(curve.len(), 13);
            assert!(
                curve
                    .windows(2)
                    .all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1)
            );
            let here = curve
                .iter()
                .find(|(d, _)| (*d - own).m().abs() < 1e-9)
                .unwrap();
            let lcoh = ventures.lcoh(&ventures.base());
            assert!((here.1.eur_mwh() - lcoh.eur_mwh()).abs() < 1e-9);
        });
    }

    #[test]
    fn a_metre_loses_heat_by_its_coefficient_and_temperatures() {
        let bench = Bench::new();
        bench.with_ventures(|ventures| {
            let hours = bench.study.axis.len() as f64;
            let expected = 0.346 * (80.0 + 45.0 - 2.0 * 6.0) * hours / 1e6;
            assert!((ventures.metre.heat_loss.mwh() - expected).abs() < 1e-9);
            assert_eq!(ventures.metre.dn, 200);
        });
    }

    #[test]
    fn without_a_transmission_pipe_the_size_follows_the_heat_pump() {
        let mut bench = Bench::new();
        bench.design.trenches.clear();
        bench.network.trenches.clear();
        bench.with_ventures(|ventures| {
            // 3 MW over 35 K is 20.5 kg/s: DN 150 within 150 Pa/m.
            assert_eq!(ventures.metre.dn, 150);
            assert!(transmission_cost(ventures).eur().abs() < 1e-9);
        });
    }

    #[test]
    fn removing_the_pipe_saves_what_the_pipe_costs() {
        let bench = Bench::new();
        bench.with_ventures(|ventures| {
            let base = ventures.base();
            let moved = Scenario {
                extra_pipe: Length::from_km(-0.9),
                ..base
            };
            let gain = (ventures.npv(&moved) - ventures.npv(&base)).eur();
            let cost = transmission_cost(ventures).eur();
            assert!((gain - cost).abs() < 1e-6 * cost, "{gain} {cost}");
        });
    }
}
