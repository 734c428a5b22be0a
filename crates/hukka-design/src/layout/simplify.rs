//! Fewer trenches: one pipe that goes on in the same size is one trench.

use super::{Layout, Link};
use crate::geometry::reversed;

impl Layout {
    /// Takes out junctions where one pipe simply goes on in the same size.
    pub(crate) fn simplify(&mut self) {
        let mut around = self.around();
        let mut is_gone = vec![false; self.links.len()];
        let mut is_tapped = vec![false; self.nodes.len()];
        is_tapped[0] = true;
        for tap in &self.taps {
            is_tapped[tap.node] = true;
        }
        for &node in &self.sources {
            is_tapped[node] = true;
        }
        let mut is_dropped = vec![false; self.nodes.len()];
        for node in 0..self.nodes.len() {
            let [a, b] = around[node][..] else {
                continue;
            };
            let far = |l: usize| self.links[l].from + self.links[l].to - node;
            if is_tapped[node]
                || a == b
                || far(a) == far(b)
                || !self.links[a].continues(&self.links[b])
            {
                continue;
            }
            let (start, end) = (far(a), far(b));
            let b_link = self.links[b].clone();
            self.links[a].append(node, b_link);
            is_gone[b] = true;
            is_dropped[node] = true;
            for l in &mut around[end] {
                if *l == b {
                    *l = a;
                }
            }
            debug_assert!(around[start].contains(&a), "start keeps its link");
        }
        self.compact(&is_gone, &is_dropped);
    }

    fn compact(&mut self, is_gone: &[bool], is_dropped: &[bool]) {
        let mut new_of = vec![0; self.nodes.len()];
        let mut next = 0;
        for (node, dropped) in is_dropped.iter().enumerate() {
            new_of[node] = next;
            next += usize::from(!dropped);
        }
        let mut drops = is_dropped.iter();
        self.nodes.retain(|_| drops.next() == Some(&false));
        let mut gone = is_gone.iter();
        self.links.retain(|_| gone.next() == Some(&false));
        for link in &mut self.links {
            link.from = new_of[link.from];
            link.to = new_of[link.to];
        }
        for tap in &mut self.taps {
            tap.node = new_of[tap.node];
        }
        for node in &mut self.sources {
            *node = new_of[*node];
        }
    }
}

impl Link {
    /// Whether another link is the same pipe going on.
    fn continues(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.size == other.size
            && self.series == other.series
            && self.existing.is_some() == other.existing.is_some()
            && self.consumers == other.consumers
    }

    /// Lengthens the link by another one beyond a shared node.
    fn append(&mut self, node: usize, other: Self) {
        let far = other.from + other.to - node;
        let whole = self.length + other.length;
        if whole > 0.0 {
            self.cost_factor =
                (self.cost_factor * self.length + other.cost_factor * other.length) / whole;
        }
        self.length = whole;
        self.power = self.power.max(other.power);
        self.flow_power = self.flow_power.max(other.flow_power);
        self.is_estimated |= other.is_estimated;
        let onward = if other.from == node {
            other.path
        } else {
            reversed(&other.path)
        };
        if self.to == node {
            self.path.extend(onward.into_iter().skip(1));
            self.to = far;
        } else {
            let mut path = reversed(&onward);
            path.extend(self.path.iter().skip(1));
            self.path = path;
            self.from = far;
        }
    }
}
