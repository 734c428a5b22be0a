//! The supply temperature: the curve alone, or chosen hour by hour together with the dispatch.
//!
//! Network and dispatch do not know each other: the network is simulated at every level, the
//! dispatch says what every hour of each costs, the cheapest way through the levels is simulated
//! and dispatched again, until the cost stays.

use crate::operation::{Failure, injections};
use hukka_dispatch::supply_level::{Level, cheapest_offsets, hourly_costs, pumping_cost};
use hukka_dispatch::{Case, Inputs, Options};
use hukka_model::{
    Design, Diagnostic, DispatchPlan, HeatDemand, HeatSource, NetworkState, Study, SupplyAccount,
    SupplyChoice, SupplyLevels, UnitKind,
};
use hukka_network::{Injection, Simulated};
use hukka_numerics::Observer;
use hukka_units::{ElectricPower, HeatPower, Temperature, TemperatureDifference, TimeSpan};

/// Rounds of choice, simulation and dispatch at most.
const MAX_ROUNDS: usize = 6;
/// Change of the cost between rounds that counts as none.
const SETTLED_SHARE: f64 = 1e-3;

/// What is simulated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) study: &'a Study,
    pub(crate) demand: &'a HeatDemand,
    pub(crate) design: &'a Design,
    /// Heat at full fill.
    pub(crate) sources: &'a [HeatSource],
    pub(crate) case: Case,
}

/// The network through the year.
///
/// Heat pumps away from the energy centre feed the network where they stand: how much follows
/// from the dispatch, which needs the network's losses. One round settles it: simulate with the
/// plant alone, dispatch, simulate again with what the heat pumps give. With levels of supply
/// temperature further rounds follow.
pub(crate) fn simulate(
    setting: &Setting<'_>,
    observer: &mut impl Observer,
) -> Result<(NetworkState, Vec<Diagnostic>), Failure> {
    let levels = setting.study.network.supply_levels.as_ref();
    if levels.is_none() || setting.has_remote_heat() {
        let alone = setting.follow_curve(&[], observer)?;
        let given = if setting.has_remote_heat() {
            setting.dispatch(&alone.0).ok()
        } else {
            None
        };
        let Some(plan) = given else {
            return Ok(alone);
        };
        let injections = injections(setting.design, &plan);
        return match levels {
            Some(levels) => choose(setting, levels, injections, observer),
            None => setting.follow_curve(&injections, observer),
        };
    }
    match levels {
        Some(levels) => choose(setting, levels, Vec::new(), observer),
        None => setting.follow_curve(&[], observer),
    }
}

impl Setting<'_> {
    fn has_remote_heat(&self) -> bool {
        self.case == Case::WithDataCentre && self.design.sources.iter().any(|s| s.node != 0)
    }

    fn network_inputs<'b>(&'b self, injections: &'b [Injection]) -> hukka_network::Inputs<'b> {
        hukka_network::Inputs {
            study: self.study,
            demand: self.demand,
            design: self.design,
            injections,
        }
    }

    fn follow_curve(
        &self,
        injections: &[Injection],
        observer: &mut impl Observer,
    ) -> Result<(NetworkState, Vec<Diagnostic>), Failure> {
        let options = hukka_network::Options::default();
        hukka_network::run(&self.network_inputs(injections), &options, observer)
            .map_err(Failure::Network)
    }

    fn follow(
        &self,
        offsets: &[f64],
        injections: &[Injection],
        observer: &mut impl Observer,
    ) -> Result<Simulated, Failure> {
        let options = hukka_network::Options::default();
        let inputs = self.network_inputs(injections);
        hukka_network::run_with_offsets(&inputs, &options, &kelvin(offsets), observer)
            .map_err(Failure::Network)
    }

    fn options(&self) -> Options {
        Options {
            case: self.case,
            ..Options::default()
        }
    }

    fn dispatch_inputs<'b>(&'b self, network: &'b NetworkState) -> Inputs<'b> {
        Inputs {
            study: self.study,
            design: self.design,
            network,
            sources: self.sources,
        }
    }

    fn dispatch(&self, network: &NetworkState) -> Result<DispatchPlan, Failure> {
        hukka_dispatch::run(&self.dispatch_inputs(network), &self.options(), &mut ())
            .map(|(plan, _)| plan)
            .map_err(Failure::Dispatch)
    }

    fn account(
        &self,
        network: &NetworkState,
        plan: &DispatchPlan,
    ) -> Result<SupplyAccount, Failure> {
        let hour = TimeSpan::from_h(1.0);
        let hourly = &network.hourly;
        let pumping_cost =
            pumping_cost(&self.dispatch_inputs(network)).map_err(Failure::Dispatch)?;
        let pumps = || {
            let all = plan.units.iter();
            all.filter(|unit| matches!(unit.kind, UnitKind::HeatPump(_)))
        };
        let kelvins = hourly.supply_temperature.iter().map(|t| t.k());
        let mean = kelvins.sum::<f64>() / hourly.supply_temperature.len().max(1) as f64;
        Ok(SupplyAccount {
            cost: plan.objective + pumping_cost,
            pumping_cost,
            pumping: hourly.pump_power.iter().sum::<ElectricPower>() * hour,
            heat_loss: hourly.heat_loss.iter().sum::<HeatPower>() * hour,
            heat_pump_electricity: pumps()
                .flat_map(|unit| &unit.electricity)
                .sum::<ElectricPower>()
                * hour,
            heat_pump_heat: plan.heat_pump_heat(),
            mean_supply_temperature: Temperature::from_k(mean),
        })
    }
}

/// One simulated and dispatched year.
struct Round {
    offsets: Vec<f64>,
    simulated: Simulated,
    plan: DispatchPlan,
    account: SupplyAccount,
}

impl Round {
    fn cost(&self) -> f64 {
        self.account.cost.eur()
    }
}

fn round(
    setting: &Setting<'_>,
    offsets: Vec<f64>,
    injections: &[Injection],
    observer: &mut impl Observer,
) -> Result<Round, Failure> {
    let simulated = setting.follow(&offsets, injections, observer)?;
    let plan = setting.dispatch(&simulated.state)?;
    let account = setting.account(&simulated.state, &plan)?;
    Ok(Round {
        offsets,
        simulated,
        plan,
        account,
    })
}

/// Chooses the supply temperature hour by hour; of all rounds, the curve among them, the cheapest.
fn choose(
    setting: &Setting<'_>,
    levels: &SupplyLevels,
    given: Vec<Injection>,
    observer: &mut impl Observer,
) -> Result<(NetworkState, Vec<Diagnostic>), Failure> {
    let steps = setting.study.axis.len();
    let curve = match round(setting, vec![0.0; steps], &given, observer) {
        Ok(curve) => curve,
        // What keeps the dispatch from running is told by its own stage.
        Err(Failure::Dispatch(_)) => return setting.follow_curve(&given, observer),
        Err(other) => return Err(other),
    };
    let years = levels
        .offsets
        .iter()
        .map(|offset| match offset.kelvin() {
            0.0 => Ok(None),
            offset => setting
                .follow(&vec![offset; steps], &given, observer)
                .map(Some),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut rounds = vec![curve];
    let mut is_settled = false;
    while !is_settled && rounds.len() <= MAX_ROUNDS {
        let last = &rounds[rounds.len() - 1];
        let priced = priced(setting, levels, &years, (&rounds[0], last))?;
        let offsets = cheapest_offsets(&priced, levels.ramp_per_hour.kelvin());
        let Some(offsets) = offsets.filter(|offsets| !is_same(offsets, &last.offsets)) else {
            is_settled = true;
            break;
        };
        let given = injections(setting.design, &last.plan);
        let next = round(setting, offsets, &given, observer)?;
        is_settled = (next.cost() - last.cost()).abs() < SETTLED_SHARE * last.cost().abs();
        rounds.push(next);
    }
    Ok(cheapest(rounds, is_settled))
}

/// The cost of every hour at every level, the store's charge held as in the last round.
fn priced(
    setting: &Setting<'_>,
    levels: &SupplyLevels,
    years: &[Option<Simulated>],
    (curve, last): (&Round, &Round),
) -> Result<Vec<Level>, Failure> {
    let steps = curve.offsets.len();
    let level = |(offset, year): (&TemperatureDifference, &Option<Simulated>)| {
        let simulated = year.as_ref().unwrap_or(&curve.simulated);
        let inputs = setting.dispatch_inputs(&simulated.state);
        let cost =
            hourly_costs(&inputs, &setting.options(), &last.plan).map_err(Failure::Dispatch)?;
        Ok(Level {
            offset_k: offset.kelvin(),
            cost,
            is_allowed: match year {
                Some(year) => year.service.allowed(&curve.simulated.service),
                None => vec![true; steps],
            },
        })
    };
    levels.offsets.iter().zip(years).map(level).collect()
}

fn cheapest(mut rounds: Vec<Round>, is_settled: bool) -> (NetworkState, Vec<Diagnostic>) {
    let best = (0..rounds.len())
        .min_by(|&a, &b| rounds[a].cost().total_cmp(&rounds[b].cost()))
        .unwrap_or(0);
    let curve = rounds[0].account;
    let costs = rounds[1..].iter().map(|round| round.account.cost).collect();
    let chosen = rounds.swap_remove(best);
    let mut state = chosen.simulated.state;
    state.supply_choice = Some(SupplyChoice {
        hours: hours_of(&chosen.offsets),
        offsets: kelvin(&chosen.offsets),
        rounds: costs,
        is_settled,
        curve,
        chosen: chosen.account,
    });
    (state, chosen.simulated.diagnostics)
}

fn hours_of(offsets: &[f64]) -> Vec<(TemperatureDifference, u32)> {
    let mut sorted = offsets.to_vec();
    sorted.sort_by(f64::total_cmp);
    let same = |a: &f64, b: &f64| a.total_cmp(b).is_eq();
    sorted
        .chunk_by(same)
        .map(|run| {
            let hours = u32::try_from(run.len()).unwrap_or(u32::MAX);
            (TemperatureDifference::from_kelvin(run[0]), hours)
        })
        .collect()
}

fn is_same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.total_cmp(b).is_eq())
}

fn kelvin(offsets: &[f64]) -> Vec<TemperatureDifference> {
    offsets
        .iter()
        .map(|&offset| TemperatureDifference::from_kelvin(offset))
        .collect()
}

#[cfg(test)]
mod tests;
