//! Screening tables: what must hold whatever the law, and hostile tables.

use super::*;

const HEAD: &str = "id,heat_mw,source_temperature_c,distance_km,demand_gwh_a";

fn run(rows: &[&str]) -> ScreenRun {
    let text = format!("{HEAD}\n{}\n", rows.join("\n"));
    screen_text("pairs.csv", &text).expect("the table is screened")
}

/// Column of the ranked table by row of the input.
fn column(run: &ScreenRun, name: &str) -> Vec<String> {
    let file = &run.files[0];
    assert_eq!(file.path, "screen.csv");
    let mut reader = csv::Reader::from_reader(file.bytes.as_slice());
    let headers = reader.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let mut cells: Vec<(usize, String)> = (reader.records())
        .map(|record| {
            let record = record.unwrap();
            (
                record[at("row")].parse().unwrap(),
                record[at(name)].to_owned(),
            )
        })
        .collect();
    cells.sort();
    cells.into_iter().map(|(_, cell)| cell).collect()
}

fn numbers(run: &ScreenRun, name: &str) -> Vec<f64> {
    column(run, name)
        .iter()
        .map(|cell| cell.parse().unwrap())
        .collect()
}

#[test]
fn farther_away_is_never_worth_more() {
    let run = run(&[
        "a,10,30,0.2,80",
        "b,10,30,3,80",
        "c,10,30,12,80",
        "d,10,30,60,80",
    ]);
    let values = numbers(&run, "net_present_value_eur");
    assert!(
        values.windows(2).all(|pair| pair[0] >= pair[1]),
        "{values:?}"
    );
    let words = column(&run, "verdict");
    assert_eq!(words[0], "pays");
    assert_eq!(words[3], "too_far");
}

#[test]
fn a_pair_pays_just_below_its_break_even_distance_and_not_above() {
    let far = numbers(&run(&["a,10,30,1,80"]), "break_even_distance_km")[0];
    assert!(far > 1.0);
    let run = run(&[
        &format!("near,10,30,{},80", 0.95 * far),
        &format!("far,10,30,{},80", 1.05 * far),
    ]);
    assert_eq!(column(&run, "verdict"), ["pays", "too_far"]);
}

#[test]
fn warmer_heat_and_more_of_it_is_never_worth_less() {
    let run = run(&[
        "a,10,25,2,80",
        "b,10,35,2,80",
        "c,10,45,2,80",
        "d,20,45,2,80",
    ]);
    let values = numbers(&run, "net_present_value_eur");
    assert!(
        values.windows(2).all(|pair| pair[0] <= pair[1] + 1.0),
        "{values:?}"
    );
}

#[test]
fn no_more_heat_arrives_than_is_there_or_is_needed() {
    let run = run(&["a,1,30,2,80", "b,100,30,2,20"]);
    let heat = numbers(&run, "deliverable_gwh_a");
    let share = numbers(&run, "coverage_share");
    // Heat of the source with the power of a heat pump, at a COP above 2.
    assert!(heat[0] > 0.5 * 8.76 && heat[0] < 2.0 * 8.76, "{heat:?}");
    assert!(
        share.iter().all(|share| (0.0..=1.0).contains(share)),
        "{share:?}"
    );
    assert!(share[1] > 0.8, "{share:?}");
}

#[test]
fn a_thin_new_network_is_named_as_the_reason() {
    let head = format!("{HEAD},linear_heat_density_mwh_m,heat_price_eur_mwh");
    let text = format!("{head}\nthin,10,30,1,40,0.3,90\ndense,10,30,1,40,4,90\n");
    let run = screen_text("pairs.csv", &text).unwrap();
    assert_eq!(column(&run, "verdict")[0], "network_too_thin");
    assert_eq!(column(&run, "verdict")[1], "pays");
}

#[test]
fn every_problem_of_a_table_is_told_at_once() {
    let text = "id,heat_mw,source_temperature_c,demand_gwh_a,climate,return_c\n\
                a,ten,30,80,moon,45\nb,-1,400,,southern-finland,89\n";
    let Err(Error::Input(found)) = screen_text("pairs.csv", text) else {
        panic!("a broken table is refused");
    };
    let errors: Vec<&Diagnostic> = found.iter().filter(|f| f.is_error()).collect();
    // No distance; ten, -1, 400, nothing; the return above the supply.
    assert_eq!(errors.len(), 6, "{found:?}");
}

#[test]
fn tables_that_are_no_tables_are_refused() {
    for text in [
        "",
        "\n",
        "a\n",
        "heat_mw,heat_mw\n1,2\n",
        "heat_mw\n1,2,3\n",
        "\u{0}\u{0}",
    ] {
        assert!(matches!(screen_text("x", text), Err(Error::Input(found)) if !found.is_empty()));
    }
}

#[test]
fn threads_do_not_change_a_bit() {
    let rows: Vec<String> = (1..40)
        .map(|k| format!("p{k},{k},30,{},{}", 0.3 * f64::from(k), 5 * k))
        .collect();
    let text = format!("{HEAD}\n{}\n", rows.join("\n"));
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| screen_text("x", &text).unwrap().files[0].bytes.clone())
    };
    assert!(with(1) == with(3));
}
