//! Flows that follow from mass alone, where the links of unknown flow close no loop.

/// Order in which unknown flows are found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Continuity {
    /// From the leaves in: node, its link, and the node at the other end; `None` is the world.
    steps: Vec<(usize, usize, Option<usize>)>,
    /// Nodes whose balance has no unknown left.
    roots: Vec<usize>,
}

/// A link of unknown flow: its index and ends; `None` for an open end.
pub(crate) type Unknown = (usize, usize, Option<usize>);

impl Continuity {
    /// `None` if unknown flows close a loop, so that pressures decide.
    pub(crate) fn new(nodes: usize, unknown: &[Unknown]) -> Option<Self> {
        let mut at: Vec<Vec<usize>> = vec![Vec::new(); nodes + 1];
        let world = nodes;
        for (index, &(_, from, to)) in unknown.iter().enumerate() {
            at[from].push(index);
            at[to.unwrap_or(world)].push(index);
        }
        let mut is_seen = vec![false; nodes + 1];
        let mut found = Self {
            steps: Vec::new(),
            roots: Vec::new(),
        };
        let mut used = 0;
        for root in core::iter::once(world).chain(0..nodes) {
            if is_seen[root] {
                continue;
            }
            is_seen[root] = true;
            if root != world {
                found.roots.push(root);
            }
            let mut queue = vec![root];
            let mut next = 0;
            while next < queue.len() {
                let node = queue[next];
                next += 1;
                for &index in &at[node] {
                    let (link, from, to) = unknown[index];
                    let other = from + to.unwrap_or(world) - node;
                    if !is_seen[other] {
                        is_seen[other] = true;
                        used += 1;
                        let towards = (node != world).then_some(node);
                        found.steps.push((other, link, towards));
                        queue.push(other);
                    }
                }
            }
        }
        found.steps.reverse();
        (used == unknown.len()).then_some(found)
    }

    /// Fills in the unknown flows; `surplus` is what enters each node otherwise, kg/s.
    ///
    /// Returns the node with the largest imbalance left, if it is above rounding.
    ///
    /// # Sign  positive from the link's first end to its second
    pub(crate) fn solve(
        &self,
        ends: &[(usize, usize)],
        surplus: &mut [f64],
        flow: &mut [f64],
    ) -> Option<(usize, f64)> {
        let scale: f64 = surplus.iter().map(|s| s.abs()).sum();
        for &(node, link, towards) in &self.steps {
            let out = surplus[node];
            let starts_here = ends.get(link).is_none_or(|e| e.0 == node);
            flow[link] = if starts_here { out } else { -out };
            if let Some(other) = towards {
                surplus[other] += out;
            }
        }
        let worst = |a: Option<(usize, f64)>, &node: &usize| match a {
            Some(b) if b.1.abs() >= surplus[node].abs() => Some(b),
            _ => Some((node, surplus[node])),
        };
        let found = self.roots.iter().fold(None, worst);
        found.filter(|(_, left)| left.abs() > 1e-9 * scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flows_of_a_tree_follow_from_what_is_taken() {
        // 0 → 1 → 2, 1 → 3; fed from outside at 0
        let ends = [(0, 1), (2, 1), (1, 3)];
        let unknown = [
            (0, 0, Some(1)),
            (1, 2, Some(1)),
            (2, 1, Some(3)),
            (3, 0, None),
        ];
        let found = Continuity::new(4, &unknown).unwrap();
        let mut flow = [0.0; 4];
        let left = found.solve(&ends, &mut [0.0, 0.0, -2.0, -3.0], &mut flow);
        assert!(left.is_none());
        assert!((flow[0] - 5.0).abs() < 1e-12 && (flow[1] + 2.0).abs() < 1e-12);
        assert!((flow[2] - 3.0).abs() < 1e-12 && (flow[3] + 5.0).abs() < 1e-12);
    }

    #[test]
    fn a_loop_is_left_to_the_pressures() {
        assert!(Continuity::new(2, &[(0, 0, Some(1)), (1, 0, Some(1))]).is_none());
    }

    #[test]
    fn what_cannot_balance_is_named() {
        let found = Continuity::new(2, &[(0, 0, Some(1))]).unwrap();
        let mut flow = [0.0];
        let left = found.solve(&[(0, 1)], &mut [1.0, -0.5], &mut flow);
        assert!(left.is_some_and(|(_, kg_s)| (kg_s.abs() - 0.5).abs() < 1e-12));
    }
}
