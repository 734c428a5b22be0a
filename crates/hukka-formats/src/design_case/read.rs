//! From the text of a file to a checked case.

use super::check;
use super::fields::{Allowed, Fields, Findings};
use hukka_model::{
    DesignCase, DesignConsumer, DesignEconomics, DesignEdge, DesignNode, DesignPipe, DesignSource,
    Diagnostic, LinearPipe,
};
use hukka_units::{
    EnergyPrice, HeatEnergy, HeatPower, Length, LengthCost, PowerCost, Ratio, TimeSpan,
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Format named in the file.
const FORMAT: &str = "hukka-design-problem/1";

/// Reads a design problem.
///
/// All findings are collected; there is a case whenever none of them is an error.
pub fn read(file: &str, text: &str) -> (Option<DesignCase>, Vec<Diagnostic>) {
    let mut findings = Findings {
        file,
        list: Vec::new(),
    };
    let case = parse(text, &mut findings).map(|object| assemble(&object, &mut findings));
    let is_sound = !findings.list.iter().any(Diagnostic::is_error);
    let case = case.filter(|_| is_sound);
    if let Some(case) = &case {
        check::reach(case, &mut findings);
        check::capacity(case, &mut findings);
    }
    (case, findings.list)
}

fn parse(text: &str, findings: &mut Findings<'_>) -> Option<Map<String, Value>> {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            findings.push(
                Diagnostic::error("HK1201", format!("not valid JSON: {error}"))
                    .help("the file must be one JSON object; see the page on design cases"),
            );
            return None;
        }
    };
    let format = value.get("format").and_then(Value::as_str);
    if format != Some(FORMAT) {
        findings.push(
            Diagnostic::error("HK1201", "the file does not name this format")
                .about("format")
                .seen(format.unwrap_or("nothing"))
                .allowed(FORMAT),
        );
        return None;
    }
    match value {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

fn assemble(object: &Map<String, Value>, findings: &mut Findings<'_>) -> DesignCase {
    let (nodes, places) = nodes(object, findings);
    DesignCase {
        name: object
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or("design")
            .to_owned(),
        edges: edges(object, &places, findings),
        consumers: consumers(object, &places, findings),
        sources: sources(object, &places, findings),
        catalogue: catalogue(object, findings),
        linear: linear(object, findings),
        economics: economics(object, findings),
        nodes,
    }
}

/// Where each id of a table stands.
type Places = BTreeMap<i64, usize>;

/// Keeps an id, or finds it used twice.
fn register(ids: &mut Places, row: &Fields<'_>, findings: &mut Findings<'_>) -> i64 {
    let Some(id) = row.whole("id", findings) else {
        return 0;
    };
    let next = ids.len();
    if ids.insert(id, next).is_some() {
        findings.push(
            Diagnostic::error("HK1204", "the id is used twice")
                .about(format!("{}.id", row.subject))
                .seen(id)
                .help("give every entry of a list its own id"),
        );
    }
    id
}

/// Index of the node a field names.
fn node(row: &Fields<'_>, key: &str, places: &Places, findings: &mut Findings<'_>) -> usize {
    let Some(id) = row.whole(key, findings) else {
        return 0;
    };
    places.get(&id).copied().unwrap_or_else(|| {
        findings.push(
            Diagnostic::error(
                "HK1205",
                format!("`{key}` names a node that does not exist"),
            )
            .about(format!("{}.{key}", row.subject))
            .seen(id)
            .help("add the node or name another one"),
        );
        0
    })
}

fn nodes(object: &Map<String, Value>, findings: &mut Findings<'_>) -> (Vec<DesignNode>, Places) {
    let mut places = Places::new();
    let mut list = Vec::new();
    for row in findings.rows(object, "nodes") {
        let id = register(&mut places, &row, findings);
        let x = Length::from_m(row.number("x", Allowed::Finite, findings));
        let y = Length::from_m(row.number("y", Allowed::Finite, findings));
        list.push(DesignNode { id, x, y });
    }
    (list, places)
}

fn edges(
    object: &Map<String, Value>,
    places: &Places,
    findings: &mut Findings<'_>,
) -> Vec<DesignEdge> {
    let mut ids = Places::new();
    let mut list = Vec::new();
    for row in findings.rows(object, "edges") {
        let id = register(&mut ids, &row, findings);
        let a = node(&row, "a", places, findings);
        let b = node(&row, "b", places, findings);
        if a == b && !places.is_empty() && row.optional("a") == row.optional("b") {
            findings.push(
                Diagnostic::error("HK1203", "an edge joins a node to itself")
                    .about(row.subject.clone())
                    .allowed("two different nodes"),
            );
        }
        list.push(DesignEdge {
            id,
            a,
            b,
            length: Length::from_m(row.number("length_m", Allowed::NotNegative, findings)),
            is_service: row.word("kind") == "service",
        });
    }
    list
}

fn consumers(
    object: &Map<String, Value>,
    places: &Places,
    findings: &mut Findings<'_>,
) -> Vec<DesignConsumer> {
    let mut ids = Places::new();
    let mut list = Vec::new();
    for row in findings.rows(object, "consumers") {
        list.push(DesignConsumer {
            id: register(&mut ids, &row, findings),
            node: node(&row, "node", places, findings),
            peak: HeatPower::from_kw(row.number("peak_kw", Allowed::NotNegative, findings)),
            annual: HeatEnergy::from_mwh(row.number("annual_mwh", Allowed::NotNegative, findings)),
        });
    }
    list
}

fn sources(
    object: &Map<String, Value>,
    places: &Places,
    findings: &mut Findings<'_>,
) -> Vec<DesignSource> {
    let mut ids = Places::new();
    let mut list = Vec::new();
    for row in findings.rows(object, "sources") {
        let mut number = |key, allowed| row.number(key, allowed, findings);
        let capacity = number("capacity_kw", Allowed::NotNegative);
        let investment = number("capex_eur_per_kw", Allowed::NotNegative);
        let interest = number("interest", Allowed::NotNegative);
        let life = number("life_a", Allowed::Positive);
        let price = number("price_eur_per_mwh", Allowed::Finite);
        list.push(DesignSource {
            id: register(&mut ids, &row, findings),
            name: row.word("name").to_owned(),
            node: node(&row, "node", places, findings),
            capacity: HeatPower::from_kw(capacity),
            investment: PowerCost::from_eur_kw(investment),
            interest: Ratio::from_fraction(interest),
            life: TimeSpan::from_a(life),
            price: EnergyPrice::from_eur_mwh(price),
        });
    }
    list
}

fn catalogue(object: &Map<String, Value>, findings: &mut Findings<'_>) -> Vec<DesignPipe> {
    if !object.contains_key("catalogue") {
        return Vec::new();
    }
    let mut list = Vec::new();
    for row in findings.rows(object, "catalogue") {
        let mut number = |key, allowed| row.number(key, allowed, findings);
        let capacity = number("capacity_kw", Allowed::Positive);
        let cost = number("cost_eur_per_m", Allowed::NotNegative);
        let loss_w_per_m = number("loss_w_per_m", Allowed::NotNegative);
        list.push(DesignPipe {
            dn: row.whole("dn", findings).unwrap_or_default(),
            capacity: HeatPower::from_kw(capacity),
            cost: LengthCost::from_eur_m(cost),
            loss_w_per_m,
        });
    }
    list.sort_by(|a, b| (a.capacity.si().total_cmp(&b.capacity.si())).then(a.dn.cmp(&b.dn)));
    for pair in list.windows(2) {
        if pair[0].dn == pair[1].dn {
            findings.push(
                Diagnostic::error("HK1204", "a pipe size is listed twice")
                    .about("catalogue.dn")
                    .seen(pair[0].dn),
            );
        }
    }
    list
}

fn linear(object: &Map<String, Value>, findings: &mut Findings<'_>) -> Option<LinearPipe> {
    if !object.contains_key("linear") {
        return None;
    }
    let row = findings.object(object, "linear")?;
    let mut number = |key, allowed| row.number(key, allowed, findings);
    Some(LinearPipe {
        cost_a_eur_per_m_kw: number("cost_a_eur_per_m_kw", Allowed::NotNegative),
        cost_b_eur_per_m: number("cost_b_eur_per_m", Allowed::NotNegative),
        loss_a_kw_per_m_kw: number("loss_a_kw_per_m_kw", Allowed::NotNegative),
        loss_b_kw_per_m: number("loss_b_kw_per_m", Allowed::NotNegative),
        capacity: HeatPower::from_kw(number("p_max_kw", Allowed::Positive)),
    })
}

fn economics(object: &Map<String, Value>, findings: &mut Findings<'_>) -> DesignEconomics {
    let row = findings.object(object, "economics");
    let mut number = |key, allowed| {
        row.as_ref()
            .map_or(1.0, |row| row.number(key, allowed, findings))
    };
    let economics = DesignEconomics {
        interest: Ratio::from_fraction(number("interest", Allowed::NotNegative)),
        pipe_life: TimeSpan::from_a(number("pipe_life_a", Allowed::Positive)),
        full_load: TimeSpan::from_h(number("flh_source_h", Allowed::NotNegative)),
        heat_price: EnergyPrice::from_eur_mwh(number("heat_price_eur_per_mwh", Allowed::Finite)),
        loss_price: EnergyPrice::from_eur_mwh(number("loss_price_eur_per_mwh", Allowed::Finite)),
    };
    if economics.full_load.h() > 8760.0 {
        findings.push(
            Diagnostic::error("HK1203", "`flh_source_h` is out of range")
                .about("economics.flh_source_h")
                .seen(economics.full_load.h())
                .allowed("0 to 8760 h"),
        );
    }
    let simultaneity = row.as_ref().and_then(|row| row.optional("simultaneity"));
    if simultaneity.is_some_and(|factor| (factor - 1.0).abs() > 1e-12) {
        findings.push(
            Diagnostic::warning(
                "HK1208",
                "`simultaneity` has no effect: peaks are added as they are",
            )
            .about("economics.simultaneity")
            .seen(simultaneity.unwrap_or(1.0))
            .allowed("1"),
        );
    }
    economics
}
