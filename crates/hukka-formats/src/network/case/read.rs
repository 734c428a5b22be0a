//! The case file itself.

use super::elements::Elements;
use super::{WATER_TABLE_FILE, fluid, series};
use crate::fields::{Fields, HEIGHT_M, NUMBER, TEMPERATURE_K};
use crate::findings::Findings;
use crate::json::{Json, Members};
use crate::network::build::Nodes;
use hukka_model::network_case::{
    AirPressure, CaseFluid, CaseNode, FrictionLaw, NetworkCase, NetworkSide,
};
use hukka_units::{Length, Temperature};

/// Keys that describe the file and change nothing.
const WORDS: [&str; 9] = [
    "schema",
    "seed",
    "description",
    "units",
    "source",
    "licence",
    "license",
    "note",
    "version",
];

/// Reads a case with its series.
pub(in crate::network) fn read(
    json: &Json<'_>,
    beside: &[(String, Vec<u8>)],
    found: &mut Findings,
) -> Option<NetworkCase> {
    let members = json.map()?;
    let top = Fields::of("the case", "", members);
    top.pass_over(&WORDS);
    let (nodes, names) = read_nodes(&top, found);
    let [pipes, valves, pumps, pressures, takings, sources, consumers] = [
        "pipes",
        "valves",
        "pumps",
        "pressures",
        "takings",
        "sources",
        "consumers",
    ]
    .map(|key| list(&top, key, found));
    let mut elements = Elements::new(&names, found);
    let pipes = elements.pipes(pipes);
    let valves = elements.valves(valves);
    let pumps = elements.pumps(pumps);
    let pressures = elements.pressures(pressures);
    let takings = elements.takings(takings);
    let sources = elements.sources(sources);
    let consumers = elements.consumers(consumers);
    let ambient = top.number_or(found, "ambient_temperature_k", TEMPERATURE_K, 283.15);
    let mut case = NetworkCase {
        name: top.text(found, "name").unwrap_or("network").to_owned(),
        ambient_temperature: Temperature::from_k(ambient),
        friction: friction(&top, found),
        air: air(&top, found),
        fluid: read_fluid(&top, beside, found),
        nodes,
        pipes,
        valves,
        pumps,
        pressures,
        takings,
        sources,
        consumers,
        series: Vec::new(),
        times: Vec::new(),
    };
    top.report_unknown(found);
    series::read(&mut case, beside, found);
    Some(case)
}

/// The elements of a list; a key that is not there is an empty list.
fn list<'j, 'a>(top: &Fields<'j, 'a>, key: &str, found: &mut Findings) -> Vec<&'j Members<'a>> {
    let Some(value) = top.get(key) else {
        return Vec::new();
    };
    let Some(values) = value.list() else {
        found.wrong("the case", key, &value.shown(), "a list of objects");
        return Vec::new();
    };
    let mut members = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        if let Some(map) = value.map() {
            members.push(map);
        } else {
            let place = format!("{key}[{at}]");
            found.wrong(&place, "element", &value.shown(), "an object");
        }
    }
    members
}

fn read_nodes(top: &Fields<'_, '_>, found: &mut Findings) -> (Vec<CaseNode>, Nodes) {
    let mut names = Nodes::default();
    let initial = top.get("initial_temperature_k");
    if initial.is_some_and(|value| value.map().is_none() && value.number().is_none()) {
        found.wrong(
            "the case",
            "initial_temperature_k",
            &initial.map_or_else(String::new, Json::shown),
            "temperatures by node, or one for all",
        );
    }
    let lists = list(top, "nodes", found);
    let mut nodes = Vec::with_capacity(lists.len());
    for (index, members) in lists.into_iter().enumerate() {
        let node = Fields::of("node", super::elements::id_of(members), members);
        let id = super::elements::take_id(&node, index, found);
        names.add(&id, index, found);
        let (x, y) = (
            node.number(found, "x", NUMBER),
            node.number(found, "y", NUMBER),
        );
        nodes.push(CaseNode {
            side: side(&node, found),
            place: x.zip(y),
            height: Length::from_m(node.number_or(found, "z", HEIGHT_M, 0.0)),
            initial_temperature: initial_of(initial, &id, found),
            id,
        });
        node.report_unknown(found);
    }
    if let Some(map) = initial.and_then(Json::map) {
        for (id, _) in map {
            names.need(id, "the case", "initial_temperature_k", found);
        }
    }
    (nodes, names)
}

fn initial_of(initial: Option<&Json<'_>>, id: &str, found: &mut Findings) -> Option<Temperature> {
    let value = match initial? {
        Json::Map(map) => &map.iter().find(|(key, _)| key == id)?.1,
        one => one,
    };
    let kelvin = value.number().filter(|k| TEMPERATURE_K.holds(*k));
    if kelvin.is_none() {
        let subject = format!("node {id}");
        found.wrong(
            &subject,
            "initial_temperature_k",
            &value.shown(),
            TEMPERATURE_K.words,
        );
    }
    kelvin.map(Temperature::from_k)
}

fn side(node: &Fields<'_, '_>, found: &mut Findings) -> NetworkSide {
    match node.text(found, "side") {
        Some("supply") => NetworkSide::Supply,
        Some("return") => NetworkSide::Return,
        None => NetworkSide::Neither,
        Some(other) => {
            found.wrong(&node.subject(), "side", other, "`supply` or `return`");
            NetworkSide::Neither
        }
    }
}

/// Friction laws by the name in the file.
pub(super) const FRICTION: [(&str, FrictionLaw); 5] = [
    ("colebrook", FrictionLaw::Colebrook),
    ("swamee-jain", FrictionLaw::SwameeJain),
    ("nikuradse", FrictionLaw::Nikuradse),
    ("hazen-williams", FrictionLaw::HazenWilliams),
    ("epanet-darcy-weisbach", FrictionLaw::EpanetDarcyWeisbach),
];

fn friction(top: &Fields<'_, '_>, found: &mut Findings) -> FrictionLaw {
    let Some(name) = top.text(found, "friction_model") else {
        found.assume("the case", "`friction_model`", "colebrook", "");
        return FrictionLaw::default();
    };
    let asked = name.to_lowercase().replace('_', "-");
    let law = FRICTION.iter().find(|(known, _)| *known == asked);
    if law.is_none() {
        let allowed = FRICTION.map(|(known, _)| known).join(", ");
        found.wrong("the case", "friction_model", name, &allowed);
    }
    law.map_or_else(FrictionLaw::default, |(_, law)| *law)
}

fn air(top: &Fields<'_, '_>, found: &mut Findings) -> AirPressure {
    match top.text(found, "air_pressure") {
        None | Some("by_height") => AirPressure::ByHeight,
        Some("same") => AirPressure::Same,
        Some(other) => {
            found.wrong("the case", "air_pressure", other, "`by_height` or `same`");
            AirPressure::ByHeight
        }
    }
}

/// The fluid stated, else the table beside the case, else the reference table of the format.
fn read_fluid(
    top: &Fields<'_, '_>,
    beside: &[(String, Vec<u8>)],
    found: &mut Findings,
) -> CaseFluid {
    if let Some(stated) = top.get("fluid") {
        return fluid::read(stated, found);
    }
    let table = beside.iter().find(|(name, _)| name == WATER_TABLE_FILE);
    if let Some((name, bytes)) = table
        && let Some(table) = fluid::read_table_file(name, bytes, found)
    {
        return CaseFluid::Table(table);
    }
    let what = "the reference water table of the format";
    found.assume("the case", "`fluid`", what, "");
    CaseFluid::Table(crate::network::water_table::reference())
}
