//! Who is connected and along which streets.

use crate::climate::Climate;
use crate::economics::yearly_share;
use crate::findings::Findings;
use crate::ground::{Ground, Hook, Laid, Wish, has_plant};
use crate::load::{Diversity, Feed, Load};
use crate::pipes::{Capacities, SERVICE_GRADIENT, YearlyCost, losses};
use crate::search::{
    Customer, Effort, Problem, SearchEdge, Tree, connect_everyone, connect_who_pays,
};
use hukka_model::{
    CATALOGUE, HeatDemand, Study, TrenchKind, UnconnectedConsumer, UnconnectedReason,
};
use hukka_numerics::Observer;

/// Share of the heat in reach that a network to be judged must have.
pub(crate) const LEAST_SHARE: f64 = 0.1;
/// Step by which the heat price is raised when nothing pays.
const PRICE_STEP: f64 = 1.25;
/// Number of such steps before everyone is connected.
const PRICE_STEPS: usize = 12;

/// What the search found.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    /// Consumers connected, rising.
    pub(crate) connected: Vec<usize>,
    /// Consumers left out, rising.
    pub(crate) unconnected: Vec<UnconnectedConsumer>,
    /// Whether each edge of the ground is used.
    pub(crate) is_used: Vec<bool>,
    /// Worth less trenches at the cost of heat it was made at, EUR/a; `None` when nothing paid.
    pub(crate) value: Option<f64>,
    /// That cost of heat, EUR/J.
    pub(crate) heat_cost: f64,
    /// What it took to have a network.
    raised: Raised,
}

/// What it took to have a network.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Raised {
    /// Nothing: it pays, or everyone is wanted.
    No,
    /// A heat price this many times the study's.
    Price(f64),
    /// Connecting everyone.
    Everyone,
}

impl Choice {
    /// Says when nobody pays.
    pub(crate) fn report(&self, findings: &mut Findings) {
        match self.raised {
            Raised::No => {}
            Raised::Price(factor) => findings.nothing_pays(Some(factor)),
            Raised::Everyone => findings.nothing_pays(None),
        }
    }
}

/// What the choice rests on.
#[derive(Clone, Copy)]
pub(crate) struct Grounds<'a> {
    pub(crate) study: &'a Study,
    pub(crate) demand: &'a HeatDemand,
    pub(crate) ground: &'a Ground,
    pub(crate) loads: &'a [Load],
    pub(crate) climate: &'a Climate,
    /// Cost of a joule of heat, plant included, EUR.
    pub(crate) heat_cost: f64,
    /// What each data centre may feed in.
    pub(crate) feeds: &'a [Feed],
}

/// Consumers that can be reached and are willing, and the reasons of the others.
pub(crate) fn eligible(
    study: &Study,
    demand: &HeatDemand,
    wishes: &[Wish],
    hooks: &[Result<Hook, UnconnectedReason>],
) -> (Vec<usize>, Vec<UnconnectedConsumer>) {
    let mut out = Vec::new();
    let mut reached = Vec::new();
    for (consumer, hook) in hooks.iter().enumerate() {
        let reason = match (hook, wishes[consumer]) {
            (_, Wish::Out(reason)) => Some(reason),
            (Err(reason), _) => Some(*reason),
            (Ok(_), _) => None,
        };
        match reason {
            Some(reason) => out.push(UnconnectedConsumer { consumer, reason }),
            None => reached.push(consumer),
        }
    }
    let share = study.design.connection_share.si().clamp(0.0, 1.0);
    let mut free: Vec<usize> = reached
        .iter()
        .copied()
        .filter(|&c| wishes[c] == Wish::Free)
        .collect();
    free.sort_by(|&x, &y| {
        let heat = |c: usize| demand.consumers[c].annual().si();
        heat(y).total_cmp(&heat(x)).then(x.cmp(&y))
    });
    let willing = (share * free.len() as f64 - 1e-9).ceil().max(0.0) as usize;
    for &consumer in &free[willing.min(free.len())..] {
        out.push(UnconnectedConsumer {
            consumer,
            reason: UnconnectedReason::NotWilling,
        });
    }
    let mut is_out = vec![false; hooks.len()];
    for u in &out {
        is_out[u.consumer] = true;
    }
    reached.retain(|&c| !is_out[c]);
    out.sort_by_key(|u| u.consumer);
    (reached, out)
}

/// Chooses consumers and routes among those eligible; when nobody pays, raises the heat price
/// until a network is there to be judged.
pub(crate) fn choose(
    grounds: &Grounds<'_>,
    (eligible, left_out): &(Vec<usize>, Vec<UnconnectedConsumer>),
    (wishes, effort): (&[Wish], Effort),
    observer: &mut impl Observer,
) -> Choice {
    let heat: f64 = eligible.iter().map(|&c| annual(grounds, c)).sum();
    let connects_all = grounds.study.design.connect_all;
    let market = Market::new(grounds, eligible, wishes);
    let mut factor = 1.0;
    for step in 0..=PRICE_STEPS {
        let is_last = step == PRICE_STEPS || connects_all;
        let effort = Effort {
            kicks: if step == 0 { effort.kicks } else { 0 },
            ..effort
        };
        let tree = market.search((factor, is_last), effort, observer);
        let got = market.heat(&tree);
        let is_enough = got > 0.0 && (step == 0 || got >= LEAST_SHARE * heat);
        if is_enough || is_last || heat <= 0.0 {
            let raised = match step {
                0 => Raised::No,
                PRICE_STEPS => Raised::Everyone,
                _ => Raised::Price(factor),
            };
            let value = (raised == Raised::No || connects_all).then(|| market.value(&tree));
            return settle(grounds, (eligible, left_out), &tree, (value, raised));
        }
        factor *= PRICE_STEP;
    }
    unreachable!("invariant: the last step returns")
}

/// Chooses those who pay at the study's heat price; `None` when nobody does.
pub(crate) fn who_pays(
    grounds: &Grounds<'_>,
    (eligible, left_out): &(Vec<usize>, Vec<UnconnectedConsumer>),
    (wishes, effort): (&[Wish], Effort),
    observer: &mut impl Observer,
) -> Option<Choice> {
    let market = Market::new(grounds, eligible, wishes);
    let tree = market.search((1.0, false), effort, observer);
    (market.heat(&tree) > 0.0).then(|| {
        let found = (Some(market.value(&tree)), Raised::No);
        settle(grounds, (eligible, left_out), &tree, found)
    })
}

/// Who may be connected, and what the study says of each.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) eligible: &'a [usize],
    pub(crate) wishes: &'a [Wish],
}

/// Those who may be connected, and the streets, at yearly prices.
pub(crate) struct Market<'a> {
    grounds: &'a Grounds<'a>,
    eligible: &'a [usize],
    wishes: &'a [Wish],
    prices: Prices,
    edges: Vec<SearchEdge>,
    diversity: Diversity,
}

impl<'a> Market<'a> {
    pub(crate) fn new(grounds: &'a Grounds<'a>, eligible: &'a [usize], wishes: &'a [Wish]) -> Self {
        Self {
            grounds,
            eligible,
            wishes,
            prices: Prices::new(grounds),
            edges: search_edges(grounds),
            diversity: Diversity::up_to(eligible.len() + 1),
        }
    }

    /// The best tree found at a multiple of the heat price, or the one that reaches everyone.
    fn search(
        &self,
        (factor, is_all): (f64, bool),
        effort: Effort,
        observer: &mut impl Observer,
    ) -> Tree {
        let grounds = self.grounds;
        let size = (grounds.ground.nodes.len(), grounds.ground.root);
        let customers =
            self.prices
                .customers(grounds, self.eligible, self.wishes, (factor, is_all));
        let cost = &self.prices.street;
        let problem = Problem::new(size, &self.edges, &customers, cost, &self.diversity);
        if is_all {
            connect_everyone(&problem, effort, observer)
        } else {
            connect_who_pays(&problem, effort, observer)
        }
    }

    /// Customers at the study's price.
    pub(crate) fn customers(&self) -> Vec<Customer> {
        let is_all = self.grounds.study.design.connect_all;
        (self.prices).customers(self.grounds, self.eligible, self.wishes, (1.0, is_all))
    }

    pub(crate) fn edges(&self) -> &[SearchEdge] {
        &self.edges
    }

    pub(crate) const fn street(&self) -> &YearlyCost {
        &self.prices.street
    }

    pub(crate) const fn diversity(&self) -> &Diversity {
        &self.diversity
    }

    /// Heat a consumer draws in a year, J.
    pub(crate) fn annual(&self, consumer: usize) -> f64 {
        annual(self.grounds, consumer)
    }

    /// Worth less trenches of a tree at the study's price, EUR/a.
    fn value(&self, tree: &Tree) -> f64 {
        let grounds = self.grounds;
        let size = (grounds.ground.nodes.len(), grounds.ground.root);
        let customers = self.customers();
        let cost = &self.prices.street;
        let problem = Problem::new(size, &self.edges, &customers, cost, &self.diversity);
        tree.objective(&problem)
    }

    /// Heat of those connected, J.
    fn heat(&self, tree: &Tree) -> f64 {
        self.eligible
            .iter()
            .enumerate()
            .filter(|(k, _)| tree.is_connected[*k])
            .map(|(_, &c)| annual(self.grounds, c))
            .sum()
    }
}

fn annual(grounds: &Grounds<'_>, consumer: usize) -> f64 {
    grounds.demand.consumers[consumer].annual().si()
}

fn settle(
    grounds: &Grounds<'_>,
    (eligible, left_out): (&[usize], &[UnconnectedConsumer]),
    tree: &Tree,
    (value, raised): (Option<f64>, Raised),
) -> Choice {
    let mut unconnected = left_out.to_vec();
    let mut connected = Vec::new();
    for (k, &consumer) in eligible.iter().enumerate() {
        if tree.is_connected[k] {
            connected.push(consumer);
        } else {
            unconnected.push(UnconnectedConsumer {
                consumer,
                reason: UnconnectedReason::NotWorthPipe,
            });
        }
    }
    unconnected.sort_by_key(|u| u.consumer);
    let mut is_used = vec![false; grounds.ground.edges.len()];
    for hop in tree.parent.iter().flatten() {
        is_used[hop.edge] = true;
    }
    Choice {
        connected,
        unconnected,
        is_used,
        value,
        heat_cost: grounds.heat_cost,
        raised,
    }
}

/// Edges as the search sees them: what lies there or is built anyhow costs nothing.
fn search_edges(grounds: &Grounds<'_>) -> Vec<SearchEdge> {
    let factor = grounds.study.design.pipe_cost_factor.si();
    grounds
        .ground
        .edges
        .iter()
        .map(|edge| {
            let is_sunk = edge.existing.is_some() || edge.kind == TrenchKind::Transmission;
            SearchEdge {
                a: edge.a,
                b: edge.b,
                length: edge.length,
                capital_factor: if is_sunk {
                    0.0
                } else {
                    edge.cost_factor * factor
                },
                loss_factor: if is_sunk { 0.0 } else { 1.0 },
            }
        })
        .collect()
}

/// Yearly prices the choice is made at.
struct Prices {
    street: YearlyCost,
    service: YearlyCost,
    /// Yearly cost per euro of substation.
    substation: f64,
    /// Yearly cost of a watt of peak boiler to be built.
    peak: f64,
}

impl Prices {
    fn new(grounds: &Grounds<'_>) -> Self {
        let study = grounds.study;
        let (rules, money) = (&study.network, &study.money);
        let upkeep = money.network_upkeep.si();
        let share = yearly_share(money, money.pipe_life.a(), upkeep);
        let capital: Vec<f64> = CATALOGUE
            .iter()
            .map(|pipe| pipe.trench_cost.si() * share)
            .collect();
        let degree_seconds = grounds.climate.degree_seconds().max(0.0);
        let loss: Vec<f64> = losses(rules)
            .iter()
            .map(|u| 2.0 * u * degree_seconds * grounds.heat_cost)
            .collect();
        let table = |gradient: f64| YearlyCost {
            capacities: Capacities::new(rules, &grounds.climate.design, gradient),
            capital: capital.clone(),
            loss: loss.clone(),
        };
        let peak = study
            .boilers
            .iter()
            .filter(|b| b.heat_capacity.is_none() && !b.is_existing)
            .map(|b| b.investment.si() * yearly_share(money, b.life.a(), b.fixed_upkeep.si()))
            .fold(0.0, f64::max);
        Self {
            street: table(rules.max_pressure_gradient.si()),
            service: table(SERVICE_GRADIENT.max(rules.max_pressure_gradient.si())),
            substation: yearly_share(money, money.substation_life.a(), upkeep),
            peak,
        }
    }

    /// Customers at a multiple of the heat price, and the data centres to be reached.
    fn customers(
        &self,
        grounds: &Grounds<'_>,
        eligible: &[usize],
        wishes: &[Wish],
        (factor, is_all): (f64, bool),
    ) -> Vec<Customer> {
        let mut customers: Vec<Customer> = eligible
            .iter()
            .filter_map(|&c| {
                let hook = grounds.ground.hooks[c].as_ref().ok()?;
                let mut load = grounds.loads[c];
                load.forced = i64::from(is_all || wishes[c] == Wish::Must);
                Some(Customer {
                    node: hook.node,
                    worth: self.worth(grounds, c, hook, factor),
                    load,
                })
            })
            .collect();
        for (&node, feed) in grounds.ground.data_centres.iter().zip(grounds.feeds) {
            if node != grounds.ground.root {
                customers.push(Customer {
                    node,
                    worth: 0.0,
                    load: feed.load(),
                });
            }
        }
        customers
    }

    /// Yearly margin of a consumer less service pipe, substation and its part of the peak boiler.
    fn worth(&self, grounds: &Grounds<'_>, c: usize, hook: &Hook, factor: f64) -> f64 {
        let study = grounds.study;
        let consumer = &grounds.demand.consumers[c];
        let price = study.prices.heat.si() * factor;
        let margin = (price - grounds.heat_cost) * consumer.annual().si();
        let boiler = self.peak * grounds.loads[c].coincident;
        if hook.laid != Laid::Nothing {
            return margin - boiler;
        }
        let power = consumer.design_power.si().max(consumer.peak.si());
        let (k, _) = self.service.capacities.size(power);
        let pipe_factor = study.design.pipe_cost_factor.si();
        let pipe = hook.length * (self.service.capital[k] * pipe_factor + self.service.loss[k]);
        let rules = &study.design;
        let station = if consumer.building.is_none() && has_plant(study) {
            0.0
        } else {
            rules.substation_fixed.si() + rules.substation_per_power.si() * power
        };
        let pipe = if hook.kind == TrenchKind::Transmission {
            0.0
        } else {
            pipe
        };
        margin - boiler - pipe - self.substation * station
    }
}
