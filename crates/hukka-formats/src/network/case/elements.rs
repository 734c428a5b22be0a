//! Pipes, valves, pumps, plants and consumers of a case.

use crate::fields::{
    DIAMETER_M, FLOW_KG_S, Fields, HEAT_W, LENGTH_M, LOSS_W_MK, NUMBER, POSITIVE, PRESSURE_BAR,
    ROUGHNESS_MM, Range, TEMPERATURE_K, ZETA,
};
use crate::findings::Findings;
use crate::json::{Json, Members};
use crate::network::build::{Nodes, Once};
use hukka_model::catalogue::PipeType;
use hukka_model::network_case::{
    CaseConsumer, CasePipe, CasePump, CaseSource, CaseValve, ConsumerMode, FixedPressure, PumpKind,
    SourceKind, Taking, ValveKind,
};
use hukka_units::{HeatPower, Length, LinearLossCoefficient, MassFlow, Pressure, Temperature};

/// Reads elements against the nodes of the case.
pub(super) struct Elements<'n, 'f> {
    names: &'n Nodes,
    pub(super) found: &'f mut Findings,
}

/// The id a map states, for messages; empty if none.
pub(super) fn id_of<'j>(members: &'j Members<'_>) -> &'j str {
    members
        .iter()
        .find(|(key, _)| key == "id")
        .and_then(|(_, value)| value.text())
        .unwrap_or("")
}

/// The id of an element, which must be a text that is not empty.
pub(super) fn take_id(fields: &Fields<'_, '_>, index: usize, found: &mut Findings) -> String {
    match fields.get("id") {
        Some(Json::Text(id)) if !id.is_empty() => id.to_string(),
        Some(Json::Number(number)) => number.to_string(),
        _ => {
            let subject = format!("{}number {}", fields.subject(), index + 1);
            found.missing(&subject, "id");
            format!("#{}", index + 1)
        }
    }
}

impl<'n, 'f> Elements<'n, 'f> {
    pub(super) fn new(names: &'n Nodes, found: &'f mut Findings) -> Self {
        Self { names, found }
    }

    fn node(&mut self, fields: &Fields<'_, '_>, key: &str) -> usize {
        match fields.get(key) {
            Some(Json::Text(id)) => self.names.need(id, &fields.subject(), key, self.found),
            Some(Json::Number(number)) => {
                let id = number.to_string();
                self.names.need(&id, &fields.subject(), key, self.found)
            }
            Some(other) => {
                let seen = other.shown();
                self.found
                    .wrong(&fields.subject(), key, &seen, "the id of a node");
                0
            }
            None => {
                self.found.missing(&fields.subject(), key);
                0
            }
        }
    }

    /// Reads every element of a kind, checking that names are used once.
    fn each<T>(
        &mut self,
        kind: &'static str,
        lists: &[&Members<'_>],
        read: impl Fn(&mut Self, &Fields<'_, '_>, String) -> T,
    ) -> Vec<T> {
        let mut once = Once::default();
        let mut out = Vec::with_capacity(lists.len());
        for (index, members) in lists.iter().enumerate() {
            let fields = Fields::of(kind, id_of(members), members);
            let id = take_id(&fields, index, self.found);
            once.check(kind, &id, self.found);
            out.push(read(self, &fields, id));
            fields.report_unknown(self.found);
        }
        out
    }

    pub(super) fn pipes(&mut self, lists: Vec<&Members<'_>>) -> Vec<CasePipe> {
        let mut pipes = self.each("pipe", &lists, Self::pipe);
        self.neighbours(&lists, &mut pipes);
        pipes
    }

    fn pipe(&mut self, fields: &Fields<'_, '_>, id: String) -> CasePipe {
        fields.pass_over(&["neighbour", "dn"]);
        let (from, to) = (self.node(fields, "from"), self.node(fields, "to"));
        let found = &mut *self.found;
        let size = catalogue_size(fields, found);
        let inner = match size {
            Some(size) if fields.get("inner_diameter_m").is_none() => {
                let text = format!("that of DN {}", size.dn);
                found.assume("pipe", "`inner_diameter_m`", &text, &id);
                size.inner_diameter.m()
            }
            _ => fields.need(found, "inner_diameter_m", DIAMETER_M),
        };
        let outer = fields.number(found, "outer_diameter_m", DIAMETER_M);
        let metre = |value| Length::from_m(value);
        CasePipe {
            from,
            to,
            length: metre(fields.need(found, "length_m", LENGTH_M)),
            inner_diameter: metre(inner),
            outer_diameter: outer.map(metre),
            roughness: Length::from_mm(fields.number_or(found, "roughness_mm", ROUGHNESS_MM, 0.1)),
            hazen_williams: fields.number(
                found,
                "hazen_williams_c",
                Range::new(1.0, 1e4, "1 to 10,000"),
            ),
            minor_loss: fields.number(found, "zeta", ZETA).unwrap_or(0.0),
            loss: LinearLossCoefficient::from_w_mk(fields.number_or(
                found,
                "u_w_per_mk",
                LOSS_W_MK,
                0.0,
            )),
            ground_temperature: fields
                .number(found, "t_ground_k", TEMPERATURE_K)
                .map(Temperature::from_k),
            wall_heat_j_m3k: wall_heat(fields, found),
            neighbour: None,
            is_closed: fields.is(found, "closed"),
            is_non_return: fields.is(found, "non_return"),
            id,
        }
    }

    /// Pipes that share a trench name each other, so all must be known first.
    fn neighbours(&mut self, lists: &[&Members<'_>], pipes: &mut [CasePipe]) {
        for (index, members) in lists.iter().enumerate() {
            let fields = Fields::of("pipe", id_of(members), members);
            let Some(value) = fields.get("neighbour") else {
                continue;
            };
            let Some(map) = value.map() else {
                let seen = value.shown();
                let allowed = "an object with `pipe` and `u_w_per_mk`";
                self.found
                    .wrong(&fields.subject(), "neighbour", &seen, allowed);
                continue;
            };
            let inner = Fields::of("pipe", fields.id(), map);
            let name = inner.text(self.found, "pipe").unwrap_or_default();
            let coupling = inner.need(self.found, "u_w_per_mk", LOSS_W_MK);
            match pipes.iter().position(|pipe| pipe.id == name) {
                Some(other) => {
                    pipes[index].neighbour =
                        Some((other, LinearLossCoefficient::from_w_mk(coupling)));
                }
                None => self
                    .found
                    .unknown_name(&fields.subject(), "neighbour", name),
            }
        }
    }

    pub(super) fn valves(&mut self, lists: Vec<&Members<'_>>) -> Vec<CaseValve> {
        self.each("valve", &lists, |this, fields, id| CaseValve {
            id,
            from: this.node(fields, "from"),
            to: this.node(fields, "to"),
            diameter: Length::from_m(fields.need(this.found, "diameter_m", DIAMETER_M)),
            minor_loss: fields.number(this.found, "zeta", ZETA).unwrap_or(0.0),
            kind: this.valve_kind(fields),
        })
    }

    fn valve_kind(&mut self, fields: &Fields<'_, '_>) -> ValveKind {
        let kind = fields.text(self.found, "type").unwrap_or("open");
        let mut bar = |key| Pressure::from_bar(fields.need(self.found, key, PRESSURE_BAR));
        match kind {
            "open" => ValveKind::Open,
            "closed" => ValveKind::Closed,
            "non_return" => ValveKind::NonReturn,
            "pressure_reducing" => ValveKind::PressureReducing(bar("p_bar")),
            "pressure_sustaining" => ValveKind::PressureSustaining(bar("p_bar")),
            "pressure_breaker" => ValveKind::PressureBreaker(bar("dp_bar")),
            "pressure_control" => {
                let pressure = bar("p_bar");
                ValveKind::PressureControl {
                    node: self.node(fields, "node"),
                    pressure,
                }
            }
            "throttle" => ValveKind::Throttle(fields.need(self.found, "throttle_zeta", ZETA)),
            "flow_limit" => ValveKind::FlowLimit(self.flow(fields)),
            "flow_control" => ValveKind::FlowControl(self.flow(fields)),
            "curve" => ValveKind::Curve(self.points(fields, "curve_m3_s_pa")),
            other => {
                let allowed = "open, closed, non_return, throttle, curve, pressure_reducing, \
                    pressure_sustaining, pressure_breaker, pressure_control, flow_limit, flow_control";
                self.found.wrong(&fields.subject(), "type", other, allowed);
                ValveKind::Open
            }
        }
    }

    fn flow(&mut self, fields: &Fields<'_, '_>) -> MassFlow {
        MassFlow::from_kg_s(fields.need(self.found, "mdot_kg_s", FLOW_KG_S))
    }

    /// Pairs of numbers, ascending in the first.
    fn points(&mut self, fields: &Fields<'_, '_>, key: &str) -> Vec<(f64, f64)> {
        let points = fields.get(key).and_then(super::fluid::pairs);
        let is_ascending =
            |points: &Vec<(f64, f64)>| points.windows(2).all(|pair| pair[0].0 < pair[1].0);
        match points {
            Some(points) if !points.is_empty() && is_ascending(&points) => points,
            _ => {
                let seen = fields
                    .get(key)
                    .map_or_else(|| "nothing".to_owned(), Json::shown);
                let allowed = "pairs [flow, pressure] with rising flow";
                self.found.wrong(&fields.subject(), key, &seen, allowed);
                vec![(0.0, 0.0)]
            }
        }
    }

    pub(super) fn pumps(&mut self, lists: Vec<&Members<'_>>) -> Vec<CasePump> {
        let share = Range::new(1e-6, 1.0, "more than 0, at most 1");
        let density = Range::new(100.0, 5e3, "100 to 5,000");
        self.each("pump", &lists, |this, fields, id| CasePump {
            id,
            from: this.node(fields, "from"),
            to: this.node(fields, "to"),
            kind: this.pump_kind(fields),
            speed: fields.number(this.found, "speed", POSITIVE).unwrap_or(1.0),
            curve_density: fields.number(this.found, "curve_density_kg_m3", density),
            efficiency: fields.number(this.found, "efficiency", share),
            is_off: fields.is(this.found, "off"),
        })
    }

    fn pump_kind(&mut self, fields: &Fields<'_, '_>) -> PumpKind {
        let found = &mut *self.found;
        match fields.text(found, "type").unwrap_or("lift") {
            "lift" => PumpKind::Lift(Pressure::from_bar(fields.need(
                found,
                "lift_bar",
                PRESSURE_BAR,
            ))),
            "power_law" => PumpKind::Power {
                shut_off_pa: fields.need(found, "shut_off_pa", POSITIVE),
                coefficient: fields.need(found, "coefficient", POSITIVE),
                exponent: fields.need(found, "exponent", Range::new(0.01, 20.0, "0.01 to 20")),
            },
            "hydraulic_power" => PumpKind::HydraulicPower(fields.need(found, "power_w", POSITIVE)),
            "curve" => PumpKind::Curve(self.points(fields, "curve_m3_s_pa")),
            "polynomial" => {
                let values = fields
                    .get("coefficients_pa")
                    .and_then(Json::list)
                    .unwrap_or(&[]);
                let numbers: Vec<f64> = values.iter().filter_map(Json::number).collect();
                if numbers.is_empty() || numbers.len() != values.len() {
                    found.wrong(
                        &fields.subject(),
                        "coefficients_pa",
                        "this",
                        "a list of numbers",
                    );
                }
                PumpKind::Polynomial(numbers)
            }
            other => {
                let allowed = "lift, curve, power_law, polynomial, hydraulic_power";
                found.wrong(&fields.subject(), "type", other, allowed);
                PumpKind::Lift(Pressure::ZERO)
            }
        }
    }

    pub(super) fn pressures(&mut self, lists: Vec<&Members<'_>>) -> Vec<FixedPressure> {
        self.each("pressure", &lists, |this, fields, id| FixedPressure {
            id,
            node: this.node(fields, "node"),
            pressure: fields
                .number(this.found, "p_bar", PRESSURE_BAR)
                .map(Pressure::from_bar),
            temperature: fields
                .number(this.found, "t_k", TEMPERATURE_K)
                .map(Temperature::from_k),
        })
    }

    pub(super) fn takings(&mut self, lists: Vec<&Members<'_>>) -> Vec<Taking> {
        self.each("taking", &lists, |this, fields, id| Taking {
            id,
            node: this.node(fields, "node"),
            mass_flow: this.flow(fields),
            temperature: fields
                .number(this.found, "t_k", TEMPERATURE_K)
                .map(Temperature::from_k),
        })
    }

    pub(super) fn sources(&mut self, lists: Vec<&Members<'_>>) -> Vec<CaseSource> {
        self.each("source", &lists, |this, fields, id| CaseSource {
            id,
            supply_node: this.node(fields, "supply_node"),
            return_node: this.node(fields, "return_node"),
            supply_temperature: this.source_temperature(fields),
            kind: this.source_kind(fields),
        })
    }

    fn source_temperature(&mut self, fields: &Fields<'_, '_>) -> Temperature {
        let is_free = matches!(
            fields.get("type").and_then(Json::text),
            Some("heat_and_flow" | "return_lift")
        );
        let stated = fields.number(self.found, "t_supply_k", TEMPERATURE_K);
        if stated.is_none() && !is_free {
            self.found.missing(&fields.subject(), "t_supply_k");
        }
        Temperature::from_k(stated.unwrap_or(353.15))
    }

    fn source_kind(&mut self, fields: &Fields<'_, '_>) -> SourceKind {
        let found = &mut *self.found;
        let bar =
            |key, found: &mut Findings| Pressure::from_bar(fields.need(found, key, PRESSURE_BAR));
        let flow =
            |found: &mut Findings| MassFlow::from_kg_s(fields.need(found, "mdot_kg_s", FLOW_KG_S));
        let heat = |found: &mut Findings| HeatPower::from_w(fields.need(found, "q_w", HEAT_W));
        match fields.text(found, "type") {
            Some("pressure_slack") => SourceKind::Pressure {
                supply: bar("p_supply_bar", found),
                difference: bar("dp_bar", found),
            },
            Some("worst_point") => SourceKind::WorstPoint {
                supply: bar("p_supply_bar", found),
                least: bar("dp_least_bar", found),
            },
            Some("fixed_mass_flow") => SourceKind::MassFlow(flow(found)),
            Some("fixed_heat") => SourceKind::Heat(heat(found)),
            Some("heat_and_flow") => SourceKind::HeatAndFlow(heat(found), flow(found)),
            Some("return_lift") => SourceKind::ReturnLift(heat(found)),
            other => {
                let allowed = "pressure_slack, worst_point, fixed_mass_flow, fixed_heat, \
                    heat_and_flow, return_lift";
                found.wrong(
                    &fields.subject(),
                    "type",
                    other.unwrap_or("nothing"),
                    allowed,
                );
                SourceKind::MassFlow(MassFlow::ZERO)
            }
        }
    }

    pub(super) fn consumers(&mut self, lists: Vec<&Members<'_>>) -> Vec<CaseConsumer> {
        self.each("consumer", &lists, Self::consumer)
    }

    fn consumer(&mut self, fields: &Fields<'_, '_>, id: String) -> CaseConsumer {
        let (supply_node, return_node) = (
            self.node(fields, "supply_node"),
            self.node(fields, "return_node"),
        );
        let found = &mut *self.found;
        let heat = fields.number(found, "q_w", HEAT_W).map(HeatPower::from_w);
        let mass_flow = fields
            .number(found, "mdot_kg_s", FLOW_KG_S)
            .map(MassFlow::from_kg_s);
        let return_temperature = fields
            .number(found, "t_return_k", TEMPERATURE_K)
            .map(Temperature::from_k);
        let cooling_k = fields.number(found, "dt_k", Range::new(-500.0, 500.0, "−500 to 500 K"));
        let least = fields.number(found, "min_mdot_kg_s", FLOW_KG_S);
        let bore = fields.number(found, "diameter_m", DIAMETER_M);
        let zeta = fields.number(found, "zeta", ZETA);
        let mut consumer = CaseConsumer {
            id,
            supply_node,
            return_node,
            heat,
            mass_flow,
            return_temperature,
            cooling_k,
            mode: ConsumerMode::HeatReturn,
            min_mass_flow: MassFlow::from_kg_s(least.unwrap_or(0.0)),
            resistance: bore.map(|bore| (Length::from_m(bore), zeta.unwrap_or(0.0))),
        };
        consumer.mode = self.consumer_mode(fields, &consumer);
        self.check_mode(fields, &consumer);
        consumer
    }

    fn consumer_mode(&mut self, fields: &Fields<'_, '_>, consumer: &CaseConsumer) -> ConsumerMode {
        let Some(name) = fields.text(self.found, "mode") else {
            let mode = mode_of_values(consumer);
            let what = mode.map_or("q_treturn", mode_name);
            self.found.assume("consumer", "`mode`", what, &consumer.id);
            return mode.unwrap_or(ConsumerMode::HeatReturn);
        };
        if name == "substation" {
            let found = &mut *self.found;
            let mut kelvin = |key| Temperature::from_k(fields.need(found, key, TEMPERATURE_K));
            return ConsumerMode::Substation {
                secondary_supply: kelvin("t_secondary_supply_k"),
                secondary_return: kelvin("t_secondary_return_k"),
                conductance_w_k: fields.need(self.found, "conductance_w_k", POSITIVE),
            };
        }
        MODES.iter().find(|(known, _)| *known == name).map_or_else(
            || {
                let allowed = MODES.map(|(known, _)| known).join(", ") + ", substation";
                self.found.wrong(&fields.subject(), "mode", name, &allowed);
                ConsumerMode::HeatReturn
            },
            |(_, mode)| *mode,
        )
    }

    /// The values a mode needs are there.
    fn check_mode(&mut self, fields: &Fields<'_, '_>, consumer: &CaseConsumer) {
        let has = |key: &str| match key {
            "q_w" => consumer.heat.is_some(),
            "mdot_kg_s" => consumer.mass_flow.is_some(),
            "t_return_k" => consumer.return_temperature.is_some(),
            _ => consumer.cooling_k.is_some(),
        };
        let needed: &[&str] = match consumer.mode {
            ConsumerMode::HeatReturn => &["q_w", "t_return_k"],
            ConsumerMode::HeatCooling => &["q_w", "dt_k"],
            ConsumerMode::HeatFlow if consumer.resistance.is_some() => &["q_w"],
            ConsumerMode::HeatFlow => &["q_w", "mdot_kg_s"],
            ConsumerMode::FlowCooling => &["mdot_kg_s", "dt_k"],
            ConsumerMode::ReturnFlow => &["t_return_k", "mdot_kg_s"],
            ConsumerMode::Substation { .. } => &["q_w"],
        };
        for key in needed.iter().filter(|key| !has(key)) {
            // A value of the wrong kind was reported already.
            if fields.get(key).is_none() {
                self.found.missing(&fields.subject(), key);
            }
        }
        let cooling = consumer.cooling_k.unwrap_or(1.0);
        if consumer.mode == ConsumerMode::HeatCooling && cooling.abs() < 1e-9 {
            self.found
                .wrong(&fields.subject(), "dt_k", "0", "a cooling that is not zero");
        }
        if consumer.mode != ConsumerMode::HeatFlow {
            return;
        }
        let flow = consumer.mass_flow.map_or(1.0, |flow| flow.kg_s().abs());
        let heat = consumer.heat.map_or(0.0, |heat| heat.w().abs());
        // 4 GJ/kg would cool water by a million kelvin.
        if heat > flow * 4e9 {
            let seen = format!("{heat} W with {flow} kg/s");
            self.found.wrong(
                &fields.subject(),
                "q_w",
                &seen,
                "heat that the flow can carry",
            );
        }
    }
}

/// Modes of consumers by the name in the file.
const MODES: [(&str, ConsumerMode); 5] = [
    ("q_treturn", ConsumerMode::HeatReturn),
    ("q_dt", ConsumerMode::HeatCooling),
    ("q_mdot", ConsumerMode::HeatFlow),
    ("mdot_dt", ConsumerMode::FlowCooling),
    ("treturn_mdot", ConsumerMode::ReturnFlow),
];

/// Name of a mode in the file.
pub(super) fn mode_name(mode: ConsumerMode) -> &'static str {
    MODES
        .iter()
        .find(|(_, known)| *known == mode)
        .map_or("substation", |(name, _)| name)
}

/// The mode that the stated values allow.
fn mode_of_values(consumer: &CaseConsumer) -> Option<ConsumerMode> {
    let has = (
        consumer.heat.is_some(),
        consumer.mass_flow.is_some(),
        consumer.return_temperature.is_some(),
        consumer.cooling_k.is_some(),
    );
    match has {
        (true, false, true, _) => Some(ConsumerMode::HeatReturn),
        (true, true, _, _) => Some(ConsumerMode::HeatFlow),
        (true, false, false, true) => Some(ConsumerMode::HeatCooling),
        (false, true, true, _) => Some(ConsumerMode::ReturnFlow),
        (false, true, false, true) => Some(ConsumerMode::FlowCooling),
        _ => None,
    }
}

fn catalogue_size(fields: &Fields<'_, '_>, found: &mut Findings) -> Option<&'static PipeType> {
    let dn = fields.number(found, "dn", Range::new(0.0, 1e4, "a nominal diameter"))?;
    PipeType::by_dn(dn as u16)
}

/// Density times specific heat of the wall, stated as such or as both.
fn wall_heat(fields: &Fields<'_, '_>, found: &mut Findings) -> Option<f64> {
    let stated = fields.number(found, "wall_heat_j_m3k", POSITIVE);
    let density = fields.number(found, "wall_density_kg_m3", POSITIVE);
    let specific = fields.number(found, "wall_cp_j_kgk", POSITIVE);
    let product = density.zip(specific).map(|(density, cp)| density * cp);
    if product.is_none() && (density.is_some() || specific.is_some()) {
        let lacking = if density.is_some() {
            "wall_cp_j_kgk"
        } else {
            "wall_density_kg_m3"
        };
        found.missing(&fields.subject(), lacking);
    }
    let heat = stated.or(product);
    if heat.is_some() && fields.get("outer_diameter_m").is_none() {
        found.missing(&fields.subject(), "outer_diameter_m");
    }
    heat.filter(|heat| NUMBER.holds(*heat))
}
