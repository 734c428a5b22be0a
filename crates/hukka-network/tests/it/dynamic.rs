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

/// Plant, a ring of three streets and two consumers, both sides; heights; steel walls.
fn ring(rows: usize, step_s: f64) -> NetworkCase {
    let mut case = empty("ring", 278.15);
    for side in ["s", "r"] {
        for (i, height) in [0.0, 4.0, 9.0, 2.0].into_iter().enumerate() {
            case.nodes.push(CaseNode {
                id: format!("{side}{i}"),
                side: if side == "s" {
                    NetworkSide::Supply
                } else {
                    NetworkSide::Return
                },
                height: Length::from_m(height),
                ..CaseNode::default()
            });
        }
    }
    let ways = [(0, 1, 300.0), (1, 2, 200.0), (2, 3, 260.0), (3, 1, 150.0)];
    for side in [0, 4] {
        for (from, to, length) in ways {
            let (a, b) = if side == 0 { (from, to) } else { (to, from) };
            case.pipes.push(CasePipe {
                id: format!("{side}-{from}-{to}"),
                from: side + a,
                to: side + b,
                length: Length::from_m(length),
                inner_diameter: Length::from_m(0.0545),
                outer_diameter: Some(Length::from_m(0.0603)),
                roughness: Length::from_m(1e-4),
                loss: LinearLossCoefficient::from_w_mk(0.25),
                wall_heat_j_m3k: Some(7800.0 * 480.0),
                ..CasePipe::default()
            });
        }
    }
    case.sources.push(source_at((0, 4), 353.15));
    for node in [2, 3] {
        case.consumers.push(CaseConsumer {
            heat: Some(HeatPower::from_kw(150.0)),
            mass_flow: None,
            return_temperature: Some(Temperature::from_k(318.15)),
            mode: ConsumerMode::HeatReturn,
            ..consumer_at((node, node + 4), 0.0, 0.0)
        });
    }
    case.times = (0..rows)
        .map(|i| TimeSpan::from_s(step_s * i as f64))
        .collect();
    case
}

/// Left alone, a network comes to the steady state that the steady solver finds.
#[test]
fn a_network_left_alone_stays_in_its_steady_state() {
    for wall in [WallModel::Even, WallModel::Film] {
        let mut case = ring(12, 600.0);
        for node in &mut case.nodes {
            // the steady solver weighs water columns with the mean of their ends
            node.height = Length::from_m(0.0);
        }
        let options = DynamicOptions {
            wall,
            ..DynamicOptions::default()
        };
        let (states, summary) = run(&case, &options);
        let counting = hukka_network::case::CaseOptions {
            counting: hukka_network::case::HeatCounting::Enthalpy,
            ..Default::default()
        };
        let (steady, _) = hukka_network::case::steady(&case, &counting, &mut ()).unwrap();
        let last = states.last().unwrap();
        let mut worst = (0.0_f64, 0.0_f64, 0.0_f64);
        for node in 0..8 {
            let dt = (last.temperature_k[node] - steady.temperature_k[node]).abs();
            let dp = (last.pressure_pa[node].unwrap() - steady.pressure_pa[node].unwrap()).abs();
            worst = (worst.0.max(dt), worst.1.max(dp), worst.2);
        }
        for (a, b) in last.pipes.iter().zip(&steady.pipes) {
            worst.2 = worst.2.max((a.mass_flow_kg_s - b.mass_flow_kg_s).abs());
        }
        eprintln!(
            "{wall:?}: largest difference {:.1e} K, {:.1e} Pa, {:.1e} kg/s; heat open {:.1e}",
            worst.0,
            worst.1,
            worst.2,
            summary.imbalance()
        );
        // the film stands in series with the insulation, which the steady solver leaves out
        let allowed_k = if wall == WallModel::Even { 2e-3 } else { 3e-2 };
        assert!(worst.0 < allowed_k && worst.1 < 60.0 && worst.2 < 1e-3);
        assert!(summary.imbalance() < 1e-10);
        assert!(states.iter().all(|s| s.is_converged));
    }
}

/// Two days alike with changing loads and set-points: what is kept at the end of the second day
/// is what was kept at its start, and every heat is accounted for.
#[test]
fn a_cyclic_day_closes_its_heat() {
    let (rows, day) = (2 * 96 + 1, 96);
    let mut case = ring(rows, 900.0);
    let wave = |i: usize, shift: f64| {
        let turn = (i % day) as f64 / day as f64;
        (std::f64::consts::TAU * (turn + shift)).sin()
    };
    let series = |of: &dyn Fn(usize) -> f64| (0..rows).map(|i| Some(of(i))).collect();
    case.series = vec![
        CaseSeries {
            target: SeriesTarget::SourceTemperature(0),
            values: series(&|i| 350.0 + 8.0 * wave(i, 0.1)),
        },
        CaseSeries {
            target: SeriesTarget::ConsumerHeat(0),
            values: series(&|i| 1e5 * (1.0 + wave(i, 0.0)).max(0.0)),
        },
        CaseSeries {
            target: SeriesTarget::ConsumerHeat(1),
            values: series(&|i| 1e5 * (0.2 + wave(i, 0.5)).max(0.0)),
        },
    ];
    let mut simulation = Simulation::new(&case, &DynamicOptions::default()).unwrap();
    while simulation.row() < day {
        simulation.advance().unwrap();
    }
    let first = simulation.summary();
    let mut is_reversed = false;
    while simulation.advance().unwrap().is_some() {
        let flows = simulation.state().pipes;
        is_reversed |= flows[2].mass_flow_kg_s < -1e-3;
    }
    let whole = simulation.summary();
    let kept = whole.stored_end_j - first.stored_end_j;
    let fed = whole.fed_j - first.fed_j;
    let out = whole.delivered_j + whole.lost_j - first.delivered_j - first.lost_j;
    eprintln!(
        "second day: fed {:.1} kWh, kept {:.1e} of it, open {:.1e}, lost {:.1} %",
        fed / 3.6e6,
        kept / fed,
        (fed - out - kept) / fed,
        100.0 * (whole.lost_j - first.lost_j) / fed
    );
    assert!(is_reversed, "the ring's far street must turn its flow");
    assert!((kept / fed).abs() < 1e-6);
    assert!(((fed - out - kept) / fed).abs() < 1e-9);
    let asked: f64 = (day..2 * day)
        .map(|i| {
            let at = |k: usize, i: usize| case.series[k].values[i].unwrap();
            450.0 * (at(1, i) + at(1, i + 1) + at(2, i) + at(2, i + 1))
        })
        .sum();
    let given = whole.delivered_j - first.delivered_j;
    assert!((given / asked - 1.0).abs() < 5e-3, "{given} {asked}");
}

/// A looped run taken up again goes on bit for bit, and threads change nothing.
#[test]
fn a_looped_run_taken_up_again_goes_on_bit_for_bit() {
    let mut case = ring(40, 700.0);
    case.series = vec![CaseSeries {
        target: SeriesTarget::ConsumerHeat(0),
        values: (0..40).map(|i| Some(2e4 * f64::from(i % 11))).collect(),
    }];
    let options = DynamicOptions::default();
    let (states, summary) = run(&case, &options);
    let mut first = Simulation::new(&case, &options).unwrap();
    while first.row() < 17 {
        first.advance().unwrap();
    }
    let mut second = Simulation::resume(&case, &options, &first.checkpoint()).unwrap();
    assert_eq!(second.state(), states[17]);
    while let Some(row) = second.advance().unwrap() {
        assert_eq!(second.state(), states[row]);
    }
    assert_eq!(second.summary(), summary);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(2)
        .build()
        .unwrap();
    assert_eq!(pool.install(|| run(&case, &options)), (states, summary));
}
