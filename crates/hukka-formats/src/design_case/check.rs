//! Findings about a case that reads well: consumers out of reach, sources too small.

use super::fields::Findings;
use hukka_model::{DesignCase, Diagnostic, Objective, Place};

/// Most consumers named in one finding.
const NAMED: usize = 8;

/// Names consumers that no source reaches.
pub(super) fn reach(case: &DesignCase, findings: &mut Findings<'_>) {
    let is_reached = reached(case);
    let lost: Vec<String> = case
        .consumers
        .iter()
        .filter(|consumer| !is_reached[consumer.node])
        .map(|consumer| consumer.id.to_string())
        .collect();
    if lost.is_empty() {
        return;
    }
    let more = if lost.len() > NAMED { ", …" } else { "" };
    findings.push(
        Diagnostic::warning(
            "HK1206",
            format!("{} of {} consumers cannot be reached from any source", lost.len(), case.consumers.len()),
        )
        .about("consumers")
        .seen(format!("ids {}{more}", lost[..lost.len().min(NAMED)].join(", ")))
        .help("add edges to them; with --mode forced there is no network, with --mode economic they stay out"),
    );
}

fn reached(case: &DesignCase) -> Vec<bool> {
    let mut around = vec![Vec::new(); case.nodes.len()];
    for edge in &case.edges {
        around[edge.a].push(edge.b);
        around[edge.b].push(edge.a);
    }
    let mut is_reached = vec![false; case.nodes.len()];
    let mut open: Vec<usize> = case.sources.iter().map(|source| source.node).collect();
    while let Some(node) = open.pop() {
        if !std::mem::replace(&mut is_reached[node], true) {
            open.extend(around[node].iter().copied());
        }
    }
    is_reached
}

/// Says when the sources cannot serve everyone, or a consumer fits no pipe.
pub(super) fn capacity(case: &DesignCase, findings: &mut Findings<'_>) {
    let need: f64 = case
        .consumers
        .iter()
        .map(|consumer| consumer.peak.kw())
        .sum();
    let have: f64 = case.sources.iter().map(|source| source.capacity.kw()).sum();
    if have < need {
        findings.push(
            Diagnostic::warning(
                "HK1207",
                "the sources together give less than the consumers need",
            )
            .about("sources")
            .seen(format!("{have:.1} kW for {need:.1} kW"))
            .help("with --mode forced there is no network, with --mode economic some stay out"),
        );
    }
    let Some(largest) = case.catalogue.last() else {
        return;
    };
    for consumer in &case.consumers {
        if consumer.peak > largest.capacity {
            findings.push(
                Diagnostic::warning(
                    "HK1210",
                    "a consumer needs more than the largest pipe carries",
                )
                .about(format!("consumer {}", consumer.id))
                .seen(format!("{:.1} kW", consumer.peak.kw()))
                .allowed(format!("at most {:.1} kW", largest.capacity.kw())),
            );
        }
    }
}

/// Says when the pipes an objective needs are missing.
pub fn pipes_for(file: &str, case: &DesignCase, objective: Objective) -> Option<Diagnostic> {
    let (key, is_missing) = match objective {
        Objective::Catalogue => ("catalogue", case.catalogue.is_empty()),
        Objective::Linear => ("linear", case.linear.is_none()),
    };
    is_missing.then(|| {
        Diagnostic::error("HK1209", format!("the problem has no `{key}`"))
            .at(Place::file(file))
            .about(key)
            .help(format!(
                "add it, or choose another objective than {}",
                objective.word()
            ))
    })
}
