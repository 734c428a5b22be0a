//! A network as an EPANET input file in litres per second, as far as it has words for it.

use super::GRAVITY;
use super::nodes::EMITTER_MARK;
use super::units::{FITTING, KW_PER_HORSEPOWER, W_PER_HORSEPOWER};
use crate::findings::Findings;
use hukka_model::network_case::{
    CaseConsumer, CaseFluid, CaseValve, FrictionLaw, NetworkCase, PumpKind, SourceKind, ValveKind,
};
use std::collections::HashMap;
use std::fmt::Write as _;

/// Longest name EPANET takes.
const LONGEST_NAME: usize = 31;

struct Writer<'c, 'f> {
    case: &'c NetworkCase,
    found: &'f mut Findings,
    density: f64,
    /// Head fixed at a node, m.
    fixed_head_m: HashMap<usize, f64>,
    /// Flow taken at a node, kg/s.
    demand_kg_s: Vec<f64>,
    curves: String,
    emitters: String,
    statuses: String,
}

/// The network as text.
pub(in crate::network) fn write(case: &NetworkCase, found: &mut Findings) -> String {
    let (density, viscosity) = properties(&case.fluid, found);
    let mut writer = Writer {
        case,
        found,
        density,
        fixed_head_m: HashMap::new(),
        demand_kg_s: vec![0.0; case.nodes.len()],
        curves: String::new(),
        emitters: String::new(),
        statuses: String::new(),
    };
    writer.collect();
    let mut text = format!(
        "[TITLE]\n{}\n",
        case.name.replace(['\n', '\r', ';', '['], " ")
    );
    text.push_str(&writer.nodes());
    text.push_str(&writer.pipes());
    text.push_str(&writer.pumps());
    text.push_str(&writer.valves());
    for (section, lines) in [
        ("EMITTERS", &writer.emitters),
        ("STATUS", &writer.statuses),
        ("CURVES", &writer.curves),
    ] {
        if !lines.is_empty() {
            let _ = write!(text, "\n[{section}]\n{lines}");
        }
    }
    text.push_str("\n[TIMES]\nDURATION 0\n\n[OPTIONS]\nUNITS LPS\n");
    let law = if case.friction == FrictionLaw::HazenWilliams {
        "H-W"
    } else {
        "D-W"
    };
    let usual = 1.1e-5 * super::units::M_PER_FT * super::units::M_PER_FT;
    let _ = write!(
        text,
        "HEADLOSS {law}\nSPECIFIC GRAVITY {}\nVISCOSITY {}\nTRIALS 200\nACCURACY 0.00001\n",
        density / 1000.0,
        viscosity / density / usual,
    );
    text.push_str(&writer.coordinates());
    text.push_str("\n[END]\n");
    text
}

/// Density and viscosity of the one water EPANET knows.
fn properties(fluid: &CaseFluid, found: &mut Findings) -> (f64, f64) {
    let middle = |points: &[(f64, f64)], default: f64| {
        points
            .get(points.len().div_euclid(2))
            .map_or(default, |point| point.1)
    };
    match fluid {
        CaseFluid::Constant {
            density_kg_m3,
            viscosity_pa_s,
            ..
        } => (*density_kg_m3, *viscosity_pa_s),
        CaseFluid::Table(table) => {
            found.unsayable(
                "water that changes with temperature is written as one water",
                "the middle of its table",
            );
            (
                middle(&table.density, 1000.0),
                middle(&table.viscosity, 1e-3),
            )
        }
        CaseFluid::Water | CaseFluid::Glycol { .. } => {
            found.unsayable(
                "water that changes with temperature is written as one water",
                "as at 60 °C",
            );
            (983.2, 0.467e-3)
        }
    }
}

/// A name EPANET takes: no spaces, at most 31 letters.
fn name(id: &str) -> String {
    let clean: String = id
        .chars()
        .map(|c| {
            if c.is_whitespace() || [';', '"', ',', '['].contains(&c) {
                '_'
            } else {
                c
            }
        })
        .take(LONGEST_NAME)
        .collect();
    if clean.is_empty() {
        "_".to_owned()
    } else {
        clean
    }
}

impl Writer<'_, '_> {
    fn node(&self, index: usize) -> String {
        self.case
            .nodes
            .get(index)
            .map_or_else(|| "_".to_owned(), |node| name(&node.id))
    }

    fn head_m(&self, pa: f64) -> f64 {
        pa / (self.density * GRAVITY)
    }

    /// Heads and demands that pressures, takings, plants and consumers stand for.
    fn collect(&mut self) {
        let case = self.case;
        for node in &case.nodes {
            if name(&node.id) != node.id {
                self.found
                    .unsayable("names are cut to what EPANET takes", &node.id);
            }
        }
        let mut fix = Vec::new();
        for pressure in &case.pressures {
            if let Some(level) = pressure.pressure {
                fix.push((pressure.node, level.pa()));
            }
        }
        for taking in &case.takings {
            self.demand_kg_s[taking.node] += taking.mass_flow.kg_s();
        }
        for source in &case.sources {
            self.found
                .unsayable("heat and temperatures of plants are left out", &source.id);
            match source.kind {
                SourceKind::Pressure { supply, difference } => {
                    fix.push((source.supply_node, supply.pa()));
                    fix.push((source.return_node, (supply - difference).pa()));
                }
                SourceKind::WorstPoint { supply, least } => {
                    fix.push((source.supply_node, supply.pa()));
                    fix.push((source.return_node, (supply - least).pa()));
                    self.found.unsayable(
                        "control by the worst point is written as its least difference",
                        &source.id,
                    );
                }
                SourceKind::MassFlow(flow) | SourceKind::HeatAndFlow(_, flow) => {
                    self.demand_kg_s[source.supply_node] -= flow.kg_s();
                    self.demand_kg_s[source.return_node] += flow.kg_s();
                }
                SourceKind::Heat(_) | SourceKind::ReturnLift(_) => {
                    self.found
                        .unsayable("plants of given heat are left out", &source.id);
                }
            }
        }
        for consumer in &case.consumers {
            let flow = self.consumer_flow(consumer);
            self.demand_kg_s[consumer.supply_node] += flow;
            self.demand_kg_s[consumer.return_node] -= flow;
        }
        for (node, pa) in fix {
            let head = case.nodes[node].height.m() + self.head_m(pa);
            self.fixed_head_m.insert(node, head);
        }
    }

    /// Flow of a consumer, estimated from the plants' temperature if it follows from heat.
    fn consumer_flow(&mut self, consumer: &CaseConsumer) -> f64 {
        if let Some(flow) = consumer.mass_flow {
            return flow.kg_s();
        }
        let supply = self
            .case
            .sources
            .first()
            .map(|source| source.supply_temperature.k());
        let cooling = consumer
            .cooling_k
            .or_else(|| Some(supply? - consumer.return_temperature?.k()));
        let heat = consumer.heat.map_or(0.0, hukka_units::HeatPower::w);
        if let Some(kelvin) = cooling.filter(|kelvin| *kelvin > 0.1) {
            self.found.unsayable("flows that follow from heat are written as if the water came at the plant's temperature", &consumer.id);
            heat / (4190.0 * kelvin)
        } else {
            self.found.unsayable(
                "consumers whose flow cannot be told beforehand are left out",
                &consumer.id,
            );
            0.0
        }
    }

    fn nodes(&mut self) -> String {
        let (mut junctions, mut reservoirs) = (String::new(), String::new());
        for (index, node) in self.case.nodes.iter().enumerate() {
            if node.id.ends_with(EMITTER_MARK) {
                continue;
            }
            let id = name(&node.id);
            let litres = self.demand_kg_s[index] / self.density * 1000.0;
            match self.fixed_head_m.get(&index) {
                Some(head) => {
                    let _ = writeln!(reservoirs, "{id} {head}");
                }
                None => {
                    let _ = writeln!(junctions, "{id} {} {litres}", node.height.m());
                }
            }
        }
        format!("\n[JUNCTIONS]\n{junctions}\n[RESERVOIRS]\n{reservoirs}")
    }

    fn pipes(&mut self) -> String {
        let case = self.case;
        let mut text = "\n[PIPES]\n".to_owned();
        let is_hazen = case.friction == FrictionLaw::HazenWilliams;
        match case.friction {
            FrictionLaw::HazenWilliams | FrictionLaw::EpanetDarcyWeisbach => {}
            _ => self.found.unsayable(
                "the friction law is written as EPANET's Darcy–Weisbach",
                &case.name,
            ),
        }
        for pipe in &case.pipes {
            if pipe.loss.w_mk() > 0.0 {
                self.found
                    .unsayable("heat loss of pipes is left out", &pipe.id);
            }
            let roughness = if is_hazen {
                pipe.hazen_williams.unwrap_or(130.0)
            } else {
                pipe.roughness.mm().max(1e-6)
            };
            let status = match (pipe.is_non_return, pipe.is_closed) {
                (true, _) => "CV",
                (false, true) => "Closed",
                (false, false) => "Open",
            };
            let _ = writeln!(
                text,
                "{} {} {} {} {} {roughness} {} {status}",
                name(&pipe.id),
                self.node(pipe.from),
                self.node(pipe.to),
                pipe.length.m().max(1e-3),
                pipe.inner_diameter.mm(),
                pipe.minor_loss,
            );
        }
        for valve in &case.valves {
            if valve.kind == ValveKind::NonReturn {
                let _ = writeln!(
                    text,
                    "{} {} {} 0.001 {} {} {} CV",
                    name(&valve.id),
                    self.node(valve.from),
                    self.node(valve.to),
                    valve.diameter.mm(),
                    if is_hazen { 130.0 } else { 0.1 },
                    valve.minor_loss,
                );
            }
        }
        text
    }

    fn curve(&mut self, id: &str, points: &[(f64, f64)]) -> String {
        let curve = name(&format!("curve_{id}"));
        for (flow, pa) in points {
            let head = self.head_m(*pa);
            let _ = writeln!(self.curves, "{curve} {} {head}", flow * 1000.0);
        }
        curve
    }

    fn pumps(&mut self) -> String {
        let mut text = "\n[PUMPS]\n".to_owned();
        for pump in &self.case.pumps {
            let what = match &pump.kind {
                PumpKind::HydraulicPower(watt) => {
                    let horsepower = watt / (W_PER_HORSEPOWER * self.density / 1000.0);
                    format!("POWER {}", horsepower * KW_PER_HORSEPOWER)
                }
                PumpKind::Curve(points) => format!("HEAD {}", self.curve(&pump.id, points)),
                PumpKind::Power {
                    shut_off_pa,
                    coefficient,
                    exponent,
                } => {
                    // Three points on the law bring EPANET back to it.
                    let end = (shut_off_pa / coefficient.max(1e-300)).powf(exponent.recip());
                    let at = |share: f64| {
                        let flow = end * share;
                        (flow, shut_off_pa - coefficient * flow.powf(*exponent))
                    };
                    format!(
                        "HEAD {}",
                        self.curve(&pump.id, &[(0.0, *shut_off_pa), at(0.4), at(0.8)])
                    )
                }
                PumpKind::Polynomial(terms) => {
                    self.found.unsayable(
                        "a polynomial pump curve is written as points to 0.1 m³/s",
                        &pump.id,
                    );
                    let rise =
                        |flow: f64| terms.iter().rev().fold(0.0, |sum, term| sum * flow + term);
                    let mut points: Vec<(f64, f64)> = Vec::new();
                    for step in 0..=50 {
                        let flow = f64::from(step) * 0.002;
                        let pa = rise(flow);
                        if points.last().is_none_or(|last| pa < last.1) && pa > 0.0 {
                            points.push((flow, pa));
                        }
                    }
                    format!("HEAD {}", self.curve(&pump.id, &points))
                }
                PumpKind::Lift(lift) => {
                    self.found.unsayable(
                        "a pump of constant lift is written as a nearly flat curve",
                        &pump.id,
                    );
                    let pa = lift.pa();
                    format!(
                        "HEAD {}",
                        self.curve(
                            &pump.id,
                            &[(0.0, pa * 1.0001), (1.0, pa), (10.0, pa * 0.999)]
                        )
                    )
                }
            };
            let _ = writeln!(
                text,
                "{} {} {} {what} SPEED {}",
                name(&pump.id),
                self.node(pump.from),
                self.node(pump.to),
                pump.speed,
            );
            if pump.is_off {
                let _ = writeln!(self.statuses, "{} Closed", name(&pump.id));
            }
        }
        text
    }

    fn valves(&mut self) -> String {
        let mut text = "\n[VALVES]\n".to_owned();
        for valve in &self.case.valves {
            if valve.kind == ValveKind::NonReturn || self.is_emitter(valve) {
                continue;
            }
            let id = name(&valve.id);
            let metres = |pa: f64| pa / (1000.0 * GRAVITY);
            let litres = |kg_s: f64| kg_s / self.density * 1000.0;
            let (kind, setting) = match &valve.kind {
                ValveKind::PressureReducing(p) => ("PRV", metres(p.pa()).to_string()),
                ValveKind::PressureSustaining(p) => ("PSV", metres(p.pa()).to_string()),
                ValveKind::PressureBreaker(p) => ("PBV", metres(p.pa()).to_string()),
                ValveKind::FlowLimit(flow) => ("FCV", litres(flow.kg_s()).to_string()),
                ValveKind::FlowControl(flow) => {
                    self.found.unsayable(
                        "a valve that makes a flow is written as one that limits it",
                        &valve.id,
                    );
                    ("FCV", litres(flow.kg_s()).to_string())
                }
                ValveKind::Throttle(zeta) => ("TCV", zeta.to_string()),
                ValveKind::Curve(points) => ("GPV", self.curve(&valve.id, points)),
                ValveKind::PressureControl { pressure, .. } => {
                    self.found.unsayable(
                        "control of a far pressure is written as a reducing valve",
                        &valve.id,
                    );
                    ("PRV", metres(pressure.pa()).to_string())
                }
                ValveKind::Open | ValveKind::Closed | ValveKind::NonReturn => {
                    ("TCV", "0".to_owned())
                }
            };
            match valve.kind {
                ValveKind::Open => {
                    let _ = writeln!(self.statuses, "{id} Open");
                }
                ValveKind::Closed => {
                    let _ = writeln!(self.statuses, "{id} Closed");
                }
                _ => {}
            }
            let _ = writeln!(
                text,
                "{id} {} {} {} {kind} {setting} {}",
                self.node(valve.from),
                self.node(valve.to),
                valve.diameter.mm(),
                valve.minor_loss,
            );
        }
        text
    }

    /// Whether a valve stands for an emitter; if so its coefficient is noted.
    fn is_emitter(&mut self, valve: &CaseValve) -> bool {
        let Some(junction) = valve.id.strip_suffix(EMITTER_MARK) else {
            return false;
        };
        let coefficient = if let ValveKind::Throttle(zeta) = &valve.kind {
            let bore = valve.diameter.m();
            let area = std::f64::consts::PI / 4.0 * bore * bore;
            area * (2.0 * GRAVITY / (zeta * FITTING)).sqrt() * 1000.0
        } else {
            self.found
                .unsayable("an emitter of another exponent is left out", junction);
            return true;
        };
        let _ = writeln!(self.emitters, "{} {coefficient}", name(junction));
        true
    }

    fn coordinates(&self) -> String {
        let mut text = "\n[COORDINATES]\n".to_owned();
        for node in &self.case.nodes {
            if node.id.ends_with(EMITTER_MARK) {
                continue;
            }
            if let Some((x, y)) = node.place {
                let _ = writeln!(text, "{} {x} {y}", name(&node.id));
            }
        }
        text
    }
}
