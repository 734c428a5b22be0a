//! A network as an energy system, as far as ESDL has words for it.

use super::{ESDL, XSI};
use crate::findings::Findings;
use hukka_model::network_case::{
    CaseConsumer, CasePipe, CaseSource, CaseValve, NetworkCase, SourceKind, ValveKind,
};
use std::fmt::Write as _;

/// Carriers of the one heat network written.
const SUPPLY: &str = "carrier-supply";
const RETURN: &str = "carrier-return";
const WATT: &str = "unit-watt";

struct Writer<'c, 'f> {
    case: &'c NetworkCase,
    found: &'f mut Findings,
    /// Ports at each node: `(id, is an outlet of its asset)`.
    ports: Vec<Vec<(String, bool)>>,
    text: String,
}

/// A port of an asset to write.
struct Port {
    id: String,
    node: usize,
    is_out: bool,
    carrier: &'static str,
    profile: String,
}

/// The network as text.
pub(in crate::network) fn write(case: &NetworkCase, found: &mut Findings) -> String {
    let mut writer = Writer {
        case,
        found,
        ports: vec![Vec::new(); case.nodes.len()],
        text: String::new(),
    };
    writer.collect();
    writer.report();
    let temperature = |kelvin: Option<f64>| kelvin.map_or(0.0, |k| k - 273.15);
    let supply = case
        .sources
        .first()
        .map(|source| source.supply_temperature.k());
    let back = case
        .consumers
        .iter()
        .find_map(|c| Some(c.return_temperature?.k()));
    let _ = write!(
        writer.text,
        "<?xml version='1.0' encoding='UTF-8'?>\n<esdl:EnergySystem xmlns:xsi=\"{XSI}\" \
         xmlns:esdl=\"{ESDL}\" id=\"system\" name=\"{}\" version=\"1\">\n<energySystemInformation \
         xsi:type=\"esdl:EnergySystemInformation\" id=\"information\">\n<carriers \
         xsi:type=\"esdl:Carriers\" id=\"carriers\">\n<carrier xsi:type=\"esdl:HeatCommodity\" \
         id=\"{SUPPLY}\" name=\"supply\" supplyTemperature=\"{}\"/>\n<carrier \
         xsi:type=\"esdl:HeatCommodity\" id=\"{RETURN}\" name=\"return\" returnTemperature=\"{}\"/>\n\
         </carriers>\n<quantityAndUnits xsi:type=\"esdl:QuantityAndUnits\" id=\"units\">\n\
         <quantityAndUnit xsi:type=\"esdl:QuantityAndUnitType\" id=\"{WATT}\" \
         physicalQuantity=\"POWER\" unit=\"WATT\" description=\"Power in W\"/>\n</quantityAndUnits>\n\
         </energySystemInformation>\n<instance xsi:type=\"esdl:Instance\" id=\"instance\" \
         name=\"instance\">\n<area xsi:type=\"esdl:Area\" id=\"area\" name=\"area\">\n",
        escaped(&case.name),
        temperature(supply),
        temperature(back),
    );
    for index in 0..case.nodes.len() {
        writer.joint(index);
    }
    for (index, pipe) in case.pipes.iter().enumerate() {
        writer.pipe(index, pipe);
    }
    for (index, valve) in case.valves.iter().enumerate() {
        writer.valve(index, valve);
    }
    for (index, source) in case.sources.iter().enumerate() {
        writer.source(index, source);
    }
    for (index, consumer) in case.consumers.iter().enumerate() {
        writer.consumer(index, consumer);
    }
    writer
        .text
        .push_str("</area>\n</instance>\n</esdl:EnergySystem>\n");
    writer.text
}

/// Text fit for an attribute; characters XML cannot hold become `?`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || c == '\u{FFFE}' || c == '\u{FFFF}' => out.push('?'),
            c => out.push(c),
        }
    }
    out
}

/// The id of a port: kind of element, its number, its end.
fn port_id(kind: &str, index: usize, end: &str) -> String {
    format!("port-{kind}-{index}-{end}")
}

impl Writer<'_, '_> {
    /// Notes which ports meet at each node.
    fn collect(&mut self) {
        let case = self.case;
        let mut put = |node: usize, id: String, is_out: bool| self.ports[node].push((id, is_out));
        for (index, pipe) in case.pipes.iter().enumerate() {
            put(pipe.from, port_id("pipe", index, "in"), false);
            put(pipe.to, port_id("pipe", index, "out"), true);
        }
        for (index, valve) in case.valves.iter().enumerate() {
            put(valve.from, port_id("valve", index, "in"), false);
            put(valve.to, port_id("valve", index, "out"), true);
        }
        for (index, source) in case.sources.iter().enumerate() {
            put(source.return_node, port_id("source", index, "in"), false);
            put(source.supply_node, port_id("source", index, "out"), true);
        }
        for (index, consumer) in case.consumers.iter().enumerate() {
            put(
                consumer.supply_node,
                port_id("consumer", index, "in"),
                false,
            );
            put(
                consumer.return_node,
                port_id("consumer", index, "out"),
                true,
            );
        }
    }

    fn report(&mut self) {
        let case = self.case;
        self.found.unsayable(
            "pressures, heights, roughness and the friction law are left out",
            "",
        );
        for pump in &case.pumps {
            self.found.unsayable("pumps are left out", &pump.id);
        }
        for taking in &case.takings {
            self.found
                .unsayable("water taken from single nodes is left out", &taking.id);
        }
        for pressure in &case.pressures {
            self.found
                .unsayable("nodes of given pressure are left out", &pressure.id);
        }
    }

    fn carrier(&self, node: usize) -> &'static str {
        match self.case.nodes[node].side {
            hukka_model::network_case::NetworkSide::Return => RETURN,
            _ => SUPPLY,
        }
    }

    /// An asset with its ports; `more` are attributes, `inside` are elements.
    fn asset(&mut self, kind: &str, id: &str, more: &str, inside: &str, ports: &[Port]) {
        let id = escaped(id);
        let _ = writeln!(
            self.text,
            "<asset xsi:type=\"esdl:{kind}\" id=\"{kind}-{id}\" name=\"{id}\"{more}>"
        );
        for port in ports {
            let (way, end) = if port.is_out {
                ("OutPort", "Out")
            } else {
                ("InPort", "In")
            };
            let connected = self.connected(port);
            let _ = writeln!(
                self.text,
                "<port xsi:type=\"esdl:{way}\" id=\"{}\" name=\"{end}\" carrier=\"{}\" \
                 connectedTo=\"{connected}\">{}</port>",
                port.id, port.carrier, port.profile,
            );
        }
        self.text.push_str(inside);
        self.text.push_str("</asset>\n");
    }

    /// Ports of assets connect to the joint of their node, and joints to them.
    fn connected(&self, port: &Port) -> String {
        if port.id.starts_with("port-joint") {
            let others = self.ports[port.node]
                .iter()
                .filter(|(_, is_out)| *is_out != port.is_out);
            return others
                .map(|(id, _)| id.as_str())
                .collect::<Vec<_>>()
                .join(" ");
        }
        let end = if port.is_out { "in" } else { "out" };
        port_id("joint", port.node, end)
    }

    fn port(&self, kind: &str, index: usize, node: usize, is_out: bool) -> Port {
        Port {
            id: port_id(kind, index, if is_out { "out" } else { "in" }),
            node,
            is_out,
            carrier: self.carrier(node),
            profile: String::new(),
        }
    }

    fn joint(&mut self, index: usize) {
        let node = &self.case.nodes[index];
        let place = node.place.map_or_else(String::new, |(x, y)| {
            format!("<geometry xsi:type=\"esdl:Point\" lon=\"{x}\" lat=\"{y}\"/>\n")
        });
        let ports = [
            self.port("joint", index, index, false),
            self.port("joint", index, index, true),
        ];
        let id = node.id.clone();
        self.asset("Joint", &id, "", &place, &ports);
    }

    fn pipe(&mut self, index: usize, pipe: &CasePipe) {
        let ends = [
            self.case.nodes[pipe.from].place,
            self.case.nodes[pipe.to].place,
        ];
        let mut inside = String::new();
        if let [Some(a), Some(b)] = ends {
            let point = |(x, y): (f64, f64)| {
                format!("<point xsi:type=\"esdl:Point\" lon=\"{x}\" lat=\"{y}\"/>")
            };
            let _ = writeln!(
                inside,
                "<geometry xsi:type=\"esdl:Line\">{}{}</geometry>",
                point(a),
                point(b)
            );
        }
        inside.push_str(&layer(pipe));
        if pipe.is_closed || pipe.is_non_return || pipe.minor_loss > 0.0 {
            self.found.unsayable(
                "closed and one-way pipes and losses of fittings are left out",
                &pipe.id,
            );
        }
        let more = format!(
            " length=\"{}\" innerDiameter=\"{}\"",
            pipe.length.m(),
            pipe.inner_diameter.m()
        );
        let ports = [
            self.port("pipe", index, pipe.from, false),
            self.port("pipe", index, pipe.to, true),
        ];
        self.asset("Pipe", &pipe.id, &more, &inside, &ports);
    }

    fn valve(&mut self, index: usize, valve: &CaseValve) {
        let (kind, position) = match valve.kind {
            ValveKind::Open => ("Valve", 1),
            ValveKind::Closed => ("Valve", 0),
            ValveKind::NonReturn => ("CheckValve", 1),
            _ => {
                self.found
                    .unsayable("valves that control are written as open", &valve.id);
                ("Valve", 1)
            }
        };
        let more = format!(
            " innerDiameter=\"{}\" position=\"{position}\"",
            valve.diameter.m()
        );
        let ports = [
            self.port("valve", index, valve.from, false),
            self.port("valve", index, valve.to, true),
        ];
        self.asset(kind, &valve.id, &more, "", &ports);
    }

    fn source(&mut self, index: usize, source: &CaseSource) {
        let more = match source.kind {
            SourceKind::Heat(heat) | SourceKind::HeatAndFlow(heat, _) => {
                format!(" power=\"{}\"", heat.w())
            }
            _ => String::new(),
        };
        let ports = [
            self.port("source", index, source.return_node, false),
            self.port("source", index, source.supply_node, true),
        ];
        self.asset("GenericProducer", &source.id, &more, "", &ports);
    }

    fn consumer(&mut self, index: usize, consumer: &CaseConsumer) {
        let mut ports = [
            self.port("consumer", index, consumer.supply_node, false),
            self.port("consumer", index, consumer.return_node, true),
        ];
        match consumer.heat {
            Some(heat) => {
                ports[0].profile = format!(
                    "<profile xsi:type=\"esdl:SingleValue\" id=\"profile-{index}\" value=\"{}\">\
                     <profileQuantityAndUnit xsi:type=\"esdl:QuantityAndUnitReference\" \
                     reference=\"{WATT}\"/></profile>",
                    heat.w()
                );
            }
            None => self.found.unsayable(
                "consumers of given flow are written without heat",
                &consumer.id,
            ),
        }
        let one = self.case.consumers[0].return_temperature;
        if consumer.return_temperature != one {
            self.found.unsayable(
                "all consumers are written with the return temperature of the first",
                &consumer.id,
            );
        }
        self.asset("HeatingDemand", &consumer.id, "", "", &ports);
    }
}

/// One layer that loses what the pipe loses, ground and all.
fn layer(pipe: &CasePipe) -> String {
    const WIDTH_M: f64 = 0.05;
    let loss = pipe.loss.w_mk();
    if loss <= 0.0 {
        return String::new();
    }
    let inner = pipe.inner_diameter.m() / 2.0;
    let conductivity = loss * ((inner + WIDTH_M) / inner).ln() / (2.0 * std::f64::consts::PI);
    format!(
        "<material xsi:type=\"esdl:CompoundMatter\" compoundType=\"LAYERED\"><component \
         xsi:type=\"esdl:CompoundMatterComponent\" layerWidth=\"{WIDTH_M}\"><matter \
         xsi:type=\"esdl:Material\" id=\"insulation\" name=\"insulation\" \
         thermalConductivity=\"{conductivity}\"/></component></material>\n"
    )
}
