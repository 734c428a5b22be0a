//! `hukka heat-pump`.

use crate::support::{hukka, root, text};
use std::fs;
use std::path::PathBuf;

const HEADER: &str = "source_in_C,source_out_C,sink_out_C,sink_in_C,refrigerant,eta_is,pinch_K,heat_loss,min_lift_K\n";

/// Runs a table through a model and gives header and rows of the answer.
fn evaluate(table: &str, model: &str, more: &[&str]) -> (Vec<String>, Vec<Vec<String>>) {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in.csv"), home.path().join("out.csv"));
    fs::write(&input, table).unwrap();
    let mut arguments = vec!["heat-pump", input.to_str().unwrap(), "--model", model];
    arguments.extend(["--out", output.to_str().unwrap()]);
    arguments.extend(more);
    let done = hukka(&arguments);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let written = fs::read_to_string(&output).unwrap();
    let mut lines = written
        .lines()
        .map(|line| line.split(',').map(str::to_owned).collect::<Vec<String>>());
    (lines.next().unwrap(), lines.collect())
}

fn column<'a>(found: &'a (Vec<String>, Vec<Vec<String>>), name: &str) -> Vec<&'a str> {
    let index = found.0.iter().position(|header| header == name).unwrap();
    found.1.iter().map(|row| row[index].as_str()).collect()
}

fn reference(name: &str) -> Option<String> {
    let path: PathBuf = root().join("../shared/cases/heatpump").join(name);
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("skipped: {} is absent", path.display());
    }
    text
}

/// Every cell of a reference table against the same cell of the answer.
fn compare(table: &str, model: &str, tolerance: f64) {
    let found = evaluate(table, model, &[]);
    let mut lines = table
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>());
    let headers = lines.next().unwrap();
    let mut compared = 0;
    for (row, cells) in lines.enumerate() {
        for (header, expected) in headers.iter().zip(cells) {
            let value = column(&found, header)[row];
            match expected.parse::<f64>() {
                Ok(number) => {
                    let value: f64 = value.parse().unwrap();
                    let gap = (value - number).abs();
                    assert!(
                        gap <= tolerance * number.abs(),
                        "row {row}, {header}: {value} for {number}"
                    );
                    compared += 1;
                }
                Err(_) => assert_eq!(value, expected, "row {row}, {header}"),
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn the_published_jensen_table_is_met_cell_by_cell() {
    if let Some(table) = reference("pypsa_eur_central_cop.csv") {
        compare(&table, "jensen-pieper", 1e-6);
    }
}

#[test]
fn the_cycle_table_is_met_cell_by_cell() {
    if let Some(table) = reference("coolprop_cycles_visible.csv") {
        compare(&table, "cycle", 1e-4);
    }
}

#[test]
fn the_carnot_assertions_are_met() {
    let Some(table) = reference("oemof_carnot_asserts.csv") else {
        return;
    };
    let found = evaluate(&table, "carnot", &[]);
    for (line, cop) in table.lines().skip(1).zip(column(&found, "cop")) {
        let expected: f64 = line.rsplit(',').next().unwrap().parse().unwrap();
        let cop: f64 = cop.parse().unwrap();
        assert!((cop / expected - 1.0).abs() < 1e-12, "{line}: {cop}");
    }
}

#[test]
fn a_masked_row_says_why() {
    let rows = "60,50,65,40,ammonia,0.8,5,0,10\n60,50,55,40,ammonia,0.8,5,0,10\n28,18,75,45,ammonia,0.8,5,0,10\n28,18,130,45,isobutane,0.8,5,0,10\n";
    let found = evaluate(&format!("{HEADER}{rows}"), "jensen-pieper", &[]);
    assert_eq!(
        column(&found, "status"),
        ["below_min_lift", "direct_exchange", "ok", "extrapolated"]
    );
    assert_eq!(column(&found, "cop")[0], "0");
    assert!(column(&found, "cop")[2].starts_with("3.8615"));
}

#[test]
fn units_in_series_and_part_load_change_the_machine_not_the_law() {
    let table = "source_in_C,source_out_C,sink_out_C,sink_in_C,units_in_series,load,compressor,units_in_parallel\n30,20,85,50,1,1,screw,1\n30,20,85,50,3,1,screw,1\n30,20,85,50,3,0.5,screw,1\n30,20,85,50,3,0.5,screw,4\n30,20,85,50,3,0.1,turbo,1\n";
    let found = evaluate(table, "jensen-ammonia", &[]);
    let cops: Vec<f64> = column(&found, "cop_machine")
        .iter()
        .take(4)
        .map(|cell| cell.parse().unwrap())
        .collect();
    assert!(
        cops[1] > 1.1 * cops[0] && cops[2] < 0.9 * cops[1],
        "{cops:?}"
    );
    assert!((cops[3] - cops[1]).abs() < 1e-9, "{cops:?}");
    assert_eq!(column(&found, "cop_machine")[4], "");
    assert_eq!(column(&found, "cop")[0], column(&found, "cop")[4]);
}

#[test]
fn a_map_is_masked_before_it_is_interpolated() {
    let home = tempfile::tempdir().unwrap();
    let map = home.path().join("map.csv");
    fs::write(&map, "0;35;45\n0;4.2;3.5\n10;5.3;0\n").unwrap();
    let table = "source_in_C,sink_out_C\n0,40\n5,35\n5,40\n11,35\n";
    let found = evaluate(table, "map", &["--map", map.to_str().unwrap()]);
    assert_eq!(
        column(&found, "status"),
        ["ok", "ok", "outside_envelope", "outside_map"]
    );
    assert_eq!(column(&found, "cop"), ["3.85", "4.75", "", ""]);
}

#[test]
fn machine_limits_and_missing_phases_are_told() {
    let table = "cycle,fluid,t_evap_C,t_cond_C\nsingle,R717,10,80\nsingle,R744,10,80\ntwo_stage_flash_intercooler,ammonia,10,80\n";
    let found = evaluate(table, "cycle", &[]);
    assert_eq!(
        column(&found, "status"),
        ["over_discharge_limit", "above_critical", "ok"]
    );
    assert_eq!(column(&found, "cop_heating")[1], "");
}

#[test]
fn jesper_answers_only_inside_its_data() {
    let table = "source_in_C,sink_out_C\n30,85\n30,35\n70,120\n";
    let found = evaluate(table, "jesper", &[]);
    assert_eq!(column(&found, "status"), ["ok", "outside_data", "ok"]);
    assert!(column(&found, "cop")[0].starts_with("2.8"));
    assert_eq!(column(&found, "branch")[2], "very_high_temperature");
}

#[test]
fn every_wrong_cell_is_told_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in.csv"), home.path().join("out.csv"));
    fs::write(
        &input,
        "source_in_C,sink_out_C,sink_in_C,refrigerant\nwarm,85,50,ammonia\n30,85,,argon\n",
    )
    .unwrap();
    let done = hukka(&[
        "heat-pump",
        input.to_str().unwrap(),
        "--model",
        "jensen-pieper",
        "--out",
        output.to_str().unwrap(),
    ]);
    let told = text(&done.stderr);
    assert_eq!(done.status.code(), Some(3), "{told}");
    for word in ["HK0472", "HK0473", "warm", "argon", "source_out_C", "empty"] {
        assert!(told.contains(word), "{word} is not in: {told}");
    }
    assert!(!output.exists());
}

#[test]
fn an_unknown_model_names_the_known_ones() {
    let home = tempfile::tempdir().unwrap();
    let input = home.path().join("in.csv");
    fs::write(&input, "a\n1\n").unwrap();
    let done = hukka(&["heat-pump", input.to_str().unwrap(), "--model", "magic"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("jensen-pieper"));
    let listed = hukka(&["heat-pump", "--list"]);
    assert!(listed.status.success() && text(&listed.stdout).contains("cycle"));
}

#[test]
fn an_old_answer_is_replaced_only_when_forced() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in.csv"), home.path().join("out.csv"));
    fs::write(&input, "source_in_C,sink_out_C\n30,85\n").unwrap();
    fs::write(&output, "old").unwrap();
    let mut arguments = vec!["heat-pump", input.to_str().unwrap(), "--model", "jesper"];
    arguments.extend(["--out", output.to_str().unwrap()]);
    assert_eq!(hukka(&arguments).status.code(), Some(5));
    assert_eq!(fs::read_to_string(&output).unwrap(), "old");
    arguments.push("--force");
    assert_eq!(hukka(&arguments).status.code(), Some(0));
    assert!(fs::read_to_string(&output).unwrap().contains("cop"));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 2);
}

#[test]
fn rows_out_of_range_say_so_and_leave_their_neighbours_alone() {
    let good = "30,20,85,50,ammonia,0.8,5,0,10\n";
    let odd = [
        ("30,20,85,50,ammonia,1.8,5,0,10", "out_of_range"),
        ("30,20,85,50,ammonia,-0.1,5,0,10", "out_of_range"),
        ("30,20,85,50,ammonia,0.8,-5,0,10", "out_of_range"),
        ("30,20,85,50,ammonia,0.8,5,1,10", "out_of_range"),
        ("20,30,85,50,ammonia,0.8,5,0,10", "streams_reversed"),
        ("30,20,50,85,ammonia,0.8,5,0,10", "streams_reversed"),
        ("-270,-271,85,50,ammonia,0.8,5,0,10", "cop_below_one"),
        ("1e300,20,85,50,ammonia,0.8,5,0,10", "direct_exchange"),
    ];
    let mut table = format!("{HEADER}{good}");
    for (row, _) in odd {
        table.push_str(&format!("{row}\n{good}"));
    }
    let found = evaluate(&table, "jensen-pieper", &[]);
    let (status, cops) = (column(&found, "status"), column(&found, "cop"));
    for (index, (row, word)) in odd.iter().enumerate() {
        let (here, after) = (2 * index + 1, 2 * index + 2);
        assert_eq!(status[here], *word, "{row}");
        assert_eq!(cops[here], "0", "{row}");
        assert_eq!((status[after], cops[after]), ("ok", cops[0]));
        assert!(!column(&found, "note")[here].is_empty(), "{row}");
    }
    for cell in found.1.iter().flatten() {
        assert!(!["NaN", "inf", "-inf"].contains(&cell.as_str()), "{cell}");
    }
}

#[test]
fn shares_and_cycles_out_of_range_have_no_cop() {
    let carnot = "t_high_C,t_low_C,quality\n60,10,0.5\n60,10,1.5\n60,10,0\n10,60,0.5\n60,60,0.5\n";
    let found = evaluate(carnot, "carnot", &[]);
    let expected = ["ok", "out_of_range", "out_of_range", "no_lift", "no_lift"];
    assert_eq!(column(&found, "status"), expected);
    assert_eq!(column(&found, "cop")[1..], ["", "", "", ""]);
    let cycles = "fluid,t_evap_C,t_cond_C,eta_is\nR717,10,60,0.8\nR717,60,10,0.8\nR717,-200,60,0.8\nR717,10,60,0\nR717,10,60,1.2\n";
    let found = evaluate(cycles, "cycle", &[]);
    assert_eq!(column(&found, "status")[0], "ok");
    for row in 1..5 {
        assert_eq!(column(&found, "status")[row], "out_of_range", "row {row}");
        assert_eq!(column(&found, "cop_heating")[row], "", "row {row}");
    }
}

#[test]
fn every_row_below_absolute_zero_is_told() {
    let home = tempfile::tempdir().unwrap();
    let (input, output) = (home.path().join("in.csv"), home.path().join("out.csv"));
    let table = "t_high_C,t_low_C\n60,-274\n60,10\n-300,-280\nNaN,inf\n";
    fs::write(&input, table).unwrap();
    let mut arguments = vec!["heat-pump", input.to_str().unwrap(), "--model", "carnot"];
    arguments.extend(["--out", output.to_str().unwrap()]);
    let run = |table: &str| {
        fs::write(&input, table).unwrap();
        let done = hukka(&arguments);
        assert_eq!(done.status.code(), Some(3));
        assert!(!output.exists());
        text(&done.stderr)
    };
    let told = run(table);
    assert!(told.contains("NaN") && told.contains("inf"), "{told}");
    let told = run("t_high_C,t_low_C\n60,-274\n60,10\n-300,-280\n");
    for seen in ["-274", "-300", "-280"] {
        assert!(told.contains(seen), "{seen} is not told: {told}");
    }
}
