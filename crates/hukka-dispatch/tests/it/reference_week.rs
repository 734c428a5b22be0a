//! The synthetic park `lp_week` with CHP, two heat pumps and a store with conversion losses, written
//! straight as a programme: its stated optimum must come out.

use hukka_dispatch::exact::{self, Chain, Ends, Grid, Outcome, SharedLimit, Store, Unit};
use hukka_lp::{Bounds, Options, Problem, Row};
use serde_json::Value;
use std::path::PathBuf;

fn folder() -> PathBuf {
    [
        env!("CARGO_MANIFEST_DIR"),
        "..",
        "..",
        "..",
        "shared",
        "cases",
        "dispatch",
        "lp_week",
    ]
    .iter()
    .collect()
}

#[expect(clippy::disallowed_methods, reason = "a test reads its reference case")]
fn read(name: &str) -> Option<String> {
    std::fs::read_to_string(folder().join(name)).ok()
}

/// Columns of a CSV by header name.
struct Series {
    header: Vec<String>,
    rows: Vec<Vec<f64>>,
}

impl Series {
    fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        let header = lines
            .next()
            .unwrap()
            .split(',')
            .map(str::to_owned)
            .collect();
        let number = |field: &str| field.parse().unwrap();
        let rows = lines
            .map(|line| line.split(',').map(number).collect())
            .collect();
        Self { header, rows }
    }

    fn at(&self, name: &str, step: usize) -> f64 {
        let column = self
            .header
            .iter()
            .position(|header| header == name)
            .unwrap();
        self.rows[step][column]
    }
}

/// Rows of one step.
#[derive(Clone, Copy)]
struct StepRows {
    heat: Row,
    electricity: Row,
    source: Row,
    content: Row,
}

fn number(value: &Value, key: &str) -> f64 {
    value[key]
        .as_f64()
        .unwrap_or_else(|| panic!("{key} in {value}"))
}

fn add_unit(problem: &mut Problem, rows: StepRows, unit: &Value, carbon: f64, cop: Option<f64>) {
    let fuel = |unit: &Value| {
        number(unit, "fuel_price_eur_per_mwh") + carbon * number(unit, "fuel_co2_t_per_mwh")
    };
    let (electricity, cost) = match unit["kind"].as_str().unwrap() {
        "heat_pump" => (1.0 / cop.unwrap(), 0.0),
        "electric_boiler" => (1.0 / number(unit, "efficiency"), 0.0),
        "boiler" => (0.0, fuel(unit) / number(unit, "efficiency")),
        "chp_back_pressure" => {
            let ratio = number(unit, "power_to_heat");
            (
                -ratio,
                fuel(unit) * ratio / number(unit, "electric_efficiency"),
            )
        }
        other => panic!("unit kind {other}"),
    };
    let mut entries = vec![(rows.heat, 1.0), (rows.electricity, -electricity)];
    if let Some(cop) = cop {
        entries.push((rows.source, 1.0 - 1.0 / cop));
    }
    let upkeep = number(unit, "vom_eur_per_mwh_heat");
    let limits = Bounds::between(0.0, number(unit, "max_heat_mw"));
    problem.add_column(cost + upkeep, limits, &entries);
}

fn programme(case: &Value, series: &Series) -> Problem {
    let steps = series.rows.len();
    let mut problem = Problem::new();
    let rows: Vec<StepRows> = (0..steps)
        .map(|t| StepRows {
            heat: problem.add_row(Bounds::equal(series.at("heat_demand_mw", t))),
            electricity: problem.add_row(Bounds::equal(0.0)),
            source: problem.add_row(Bounds::at_most(series.at("dc_heat_available_mw", t))),
            content: problem.add_row(Bounds::equal(0.0)),
        })
        .collect();
    let (grid, store) = (&case["grid"], &case["storage"]);
    let keep = 1.0 - number(store, "loss_fraction_per_h");
    for t in 0..steps {
        let here = rows[t];
        for unit in case["units"].as_array().unwrap() {
            let cop = unit["cop_column"]
                .as_str()
                .map(|column| series.at(column, t));
            add_unit(
                &mut problem,
                here,
                unit,
                number(case, "co2_price_eur_per_t"),
                cop,
            );
        }
        let price = series.at("electricity_price_eur_per_mwh", t);
        let (buy, sell) = (
            number(grid, "buy_fee_eur_per_mwh"),
            number(grid, "sell_fee_eur_per_mwh"),
        );
        let most_bought = Bounds::between(0.0, number(grid, "max_buy_mw"));
        problem.add_column(price + buy, most_bought, &[(here.electricity, 1.0)]);
        let most_sold = Bounds::between(0.0, number(grid, "max_sell_mw"));
        problem.add_column(sell - price, most_sold, &[(here.electricity, -1.0)]);
        let penalty = number(case, "unserved_heat_penalty_eur_per_mwh");
        problem.add_column(penalty, Bounds::at_least(0.0), &[(here.heat, 1.0)]);
        let most_in = Bounds::between(0.0, number(store, "max_charge_mw"));
        let charged = -number(store, "charge_efficiency");
        problem.add_column(0.0, most_in, &[(here.heat, -1.0), (here.content, charged)]);
        let most_out = Bounds::between(0.0, number(store, "max_discharge_mw"));
        let taken = 1.0 / number(store, "discharge_efficiency");
        problem.add_column(0.0, most_out, &[(here.heat, 1.0), (here.content, taken)]);
        let next = rows[(t + 1) % steps].content;
        let room = Bounds::between(0.0, number(store, "capacity_mwh"));
        problem.add_column(0.0, room, &[(here.content, 1.0), (next, -keep)]);
    }
    problem
}

/// The same week for the exact engine.
fn chain(case: &Value, series: &Series) -> Chain {
    let steps = series.rows.len();
    let column = |name: &str| (0..steps).map(|t| series.at(name, t)).collect::<Vec<f64>>();
    let carbon = number(case, "co2_price_eur_per_t");
    let fuel = |unit: &Value| {
        number(unit, "fuel_price_eur_per_mwh") + carbon * number(unit, "fuel_co2_t_per_mwh")
    };
    let mut members = Vec::new();
    let mut units = Vec::new();
    for unit in case["units"].as_array().unwrap() {
        let max = number(unit, "max_heat_mw");
        let upkeep = number(unit, "vom_eur_per_mwh_heat");
        units.push(match unit["kind"].as_str().unwrap() {
            "heat_pump" => {
                let cop = column(unit["cop_column"].as_str().unwrap());
                let power: Vec<f64> = cop.iter().map(|cop| 1.0 / cop).collect();
                let source: Vec<f64> = power.iter().map(|power| 1.0 - power).collect();
                members.push((units.len(), source.into()));
                Unit::with_electricity(max, upkeep, power)
            }
            "electric_boiler" => {
                Unit::with_electricity(max, upkeep, 1.0 / number(unit, "efficiency"))
            }
            "boiler" => Unit::heat_only(max, fuel(unit) / number(unit, "efficiency") + upkeep),
            _ => {
                let ratio = number(unit, "power_to_heat");
                let cost = fuel(unit) * ratio / number(unit, "electric_efficiency");
                Unit::with_electricity(max, cost + upkeep, -ratio)
            }
        });
    }
    let price = column("electricity_price_eur_per_mwh");
    let (grid, store) = (&case["grid"], &case["storage"]);
    let with = |fee: f64| price.iter().map(|price| price + fee).collect::<Vec<f64>>();
    Chain {
        step_h: vec![number(case, "step_h"); steps],
        demand_mw: column("heat_demand_mw"),
        unserved_eur_mwh: Some(number(case, "unserved_heat_penalty_eur_per_mwh")),
        units,
        limits: vec![SharedLimit {
            members,
            limit_mw: column("dc_heat_available_mw").into(),
        }],
        grid: Some(Grid {
            buy_eur_mwh: with(number(grid, "buy_fee_eur_per_mwh")).into(),
            sell_eur_mwh: with(-number(grid, "sell_fee_eur_per_mwh")).into(),
            max_buy_mw: number(grid, "max_buy_mw").into(),
            max_sell_mw: number(grid, "max_sell_mw").into(),
        }),
        store: Some(Store {
            capacity_mwh: number(store, "capacity_mwh").into(),
            max_charge_mw: number(store, "max_charge_mw").into(),
            max_discharge_mw: number(store, "max_discharge_mw").into(),
            charge_efficiency: number(store, "charge_efficiency"),
            discharge_efficiency: number(store, "discharge_efficiency"),
            loss_per_h: number(store, "loss_fraction_per_h"),
            ends: Ends::Cyclic,
        }),
    }
}

#[test]
fn the_exact_engine_finds_the_stated_optimum_of_the_reference_week() {
    let (Some(case), Some(expected), Some(series)) =
        (read("case.json"), read("expected.json"), read("series.csv"))
    else {
        eprintln!("skipped: the reference case lp_week is not beside the project");
        return;
    };
    let case: Value = serde_json::from_str(&case).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let chain = chain(&case, &Series::parse(&series));
    let Outcome::Optimal(plan) = exact::solve(&chain, &exact::Options::default()).unwrap() else {
        panic!("the reference week has a plan");
    };
    let stated = number(&expected, "objective_eur");
    assert!((plan.objective_eur - stated).abs() <= 1e-9 * stated);
    assert!((plan.bound_eur - stated).abs() <= 1e-9 * stated);
    for (unit, activity) in case["units"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&plan.activity_mw)
    {
        let heat: f64 = activity.iter().sum();
        let stated = number(&expected["heat_mwh"], unit["id"].as_str().unwrap());
        assert!(
            (heat - stated).abs() <= 1e-3 * stated,
            "{heat} of {stated} MWh"
        );
    }
}

#[test]
fn the_reference_week_has_its_stated_optimum() {
    let (Some(case), Some(expected), Some(series)) =
        (read("case.json"), read("expected.json"), read("series.csv"))
    else {
        eprintln!("skipped: the reference case lp_week is not beside the project");
        return;
    };
    let case: Value = serde_json::from_str(&case).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let problem = programme(&case, &Series::parse(&series));
    let solution = problem.solve(&Options::default()).unwrap();
    assert!(solution.is_optimal());
    let stated = number(&expected, "objective_eur");
    assert!((solution.objective - stated).abs() <= 1e-6 * stated);
    let bound = problem.lower_bound(&solution.row_duals);
    assert!(
        (bound - stated).abs() <= 1e-6 * stated,
        "bound {bound}, stated {stated}"
    );
    assert!(problem.worst_violation(&solution.columns) <= 1e-6);
}
