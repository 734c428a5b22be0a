//! What is read, and what a reader is told.

use super::*;
use hukka_model::{CaseContract, CaseForecast, CaseOwners, CaseUnitKind, Severity, WindowEnds};

const CASE: &str = r#"{
 "format": "hukka-dispatch-case/1", "name": "small", "mode": "milp", "step_h": 1.0,
 "co2_price_eur_per_t": 75.0, "unserved_heat_penalty_eur_per_mwh": 1000.0,
 "grid": {"buy_fee_eur_per_mwh": 18.0, "tax_eur_per_mwh": 2.0, "sell_fee_eur_per_mwh": 2.0,
          "max_buy_mw": 60.0, "max_sell_mw": 60.0},
 "heat_dump": {"max_mw": 3.0},
 "sources": [{"id": "dc_heat_available_mw", "price_eur_per_mwh": 4.0}],
 "units": [
  {"id": "hp", "kind": "heat_pump", "max_heat_mw": 14.0, "cop_column": "cop_hp1",
   "source": "dc_heat_available_mw", "vom_eur_per_mwh_heat": 1.5, "min_load_fraction": 0.3,
   "start_cost_eur": 120.0, "min_up_h": 4, "min_down_h": 3, "initial_on": true},
  {"id": "gas", "kind": "boiler", "max_heat_mw": 90.0, "efficiency": 0.93,
   "fuel_price_eur_per_mwh": 38.0, "fuel_co2_t_per_mwh": 0.202, "max_heat_mwh": 500.0}
 ],
 "storage": {"id": "tank", "capacity_mwh": 600.0, "max_charge_mw": 40.0,
  "max_discharge_mw": 40.0, "loss_fraction_per_h": 0.0006, "charge_efficiency": 0.99,
  "discharge_efficiency": 0.99, "cyclic": true, "initial_fraction": 0.5}
}"#;
const SERIES: &str =
    "step,heat_demand_mw,electricity_price_eur_per_mwh,dc_heat_available_mw,cop_hp1
0,20.5,-3.25,16.5,3.4
1,21,29.0739,16.25,3.5
";

fn read(case: &str, series: &str) -> (Option<DispatchCase>, Vec<Diagnostic>) {
    read_dispatch_case(CaseFiles {
        case: case.as_bytes(),
        series: series.as_bytes(),
        rolling: None,
    })
}

fn codes(case: &str, series: &str) -> Vec<String> {
    let (read, found) = read(case, series);
    let is_wrong = found.iter().any(|d| d.severity == Severity::Error);
    assert_eq!(read.is_none(), is_wrong);
    found.into_iter().map(|d| d.code).collect()
}

#[test]
fn a_case_is_read_as_it_is_written() {
    let (case, found) = read(CASE, SERIES);
    assert_eq!(found, []);
    let case = case.unwrap();
    assert_eq!(case.heat_demand_mw, [20.5, 21.0]);
    assert_eq!(case.electricity.buy_fee_eur_per_mwh, [20.0, 20.0]);
    assert!(case.units[0].commitment.unwrap().initial_on);
    assert!(case.units[1].commitment.is_none());
    let CaseUnitKind::HeatPump { cop, source: 0 } = &case.units[0].kind else {
        panic!("{:?}", case.units[0].kind);
    };
    assert_eq!(cop, &[3.4, 3.5]);
}

#[test]
fn a_case_written_and_read_again_is_the_same_case() {
    let (case, _) = read(CASE, SERIES);
    let mut case = case.unwrap();
    case.step_hours = vec![0.25, 1.0];
    case.rolling = Some(RollingRule {
        window_h: 48.0,
        step_h: 24.0,
        ends: WindowEnds::WaterValue,
    });
    case.units[1].min_heat_mwh = Some(20.0);
    case.forecast = Some(CaseForecast {
        heat_demand_mw: Some(vec![19.0, 22.0]),
        electricity_price_eur_per_mwh: None,
        source_mw: vec![Some(vec![16.0, 17.0])],
    });
    case.owners = Some(CaseOwners {
        source: 0,
        supply_eur_per_mwh: vec![6.0, 6.0],
        saved_cooling_eur_per_mwh: vec![1.0, 2.0],
        contracts: vec![
            CaseContract::Free,
            CaseContract::Fixed {
                price_eur_per_mwh: 7.5,
            },
            CaseContract::TemperatureIndexed {
                ambient_c: vec![-3.0, 4.0],
                cold: (-10.0, 20.0),
                warm: (10.0, 2.0),
            },
            CaseContract::TakeOrPay {
                price_eur_per_mwh: 8.0,
                volume_mwh: 12.0,
            },
            CaseContract::Published {
                price_eur_per_mwh: vec![3.0, 9.0],
            },
        ],
    });
    let text = write_dispatch_case(&case);
    let (again, found) = read_dispatch_case(CaseFiles {
        case: text.case.as_bytes(),
        series: text.series.as_bytes(),
        rolling: text.rolling.as_deref().map(str::as_bytes),
    });
    assert_eq!(found, []);
    assert_eq!(again.unwrap(), case);
}

#[test]
fn all_problems_are_told_at_once() {
    let case = CASE
        .replace("\"max_heat_mw\": 90.0", "\"max_heat_mw\": -90.0")
        .replace("\"efficiency\": 0.93", "\"eficiency\": 0.93")
        .replace("\"kind\": \"heat_pump\"", "\"kind\": \"heatpump\"")
        .replace("\"capacity_mwh\": 600.0", "\"capacity_mwh\": \"big\"");
    let series = SERIES
        .replace("29.0739", "NaN")
        .replace("heat_demand_mw", "demand");
    let found = codes(&case, &series);
    for code in [
        "HK1103", "HK1104", "HK1105", "HK1106", "HK1107", "HK1109", "HK1110",
    ] {
        assert!(found.iter().any(|seen| seen == code), "{code}: {found:?}");
    }
}

#[test]
fn figures_no_solver_can_hold_are_refused() {
    for (sound, absurd) in [
        (
            "\"fuel_price_eur_per_mwh\": 38.0",
            "\"fuel_price_eur_per_mwh\": -1e308",
        ),
        ("\"max_heat_mw\": 90.0", "\"max_heat_mw\": 1e300"),
        ("\"capacity_mwh\": 600.0", "\"capacity_mwh\": 1e12"),
    ] {
        let case = CASE.replace(sound, absurd);
        assert_ne!(case, CASE, "{sound}");
        let (_, found) = read(&case, SERIES);
        assert_eq!(found[0].code, "HK1105", "{found:?}");
        assert!(found[0].allowed.is_some() && found[0].seen.is_some());
    }
    let series = SERIES.replace("29.0739", "1e9");
    assert_ne!(series, SERIES);
    let (_, found) = read(CASE, &series);
    assert!(
        found.iter().any(|d| d.severity == Severity::Error),
        "{found:?}"
    );
}

#[test]
fn broken_files_are_told() {
    assert_eq!(codes("{", SERIES), ["HK1101"]);
    assert_eq!(codes("[]", SERIES), ["HK1101"]);
    let other = CASE.replace("case/1", "case/2");
    assert_eq!(codes(&other, SERIES), ["HK1102"]);
    let twice = CASE.replace("\"id\": \"gas\"", "\"id\": \"hp\"");
    assert_eq!(codes(&twice, SERIES), ["HK1108"]);
    let short = SERIES.replace("1,21,29.0739,16.25,3.5", "1,21,29.0739");
    assert_eq!(codes(CASE, &short)[0], "HK1111");
    let gap = SERIES.replace("\n1,", "\n2,");
    assert_eq!(codes(CASE, &gap), ["HK1111"]);
    assert!(codes(CASE, "").contains(&"HK1111".to_owned()));
    let reserve = CASE.replace(
        "\"heat_dump\"",
        "\"reserve\": {\"units\": [\"eb\"], \"max_mw\": 3, \"price_eur_per_mw_h\": 1}, \"heat_dump\"",
    );
    assert_eq!(codes(&reserve, SERIES), ["HK1112"]);
}

#[test]
fn a_window_that_keeps_more_than_it_sees_is_refused() {
    let (case, found) = read_dispatch_case(CaseFiles {
        case: CASE.as_bytes(),
        series: SERIES.as_bytes(),
        rolling: Some(b"{\"window_h\": 24, \"step_h\": 48}"),
    });
    assert!(case.is_none());
    assert_eq!(found[0].code, "HK1105");
}

#[test]
fn owners_and_forecasts_are_checked() {
    let with = |text: &str| CASE.replace("\"heat_dump\"", &format!("{text}, \"heat_dump\""));
    let owners = |inner: &str| with(&format!("\"owners\": {{{inner}}}"));
    let source = "\"source\": \"dc_heat_available_mw\"";
    assert_eq!(codes(&owners(source), SERIES), ["HK1103"]);
    let unknown = owners("\"source\": \"lake\", \"contracts\": []");
    assert_eq!(codes(&unknown, SERIES), ["HK1113"]);
    let kind = owners(&format!(
        "{source}, \"contracts\": [{{\"kind\": \"gift\"}}]"
    ));
    assert_eq!(codes(&kind, SERIES), ["HK1107"]);
    let column = format!(
        "{source}, \"contracts\": [{{\"kind\": \"published\", \"price_column\": \"none\"}}]"
    );
    assert_eq!(codes(&owners(&column), SERIES), ["HK1109"]);
    let forecast =
        with("\"forecast\": {\"sources\": [{\"id\": \"lake\", \"column\": \"cop_hp1\"}]}");
    assert_eq!(codes(&forecast, SERIES), ["HK1113"]);
    let huge = CASE.replace("\"max_heat_mw\": 90.0", "\"max_heat_mw\": 1e308");
    assert_eq!(codes(&huge, SERIES), ["HK1105"]);
    let volumes = CASE.replace(
        "\"max_heat_mwh\": 500.0",
        "\"max_heat_mwh\": 5.0, \"min_heat_mwh\": 6.0",
    );
    assert_eq!(codes(&volumes, SERIES), ["HK1105"]);
}
