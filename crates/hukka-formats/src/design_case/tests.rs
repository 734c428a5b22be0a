//! Bad and good design problems.

use super::read;
use serde_json::{Value, json};

fn good() -> Value {
    json!({
        "format": "hukka-design-problem/1", "name": "two",
        "nodes": [{"id": 7, "x": 0, "y": 0}, {"id": 8, "x": 10, "y": 0}, {"id": 9, "x": 20, "y": 0}],
        "edges": [
            {"id": 0, "a": 7, "b": 8, "length_m": 10, "kind": "street"},
            {"id": 1, "a": 8, "b": 9, "length_m": 10, "kind": "service"}
        ],
        "consumers": [{"id": 0, "node": 9, "peak_kw": 20, "annual_mwh": 40}],
        "sources": [{"id": 0, "node": 7, "capacity_kw": 50, "capex_eur_per_kw": 700,
            "interest": 0.04, "life_a": 20, "price_eur_per_mwh": 30}],
        "catalogue": [
            {"dn": 32, "capacity_kw": 100, "cost_eur_per_m": 763, "loss_w_per_m": 19},
            {"dn": 25, "capacity_kw": 55, "cost_eur_per_m": 718, "loss_w_per_m": 18}
        ],
        "economics": {"interest": 0.04, "pipe_life_a": 40, "flh_source_h": 2000,
            "heat_price_eur_per_mwh": 95, "loss_price_eur_per_mwh": 35, "simultaneity": 1}
    })
}

fn codes(value: &Value) -> Vec<String> {
    let (_, found) = read("case.json", &value.to_string());
    found.into_iter().map(|d| d.code).collect()
}

#[test]
fn ids_become_indices_and_the_catalogue_is_sorted() {
    let (case, found) = read("case.json", &good().to_string());
    assert!(found.is_empty(), "{found:?}");
    let case = case.unwrap();
    assert_eq!((case.edges[1].a, case.edges[1].b), (1, 2));
    assert_eq!(case.catalogue[0].dn, 25);
    assert!((case.consumers[0].annual.mwh() - 40.0).abs() < 1e-12);
    assert!(case.linear.is_none());
}

#[test]
fn every_mistake_is_found_at_once() {
    let mut bad = good();
    bad["edges"][0]["length_m"] = json!(-3);
    bad["edges"][1]["b"] = json!(77);
    bad["consumers"][0]["peak_kw"] = json!("many");
    bad["nodes"][1]["id"] = json!(7);
    bad["economics"].as_object_mut().unwrap().remove("interest");
    let found = codes(&bad);
    for code in ["HK1202", "HK1203", "HK1204", "HK1205"] {
        assert!(found.iter().any(|c| c == code), "{code} not in {found:?}");
    }
    assert_eq!(read("case.json", &bad.to_string()).0, None);
}

#[test]
fn what_cannot_be_served_is_told_before_the_search() {
    let mut bad = good();
    bad["edges"].as_array_mut().unwrap().remove(1);
    bad["sources"][0]["capacity_kw"] = json!(10);
    bad["economics"]["simultaneity"] = json!(0.8);
    assert_eq!(codes(&bad), ["HK1208", "HK1206", "HK1207"]);
}

#[test]
fn other_files_are_refused() {
    assert_eq!(codes(&json!({"format": "something/1"})), ["HK1201"]);
    assert_eq!(read("case.json", "{").1[0].code, "HK1201");
}
