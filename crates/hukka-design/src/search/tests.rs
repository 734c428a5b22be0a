//! The tree search against exhaustive search and known optima.

use super::*;
use crate::economics::annuity;
use crate::load::{Diversity, Load};
use crate::pipes::{Capacities, YearlyCost};
use proptest::prelude::*;

const EFFORT: Effort = Effort {
    rounds: 12,
    sweeps: 20,
    kicks: 60,
};

fn prices() -> YearlyCost {
    YearlyCost {
        capacities: Capacities::given(vec![40e3, 80e3, 160e3, 400e3, 1e6, 5e6]),
        capital: vec![38.0, 41.0, 45.0, 52.0, 61.0, 85.0],
        loss: vec![4.0, 4.5, 5.0, 6.0, 7.0, 9.0],
    }
}

fn edge(a: usize, b: usize, length: f64) -> SearchEdge {
    SearchEdge {
        a,
        b,
        length,
        capital_factor: 1.0,
        loss_factor: 1.0,
    }
}

fn customer(node: usize, worth: f64, watts: f64) -> Customer {
    Customer {
        node,
        worth,
        load: Load {
            count: 1,
            diversified: watts,
            ..Load::default()
        },
    }
}

/// Streets of a grid, `side` by `side` nodes, lengths in turn from a list.
fn grid(side: usize, lengths: &[f64]) -> Vec<SearchEdge> {
    let mut turn = lengths.iter().cycle();
    let mut next = || turn.next().copied().unwrap_or(50.0);
    let mut edges = Vec::new();
    for row in 0..side {
        for column in 0..side {
            let node = row * side + column;
            if column + 1 < side {
                edges.push(edge(node, node + 1, next()));
            }
            if row + 1 < side {
                edges.push(edge(node, node + side, next()));
            }
        }
    }
    edges
}

/// The best objective of all trees and all sets of customers.
fn exhaustive(problem: &Problem<'_>, is_forced: bool) -> f64 {
    let edges = problem.edges.len();
    let customers = problem.customers.len();
    let mut best = if is_forced { f64::NEG_INFINITY } else { 0.0 };
    for mask in 0_u32..(1 << edges) {
        let Some(tree) = tree_of(problem, mask) else {
            continue;
        };
        for chosen in 1_u32..(1 << customers) {
            if is_forced && chosen.count_ones() as usize != customers {
                continue;
            }
            let is_in = |c: usize| chosen >> c & 1 == 1;
            let fits =
                (0..customers).all(|c| !is_in(c) || tree.is_member[problem.customers[c].node]);
            if fits {
                let mut tree = tree.clone();
                tree.is_connected = (0..customers).map(is_in).collect();
                tree.rebuild(problem);
                best = best.max(tree.objective(problem));
            }
        }
    }
    best
}

/// The tree of an edge set that hangs on the root; `None` when it is none.
fn tree_of(problem: &Problem<'_>, mask: u32) -> Option<Tree> {
    let mut tree = Tree::empty(problem);
    let mut stack = vec![problem.root];
    while let Some(node) = stack.pop() {
        for &(next, e) in problem.neighbours(node) {
            if mask >> e & 1 == 1 && !tree.is_member[next] {
                tree.is_member[next] = true;
                tree.parent[next] = Some(tree::Hop { node, edge: e });
                stack.push(next);
            }
        }
    }
    let members = tree.is_member.iter().filter(|m| **m).count();
    (mask.count_ones() as usize + 1 == members).then_some(tree)
}

fn instances() -> impl Strategy<Value = (Vec<f64>, Vec<(usize, f64, f64)>)> {
    (
        prop::collection::vec(20.0..120.0_f64, 12),
        prop::collection::vec((1..9_usize, -500.0..6000.0_f64, 10e3..120e3_f64), 4..6),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn small_problems_are_solved_to_the_optimum((lengths, list) in instances(), is_forced in any::<bool>()) {
        let (edges, cost, diversity) = (grid(3, &lengths), prices(), Diversity::up_to(10));
        let customers: Vec<Customer> = list
            .iter()
            .map(|&(node, worth, watts)| {
                let mut c = customer(node, worth, watts);
                c.load.forced = i64::from(is_forced);
                c
            })
            .collect();
        let problem = Problem::new((9, 0), &edges, &customers, &cost, &diversity);
        let found = if is_forced {
            connect_everyone(&problem, EFFORT, &mut ())
        } else {
            connect_who_pays(&problem, EFFORT, &mut ())
        };
        let (value, best) = (found.objective(&problem), exhaustive(&problem, is_forced));
        prop_assert!(value <= best + 1e-6, "{value} beats the optimum {best}");
        prop_assert!(value >= best - 0.03 * best.abs().max(10_000.0), "{value} against {best}");
    }

    #[test]
    fn no_single_customer_added_or_dropped_gains(
        lengths in prop::collection::vec(20.0..150.0_f64, 40),
        list in prop::collection::vec((1..64_usize, -500.0..7000.0_f64, 10e3..120e3_f64), 10..40),
    ) {
        let (edges, cost, diversity) = (grid(8, &lengths), prices(), Diversity::up_to(50));
        let customers: Vec<Customer> = list.iter().map(|&(n, w, p)| customer(n, w, p)).collect();
        let problem = Problem::new((64, 0), &edges, &customers, &cost, &diversity);
        let tree = connect_who_pays(&problem, EFFORT, &mut ());
        let value = tree.objective(&problem);
        prop_assert!(value >= -1e-9);
        for c in 0..customers.len() {
            let mut other = tree.clone();
            if tree.is_connected[c] {
                other.is_connected[c] = false;
                other.rebuild(&problem);
            } else {
                let only: Vec<bool> = (0..customers.len()).map(|k| k == c).collect();
                grow::grow(&problem, &mut other, &only, &problem.weights());
            }
            prop_assert!(other.objective(&problem) <= value + 1e-6);
        }
    }

    #[test]
    fn a_tree_reaches_all_it_connects(
        lengths in prop::collection::vec(20.0..150.0_f64, 40),
        list in prop::collection::vec((0..49_usize, -500.0..7000.0_f64, 10e3..120e3_f64), 1..30),
    ) {
        let (edges, cost, diversity) = (grid(7, &lengths), prices(), Diversity::up_to(50));
        let customers: Vec<Customer> = list.iter().map(|&(n, w, p)| customer(n, w, p)).collect();
        let problem = Problem::new((49, 24), &edges, &customers, &cost, &diversity);
        for tree in [
            connect_everyone(&problem, EFFORT, &mut ()),
            connect_who_pays(&problem, EFFORT, &mut ()),
        ] {
            for (c, customer) in customers.iter().enumerate() {
                if !tree.is_connected[c] {
                    continue;
                }
                let (mut node, mut steps) = (customer.node, 0);
                while let Some(hop) = tree.parent[node] {
                    node = hop.node;
                    steps += 1;
                    prop_assert!(steps < 49);
                }
                prop_assert_eq!(node, 24);
            }
        }
        prop_assert!(connect_everyone(&problem, EFFORT, &mut ()).is_connected.iter().all(|c| *c));
    }
}

/// Edges, customers, prices, number of nodes, root.
type Published = (Vec<SearchEdge>, Vec<Customer>, YearlyCost, usize, usize);

/// Reads a case of `../shared/cases/design` as a problem with one source.
///
/// A watt of peak costs the source's annuity and its full-load hours; so does a watt lost, plus
/// the price of loss in the other hours. The case's flows carry the losses of the pipes behind
/// them; here they do not, so `room` takes a share off the capacities.
#[expect(clippy::disallowed_methods, reason = "the test reads a published case")]
fn published(name: &str, room: f64) -> Option<Published> {
    let path = format!(
        "{}/../../../shared/cases/design/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let case: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()?;
    let number = |value: &serde_json::Value, key: &str| value[key].as_f64().expect("a number");
    let index =
        |value: &serde_json::Value, key: &str| value[key].as_u64().expect("an index") as usize;
    let (source, economics) = (&case["sources"][0], &case["economics"]);
    let hours = number(economics, "flh_source_h");
    let per_kw = number(source, "capex_eur_per_kw")
        * annuity(number(source, "interest"), number(source, "life_a"))
        + number(source, "price_eur_per_mwh") * hours / 1000.0;
    let per_kw_lost =
        per_kw + (8760.0 - hours) / 1000.0 * number(economics, "loss_price_eur_per_mwh");
    let share = annuity(
        number(economics, "interest"),
        number(economics, "pipe_life_a"),
    );
    let list = |key: &str| case[key].as_array().cloned().expect("a list");
    let column = |key: &str| -> Vec<f64> {
        list("catalogue")
            .iter()
            .map(|row| number(row, key))
            .collect()
    };
    let edges = list("edges")
        .iter()
        .map(|e| edge(index(e, "a"), index(e, "b"), number(e, "length_m")))
        .collect();
    let customers = list("consumers")
        .iter()
        .map(|c| {
            let worth = number(economics, "heat_price_eur_per_mwh") * number(c, "annual_mwh")
                - per_kw * number(c, "peak_kw");
            let mut customer = customer(index(c, "node"), worth, 0.0);
            customer.load.firm = number(c, "peak_kw") * 1e3;
            customer
        })
        .collect();
    let cost = YearlyCost {
        capacities: Capacities::given(
            column("capacity_kw")
                .iter()
                .map(|k| k * 1e3 * room)
                .collect(),
        ),
        capital: column("cost_eur_per_m").iter().map(|c| c * share).collect(),
        loss: column("loss_w_per_m")
            .iter()
            .map(|w| w / 1e3 * per_kw_lost)
            .collect(),
    };
    Some((
        edges,
        customers,
        cost,
        list("nodes").len(),
        index(source, "node"),
    ))
}

#[test]
fn the_published_grid_is_solved_to_its_proven_optimum() {
    let solve = |room: f64| {
        let (edges, customers, cost, nodes, root) = published("grid12", room)?;
        let diversity = Diversity::up_to(20);
        let problem = Problem::new((nodes, root), &edges, &customers, &cost, &diversity);
        let forced = connect_everyone(&problem, EFFORT, &mut ()).objective(&problem);
        let economic = connect_who_pays(&problem, EFFORT, &mut ()).objective(&problem);
        Some((-forced, -economic))
    };
    let (Some(loose), Some(tight)) = (solve(1.0), solve(0.965)) else {
        eprintln!("skipped: ../shared/cases is not there");
        return;
    };
    eprintln!(
        "grid12, €/a: forced {:.2} to {:.2} (proven 452.52), economic {:.2} to {:.2} (proven -3004.64)",
        loose.0, tight.0, loose.1, tight.1
    );
    assert!((loose.0 - 452.52).abs() < 0.01);
    assert!(loose.1 <= -3004.64 && tight.1 >= -3004.65);
    assert!(tight.1 < -2950.0);
}
