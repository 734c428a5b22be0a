//! Just enough of a reader to put reference cases from the shared folder through the solver.

use hukka_model::network_case::{
    AirPressure, CaseConsumer, CaseFluid, CaseNode, CasePipe, CaseSeries, CaseSource, ConsumerMode,
    FixedPressure, FluidTable, FrictionLaw, NetworkCase, NetworkSide, SeriesTarget, SourceKind,
    Taking,
};
use hukka_units::{
    HeatPower, Length, LinearLossCoefficient, MassFlow, Pressure, Temperature, TimeSpan,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

#[expect(clippy::disallowed_methods, reason = "reads reference results")]
pub(super) fn read(path: &str) -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/network");
    let text = std::fs::read_to_string(folder.join(path)).ok();
    if text.is_none() {
        eprintln!("skipped: {path} is not in the shared folder");
    }
    text
}

/// Rows by first column; empty fields are left out.
pub(super) fn table(path: &str) -> Option<Vec<(String, BTreeMap<String, f64>)>> {
    let text = read(path)?;
    let mut lines = text.lines().map(|line| line.split(',').map(str::trim));
    let names: Vec<&str> = lines.next()?.skip(1).collect();
    Some(
        lines
            .map(|mut fields| {
                let key = fields.next().unwrap().to_owned();
                let pairs = names.iter().zip(fields);
                let values = pairs.filter_map(|(n, f)| Some(((*n).to_owned(), f.parse().ok()?)));
                (key, values.collect())
            })
            .collect(),
    )
}

/// An empty case with water of the reference's tables.
pub(super) fn empty(fluid: CaseFluid, friction: FrictionLaw) -> NetworkCase {
    NetworkCase {
        name: String::new(),
        ambient_temperature: Temperature::from_c(10.0),
        friction,
        air: AirPressure::ByHeight,
        fluid,
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
    }
}

pub(super) fn reference_water() -> Option<CaseFluid> {
    let json: Value = serde_json::from_str(&read("water_properties.json")?).unwrap();
    let points = |name: &str| {
        let rows = json[name].as_array().unwrap();
        rows.iter()
            .map(|p| (p[0].as_f64().unwrap(), p[1].as_f64().unwrap()))
            .collect()
    };
    Some(CaseFluid::Table(FluidTable {
        density: points("density_kg_m3"),
        specific_heat: points("heat_capacity_j_kgk"),
        viscosity: points("viscosity_pa_s"),
    }))
}

/// A case of the neutral format, with its series.
pub(super) fn neutral(name: &str) -> Option<NetworkCase> {
    let json: Value = serde_json::from_str(&read(&format!("{name}/case.json"))?).unwrap();
    let list = |key: &str| json[key].as_array().unwrap().clone();
    let text = |v: &Value, key: &str| v[key].as_str().unwrap().to_owned();
    let number = |v: &Value, key: &str| v[key].as_f64().unwrap();
    let friction = match json["friction_model"].as_str().unwrap() {
        "colebrook" => FrictionLaw::Colebrook,
        "nikuradse" => FrictionLaw::Nikuradse,
        _ => FrictionLaw::SwameeJain,
    };
    let mut case = empty(reference_water()?, friction);
    case.ambient_temperature = Temperature::from_si(number(&json, "ambient_temperature_k"));
    for node in list("nodes") {
        case.nodes.push(CaseNode {
            id: text(&node, "id"),
            side: match node["side"].as_str() {
                Some("return") => NetworkSide::Return,
                _ => NetworkSide::Supply,
            },
            height: Length::from_si(number(&node, "z")),
            ..CaseNode::default()
        });
    }
    let ids: Vec<String> = case.nodes.iter().map(|n| n.id.clone()).collect();
    let index = |v: &Value, key: &str| {
        let id = text(v, key);
        ids.iter().position(|i| *i == id).unwrap()
    };
    for pipe in list("pipes") {
        case.pipes.push(CasePipe {
            id: text(&pipe, "id"),
            from: index(&pipe, "from"),
            to: index(&pipe, "to"),
            length: Length::from_si(number(&pipe, "length_m")),
            inner_diameter: Length::from_si(number(&pipe, "inner_diameter_m")),
            roughness: Length::from_si(1e-3 * number(&pipe, "roughness_mm")),
            minor_loss: number(&pipe, "zeta"),
            loss: LinearLossCoefficient::from_si(number(&pipe, "u_w_per_mk")),
            ground_temperature: pipe["t_ground_k"].as_f64().map(Temperature::from_si),
            ..CasePipe::default()
        });
    }
    for source in list("sources") {
        let kind = if source["type"] == "pressure_slack" {
            SourceKind::Pressure {
                supply: Pressure::from_bar(number(&source, "p_supply_bar")),
                difference: Pressure::from_bar(number(&source, "dp_bar")),
            }
        } else {
            SourceKind::MassFlow(MassFlow::from_si(number(&source, "mdot_kg_s")))
        };
        case.sources.push(CaseSource {
            id: text(&source, "id"),
            supply_node: index(&source, "supply_node"),
            return_node: index(&source, "return_node"),
            supply_temperature: Temperature::from_si(number(&source, "t_supply_k")),
            kind,
        });
    }
    for consumer in list("consumers") {
        case.consumers.push(CaseConsumer {
            id: text(&consumer, "id"),
            supply_node: index(&consumer, "supply_node"),
            return_node: index(&consumer, "return_node"),
            heat: consumer["q_w"].as_f64().map(HeatPower::from_si),
            mass_flow: consumer["mdot_kg_s"].as_f64().map(MassFlow::from_si),
            return_temperature: consumer["t_return_k"].as_f64().map(Temperature::from_si),
            cooling_k: None,
            mode: if consumer["mode"] == "q_mdot" {
                ConsumerMode::HeatFlow
            } else {
                ConsumerMode::HeatReturn
            },
            min_mass_flow: MassFlow::ZERO,
            resistance: None,
        });
    }
    Some(case)
}

/// Adds the series beside a neutral case.
pub(super) fn with_series(mut case: NetworkCase, name: &str) -> Option<NetworkCase> {
    for file in ["series_sources.csv", "series_consumers.csv"] {
        let rows = table(&format!("{name}/{file}"))?;
        case.times = rows
            .iter()
            .map(|(time, _)| TimeSpan::from_si(time.parse().unwrap()))
            .collect();
        let text = read(&format!("{name}/{file}"))?;
        let header = text.lines().next().unwrap();
        for column in header.split(',').skip(1) {
            let (id, quantity) = column.split_once('.').unwrap();
            let source = || case.sources.iter().position(|s| s.id == id).unwrap();
            let consumer = || case.consumers.iter().position(|c| c.id == id).unwrap();
            let target = match quantity {
                "t_supply_k" => SeriesTarget::SourceTemperature(source()),
                "q_w" => SeriesTarget::ConsumerHeat(consumer()),
                "mdot_kg_s" => SeriesTarget::ConsumerFlow(consumer()),
                "t_return_k" => SeriesTarget::ConsumerReturn(consumer()),
                other => panic!("{other}"),
            };
            let values = rows
                .iter()
                .map(|(_, row)| row.get(column).copied())
                .collect();
            case.series.push(CaseSeries { target, values });
        }
    }
    Some(case)
}

/// A water network of pipes and tanks at the start of its first period.
pub(super) fn epanet(name: &str) -> Option<NetworkCase> {
    let text = read(&format!("{name}/network.inp"))?;
    let mut sections: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    let mut section = "";
    for line in text.lines() {
        let line = line.split(';').next().unwrap().trim();
        if line.starts_with('[') {
            section = line;
        } else if !line.is_empty() {
            let fields = line.split_whitespace().collect();
            sections.entry(section).or_default().push(fields);
        }
    }
    let is_dw = text.contains("D-W");
    let density = 1000.0;
    let fluid = CaseFluid::Constant {
        density_kg_m3: density,
        viscosity_pa_s: 1.1e-5 * 0.3048 * 0.3048 * density,
        specific_heat_j_kgk: 4180.0,
    };
    let friction = if is_dw {
        FrictionLaw::EpanetDarcyWeisbach
    } else {
        FrictionLaw::HazenWilliams
    };
    let mut case = empty(fluid, friction);
    case.air = AirPressure::Same;
    let number = |s: &str| s.parse::<f64>().unwrap();
    let mut multiplier: BTreeMap<&str, f64> = BTreeMap::new();
    for row in &sections["[PATTERNS]"] {
        multiplier.entry(row[0]).or_insert_with(|| number(row[1]));
    }
    let node = |id: &str, height: f64| CaseNode {
        id: id.to_owned(),
        height: Length::from_si(height),
        ..CaseNode::default()
    };
    for row in &sections["[JUNCTIONS]"] {
        case.takings.push(Taking {
            id: row[0].to_owned(),
            node: case.nodes.len(),
            mass_flow: MassFlow::from_si(number(row[2]) * multiplier[row[3]]),
            temperature: None,
        });
        case.nodes.push(node(row[0], number(row[1])));
    }
    for row in &sections["[TANKS]"] {
        let head = number(row[2]) * density * hukka_network::case::GRAVITY;
        case.pressures.push(FixedPressure {
            id: row[0].to_owned(),
            node: case.nodes.len(),
            pressure: Some(Pressure::from_si(head)),
            temperature: None,
        });
        case.nodes.push(node(row[0], number(row[1])));
    }
    let index = |id: &str| case.nodes.iter().position(|n| n.id == id).unwrap();
    case.pipes = sections["[PIPES]"]
        .iter()
        .map(|row| CasePipe {
            id: row[0].to_owned(),
            from: index(row[1]),
            to: index(row[2]),
            length: Length::from_si(number(row[3])),
            inner_diameter: Length::from_si(1e-3 * number(row[4])),
            roughness: Length::from_si(if is_dw { 1e-3 * number(row[5]) } else { 0.0 }),
            hazen_williams: (!is_dw).then(|| number(row[5])),
            minor_loss: number(row[6]),
            ..CasePipe::default()
        })
        .collect();
    Some(case)
}
