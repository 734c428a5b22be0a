//! How good the choice of streets and consumers is at most: a bound beside the search's value.
//!
//! The choice is written as a design problem that costs no more than the true one for every tree:
//! diversity as if everyone were connected (`f(n) ≥ f(N)`), sites of data centres reached for
//! nothing, every trench at the least share of the street price that no size undercuts. A bound of
//! that problem's relaxation is one of the choice. SI but for the problem's own units.

use crate::case;
use crate::choose::{Choice, Grounds, Market, Wanted};
use crate::load::Load;
use crate::search::{Customer, SearchEdge};
use hukka_model::{
    CATALOGUE, ConnectionMode, DesignCase, DesignConsumer, DesignEconomics, DesignEdge, DesignNode,
    DesignPipe, DesignSource,
};
use hukka_units::{
    EnergyPrice, HeatEnergy, HeatPower, Length, LengthCost, PowerCost, Ratio, TimeSpan,
};

/// Streets beyond which the relaxation is not solved and the bound is the worth of everyone.
const MOST_STREETS: usize = 9000;

/// Value of a choice and a bound on every other one's, EUR/a.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct RouteBound {
    /// Margin of the connected less their pipes, substations and boilers.
    pub(crate) value: f64,
    /// No choice of streets and consumers is worth more.
    pub(crate) most: f64,
    /// Yearly cost of serving the connected, heat included.
    pub(crate) cost: f64,
}

impl RouteBound {
    /// Distance of value and bound as a share of the cost.
    pub(crate) fn gap(&self) -> Option<f64> {
        (self.cost > 0.0).then(|| (self.most - self.value).max(0.0) / self.cost)
    }
}

/// The bound of a choice, or `None` when nothing was chosen at the study's price.
pub(crate) fn of(
    grounds: &Grounds<'_>,
    wanted: &Wanted<'_>,
    choice: &Choice,
) -> Option<RouteBound> {
    let value = choice.value?;
    let market = Market::new(grounds, wanted.eligible, wanted.wishes);
    let customers = market.customers();
    let everyone: f64 = customers.iter().map(|c| c.worth.max(0.0)).sum();
    let heat: f64 = choice.connected.iter().map(|&c| market.annual(c)).sum();
    let is_small = market.edges().len() <= MOST_STREETS;
    let relaxed = is_small
        .then(|| {
            let case = problem(grounds, &market, &customers);
            let mode = if grounds.study.design.connect_all {
                ConnectionMode::Forced
            } else {
                ConnectionMode::Economic
            };
            case::relaxed(&case, mode)
        })
        .flatten();
    let all: f64 = customers.iter().map(|c| c.worth).sum();
    let forced = grounds.study.design.connect_all;
    Some(RouteBound {
        value,
        most: relaxed.map_or(if forced { all } else { everyone }, |bound| {
            (-bound).max(value)
        }),
        cost: grounds.study.prices.heat.si() * heat - value,
    })
}

/// The choice as a design problem: worth is heat sold at one euro a megawatt-hour, heat is free.
fn problem(grounds: &Grounds<'_>, market: &Market<'_>, customers: &[Customer]) -> DesignCase {
    let total = customers
        .iter()
        .fold(Load::default(), |sum, customer| sum + customer.load);
    let factor = market.diversity().factor(total.count);
    let by_peak = factor * total.diversified + total.firm >= total.coincident;
    let draw = |load: &Load| {
        if by_peak {
            factor * load.diversified + load.firm
        } else {
            load.coincident
        }
    };
    let consumers = (customers.iter())
        .filter(|customer| customer.load.count > 0)
        .filter(|customer| customer.worth > 0.0 || grounds.study.design.connect_all)
        .enumerate()
        .map(|(k, customer)| DesignConsumer {
            id: k as i64,
            node: customer.node,
            peak: HeatPower::from_si(draw(&customer.load).max(1.0)),
            annual: HeatEnergy::from_mwh(customer.worth),
        })
        .collect();
    let street = market.street();
    let reference = grounds.study.design.pipe_cost_factor.si();
    let price = |k: usize| reference * street.capital[k] + street.loss[k];
    let most = draw(&total).max(1.0);
    DesignCase {
        name: "choice of streets".to_owned(),
        nodes: (0..grounds.ground.nodes.len())
            .map(|n| DesignNode {
                id: n as i64,
                x: Length::ZERO,
                y: Length::ZERO,
            })
            .collect(),
        edges: (market.edges().iter().enumerate())
            .map(|(e, edge)| DesignEdge {
                id: e as i64,
                a: edge.a,
                b: edge.b,
                length: Length::from_m(edge.length * share(edge, street, reference)),
                is_service: false,
            })
            .collect(),
        consumers,
        sources: vec![DesignSource {
            id: 0,
            name: String::new(),
            node: grounds.ground.root,
            capacity: HeatPower::from_si(2.0 * most),
            investment: PowerCost::ZERO,
            interest: Ratio::ZERO,
            life: TimeSpan::from_a(1.0),
            price: EnergyPrice::ZERO,
        }],
        catalogue: sizes(most, &|k| street.capacities.of(k), &price),
        linear: None,
        economics: DesignEconomics {
            interest: Ratio::ZERO,
            pipe_life: TimeSpan::from_a(1.0),
            full_load: TimeSpan::from_h(8760.0),
            heat_price: EnergyPrice::from_eur_mwh(1.0),
            loss_price: EnergyPrice::ZERO,
        },
    }
}

/// Sizes up to the first that carries everything; it is given room for all.
fn sizes(
    most: f64,
    capacity: &dyn Fn(usize) -> f64,
    price: &dyn Fn(usize) -> f64,
) -> Vec<DesignPipe> {
    let mut sizes = Vec::new();
    for (k, pipe) in CATALOGUE.iter().enumerate() {
        let is_last = capacity(k) >= most || k + 1 == CATALOGUE.len();
        let carries = if is_last {
            capacity(k).max(most)
        } else {
            capacity(k)
        };
        sizes.push(DesignPipe {
            dn: i64::from(pipe.dn),
            capacity: HeatPower::from_si(carries),
            cost: LengthCost::from_eur_m(price(k)),
            loss_w_per_m: 0.0,
        });
        if is_last {
            break;
        }
    }
    sizes
}

/// Least factor of an edge's true price on the reference price over all sizes.
fn share(edge: &SearchEdge, street: &crate::pipes::YearlyCost, reference: f64) -> f64 {
    (street.capital.iter().zip(&street.loss))
        .map(|(capital, loss)| {
            let own = edge.capital_factor * capital + edge.loss_factor * loss;
            let usual = reference * capital + loss;
            if usual > 0.0 { own / usual } else { 0.0 }
        })
        .fold(f64::INFINITY, f64::min)
        .min(1e6)
}
