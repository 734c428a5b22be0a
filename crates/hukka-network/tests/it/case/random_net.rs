//! Random district heating networks: streets on a bent grid, house connections, loops, heights.

use hukka_model::network_case::{
    AirPressure, CaseConsumer, CaseFluid, CaseNode, CasePipe, CaseSource, ConsumerMode,
    FrictionLaw, NetworkCase, NetworkSide, SourceKind,
};
use hukka_units::{HeatPower, Length, LinearLossCoefficient, MassFlow, Pressure, Temperature};

/// Inner diameter, m, and heat loss of one pipe, W/(m K).
const SIZES: [(f64, f64); 12] = [
    (0.0217, 0.13),
    (0.0273, 0.156),
    (0.036, 0.159),
    (0.0419, 0.18),
    (0.0539, 0.2),
    (0.0697, 0.23),
    (0.0825, 0.24),
    (0.1071, 0.25),
    (0.1325, 0.29),
    (0.1603, 0.34),
    (0.2101, 0.37),
    (0.3, 0.4),
];

/// What to draw.
#[derive(Clone, Copy)]
pub(crate) struct Draw {
    pub(crate) consumers: usize,
    pub(crate) loops: usize,
    pub(crate) has_second_source: bool,
    pub(crate) highest_m: f64,
    pub(crate) load: f64,
    pub(crate) friction: FrictionLaw,
    pub(crate) seed: u64,
}

impl Default for Draw {
    fn default() -> Self {
        Self {
            consumers: 1000,
            loops: 20,
            has_second_source: false,
            highest_m: 30.0,
            load: 1.0,
            friction: FrictionLaw::Colebrook,
            seed: 1,
        }
    }
}

/// Numbers in 0–1 after Steele, Lea & Flood (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.next()
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.next() * n as f64) as usize).min(n - 1)
    }
}

/// A street or house connection between nodes of one side, with the peak flow it is sized for.
struct Way {
    a: usize,
    b: usize,
    length: f64,
    flow: f64,
}

/// Draws a network.
pub(crate) fn draw(of: &Draw) -> NetworkCase {
    let mut dice = Dice(of.seed.wrapping_mul(0x5851_F42D_4C95_7F2D) ^ 0x1234_5678);
    let streets = of.consumers.div_euclid(2).max(2);
    let width = (streets as f64).sqrt().ceil() as usize;
    let mut places: Vec<(f64, f64)> = (0..streets)
        .map(|i| {
            let (x, y) = ((i % width) as f64, i.div_euclid(width) as f64);
            (
                45.0 * x + dice.between(-8.0, 8.0),
                45.0 * y + dice.between(-8.0, 8.0),
            )
        })
        .collect();
    let plant = streets.div_euclid(2) + dice.below(width.div_euclid(2).max(1));
    let plant = plant.min(streets - 1);
    let loads: Vec<f64> = (0..of.consumers)
        .map(|_| dice.between(5e3, 4.5e4))
        .collect();
    let homes: Vec<usize> = (0..of.consumers).map(|_| dice.below(streets)).collect();
    let mut ways = tree(&mut dice, &places, width, plant);
    size(&mut ways, &homes, &loads, streets);
    loops(&mut dice, &mut ways, &places, width, of.loops);
    for (i, home) in homes.iter().enumerate() {
        let length = dice.between(5.0, 25.0);
        let (x, y) = places[*home];
        ways.push(Way {
            a: *home,
            b: places.len(),
            length,
            flow: loads[i] / 1.5e5,
        });
        places.push((x + length, y));
    }
    let slope = (dice.between(0.001, 0.004), dice.between(0.001, 0.004));
    let heights: Vec<f64> = places
        .iter()
        .map(|(x, y)| {
            0.5 * of.highest_m * (1.0 + 0.8 * (slope.0 * x).sin() * (slope.1 * y).cos())
                + dice.between(-0.1, 0.1) * of.highest_m
        })
        .collect();
    let mut case = sides(&ways, &heights, of, plant);
    consumers(&mut case, &mut dice, &loads, of, (streets, places.len()));
    if of.has_second_source {
        second_source(
            &mut case,
            dice.below(streets),
            &loads,
            places.len(),
            of.load,
        );
    }
    case
}

/// Streets of the grid between two of its crossings.
fn street(places: &[(f64, f64)], a: usize, b: usize) -> f64 {
    (places[a].0 - places[b].0)
        .hypot(places[a].1 - places[b].1)
        .max(1.0)
}

fn beside(i: usize, width: usize, count: usize) -> impl Iterator<Item = usize> {
    let left = (!i.is_multiple_of(width)).then(|| i - 1);
    let right = (i % width + 1 < width && i + 1 < count).then_some(i + 1);
    let up = i.checked_sub(width);
    let down = (i + width < count).then_some(i + width);
    [left, right, up, down].into_iter().flatten()
}

/// Shortest ways from the plant with random weights; each way runs away from the plant.
fn tree(dice: &mut Dice, places: &[(f64, f64)], width: usize, plant: usize) -> Vec<Way> {
    let n = places.len();
    let weights: Vec<f64> = (0..n).map(|_| dice.between(0.5, 2.0)).collect();
    let mut distance = vec![f64::INFINITY; n];
    let mut parent = vec![None; n];
    let mut queue = std::collections::BinaryHeap::new();
    distance[plant] = 0.0;
    queue.push((std::cmp::Reverse(0_u64), plant));
    let mut ways = Vec::new();
    let mut is_done = vec![false; n];
    while let Some((_, node)) = queue.pop() {
        if std::mem::replace(&mut is_done[node], true) {
            continue;
        }
        if let Some(from) = parent[node] {
            ways.push(Way {
                a: from,
                b: node,
                length: street(places, from, node),
                flow: 0.0,
            });
        }
        for next in beside(node, width, n) {
            let there = distance[node] + weights[next] * street(places, node, next);
            if there < distance[next] {
                distance[next] = there;
                parent[next] = Some(node);
                queue.push((std::cmp::Reverse((1e3 * there) as u64), next));
            }
        }
    }
    ways
}

fn size(ways: &mut [Way], homes: &[usize], loads: &[f64], streets: usize) {
    let mut flow = vec![0.0; streets];
    for (home, load) in homes.iter().zip(loads) {
        flow[*home] += load / 1.5e5;
    }
    for way in ways.iter_mut().rev() {
        way.flow = flow[way.b];
        flow[way.a] += flow[way.b];
    }
}

fn loops(dice: &mut Dice, ways: &mut Vec<Way>, places: &[(f64, f64)], width: usize, wanted: usize) {
    let n = places.len();
    let mut known: std::collections::BTreeSet<(usize, usize)> =
        ways.iter().map(|w| (w.a.min(w.b), w.a.max(w.b))).collect();
    let mut made = 0;
    for _ in 0..200 * wanted {
        if made == wanted {
            break;
        }
        let a = dice.below(n);
        let around: Vec<usize> = beside(a, width, n).collect();
        let b = around[dice.below(around.len())];
        if known.insert((a.min(b), a.max(b))) {
            made += 1;
            ways.push(Way {
                a,
                b,
                length: street(places, a, b),
                flow: dice.between(0.3, 3.0),
            });
        }
    }
}

fn sides(ways: &[Way], heights: &[f64], of: &Draw, plant: usize) -> NetworkCase {
    let count = heights.len();
    let mut case = NetworkCase {
        name: format!("random {}", of.seed),
        ambient_temperature: Temperature::from_c(8.0),
        friction: of.friction,
        air: AirPressure::ByHeight,
        fluid: CaseFluid::Water,
        nodes: Vec::new(),
        pipes: Vec::new(),
        valves: Vec::new(),
        pumps: Vec::new(),
        pressures: Vec::new(),
        takings: Vec::new(),
        sources: Vec::new(),
        consumers: Vec::new(),
        series: Vec::new(),
        times: Vec::new(),
    };
    for (side, letter, offset) in [
        (NetworkSide::Supply, 's', 0),
        (NetworkSide::Return, 'r', count),
    ] {
        for (i, height) in heights.iter().enumerate() {
            case.nodes.push(CaseNode {
                id: format!("{letter}{i}"),
                side,
                height: Length::from_si(*height),
                ..CaseNode::default()
            });
        }
        for (i, way) in ways.iter().enumerate() {
            let gradient = |d: f64| 0.025 * way.flow * way.flow / (1940.0 * 0.617 * d.powi(5));
            let (diameter, loss) = SIZES
                .iter()
                .copied()
                .find(|(d, _)| gradient(*d) < 150.0)
                .unwrap_or(SIZES[SIZES.len() - 1]);
            // pipes of the return are drawn the other way round
            let (from, to) = if letter == 's' {
                (way.a, way.b)
            } else {
                (way.b, way.a)
            };
            case.pipes.push(CasePipe {
                id: format!("{letter}p{i}"),
                from: from + offset,
                to: to + offset,
                length: Length::from_si(way.length),
                inner_diameter: Length::from_si(diameter),
                roughness: Length::from_si(1e-4),
                loss: LinearLossCoefficient::from_si(loss),
                ..CasePipe::default()
            });
        }
    }
    case.sources.push(CaseSource {
        id: "plant".to_owned(),
        supply_node: plant,
        return_node: plant + count,
        supply_temperature: Temperature::from_c(85.0),
        kind: SourceKind::Pressure {
            supply: Pressure::from_bar(12.0),
            difference: Pressure::from_bar(8.0),
        },
    });
    case
}

fn consumers(
    case: &mut NetworkCase,
    dice: &mut Dice,
    loads: &[f64],
    of: &Draw,
    (streets, count): (usize, usize),
) {
    for (i, load) in loads.iter().enumerate() {
        let heat = of.load * load;
        let is_by_flow = dice.next() < 0.15;
        let cooling = dice.between(25.0, 40.0);
        let back = dice.between(308.0, 323.0);
        case.consumers.push(CaseConsumer {
            id: format!("c{i}"),
            supply_node: streets + i,
            return_node: streets + i + count,
            heat: Some(HeatPower::from_si(heat)),
            mass_flow: is_by_flow.then(|| MassFlow::from_si(heat / 4185.0 / cooling)),
            return_temperature: (!is_by_flow).then(|| Temperature::from_si(back)),
            cooling_k: None,
            mode: if is_by_flow {
                ConsumerMode::HeatFlow
            } else {
                ConsumerMode::HeatReturn
            },
            min_mass_flow: MassFlow::ZERO,
            resistance: None,
        });
    }
}

fn second_source(case: &mut NetworkCase, node: usize, loads: &[f64], count: usize, load: f64) {
    let total: f64 = loads.iter().sum();
    case.sources.push(CaseSource {
        id: "second".to_owned(),
        supply_node: node,
        return_node: node + count,
        supply_temperature: Temperature::from_c(80.0),
        kind: SourceKind::MassFlow(MassFlow::from_si(0.25 * load * total / 1.6e5)),
    });
}
