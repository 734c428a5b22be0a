//! EPANET 2.2 input files: the state at the start of the run.
//!
//! Heads become gauge pressures with one density; the constants of conversion are EPANET's own,
//! which are rounded, so that heads agree with it.
//!
//! # Source  EPANET 2.2 user manual, appendix C (input format); OWA-EPANET documentation

mod controls;
mod links;
mod nodes;
mod options;
mod sections;
mod switch;
mod tables;
mod units;
mod write;

use crate::findings::Findings;
use hukka_model::network_case::{AirPressure, NetworkCase};
use hukka_units::Temperature;
use options::Options;
use sections::Sections;
use tables::Tables;

pub use switch::{WaterOrder, WaterSwitch};
pub use units::FlowUnit;
pub(super) use write::write;

/// Acceleration of gravity, m/s², as the network solver has it.
pub(super) const GRAVITY: f64 = 9.81;

/// How EPANET names and measures what the case holds.
#[derive(Debug, Clone, PartialEq)]
pub struct WaterView {
    /// Unit of flows.
    pub unit: FlowUnit,
    /// kg/m³.
    pub density_kg_m3: f64,
    /// Nodes in the order of the file.
    pub nodes: Vec<WaterNode>,
    /// Links in the order of the file: pipes, pumps, valves.
    pub links: Vec<WaterLink>,
    /// Controls that wait for the pressure of a junction, in the order of the file.
    pub switches: Vec<WaterSwitch>,
}

/// A node of a water network.
#[derive(Debug, Clone, PartialEq)]
pub struct WaterNode {
    /// Node of the case.
    pub node: usize,
    /// What it is.
    pub kind: WaterNodeKind,
    /// Elevation in the file, m.
    pub elevation_m: f64,
    /// Valve of the case that stands for its emitter.
    pub emitter: Option<usize>,
}

/// What a node of a water network is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaterNodeKind {
    /// Has a demand.
    Junction,
    /// Has a head.
    Reservoir,
    /// Has a head that would change over time.
    Tank,
}

/// A link of a water network.
#[derive(Debug, Clone, PartialEq)]
pub struct WaterLink {
    /// Name in the file.
    pub id: String,
    /// What it is and where it is in the case.
    pub kind: WaterLinkKind,
    /// Node of the case where positive flow enters.
    pub from: usize,
    /// Node of the case where positive flow leaves.
    pub to: usize,
    /// Bore, m; `None` for a pump.
    pub diameter_m: Option<f64>,
    /// The case has it the other way round.
    pub is_turned: bool,
    /// Shut by the file.
    pub is_closed: bool,
}

/// What a link of a water network is; with its index in the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaterLinkKind {
    /// A pipe.
    Pipe(usize),
    /// A pipe whose resistance is that of a valve (Chezy–Manning).
    QuadraticPipe(usize),
    /// A pump.
    Pump(usize),
    /// A valve.
    Valve(usize),
}

/// What readers of sections share.
struct Inp<'t, 'f> {
    sections: Sections<'t>,
    options: Options,
    tables: Tables,
    found: &'f mut Findings,
}

/// Reads an input file.
pub(super) fn read(text: &str, found: &mut Findings) -> (NetworkCase, WaterView) {
    let sections = Sections::read(text, found);
    let options = Options::read(&sections, found);
    let tables = Tables::read(&sections, &options, found);
    let mut inp = Inp {
        sections,
        options,
        tables,
        found,
    };
    let mut case = NetworkCase {
        name: inp.sections.title(),
        ambient_temperature: Temperature::from_c(20.0),
        friction: inp.options.headloss.law(),
        air: AirPressure::Same,
        fluid: inp.options.fluid(),
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
    let nodes = nodes::read(&mut inp, &mut case);
    let (links, switches) = links::read(&mut inp, &mut case, &nodes);
    let view = WaterView {
        unit: inp.options.flow,
        density_kg_m3: inp.options.density(),
        nodes: nodes.view,
        links,
        switches,
    };
    inp.sections.report_unused(inp.found);
    (case, view)
}
