//! The solution file.

use hukka_model::{DesignCase, DesignSolution};
use serde_json::{Map, Value, json};

/// A solution in the format design problems define: edges with signed inflow and size, power of
/// every source by id, ids of the connected consumers.
pub fn solution_json(case: &DesignCase, solution: &DesignSolution) -> Value {
    let edges: Vec<Value> = solution
        .edges
        .iter()
        .map(|built| {
            let mut edge = Map::new();
            edge.insert("id".into(), json!(case.edges[built.edge].id));
            edge.insert("flow_in_kw".into(), json!(built.inflow.kw()));
            if let Some(pipe) = built.pipe {
                edge.insert("dn".into(), json!(case.catalogue[pipe].dn));
            }
            Value::Object(edge)
        })
        .collect();
    let sources: Map<String, Value> = case
        .sources
        .iter()
        .zip(&solution.powers)
        .map(|(source, power)| (source.id.to_string(), json!(power.kw())))
        .collect();
    let connected: Vec<i64> = solution
        .connected
        .iter()
        .map(|&consumer| case.consumers[consumer].id)
        .collect();
    json!({"problem": case.name, "edges": edges, "sources": sources, "connected": connected})
}
