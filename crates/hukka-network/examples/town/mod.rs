//! Made towns for benches and tests: random streets, a tree of shortest ways from the plant, house
//! connections, and streets more that close loops. The same seed gives the same town everywhere.

#![allow(
    dead_code,
    reason = "shared by several programs, each of which needs a part"
)]

use hukka_network::{Boundary, Draw, Inflow, InflowAmount, Network, PipeSpec};
use std::fmt::Write;

/// Temperature of the ground, K.
pub(crate) const GROUND_K: f64 = 281.15;
/// Water from the plant at full load, K.
pub(crate) const SUPPLY_K: f64 = 353.15;
const CP: f64 = 4190.0;
/// Roughness of every pipe, m.
const ROUGHNESS_M: f64 = 1e-4;
/// Nearest neighbours a street node may be joined to.
const NEIGHBOURS: usize = 5;

/// Steel pipes of EN 253: DN, inner diameter in m, loss in W/(m K).
const SIZES: [(u16, f64, f64); 16] = [
    (20, 0.0217, 0.130),
    (25, 0.0285, 0.158),
    (32, 0.0372, 0.166),
    (40, 0.0431, 0.188),
    (50, 0.0545, 0.205),
    (65, 0.0703, 0.235),
    (80, 0.0825, 0.244),
    (100, 0.1071, 0.254),
    (125, 0.1325, 0.289),
    (150, 0.1603, 0.333),
    (200, 0.2101, 0.361),
    (250, 0.2630, 0.351),
    (300, 0.3127, 0.399),
    (400, 0.3938, 0.411),
    (500, 0.4954, 0.423),
    (600, 0.5958, 0.511),
];

/// A repeatable stream of numbers in 0..1.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    pub(crate) fn roll(&mut self) -> f64 {
        self.0 = (self.0)
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, end: usize) -> usize {
        (self.roll() * end as f64) as usize
    }
}

/// What town to make.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish {
    pub(crate) consumers: usize,
    pub(crate) loops: usize,
    /// Sources with the plant among them; the others give a fixed flow.
    pub(crate) sources: usize,
    /// Highest node, m.
    pub(crate) height_m: f64,
    pub(crate) seed: u64,
}

/// A made town. Node 0 is the plant.
pub(crate) struct Town {
    pub(crate) position: Vec<(f64, f64)>,
    pub(crate) elevation: Vec<f64>,
    pub(crate) pipes: Vec<PipeSpec>,
    pub(crate) draw_nodes: Vec<usize>,
    /// Full load.
    pub(crate) draws: Vec<Draw>,
    pub(crate) inflow_nodes: Vec<usize>,
    pub(crate) inflows: Vec<Inflow>,
}

struct Streets {
    position: Vec<(f64, f64)>,
    near: Vec<Vec<(usize, f64)>>,
    /// Parent and length of the way up.
    up: Vec<(usize, f64)>,
    /// Nodes, each after its parent.
    order: Vec<usize>,
}

impl Town {
    pub(crate) fn make(wish: Wish) -> Self {
        let mut dice = Dice::new(wish.seed);
        let streets = Streets::lay(wish.consumers.div_ceil(2), &mut dice);
        let n = streets.position.len();
        let mut town = Self {
            position: streets.position.clone(),
            elevation: Vec::new(),
            pipes: Vec::new(),
            draw_nodes: (n..n + wish.consumers).collect(),
            draws: Vec::new(),
            inflow_nodes: Vec::new(),
            inflows: Vec::new(),
        };
        let mut flow = vec![0.0; n];
        let mut services = Vec::new();
        for house in 0..wish.consumers {
            let at = 1 + dice.below(n - 1);
            let draw = house_draw(&mut dice);
            let m = flow_of(&draw);
            flow[at] += m;
            services.push(pipe((at, n + house), 8.0 + 20.0 * dice.roll(), m));
            let (x, y) = town.position[at];
            let angle = std::f64::consts::TAU * dice.roll();
            town.position
                .push((x + 15.0 * angle.cos(), y + 15.0 * angle.sin()));
            town.draws.push(draw);
        }
        let total: f64 = flow.iter().sum();
        for &v in streets.order.iter().skip(1).rev() {
            let m = flow[v];
            flow[streets.up[v].0] += m;
        }
        for &v in streets.order.iter().skip(1) {
            town.pipes
                .push(pipe((streets.up[v].0, v), streets.up[v].1, flow[v]));
        }
        town.pipes.extend(services);
        town.close_loops(&streets, wish.loops, &flow, &mut dice);
        for index in 1..wish.sources {
            town.inflow_nodes.push(streets.order[n - 1 - index]);
            town.inflows.push(Inflow {
                amount: InflowAmount::MassFlow(0.3 * total / (wish.sources - 1) as f64),
                temperature_k: SUPPLY_K - 5.0,
            });
        }
        town.raise(wish.height_m, &mut dice);
        town
    }

    fn close_loops(&mut self, streets: &Streets, loops: usize, flow: &[f64], dice: &mut Dice) {
        let n = streets.position.len();
        let mut closed = std::collections::BTreeSet::new();
        let mut tries = 0;
        while closed.len() < loops && tries < 1000 * (loops + 1) {
            tries += 1;
            let a = dice.below(n);
            let (b, length) = streets.near[a][dice.below(streets.near[a].len())];
            let is_street = streets.up[a].0 == b || streets.up[b].0 == a;
            if a != b && !is_street && closed.insert((a.min(b), a.max(b))) {
                let m = 0.7 * flow[a].min(flow[b]);
                self.pipes.push(pipe((a, b), length, m.max(0.2)));
            }
        }
    }

    /// Gentle hills, and every house a little off its street.
    fn raise(&mut self, height_m: f64, dice: &mut Dice) {
        let phase: Vec<f64> = (0..4)
            .map(|_| std::f64::consts::TAU * dice.roll())
            .collect();
        let hill = |&(x, y): &(f64, f64)| {
            let a = (x / 310.0 + phase[0]).sin() * (y / 270.0 + phase[1]).cos();
            let b = (x / 97.0 + phase[2]).sin() * (y / 121.0 + phase[3]).cos();
            0.5 + 0.35 * a + 0.15 * b
        };
        self.elevation = self.position.iter().map(|at| height_m * hill(at)).collect();
    }

    pub(crate) fn network(&self) -> Network {
        Network::new(&self.elevation, &self.pipes, 0).expect("a made town is connected")
    }

    /// Boundary values at full load.
    pub(crate) fn boundary(&self) -> Boundary<'_> {
        Boundary {
            supply_temperature_k: SUPPLY_K,
            surplus_return_temperature_k: 318.15,
            ground_temperature_k: GROUND_K,
            draws: &self.draws,
            inflows: &self.inflows,
        }
    }

    /// The town as a file of the format `hukka-network-case/1`.
    pub(crate) fn case_json(&self, name: &str) -> String {
        let mut nodes = Vec::new();
        for (i, (z, (x, y))) in self.elevation.iter().zip(&self.position).enumerate() {
            for (mark, side) in [('s', "supply"), ('r', "return")] {
                nodes.push(format!(
                    r#"{{"id":"{mark}{i}","side":"{side}","x":{x:.2},"y":{y:.2},"z":{z:.4}}}"#
                ));
            }
        }
        let mut pipes = Vec::new();
        for (i, p) in self.pipes.iter().enumerate() {
            for (mark, from, to) in [('s', p.from, p.to), ('r', p.to, p.from)] {
                pipes.push(format!(
                    r#"{{"id":"{mark}p{i}","from":"{mark}{from}","to":"{mark}{to}","length_m":{},"inner_diameter_m":{},"outer_diameter_m":{:.4},"roughness_mm":{},"zeta":0.0,"u_w_per_mk":{},"t_ground_k":{GROUND_K}}}"#,
                    p.length_m,
                    p.inner_diameter_m,
                    p.inner_diameter_m + 0.006,
                    p.roughness_m * 1e3,
                    p.loss_w_mk
                ));
            }
        }
        let mut text = String::new();
        let _ = write!(
            text,
            r#"{{"schema":"hukka-network-case/1","name":"{name}","description":"made by the bench generator of hukka-network","units":"SI; pressures bar gauge; temperatures K; heights m; u_w_per_mk = W per metre pipe length and K","ambient_temperature_k":{GROUND_K},"nodes":[{}],"pipes":[{}],"sources":[{}],"consumers":[{}],"friction_model":"colebrook"}}"#,
            nodes.join(","),
            pipes.join(","),
            self.sources_json().join(","),
            self.consumers_json().join(",")
        );
        text
    }

    fn sources_json(&self) -> Vec<String> {
        let plant = format!(
            r#"{{"id":"plant0","type":"pressure_slack","supply_node":"s0","return_node":"r0","p_supply_bar":16.0,"dp_bar":12.0,"t_supply_k":{SUPPLY_K}}}"#
        );
        let others = self.inflow_nodes.iter().zip(&self.inflows).enumerate();
        let other = |(i, (node, inflow)): (usize, (&usize, &Inflow))| {
            let flow = match inflow.amount {
                InflowAmount::MassFlow(flow) => flow,
                InflowAmount::Heat(heat) => heat / (CP * 40.0),
            };
            format!(
                r#"{{"id":"plant{}","type":"fixed_mass_flow","supply_node":"s{node}","return_node":"r{node}","mdot_kg_s":{flow},"t_supply_k":{}}}"#,
                i + 1,
                inflow.temperature_k
            )
        };
        std::iter::once(plant).chain(others.map(other)).collect()
    }

    fn consumers_json(&self) -> Vec<String> {
        let all = self.draw_nodes.iter().zip(&self.draws).enumerate();
        all.map(|(i, (node, draw))| {
            let ends = format!(
                r#""id":"c{i}","supply_node":"s{node}","return_node":"r{node}","q_w":{}"#,
                draw.heat_w
            );
            if draw.min_mass_flow > 0.0 {
                let flow = draw.min_mass_flow;
                format!(r#"{{{ends},"mdot_kg_s":{flow},"mode":"q_mdot"}}"#)
            } else {
                let back = draw.return_temperature_k;
                format!(r#"{{{ends},"t_return_k":{back},"mode":"q_treturn"}}"#)
            }
        })
        .collect()
    }
}

/// 85 % of the houses have a given return temperature, the others a given flow.
fn house_draw(dice: &mut Dice) -> Draw {
    let heat_w = 6e3 + 60e3 * dice.roll().powi(3);
    let return_temperature_k = 308.15 + 15.0 * dice.roll();
    if dice.roll() < 0.85 {
        return Draw {
            heat_w,
            loss_w_k: 0.0,
            return_temperature_k,
            min_mass_flow: 0.0,
        };
    }
    Draw {
        heat_w,
        loss_w_k: 0.0,
        return_temperature_k: 274.15,
        min_mass_flow: heat_w / (CP * (25.0 + 15.0 * dice.roll())),
    }
}

fn flow_of(draw: &Draw) -> f64 {
    if draw.min_mass_flow > 0.0 {
        draw.min_mass_flow
    } else {
        draw.heat_w / (CP * (SUPPLY_K - draw.return_temperature_k))
    }
}

/// The smallest size within 1.5 m/s and 150 Pa/m, roughly.
fn pipe((from, to): (usize, usize), length_m: f64, mass_flow: f64) -> PipeSpec {
    let fits = |&&(_, d, _): &&(u16, f64, f64)| {
        let area = std::f64::consts::FRAC_PI_4 * d * d;
        let speed = mass_flow / (970.0 * area);
        let gradient = 0.022 / d * 485.0 * speed * speed;
        speed < 1.5 + 4.0 * d && gradient < 150.0
    };
    let &(_, inner_diameter_m, loss_w_mk) =
        SIZES.iter().find(fits).unwrap_or(&SIZES[SIZES.len() - 1]);
    PipeSpec {
        from,
        to,
        length_m,
        inner_diameter_m,
        roughness_m: ROUGHNESS_M,
        fitting_share: 0.0,
        loss_w_mk,
    }
}

impl Streets {
    /// Random corners, each joined to its nearest neighbours, and the shortest ways from corner 0.
    fn lay(n: usize, dice: &mut Dice) -> Self {
        let side = 60.0 * (n as f64).sqrt();
        let mut position: Vec<(f64, f64)> = (0..n)
            .map(|_| (side * dice.roll(), side * dice.roll()))
            .collect();
        position[0] = (0.5 * side, 0.5 * side);
        let mut streets = Self {
            near: neighbours(&position, side),
            up: vec![(usize::MAX, 0.0); n],
            order: Vec::new(),
            position,
        };
        streets.shortest_ways();
        streets.join_the_rest();
        streets
    }

    fn shortest_ways(&mut self) {
        let mut best = vec![f64::INFINITY; self.position.len()];
        let mut queue = std::collections::BinaryHeap::new();
        best[0] = 0.0;
        self.up[0] = (0, 0.0);
        queue.push((std::cmp::Reverse(0_u64), 0));
        let mut is_done = vec![false; self.position.len()];
        while let Some((_, v)) = queue.pop() {
            if std::mem::replace(&mut is_done[v], true) {
                continue;
            }
            self.order.push(v);
            for &(other, length) in &self.near[v] {
                let way = best[v] + length;
                if way < best[other] {
                    best[other] = way;
                    self.up[other] = (v, length);
                    queue.push((std::cmp::Reverse(way.to_bits()), other));
                }
            }
        }
    }

    /// Corners on islands get a long street to the nearest corner that has a way.
    fn join_the_rest(&mut self) {
        for v in 0..self.position.len() {
            if self.up[v].0 == usize::MAX {
                let distance = |&w: &usize| way(self.position[v], self.position[w]).to_bits();
                if let Some(&w) = self.order.iter().min_by_key(|w| distance(w)) {
                    self.up[v] = (w, way(self.position[v], self.position[w]));
                    self.order.push(v);
                }
            }
        }
    }
}

fn way(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1).max(1.0)
}

/// Each corner's nearest neighbours, both ways, found in squares of the plane.
fn neighbours(position: &[(f64, f64)], side: f64) -> Vec<Vec<(usize, f64)>> {
    let cells = ((position.len() as f64).sqrt() / 2.0).ceil().max(1.0);
    let cell_of = |x: f64| ((x / side * cells) as usize).min(cells as usize - 1);
    let wide = cells as usize;
    let mut inside: Vec<Vec<usize>> = vec![Vec::new(); wide * wide];
    for (v, at) in position.iter().enumerate() {
        inside[cell_of(at.0) * wide + cell_of(at.1)].push(v);
    }
    let mut near: Vec<Vec<(usize, f64)>> = vec![Vec::new(); position.len()];
    for (v, &at) in position.iter().enumerate() {
        let (i, j) = (cell_of(at.0), cell_of(at.1));
        let mut found = Vec::new();
        for a in i.saturating_sub(1)..(i + 2).min(wide) {
            for b in j.saturating_sub(1)..(j + 2).min(wide) {
                found.extend(inside[a * wide + b].iter().filter(|&&w| w != v));
            }
        }
        found.sort_by(|&a, &b| way(at, position[a]).total_cmp(&way(at, position[b])));
        for &w in found.iter().take(NEIGHBOURS) {
            let length = way(at, position[w]);
            if !near[v].iter().any(|link| link.0 == w) {
                near[v].push((w, length));
                near[w].push((v, length));
            }
        }
    }
    near
}
