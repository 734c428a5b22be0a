//! Taking out of the graph what needs no decision: house connections, dead ends, lost consumers.

use super::instance::{Line, Source};
use super::law::Law;
use hukka_model::{ConnectionMode, DesignCase};

/// Consumers that are connected together or not at all, as seen from the node where they hang.
#[derive(Debug, Clone)]
pub(crate) struct Customer {
    pub(crate) node: usize,
    /// kW drawn at the node.
    pub(crate) load: f64,
    /// Revenue less cost of the pipes behind the node, EUR/a.
    pub(crate) worth: f64,
    /// Consumers of the case.
    pub(crate) consumers: Vec<usize>,
    /// Pipes behind the node.
    pub(crate) trail: Vec<Laid>,
}

/// A pipe of a trail.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Laid {
    /// Edge of the case.
    pub(crate) edge: usize,
    /// Upstream node.
    pub(crate) from: usize,
    /// kW.
    pub(crate) inflow: f64,
    /// Catalogue size.
    pub(crate) size: Option<usize>,
}

/// What is left.
pub(crate) struct Reduced {
    pub(crate) lines: Vec<Line>,
    pub(crate) customers: Vec<Customer>,
    pub(crate) lost: Vec<usize>,
}

/// Dead ends are taken off one by one; a customer at a dead end moves to the node before it, with
/// the pipe between added to its trail. Exact: a move is made only where the pipe is cheapest
/// whatever heat costs ([`Law::undisputed`]), and a customer is dropped only when its worth does
/// not even pay the cheapest heat.
pub(crate) fn reduce(
    case: &DesignCase,
    law: &Law,
    sources: &[Source],
    mode: ConnectionMode,
) -> Reduced {
    let mut work = Work::new(case, law, sources, mode);
    let mut queue: Vec<usize> = (0..case.nodes.len()).collect();
    while let Some(node) = queue.pop() {
        if let Some(next) = work.take_off(node) {
            queue.push(next);
        }
    }
    work.finish()
}

struct Work<'a> {
    case: &'a DesignCase,
    law: &'a Law,
    mode: ConnectionMode,
    /// Cheapest heat, EUR/a per kW; `None` when losses might be a gain.
    price: Option<f64>,
    customers: Vec<Vec<Customer>>,
    has_source: Vec<bool>,
    around: Vec<Vec<usize>>,
    is_open: Vec<bool>,
    lost: Vec<usize>,
}

impl<'a> Work<'a> {
    fn new(case: &'a DesignCase, law: &'a Law, sources: &[Source], mode: ConnectionMode) -> Self {
        let mut around = vec![Vec::new(); case.nodes.len()];
        for (e, edge) in case.edges.iter().enumerate() {
            around[edge.a].push(e);
            around[edge.b].push(e);
        }
        let mut has_source = vec![false; case.nodes.len()];
        for source in sources {
            has_source[source.node] = true;
        }
        let price = sources
            .iter()
            .map(|s| s.price)
            .fold(f64::INFINITY, f64::min);
        let heat_price = case.economics.heat_price.eur_mwh();
        let mut customers = vec![Vec::new(); case.nodes.len()];
        for (c, consumer) in case.consumers.iter().enumerate() {
            customers[consumer.node].push(Customer {
                node: consumer.node,
                load: consumer.peak.kw(),
                worth: heat_price * consumer.annual.mwh(),
                consumers: vec![c],
                trail: Vec::new(),
            });
        }
        Self {
            case,
            law,
            mode,
            price: (price >= 0.0 && price.is_finite()).then_some(price),
            customers,
            has_source,
            around,
            is_open: vec![true; case.edges.len()],
            lost: Vec::new(),
        }
    }

    /// Takes a dead end off; the node before it is looked at again.
    fn take_off(&mut self, node: usize) -> Option<usize> {
        self.drop_hopeless(node);
        if self.has_source[node] {
            return None;
        }
        let mut open = (self.around[node].iter().copied()).filter(|&e| self.is_open[e]);
        let (edge, None) = (open.next()?, open.next()) else {
            return None;
        };
        let ends = &self.case.edges[edge];
        let before = if ends.a == node { ends.b } else { ends.a };
        if self.customers[node].is_empty() {
            self.is_open[edge] = false;
            return Some(before);
        }
        if self.mode == ConnectionMode::Forced {
            self.join(node);
        }
        let [customer] = self.customers[node].as_slice() else {
            return None;
        };
        let pipe = (self.law).undisputed(ends.length.m(), customer.load)?;
        let mut customer = customer.clone();
        customer.trail.push(Laid {
            edge,
            from: before,
            inflow: pipe.inflow,
            size: self.law.pipes[pipe.pipe].size,
        });
        customer.node = before;
        customer.load = pipe.inflow;
        customer.worth -= pipe.cost;
        self.customers[node].clear();
        self.customers[before].push(customer);
        self.is_open[edge] = false;
        Some(before)
    }

    /// Makes one customer of all at a node.
    fn join(&mut self, node: usize) {
        let all = std::mem::take(&mut self.customers[node]);
        let mut all = all.into_iter();
        if let Some(mut first) = all.next() {
            for other in all {
                first.load += other.load;
                first.worth += other.worth;
                first.consumers.extend(other.consumers);
                first.trail.extend(other.trail);
            }
            self.customers[node].push(first);
        }
    }

    /// Drops customers who cannot pay even the cheapest heat.
    fn drop_hopeless(&mut self, node: usize) {
        if let (ConnectionMode::Economic, Some(price)) = (self.mode, self.price) {
            self.customers[node].retain(|customer| customer.worth - price * customer.load > 0.0);
        }
    }

    /// Leaves out what no source reaches.
    fn finish(mut self) -> Reduced {
        let is_reached = self.reached();
        let mut customers: Vec<Customer> = Vec::new();
        for (node, here) in self.customers.into_iter().enumerate() {
            if is_reached[node] {
                customers.extend(here);
            } else {
                self.lost.extend(here.into_iter().flat_map(|c| c.consumers));
            }
        }
        self.lost.sort_unstable();
        let lines = (self.case.edges.iter().enumerate())
            .filter(|(e, edge)| self.is_open[*e] && is_reached[edge.a] && edge.a != edge.b)
            .map(|(e, edge)| Line {
                a: edge.a,
                b: edge.b,
                length: edge.length.m(),
                edge: e,
            })
            .collect();
        Reduced {
            lines,
            customers,
            lost: self.lost,
        }
    }

    fn reached(&self) -> Vec<bool> {
        let mut is_reached = vec![false; self.has_source.len()];
        let mut open: Vec<usize> = (0..self.has_source.len())
            .filter(|&node| self.has_source[node])
            .collect();
        while let Some(node) = open.pop() {
            if std::mem::replace(&mut is_reached[node], true) {
                continue;
            }
            for &e in &self.around[node] {
                if self.is_open[e] {
                    let edge = &self.case.edges[e];
                    open.push(if edge.a == node { edge.b } else { edge.a });
                }
            }
        }
        is_reached
    }
}
