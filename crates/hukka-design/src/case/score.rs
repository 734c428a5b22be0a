//! An independent check of a solution: balance, capacities and value from the case alone.
//!
//! Shares no code with the search or the programme, so that a mistake there cannot hide here.

use hukka_model::{ConnectionMode, DesignCase, DesignSolution, Objective};
use hukka_units::Money;

/// Imbalance of a node that is rounding, kW.
const BALANCE_KW: f64 = 0.05;
/// Excess over a capacity that is rounding, kW.
const CAPACITY_KW: f64 = 1e-3;

/// What a solution costs and whether it keeps the rules.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseScore {
    /// Yearly cost less revenue.
    pub value: Money,
    /// Yearly cost.
    pub cost: Money,
    /// Yearly revenue.
    pub revenue: Money,
    /// Pipes, a year.
    pub pipes: Money,
    /// Heat lost in full-load hours, kW.
    pub loss_kw: f64,
    /// Length of trench, m.
    pub trench_m: f64,
    /// Every rule that is broken, with figures; empty when the solution is feasible.
    pub breaches: Vec<String>,
}

/// Scores a solution from edges, inflows, sizes, source powers and connected consumers.
///
/// Node balance within 0.05 kW; `0 ≤ loss ≤ f ≤ capacity`; `0 ≤ P ≤ capacity`; in forced mode
/// everyone connected. Value as the format defines it, see the page on design cases.
pub fn score(
    case: &DesignCase,
    solution: &DesignSolution,
    objective: Objective,
    mode: ConnectionMode,
) -> CaseScore {
    let economics = &case.economics;
    let (hours, mut breaches) = (economics.full_load.si() / 3600.0, Vec::new());
    let mut balance = vec![0.0_f64; case.nodes.len()];
    let (mut capital, mut loss_kw, mut trench_m) = (0.0, 0.0, 0.0);
    let mut is_built = vec![false; case.edges.len()];
    for built in &solution.edges {
        let edge = &case.edges[built.edge];
        if std::mem::replace(&mut is_built[built.edge], true) {
            breaches.push(format!("edge {} is built twice", edge.id));
        }
        let (flow, metres) = (built.inflow.si().abs() / 1e3, edge.length.si());
        let Some((price, loss, most)) = priced(case, objective, built.pipe, flow) else {
            breaches.push(format!("edge {} has no pipe of the objective", edge.id));
            continue;
        };
        let loss = loss * metres;
        if flow > most + CAPACITY_KW {
            breaches.push(format!(
                "edge {} carries {flow:.3} of {most:.3} kW",
                edge.id
            ));
        }
        if loss > flow + CAPACITY_KW {
            breaches.push(format!("edge {} loses {loss:.3} of {flow:.3} kW", edge.id));
        }
        let (from, to) = if built.inflow.si() >= 0.0 {
            (edge.a, edge.b)
        } else {
            (edge.b, edge.a)
        };
        balance[from] -= flow;
        balance[to] += flow - loss;
        capital += metres * price;
        loss_kw += loss;
        trench_m += metres;
    }
    let mut plant = 0.0;
    for (source, power) in case.sources.iter().zip(&solution.powers) {
        let (power, most) = (power.si() / 1e3, source.capacity.si() / 1e3);
        if power < -CAPACITY_KW || power > most + CAPACITY_KW {
            breaches.push(format!(
                "source {} gives {power:.3} of {most:.3} kW",
                source.id
            ));
        }
        balance[source.node] += power;
        let life = source.life.a();
        plant += power
            * (source.investment.eur_kw() * factor(source.interest.si(), life)
                + source.price.eur_mwh() * hours / 1e3);
    }
    if solution.powers.len() != case.sources.len() {
        breaches.push("not every source has a power".to_owned());
    }
    let mut sold_mwh = 0.0;
    for &c in &solution.connected {
        balance[case.consumers[c].node] -= case.consumers[c].peak.si() / 1e3;
        sold_mwh += case.consumers[c].annual.mwh();
    }
    if mode == ConnectionMode::Forced && solution.connected.len() < case.consumers.len() {
        let left = case.consumers.len() - solution.connected.len();
        breaches.push(format!("{left} consumers are not connected"));
    }
    if solution.connected.windows(2).any(|pair| pair[0] >= pair[1]) {
        breaches.push("a consumer is connected twice".to_owned());
    }
    for (node, off) in case.nodes.iter().zip(&balance) {
        if off.abs() > BALANCE_KW {
            breaches.push(format!("node {} is out of balance by {off:.3} kW", node.id));
        }
    }
    let pipes = capital * factor(economics.interest.si(), economics.pipe_life.a());
    let idle = match objective {
        Objective::Catalogue => loss_kw * (8760.0 - hours) / 1e3 * economics.loss_price.eur_mwh(),
        Objective::Linear => 0.0,
    };
    let (cost, revenue) = (
        pipes + plant + idle,
        economics.heat_price.eur_mwh() * sold_mwh,
    );
    CaseScore {
        value: Money::from_eur(cost - revenue),
        cost: Money::from_eur(cost),
        revenue: Money::from_eur(revenue),
        pipes: Money::from_eur(pipes),
        loss_kw,
        trench_m,
        breaches,
    }
}

/// Investment in EUR/m, loss in kW/m and capacity in kW of a pipe that carries `flow` kW.
fn priced(
    case: &DesignCase,
    objective: Objective,
    size: Option<usize>,
    flow: f64,
) -> Option<(f64, f64, f64)> {
    match objective {
        Objective::Catalogue => {
            let pipe = case.catalogue.get(size?)?;
            Some((
                pipe.cost.si(),
                pipe.loss_w_per_m / 1e3,
                pipe.capacity.si() / 1e3,
            ))
        }
        Objective::Linear => {
            let pipe = case.linear?;
            Some((
                pipe.cost_a_eur_per_m_kw * flow + pipe.cost_b_eur_per_m,
                pipe.loss_a_kw_per_m_kw * flow + pipe.loss_b_kw_per_m,
                pipe.capacity.si() / 1e3,
            ))
        }
    }
}

/// `i(1+i)^n / ((1+i)^n − 1)`.
fn factor(interest: f64, years: f64) -> f64 {
    let growth = (1.0 + interest).powf(years);
    if growth - 1.0 < 1e-12 {
        1.0 / years
    } else {
        interest * growth / (growth - 1.0)
    }
}
