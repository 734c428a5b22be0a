//! Least cuts between the sources and a node (Dinic 1970), for finding violated inequalities.

/// Capacities below this are none.
const NONE: f64 = 1e-9;

/// A directed graph whose capacities change and whose shape does not.
#[derive(Debug, Clone)]
pub(crate) struct Cutter {
    /// Head of each half; half `h` and `h ^ 1` belong together.
    head: Vec<usize>,
    room: Vec<f64>,
    full: Vec<f64>,
    starts: Vec<usize>,
    halves: Vec<usize>,
    level: Vec<usize>,
    next: Vec<usize>,
}

impl Cutter {
    /// A graph from directed arcs.
    pub(crate) fn new(nodes: usize, arcs: &[(usize, usize)]) -> Self {
        let mut starts = vec![0; nodes + 1];
        for &(from, to) in arcs {
            starts[from + 1] += 1;
            starts[to + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut fill = starts.clone();
        let mut halves = vec![0; 2 * arcs.len()];
        let mut head = vec![0; 2 * arcs.len()];
        for (a, &(from, to)) in arcs.iter().enumerate() {
            head[2 * a] = to;
            head[2 * a + 1] = from;
            halves[fill[from]] = 2 * a;
            fill[from] += 1;
            halves[fill[to]] = 2 * a + 1;
            fill[to] += 1;
        }
        Self {
            room: vec![0.0; head.len()],
            full: vec![0.0; head.len()],
            head,
            starts,
            halves,
            level: vec![0; nodes],
            next: vec![0; nodes],
        }
    }

    /// Sets the capacity of an arc.
    pub(crate) fn set(&mut self, arc: usize, capacity: f64) {
        self.full[2 * arc] = capacity.max(0.0);
    }

    /// Capacity of an arc.
    pub(crate) fn capacity(&self, arc: usize) -> f64 {
        self.full[2 * arc]
    }

    /// Largest flow from one node to another, not searched for beyond `enough`.
    pub(crate) fn flow(&mut self, from: usize, to: usize, enough: f64) -> f64 {
        self.room.copy_from_slice(&self.full);
        let mut sent = 0.0;
        while sent < enough - NONE && self.reach(from, to) {
            self.next.copy_from_slice(&self.starts[..self.level.len()]);
            loop {
                let more = self.push(from, to, enough - sent);
                if more <= NONE {
                    break;
                }
                sent += more;
            }
        }
        sent
    }

    /// After a flow that is less than `enough`: nodes on the far side of the cut nearest to `to`.
    pub(crate) fn far_side(&mut self, to: usize) -> Vec<bool> {
        let mut is_far = vec![false; self.level.len()];
        is_far[to] = true;
        let mut open = vec![to];
        while let Some(node) = open.pop() {
            for k in self.starts[node]..self.starts[node + 1] {
                let half = self.halves[k];
                let other = self.head[half];
                if self.room[half ^ 1] > NONE && !is_far[other] {
                    is_far[other] = true;
                    open.push(other);
                }
            }
        }
        is_far
    }

    /// The same for the cut nearest to `from`: nodes that `from` does not reach.
    pub(crate) fn beyond(&mut self, from: usize) -> Vec<bool> {
        let mut is_beyond = vec![true; self.level.len()];
        is_beyond[from] = false;
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            for k in self.starts[node]..self.starts[node + 1] {
                let half = self.halves[k];
                let other = self.head[half];
                if self.room[half] > NONE && is_beyond[other] {
                    is_beyond[other] = false;
                    open.push(other);
                }
            }
        }
        is_beyond
    }

    fn reach(&mut self, from: usize, to: usize) -> bool {
        self.level.fill(usize::MAX);
        self.level[from] = 0;
        let mut queue = vec![from];
        let mut next = 0;
        while next < queue.len() {
            let node = queue[next];
            next += 1;
            for k in self.starts[node]..self.starts[node + 1] {
                let half = self.halves[k];
                let other = self.head[half];
                if self.room[half] > NONE && self.level[other] == usize::MAX {
                    self.level[other] = self.level[node] + 1;
                    if other == to {
                        return true;
                    }
                    queue.push(other);
                }
            }
        }
        false
    }

    /// One way of the level graph, without recursion.
    fn push(&mut self, from: usize, to: usize, most: f64) -> f64 {
        let mut way: Vec<usize> = Vec::new();
        let mut node = from;
        loop {
            if node == to {
                let least = way.iter().map(|&half| self.room[half]).fold(most, f64::min);
                for &half in &way {
                    self.room[half] -= least;
                    self.room[half ^ 1] += least;
                }
                return least;
            }
            let end = self.starts[node + 1];
            let mut found = None;
            while self.next[node] < end {
                let half = self.halves[self.next[node]];
                let other = self.head[half];
                if self.room[half] > NONE && self.level[other] == self.level[node] + 1 {
                    found = Some(half);
                    break;
                }
                self.next[node] += 1;
            }
            if let Some(half) = found {
                way.push(half);
                node = self.head[half];
            } else {
                let Some(half) = way.pop() else {
                    return 0.0;
                };
                node = self.head[half ^ 1];
                self.next[node] += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_cut_is_found_with_both_its_sides() {
        // 0 → 1 → 3 and 0 → 2 → 3; the way over 1 is narrow at its start, over 2 at its end.
        let mut cutter = Cutter::new(4, &[(0, 1), (1, 3), (0, 2), (2, 3)]);
        for (arc, capacity) in [0.25, 1.0, 1.0, 0.5].into_iter().enumerate() {
            cutter.set(arc, capacity);
        }
        assert!((cutter.flow(0, 3, 1.0) - 0.75).abs() < 1e-12);
        assert_eq!(cutter.far_side(3), [false, true, false, true]);
        assert_eq!(cutter.beyond(0), [false, true, false, true]);
        assert!((cutter.flow(0, 3, 0.3) - 0.3).abs() < 1e-12);
        assert!((cutter.capacity(0) - 0.25).abs() < 1e-12);
    }
}
