//! Against saved results of another program, pandapipes 0.16.0, in the shared folder beside the
//! checkout. The reference equations are in its README. One thing differs on purpose: a consumer's
//! heat is the enthalpy difference of its water, not the mean of the specific heats at both ends
//! (0.06 % of the flow at 40 K). Both countings are compared.

use hukka_network::{
    Boundary, Buoyancy, Draw, Fluid, Friction, Inflow, InflowAmount, Network, PipeSpec,
    PressureLaws, Solver, SolverOptions,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/network")
}

#[expect(clippy::disallowed_methods, reason = "reads reference results")]
fn read(path: &str) -> Option<String> {
    let text = std::fs::read_to_string(folder().join(path)).ok();
    if text.is_none() {
        eprintln!("skipped: {path} is not in the shared folder");
    }
    text
}

/// Rows by first column; empty fields are left out.
fn table(path: &str) -> Option<Vec<(String, BTreeMap<String, f64>)>> {
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

/// Water as the reference has it: tables, linear between and beyond their points.
struct Tables {
    density: Vec<(f64, f64)>,
    heat: Vec<(f64, f64)>,
    viscosity: Vec<(f64, f64)>,
}

impl Tables {
    fn read() -> Option<Self> {
        let json: Value = serde_json::from_str(&read("water_properties.json")?).unwrap();
        let points = |name: &str| {
            let rows = json[name].as_array().unwrap();
            rows.iter()
                .map(|p| (p[0].as_f64().unwrap(), p[1].as_f64().unwrap()))
                .collect()
        };
        Some(Self {
            density: points("density_kg_m3"),
            heat: points("heat_capacity_j_kgk"),
            viscosity: points("viscosity_pa_s"),
        })
    }
}

fn linear(points: &[(f64, f64)], t: f64) -> f64 {
    let last = points.len() - 2;
    let i = points[1..=last].iter().take_while(|p| p.0 <= t).count();
    let ((t0, y0), (t1, y1)) = (points[i], points[i + 1]);
    y0 + (y1 - y0) * (t - t0) / (t1 - t0)
}

impl Fluid for Tables {
    fn density(&self, t_k: f64) -> f64 {
        linear(&self.density, t_k)
    }
    fn specific_heat(&self, t_k: f64) -> f64 {
        linear(&self.heat, t_k)
    }
    fn viscosity(&self, t_k: f64) -> f64 {
        linear(&self.viscosity, t_k)
    }
    fn enthalpy(&self, t_k: f64) -> f64 {
        let inner = &self.heat[1..self.heat.len() - 1];
        let mut from = self.heat[0].0;
        let mut sum = 0.0;
        for to in inner.iter().map(|p| p.0).filter(|&t| t < t_k).chain([t_k]) {
            sum += 0.5 * (self.specific_heat(from) + self.specific_heat(to)) * (to - from);
            from = to;
        }
        sum
    }
    fn temperature(&self, enthalpy: f64) -> f64 {
        let mut t = self.heat[0].0 + enthalpy / 4190.0;
        for _ in 0..6 {
            t -= (self.enthalpy(t) - enthalpy) / self.specific_heat(t);
        }
        t
    }
}

/// A case of the shared folder.
struct Case {
    nodes: Vec<String>,
    height: Vec<f64>,
    pipes: Vec<PipeSpec>,
    pipe_ids: Vec<String>,
    plant: usize,
    supply_k: f64,
    levels_bar: (f64, f64),
    ground_k: f64,
    draw_nodes: Vec<usize>,
    draws: Vec<Draw>,
    inflow_nodes: Vec<usize>,
    inflows: Vec<Inflow>,
}

fn number(value: &Value, name: &str) -> f64 {
    value[name].as_f64().unwrap()
}

fn draw_of(consumer: &Value) -> Draw {
    let heat_w = number(consumer, "q_w");
    match consumer["mode"].as_str().unwrap() {
        "q_treturn" => Draw {
            heat_w,
            loss_w_k: 0.0,
            return_temperature_k: number(consumer, "t_return_k"),
            min_mass_flow: 0.0,
        },
        _ => Draw {
            heat_w,
            loss_w_k: 0.0,
            return_temperature_k: 274.0,
            min_mass_flow: number(consumer, "mdot_kg_s"),
        },
    }
}

impl Case {
    fn read(name: &str) -> Option<Self> {
        let json: Value = serde_json::from_str(&read(&format!("{name}/case.json"))?).unwrap();
        let list = |key: &str| json[key].as_array().unwrap().clone();
        let text = |value: &Value, key: &str| value[key].as_str().unwrap().to_owned();
        let supply: Vec<Value> = list("nodes")
            .into_iter()
            .filter(|n| n["side"] == "supply")
            .collect();
        let nodes: Vec<String> = supply
            .iter()
            .map(|n| text(n, "id")[1..].to_owned())
            .collect();
        let index = |id: String| nodes.iter().position(|n| *n == id[1..]).unwrap();
        let pipes: Vec<Value> = list("pipes")
            .into_iter()
            .filter(|p| text(p, "id").starts_with('s'))
            .collect();
        let (mut plants, mut others) = (Vec::new(), Vec::new());
        for source in list("sources") {
            if source["type"] == "pressure_slack" {
                plants.push(source);
            } else {
                others.push(source);
            }
        }
        let plant = &plants[0];
        let top = number(plant, "p_supply_bar");
        Some(Self {
            height: supply.iter().map(|n| number(n, "z")).collect(),
            pipe_ids: pipes
                .iter()
                .map(|p| text(p, "id")[1..].to_owned())
                .collect(),
            pipes: pipes
                .iter()
                .map(|p| PipeSpec {
                    from: index(text(p, "from")),
                    to: index(text(p, "to")),
                    length_m: number(p, "length_m"),
                    inner_diameter_m: number(p, "inner_diameter_m"),
                    roughness_m: number(p, "roughness_mm") * 1e-3,
                    fitting_share: 0.0,
                    loss_w_mk: number(p, "u_w_per_mk"),
                })
                .collect(),
            plant: index(text(plant, "supply_node")),
            supply_k: number(plant, "t_supply_k"),
            levels_bar: (top, top - number(plant, "dp_bar")),
            ground_k: number(&pipes[0], "t_ground_k"),
            draw_nodes: list("consumers")
                .iter()
                .map(|c| index(text(c, "supply_node")))
                .collect(),
            draws: list("consumers").iter().map(draw_of).collect(),
            inflow_nodes: others
                .iter()
                .map(|s| index(text(s, "supply_node")))
                .collect(),
            inflows: others
                .iter()
                .map(|s| Inflow {
                    amount: InflowAmount::MassFlow(number(s, "mdot_kg_s")),
                    temperature_k: number(s, "t_supply_k"),
                })
                .collect(),
            nodes,
        })
    }

    fn network(&self) -> Network {
        Network::new(&self.height, &self.pipes, self.plant).unwrap()
    }

    fn solver<'a>(&self, network: &'a Network, fluid: Tables) -> Solver<'a, Tables> {
        let laws = PressureLaws {
            friction: Friction::ColebrookEverywhere,
            buoyancy: Buoyancy::Local,
        };
        let options = SolverOptions {
            laws,
            ..SolverOptions::default()
        };
        Solver::new(
            network,
            fluid,
            &self.draw_nodes,
            &self.inflow_nodes,
            options,
        )
        .unwrap()
    }

    fn boundary(&self) -> Boundary<'_> {
        Boundary {
            supply_temperature_k: self.supply_k,
            surplus_return_temperature_k: 318.15,
            ground_temperature_k: self.ground_k,
            draws: &self.draws,
            inflows: &self.inflows,
        }
    }

    /// Gauge pressure and temperature at a node named as in the case, "s4" or "rc7".
    fn at(&self, solver: &Solver<'_, Tables>, id: &str) -> (f64, f64) {
        let node = self.nodes.iter().position(|n| *n == id[1..]).unwrap();
        let state = solver.node(node);
        let air = |z: f64| 1.01325 * (1.0 - 0.0065 * z / 288.15).powf(5.255);
        let lift = air(self.height[self.plant]) - air(self.height[node]);
        if id.starts_with('s') {
            let p = self.levels_bar.0 + state.supply_pressure_pa / 1e5 + lift;
            (p, state.supply_temperature_k)
        } else {
            let p = self.levels_bar.1 + state.return_pressure_pa / 1e5 + lift;
            (p, state.return_temperature_k)
        }
    }
}

/// Largest differences to the reference: bar, K, share of flow.
#[derive(Debug, Default)]
struct Worst {
    pressure_bar: f64,
    temperature_k: f64,
    flow: f64,
}

/// Heat that makes our consumer take the flow of the reference: there the specific heat of the
/// water taken is the mean of its values at both ends, here the integral between them.
fn with_reference_heat(draw: Draw, fluid: &Tables, hot: f64, cold: f64) -> Draw {
    let mean = 0.5 * (fluid.specific_heat(hot) + fluid.specific_heat(cold));
    let factor = (fluid.enthalpy(hot) - fluid.enthalpy(cold)) / (mean * (hot - cold));
    Draw {
        heat_w: draw.heat_w * factor,
        ..draw
    }
}

fn compare(name: &str, has_reference_heat: bool) -> Option<Worst> {
    let (mut case, fluid) = (Case::read(name)?, Tables::read()?);
    let consumers = table(&format!("{name}/expected_consumers.csv"))?;
    let mut flows = 0.0;
    for (draw, (_, row)) in case.draws.iter_mut().zip(&consumers) {
        flows += row["mdot_kg_s"];
        if has_reference_heat {
            *draw = with_reference_heat(*draw, &fluid, row["t_in_k"], row["t_out_k"]);
        }
    }
    let network = case.network();
    let mut solver = case.solver(&network, fluid);
    let hour = solver.solve(&case.boundary());
    assert!(hour.is_converged, "{hour:?}");
    solver.solve_pressures();
    let mut worst = Worst::default();
    for (id, row) in table(&format!("{name}/expected_nodes.csv"))? {
        let (p, t) = case.at(&solver, &id);
        worst.pressure_bar = worst.pressure_bar.max((p - row["p_bar"]).abs());
        worst.temperature_k = worst.temperature_k.max((t - row["t_k"]).abs());
    }
    for (i, (_, row)) in consumers.iter().enumerate() {
        let ratio = solver.draw(i).0 / row["mdot_kg_s"];
        worst.flow = worst.flow.max((ratio - 1.0).abs());
    }
    let mean = flows / consumers.len() as f64;
    for (id, row) in table(&format!("{name}/expected_pipes.csv"))? {
        let trench = case.pipe_ids.iter().position(|p| *p == id[1..]).unwrap();
        let state = solver.pipe(trench);
        let is_supply = id.starts_with('s');
        let found = if is_supply {
            state.supply_mass_flow
        } else {
            -state.return_mass_flow
        };
        let expected = row["mdot_kg_s"];
        let share = (found - expected).abs() / expected.abs().max(mean);
        worst.flow = worst.flow.max(share);
    }
    eprintln!("{name}: {worst:?} in {} iterations", hour.iterations);
    Some(worst)
}

/// The reference's own tolerances, reached with the heat as it counts it and with our own.
fn agrees(name: &str) {
    let limits = [(true, 1e-5, 1e-3, 2e-4), (false, 1e-4, 0.01, 2e-3)];
    for (has_reference_heat, pressure_bar, temperature_k, flow) in limits {
        if let Some(worst) = compare(name, has_reference_heat) {
            assert!(worst.pressure_bar < pressure_bar, "{worst:?}");
            assert!(worst.temperature_k < temperature_k, "{worst:?}");
            assert!(worst.flow < flow, "{worst:?}");
        }
    }
}

#[test]
fn tree20_agrees() {
    agrees("tree20");
}

#[test]
fn loop60_with_two_sources_agrees() {
    agrees("loop60_colebrook");
}

/// The base state only: with the series of loads, plant flow lies 5–28 % above the reference's, and
/// why has not been found.
#[test]
fn series12_agrees_in_its_base_state() {
    agrees("series12_24h");
}
