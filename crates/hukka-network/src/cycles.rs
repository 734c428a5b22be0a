//! The part of the network that lies in loops: chains of pipes between the places where they meet.
//!
//! Everything else carries a flow that the draws behind it fix. Within a chain the flows of its
//! pipes differ by fixed amounts only, so a chain has one unknown flow and its two ends one
//! unknown pressure each. Of all vertices of a part that hangs together the topmost is its ground.

use hukka_numerics::LaneCholesky;

/// Marks "none" among indices.
pub(crate) const NONE: usize = usize::MAX;

/// Pipes in series between two vertices; their positive direction is from `from` to `to`.
#[derive(Debug, Clone)]
pub(crate) struct Chain {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Where its pipes stand in [`Cycles::pipes`].
    pub(crate) pipes: std::ops::Range<usize>,
}

/// All loops of a network.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cycles {
    /// Pipes in loops, chain by chain.
    pub(crate) pipes: Vec<usize>,
    /// Whether each pipe is in a loop.
    pub(crate) is_in_loop: Vec<bool>,
    /// Chains of tree pipes, lowest vertex first; then one for every chord.
    pub(crate) chains: Vec<Chain>,
    /// How many of the chains are tree pipes.
    pub(crate) tree_chains: usize,
    pub(crate) vertices: usize,
    /// Row of each vertex in the linear system; `NONE` for grounds.
    pub(crate) row: Vec<usize>,
    /// Where the loop of each chord turns: the vertex nearest to the plant.
    pub(crate) top: Vec<usize>,
    /// Chains between two vertices that are not grounds, in the order of the pattern's edges.
    pub(crate) edges: Vec<usize>,
    pub(crate) pattern: LaneCholesky,
}

impl Cycles {
    /// Finds the chains; pipes from `nodes` on are chords.
    ///
    /// # Shapes  `parent[place]`, `tail[pipe]`, `head[pipe]`
    pub(crate) fn new(parent: &[usize], tail: &[usize], head: &[usize]) -> Self {
        let n = parent.len();
        if tail.len() == n {
            return Self {
                is_in_loop: vec![false; n],
                ..Self::default()
            };
        }
        let marks = Marks::new(parent, &tail[n..], &head[n..]);
        let mut vertex = vec![NONE; n];
        let mut places = Vec::new();
        for place in 0..n {
            if marks.is_vertex(place) {
                vertex[place] = places.len();
                places.push(place);
            }
        }
        let mut cycles = Self {
            vertices: places.len(),
            top: marks.turns.iter().map(|&place| vertex[place]).collect(),
            ..Self::default()
        };
        for &place in places.iter().rev().filter(|&&p| marks.is_in_loop[p]) {
            let (start, mut up) = (cycles.pipes.len(), place);
            loop {
                cycles.pipes.push(up);
                up = parent[up];
                if vertex[up] != NONE {
                    break;
                }
            }
            cycles.add_chain(vertex[up], vertex[place], start);
        }
        cycles.tree_chains = cycles.chains.len();
        for pipe in n..tail.len() {
            let start = cycles.pipes.len();
            cycles.pipes.push(pipe);
            cycles.add_chain(vertex[tail[pipe]], vertex[head[pipe]], start);
        }
        cycles.number_rows(&places, &marks);
        cycles.is_in_loop = marks.is_in_loop;
        cycles.is_in_loop.resize(tail.len(), true);
        cycles
    }

    fn add_chain(&mut self, from: usize, to: usize, start: usize) {
        let pipes = start..self.pipes.len();
        self.chains.push(Chain { from, to, pipes });
    }

    fn number_rows(&mut self, places: &[usize], marks: &Marks) {
        let mut rows = 0;
        for &place in places {
            if marks.is_in_loop[place] {
                self.row.push(rows);
                rows += 1;
            } else {
                self.row.push(NONE);
            }
        }
        let is_inner = |chain: &Chain| {
            let (a, b) = (self.row[chain.from], self.row[chain.to]);
            a != NONE && b != NONE
        };
        self.edges = (0..self.chains.len())
            .filter(|&e| is_inner(&self.chains[e]))
            .collect();
        let ends = |&e: &usize| {
            let chain = &self.chains[e];
            (self.row[chain.from], self.row[chain.to])
        };
        let edges: Vec<(usize, usize)> = self.edges.iter().map(ends).collect();
        self.pattern = LaneCholesky::new(rows, &edges);
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.chains.is_empty()
    }

    /// Number of chords, which is the number of independent loops.
    pub(crate) const fn chords(&self) -> usize {
        self.chains.len() - self.tree_chains
    }
}

/// What is found by climbing from the ends of every chord to where they meet.
struct Marks {
    /// Whether the pipe above each place is in a loop.
    is_in_loop: Vec<bool>,
    is_end: Vec<bool>,
    /// Pipes in loops at each place.
    degree: Vec<u32>,
    /// Where the two ways up from a chord meet, by chord.
    turns: Vec<usize>,
}

impl Marks {
    fn new(parent: &[usize], tail: &[usize], head: &[usize]) -> Self {
        let n = parent.len();
        let mut marks = Self {
            is_in_loop: vec![false; n],
            is_end: vec![false; n],
            degree: vec![0; n],
            turns: Vec::with_capacity(tail.len()),
        };
        for (&a, &b) in tail.iter().zip(head) {
            let (mut up_a, mut up_b) = (a, b);
            while up_a != up_b {
                let lower = if up_a > up_b { &mut up_a } else { &mut up_b };
                marks.is_in_loop[*lower] = true;
                *lower = parent[*lower];
            }
            marks.turns.push(up_a);
            for end in [a, b] {
                marks.is_end[end] = true;
                marks.degree[end] += 1;
            }
        }
        for place in (1..n).filter(|&p| marks.is_in_loop[p]) {
            marks.degree[place] += 1;
            marks.degree[parent[place]] += 1;
        }
        marks
    }

    fn is_vertex(&self, place: usize) -> bool {
        let degree = self.degree[place];
        degree > 0 && (degree > 2 || self.is_end[place] || !self.is_in_loop[place])
    }
}

#[cfg(test)]
mod tests {
    use crate::topology::{Network, PipeSpec};

    fn network(n: usize, ends: &[(usize, usize)]) -> Network {
        let pipe = |&(from, to)| PipeSpec {
            from,
            to,
            length_m: 100.0,
            inner_diameter_m: 0.1,
            roughness_m: 1e-4,
            fitting_share: 0.0,
            loss_w_mk: 0.2,
        };
        let pipes: Vec<PipeSpec> = ends.iter().map(pipe).collect();
        Network::new(&vec![0.0; n], &pipes, 0).unwrap()
    }

    #[test]
    fn a_tree_has_no_chain() {
        assert!(network(4, &[(0, 1), (1, 2), (1, 3)]).cycles.is_empty());
    }

    #[test]
    fn a_ring_on_a_stalk_leaves_the_stalk_out() {
        let found = network(5, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 1)]).cycles;
        assert_eq!((found.pipes.len(), found.chords()), (4, 1));
        assert_eq!(found.row.iter().filter(|&&r| r == super::NONE).count(), 1);
    }

    #[test]
    fn every_pipe_of_a_loop_is_in_one_chain() {
        let ends = [
            (0, 1),
            (1, 2),
            (0, 3),
            (3, 4),
            (2, 4),
            (1, 3),
            (4, 5),
            (5, 6),
            (6, 4),
        ];
        let network = network(7, &ends);
        let found = &network.cycles;
        let mut pipes = found.pipes.clone();
        pipes.sort_unstable();
        pipes.dedup();
        assert_eq!((pipes.len(), found.chords()), (found.pipes.len(), 3));
        assert_eq!(pipes.len(), 9);
        for chain in &found.chains {
            let pipes = &found.pipes[chain.pipes.clone()];
            assert!(
                pipes
                    .windows(2)
                    .all(|w| network.tail[w[0]] == network.head[w[1]])
            );
        }
    }
}
