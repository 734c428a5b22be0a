//! The network over time: measured pipes, and what must hold of any run.

use hukka_model::network_case::{
    AirPressure, CaseConsumer, CaseFluid, CaseNode, CasePipe, CaseSeries, CaseSource, CaseState,
    ConsumerMode, FrictionLaw, NetworkCase, NetworkSide, SeriesTarget, SourceKind,
};
use hukka_network::dynamic::{DynamicOptions, Simulation, Summary, WallModel, simulate};
use hukka_units::{
    HeatPower, Length, LinearLossCoefficient, MassFlow, Pressure, Temperature, TimeSpan,
};
use serde_json::Value;
use std::path::PathBuf;

#[expect(clippy::disallowed_methods, reason = "reads measured cases")]
fn read(path: &str) -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/network");
    let text = std::fs::read_to_string(folder.join(path)).ok();
    if text.is_none() {
        eprintln!("skipped: {path} is not in the shared folder");
    }
    text
}

/// A column of a table with its empty fields.
type Column = Vec<Option<f64>>;

/// Columns of a table after the first, and the first.
fn table(path: &str) -> Option<(Vec<f64>, Vec<Column>)> {
    let text = read(path)?;
    let rows: Vec<Column> = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').map(|f| f.trim().parse().ok()).collect())
        .collect();
    let times = rows.iter().map(|row| row[0].unwrap()).collect();
    let columns = (1..rows[0].len())
        .map(|c| rows.iter().map(|row| row[c]).collect())
        .collect();
    Some((times, columns))
}

fn number(value: &Value, name: &str) -> f64 {
    value[name].as_f64().unwrap()
}

pub(crate) fn empty(name: &str, ambient_k: f64) -> NetworkCase {
    NetworkCase {
        name: name.to_owned(),
        ambient_temperature: Temperature::from_k(ambient_k),
        friction: FrictionLaw::Colebrook,
        air: AirPressure::Same,
        fluid: CaseFluid::Water,
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

/// A measured pipe of the shared folder, with what was measured at its end.
fn measured(name: &str) -> Option<(NetworkCase, Vec<f64>)> {
    let json: Value = serde_json::from_str(&read(&format!("{name}/case.json"))?).unwrap();
    let mut case = empty(name, number(&json, "ambient_temperature_k"));
    let nodes = json["nodes"].as_array().unwrap();
    let index = |value: &Value| nodes.iter().position(|n| n["id"] == *value).unwrap();
    for node in nodes {
        let id = node["id"].as_str().unwrap();
        case.nodes.push(CaseNode {
            id: id.to_owned(),
            side: if id.starts_with('s') {
                NetworkSide::Supply
            } else {
                NetworkSide::Return
            },
            initial_temperature: Some(Temperature::from_k(number(
                &json["initial_temperature_k"],
                id,
            ))),
            ..CaseNode::default()
        });
    }
    for pipe in json["pipes"].as_array().unwrap() {
        case.pipes.push(CasePipe {
            id: pipe["id"].as_str().unwrap().to_owned(),
            from: index(&pipe["from"]),
            to: index(&pipe["to"]),
            length: Length::from_m(number(pipe, "length_m")),
            inner_diameter: Length::from_m(number(pipe, "inner_diameter_m")),
            outer_diameter: Some(Length::from_m(number(pipe, "outer_diameter_m"))),
            roughness: Length::from_m(1e-3 * number(pipe, "roughness_mm")),
            loss: LinearLossCoefficient::from_w_mk(number(pipe, "u_w_per_mk")),
            wall_heat_j_m3k: Some(
                number(pipe, "wall_density_kg_m3") * number(pipe, "wall_cp_j_kgk"),
            ),
            ..CasePipe::default()
        });
    }
    let source = &json["sources"][0];
    case.sources.push(source_at(
        (index(&source["supply_node"]), index(&source["return_node"])),
        number(source, "t_supply_k"),
    ));
    let consumer = &json["consumers"][0];
    case.consumers.push(consumer_at(
        (
            index(&consumer["supply_node"]),
            index(&consumer["return_node"]),
        ),
        number(consumer, "q_w"),
        number(consumer, "mdot_kg_s"),
    ));
    let mut add = |file: &str, target| {
        let (times, mut columns) = table(&format!("{name}/{file}"))?;
        case.times = times.iter().map(|t| TimeSpan::from_s(*t)).collect();
        case.series.push(CaseSeries {
            target,
            values: columns.swap_remove(0),
        });
        Some(())
    };
    add("series_sources.csv", SeriesTarget::SourceTemperature(0))?;
    add("series_consumers.csv", SeriesTarget::ConsumerFlow(0))?;
    add("series_ambient.csv", SeriesTarget::Ambient)?;
    let (_, columns) = table(&format!("{name}/expected_series_t_k.csv"))?;
    Some((case, columns[0].iter().map(|v| v.unwrap()).collect()))
}

fn source_at((supply, back): (usize, usize), supply_k: f64) -> CaseSource {
    CaseSource {
        id: "plant".to_owned(),
        supply_node: supply,
        return_node: back,
        supply_temperature: Temperature::from_k(supply_k),
        kind: SourceKind::Pressure {
            supply: Pressure::from_bar(10.0),
            difference: Pressure::from_bar(6.0),
        },
    }
}

fn consumer_at((supply, back): (usize, usize), heat_w: f64, flow: f64) -> CaseConsumer {
    CaseConsumer {
        id: format!("consumer {supply}"),
        supply_node: supply,
        return_node: back,
        heat: Some(HeatPower::from_w(heat_w)),
        mass_flow: Some(MassFlow::from_kg_s(flow)),
        return_temperature: None,
        cooling_k: None,
        mode: ConsumerMode::HeatFlow,
        min_mass_flow: MassFlow::from_kg_s(0.0),
        resistance: None,
    }
}

fn run(case: &NetworkCase, options: &DynamicOptions) -> (Vec<CaseState>, Summary) {
    let mut states = Vec::new();
    let summary = simulate(case, options, &mut (), &mut |row, state| {
        assert_eq!(row, states.len());
        states.push(state.clone());
    })
    .unwrap();
    (states, summary)
}

/// Time-weighted root mean square difference, bias, largest difference.
fn errors(times: &[TimeSpan], found: &[f64], expected: &[f64]) -> (f64, f64, f64) {
    let (mut square, mut sum, mut span, mut largest) = (0.0, 0.0, 0.0, 0.0_f64);
    for i in 1..times.len() {
        let width = times[i].s() - times[i - 1].s();
        let (a, b) = (found[i - 1] - expected[i - 1], found[i] - expected[i]);
        square += 0.5 * width * (a * a + b * b);
        sum += 0.5 * width * (a + b);
        span += width;
        largest = largest.max(b.abs());
    }
    ((square / span).sqrt(), sum / span, largest)
}

/// Outlet of a measured pipe against the allowed error, wall even and with its film.
fn follows(name: &str, allowed_k: f64) {
    let Some((case, expected)) = measured(name) else {
        return;
    };
    for wall in [WallModel::Even, WallModel::Film] {
        let options = DynamicOptions {
            wall,
            ..DynamicOptions::default()
        };
        let (states, summary) = run(&case, &options);
        let outlet: Vec<f64> = states.iter().map(|s| s.temperature_k[1]).collect();
        let (rmse, bias, largest) = errors(&case.times, &outlet, &expected);
        eprintln!(
            "{name}, {wall:?}: RMSE {rmse:.3} K, bias {bias:+.3} K, largest {largest:.2} K, \
             heat open {:.1e}",
            summary.imbalance()
        );
        assert!(summary.imbalance() < 1e-10);
        assert!(wall == WallModel::Even || rmse < allowed_k, "{rmse}");
    }
}

#[test]
fn the_measured_pipe_of_august_is_followed() {
    follows("ulg_150801", 0.6);
}

#[test]
fn the_measured_pipe_of_december_is_followed() {
    follows("ulg_151204_1", 0.5);
}

#[test]
fn a_run_taken_up_again_goes_on_bit_for_bit() {
    let Some((case, _)) = measured("ulg_151204_1") else {
        return;
    };
    for wall in [WallModel::Even, WallModel::Film] {
        let options = DynamicOptions {
            wall,
            ..DynamicOptions::default()
        };
        let (states, summary) = run(&case, &options);
        let mut first = Simulation::new(&case, &options).unwrap();
        while first.row() < 40 {
            first.advance().unwrap();
        }
        let kept = first.checkpoint();
        drop(first);
        let mut second = Simulation::resume(&case, &options, &kept).unwrap();
        assert_eq!(second.state(), states[40]);
        while let Some(row) = second.advance().unwrap() {
            assert_eq!(second.state(), states[row]);
        }
        assert_eq!(second.summary(), summary);
        assert!(Simulation::resume(&case, &options, &kept[..kept.len() - 8]).is_err());
        assert!(Simulation::resume(&case, &options, b"something else").is_err());
    }
}
