//! The case as the search sees it: a graph in kW and EUR/a with a super-root before the sources.

use super::customers::{self, Customer};
use super::law::{Law, recovery};
use hukka_model::{ConnectionMode, DesignCase, Objective};

/// A trench of the graph.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) length: f64,
    /// Index in the case; several trenches of the case are never merged.
    pub(crate) edge: usize,
}

/// A source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source {
    pub(crate) node: usize,
    pub(crate) capacity: f64,
    /// Capital and heat, EUR/a per kW of power.
    pub(crate) price: f64,
}

/// Everything the search and the programme need.
#[derive(Debug)]
pub(crate) struct Instance {
    pub(crate) mode: ConnectionMode,
    pub(crate) law: Law,
    /// Number of nodes; the super-root has this number.
    pub(crate) nodes: usize,
    pub(crate) lines: Vec<Line>,
    pub(crate) sources: Vec<Source>,
    pub(crate) customers: Vec<Customer>,
    /// Customers at each node, none at the super-root.
    pub(crate) at: Vec<Vec<usize>>,
    /// Neighbours by node, super-root last: `(node, edge)`, where edge `lines.len() + s` joins the
    /// super-root and source `s`.
    pub(crate) around: Vec<Vec<(usize, usize)>>,
    /// Sources at each node.
    pub(crate) sources_at: Vec<Vec<usize>>,
    /// Consumers no pipe reaches; in forced mode there is no network then.
    pub(crate) lost: Vec<usize>,
}

impl Instance {
    /// The case with everything that needs no search taken out of the graph.
    pub(crate) fn new(case: &DesignCase, objective: Objective, mode: ConnectionMode) -> Self {
        let hours = case.economics.full_load.h();
        let sources: Vec<Source> = case
            .sources
            .iter()
            .map(|source| Source {
                node: source.node,
                capacity: source.capacity.kw(),
                price: source.investment.eur_kw() * recovery(source.interest.si(), source.life.a())
                    + source.price.eur_mwh() * hours / 1000.0,
            })
            .collect();
        let cheapest = sources
            .iter()
            .map(|s| s.price)
            .fold(f64::INFINITY, f64::min);
        let heat_cost = if cheapest.is_finite() { cheapest } else { 0.0 };
        let law = Law::new(case, objective, heat_cost);
        let reduced = customers::reduce(case, &law, &sources, mode);
        let mut instance = Self {
            mode,
            law,
            nodes: case.nodes.len(),
            lines: reduced.lines,
            at: vec![Vec::new(); case.nodes.len() + 1],
            around: vec![Vec::new(); case.nodes.len() + 1],
            sources_at: vec![Vec::new(); case.nodes.len() + 1],
            sources,
            customers: reduced.customers,
            lost: reduced.lost,
        };
        instance.link();
        instance
    }

    fn link(&mut self) {
        for (c, customer) in self.customers.iter().enumerate() {
            self.at[customer.node].push(c);
        }
        for (e, line) in self.lines.iter().enumerate() {
            self.around[line.a].push((line.b, e));
            self.around[line.b].push((line.a, e));
        }
        for (s, source) in self.sources.iter().enumerate() {
            let edge = self.lines.len() + s;
            self.around[source.node].push((self.nodes, edge));
            self.around[self.nodes].push((source.node, edge));
            self.sources_at[source.node].push(s);
        }
    }

    /// The super-root.
    pub(crate) const fn root(&self) -> usize {
        self.nodes
    }

    /// The source behind an edge from the super-root.
    pub(crate) fn source_of(&self, edge: usize) -> Option<usize> {
        edge.checked_sub(self.lines.len())
    }

    /// Whether everyone must be connected.
    pub(crate) fn is_forced(&self) -> bool {
        self.mode == ConnectionMode::Forced
    }
}
