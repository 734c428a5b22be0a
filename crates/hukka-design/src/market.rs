//! What heat costs in every hour: heat pumps on data-centre heat against boilers. SI.

use crate::climate::Climate;
use crate::economics::yearly_share;
use crate::machine::machine;
use hukka_model::{Boiler, Fuel, HeatPump, HeatSource, Study};
use hukka_physics::heat_pump::OperatingPoint;
use hukka_physics::heat_pump::machine::{HeatPumpMachine, Running};
use hukka_units::{SECONDS_PER_HOUR, as_si};

/// One heat pump through the year.
#[derive(Debug, Clone)]
pub(crate) struct Lift {
    /// Electricity per heat made; `None` in hours in which it cannot run.
    pub(crate) electricity: Vec<Option<f64>>,
    /// Share of the network's heat it can give at its outlet temperature.
    pub(crate) share: Vec<f64>,
    /// Largest share of the recoverable heat it can take.
    pub(crate) usable: Vec<f64>,
    /// Cost of a joule of heat, EUR.
    pub(crate) cost: Vec<f64>,
}

impl Lift {
    /// COP, limits and cost of a heat pump in every hour.
    ///
    /// Sink from return to the lower of supply and highest outlet temperature; above that a boiler
    /// tops up, and the heat pump gives the share `(T_out − T_r) / (T_s − T_r)`. Heat costs
    /// `p_el / COP + p_source (1 − 1/COP) + upkeep`.
    pub(crate) fn new(
        study: &Study,
        source: &HeatSource,
        pump: &HeatPump,
        climate: &Climate,
    ) -> Self {
        let steps = study.axis.len();
        let machine = machine(pump);
        let price = electricity(study);
        let heat_price = study.data_centres[pump.data_centre].heat_price.si();
        let mut lift = Self {
            electricity: Vec::with_capacity(steps),
            share: Vec::with_capacity(steps),
            usable: Vec::with_capacity(steps),
            cost: Vec::with_capacity(steps),
        };
        for (t, price) in price.iter().enumerate() {
            let (supply, back) = (climate.supply[t], climate.back[t]);
            let outlet = supply.min(pump.max_outlet_temperature.si()).max(back);
            let point = OperatingPoint {
                source_in: source.source_temperature[t].si(),
                source_out: source.source_return_temperature[t].si(),
                sink_in: back,
                sink_out: outlet,
            };
            let (electricity, usable) = machine
                .as_ref()
                .map_or((None, 0.0), |machine| electricity_share(machine, &point));
            lift.electricity.push(electricity);
            lift.usable.push(usable);
            lift.share.push(if supply > back {
                (outlet - back) / (supply - back)
            } else {
                1.0
            });
            let e = electricity.unwrap_or(1.0);
            lift.cost
                .push(price * e + heat_price * (1.0 - e) + pump.variable_upkeep.si());
        }
        lift
    }

    /// Most heat the heat pump can make of a recoverable heat, watts.
    pub(crate) fn available(&self, step: usize, recoverable: f64) -> f64 {
        match self.electricity[step] {
            Some(e) if e < 1.0 => recoverable * self.usable[step] / (1.0 - e),
            _ => 0.0,
        }
    }

    /// Source heat behind an amount of heat made, watts.
    pub(crate) fn source_heat(&self, step: usize, heat: f64) -> f64 {
        heat * (1.0 - self.electricity[step].unwrap_or(1.0))
    }
}

/// Electricity per heat and usable share of the source stream at an operating point.
fn electricity_share(machine: &HeatPumpMachine, point: &OperatingPoint) -> (Option<f64>, f64) {
    match machine.at(point) {
        Running::HeatPump(cop) => (Some(1.0 / cop), 1.0),
        Running::DirectExchange => {
            let cooled = point.source_in - point.source_out;
            let possible = point.source_in - point.source_out.max(point.sink_in + machine.pinch);
            let share = if cooled > 0.0 { possible / cooled } else { 0.0 };
            (Some(0.0), share.clamp(0.0, 1.0))
        }
        Running::Outside(_) => (None, 0.0),
    }
}

/// Price of electricity with fee and tax in every hour, EUR/J.
fn electricity(study: &Study) -> Vec<f64> {
    let extra = study.prices.electricity_grid_fee.si() + study.prices.electricity_tax.si();
    as_si(&study.prices.electricity)
        .iter()
        .map(|p| p + extra)
        .collect()
}

/// Cost of a joule of heat from the cheapest boiler in every hour, EUR/J.
pub(crate) fn cheapest_boiler(study: &Study) -> Vec<f64> {
    let electricity = electricity(study);
    let mut least = vec![f64::INFINITY; electricity.len()];
    for boiler in &study.boilers {
        let efficiency = boiler.efficiency.si().max(1e-3);
        let fixed = fired_fuel_cost(study, boiler);
        for (least, power) in least.iter_mut().zip(&electricity) {
            let fuel = fixed.unwrap_or(*power);
            *least = least.min(fuel / efficiency + boiler.variable_upkeep.si());
        }
    }
    let ceiling = study.prices.unserved.si();
    for least in &mut least {
        *least = least.min(ceiling);
    }
    least
}

/// Fuel with carbon, EUR/J; `None` for electricity.
fn fired_fuel_cost(study: &Study, boiler: &Boiler) -> Option<f64> {
    (boiler.fuel != Fuel::Electricity).then(|| {
        let k = boiler.fuel.index();
        study.prices.fuel[k].si() + study.emissions.fuel[k].si() * study.prices.carbon.si()
    })
}

/// Hours of one heat pump: what it could give and what each watt-hour of it saves.
#[derive(Debug, Clone)]
pub(crate) struct Screening {
    /// Most heat in every hour, watts.
    pub(crate) possible: Vec<f64>,
    /// Saving over the boiler in every hour, EUR/J; negative when the boiler is cheaper.
    pub(crate) saving: Vec<f64>,
}

impl Screening {
    /// What a heat pump could give of a load with a recoverable heat.
    pub(crate) fn new(lift: &Lift, boiler: &[f64], load: &[f64], recoverable: &[f64]) -> Self {
        let possible = (0..load.len())
            .map(|t| {
                lift.available(t, recoverable[t])
                    .min(lift.share[t] * load[t])
                    .max(0.0)
            })
            .collect();
        let saving = boiler.iter().zip(&lift.cost).map(|(b, h)| b - h).collect();
        Self { possible, saving }
    }

    /// The capacity with the highest yearly margin, exactly; zero when none earns its keep.
    ///
    /// `max_c Σ_t max(0, saving_t) min(c, possible_t) − k c` is concave in c with kinks at the
    /// possible heats: sorted downwards, the slope just below the n-th of them is the sum of the
    /// first n savings less k, so the best c is the first at which that sum reaches k.
    ///
    /// # Sign  `yearly_cost` per watt of capacity, EUR/(W a)
    pub(crate) fn best_capacity(&self, yearly_cost: f64) -> f64 {
        let mut hours: Vec<(f64, f64)> = self
            .possible
            .iter()
            .zip(&self.saving)
            .filter(|(q, s)| **q > 0.0 && **s > 0.0)
            .map(|(q, s)| (*q, *s * SECONDS_PER_HOUR))
            .collect();
        hours.sort_by(|x, y| y.0.total_cmp(&x.0));
        let mut sum = 0.0;
        for (possible, saving) in hours {
            sum += saving;
            if sum >= yearly_cost {
                return possible;
            }
        }
        0.0
    }

    /// Heat in an hour at a capacity, run only when it saves.
    pub(crate) fn heat(&self, step: usize, capacity: f64) -> f64 {
        if self.saving[step] > 0.0 {
            self.possible[step].min(capacity)
        } else {
            0.0
        }
    }
}

/// Yearly cost of a watt of heat-pump capacity, EUR/(W a).
pub(crate) fn yearly_pump_cost(study: &Study, pump: &HeatPump) -> f64 {
    let share = yearly_share(&study.money, pump.life.a(), pump.fixed_upkeep.si());
    pump.investment.si() * share
}

/// Capacities of the heat pumps for a load, and what a year of heat costs with them.
#[derive(Debug, Clone)]
pub(crate) struct Screened {
    /// Best (or given) capacity of every heat pump, watts.
    pub(crate) capacity: Vec<f64>,
    /// Most heat each could give in any hour, watts.
    pub(crate) most: Vec<f64>,
    /// Whether each can run in any hour.
    pub(crate) can_run: Vec<bool>,
    /// Largest heat over the cooling of the network's water, W/K.
    pub(crate) flow: Vec<f64>,
    /// Heat made, J.
    pub(crate) heat: f64,
    /// Fuel, electricity, source heat and variable upkeep of a year, EUR.
    pub(crate) running_cost: f64,
    /// The heat pumps' annuities and fixed upkeep, EUR.
    pub(crate) pump_cost: f64,
}

impl Screened {
    /// Cost of the year, heat pumps included, EUR.
    pub(crate) fn cost(&self) -> f64 {
        self.running_cost + self.pump_cost
    }

    /// Mean cost, EUR/J; zero without heat.
    pub(crate) fn mean_cost(&self) -> f64 {
        if self.heat > 0.0 {
            self.cost() / self.heat
        } else {
            0.0
        }
    }

    fn skip(&mut self, pump: &HeatPump) {
        let given = pump.heat_capacity.map_or(0.0, hukka_units::HeatPower::si);
        self.capacity.push(given);
        self.most.push(0.0);
        self.can_run.push(false);
        self.flow.push(0.0);
    }
}

/// Screens the heat pumps one after the other against a load, watts in every hour.
///
/// Later ones see what earlier ones leave of load and source. Given capacities are kept.
pub(crate) fn screen(
    study: &Study,
    sources: &[HeatSource],
    climate: &Climate,
    load: &[f64],
) -> Screened {
    let boiler = cheapest_boiler(study);
    let mut open = load.to_vec();
    let mut recoverable: Vec<Vec<f64>> = vec![Vec::new(); study.data_centres.len()];
    for source in sources {
        recoverable[source.data_centre] = as_si(&source.recoverable).to_vec();
    }
    let mut screened = Screened {
        capacity: Vec::new(),
        most: Vec::new(),
        can_run: Vec::new(),
        flow: Vec::new(),
        heat: load.iter().sum::<f64>() * SECONDS_PER_HOUR,
        running_cost: 0.0,
        pump_cost: 0.0,
    };
    let mut cost = 0.0;
    for pump in &study.heat_pumps {
        let Some(source) = sources.iter().find(|s| s.data_centre == pump.data_centre) else {
            screened.skip(pump);
            continue;
        };
        let lift = Lift::new(study, source, pump, climate);
        let left = &mut recoverable[pump.data_centre];
        let screening = Screening::new(&lift, &boiler, &open, left);
        let yearly = yearly_pump_cost(study, pump);
        let capacity = pump.heat_capacity.map_or_else(
            || screening.best_capacity(yearly),
            hukka_units::HeatPower::si,
        );
        let mut flow: f64 = 0.0;
        for t in 0..open.len() {
            let heat = screening.heat(t, capacity);
            flow = flow.max(heat / (climate.supply[t] - climate.back[t]).max(1.0));
            open[t] -= heat;
            left[t] -= lift.source_heat(t, heat);
            cost += heat * lift.cost[t] * SECONDS_PER_HOUR;
        }
        screened.pump_cost += capacity * yearly;
        screened.flow.push(flow);
        screened.capacity.push(capacity);
        screened
            .most
            .push(screening.possible.iter().copied().fold(0.0, f64::max));
        screened
            .can_run
            .push(lift.electricity.iter().any(Option::is_some));
    }
    cost += open
        .iter()
        .zip(&boiler)
        .map(|(q, p)| q * p * SECONDS_PER_HOUR)
        .sum::<f64>();
    screened.running_cost = cost;
    screened
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn margin(screening: &Screening, yearly_cost: f64, capacity: f64) -> f64 {
        let saved: f64 = (0..screening.possible.len())
            .map(|t| screening.heat(t, capacity) * screening.saving[t] * SECONDS_PER_HOUR)
            .sum();
        saved - yearly_cost * capacity
    }

    proptest! {
        #[test]
        fn no_other_capacity_earns_more(
            hours in prop::collection::vec((0.0..10e6_f64, -3e-8..3e-8_f64), 1..300),
            yearly_cost in 0.0..0.01_f64,
        ) {
            let (possible, saving) = hours.into_iter().unzip();
            let screening = Screening { possible, saving };
            let best = screening.best_capacity(yearly_cost);
            let most = margin(&screening, yearly_cost, best);
            prop_assert!(most >= -1e-6);
            for k in 0..=80 {
                let other = margin(&screening, yearly_cost, f64::from(k) * 125e3);
                prop_assert!(other <= most + 1e-6 * (1.0 + most.abs()));
            }
        }
    }
}
