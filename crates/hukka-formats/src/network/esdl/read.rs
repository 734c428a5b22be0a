//! An energy system as a network case.

use super::assets::{Role, power_w, profile_w, role};
use super::document::{self, Asset, Parts, number};
use super::graph::{Graph, carries_heat};
use super::{Direction, pipe};
use crate::findings::Findings;
use hukka_model::Diagnostic;
use hukka_model::network_case::{
    AirPressure, CaseConsumer, CaseFluid, CasePipe, CaseSource, CaseValve, ConsumerMode,
    FrictionLaw, NetworkCase, NetworkSide, SourceKind, ValveKind,
};
use hukka_units::{HeatPower, Length, MassFlow, Pressure, Temperature};

/// Assumed where ESDL has no words for it.
const ROUGHNESS_MM: f64 = 0.1;
const SUPPLY_BAR: f64 = 10.0;
const LEAST_BAR: f64 = 0.5;
const GROUND_C: f64 = 10.0;
const SUPPLY_C: f64 = 80.0;
const RETURN_C: f64 = 40.0;
const COP: f64 = 4.0;

/// Ports where water comes in and goes out.
type PortPair = (Option<usize>, Option<usize>);

/// A plant before it is known which holds the pressure.
struct Plant {
    name: String,
    supply: Option<usize>,
    back: Option<usize>,
    supply_c: f64,
    power_w: Option<f64>,
}

/// A consumer before its heat is known.
struct Demand {
    name: String,
    supply: Option<usize>,
    back: Option<usize>,
    return_c: f64,
    heat_w: Option<f64>,
    /// Share of the heat given elsewhere that is taken here: the cold side of an exchange.
    of_plant: Option<(usize, f64)>,
}

struct Reader<'d, 'f> {
    parts: &'d Parts<'d>,
    graph: Graph,
    found: &'f mut Findings,
    plants: Vec<Plant>,
    demands: Vec<Demand>,
    pipes: Vec<CasePipe>,
    valves: Vec<CaseValve>,
}

/// Reads an energy system; `None` after a finding if it is none.
pub(in crate::network) fn read(text: &str, found: &mut Findings) -> Option<NetworkCase> {
    let text = document::mended(text);
    let document = document::parse(&text, found)?;
    let parts = document::parts(&document, found);
    let graph = Graph::of(&parts.assets, found);
    let mut reader = Reader {
        parts: &parts,
        graph,
        found,
        plants: Vec::new(),
        demands: Vec::new(),
        pipes: Vec::new(),
        valves: Vec::new(),
    };
    reader.assets();
    Some(reader.finish())
}

impl<'d> Reader<'d, '_> {
    fn assets(&mut self) {
        let widest = self.widest_bore();
        for index in 0..self.parts.assets.len() {
            let asset = &self.parts.assets[index];
            let heat_ports = asset.ports.iter().filter(|port| carries_heat(port)).count();
            if asset.node.attribute("state") == Some("DISABLED") {
                self.found
                    .unused("a disabled asset", "its `state` is DISABLED", &asset.name);
                continue;
            }
            match role(asset, heat_ports) {
                Role::Pipe => self.pipe(index, widest),
                Role::Joint => {
                    if asset.kind == "Pump" {
                        self.found.simplified(
                            "a pump without stated lift is taken for a joint: the plant's pump does the work",
                            &asset.name,
                        );
                    }
                }
                Role::Valve => self.valve(index),
                Role::Producer => self.producer(index),
                Role::Consumer => self.consumer(index),
                Role::Exchange => self.exchange(index),
                Role::Storage => self.found.simplified(
                    format!(
                        "{} stands still: how it is charged is not stated",
                        asset.kind
                    ),
                    &asset.name,
                ),
                Role::Unknown if heat_ports == 0 => self.found.unused(
                    &format!("asset {}", crate::findings::short(asset.kind)),
                    "it has no heat ports",
                    &asset.name,
                ),
                Role::Unknown => {
                    let what = format!("asset {}", crate::findings::short(asset.kind));
                    self.found.unknown(&what, &asset.name);
                }
            }
        }
    }

    fn asset(&self, index: usize) -> &'d Asset<'d> {
        &self.parts.assets[index]
    }

    fn widest_bore(&mut self) -> Option<f64> {
        let mut quiet = Findings::of("");
        self.parts
            .assets
            .iter()
            .filter(|asset| asset.kind == "Pipe")
            .filter_map(|asset| pipe::stated_bore(asset, "", &mut quiet))
            .max_by(f64::total_cmp)
    }

    /// First node of each direction.
    fn ends(&self, index: usize) -> (Option<usize>, Option<usize>) {
        let of = |way| {
            self.graph
                .ends(&self.parts.assets, index, way)
                .first()
                .copied()
        };
        (of(Direction::In), of(Direction::Out))
    }

    /// Both ends of something that water flows through; told and left out if it hangs loose.
    fn through(&mut self, index: usize) -> Option<(usize, usize)> {
        let ends = self.ends(index);
        if let (Some(from), Some(to)) = ends {
            return Some((from, to));
        }
        let asset = self.asset(index);
        let message = format!("a {} with a loose end is left out", asset.kind);
        self.found.simplified(message, &asset.name);
        None
    }

    fn pipe(&mut self, index: usize, widest: Option<f64>) {
        let asset = self.asset(index);
        let subject = format!("Pipe {}", asset.name);
        let Some((from, to)) = self.through(index) else {
            return;
        };
        let length = number(asset.node, "length", &subject, self.found);
        match length {
            Some(length) if (0.0..=1e7).contains(&length) => {}
            Some(length) => {
                self.found
                    .wrong(&subject, "length", &length.to_string(), "0 to 10,000 km");
            }
            None if asset.node.attribute("length").is_none() => {
                self.found.missing(&subject, "length");
            }
            None => {}
        }
        let bore = pipe::stated_bore(asset, &subject, self.found).unwrap_or_else(|| {
            let bore = widest.unwrap_or(0.2);
            let text = format!("{} mm, the widest of the file", bore * 1e3);
            self.found
                .assume("Pipe", "`innerDiameter`", &text, &asset.name);
            bore
        });
        let size = pipe::size(asset, bore, self.found);
        self.found.assume(
            "Pipe",
            "roughness",
            &format!("{ROUGHNESS_MM} mm"),
            &asset.name,
        );
        self.pipes.push(CasePipe {
            id: asset.name.clone(),
            from,
            to,
            length: Length::from_m(length.unwrap_or(1.0)),
            inner_diameter: size.inner,
            outer_diameter: size.outer,
            roughness: Length::from_mm(ROUGHNESS_MM),
            loss: size.loss,
            ..CasePipe::default()
        });
    }

    fn valve(&mut self, index: usize) {
        let asset = self.asset(index);
        let subject = format!("{} {}", asset.kind, asset.name);
        let Some((from, to)) = self.through(index) else {
            return;
        };
        let position = number(asset.node, "position", &subject, self.found);
        let kind = match asset.kind {
            "CheckValve" => ValveKind::NonReturn,
            "PressureReducingValve" => {
                self.found.simplified(
                    "a pressure-reducing valve without a stated pressure is open",
                    &asset.name,
                );
                ValveKind::Open
            }
            _ if position.is_some_and(|share| share.abs() < 1e-9) => ValveKind::Closed,
            _ => ValveKind::Open,
        };
        let bore = number(asset.node, "innerDiameter", &subject, self.found)
            .filter(|bore| (1e-3..=10.0).contains(bore));
        let bore_m = bore.unwrap_or(0.1);
        let coefficient = number(asset.node, "flowCoefficient", &subject, self.found);
        // Kv is the flow in m³/h at a drop of 1 bar: ζ = 2·10⁵ Pa · A² · (3600/Kv)² / ρ.
        let area = std::f64::consts::PI / 4.0 * bore_m * bore_m;
        let zeta = coefficient
            .filter(|kv| *kv > 0.0)
            .map_or(0.0, |kv| 2e5 * (area * 3600.0 / kv).powi(2) / 1000.0);
        self.valves.push(CaseValve {
            id: asset.name.clone(),
            from,
            to,
            diameter: Length::from_m(bore_m),
            minor_loss: zeta,
            kind,
        });
    }

    /// Supply temperature of a port's carrier, or what is stated else, or an assumption.
    fn supply_c(&mut self, asset: &Asset<'_>, port: Option<usize>) -> f64 {
        let mut carriers = asset.ports.iter().filter_map(|port| port.carrier);
        let own = port.and_then(|port| asset.ports[port].carrier?.supply_c);
        let subject = format!("{} {}", asset.kind, asset.name);
        own.or_else(|| carriers.find_map(|carrier| carrier.supply_c))
            .or_else(|| {
                number(asset.node, "maxTemperature", &subject, self.found)
                    .filter(|celsius| (1.0..=250.0).contains(celsius))
            })
            .unwrap_or_else(|| {
                self.found.assume(
                    asset.kind,
                    "supply temperature",
                    &format!("{SUPPLY_C} °C"),
                    &asset.name,
                );
                SUPPLY_C
            })
    }

    fn return_c(&mut self, asset: &Asset<'_>, port: Option<usize>) -> f64 {
        let mut carriers = asset.ports.iter().filter_map(|port| port.carrier);
        let own = port.and_then(|port| asset.ports[port].carrier?.return_c);
        own.or_else(|| carriers.find_map(|carrier| carrier.return_c))
            .unwrap_or_else(|| {
                self.found.assume(
                    asset.kind,
                    "return temperature",
                    &format!("{RETURN_C} °C"),
                    &asset.name,
                );
                RETURN_C
            })
    }

    /// First heat port of a direction, from a place in the list on.
    fn port(&self, index: usize, way: Direction, skip: usize) -> Option<usize> {
        let ports = &self.asset(index).ports;
        (0..ports.len())
            .filter(|&port| ports[port].direction == way && carries_heat(&ports[port]))
            .nth(skip)
    }

    fn producer(&mut self, index: usize) {
        let asset = self.asset(index);
        let out = self.port(index, Direction::Out, 0);
        let supply_c = self.supply_c(asset, out);
        let stated = profile_w(asset, self.parts, self.found);
        let power_w = stated.or_else(|| power_w(asset, self.found));
        let (back, supply) = self.ends(index);
        self.plants.push(Plant {
            name: asset.name.clone(),
            supply,
            back,
            supply_c,
            power_w,
        });
    }

    fn consumer(&mut self, index: usize) {
        let asset = self.asset(index);
        let out = self.port(index, Direction::Out, 0);
        let return_c = self.return_c(asset, out);
        let stated = profile_w(asset, self.parts, self.found);
        let heat_w = stated.or_else(|| {
            let power = power_w(asset, self.found)?;
            self.found
                .assume(asset.kind, "heat", "its `power`", &asset.name);
            Some(power)
        });
        let (supply, back) = self.ends(index);
        self.demands.push(Demand {
            name: asset.name.clone(),
            supply,
            back,
            return_c,
            heat_w,
            of_plant: None,
        });
    }

    /// A heat pump or exchanger: first pair of ports takes heat, the second gives it.
    fn exchange(&mut self, index: usize) {
        let asset = self.asset(index);
        let (cold, warm) = self.pairs(index);
        let subject = format!("{} {}", asset.kind, asset.name);
        let share = if asset.kind == "HeatPump" {
            let stated = number(asset.node, "COP", &subject, self.found).filter(|cop| *cop > 1.0);
            let cop = stated.unwrap_or_else(|| {
                self.found
                    .assume(asset.kind, "COP", &COP.to_string(), &asset.name);
                COP
            });
            1.0 - cop.recip()
        } else {
            1.0
        };
        let supply_c = self.supply_c(asset, warm.1);
        let return_c = self.return_c(asset, cold.1);
        let node = |this: &Self, port: Option<usize>| port.and_then(|p| this.graph.node(index, p));
        let power_w = power_w(asset, self.found);
        self.plants.push(Plant {
            name: asset.name.clone(),
            supply: node(self, warm.1),
            back: node(self, warm.0),
            supply_c,
            power_w,
        });
        self.demands.push(Demand {
            name: asset.name.clone(),
            supply: node(self, cold.0),
            back: node(self, cold.1),
            return_c,
            heat_w: None,
            of_plant: Some((self.plants.len() - 1, share)),
        });
    }

    /// Ports in and out of the side that takes heat and of the side that gives it: by name, else
    /// by order.
    fn pairs(&self, index: usize) -> (PortPair, PortPair) {
        let asset = self.asset(index);
        let named = |prefix: &str, way| {
            asset.ports.iter().position(|port| {
                let name = port.node.attribute("name").unwrap_or_default();
                port.direction == way && name.starts_with(prefix)
            })
        };
        let side = |prefix, skip| {
            (
                named(prefix, Direction::In).or_else(|| self.port(index, Direction::In, skip)),
                named(prefix, Direction::Out).or_else(|| self.port(index, Direction::Out, skip)),
            )
        };
        (side("Prim", 0), side("Sec", 1))
    }

    fn finish(mut self) -> NetworkCase {
        self.mirror_if_single();
        self.drop_loose();
        self.share_heat();
        let sources = self.sources();
        let consumers = self.consumers();
        let mut case = NetworkCase {
            name: self.parts.name.to_owned(),
            ambient_temperature: Temperature::from_c(GROUND_C),
            friction: FrictionLaw::Colebrook,
            air: AirPressure::Same,
            fluid: CaseFluid::Water,
            nodes: self.graph.nodes,
            pipes: self.pipes,
            valves: self.valves,
            pumps: Vec::new(),
            pressures: Vec::new(),
            takings: Vec::new(),
            sources,
            consumers,
            series: Vec::new(),
            times: Vec::new(),
        };
        self.found.assume("the network", "heights", "0 m", "");
        self.found.assume(
            "the network",
            "ground temperature",
            &format!("{GROUND_C} °C"),
            "",
        );
        mark_sides(&mut case);
        case
    }

    /// A network drawn as one line gets its return line: every pipe a second time, backwards.
    fn mirror_if_single(&mut self) {
        let ends = self.demands.iter().map(|d| (d.supply, d.back));
        let is_single = !self.demands.is_empty()
            && ends
                .into_iter()
                .all(|(supply, back)| supply.is_some() && back.is_none())
            && self
                .plants
                .iter()
                .all(|p| p.supply.is_some() && p.back.is_none());
        if !is_single {
            return;
        }
        self.found.simplified(
            "the network has no return line: the supply line was mirrored",
            "",
        );
        let count = self.graph.nodes.len();
        for index in 0..count {
            let mut node = self.graph.nodes[index].clone();
            node.id.push_str("_ret");
            self.graph.nodes.push(node);
        }
        for index in 0..self.pipes.len() {
            let mut pipe = self.pipes[index].clone();
            pipe.id.push_str("_ret");
            (pipe.from, pipe.to) = (count + pipe.to, count + pipe.from);
            self.pipes.push(pipe);
        }
        for index in 0..self.valves.len() {
            let mut valve = self.valves[index].clone();
            valve.id.push_str("_ret");
            (valve.from, valve.to) = (count + valve.to, count + valve.from);
            self.valves.push(valve);
        }
        for demand in &mut self.demands {
            demand.back = demand.supply.map(|node| count + node);
        }
        for plant in &mut self.plants {
            plant.back = plant.supply.map(|node| count + node);
        }
    }

    /// Plants and consumers without both ends take no part.
    fn drop_loose(&mut self) {
        let loose = |name: &str, found: &mut Findings| {
            found.simplified(
                "an asset whose ports are not all connected is left out",
                name,
            );
        };
        for plant in self
            .plants
            .iter()
            .filter(|p| p.supply.is_none() || p.back.is_none())
        {
            loose(&plant.name, self.found);
        }
        for demand in self
            .demands
            .iter()
            .filter(|d| d.supply.is_none() || d.back.is_none())
        {
            loose(&demand.name, self.found);
        }
        self.demands
            .retain(|d| d.supply.is_some() && d.back.is_some());
    }

    /// Consumers that state no heat share what the plants' powers leave; the cold side of an
    /// exchange takes what its warm side gives.
    fn share_heat(&mut self) {
        let stated: f64 = self.demands.iter().filter_map(|d| d.heat_w).sum();
        let cold: Vec<usize> = self
            .demands
            .iter()
            .filter_map(|d| d.of_plant)
            .map(|(p, _)| p)
            .collect();
        let power: f64 = self
            .plants
            .iter()
            .enumerate()
            .filter(|(index, _)| !cold.contains(index))
            .filter_map(|(_, plant)| plant.power_w)
            .sum();
        let is_open = |d: &&mut Demand| d.heat_w.is_none() && d.of_plant.is_none();
        let open = self.demands.iter_mut().filter(is_open).count();
        let each = (power - stated) / open.max(1) as f64;
        for demand in self.demands.iter_mut().filter(is_open) {
            if each > 0.0 {
                let text = format!(
                    "{} kW, an even share of the power of the producers",
                    each / 1e3
                );
                self.found.assume("consumer", "heat", &text, &demand.name);
                demand.heat_w = Some(each);
            } else {
                self.found.push(
                    Diagnostic::error("HK1003", "nothing says how much heat this consumer takes")
                        .about(demand.name.clone())
                        .help("give it a SingleValue profile or a `power`"),
                );
            }
        }
        self.share_of_exchanges();
    }

    fn share_of_exchanges(&mut self) {
        let islands = self.islands();
        for index in 0..self.demands.len() {
            let Some((plant, share)) = self.demands[index].of_plant else {
                continue;
            };
            let heat = self.plants[plant].power_w.unwrap_or_else(|| {
                let island = self.plants[plant].supply.map(|node| islands[node]);
                self.demands
                    .iter()
                    .filter(|demand| demand.supply.map(|node| islands[node]) == island)
                    .filter_map(|demand| demand.heat_w)
                    .sum()
            });
            self.demands[index].heat_w = Some(heat * share);
        }
    }

    /// For every node the number of the part of the network it is in.
    fn islands(&self) -> Vec<usize> {
        let mut island: Vec<usize> = (0..self.graph.nodes.len()).collect();
        let plants = self.plants.iter().filter_map(|p| p.supply.zip(p.back));
        let demands = self.demands.iter().filter_map(|d| d.supply.zip(d.back));
        let pipes = self.pipes.iter().map(|p| (p.from, p.to));
        let valves = self.valves.iter().map(|v| (v.from, v.to));
        let links: Vec<(usize, usize)> = plants.chain(demands).chain(pipes).chain(valves).collect();
        let root = |island: &[usize], mut at: usize| {
            while island[at] != at {
                at = island[at];
            }
            at
        };
        for (a, b) in links {
            let (a, b) = (root(&island, a), root(&island, b));
            island[a.max(b)] = a.min(b);
        }
        (0..island.len()).map(|node| root(&island, node)).collect()
    }

    /// In each part the plant of the largest power holds the pressure; the others give their
    /// share of the heat by power.
    fn sources(&mut self) -> Vec<CaseSource> {
        let islands = self.islands();
        let placed: Vec<(&Plant, usize, usize)> = self
            .plants
            .iter()
            .filter_map(|plant| Some((plant, plant.supply?, plant.back?)))
            .collect();
        let mut sources = Vec::new();
        for (index, (plant, supply, back)) in placed.iter().enumerate() {
            let island = islands[*supply];
            let in_island = |node: usize| islands[node] == island;
            let power = |plant: &Plant| plant.power_w.unwrap_or(0.0);
            let master = placed
                .iter()
                .enumerate()
                .filter(|(_, other)| in_island(other.1))
                .fold(index, |best, (at, other)| {
                    let best_power = power(placed[best].0);
                    let is_better =
                        power(other.0) > best_power || (power(other.0) >= best_power && at < best);
                    if is_better { at } else { best }
                });
            let heat: f64 = self
                .demands
                .iter()
                .filter(|demand| demand.supply.is_some_and(in_island))
                .filter_map(|demand| demand.heat_w)
                .sum();
            let total: f64 = placed
                .iter()
                .filter(|other| in_island(other.1))
                .map(|other| power(other.0))
                .sum();
            let kind = if master == index {
                let text = format!(
                    "{SUPPLY_BAR} bar at its supply, {LEAST_BAR} bar for the worst-placed consumer"
                );
                self.found.assume("plant", "pressure", &text, &plant.name);
                SourceKind::WorstPoint {
                    supply: Pressure::from_bar(SUPPLY_BAR),
                    least: Pressure::from_bar(LEAST_BAR),
                }
            } else {
                let share = if total > 0.0 {
                    power(plant) / total
                } else {
                    0.0
                };
                self.found.assume(
                    "plant",
                    "heat",
                    "its share by power of what is taken",
                    &plant.name,
                );
                SourceKind::Heat(HeatPower::from_w(heat * share))
            };
            sources.push(CaseSource {
                id: plant.name.clone(),
                supply_node: *supply,
                return_node: *back,
                supply_temperature: Temperature::from_c(plant.supply_c),
                kind,
            });
        }
        sources
    }

    fn consumers(&self) -> Vec<CaseConsumer> {
        self.demands
            .iter()
            .filter_map(|demand| {
                Some(CaseConsumer {
                    id: demand.name.clone(),
                    supply_node: demand.supply?,
                    return_node: demand.back?,
                    heat: demand.heat_w.map(HeatPower::from_w),
                    mass_flow: None,
                    return_temperature: Some(Temperature::from_c(demand.return_c)),
                    cooling_k: None,
                    mode: ConsumerMode::HeatReturn,
                    min_mass_flow: MassFlow::ZERO,
                    resistance: None,
                })
            })
            .collect()
    }
}

/// Supply is what pipes and valves reach from a plant's outlet, return from a consumer's.
fn mark_sides(case: &mut NetworkCase) {
    let mut side = vec![NetworkSide::Neither; case.nodes.len()];
    for source in &case.sources {
        side[source.return_node] = NetworkSide::Return;
        side[source.supply_node] = NetworkSide::Supply;
    }
    for consumer in &case.consumers {
        side[consumer.return_node] = NetworkSide::Return;
        side[consumer.supply_node] = NetworkSide::Supply;
    }
    let links: Vec<(usize, usize)> = case
        .pipes
        .iter()
        .map(|pipe| (pipe.from, pipe.to))
        .chain(case.valves.iter().map(|valve| (valve.from, valve.to)))
        .collect();
    let mut neighbours = vec![Vec::new(); case.nodes.len()];
    for (a, b) in links {
        neighbours[a].push(b);
        neighbours[b].push(a);
    }
    let mut open: Vec<usize> = (0..side.len())
        .filter(|&node| side[node] != NetworkSide::Neither)
        .collect();
    while let Some(node) = open.pop() {
        for &next in &neighbours[node] {
            if side[next] == NetworkSide::Neither {
                side[next] = side[node];
                open.push(next);
            }
        }
    }
    for (node, side) in case.nodes.iter_mut().zip(side) {
        node.side = side;
    }
}
