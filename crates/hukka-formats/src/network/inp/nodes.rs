//! Junctions, reservoirs, tanks; demands and emitters.

use super::sections::{Line, no_such, number, too_short, wrong_word};
use super::{GRAVITY, Inp, WaterNode, WaterNodeKind};
use crate::network::build::Nodes;
use hukka_model::network_case::{
    CaseNode, CaseValve, FixedPressure, NetworkCase, Taking, ValveKind,
};
use hukka_units::{Length, MassFlow, Pressure};
use std::f64::consts::PI;

/// Bore of the valve that stands for an emitter; its coefficient refers to it.
const EMITTER_BORE_M: f64 = 0.1;
/// Mark of nodes and valves that stand for emitters.
pub(super) const EMITTER_MARK: &str = "~emitter";

/// Nodes read.
pub(super) struct WaterNodes {
    pub(super) names: Nodes,
    pub(super) view: Vec<WaterNode>,
    /// Levels of tanks, by node of the case.
    pub(super) tanks: Vec<Tank>,
}

/// A tank at the start.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tank {
    pub(super) node: usize,
    pub(super) level_m: f64,
    pub(super) is_full: bool,
    pub(super) is_empty: bool,
}

/// Base demand and pattern of a junction.
struct Demand {
    base: f64,
    pattern: Option<String>,
    line: usize,
}

pub(super) fn read(inp: &mut Inp<'_, '_>, case: &mut NetworkCase) -> WaterNodes {
    let mut nodes = WaterNodes {
        names: Nodes::default(),
        view: Vec::new(),
        tanks: Vec::new(),
    };
    let mut demands: Vec<Vec<Demand>> = Vec::new();
    junctions(inp, case, &mut nodes, &mut demands);
    reservoirs(inp, case, &mut nodes);
    tanks(inp, case, &mut nodes);
    more_demands(inp, &nodes, &mut demands);
    take_demands(inp, case, &demands);
    emitters(inp, case, &mut nodes);
    coordinates(inp, case, &nodes);
    nodes
}

/// A number at a place of a line; the default if the line is shorter.
pub(super) fn value(
    inp: &mut Inp<'_, '_>,
    line: (usize, &[&str]),
    at: usize,
    what: &str,
    default: Option<f64>,
) -> f64 {
    let (line_number, words) = line;
    let subject = words.first().copied().unwrap_or_default();
    let place = inp.sections.place(line_number);
    match (words.get(at), default) {
        (Some(word), _) => number(word).unwrap_or_else(|| {
            inp.found
                .push(wrong_word(place, subject, what, word, "a number"));
            1.0
        }),
        (None, Some(default)) => default,
        (None, None) => {
            inp.found.push(too_short(place, subject, what));
            1.0
        }
    }
}

/// Lines of a section, out of the way of the borrow checker.
pub(super) fn lines<'t>(inp: &Inp<'t, '_>, section: &str) -> Vec<(usize, Vec<&'t str>)> {
    inp.sections
        .of(section)
        .map(|line: &Line<'t>| (line.number, line.words.clone()))
        .collect()
}

fn add_node(
    inp: &mut Inp<'_, '_>,
    case: &mut NetworkCase,
    nodes: &mut WaterNodes,
    id: &str,
    kind: WaterNodeKind,
    elevation_m: f64,
) -> usize {
    let index = case.nodes.len();
    nodes.names.add(id, index, inp.found);
    let is_sane = crate::fields::HEIGHT_M.holds(elevation_m);
    if !is_sane {
        let words = crate::fields::HEIGHT_M.words;
        inp.found.wrong(
            &format!("node {id}"),
            "elevation or head",
            &elevation_m.to_string(),
            words,
        );
    }
    case.nodes.push(CaseNode {
        id: id.to_owned(),
        height: Length::from_m(if is_sane { elevation_m } else { 0.0 }),
        ..CaseNode::default()
    });
    nodes.view.push(WaterNode {
        node: index,
        kind,
        elevation_m,
        emitter: None,
    });
    index
}

fn junctions(
    inp: &mut Inp<'_, '_>,
    case: &mut NetworkCase,
    nodes: &mut WaterNodes,
    demands: &mut Vec<Vec<Demand>>,
) {
    let metre = inp.options.length_m();
    for (number, words) in lines(inp, "JUNCTIONS") {
        let line = (number, words.as_slice());
        let elevation = value(inp, line, 1, "elevation", Some(0.0)) * metre;
        let base = value(inp, line, 2, "demand", Some(0.0));
        add_node(
            inp,
            case,
            nodes,
            words[0],
            WaterNodeKind::Junction,
            elevation,
        );
        demands.push(vec![Demand {
            base,
            pattern: words.get(3).map(|word| (*word).to_owned()),
            line: number,
        }]);
    }
}

/// A multiplier by name; an unknown name is an error.
pub(super) fn multiplier(inp: &mut Inp<'_, '_>, line: usize, subject: &str, pattern: &str) -> f64 {
    inp.tables.multiplier(pattern).unwrap_or_else(|| {
        let place = inp.sections.place(line);
        inp.found.push(no_such(place, subject, "pattern", pattern));
        1.0
    })
}

fn fix_head(inp: &Inp<'_, '_>, case: &mut NetworkCase, node: usize, head_m: f64) {
    let above = head_m - case.nodes[node].height.m();
    case.pressures.push(FixedPressure {
        id: case.nodes[node].id.clone(),
        node,
        pressure: Some(Pressure::from_pa(above * inp.options.pa_per_m())),
        temperature: None,
    });
}

fn add_reservoir(
    inp: &mut Inp<'_, '_>,
    case: &mut NetworkCase,
    nodes: &mut WaterNodes,
    line: (usize, &[&str]),
) {
    let (number, words) = line;
    let mut head = value(inp, line, 1, "head", Some(0.0)) * inp.options.length_m();
    if let Some(pattern) = words.get(2) {
        head *= multiplier(inp, number, words[0], pattern);
    }
    let node = add_node(inp, case, nodes, words[0], WaterNodeKind::Reservoir, head);
    fix_head(inp, case, node, head);
}

fn reservoirs(inp: &mut Inp<'_, '_>, case: &mut NetworkCase, nodes: &mut WaterNodes) {
    for (number, words) in lines(inp, "RESERVOIRS") {
        add_reservoir(inp, case, nodes, (number, &words));
    }
}

fn tanks(inp: &mut Inp<'_, '_>, case: &mut NetworkCase, nodes: &mut WaterNodes) {
    let metre = inp.options.length_m();
    for (number, words) in lines(inp, "TANKS") {
        let line = (number, words.as_slice());
        if words.len() <= 3 {
            add_reservoir(inp, case, nodes, line);
            continue;
        }
        let elevation = value(inp, line, 1, "elevation", None) * metre;
        let level = value(inp, line, 2, "level", None) * metre;
        let least = value(inp, line, 3, "minimum level", None) * metre;
        let most = value(inp, line, 4, "maximum level", Some(f64::MAX / 1e10)) * metre;
        let may_overflow = words
            .get(8)
            .is_some_and(|word| word.eq_ignore_ascii_case("YES"));
        let node = add_node(inp, case, nodes, words[0], WaterNodeKind::Tank, elevation);
        fix_head(inp, case, node, elevation + level);
        nodes.tanks.push(Tank {
            node,
            level_m: level,
            is_full: level >= most && !may_overflow,
            is_empty: level <= least,
        });
    }
}

/// The section DEMANDS replaces what a junction's own line says.
fn more_demands(inp: &mut Inp<'_, '_>, nodes: &WaterNodes, demands: &mut [Vec<Demand>]) {
    let mut is_replaced = vec![false; demands.len()];
    for (number, words) in lines(inp, "DEMANDS") {
        let line = (number, words.as_slice());
        let base = value(inp, line, 1, "demand", None);
        if words[0].eq_ignore_ascii_case("MULTIPLY") {
            inp.options.demand_multiplier = base;
            continue;
        }
        let junction = nodes
            .names
            .find(words[0])
            .filter(|node| *node < demands.len());
        let Some(junction) = junction else {
            let place = inp.sections.place(number);
            inp.found
                .push(no_such(place, words[0], "junction", words[0]));
            continue;
        };
        if !is_replaced[junction] {
            demands[junction].clear();
            is_replaced[junction] = true;
        }
        demands[junction].push(Demand {
            base,
            pattern: words.get(2).map(|word| (*word).to_owned()),
            line: number,
        });
    }
}

fn take_demands(inp: &mut Inp<'_, '_>, case: &mut NetworkCase, demands: &[Vec<Demand>]) {
    let usual = inp.options.default_pattern.clone();
    let usual = inp.tables.multiplier(&usual).unwrap_or(1.0);
    let unit = inp.options.flow.m3_s() * inp.options.density() * inp.options.demand_multiplier;
    for (node, demands) in demands.iter().enumerate() {
        let mut total = 0.0;
        for demand in demands {
            let factor = match &demand.pattern {
                Some(pattern) => multiplier(inp, demand.line, &case.nodes[node].id, pattern),
                None => usual,
            };
            total += demand.base * factor * unit;
        }
        if total.abs() > 0.0 {
            case.takings.push(Taking {
                id: case.nodes[node].id.clone(),
                node,
                mass_flow: MassFlow::from_kg_s(total),
                temperature: None,
            });
        }
    }
}

/// An emitter lets out `Q = C · p^γ`: a valve to a point of no pressure at the same height.
///
/// With γ = ½ the valve is a throttle of `ζ = 2 g A² / C²`; else its curve is followed point by
/// point, each 2 % of flow further than the last.
fn emitters(inp: &mut Inp<'_, '_>, case: &mut NetworkCase, nodes: &mut WaterNodes) {
    let exponent = inp.options.emitter_exponent;
    // C as m³/s at one metre of head.
    let unit = inp.options.flow.m3_s() / inp.options.pressure_head_m().powf(exponent);
    for (number, words) in lines(inp, "EMITTERS") {
        let line = (number, words.as_slice());
        let coefficient = value(inp, line, 1, "coefficient", None) * unit;
        let junction = nodes.names.find(words[0]).filter(|node| {
            nodes
                .view
                .get(*node)
                .is_some_and(|n| n.kind == WaterNodeKind::Junction)
        });
        let Some(junction) = junction else {
            let place = inp.sections.place(number);
            inp.found
                .push(no_such(place, words[0], "junction", words[0]));
            continue;
        };
        if coefficient <= 0.0 || nodes.view[junction].emitter.is_some() {
            continue;
        }
        nodes.view[junction].emitter = Some(case.valves.len());
        let kind = emitter_kind(coefficient, exponent, inp.options.pa_per_m());
        add_outlet(case, junction, kind);
    }
}

fn emitter_kind(coefficient: f64, exponent: f64, pa_per_m: f64) -> ValveKind {
    if (exponent - 0.5).abs() < 1e-9 {
        let area = PI / 4.0 * EMITTER_BORE_M * EMITTER_BORE_M;
        let zeta = 2.0 * GRAVITY * area * area / (coefficient * coefficient);
        return ValveKind::Throttle(zeta / super::units::FITTING);
    }
    let point = |flow: f64| (flow, (flow / coefficient).powf(exponent.recip()) * pa_per_m);
    // Up to the flow at 2,000 m of head.
    let most = coefficient * 2000.0_f64.powf(exponent);
    let mut flow = most * 1e-3;
    let mut points = vec![(0.0, 0.0)];
    while flow < most {
        points.push(point(flow));
        flow *= 1.02;
    }
    ValveKind::Curve(points)
}

fn add_outlet(case: &mut NetworkCase, junction: usize, kind: ValveKind) {
    let outlet = case.nodes.len();
    let id = format!("{}{EMITTER_MARK}", case.nodes[junction].id);
    case.nodes.push(CaseNode {
        id: id.clone(),
        ..case.nodes[junction].clone()
    });
    case.pressures.push(FixedPressure {
        id: id.clone(),
        node: outlet,
        pressure: Some(Pressure::ZERO),
        temperature: None,
    });
    case.valves.push(CaseValve {
        id,
        from: junction,
        to: outlet,
        diameter: Length::from_m(EMITTER_BORE_M),
        minor_loss: 0.0,
        kind,
    });
}

fn coordinates(inp: &mut Inp<'_, '_>, case: &mut NetworkCase, nodes: &WaterNodes) {
    for (number, words) in lines(inp, "COORDINATES") {
        let line = (number, words.as_slice());
        let x = value(inp, line, 1, "coordinate", None);
        let y = value(inp, line, 2, "coordinate", None);
        match nodes.names.find(words[0]) {
            Some(node) => case.nodes[node].place = Some((x, y)),
            None => inp
                .found
                .unknown("a coordinate of a node that is not there", words[0]),
        }
    }
}
