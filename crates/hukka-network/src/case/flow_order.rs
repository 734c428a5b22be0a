//! Nodes in the order of the flow: every node after those its water comes from.

use super::plan::Plan;

/// Flow below which a pipe counts as standing still, kg/s.
pub(super) const STILL: f64 = 1e-10;

/// Order of nodes, kept as long as no flow changes its direction.
#[derive(Debug, Clone, Default)]
pub(super) struct FlowOrder {
    pub(super) nodes: Vec<u32>,
    /// Edges that bring water to the node at each place of the order, and edges that take it away
    /// (or stand still and begin there), with the place where those of each node end.
    into: Vec<u32>,
    into_end: Vec<u32>,
    away: Vec<u32>,
    away_end: Vec<u32>,
    directions: Vec<i8>,
    waiting: Vec<u32>,
}

fn direction(flow: f64) -> i8 {
    i8::from(flow > STILL) - i8::from(flow < -STILL)
}

impl FlowOrder {
    /// Brings the order up to date with the flows of the edges.
    ///
    /// Where water goes in circles, the first node of the case not yet reached opens the circle.
    pub(super) fn update(&mut self, plan: &Plan<'_>, flow: &[f64]) {
        let is_same = self.directions.len() == flow.len()
            && self
                .directions
                .iter()
                .zip(flow)
                .all(|(old, m)| *old == direction(*m));
        if is_same {
            return;
        }
        self.directions.clear();
        self.directions.extend(flow.iter().map(|m| direction(*m)));
        let count = plan.case.nodes.len();
        self.waiting.clear();
        self.waiting.resize(count, 0);
        for (edge, way) in plan.edges.iter().zip(&self.directions) {
            match way {
                1 => self.waiting[edge.to] += 1,
                -1 => self.waiting[edge.from] += 1,
                _ => {}
            }
        }
        self.nodes.clear();
        let mut is_done = vec![false; count];
        for (node, is_ready) in is_done.iter_mut().enumerate() {
            if self.waiting[node] == 0 {
                *is_ready = true;
                self.nodes.push(node as u32);
            }
        }
        let (mut next, mut scanned) = (0, 0);
        while self.nodes.len() < count || next < self.nodes.len() {
            if next == self.nodes.len() {
                let opened = self.opening(plan, &is_done, &mut scanned);
                is_done[opened] = true;
                self.nodes.push(opened as u32);
            }
            let node = self.nodes[next] as usize;
            next += 1;
            for &e in plan.near(node) {
                let edge = &plan.edges[e as usize];
                let to = match self.directions[e as usize] {
                    1 if edge.from == node => edge.to,
                    -1 if edge.to == node => edge.from,
                    _ => continue,
                };
                self.waiting[to] -= 1;
                if self.waiting[to] == 0 && !is_done[to] {
                    is_done[to] = true;
                    self.nodes.push(to as u32);
                }
            }
        }
        self.list(plan);
    }

    /// Edges that bring water to the node at a place of the order.
    pub(super) fn arriving(&self, place: usize) -> &[u32] {
        &self.into[start(&self.into_end, place)..self.into_end[place] as usize]
    }

    /// Edges that take water from the node at a place of the order.
    pub(super) fn leaving(&self, place: usize) -> &[u32] {
        &self.away[start(&self.away_end, place)..self.away_end[place] as usize]
    }

    fn list(&mut self, plan: &Plan<'_>) {
        for list in [
            &mut self.into,
            &mut self.into_end,
            &mut self.away,
            &mut self.away_end,
        ] {
            list.clear();
        }
        for &node in &self.nodes {
            for &e in plan.near(node as usize) {
                let begins_here = plan.edges[e as usize].from == node as usize;
                match (self.directions[e as usize], begins_here) {
                    (1, false) | (-1, true) => self.into.push(e),
                    (0, false) => {}
                    _ => self.away.push(e),
                }
            }
            self.into_end.push(self.into.len() as u32);
            self.away_end.push(self.away.len() as u32);
        }
    }

    /// Where to open a circle: at a node fed by a plant, whose temperature is known beforehand.
    fn opening(&self, plan: &Plan<'_>, is_done: &[bool], scanned: &mut usize) -> usize {
        for (i, source) in plan.case.sources.iter().enumerate() {
            let is_fed = super::plan::at(plan.source_edge[i])
                .is_some_and(|e| self.directions[e] == 1 && !is_done[source.supply_node]);
            if is_fed {
                return source.supply_node;
            }
        }
        while is_done[*scanned] {
            *scanned += 1;
        }
        *scanned
    }
}

fn start(ends: &[u32], place: usize) -> usize {
    if place == 0 {
        0
    } else {
        ends[place - 1] as usize
    }
}
