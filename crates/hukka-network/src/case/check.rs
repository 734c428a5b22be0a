//! What a case must satisfy before it can be simulated.

use super::plan::throttles_itself;
use hukka_model::Diagnostic;
use hukka_model::network_case::{
    CaseConsumer, CaseFluid, CasePipe, ConsumerMode, FrictionLaw, NetworkCase, SeriesTarget,
    SourceKind, ValveKind,
};

use hukka_units::{HeatPower, MassFlow, Temperature};

const CODE: &str = "HK0620";

/// Everything that keeps a case from being simulated; empty if nothing does.
pub fn check(case: &NetworkCase) -> Vec<Diagnostic> {
    let mut found = Found::default();
    found.ends(case);
    if !found.list.is_empty() {
        // nodes that do not exist would make the rest of the check meaningless
        return found.list;
    }
    if case.nodes.is_empty() {
        found.add(
            "case",
            "it has no nodes",
            String::new(),
            "at least one node",
        );
    }
    if super::FluidLaw::new(&case.fluid, super::HeatCounting::default()).is_none() {
        found.add(
            "fluid",
            "a table of properties is empty or does not ascend",
            String::new(),
            "points with rising temperatures",
        );
    }
    if let CaseFluid::Constant {
        density_kg_m3,
        viscosity_pa_s,
        specific_heat_j_kgk,
    } = case.fluid
    {
        for value in [density_kg_m3, viscosity_pa_s, specific_heat_j_kgk] {
            found.positive("fluid", "constant property", value);
        }
    }
    found.finite("case", "ambient temperature", case.ambient_temperature.si());
    for pipe in &case.pipes {
        found.pipe(pipe, case.friction);
    }
    for consumer in &case.consumers {
        found.consumer(consumer);
    }
    found.sources(case);
    found.series(case);
    found.list
}

#[derive(Default)]
struct Found {
    list: Vec<Diagnostic>,
}

impl Found {
    fn add(&mut self, subject: &str, what: &str, seen: String, allowed: &str) {
        let message = format!("{subject} cannot be simulated: {what}");
        let mut diagnostic = Diagnostic::error(CODE, message)
            .about(subject)
            .allowed(allowed);
        if !seen.is_empty() {
            diagnostic = diagnostic.seen(seen);
        }
        self.list.push(diagnostic);
    }

    fn positive(&mut self, subject: &str, what: &str, value: f64) {
        if !(value > 0.0 && value.is_finite()) {
            self.add(subject, what, value.to_string(), "a positive number");
        }
    }

    fn finite(&mut self, subject: &str, what: &str, value: f64) {
        if !value.is_finite() {
            self.add(subject, what, value.to_string(), "a number");
        }
    }

    fn not_negative(&mut self, subject: &str, what: &str, value: f64) {
        if !(value >= 0.0 && value.is_finite()) {
            self.add(subject, what, value.to_string(), "0 or more");
        }
    }

    fn ends(&mut self, case: &NetworkCase) {
        let mut pairs: Vec<(&str, usize, usize)> = Vec::new();
        pairs.extend(case.pipes.iter().map(|p| (p.id.as_str(), p.from, p.to)));
        pairs.extend(case.valves.iter().map(|v| (v.id.as_str(), v.from, v.to)));
        pairs.extend(case.pumps.iter().map(|p| (p.id.as_str(), p.from, p.to)));
        let consumers = case.consumers.iter();
        pairs.extend(consumers.map(|c| (c.id.as_str(), c.supply_node, c.return_node)));
        let sources = case.sources.iter();
        pairs.extend(sources.map(|s| (s.id.as_str(), s.supply_node, s.return_node)));
        let nodes = case.nodes.len();
        for (id, from, to) in pairs {
            if from == to {
                self.add(id, "both ends are one node", from.to_string(), "two nodes");
            }
            self.node(id, from.max(to), nodes);
        }
        for fixed in &case.pressures {
            self.node(&fixed.id, fixed.node, nodes);
        }
        for taking in &case.takings {
            self.node(&taking.id, taking.node, nodes);
        }
        for valve in &case.valves {
            if let ValveKind::PressureControl { node, .. } = valve.kind {
                self.node(&valve.id, node, nodes);
            }
        }
        for pipe in &case.pipes {
            if let Some((neighbour, _)) = pipe.neighbour
                && neighbour >= case.pipes.len()
            {
                let allowed = format!("0 to {}", case.pipes.len().saturating_sub(1));
                self.add(
                    &pipe.id,
                    "its neighbour is no pipe",
                    neighbour.to_string(),
                    &allowed,
                );
            }
        }
    }

    fn node(&mut self, id: &str, node: usize, nodes: usize) {
        if node >= nodes {
            let allowed = format!("one of {nodes} nodes");
            self.add(
                id,
                "it ends at a node that does not exist",
                node.to_string(),
                &allowed,
            );
        }
    }

    fn pipe(&mut self, pipe: &CasePipe, friction: FrictionLaw) {
        let id = &pipe.id;
        self.positive(id, "length", pipe.length.si());
        self.positive(id, "inner diameter", pipe.inner_diameter.si());
        self.not_negative(id, "minor loss", pipe.minor_loss);
        self.not_negative(id, "heat loss", pipe.loss.si());
        if friction == FrictionLaw::HazenWilliams {
            self.positive(
                id,
                "coefficient of Hazen and Williams",
                pipe.hazen_williams.unwrap_or(0.0),
            );
        } else {
            self.not_negative(id, "roughness", pipe.roughness.si());
        }
    }

    fn consumer(&mut self, consumer: &CaseConsumer) {
        let id = &consumer.id;
        let mut needs = |is_there: bool, what: &str| {
            if !is_there {
                let message = format!("its mode needs {what}");
                self.add(id, &message, "nothing".to_owned(), what);
            }
        };
        let (heat, flow) = (consumer.heat.is_some(), consumer.mass_flow.is_some());
        let (back, cooling) = (
            consumer.return_temperature.is_some(),
            consumer.cooling_k.is_some(),
        );
        match consumer.mode {
            ConsumerMode::HeatReturn => {
                needs(heat, "a heat");
                needs(back, "a return temperature");
            }
            ConsumerMode::HeatCooling => {
                needs(heat, "a heat");
                needs(cooling, "a cooling");
            }
            ConsumerMode::HeatFlow => {
                needs(heat, "a heat");
                needs(flow || throttles_itself(consumer).is_some(), "a flow");
            }
            ConsumerMode::FlowCooling => {
                needs(flow, "a flow");
                needs(cooling, "a cooling");
            }
            ConsumerMode::ReturnFlow => {
                needs(flow, "a flow");
                needs(back, "a return temperature");
            }
            ConsumerMode::Substation {
                conductance_w_k, ..
            } => {
                needs(heat, "a heat");
                self.positive(id, "conductance of the exchanger", conductance_w_k);
            }
        }
        self.not_negative(id, "least flow", consumer.min_mass_flow.si());
        for value in [
            consumer.heat.map_or(0.0, HeatPower::si),
            consumer.mass_flow.map_or(0.0, MassFlow::si),
            consumer.return_temperature.map_or(0.0, Temperature::si),
            consumer.cooling_k.unwrap_or(0.0),
        ] {
            self.finite(id, "one of its numbers", value);
        }
    }

    fn sources(&mut self, case: &NetworkCase) {
        let mut holder: Vec<Option<&str>> = vec![None; case.nodes.len()];
        let mut hold = |found: &mut Self, id, node: usize| {
            if let Some(other) = holder[node].replace(id) {
                let message = format!(
                    "{other} gives the pressure of node {} already",
                    case.nodes[node].id
                );
                found.add(
                    id,
                    &message,
                    String::new(),
                    "one element that gives a pressure per node",
                );
            }
        };
        for source in &case.sources {
            self.finite(
                &source.id,
                "supply temperature",
                source.supply_temperature.si(),
            );
            match source.kind {
                SourceKind::Pressure {
                    supply,
                    difference: other,
                }
                | SourceKind::WorstPoint {
                    supply,
                    least: other,
                } => {
                    self.finite(&source.id, "pressure", supply.si() + other.si());
                    hold(self, source.id.as_str(), source.supply_node);
                    hold(self, source.id.as_str(), source.return_node);
                }
                SourceKind::MassFlow(m) => self.finite(&source.id, "flow", m.si()),
                SourceKind::Heat(q) | SourceKind::ReturnLift(q) => {
                    self.not_negative(&source.id, "heat", q.si());
                }
                SourceKind::HeatAndFlow(q, m) => {
                    self.finite(&source.id, "heat", q.si());
                    self.finite(&source.id, "flow", m.si());
                }
            }
        }
        for fixed in &case.pressures {
            if let Some(p) = fixed.pressure {
                self.finite(&fixed.id, "pressure", p.si());
                hold(self, fixed.id.as_str(), fixed.node);
            }
        }
        for taking in &case.takings {
            self.finite(&taking.id, "flow", taking.mass_flow.si());
        }
    }

    fn series(&mut self, case: &NetworkCase) {
        use SeriesTarget as T;
        for series in &case.series {
            let (kind, index, count) = match series.target {
                T::SourceTemperature(i)
                | T::SourceFlow(i)
                | T::SourceHeat(i)
                | T::SourcePressure(i)
                | T::SourceDifference(i) => ("source", i, case.sources.len()),
                T::ConsumerHeat(i)
                | T::ConsumerFlow(i)
                | T::ConsumerReturn(i)
                | T::ConsumerCooling(i) => ("consumer", i, case.consumers.len()),
                T::Ambient => ("case", 0, 1),
            };
            let subject = format!("series of {kind} {index}");
            if index >= count {
                self.add(
                    &subject,
                    "there is no such element",
                    index.to_string(),
                    "an element of the case",
                );
            }
            if series.values.len() != case.times.len() {
                let allowed = format!("{} values, one per time", case.times.len());
                self.add(
                    &subject,
                    "its length",
                    series.values.len().to_string(),
                    &allowed,
                );
            }
            for value in series.values.iter().flatten() {
                self.finite(&subject, "a value", *value);
            }
        }
    }
}
