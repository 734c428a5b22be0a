//! A network as a tree that hangs on the super-root, with the heat each node needs from above.

use super::instance::Instance;

/// Cost of a kilowatt that cannot be carried or supplied, EUR/a: steers the search back.
const PENALTY: f64 = 1e6;

/// The way from a node to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hop {
    pub(crate) node: usize,
    pub(crate) edge: usize,
}

/// A tree. A source in it that does not hang on the super-root gives a fixed power.
#[derive(Debug, Clone)]
pub(crate) struct Forest {
    pub(crate) parent: Vec<Option<Hop>>,
    pub(crate) is_connected: Vec<bool>,
    /// Fixed power of each source that feeds from inside the tree, kW.
    pub(crate) feed: Vec<Option<f64>>,
    /// Members, parents before children; the super-root first.
    pub(crate) order: Vec<usize>,
    /// Heat that must arrive at each member, kW; negative where a source behind gives more than is
    /// drawn.
    pub(crate) need: Vec<f64>,
    /// Heat taken at the parent for each member, kW, with the same sign.
    pub(crate) drawn: Vec<f64>,
    /// Cost of the way to the parent, EUR/a.
    pub(crate) cost: Vec<f64>,
    /// Net value of the tree: costs less worth, EUR/a, with penalties.
    pub(crate) value: f64,
    /// kW that cannot be carried or supplied.
    pub(crate) excess: f64,
}

/// What an edge does to the heat needed at its end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Passed {
    pub(crate) drawn: f64,
    pub(crate) cost: f64,
    pub(crate) excess: f64,
}

/// Heat an edge draws at its parent end to give `need` at its child end, and its price.
pub(crate) fn pass(instance: &Instance, edge: usize, need: f64) -> Passed {
    if let Some(s) = instance.source_of(edge) {
        let source = &instance.sources[s];
        let excess = (-need).max(need - source.capacity).max(0.0);
        return Passed {
            drawn: need,
            cost: source.price * need.max(0.0) + PENALTY * excess,
            excess,
        };
    }
    let length = instance.lines[edge].length;
    let found = if need >= 0.0 {
        (instance.law.carry(length, need)).map(|carried| (carried.inflow, carried.cost))
    } else {
        (instance.law.deliver(length, -need)).map(|(out, carried)| (-out, carried.cost))
    };
    if let Some((drawn, cost)) = found {
        return Passed {
            drawn,
            cost,
            excess: 0.0,
        };
    }
    let largest = instance.law.pipes.last().map_or(0.0, |pipe| pipe.capacity);
    let excess = (need.abs() - largest).max(1.0);
    Passed {
        drawn: need,
        cost: PENALTY * excess,
        excess,
    }
}

impl Forest {
    /// Nobody connected.
    pub(crate) fn empty(instance: &Instance) -> Self {
        let size = instance.nodes + 1;
        Self {
            parent: vec![None; size],
            is_connected: vec![false; instance.customers.len()],
            feed: vec![None; instance.sources.len()],
            order: vec![instance.root()],
            need: vec![0.0; size],
            drawn: vec![0.0; size],
            cost: vec![0.0; size],
            value: 0.0,
            excess: 0.0,
        }
    }

    /// Whether a node is in the tree.
    pub(crate) fn has(&self, instance: &Instance, node: usize) -> bool {
        node == instance.root() || self.parent[node].is_some()
    }

    /// Orders the members, drops branches that serve nobody, and computes heat and money.
    pub(crate) fn settle(&mut self, instance: &Instance) {
        self.arrange(instance);
        self.drop_loose(instance);
        self.drop_useless(instance);
        self.own_need(instance);
        self.value = 0.0;
        self.excess = 0.0;
        for (c, customer) in instance.customers.iter().enumerate() {
            if self.is_connected[c] {
                self.value -= customer.worth;
            } else if instance.is_forced() {
                self.value += PENALTY * (1.0 + customer.load);
            }
        }
        for (s, feed) in self.feed.iter().enumerate() {
            self.value += instance.sources[s].price * feed.unwrap_or(0.0);
        }
        for &node in self.order.iter().skip(1).rev() {
            if let Some(hop) = self.parent[node] {
                let passed = pass(instance, hop.edge, self.need[node]);
                self.drawn[node] = passed.drawn;
                self.cost[node] = passed.cost;
                self.need[hop.node] += passed.drawn;
                self.value += passed.cost;
                self.excess += passed.excess;
            }
        }
    }

    /// What customers draw and sources give at each node.
    fn own_need(&mut self, instance: &Instance) {
        self.need.fill(0.0);
        for (c, customer) in instance.customers.iter().enumerate() {
            if self.is_connected[c] {
                self.need[customer.node] += customer.load;
            }
        }
        for (s, feed) in self.feed.iter().enumerate() {
            self.need[instance.sources[s].node] -= feed.unwrap_or(0.0);
        }
    }

    fn arrange(&mut self, instance: &Instance) {
        let size = instance.nodes + 1;
        let mut starts = vec![0_usize; size + 1];
        for hop in self.parent.iter().flatten() {
            starts[hop.node + 1] += 1;
        }
        for node in 0..size {
            starts[node + 1] += starts[node];
        }
        let mut fill = starts.clone();
        let mut children = vec![0_usize; starts[size]];
        for (node, hop) in self.parent.iter().enumerate() {
            if let Some(hop) = hop {
                children[fill[hop.node]] = node;
                fill[hop.node] += 1;
            }
        }
        self.order.clear();
        self.order.push(instance.root());
        let mut next = 0;
        while next < self.order.len() {
            let node = self.order[next];
            (self.order).extend_from_slice(&children[starts[node]..starts[node + 1]]);
            next += 1;
        }
    }

    /// Forgets what does not hang on the super-root.
    fn drop_loose(&mut self, instance: &Instance) {
        let mut is_in = vec![false; instance.nodes + 1];
        for &node in &self.order {
            is_in[node] = true;
        }
        for (parent, is_in) in self.parent.iter_mut().zip(&is_in) {
            if !is_in {
                *parent = None;
            }
        }
        for (c, customer) in instance.customers.iter().enumerate() {
            self.is_connected[c] &= is_in[customer.node];
        }
        for (s, source) in instance.sources.iter().enumerate() {
            if !is_in[source.node] {
                self.feed[s] = None;
            }
        }
    }

    fn drop_useless(&mut self, instance: &Instance) {
        let mut is_useful = vec![false; instance.nodes + 1];
        is_useful[instance.root()] = true;
        for (c, customer) in instance.customers.iter().enumerate() {
            is_useful[customer.node] |= self.is_connected[c];
        }
        for (s, feed) in self.feed.iter().enumerate() {
            is_useful[instance.sources[s].node] |= feed.is_some();
        }
        for &node in self.order.iter().rev() {
            match self.parent[node] {
                Some(hop) if is_useful[node] => is_useful[hop.node] = true,
                Some(_) => {
                    self.parent[node] = None;
                    self.drawn[node] = 0.0;
                    self.cost[node] = 0.0;
                }
                None => {}
            }
        }
        self.order.retain(|&node| is_useful[node]);
    }

    /// Extra cost from a node up to the super-root when more heat is needed there.
    pub(crate) fn upstream(&self, instance: &Instance, mut node: usize, mut more: f64) -> f64 {
        let mut extra = 0.0;
        while let Some(hop) = self.parent[node] {
            if more.abs() < 1e-12 {
                break;
            }
            let passed = pass(instance, hop.edge, self.need[node] + more);
            extra += passed.cost - self.cost[node];
            more = passed.drawn - self.drawn[node];
            node = hop.node;
        }
        extra
    }

    /// Nodes from one up to the super-root, both included.
    pub(crate) fn way_up(&self, mut node: usize) -> Vec<usize> {
        let mut way = vec![node];
        while let Some(hop) = self.parent[node] {
            node = hop.node;
            way.push(node);
        }
        way
    }
}
