//! A pandapipes network as a case.

use super::fluid;
use super::frame::{Frame, Row, content, number, numbers};
use crate::fields::{
    DIAMETER_MM, FLOW_KG_S, HEAT_W, HEIGHT_M, NUMBER, POSITIVE, PRESSURE_BAR, ROUGHNESS_MM, Range,
    TEMPERATURE_K, ZETA,
};
use crate::findings::Findings;
use crate::json::Json;
use hukka_model::network_case::{
    AirPressure, CaseConsumer, CaseNode, CasePipe, CasePump, CaseSource, CaseValve, ConsumerMode,
    FixedPressure, FrictionLaw, NetworkCase, PumpKind, SourceKind, Taking, ValveKind,
};
use hukka_units::{HeatPower, Length, LinearLossCoefficient, MassFlow, Pressure, Temperature};
use std::collections::{HashMap, HashSet};
use std::f64::consts::PI;

const LENGTH_KM: Range = Range::new(0.0, 1e4, "0 to 10,000 km");
/// pandapipes' own default.
const AMBIENT_K: f64 = 293.15;

/// Temperature of pandapipes' normal state.
const NORMAL_K: f64 = 273.15;

/// Tables read; others that hold rows are reported.
const TABLES: [&str; 16] = [
    "junction",
    "junction_geodata",
    "pipe",
    "pipe_geodata",
    "valve",
    "pump",
    "sink",
    "source",
    "flow_control",
    "press_control",
    "mass_storage",
    "heat_consumer",
    "heat_exchanger",
    "circ_pump_mass",
    "circ_pump_pressure",
    "ext_grid",
];

/// Names of a group of elements that become one kind.
#[derive(Default)]
struct Ids(HashSet<String>);

impl Ids {
    /// The row's id, with its table before it if taken.
    fn take(&mut self, row: Row<'_, '_>) -> String {
        let id = row.id();
        if self.0.insert(id.clone()) {
            return id;
        }
        let longer = row.subject();
        self.0.insert(longer.clone());
        longer
    }
}

struct Net<'j, 'a, 'f> {
    tables: &'j Json<'a>,
    found: &'f mut Findings,
    junctions: HashMap<String, usize>,
    is_out: Vec<bool>,
    case: NetworkCase,
}

/// Reads a network; `None` after a finding if it holds no tables.
pub(in crate::network) fn read(json: &Json<'_>, found: &mut Findings) -> Option<NetworkCase> {
    let Some(net) = json.get("_object").filter(|net| net.map().is_some()) else {
        found.unreadable("a pandapipes network", "`_object` is missing or no object");
        return None;
    };
    let name = net
        .get("name")
        .and_then(Json::text)
        .filter(|name| !name.is_empty());
    let case = NetworkCase {
        name: name.unwrap_or("network").to_owned(),
        ambient_temperature: Temperature::from_k(AMBIENT_K),
        friction: FrictionLaw::Nikuradse,
        air: AirPressure::ByHeight,
        fluid: fluid::read(net, found),
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
    let mut this = Net {
        tables: net,
        found,
        junctions: HashMap::new(),
        is_out: Vec::new(),
        case,
    };
    this.options();
    this.read_junctions();
    this.pipes();
    this.valves();
    this.controls();
    this.pumps();
    this.grids();
    this.circulation_pumps();
    this.give_each_level_once();
    this.takings();
    this.heat_consumers();
    this.heat_exchangers();
    this.report_others();
    Some(this.case)
}

impl<'j> Net<'j, '_, '_> {
    fn frame(&mut self, name: &'static str) -> Frame<'j> {
        Frame::read(self.tables, name, self.found)
    }

    /// Options of the last run in pandapipes, where the file has them.
    fn options(&mut self) {
        let option = |key: &str| self.tables.get("user_pf_options").and_then(|o| o.get(key));
        match option("friction_model").and_then(Json::text) {
            Some("nikuradse") => {}
            Some("colebrook") => self.case.friction = FrictionLaw::Colebrook,
            Some("swamee-jain") => self.case.friction = FrictionLaw::SwameeJain,
            Some(other) => {
                let allowed = "nikuradse, colebrook or swamee-jain";
                self.found
                    .wrong("user_pf_options", "friction_model", other, allowed);
            }
            None => self.found.assume(
                "the network",
                "`friction_model`",
                "nikuradse, as pandapipes does",
                "",
            ),
        }
        match option("ambient_temperature").and_then(number) {
            Some(kelvin) if TEMPERATURE_K.holds(kelvin) => {
                self.case.ambient_temperature = Temperature::from_k(kelvin);
            }
            _ => self.found.assume(
                "the network",
                "ambient temperature",
                "293.15 K, as pandapipes does",
                "",
            ),
        }
    }

    fn read_junctions(&mut self) {
        let frame = self.frame("junction");
        let geodata = self.frame("junction_geodata");
        let places: HashMap<String, (f64, f64)> = geodata
            .rows()
            .filter_map(|row| {
                let x = row.value(&["x"]).and_then(number)?;
                let y = row.value(&["y"]).and_then(number)?;
                Some((row.index().to_owned(), (x, y)))
            })
            .collect();
        for row in frame.rows() {
            let index = self.case.nodes.len();
            if self
                .junctions
                .insert(row.index().to_owned(), index)
                .is_some()
            {
                self.found.twice("junction", row.index());
            }
            let height = row.number(self.found, &["height_m"], HEIGHT_M);
            let start = row.number(self.found, &["tfluid_k"], TEMPERATURE_K);
            self.is_out.push(!row.is("in_service"));
            self.case.nodes.push(CaseNode {
                id: row.id(),
                place: places.get(row.index()).copied(),
                height: Length::from_m(height.unwrap_or(0.0)),
                initial_temperature: start.map(Temperature::from_k),
                ..CaseNode::default()
            });
        }
    }

    /// The node a row refers to.
    fn node(&mut self, row: Row<'_, '_>, keys: &[&str]) -> usize {
        let Some(label) = row.label(keys) else {
            self.found.missing(&row.subject(), keys[0]);
            return 0;
        };
        self.junctions.get(&label).copied().unwrap_or_else(|| {
            self.found.unknown_name(&row.subject(), keys[0], &label);
            0
        })
    }

    /// Whether the row takes part; one that does not is told.
    fn serves(&mut self, row: Row<'_, '_>) -> bool {
        let serves = row.is("in_service");
        if !serves {
            let table = row.subject();
            let kind = table.split(' ').next().unwrap_or_default();
            self.found.unused(
                &format!("{kind} out of service"),
                "`in_service` is false",
                &row.id(),
            );
        }
        serves
    }

    /// Whether a junction an element is at is out of service; told if so.
    fn is_cut(&mut self, row: Row<'_, '_>, nodes: &[usize]) -> bool {
        let is_cut = nodes
            .iter()
            .any(|node| self.is_out.get(*node) == Some(&true));
        if is_cut {
            self.found.unused(
                "an element at a junction out of service",
                "`in_service` of the junction is false",
                &row.subject(),
            );
        }
        is_cut
    }

    fn pipes(&mut self) {
        let frame = self.frame("pipe");
        let mut ids = Ids::default();
        for row in frame.rows() {
            let (from, to) = (
                self.node(row, &["from_junction"]),
                self.node(row, &["to_junction"]),
            );
            let is_closed = !self.serves(row) | self.is_cut(row, &[from, to]);
            let found = &mut *self.found;
            let inner_mm = bore_mm(row, found);
            let outer_mm = row.number(found, &["outer_diameter_mm"], DIAMETER_MM);
            let per_area = row.number(found, &["u_w_per_m2k", "alpha_w_per_m2k"], POSITIVE);
            let around = PI * outer_mm.unwrap_or(inner_mm) * 1e-3;
            let qext = row.number(found, &["qext_w"], NUMBER).unwrap_or(0.0);
            if qext.abs() > 0.0 {
                found.simplified(
                    "heat drawn straight from a pipe (`qext_w`) is left out",
                    &row.id(),
                );
            }
            self.case.pipes.push(CasePipe {
                id: ids.take(row),
                from,
                to,
                length: Length::from_m(row.need(found, &["length_km"], LENGTH_KM) * 1e3),
                inner_diameter: Length::from_mm(inner_mm),
                outer_diameter: outer_mm.map(Length::from_mm),
                roughness: Length::from_mm(row.need(found, &["k_mm"], ROUGHNESS_MM)),
                minor_loss: row
                    .number(found, &["loss_coefficient"], ZETA)
                    .unwrap_or(0.0),
                loss: LinearLossCoefficient::from_w_mk(per_area.unwrap_or(0.0) * around),
                ground_temperature: row
                    .number(found, &["text_k"], TEMPERATURE_K)
                    .map(Temperature::from_k),
                is_closed,
                ..CasePipe::default()
            });
        }
    }

    fn valves(&mut self) {
        let pipes = self.frame("pipe");
        let labels: HashMap<&str, usize> = pipes
            .rows()
            .enumerate()
            .map(|(at, row)| (row.index(), at))
            .collect();
        let frame = self.frame("valve");
        let mut ids = Ids::default();
        for row in frame.rows() {
            let zeta = row
                .number(self.found, &["loss_coefficient"], ZETA)
                .unwrap_or(0.0);
            let is_open = row.is("opened") && row.is("in_service");
            if row.text("et").is_some_and(|et| et == "pi") {
                self.valve_at_pipe(row, &labels, is_open, zeta);
                continue;
            }
            let from = self.node(row, &["junction", "from_junction"]);
            let to = self.node(row, &["element", "to_junction"]);
            if self.is_cut(row, &[from, to]) {
                continue;
            }
            self.case.valves.push(CaseValve {
                id: ids.take(row),
                from,
                to,
                diameter: Length::from_mm(bore_mm(row, self.found)),
                minor_loss: zeta,
                kind: if is_open {
                    ValveKind::Open
                } else {
                    ValveKind::Closed
                },
            });
        }
    }

    /// A valve at the end of a pipe shuts it, or adds its loss to it.
    fn valve_at_pipe(
        &mut self,
        row: Row<'_, '_>,
        labels: &HashMap<&str, usize>,
        is_open: bool,
        zeta: f64,
    ) {
        let label = row.label(&["element"]).unwrap_or_default();
        let Some(pipe) = labels
            .get(label.as_str())
            .and_then(|at| self.case.pipes.get_mut(*at))
        else {
            self.found.unknown_name(&row.subject(), "element", &label);
            return;
        };
        pipe.is_closed |= !is_open;
        if zeta > 0.0 {
            let bore = bore_mm(row, self.found) * 1e-3;
            // Same pressure drop, on the velocity head of the pipe.
            pipe.minor_loss += zeta * (pipe.inner_diameter.m() / bore).powi(4);
        }
        self.found.unused(
            "a valve at a pipe as an element of its own",
            "the pipe carries its state and loss",
            &row.id(),
        );
    }

    fn controls(&mut self) {
        let mut ids = Ids(self
            .case
            .valves
            .iter()
            .map(|valve| valve.id.clone())
            .collect());
        for name in ["flow_control", "press_control"] {
            let frame = self.frame(name);
            for row in frame.rows() {
                let (from, to) = (
                    self.node(row, &["from_junction"]),
                    self.node(row, &["to_junction"]),
                );
                if !self.serves(row) || self.is_cut(row, &[from, to]) {
                    continue;
                }
                let kind = if !row.is("control_active") {
                    ValveKind::Open
                } else if name == "flow_control" {
                    let flow = row.need(self.found, &["controlled_mdot_kg_per_s"], FLOW_KG_S);
                    ValveKind::FlowControl(MassFlow::from_kg_s(flow))
                } else {
                    let bar = row.need(self.found, &["controlled_p_bar"], PRESSURE_BAR);
                    ValveKind::PressureControl {
                        node: self.node(row, &["controlled_junction"]),
                        pressure: Pressure::from_bar(bar),
                    }
                };
                let bore = row.number(self.found, &["inner_diameter_mm"], DIAMETER_MM);
                self.case.valves.push(CaseValve {
                    id: ids.take(row),
                    from,
                    to,
                    diameter: Length::from_mm(bore.unwrap_or(100.0)),
                    minor_loss: row
                        .number(self.found, &["loss_coefficient"], ZETA)
                        .unwrap_or(0.0),
                    kind,
                });
            }
        }
    }

    fn pumps(&mut self) {
        let frame = self.frame("pump");
        let mut ids = Ids::default();
        for row in frame.rows() {
            let (from, to) = (
                self.node(row, &["from_junction"]),
                self.node(row, &["to_junction"]),
            );
            if !self.serves(row) || self.is_cut(row, &[from, to]) {
                continue;
            }
            let kind = self.pump_kind(row);
            self.case.pumps.push(CasePump {
                id: ids.take(row),
                from,
                to,
                kind,
                speed: 1.0,
                // The volume is that of the water at 273.15 K, whatever its temperature.
                curve_density: fluid::density(&self.case.fluid, NORMAL_K),
                efficiency: None,
                is_off: false,
            });
        }
    }

    /// A pump's standard type: bar as a polynomial of m³/h, highest power first.
    fn pump_kind(&mut self, row: Row<'_, '_>) -> PumpKind {
        let name = row.text("std_type").unwrap_or_default();
        let types = ["std_types", "std_type"]
            .into_iter()
            .find_map(|key| self.tables.get(key));
        let terms = types
            .and_then(|types| types.get("pump")?.get(name))
            .and_then(content)
            .and_then(|pump| numbers(pump.get("reg_par")?))
            .filter(|terms| !terms.is_empty() && terms.len() <= 12);
        let Some(terms) = terms else {
            self.found.unknown_name(&row.subject(), "std_type", name);
            return PumpKind::Lift(Pressure::ZERO);
        };
        let per_hour: f64 = 3600.0;
        let in_si = terms.iter().rev().enumerate();
        PumpKind::Polynomial(
            in_si
                .map(|(power, term)| term * 1e5 * per_hour.powi(power as i32))
                .collect(),
        )
    }

    fn grids(&mut self) {
        let frame = self.frame("ext_grid");
        let mut ids = Ids::default();
        for row in frame.rows() {
            let node = self.node(row, &["junction"]);
            if !self.serves(row) || self.is_cut(row, &[node]) {
                continue;
            }
            let kind = row.text("type").unwrap_or("pt");
            let bar = row.number(self.found, &["p_bar"], PRESSURE_BAR);
            let kelvin = row.number(self.found, &["t_k"], TEMPERATURE_K);
            self.case.pressures.push(FixedPressure {
                id: ids.take(row),
                node,
                pressure: bar.filter(|_| kind.contains('p')).map(Pressure::from_bar),
                // A grid that gives only the pressure still needs a temperature where water enters.
                temperature: kelvin.map(Temperature::from_k),
            });
        }
    }

    fn circulation_pumps(&mut self) {
        let mut ids = Ids::default();
        let mut levels = Ids(self.case.pressures.iter().map(|p| p.id.clone()).collect());
        for name in ["circ_pump_pressure", "circ_pump_mass"] {
            let frame = self.frame(name);
            for row in frame.rows() {
                let return_node = self.node(row, &["return_junction", "from_junction"]);
                let supply_node = self.node(row, &["flow_junction", "to_junction"]);
                if !self.serves(row) || self.is_cut(row, &[return_node, supply_node]) {
                    continue;
                }
                let found = &mut *self.found;
                let kelvin = row.need(found, &["t_flow_k", "t_k"], TEMPERATURE_K);
                let supply_temperature = Temperature::from_k(kelvin);
                let bar = row.need(found, &["p_flow_bar", "p_bar"], PRESSURE_BAR);
                let supply = Pressure::from_bar(bar);
                let kind = if name == "circ_pump_pressure" {
                    let lift = row.need(found, &["plift_bar"], PRESSURE_BAR);
                    SourceKind::Pressure {
                        supply,
                        difference: Pressure::from_bar(lift),
                    }
                } else {
                    // It holds a pressure too: what its flow leaves over enters there.
                    self.case.pressures.push(FixedPressure {
                        id: levels.take(row),
                        node: supply_node,
                        pressure: Some(supply),
                        temperature: Some(supply_temperature),
                    });
                    let keys = ["mdot_flow_kg_per_s", "mdot_kg_per_s"];
                    SourceKind::MassFlow(MassFlow::from_kg_s(row.need(found, &keys, FLOW_KG_S)))
                };
                self.case.sources.push(CaseSource {
                    id: ids.take(row),
                    supply_node,
                    return_node,
                    supply_temperature,
                    kind,
                });
            }
        }
    }

    /// A pressure that several elements give alike at one junction is given once.
    fn give_each_level_once(&mut self) {
        let mut given: HashMap<usize, f64> = HashMap::new();
        for source in &self.case.sources {
            if let SourceKind::Pressure { supply, difference } = source.kind {
                given.insert(source.supply_node, supply.pa());
                given.insert(source.return_node, (supply - difference).pa());
            }
        }
        let found = &mut *self.found;
        self.case.pressures.retain(|level| {
            let Some(pressure) = level.pressure else {
                return true;
            };
            match given.get(&level.node) {
                // A difference of a pascal is one of rounding.
                Some(other) if (other - pressure.pa()).abs() < 1.0 => {
                    let why = "another element gives the same pressure there";
                    found.unused("an element of given pressure", why, &level.id);
                    false
                }
                Some(_) => true,
                None => {
                    given.insert(level.node, pressure.pa());
                    true
                }
            }
        });
    }

    fn takings(&mut self) {
        let mut ids = Ids::default();
        for (name, sign) in [("sink", 1.0), ("source", -1.0), ("mass_storage", 1.0)] {
            let frame = self.frame(name);
            for row in frame.rows() {
                let node = self.node(row, &["junction"]);
                if !self.serves(row) || self.is_cut(row, &[node]) {
                    continue;
                }
                let found = &mut *self.found;
                let flow = row.need(found, &["mdot_kg_per_s"], FLOW_KG_S);
                let scaling = row.number(found, &["scaling"], NUMBER).unwrap_or(1.0);
                if name == "mass_storage" {
                    found.simplified(
                        "a store of mass takes its stated flow, whatever it holds",
                        &row.id(),
                    );
                }
                self.case.takings.push(Taking {
                    id: ids.take(row),
                    node,
                    mass_flow: MassFlow::from_kg_s(sign * flow * scaling),
                    temperature: None,
                });
            }
        }
    }

    fn heat_consumers(&mut self) {
        let frame = self.frame("heat_consumer");
        let mut ids = Ids::default();
        for row in frame.rows() {
            let (supply_node, return_node) = (
                self.node(row, &["from_junction"]),
                self.node(row, &["to_junction"]),
            );
            if !self.serves(row) || self.is_cut(row, &[supply_node, return_node]) {
                continue;
            }
            let found = &mut *self.found;
            let heat = row.number(found, &["qext_w"], HEAT_W);
            let flow = row.number(found, &["controlled_mdot_kg_per_s"], FLOW_KG_S);
            let cooling_k = row.number(found, &["deltat_k"], NUMBER);
            let back = row.number(found, &["treturn_k"], TEMPERATURE_K);
            let mode = match (heat, flow, back, cooling_k) {
                (Some(_), None, Some(_), None) => Some(ConsumerMode::HeatReturn),
                (Some(_), Some(_), None, None) => Some(ConsumerMode::HeatFlow),
                (Some(_), None, None, Some(_)) => Some(ConsumerMode::HeatCooling),
                (None, Some(_), Some(_), None) => Some(ConsumerMode::ReturnFlow),
                (None, Some(_), None, Some(_)) => Some(ConsumerMode::FlowCooling),
                _ => None,
            };
            let Some(mode) = mode else {
                let allowed =
                    "exactly two of qext_w, controlled_mdot_kg_per_s, deltat_k and treturn_k";
                found.wrong(
                    &row.subject(),
                    "its settings",
                    "more or fewer than two",
                    allowed,
                );
                continue;
            };
            self.case.consumers.push(CaseConsumer {
                id: ids.take(row),
                supply_node,
                return_node,
                heat: heat.map(HeatPower::from_w),
                mass_flow: flow.map(MassFlow::from_kg_s),
                return_temperature: back.map(Temperature::from_k),
                cooling_k,
                mode,
                min_mass_flow: MassFlow::ZERO,
                resistance: None,
            });
        }
    }

    /// A heat exchanger takes heat from whatever flows through it.
    fn heat_exchangers(&mut self) {
        let frame = self.frame("heat_exchanger");
        let mut ids = Ids(self.case.consumers.iter().map(|c| c.id.clone()).collect());
        for row in frame.rows() {
            let (supply_node, return_node) = (
                self.node(row, &["from_junction"]),
                self.node(row, &["to_junction"]),
            );
            if !self.serves(row) || self.is_cut(row, &[supply_node, return_node]) {
                continue;
            }
            let found = &mut *self.found;
            let zeta = row
                .number(found, &["loss_coefficient"], ZETA)
                .unwrap_or(0.0);
            let bore = Length::from_mm(bore_mm(row, found));
            self.case.consumers.push(CaseConsumer {
                id: ids.take(row),
                supply_node,
                return_node,
                heat: Some(HeatPower::from_w(row.need(found, &["qext_w"], HEAT_W))),
                mass_flow: None,
                return_temperature: None,
                cooling_k: None,
                mode: ConsumerMode::HeatFlow,
                min_mass_flow: MassFlow::ZERO,
                resistance: Some((bore, zeta)),
            });
        }
    }

    /// Tables with rows that nothing above reads.
    fn report_others(&mut self) {
        const WORDS: [&str; 4] = ["component_list", "std_types", "std_type", "controller"];
        for (key, value) in self.tables.map().into_iter().flatten() {
            let is_known = TABLES.contains(&key.as_ref()) || WORDS.contains(&key.as_ref());
            if is_known || key.starts_with("res_") || !is_filled(value) {
                continue;
            }
            self.found
                .unknown(&format!("table `{}`", crate::findings::short(key)), "");
        }
        if self.tables.get("controller").is_some_and(is_filled) {
            self.found.unused(
                "table `controller`",
                "controllers of time series are not run",
                "",
            );
        }
        let old = self.frame("pipe");
        if old.columns().iter().any(|column| column == "sections") {
            self.found.unused(
                "`sections` of pipe",
                "temperature along a pipe is solved exactly",
                "",
            );
        }
    }
}

/// Whether a table has rows.
fn is_filled(value: &Json<'_>) -> bool {
    value.get("_class").and_then(Json::text) == Some("DataFrame")
        && content(value)
            .and_then(|table| Some(!table.get("data")?.list()?.is_empty()))
            .unwrap_or(false)
}

/// Inner diameter in mm, from either encoding.
fn bore_mm(row: Row<'_, '_>, found: &mut Findings) -> f64 {
    if row.value(&["inner_diameter_mm"]).is_none() && row.value(&["diameter_m"]).is_some() {
        let range = Range::new(1e-4, 50.0, "0.1 mm to 50 m");
        return row.need(found, &["diameter_m"], range) * 1e3;
    }
    row.need(found, &["inner_diameter_mm"], DIAMETER_MM)
}
