//! Design problems on their own: known optima, random ones, and what more freedom must do.

use hukka_design::case::{CaseOptions, CaseProgress, score, solve};
use hukka_model::{
    ConnectionMode, DesignCase, DesignConsumer, DesignEconomics, DesignEdge, DesignNode,
    DesignOutcome, DesignPipe, DesignSource, DesignStatus, LinearPipe, Objective,
};
use hukka_units::{
    EnergyPrice, HeatEnergy, HeatPower, Length, LengthCost, PowerCost, Ratio, TimeSpan,
};
use proptest::prelude::*;

/// A clock that stands still.
struct Still;

impl CaseProgress for Still {
    fn seconds(&mut self) -> f64 {
        0.0
    }
}

const BOTH: [(Objective, ConnectionMode); 4] = [
    (Objective::Linear, ConnectionMode::Forced),
    (Objective::Linear, ConnectionMode::Economic),
    (Objective::Catalogue, ConnectionMode::Forced),
    (Objective::Catalogue, ConnectionMode::Economic),
];

fn options(objective: Objective, mode: ConnectionMode) -> CaseOptions {
    CaseOptions {
        time_limit_s: f64::INFINITY,
        gap: 1e-7,
        ..CaseOptions::new(objective, mode)
    }
}

fn solved(case: &DesignCase, objective: Objective, mode: ConnectionMode) -> DesignOutcome {
    solve(case, &options(objective, mode), &mut Still).expect("the case is solved")
}

fn edge(id: usize, a: usize, b: usize, metres: f64) -> DesignEdge {
    DesignEdge {
        id: id as i64,
        a,
        b,
        length: Length::from_m(metres),
        is_service: false,
    }
}

fn source(id: usize, node: usize, capacity: f64, price: f64) -> DesignSource {
    DesignSource {
        id: id as i64,
        name: String::new(),
        node,
        capacity: HeatPower::from_kw(capacity),
        investment: PowerCost::from_eur_kw(500.0),
        interest: Ratio::from_fraction(0.04),
        life: TimeSpan::from_a(20.0),
        price: EnergyPrice::from_eur_mwh(price),
    }
}

fn pipe(dn: i64, capacity: f64, cost: f64, loss: f64) -> DesignPipe {
    DesignPipe {
        dn,
        capacity: HeatPower::from_kw(capacity),
        cost: LengthCost::from_eur_m(cost),
        loss_w_per_m: loss,
    }
}

/// Streets as a grid of `side` times `side` nodes with some left out, consumers at nodes.
fn grid(side: usize, gone: &[bool], lengths: &[f64], peaks: &[f64]) -> DesignCase {
    let mut edges = Vec::new();
    let mut pairs = Vec::new();
    for row in 0..side {
        for column in 0..side {
            let node = row * side + column;
            if column + 1 < side {
                pairs.push((node, node + 1));
            }
            if row + 1 < side {
                pairs.push((node, node + side));
            }
        }
    }
    for (k, (a, b)) in pairs.into_iter().enumerate() {
        // The first row and all columns stay, so that everything is connected.
        let is_spine = a < side || b == a + side;
        if is_spine || !gone[k % gone.len()] {
            edges.push(edge(edges.len(), a, b, lengths[k % lengths.len()]));
        }
    }
    let reached: Vec<usize> = (0..side * side)
        .filter(|&n| n != 0 && edges.iter().any(|e| e.a == n || e.b == n))
        .collect();
    let consumers = (peaks.iter().enumerate())
        .map(|(c, peak)| DesignConsumer {
            id: c as i64,
            node: reached[(c * 3 + 1) % reached.len()],
            peak: HeatPower::from_kw(*peak),
            annual: HeatEnergy::from_mwh(2.1 * peak),
        })
        .collect();
    DesignCase {
        name: "grid".to_owned(),
        nodes: (0..side * side)
            .map(|n| DesignNode {
                id: n as i64,
                x: Length::from_m(0.0),
                y: Length::from_m(0.0),
            })
            .collect(),
        edges,
        consumers,
        sources: vec![source(0, 0, 2000.0, 30.0)],
        catalogue: vec![
            pipe(25, 55.0, 718.0, 18.4),
            pipe(50, 290.0, 880.0, 24.4),
            pipe(100, 1750.0, 1090.0, 31.4),
        ],
        linear: Some(LinearPipe {
            cost_a_eur_per_m_kw: 0.35,
            cost_b_eur_per_m: 720.0,
            loss_a_kw_per_m_kw: 1.4e-5,
            loss_b_kw_per_m: 0.0187,
            capacity: HeatPower::from_kw(2000.0),
        }),
        economics: DesignEconomics {
            interest: Ratio::from_fraction(0.04),
            pipe_life: TimeSpan::from_a(40.0),
            full_load: TimeSpan::from_h(2100.0),
            heat_price: EnergyPrice::from_eur_mwh(95.0),
            loss_price: EnergyPrice::from_eur_mwh(35.0),
        },
    }
}

fn grids() -> impl Strategy<Value = DesignCase> {
    let gone = prop::collection::vec(prop::bool::weighted(0.25), 12);
    let lengths = prop::collection::vec(10.0..90.0_f64, 12);
    let peaks = prop::collection::vec(5.0..90.0_f64, 2..8);
    (3..=4_usize, gone, lengths, peaks).prop_map(|(side, g, l, p)| grid(side, &g, &l, &p))
}

fn value(outcome: &DesignOutcome) -> f64 {
    outcome.value.expect("there is a network").eur()
}

/// Every combination of lines, sized by the law of the format, for a linear tree problem: the
/// smallest spanning choice, found by trying all subsets of edges that form a tree.
fn best_by_trying(case: &DesignCase) -> f64 {
    let mut best = f64::INFINITY;
    for mask in 0..1_u32 << case.edges.len() {
        if let Some(value) = tree_value(case, mask) {
            best = best.min(value);
        }
    }
    best
}

/// Value of a forced network in linear pipes over the edges of a mask, if they form a tree that
/// hangs on the only source.
fn tree_value(case: &DesignCase, mask: u32) -> Option<f64> {
    let (linear, source) = (case.linear?, &case.sources[0]);
    let crf = |i: f64, n: f64| i * (1.0 + i).powf(n) / ((1.0 + i).powf(n) - 1.0);
    let edges: Vec<&DesignEdge> = (case.edges.iter().enumerate())
        .filter(|(e, _)| mask >> e & 1 == 1)
        .map(|(_, edge)| edge)
        .collect();
    let mut way: Vec<(usize, usize, f64)> = Vec::new();
    let mut seen = vec![source.node];
    let mut next = 0;
    while next < seen.len() {
        let node = seen[next];
        next += 1;
        for edge in &edges {
            for (a, b) in [(edge.a, edge.b), (edge.b, edge.a)] {
                if a == node && !seen.contains(&b) {
                    seen.push(b);
                    way.push((a, b, edge.length.m()));
                }
            }
        }
    }
    if way.len() != edges.len() {
        return None;
    }
    let mut need = vec![0.0; case.nodes.len()];
    for consumer in &case.consumers {
        if !seen.contains(&consumer.node) {
            return None;
        }
        need[consumer.node] += consumer.peak.kw();
    }
    let mut pipes = 0.0;
    for &(above, below, length) in way.iter().rev() {
        let inflow = (need[below] + length * linear.loss_b_kw_per_m)
            / (1.0 - length * linear.loss_a_kw_per_m_kw);
        pipes += length * (linear.cost_a_eur_per_m_kw * inflow + linear.cost_b_eur_per_m);
        need[above] += inflow;
    }
    let price = source.investment.eur_kw() * crf(0.04, 20.0)
        + source.price.eur_mwh() * case.economics.full_load.h() / 1000.0;
    let sold: f64 = case.consumers.iter().map(|c| c.annual.mwh()).sum();
    Some(pipes * crf(0.04, 40.0) + price * need[source.node] - 95.0 * sold)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn networks_keep_every_rule_and_their_bound(case in grids()) {
        for (objective, mode) in BOTH {
            let outcome = solved(&case, objective, mode);
            prop_assert_eq!(outcome.status, DesignStatus::Proven);
            let scored = score(&case, outcome.solution.as_ref().unwrap(), objective, mode);
            prop_assert!(scored.breaches.is_empty(), "{:?}", scored.breaches);
            prop_assert!(outcome.bound.unwrap().eur() <= value(&outcome) + 1e-6);
        }
    }

    #[test]
    fn a_free_edge_a_cheaper_pipe_or_a_source_never_hurts(
        case in grids(),
        (a, b) in (0..9_usize, 0..9_usize),
    ) {
        prop_assume!(a != b);
        for (objective, mode) in BOTH {
            let before = value(&solved(&case, objective, mode));
            let tolerance = 0.02 + 1e-6 * before.abs();
            let mut freer = case.clone();
            freer.edges.push(edge(freer.edges.len(), a, b, 0.0));
            prop_assert!(value(&solved(&freer, objective, mode)) <= before + tolerance);
            let mut cheaper = case.clone();
            cheaper.catalogue[1].cost = LengthCost::from_eur_m(700.0);
            if let Some(linear) = &mut cheaper.linear {
                linear.cost_b_eur_per_m = 600.0;
            }
            prop_assert!(value(&solved(&cheaper, objective, mode)) <= before + tolerance);
            let mut richer = case.clone();
            richer.sources.push(source(1, b, 100.0, 10.0));
            prop_assert!(value(&solved(&richer, objective, mode)) <= before + tolerance);
        }
    }

    #[test]
    fn one_seed_gives_one_network(case in grids()) {
        for (objective, mode) in BOTH {
            prop_assert_eq!(solved(&case, objective, mode), solved(&case, objective, mode));
        }
    }

    #[test]
    fn nothing_is_better_than_the_best_of_all_trees(
        lengths in prop::collection::vec(10.0..90.0_f64, 12),
        peaks in prop::collection::vec(5.0..90.0_f64, 2..6),
    ) {
        let case = grid(3, &[false], &lengths, &peaks);
        let outcome = solved(&case, Objective::Linear, ConnectionMode::Forced);
        let tried = best_by_trying(&case);
        prop_assert!((value(&outcome) - tried).abs() < 0.02, "{} {tried}", value(&outcome));
    }
}

#[test]
fn a_distant_quarter_is_reached_when_it_pays_as_a_whole() {
    // One consumer beyond 300 m of trench never pays; eight together do.
    let mut case = grid(3, &[true], &[20.0], &[60.0; 8]);
    case.edges.retain(|e| e.a != 0 && e.b != 0);
    case.edges.push(edge(99, 0, 1, 300.0));
    let outcome = solved(&case, Objective::Catalogue, ConnectionMode::Economic);
    assert!(!outcome.solution.as_ref().unwrap().connected.is_empty());
    assert!(value(&outcome) < 0.0);
}

#[test]
fn what_cannot_be_served_comes_back_with_evidence() {
    let mut case = grid(3, &[false], &[40.0], &[60.0; 4]);
    case.sources[0].capacity = HeatPower::from_kw(100.0);
    let outcome = solved(&case, Objective::Linear, ConnectionMode::Forced);
    assert_eq!(outcome.status, DesignStatus::Infeasible);
    assert!(
        outcome.evidence[0].contains("100.0 kW"),
        "{:?}",
        outcome.evidence
    );
    let outcome = solved(&case, Objective::Linear, ConnectionMode::Economic);
    assert_eq!(outcome.status, DesignStatus::Proven);
    case.edges
        .retain(|e| e.a != case.consumers[0].node && e.b != case.consumers[0].node);
    case.sources[0].capacity = HeatPower::from_kw(1000.0);
    let outcome = solved(&case, Objective::Catalogue, ConnectionMode::Forced);
    assert_eq!(outcome.status, DesignStatus::Infeasible);
    assert!(
        outcome.evidence[0].contains("out of reach"),
        "{:?}",
        outcome.evidence
    );
}

#[test]
fn the_scorer_sees_every_kind_of_breach() {
    let case = grid(3, &[false], &[40.0], &[60.0; 4]);
    let (objective, mode) = (Objective::Catalogue, ConnectionMode::Forced);
    let good = solved(&case, objective, mode).solution.unwrap();
    let breaches = |change: &dyn Fn(&mut hukka_model::DesignSolution)| {
        let mut bad = good.clone();
        change(&mut bad);
        score(&case, &bad, objective, mode).breaches.join("; ")
    };
    assert_eq!(breaches(&|_| {}), "");
    let unbalanced = |s: &mut hukka_model::DesignSolution| {
        s.edges[0].inflow = HeatPower::from_kw(s.edges[0].inflow.kw() + 0.1);
    };
    assert!(breaches(&unbalanced).contains("out of balance"));
    assert!(breaches(&|s| s.edges.iter_mut().for_each(|e| e.pipe = Some(0))).contains("carries"));
    assert!(breaches(&|s| s.edges[0].pipe = None).contains("no pipe"));
    assert!(breaches(&|s| s.powers[0] = HeatPower::from_kw(9e3)).contains("source 0 gives"));
    assert!(breaches(&|s| s.connected.truncate(1)).contains("not connected"));
    assert!(breaches(&|s| s.connected[1] = s.connected[0]).contains("twice"));
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test reads the reference cases"
)]
fn reference_optima_are_met() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/cases/design");
    for name in ["grid12", "grid20"] {
        let Ok(text) = std::fs::read_to_string(format!("{folder}/{name}.json")) else {
            eprintln!("skipped: {folder} is not here");
            return;
        };
        let (case, found) = hukka_formats::design_case::read(name, &text);
        assert!(found.is_empty(), "{found:?}");
        let case = case.unwrap();
        for (objective, mode) in BOTH {
            let (o, m) = (objective.word(), mode.word());
            let text = std::fs::read_to_string(format!("{folder}/{name}.{o}.{m}.solution.json"));
            let reference: serde_json::Value = serde_json::from_str(&text.unwrap()).unwrap();
            let optimum = reference["objective_value"].as_f64().unwrap();
            let outcome = solve(&case, &CaseOptions::new(objective, mode), &mut Still).unwrap();
            assert_eq!(outcome.status, DesignStatus::Proven, "{name} {o} {m}");
            let reached = value(&outcome);
            assert!(
                (reached - optimum).abs() < 0.5,
                "{name} {o} {m}: {reached} {optimum}"
            );
        }
    }
}
