//! The network as the solver walks it: a spanning tree from the plant, and the chords that close
//! loops.
//!
//! Nodes are renumbered breadth first from the plant ("places"), so that a parent always comes
//! before its children. Pipe `k` of `1..n` joins the parent of place `k` to place `k`; pipes from
//! `n` on are chords; pipe 0 does not exist. The positive direction of a tree pipe is away from
//! the plant. Supply and return side share all of this.

use crate::cycles::Cycles;
use crate::error::Error;
use hukka_physics::friction::PipeFriction;
use std::collections::VecDeque;

/// One pipe as the solver needs it. SI.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PipeSpec {
    /// Start node.
    pub from: usize,
    /// End node.
    pub to: usize,
    /// Length, m.
    pub length_m: f64,
    /// Inner diameter, m.
    pub inner_diameter_m: f64,
    /// Roughness, m.
    pub roughness_m: f64,
    /// Friction of bends and fittings on top of the straight pipe, share.
    pub fitting_share: f64,
    /// Heat loss to the ground, W/(m K).
    pub loss_w_mk: f64,
}

/// Spanning tree, loops and pipe data of one network.
#[derive(Debug, Clone)]
pub struct Network {
    /// Place of each node of the caller.
    pub(crate) place: Vec<usize>,
    /// Parent place; 0 for the plant itself.
    pub(crate) parent: Vec<usize>,
    /// Where each pipe starts (places), by pipe.
    pub(crate) tail: Vec<usize>,
    /// Where each pipe ends (places), by pipe.
    pub(crate) head: Vec<usize>,
    /// Length that counts for friction, fittings included.
    pub(crate) friction_length: Vec<f64>,
    pub(crate) diameter: Vec<f64>,
    /// Water in each pipe, m³.
    pub(crate) volume: Vec<f64>,
    /// Loss coefficient times length, W/K.
    pub(crate) conductance: Vec<f64>,
    /// Height of the head above the tail, m.
    pub(crate) rise: Vec<f64>,
    /// Pipe of each trench of the caller, and +1 if the directions agree, −1 if not.
    pub(crate) trench_pipe: Vec<(usize, f64)>,
    /// Law of friction of each pipe, fittings included.
    pub(crate) friction: Vec<PipeFriction>,
    /// What lies in loops.
    pub(crate) cycles: Cycles,
    /// Number of pipes at each place.
    degree: Vec<u32>,
}

impl Network {
    /// Builds the tree from the plant.
    ///
    /// # Shapes  `elevation_m[node]`
    /// # Errors  `NoNodes`, `UnknownNode`, `BadTrench`, `Disconnected`
    pub fn new(elevation_m: &[f64], pipes: &[PipeSpec], plant: usize) -> Result<Self, Error> {
        let n = elevation_m.len();
        check(n, pipes, plant)?;
        if let Some(&value) = elevation_m.iter().find(|z| !z.is_finite()) {
            return Err(Error::BadRule {
                what: "the height of a node",
                value,
            });
        }
        let mut at_node: Vec<Vec<usize>> = vec![Vec::new(); n];
        for (index, pipe) in pipes.iter().enumerate() {
            at_node[pipe.from].push(index);
            at_node[pipe.to].push(index);
        }
        let tree = Tree::grow(n, pipes, &at_node, plant)?;
        let mut network = Self::without_pipes(&tree, pipes.len());
        for k in 1..n {
            network.add_pipe((tree.parent[k], k), tree.pipe[k], pipes, elevation_m);
        }
        for (trench, pipe) in pipes.iter().enumerate() {
            if !tree.is_used[trench] {
                let (a, b) = (network.place[pipe.from], network.place[pipe.to]);
                network.add_pipe((a, b), trench, pipes, elevation_m);
            }
        }
        network.cycles = Cycles::new(&network.parent, &network.tail, &network.head);
        Ok(network)
    }

    fn without_pipes(tree: &Tree, pipes: usize) -> Self {
        let nothing = || vec![0.0];
        Self {
            place: tree.place.clone(),
            parent: tree.parent.clone(),
            tail: vec![0],
            head: vec![0],
            friction_length: nothing(),
            diameter: vec![1.0],
            volume: nothing(),
            conductance: nothing(),
            rise: nothing(),
            trench_pipe: vec![(0, 1.0); pipes],
            friction: vec![PipeFriction::new(1.0, 0.0, 0.0)],
            cycles: Cycles::default(),
            degree: vec![0; tree.parent.len()],
        }
    }

    fn add_pipe(
        &mut self,
        (tail, head): (usize, usize),
        trench: usize,
        pipes: &[PipeSpec],
        elevation_m: &[f64],
    ) -> usize {
        let k = self.tail.len();
        let pipe = &pipes[trench];
        let agrees = self.place[pipe.from] == tail;
        let sign = if agrees { 1.0 } else { -1.0 };
        self.tail.push(tail);
        self.head.push(head);
        self.friction_length
            .push(pipe.length_m * (1.0 + pipe.fitting_share));
        self.diameter.push(pipe.inner_diameter_m);
        self.friction.push(PipeFriction::new(
            pipe.inner_diameter_m,
            pipe.roughness_m,
            pipe.length_m * (1.0 + pipe.fitting_share),
        ));
        let area = std::f64::consts::FRAC_PI_4 * pipe.inner_diameter_m.powi(2);
        self.volume.push(area * pipe.length_m);
        self.conductance.push(pipe.loss_w_mk * pipe.length_m);
        self.rise
            .push(sign * (elevation_m[pipe.to] - elevation_m[pipe.from]));
        self.trench_pipe[trench] = (k, sign);
        self.degree[tail] += 1;
        self.degree[head] += 1;
        k
    }

    /// Number of nodes.
    pub const fn nodes(&self) -> usize {
        self.parent.len()
    }

    /// Number of independent loops.
    pub const fn loop_count(&self) -> usize {
        self.cycles.chords()
    }

    /// Places where exactly one pipe ends.
    pub(crate) fn is_dead_end(&self, node: usize) -> bool {
        let place = self.place[node];
        place != 0 && self.degree[place] == 1
    }

    /// Each draw's part of the supply-side loss on its way from the plant, W/K.
    ///
    /// The loss of every tree pipe is shared equally by the draws behind it; pipes with no draw
    /// behind and chords are left out.
    pub fn loss_shares(&self, draw_nodes: &[usize]) -> Vec<f64> {
        let n = self.nodes();
        let mut behind = vec![0_u32; n];
        for &node in draw_nodes {
            behind[self.place[node]] += 1;
        }
        for k in (1..n).rev() {
            behind[self.parent[k]] += behind[k];
        }
        let mut share = vec![0.0; n];
        for k in 1..n {
            let own = if behind[k] > 0 {
                self.conductance[k] / f64::from(behind[k])
            } else {
                0.0
            };
            share[k] = share[self.parent[k]] + own;
        }
        draw_nodes
            .iter()
            .map(|&node| share[self.place[node]])
            .collect()
    }
}

/// The breadth-first tree in places.
struct Tree {
    place: Vec<usize>,
    parent: Vec<usize>,
    /// Trench of the pipe to each place.
    pipe: Vec<usize>,
    is_used: Vec<bool>,
}

impl Tree {
    fn grow(
        n: usize,
        pipes: &[PipeSpec],
        at_node: &[Vec<usize>],
        plant: usize,
    ) -> Result<Self, Error> {
        let mut place = vec![usize::MAX; n];
        let (mut parent, mut pipe) = (vec![0], vec![0]);
        let mut is_used = vec![false; pipes.len()];
        let mut queue = VecDeque::from([plant]);
        place[plant] = 0;
        while let Some(node) = queue.pop_front() {
            for &index in &at_node[node] {
                let other = pipes[index].from + pipes[index].to - node;
                if place[other] == usize::MAX {
                    place[other] = parent.len();
                    parent.push(place[node]);
                    pipe.push(index);
                    is_used[index] = true;
                    queue.push_back(other);
                }
            }
        }
        match place.iter().position(|&p| p == usize::MAX) {
            Some(node) => Err(Error::Disconnected { node }),
            None => Ok(Self {
                place,
                parent,
                pipe,
                is_used,
            }),
        }
    }
}

fn check(n: usize, pipes: &[PipeSpec], plant: usize) -> Result<(), Error> {
    if n == 0 {
        return Err(Error::NoNodes);
    }
    let unknown = |what: String, node: usize| Error::UnknownNode {
        what,
        node,
        nodes: n,
    };
    if plant >= n {
        return Err(unknown("the plant".to_owned(), plant));
    }
    for (trench, pipe) in pipes.iter().enumerate() {
        let ends = [pipe.from, pipe.to];
        if let Some(&node) = ends.iter().find(|&&node| node >= n) {
            return Err(unknown(format!("trench {trench}"), node));
        }
        let bad = |what, value| {
            Err(Error::BadTrench {
                trench,
                what,
                value,
            })
        };
        if pipe.from == pipe.to {
            return bad("the node at both ends", pipe.from as f64);
        }
        let at_least_zero = [
            ("the length", pipe.length_m),
            ("the roughness", pipe.roughness_m),
            ("the share of fittings", pipe.fitting_share),
            ("the heat loss", pipe.loss_w_mk),
        ];
        for (what, value) in at_least_zero {
            if !(value >= 0.0 && value.is_finite()) {
                return bad(what, value);
            }
        }
        if !(pipe.inner_diameter_m > 0.0 && pipe.inner_diameter_m.is_finite()) {
            return bad("the inner diameter", pipe.inner_diameter_m);
        }
    }
    Ok(())
}
