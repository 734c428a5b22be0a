//! The hours of a pair: what heat can be had, what it costs, what arrives. SI.

use super::{ScreenPair, ScreenPoint, pipe_cost};
use crate::economics::annuity;
use crate::pipes::largest_flow;
use hukka_model::{CATALOGUE, InsulationSeries};
use hukka_physics::heat_pump::{CopOutcome, Model, OperatingPoint, cop};
use hukka_physics::{pipe_loss, water};
use hukka_units::{
    EnergyPrice, HeatEnergy, HeatPower, Money, Ratio, SECONDS_PER_HOUR, Temperature, as_si,
};

/// Outdoor temperature above which houses are not heated, K: usual figure of 15 °C.
const HEATING_LIMIT: f64 = 288.15;
/// Isentropic efficiency and pinch of the heat pump (Jensen and Pieper, ammonia).
const MACHINE: (f64, f64) = (0.8, 5.0);
/// Hottest water an ammonia heat pump makes, K.
const HOTTEST: f64 = 363.15;
/// Lives of heat pump, boiler and pipes, years; yearly upkeep as a share of investment.
const PUMP: (f64, f64) = (25.0, 0.0035);
const BOILER: (f64, f64) = (25.0, 0.038);
const PIPES: (f64, f64) = (40.0, 0.01);
const SUBSTATIONS: (f64, f64) = (20.0, 0.01);
/// Variable upkeep of the heat pump, EUR/J: 2.69 EUR/MWh.
const UPKEEP: f64 = 2.69 / 3.6e9;
/// Unforeseen works on top of every investment.
const CONTINGENCY: f64 = 0.1;
/// Mains: gradient Pa/m, velocity m/s, roughness m, depth m, soil W/(m K), pump efficiency.
const GRADIENT: f64 = 150.0;
const FLOW_LIMITS: (f64, f64) = (2.5, 1e-4);
const DEPTH: f64 = 1.0;
const SOIL: f64 = 1.5;
const PUMPING: f64 = 0.7;

/// Weather and power prices of a year, shared by many pairs.
#[derive(Debug, Clone)]
pub struct ScreenClimate {
    /// Outdoor temperature of every hour, K.
    outdoor: Vec<f64>,
    /// Degrees below the heating limit, mean of 24 hours, as a share of the year's sum.
    heating: Vec<f64>,
    design: f64,
    ground: f64,
    /// Market's price of power, EUR/J.
    power: Vec<f64>,
}

impl ScreenClimate {
    /// A year of outdoor temperature and power prices, of the same length.
    pub fn new(outdoor: &[Temperature], design: Temperature, power: &[EnergyPrice]) -> Self {
        let outdoor = as_si(outdoor).to_vec();
        let hours = outdoor.len().min(power.len());
        let mut window = 0.0;
        let mut degrees = Vec::with_capacity(hours);
        for t in 0..hours {
            window += outdoor[t];
            if t >= 24 {
                window -= outdoor[t - 24];
            }
            let mean = window / (t + 1).min(24) as f64;
            degrees.push((HEATING_LIMIT - mean).max(0.0));
        }
        let sum = degrees.iter().sum::<f64>().max(1e-9);
        Self {
            heating: degrees.iter().map(|d| d / sum).collect(),
            ground: outdoor.iter().sum::<f64>() / (outdoor.len().max(1) as f64),
            design: design.si(),
            power: as_si(power)[..hours].to_vec(),
            outdoor,
        }
    }
}

/// A pair's hours, computed once for all sizes and distances.
#[derive(Debug, Clone)]
pub struct ScreenYear {
    /// Most heat the machine can make in each hour, W.
    possible: Vec<f64>,
    /// Cost of a joule of heat made, EUR.
    cost: Vec<f64>,
    /// Power per heat made.
    electricity: Vec<f64>,
    /// Mean of supply and return above the ground, K.
    above_ground: Vec<f64>,
    /// Heat fed into the district in the year, J, and in its highest hour, W.
    pub(super) fed: f64,
    pub(super) peak: f64,
    /// Cooling of the water on the design day, K, and mean price of power, EUR/J.
    cooling: f64,
    back: f64,
    power: f64,
    /// Whether any hour has a COP.
    pub(super) can_run: bool,
    /// Best capacity of the machine where pipes cost and lose nothing, W.
    best: f64,
}

impl ScreenYear {
    /// Demand, water temperatures, COP and cost of heat in every hour.
    ///
    /// Demand `Q (1 − w) d_t + Q w / n` with hot-water share `w` and degrees `d_t`; fed in
    /// `demand / (1 − loss)`, the loss even over the year. Supply falls in a line from the design
    /// day to 8 °C outdoors. Heat costs `p_el / COP + p_source (1 − 1/COP) + upkeep`.
    pub fn new(pair: &ScreenPair, climate: &ScreenClimate) -> Self {
        let hours = climate.power.len();
        let (demand, loss) = (pair.demand.si(), pair.network_loss.si().clamp(0.0, 0.9));
        let lost = demand * loss / (1.0 - loss);
        let even = (demand * pair.hot_water.si() + lost) / (hours as f64 * SECONDS_PER_HOUR);
        let heated = demand * (1.0 - pair.hot_water.si()) / SECONDS_PER_HOUR;
        let mut year = Self {
            possible: Vec::with_capacity(hours),
            cost: Vec::with_capacity(hours),
            electricity: Vec::with_capacity(hours),
            above_ground: Vec::with_capacity(hours),
            fed: demand + lost,
            peak: 0.0,
            cooling: (pair.supply[0].si() - pair.back.si()).max(1.0),
            back: pair.back.si(),
            power: 0.0,
            can_run: false,
            best: 0.0,
        };
        let warm = 281.15;
        let span = (warm - climate.design).max(1.0);
        let (heat, back) = (pair.heat.si(), pair.back.si());
        // Many hours in a row ask for the same water.
        let mut last = (f64::NEG_INFINITY, (None, 0.0));
        for t in 0..hours {
            let load = heated * climate.heating[t] + even;
            let mild = ((climate.outdoor[t] - climate.design) / span).clamp(0.0, 1.0);
            let supply = pair.supply[0].si() + mild * (pair.supply[1].si() - pair.supply[0].si());
            let outlet = supply.min(HOTTEST).max(back);
            if (outlet - last.0).abs() > 1e-9 {
                let point = OperatingPoint {
                    source_in: pair.source.si(),
                    source_out: pair.source_return.si(),
                    sink_in: back,
                    sink_out: outlet,
                };
                last = (outlet, share_of_power(&point));
            }
            let (e, usable) = last.1;
            let power = climate.power[t] + pair.power_extra.si();
            let lift = ((outlet - back) / (supply - back).max(1e-6)).clamp(0.0, 1.0);
            let most = e.map_or(0.0, |e| heat * usable / (1.0 - e));
            year.can_run |= most > 0.0;
            year.possible.push(most.min(lift * load));
            let e = e.unwrap_or(1.0);
            year.electricity.push(e);
            year.cost
                .push(power * e + pair.source_price.si() * (1.0 - e) + UPKEEP);
            year.above_ground
                .push(f64::midpoint(supply, back) - climate.ground);
            year.peak = year.peak.max(load);
            year.power += power / hours as f64;
        }
        year.best = year.best_capacity(pair.boiler_heat.si(), yearly_machine(pair));
        year
    }

    /// Greatest heat the machine could make in any hour, W.
    pub(super) fn most(&self) -> f64 {
        self.possible.iter().copied().fold(0.0, f64::max)
    }

    /// Mean cost of heat made, weighted by what could be made, EUR/J.
    pub(super) fn mean_cost(&self) -> f64 {
        let heat: f64 = self.possible.iter().sum();
        let cost: f64 = (self.possible.iter().zip(&self.cost))
            .map(|(q, c)| q * c)
            .sum();
        if heat > 0.0 { cost / heat } else { 0.0 }
    }

    /// Heat a size carries, W: `m cp (T_s − T_r)` within gradient and velocity.
    pub(super) fn capacity(&self, size: usize) -> f64 {
        largest_flow(&CATALOGUE[size], FLOW_LIMITS, self.back, GRADIENT)
            * water::specific_heat(self.back + 0.5 * self.cooling)
            * self.cooling
    }

    /// The plant with pipes of one size over a distance.
    ///
    /// An hour's heat is `min(possible, c)`; it is made when `boiler (q − loss) > cost q`. The
    /// capacity `c` is the best one: the slope of the yearly saving over `c`, the sum of
    /// `boiler − cost` of the hours that could make more, falls to the machine's yearly cost there.
    pub(super) fn point(
        &self,
        pair: &ScreenPair,
        (size, limit): (usize, f64),
        distance: f64,
    ) -> ScreenPoint {
        let pipe = &CATALOGUE[size];
        let series = InsulationSeries::Series2;
        let u = pipe_loss::linear_loss_with_soil(
            pipe.loss_in(series).si(),
            pipe.casing_in(series).si(),
            DEPTH,
            SOIL,
        );
        let boiler = pair.boiler_heat.si();
        let machine = pair.heat_pump.si() * (1.0 + CONTINGENCY);
        let yearly = yearly_machine(pair);
        let capacity = self.best.min(limit);
        let (mut made, mut arrived, mut cost, mut power, mut cubes) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (t, possible) in self.possible.iter().enumerate() {
            let heat = possible.min(capacity);
            let loss = 2.0 * u * distance * self.above_ground[t];
            let left = heat - loss;
            if boiler * left > self.cost[t] * heat {
                made += heat;
                arrived += left;
                cost += heat * self.cost[t];
                power += heat * self.electricity[t];
                let load = heat / limit;
                cubes += load * load * load;
            }
        }
        let pumped =
            limit / (water::specific_heat(self.back) * self.cooling) / water::density(self.back)
                * 2.0
                * GRADIENT
                * distance
                / PUMPING
                * cubes;
        let pipes = pipe_cost(size).si() * distance * pair.pipe_cost.si() * (1.0 + CONTINGENCY);
        let invested = pipes + machine * capacity;
        let yearly_cost = yearly * capacity
            + pipes * (annuity(pair.interest.si(), PIPES.0) + PIPES.1)
            + (cost + pumped * self.power) * SECONDS_PER_HOUR;
        let saved = boiler * arrived * SECONDS_PER_HOUR - yearly_cost;
        let delivered = arrived * SECONDS_PER_HOUR;
        let district = self.district(pair);
        ScreenPoint {
            dn: Some(pipe.dn),
            heat_pump: HeatPower::from_si(capacity),
            delivered: HeatEnergy::from_si(delivered),
            coverage: Ratio::from_fraction(delivered / self.fed.max(1e-9)),
            scop: (power > 0.0).then(|| Ratio::from_fraction(made / power)),
            lost: Ratio::from_fraction(if made > 0.0 {
                1.0 - arrived / made
            } else {
                0.0
            }),
            investment: Money::from_eur(invested + district.investment),
            yearly_cost: Money::from_eur(yearly_cost),
            heat_cost: (delivered > 0.0).then(|| EnergyPrice::from_si(yearly_cost / delivered)),
            net_present_value: Money::from_eur((saved + district.yearly_gain) * worth(pair)),
        }
    }

    /// The district without heat from the data centre.
    pub(super) fn without(&self, pair: &ScreenPair) -> ScreenPoint {
        let district = self.district(pair);
        ScreenPoint {
            dn: None,
            heat_pump: HeatPower::ZERO,
            delivered: HeatEnergy::ZERO,
            coverage: Ratio::ZERO,
            scop: None,
            lost: Ratio::ZERO,
            investment: Money::from_eur(district.investment),
            yearly_cost: Money::from_eur(0.0),
            heat_cost: None,
            net_present_value: Money::from_eur(district.yearly_gain * worth(pair)),
        }
    }

    /// What a new network earns a year with boilers alone; nothing where one exists.
    pub(super) fn district(&self, pair: &ScreenPair) -> District {
        let Some(density) = pair.linear_heat_density else {
            return District::default();
        };
        let more = 1.0 + CONTINGENCY;
        let metres = pair.demand.si() / density;
        let street = CATALOGUE[street_size()].trench_cost.si();
        let share = |(life, upkeep): (f64, f64)| annuity(pair.interest.si(), life) + upkeep;
        let network = metres * street * pair.pipe_cost.si() * more;
        let boilers = self.peak * pair.boiler.si() * more;
        let stations = self.peak * pair.substation.si() * more;
        District {
            investment: network + boilers + stations,
            network: network * share(PIPES),
            yearly_gain: pair.heat_price.si() * pair.demand.si()
                - pair.boiler_heat.si() * self.fed
                - network * share(PIPES)
                - boilers * share(BOILER)
                - stations * share(SUBSTATIONS),
        }
    }

    fn best_capacity(&self, boiler: f64, yearly: f64) -> f64 {
        let mut hours: Vec<(f64, f64)> = (self.possible.iter().zip(&self.cost))
            .filter(|(q, c)| **q > 0.0 && **c < boiler)
            .map(|(q, c)| (*q, (boiler - c) * SECONDS_PER_HOUR))
            .collect();
        hours.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
        let mut slope = 0.0;
        for (possible, saving) in hours {
            slope += saving;
            if slope >= yearly {
                return possible;
            }
        }
        0.0
    }
}

/// Yearly cost of a watt of heat pump, EUR.
fn yearly_machine(pair: &ScreenPair) -> f64 {
    let share = annuity(pair.interest.si(), PUMP.0) + PUMP.1;
    pair.heat_pump.si() * (1.0 + CONTINGENCY) * share
}

/// A district's own money.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct District {
    pub(super) investment: f64,
    /// Yearly cost of the new network, EUR.
    pub(super) network: f64,
    /// Sales less everything but the data centre's plant, EUR a year.
    pub(super) yearly_gain: f64,
}

/// Worth today of a euro in every year counted.
pub(super) fn worth(pair: &ScreenPair) -> f64 {
    1.0 / annuity(pair.interest.si(), pair.horizon.a())
}

/// A middling street pipe, DN 65, stands for all sizes of a new network with its house connections.
fn street_size() -> usize {
    CATALOGUE.partition_point(|pipe| pipe.dn < 65)
}

fn share_of_power(point: &OperatingPoint) -> (Option<f64>, f64) {
    let (efficiency, pinch) = MACHINE;
    match cop(Model::JensenAmmonia, point, efficiency, pinch) {
        CopOutcome::HeatPump(cop) => (Some(1.0 / cop), 1.0),
        CopOutcome::DirectExchange => {
            let cooled = (point.source_in - point.source_out).max(1e-9);
            let possible = point.source_in - point.source_out.max(point.sink_in + pinch);
            (Some(0.0), (possible / cooled).clamp(0.0, 1.0))
        }
        CopOutcome::OutOfRange => (None, 0.0),
    }
}
