//! Pipes, pumps and valves.

use super::nodes::{WaterNodes, lines, multiplier, value};
use super::options::Headloss;
use super::sections::{no_such, number, too_short, wrong_word};
use super::{Inp, WaterLink, WaterLinkKind, WaterSwitch, controls};
use crate::network::build::Once;
use hukka_model::network_case::{CasePipe, CasePump, CaseValve, NetworkCase, PumpKind, ValveKind};
use hukka_units::{Length, MassFlow, Pressure};

/// What a status or a control does to a link.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Order {
    Open,
    Closed,
    Setting(f64),
}

impl Order {
    pub(super) fn by_word(word: &str) -> Option<Self> {
        match word.to_ascii_uppercase().as_str() {
            "OPEN" => Some(Self::Open),
            "CLOSED" => Some(Self::Closed),
            _ => number(word).map(Self::Setting),
        }
    }
}

/// A link while it is read.
pub(super) struct Draft {
    pub(super) link: WaterLink,
    part: Part,
    pub(super) is_check_valve: bool,
    /// Speed of a pump by its pattern at the start, which goes before what STATUS says.
    pattern_speed: Option<f64>,
}

enum Part {
    Pipe(CasePipe),
    Quadratic(CaseValve),
    Pump(CasePump),
    Valve(CaseValve),
}

pub(super) fn read(
    inp: &mut Inp<'_, '_>,
    case: &mut NetworkCase,
    nodes: &WaterNodes,
) -> (Vec<WaterLink>, Vec<WaterSwitch>) {
    let mut once = Once::default();
    let mut drafts = Vec::new();
    pipes(inp, nodes, &mut once, &mut drafts);
    pumps(inp, nodes, &mut once, &mut drafts);
    valves(inp, nodes, &mut once, &mut drafts);
    statuses(inp, &mut drafts);
    for draft in &mut drafts {
        if let Some(speed) = draft.pattern_speed {
            draft.obey(Order::Setting(speed));
        }
    }
    let switches = controls::apply(inp, nodes, &mut drafts);
    for tank in &nodes.tanks {
        for draft in drafts.iter_mut().filter(|draft| draft.touches(tank.node)) {
            if tank.is_full {
                draft.only_out_of(tank.node, inp);
            } else if tank.is_empty {
                draft.only_into(tank.node, inp);
            }
        }
    }
    let links = drafts.into_iter().map(|draft| draft.settle(case)).collect();
    (links, switches)
}

impl Draft {
    fn touches(&self, node: usize) -> bool {
        self.link.from == node || self.link.to == node
    }

    /// A full tank takes no more water.
    fn only_out_of(&mut self, tank: usize, inp: &mut Inp<'_, '_>) {
        self.one_way(self.link.from == tank, "takes no more water", inp);
    }

    /// An empty tank gives no more water.
    fn only_into(&mut self, tank: usize, inp: &mut Inp<'_, '_>) {
        self.one_way(self.link.to == tank, "gives no more water", inp);
    }

    fn one_way(&mut self, is_forward: bool, why: &str, inp: &mut Inp<'_, '_>) {
        let message =
            format!("a tank at its limit {why}: its links let water through one way only");
        match &mut self.part {
            Part::Pipe(pipe) if !pipe.is_non_return => {
                pipe.is_non_return = true;
                self.link.is_turned = !is_forward;
            }
            Part::Quadratic(valve) if valve.kind == ValveKind::Open => {
                valve.kind = ValveKind::NonReturn;
                self.link.is_turned = !is_forward;
            }
            Part::Quadratic(valve) if is_forward == self.link.is_turned => {
                valve.kind = ValveKind::Closed;
            }
            // A check valve that points the wrong way lets nothing through.
            Part::Pipe(pipe) if is_forward == self.link.is_turned => pipe.is_closed = true,
            Part::Pump(pump) if !is_forward => pump.is_off = true,
            Part::Valve(_) => {
                let message = format!("a tank at its limit {why}; its valve is left as it is");
                inp.found.simplified(message, &self.link.id);
                return;
            }
            Part::Pipe(_) | Part::Pump(_) | Part::Quadratic(_) => {}
        }
        inp.found.simplified(message, &self.link.id);
    }

    /// Does what a status line or a control says.
    pub(super) fn obey(&mut self, order: Order) {
        if self.is_check_valve {
            return;
        }
        match &mut self.part {
            Part::Pipe(pipe) => pipe.is_closed = order.shuts(),
            Part::Quadratic(valve) => {
                valve.kind = if order.shuts() {
                    ValveKind::Closed
                } else {
                    ValveKind::Open
                };
            }
            Part::Pump(pump) => {
                pump.is_off = order.shuts();
                match order {
                    Order::Setting(speed) if speed > 0.0 => pump.speed = speed,
                    Order::Open => pump.speed = 1.0,
                    _ => {}
                }
            }
            Part::Valve(valve) => match order {
                Order::Open => valve.kind = ValveKind::Open,
                Order::Closed => valve.kind = ValveKind::Closed,
                Order::Setting(_) => {}
            },
        }
        self.link.is_closed = match &self.part {
            Part::Pipe(pipe) => pipe.is_closed,
            Part::Pump(pump) => pump.is_off,
            Part::Quadratic(valve) | Part::Valve(valve) => valve.kind == ValveKind::Closed,
        };
    }

    /// Whether this is a valve whose setting is a number, and which.
    pub(super) fn set_valve(&mut self, kind: ValveKind) {
        if let Part::Valve(valve) = &mut self.part {
            self.link.is_closed = kind == ValveKind::Closed;
            valve.kind = kind;
        }
    }

    fn settle(self, case: &mut NetworkCase) -> WaterLink {
        let mut link = self.link;
        match self.part {
            Part::Pipe(mut pipe) => {
                if link.is_turned {
                    (pipe.from, pipe.to) = (pipe.to, pipe.from);
                }
                link.kind = WaterLinkKind::Pipe(case.pipes.len());
                case.pipes.push(pipe);
            }
            Part::Quadratic(mut valve) => {
                if link.is_turned {
                    (valve.from, valve.to) = (valve.to, valve.from);
                }
                link.kind = WaterLinkKind::QuadraticPipe(case.valves.len());
                case.valves.push(valve);
            }
            Part::Valve(valve) => {
                link.kind = WaterLinkKind::Valve(case.valves.len());
                case.valves.push(valve);
            }
            Part::Pump(pump) => {
                link.kind = WaterLinkKind::Pump(case.pumps.len());
                case.pumps.push(pump);
            }
        }
        link
    }
}

impl Order {
    fn shuts(self) -> bool {
        match self {
            Self::Open => false,
            Self::Closed => true,
            Self::Setting(value) => value <= 0.0,
        }
    }
}

/// Name and ends of a link; `None` after a finding if the line is too short.
fn ends(
    inp: &mut Inp<'_, '_>,
    nodes: &WaterNodes,
    once: &mut Once,
    line: (usize, &[&str]),
    needed: (usize, &str),
) -> Option<WaterLink> {
    let (line_number, words) = line;
    let place = inp.sections.place(line_number);
    if words.len() < needed.0 {
        inp.found.push(too_short(place, words[0], needed.1));
        return None;
    }
    once.check("link", words[0], inp.found);
    let mut node = |word: &str| {
        nodes.names.find(word).unwrap_or_else(|| {
            inp.found.push(no_such(
                inp.sections.place(line_number),
                words[0],
                "node",
                word,
            ));
            0
        })
    };
    let (from, to) = (node(words[1]), node(words[2]));
    if from == to && words[1] == words[2] {
        inp.found.push(wrong_word(
            place,
            words[0],
            "the second node",
            words[2],
            "another node than the first",
        ));
    }
    Some(WaterLink {
        id: words[0].to_owned(),
        kind: WaterLinkKind::Pipe(0),
        from,
        to,
        diameter_m: None,
        is_turned: false,
        is_closed: false,
    })
}

/// A number that must lie in a range.
fn ranged(
    inp: &mut Inp<'_, '_>,
    line: (usize, &[&str]),
    at: usize,
    what: &str,
    range: (f64, f64),
) -> f64 {
    let number = value(inp, line, at, what, None);
    if number >= range.0 && number <= range.1 {
        return number;
    }
    let place = inp.sections.place(line.0);
    let allowed = format!("{} to {}", range.0, range.1);
    inp.found
        .push(wrong_word(place, line.1[0], what, line.1[at], &allowed));
    range.0.max(1e-3)
}

fn pipes(inp: &mut Inp<'_, '_>, nodes: &WaterNodes, once: &mut Once, drafts: &mut Vec<Draft>) {
    const NEEDED: (usize, &str) = (6, "ID NODE1 NODE2 LENGTH DIAMETER ROUGHNESS");
    for (number, words) in lines(inp, "PIPES") {
        let line = (number, words.as_slice());
        let Some(mut link) = ends(inp, nodes, once, line, NEEDED) else {
            continue;
        };
        let length = ranged(inp, line, 3, "length", (1e-6, 1e9)) * inp.options.length_m();
        let diameter = ranged(inp, line, 4, "diameter", (1e-6, 1e6)) * inp.options.diameter_m();
        let roughness = ranged(inp, line, 5, "roughness", (1e-9, 1e6));
        let (minor, status) = minor_and_status(inp, line);
        link.diameter_m = Some(diameter);
        link.is_closed = status == PipeStatus::Closed;
        let pipe = CasePipe {
            id: link.id.clone(),
            from: link.from,
            to: link.to,
            length: Length::from_m(length),
            inner_diameter: Length::from_m(diameter),
            minor_loss: minor,
            is_closed: link.is_closed,
            is_non_return: status == PipeStatus::CheckValve,
            ..CasePipe::default()
        };
        let part = match inp.options.headloss {
            Headloss::HazenWilliams => Part::Pipe(CasePipe {
                hazen_williams: Some(roughness),
                ..pipe
            }),
            Headloss::DarcyWeisbach => Part::Pipe(CasePipe {
                roughness: Length::from_m(roughness * inp.options.roughness_m()),
                ..pipe
            }),
            Headloss::ChezyManning => Part::Quadratic(quadratic(pipe, roughness, status)),
        };
        drafts.push(Draft {
            link,
            part,
            is_check_valve: status == PipeStatus::CheckValve,
            pattern_speed: None,
        });
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PipeStatus {
    Open,
    Closed,
    CheckValve,
}

fn minor_and_status(inp: &mut Inp<'_, '_>, line: (usize, &[&str])) -> (f64, PipeStatus) {
    let (mut minor, mut status) = (0.0, PipeStatus::Open);
    for (at, word) in line.1.iter().enumerate().skip(6).take(2) {
        match word.to_ascii_uppercase().as_str() {
            "OPEN" => {}
            "CLOSED" => status = PipeStatus::Closed,
            "CV" => status = PipeStatus::CheckValve,
            _ if at == 6 && number(word).is_some_and(|value| value >= 0.0) => {
                minor = number(word).unwrap_or(0.0);
            }
            _ => {
                let place = inp.sections.place(line.0);
                inp.found.push(wrong_word(
                    place,
                    line.1[0],
                    "a status",
                    word,
                    "OPEN, CLOSED or CV",
                ));
            }
        }
    }
    (minor, status)
}

/// Chezy–Manning head loss is quadratic in the flow, so such a pipe is a valve.
///
/// `h = (4 n / (1.49 π d²))² (d/4)^-1.333 L Q²` in feet and cubic feet per second, as EPANET has it.
fn quadratic(pipe: CasePipe, manning: f64, status: PipeStatus) -> CaseValve {
    use super::units::M_PER_FT;
    let (length, d) = (
        pipe.length.m() / M_PER_FT,
        pipe.inner_diameter.m() / M_PER_FT,
    );
    let per_area = 4.0 * manning / (1.49 * std::f64::consts::PI * d * d);
    let resistance = per_area * per_area * (d / 4.0).powf(-1.333) * length;
    // EPANET's minor loss: 0.02517 K/d⁴ in feet and cubic feet per second.
    let zeta = resistance * d.powi(4) / 0.025_17;
    CaseValve {
        id: pipe.id,
        from: pipe.from,
        to: pipe.to,
        diameter: pipe.inner_diameter,
        minor_loss: zeta + pipe.minor_loss,
        kind: match status {
            PipeStatus::Open => ValveKind::Open,
            PipeStatus::Closed => ValveKind::Closed,
            PipeStatus::CheckValve => ValveKind::NonReturn,
        },
    }
}

fn pumps(inp: &mut Inp<'_, '_>, nodes: &WaterNodes, once: &mut Once, drafts: &mut Vec<Draft>) {
    const NEEDED: (usize, &str) = (4, "ID NODE1 NODE2 KEYWORD VALUE …");
    for (number, words) in lines(inp, "PUMPS") {
        let line = (number, words.as_slice());
        let Some(link) = ends(inp, nodes, once, line, NEEDED) else {
            continue;
        };
        let (kind, speed, pattern_speed) = pump(inp, line);
        let mut draft = Draft {
            part: Part::Pump(CasePump {
                id: link.id.clone(),
                from: link.from,
                to: link.to,
                kind,
                speed: 1.0,
                curve_density: None,
                efficiency: None,
                is_off: false,
            }),
            link,
            is_check_valve: false,
            pattern_speed,
        };
        if let Some(speed) = speed {
            draft.obey(Order::Setting(speed));
        }
        drafts.push(draft);
    }
}

/// What a pump does; its speed if stated, and by pattern.
fn pump(inp: &mut Inp<'_, '_>, line: (usize, &[&str])) -> (PumpKind, Option<f64>, Option<f64>) {
    let words = line.1;
    let (mut kind, mut speed, mut by_pattern) = (None, None, None);
    if number(words[3]).is_some() {
        return (old_pump(inp, line), None, None);
    }
    for pair in words[3..].chunks(2) {
        let keyword = pair[0].to_ascii_uppercase();
        let Some(second) = pair.get(1) else {
            let place = inp.sections.place(line.0);
            inp.found
                .push(too_short(place, words[0], &format!("{keyword} VALUE")));
            break;
        };
        match (keyword.as_str(), number(second)) {
            ("HEAD", _) => kind = Some(head_curve(inp, line, second)),
            ("PATTERN", _) => by_pattern = Some(multiplier(inp, line.0, words[0], second)),
            ("POWER", Some(power)) if power > 0.0 => {
                let watt = power * inp.options.pump_power_w();
                kind = Some(PumpKind::HydraulicPower(watt));
            }
            ("SPEED", Some(value)) if value >= 0.0 => speed = Some(value),
            _ => {
                let place = inp.sections.place(line.0);
                let seen = format!("{keyword} {second}");
                inp.found.push(wrong_word(
                    place,
                    words[0],
                    "a pump",
                    &seen,
                    "HEAD CURVE, POWER VALUE, SPEED VALUE, PATTERN NAME",
                ));
            }
        }
    }
    let kind = kind.unwrap_or_else(|| {
        let place = inp.sections.place(line.0);
        inp.found
            .push(too_short(place, words[0], "HEAD CURVE or POWER VALUE"));
        PumpKind::Lift(Pressure::ZERO)
    });
    (kind, speed, by_pattern)
}

/// Numbers alone, as before version 2: power; head and flow; or shut-off head and two points.
fn old_pump(inp: &mut Inp<'_, '_>, line: (usize, &[&str])) -> PumpKind {
    let values: Option<Vec<f64>> = line.1[3..].iter().map(|word| number(word)).collect();
    match values.as_deref() {
        Some([power]) => PumpKind::HydraulicPower(power * inp.options.pump_power_w()),
        Some([head, flow]) => curve_kind(inp, line, &[(*flow, *head)]),
        Some([h0, h1, q1, h2, q2]) => curve_kind(inp, line, &[(0.0, *h0), (*q1, *h1), (*q2, *h2)]),
        _ => {
            let place = inp.sections.place(line.0);
            inp.found.push(wrong_word(
                place,
                line.1[0],
                "a pump",
                &line.1[3..].join(" "),
                "1, 2 or 5 numbers",
            ));
            PumpKind::Lift(Pressure::ZERO)
        }
    }
}

fn head_curve(inp: &mut Inp<'_, '_>, line: (usize, &[&str]), name: &str) -> PumpKind {
    let Some(points) = inp.tables.curve(name).map(<[_]>::to_vec) else {
        let place = inp.sections.place(line.0);
        inp.found.push(no_such(place, line.1[0], "curve", name));
        return PumpKind::Lift(Pressure::ZERO);
    };
    curve_kind(inp, line, &points)
}

/// A head curve: one point makes a parabola through 4/3 of its head and twice its flow, three
/// points from no flow a power law, anything else is straight between its points.
fn curve_kind(inp: &mut Inp<'_, '_>, line: (usize, &[&str]), points: &[(f64, f64)]) -> PumpKind {
    let (flow, head) = (
        inp.options.flow.m3_s(),
        inp.options.length_m() * inp.options.pa_per_m(),
    );
    let si: Vec<(f64, f64)> = points.iter().map(|(q, h)| (q * flow, h * head)).collect();
    let is_rising = si.windows(2).all(|pair| pair[0].0 < pair[1].0);
    let is_falling = si.windows(2).all(|pair| pair[0].1 > pair[1].1);
    let law = match si.as_slice() {
        [(q, h)] if *q > 0.0 && *h > 0.0 => power_law(1.333_34 * h, (*q, *h), (2.0 * q, 0.0)),
        [(q0, h0), one, two] if q0.abs() < f64::MIN_POSITIVE => power_law(*h0, *one, *two),
        _ => None,
    };
    match law {
        Some(law) => law,
        None if si.len() > 1 && is_rising && is_falling => PumpKind::Curve(si),
        None => {
            let place = inp.sections.place(line.0);
            let seen = format!("{} points", points.len());
            inp.found.push(wrong_word(
                place,
                line.1[0],
                "a head curve",
                &seen,
                "one point, or rising flow with falling head",
            ));
            PumpKind::Lift(Pressure::ZERO)
        }
    }
}

/// `h = h0 − b q^c` through two points; `None` where EPANET would refuse it.
fn power_law(h0: f64, (q1, h1): (f64, f64), (q2, h2): (f64, f64)) -> Option<PumpKind> {
    let (drop1, drop2) = (h0 - h1, h0 - h2);
    if h0 <= 0.0 || drop1 <= 0.0 || drop2 <= drop1 || q1 <= 0.0 || q2 <= q1 {
        return None;
    }
    let exponent = (drop2 / drop1).ln() / (q2 / q1).ln();
    (0.0 < exponent && exponent <= 20.0).then(|| PumpKind::Power {
        shut_off_pa: h0,
        coefficient: drop1 / q1.powf(exponent),
        exponent,
    })
}

fn valves(inp: &mut Inp<'_, '_>, nodes: &WaterNodes, once: &mut Once, drafts: &mut Vec<Draft>) {
    const NEEDED: (usize, &str) = (6, "ID NODE1 NODE2 DIAMETER TYPE SETTING");
    for (number, words) in lines(inp, "VALVES") {
        let line = (number, words.as_slice());
        let Some(mut link) = ends(inp, nodes, once, line, NEEDED) else {
            continue;
        };
        let diameter = ranged(inp, line, 3, "diameter", (1e-6, 1e6)) * inp.options.diameter_m();
        let minor_loss = value(inp, line, 6, "loss coefficient", Some(0.0)).max(0.0);
        link.diameter_m = Some(diameter);
        let kind = valve_kind(inp, line, words[5]);
        let valve = CaseValve {
            id: link.id.clone(),
            from: link.from,
            to: link.to,
            diameter: Length::from_m(diameter),
            minor_loss,
            kind,
        };
        drafts.push(Draft {
            link,
            part: Part::Valve(valve),
            is_check_valve: false,
            pattern_speed: None,
        });
    }
}

/// A valve of the type on its line, with a setting from there, from STATUS or from a control.
pub(super) fn valve_kind(
    inp: &mut Inp<'_, '_>,
    line: (usize, &[&str]),
    setting: &str,
) -> ValveKind {
    let words = line.1;
    let kind = words[4].to_ascii_uppercase();
    let place = inp.sections.place(line.0);
    if kind == "GPV" {
        let (flow, head) = (
            inp.options.flow.m3_s(),
            inp.options.length_m() * inp.options.pa_per_m(),
        );
        let Some(points) = inp.tables.curve(setting) else {
            inp.found.push(no_such(place, words[0], "curve", setting));
            return ValveKind::Open;
        };
        let points: Vec<_> = points.iter().map(|(q, h)| (q * flow, h * head)).collect();
        if points.is_empty() || points.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
            inp.found.push(wrong_word(
                place,
                words[0],
                "a head loss curve",
                setting,
                "points of rising flow",
            ));
        }
        return ValveKind::Curve(points);
    }
    let Some(value) = number(setting) else {
        inp.found.push(wrong_word(
            place,
            words[0],
            "a setting",
            setting,
            "a number",
        ));
        return ValveKind::Open;
    };
    let head = value * inp.options.pressure_head_m();
    let pressure = Pressure::from_pa(head * inp.options.pa_per_m());
    let flow = value * inp.options.flow.m3_s() * inp.options.density();
    match kind.as_str() {
        "PRV" => ValveKind::PressureReducing(pressure),
        "PSV" => ValveKind::PressureSustaining(pressure),
        "PBV" => ValveKind::PressureBreaker(pressure),
        "FCV" => ValveKind::FlowLimit(MassFlow::from_kg_s(flow)),
        "TCV" => ValveKind::Throttle(value.max(0.0)),
        _ => {
            inp.found.push(wrong_word(
                place,
                words[0],
                "a valve type",
                words[4],
                "PRV PSV PBV FCV TCV GPV",
            ));
            ValveKind::Open
        }
    }
}

/// The section STATUS: a link or a range of links.
fn statuses(inp: &mut Inp<'_, '_>, drafts: &mut [Draft]) {
    for (line, words) in lines(inp, "STATUS") {
        let place = inp.sections.place(line);
        let order = words.last().and_then(|word| Order::by_word(word));
        let (Some(order), 2..=3) = (order, words.len()) else {
            inp.found.push(too_short(
                place,
                "[STATUS]",
                "LINK OPEN, LINK CLOSED or LINK NUMBER",
            ));
            continue;
        };
        if words.len() == 3 {
            let (low, high) = (words[0], words[1]);
            let in_range = |id: &str| match (number(id), number(low), number(high)) {
                (Some(id), Some(low), Some(high)) => low <= id && id <= high,
                _ => low <= id && id <= high,
            };
            for index in 0..drafts.len() {
                if in_range(&drafts[index].link.id) {
                    controls::give(inp, drafts, index, order);
                }
            }
            continue;
        }
        match drafts.iter().position(|draft| draft.link.id == words[0]) {
            Some(index) => controls::give(inp, drafts, index, order),
            None => inp.found.push(no_such(place, "[STATUS]", "link", words[0])),
        }
    }
}
