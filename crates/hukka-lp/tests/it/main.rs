//! The facade against known programmes and against duality.

use hukka_lp::{Bounds, Column, Error, Method, Options, Problem, Session, Status};
use proptest::prelude::*;

fn two_products() -> Problem {
    let mut problem = Problem::new();
    let sugar = problem.add_row(Bounds::at_most(6.0));
    let milk = problem.add_row(Bounds::at_most(7.0));
    problem.add_column(-1.0, Bounds::at_least(0.0), &[(sugar, 3.0)]);
    problem.add_column(-2.0, Bounds::at_least(0.0), &[(sugar, 1.0), (milk, 1.0)]);
    problem.add_column(-1.0, Bounds::at_least(0.0), &[(milk, 2.0)]);
    problem
}

#[test]
fn a_known_programme_is_solved_with_its_duals() {
    let solution = two_products().solve(&Options::default()).unwrap();
    assert_eq!(solution.status, Status::Optimal);
    assert!((solution.objective + 12.5).abs() < 1e-9);
    assert!((solution.columns[1] - 6.0).abs() < 1e-9);
    assert!((solution.row_duals[0] + 1.5).abs() < 1e-9);
    assert!((two_products().lower_bound(&[-1.5, -0.5]) + 12.5).abs() < 1e-9);
}

#[test]
fn interior_point_runs_when_asked_for() {
    let options = Options {
        method: Method::InteriorPoint,
        presolve: false,
        ..Options::default()
    };
    let solution = two_products().solve(&options).unwrap();
    assert!((solution.objective + 12.5).abs() < 1e-7);
    assert!(solution.iterations.interior_point > 0);
}

#[test]
fn infeasible_and_unbounded_are_statuses() {
    let mut problem = Problem::new();
    let row = problem.add_row(Bounds::at_least(2.0));
    problem.add_column(1.0, Bounds::between(0.0, 1.0), &[(row, 1.0)]);
    assert_eq!(
        problem.solve(&Options::default()).unwrap().status,
        Status::Infeasible
    );

    let mut crossed = Problem::new();
    crossed.add_column(1.0, Bounds::between(1.0, 0.0), &[]);
    assert_eq!(
        crossed.solve(&Options::default()).unwrap().status,
        Status::Infeasible
    );

    let mut falling = Problem::new();
    let row = falling.add_row(Bounds::at_least(0.0));
    falling.add_column(-1.0, Bounds::at_least(0.0), &[(row, 1.0)]);
    let status = falling.solve(&Options::default()).unwrap().status;
    assert!(matches!(
        status,
        Status::Unbounded | Status::InfeasibleOrUnbounded
    ));
}

#[test]
fn a_programme_without_columns_asks_only_about_its_rows() {
    let mut problem = Problem::new();
    problem.add_row(Bounds::at_most(1.0));
    assert_eq!(
        problem.solve(&Options::default()).unwrap().status,
        Status::Optimal
    );
    problem.add_row(Bounds::equal(1.0));
    assert_eq!(
        problem.solve(&Options::default()).unwrap().status,
        Status::Infeasible
    );
}

#[test]
fn unusable_numbers_are_errors_with_their_place() {
    let mut problem = Problem::new();
    problem.add_column(0.0, Bounds::FREE, &[]);
    problem.add_column(f64::NAN, Bounds::FREE, &[]);
    let error = problem.solve(&Options::default()).unwrap_err();
    assert!(matches!(
        error,
        Error::NotFinite {
            what: "cost of column",
            index: 1,
            ..
        }
    ));

    let mut problem = Problem::new();
    problem.add_column(0.0, Bounds::FREE, &[(hukka_lp::Row(3), 1.0)]);
    let error = problem.solve(&Options::default()).unwrap_err();
    assert!(matches!(
        error,
        Error::UnknownRow {
            column: 0,
            row: 3,
            rows: 0
        }
    ));
}

#[test]
fn integer_columns_take_whole_values() {
    let mut problem = Problem::new();
    let first = problem.add_row(Bounds::at_most(3.5));
    let second = problem.add_row(Bounds::at_least(1.0));
    problem.add_column(-1.0, Bounds::at_least(0.0), &[(first, 1.0), (second, 1.0)]);
    problem.add_integer_column(-2.0, Bounds::at_least(0.0), &[(first, 1.0), (second, -1.0)]);
    let solution = problem.solve(&Options::default()).unwrap();
    assert!((solution.columns[0] - 2.5).abs() < 1e-6);
    assert!((solution.columns[1] - 1.0).abs() < 1e-6);
    assert!(problem.worst_violation(&solution.columns) < 1e-6);
}

/// A feasible, bounded programme: every row's bounds contain the activity of a hidden point.
fn random_problem() -> impl Strategy<Value = Problem> {
    let size = (1..6_usize, 1..8_usize);
    size.prop_flat_map(|(rows, columns)| {
        (
            proptest::collection::vec(-3.0..3.0_f64, rows * columns),
            proptest::collection::vec((-5.0..5.0_f64, 0.0..1.0_f64, 0.1..9.0_f64), columns),
            proptest::collection::vec((0.0..2.0_f64, 0.0..2.0_f64, 0..3_u8), rows),
        )
    })
    .prop_map(|(matrix, columns, rows)| {
        let mut problem = Problem::new();
        for (i, &(below, above, kind)) in rows.iter().enumerate() {
            let activity: f64 = columns
                .iter()
                .enumerate()
                .map(|(j, &(_, share, width))| matrix[i * columns.len() + j] * share * width)
                .sum();
            problem.add_row(match kind {
                0 => Bounds::at_least(activity - below),
                1 => Bounds::at_most(activity + above),
                _ => Bounds::equal(activity),
            });
        }
        for (j, &(cost, _, width)) in columns.iter().enumerate() {
            let entries: Vec<_> = (0..rows.len())
                .map(|i| (hukka_lp::Row(i), matrix[i * columns.len() + j]))
                .collect();
            problem.add_column(cost, Bounds::between(0.0, width), &entries);
        }
        problem
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_dual_bound_meets_the_optimum(problem in random_problem()) {
        let solution = problem.solve(&Options::default()).unwrap();
        prop_assert_eq!(solution.status, Status::Optimal);
        prop_assert!(problem.worst_violation(&solution.columns) < 1e-6);
        let bound = problem.lower_bound(&solution.row_duals);
        let scale = solution.objective.abs().max(1.0);
        prop_assert!((bound - solution.objective).abs() < 1e-6 * scale);
    }

    #[test]
    fn any_duals_give_a_bound(problem in random_problem(), duals in proptest::collection::vec(-4.0..4.0_f64, 6)) {
        let solution = problem.solve(&Options::default()).unwrap();
        let bound = problem.lower_bound(&duals[..problem.rows()]);
        prop_assert!(bound <= solution.objective + 1e-6);
    }

    #[test]
    fn solving_twice_gives_the_same_bits(problem in random_problem()) {
        let first = problem.solve(&Options::default()).unwrap();
        let second = problem.solve(&Options::default()).unwrap();
        prop_assert_eq!(first, second);
    }
}

/// Largest sum of weights of items that fit: `weights · x ≤ room`.
fn knapsack(weights: &[f64], room: f64) -> Problem {
    let mut problem = Problem::new();
    let row = problem.add_row(Bounds::at_most(room));
    for &w in weights {
        problem.add_integer_column(-w, Bounds::between(0.0, 1.0), &[(row, w)]);
    }
    problem
}

#[test]
fn an_integer_search_tells_its_bound_and_accepts_a_start() {
    let problem = knapsack(&[5.0, 4.0, 3.0], 8.5);
    let start = [0.0, 1.0, 1.0];
    let solution = problem
        .solve_from(&Options::default(), Some(&start))
        .unwrap();
    assert_eq!(solution.status, Status::Optimal);
    assert!((solution.objective + 8.0).abs() < 1e-9);
    let bound = solution.bound;
    assert!((-8.5..=-8.0 + 1e-6).contains(&bound));
}

#[test]
fn a_session_follows_new_rows_costs_and_bounds() {
    let problem = knapsack(&[5.0, 4.0, 3.0], 8.5);
    let mut session = Session::new(&problem, &Options::default()).unwrap();
    assert!((session.solve().unwrap().objective + 8.5).abs() < 1e-9);
    let pair = [(Column(0), 1.0), (Column(2), 1.0)];
    let row = session.add_row(Bounds::at_most(1.0), &pair).unwrap();
    assert_eq!(row.0, 1);
    session.set_bounds(Column(1), Bounds::between(0.0, 0.5));
    let solution = session.solve().unwrap();
    assert!((solution.objective + 7.0).abs() < 1e-9, "{solution:?}");
    let whole = session.problem();
    assert_eq!(whole.rows(), 2);
    assert!((whole.lower_bound(&solution.row_duals) + 7.0).abs() < 1e-9);
    session.set_cost(Column(2), -10.0);
    assert!((session.solve().unwrap().objective + 12.0).abs() < 1e-9);
}
