//! The search's problem and its tree.

use super::LEAST_GAIN;
use crate::load::{Diversity, Load};
use crate::pipes::YearlyCost;

/// A possible trench.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SearchEdge {
    pub(crate) a: usize,
    pub(crate) b: usize,
    /// Length, metres.
    pub(crate) length: f64,
    /// Factor on capital: 0 for a pipe that lies there or is built whatever happens.
    pub(crate) capital_factor: f64,
    /// Factor on loss: 0 or 1, as above.
    pub(crate) loss_factor: f64,
}

/// Somebody who may be connected.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Customer {
    /// Where the service pipe leaves the street.
    pub(crate) node: usize,
    /// Yearly margin less service pipe and substation, €/a.
    pub(crate) worth: f64,
    /// What it draws; `forced` says it must be reached.
    pub(crate) load: Load,
}

/// What to search in.
#[derive(Debug)]
pub(crate) struct Problem<'a> {
    pub(crate) node_count: usize,
    pub(crate) edges: &'a [SearchEdge],
    pub(crate) root: usize,
    pub(crate) customers: &'a [Customer],
    pub(crate) cost: &'a YearlyCost,
    pub(crate) diversity: &'a Diversity,
    starts: Vec<usize>,
    around: Vec<(usize, usize)>,
    by_node: Vec<Vec<usize>>,
}

impl<'a> Problem<'a> {
    /// A problem with its neighbour lists.
    pub(crate) fn new(
        (node_count, root): (usize, usize),
        edges: &'a [SearchEdge],
        customers: &'a [Customer],
        cost: &'a YearlyCost,
        diversity: &'a Diversity,
    ) -> Self {
        let mut starts = vec![0; node_count + 1];
        for edge in edges {
            starts[edge.a + 1] += 1;
            starts[edge.b + 1] += 1;
        }
        for n in 0..node_count {
            starts[n + 1] += starts[n];
        }
        let mut fill = starts.clone();
        let mut around = vec![(0, 0); 2 * edges.len()];
        for (e, edge) in edges.iter().enumerate() {
            for (from, to) in [(edge.a, edge.b), (edge.b, edge.a)] {
                around[fill[from]] = (to, e);
                fill[from] += 1;
            }
        }
        let mut by_node = vec![Vec::new(); node_count];
        for (c, customer) in customers.iter().enumerate() {
            by_node[customer.node].push(c);
        }
        Self {
            node_count,
            edges,
            root,
            customers,
            cost,
            diversity,
            starts,
            around,
            by_node,
        }
    }

    /// Neighbours of a node with the edges that lead there.
    pub(crate) fn neighbours(&self, node: usize) -> &[(usize, usize)] {
        &self.around[self.starts[node]..self.starts[node + 1]]
    }

    /// Customers whose service pipe leaves at a node.
    pub(crate) fn customers_at(&self, node: usize) -> &[usize] {
        &self.by_node[node]
    }

    /// Yearly cost of an edge that carries a load; nothing when nobody is behind.
    pub(crate) fn edge_cost(&self, edge: usize, load: &Load) -> f64 {
        let edge = &self.edges[edge];
        if load.is_empty() || (edge.capital_factor <= 0.0 && edge.loss_factor <= 0.0) {
            return 0.0;
        }
        let (k, _) = self.cost.capacities.size(load.power(self.diversity));
        edge.length
            * (edge.capital_factor * self.cost.capital[k] + edge.loss_factor * self.cost.loss[k])
    }

    /// Yearly cost of every edge in a middling size, for measuring ways.
    pub(crate) fn weights(&self) -> Vec<f64> {
        const TYPICAL: usize = 5;
        let typical = TYPICAL.min(self.cost.capital.len() - 1);
        let (capital, loss) = (self.cost.capital[typical], self.cost.loss[typical]);
        self.edges
            .iter()
            .map(|edge| {
                edge.length * (edge.capital_factor * capital + edge.loss_factor * loss + 1e-6)
            })
            .collect()
    }
}

/// The way from a node to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hop {
    pub(crate) node: usize,
    pub(crate) edge: usize,
}

/// A tree on the problem's nodes that hangs on the root.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    /// The way towards the root; `None` at the root and outside the tree.
    pub(crate) parent: Vec<Option<Hop>>,
    pub(crate) is_member: Vec<bool>,
    /// Members, parents before children.
    pub(crate) order: Vec<usize>,
    /// Customers connected.
    pub(crate) is_connected: Vec<bool>,
    /// Load at and behind every node.
    pub(crate) load: Vec<Load>,
}

impl Tree {
    /// The root alone.
    pub(crate) fn empty(problem: &Problem<'_>) -> Self {
        let mut is_member = vec![false; problem.node_count];
        is_member[problem.root] = true;
        Self {
            parent: vec![None; problem.node_count],
            is_member,
            order: vec![problem.root],
            is_connected: vec![false; problem.customers.len()],
            load: vec![Load::default(); problem.node_count],
        }
    }

    /// Orders the members by depth, sums the loads, and drops branches that serve nobody.
    pub(crate) fn rebuild(&mut self, problem: &Problem<'_>) {
        self.order_members(problem);
        self.load.fill(Load::default());
        for (c, customer) in problem.customers.iter().enumerate() {
            if self.is_connected[c] {
                self.load[customer.node] += customer.load;
            }
        }
        for &node in self.order.iter().rev() {
            if let Some(hop) = self.parent[node] {
                let load = self.load[node];
                if load.is_empty() {
                    self.is_member[node] = false;
                    self.parent[node] = None;
                    self.load[node] = Load::default();
                } else {
                    self.load[hop.node] += load;
                }
            }
        }
        let is_member = &self.is_member;
        self.order.retain(|&node| is_member[node]);
    }

    fn order_members(&mut self, problem: &Problem<'_>) {
        let mut starts = vec![0_usize; problem.node_count + 1];
        for hop in self.parent.iter().flatten() {
            starts[hop.node + 1] += 1;
        }
        for n in 0..problem.node_count {
            starts[n + 1] += starts[n];
        }
        let mut fill = starts.clone();
        let mut children = vec![0_usize; starts[problem.node_count]];
        for (node, hop) in self.parent.iter().enumerate() {
            if let Some(hop) = hop {
                children[fill[hop.node]] = node;
                fill[hop.node] += 1;
            }
        }
        self.order.clear();
        self.order.push(problem.root);
        let mut next = 0;
        while next < self.order.len() {
            let node = self.order[next];
            self.order
                .extend_from_slice(&children[starts[node]..starts[node + 1]]);
            next += 1;
        }
    }

    /// Extra yearly cost on the way from a node to the root when a load changes there.
    pub(crate) fn upstream_change(
        &self,
        problem: &Problem<'_>,
        mut node: usize,
        change: impl Fn(Load) -> Load,
    ) -> f64 {
        let mut extra = 0.0;
        while let Some(hop) = self.parent[node] {
            let load = self.load[node];
            extra +=
                problem.edge_cost(hop.edge, &change(load)) - problem.edge_cost(hop.edge, &load);
            node = hop.node;
        }
        extra
    }

    /// Adds a load (negative counts remove it) at a node and on its way to the root.
    pub(crate) fn add_upstream(&mut self, mut node: usize, load: Load) {
        self.load[node] += load;
        while let Some(hop) = self.parent[node] {
            node = hop.node;
            self.load[node] += load;
        }
    }

    /// Worth of the connected less cost of the trenches, €/a.
    pub(crate) fn objective(&self, problem: &Problem<'_>) -> f64 {
        let worth: f64 = problem
            .customers
            .iter()
            .zip(&self.is_connected)
            .filter(|(_, connected)| **connected)
            .map(|(customer, _)| customer.worth)
            .sum();
        worth - self.trench_cost(problem)
    }

    /// Yearly cost of the tree's trenches, €/a.
    pub(crate) fn trench_cost(&self, problem: &Problem<'_>) -> f64 {
        self.order
            .iter()
            .filter_map(|&node| {
                self.parent[node].map(|hop| problem.edge_cost(hop.edge, &self.load[node]))
            })
            .sum()
    }
}

/// Whether a gain is worth taking.
pub(crate) fn is_gain(gain: f64) -> bool {
    gain > LEAST_GAIN
}
