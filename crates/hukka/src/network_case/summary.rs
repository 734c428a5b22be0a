//! What a simulated case comes to: for machines and in a few lines for people.

use super::load::LoadedCase;
use super::series::SeriesResult;
use hukka_model::network_case::{CaseState, FrictionLaw};
use hukka_model::{Diagnostic, Severity};
use serde_json::{Value, json};

/// Figures of one state.
pub(super) struct Figures {
    pub(super) sources_w: f64,
    pub(super) consumers_w: f64,
    pub(super) losses_w: f64,
    pub(super) source_flow_kg_s: f64,
    /// Return temperature of all sources, by flow.
    pub(super) source_return_k: Option<f64>,
    /// Consumer with the least pressure difference, and that difference.
    pub(super) index_consumer: Option<(usize, f64)>,
    pub(super) coldest_k: Option<f64>,
    pub(super) least_pressure_pa: Option<f64>,
    pub(super) reversed_pipes: usize,
    pub(super) fastest_m_s: f64,
}

impl Figures {
    pub(super) fn of(state: &CaseState) -> Self {
        let least = |values: &mut dyn Iterator<Item = f64>| values.min_by(f64::total_cmp);
        let flows = || state.sources.iter().map(|source| source.mass_flow_kg_s);
        let flow: f64 = flows().sum();
        let warm: f64 = state
            .sources
            .iter()
            .map(|source| source.mass_flow_kg_s * source.return_temperature_k)
            .sum();
        Self {
            sources_w: state.sources.iter().map(|source| source.heat_w).sum(),
            consumers_w: state.consumers.iter().map(|consumer| consumer.heat_w).sum(),
            losses_w: state.pipes.iter().map(|pipe| pipe.loss_w).sum(),
            source_flow_kg_s: flow,
            source_return_k: (flow.abs() > 0.0).then(|| warm / flow),
            index_consumer: state
                .consumers
                .iter()
                .map(|consumer| consumer.differential_pressure_pa)
                .enumerate()
                .min_by(|a, b| a.1.total_cmp(&b.1)),
            coldest_k: least(&mut state.consumers.iter().map(|c| c.inlet_temperature_k)),
            least_pressure_pa: least(&mut state.pressure_pa.iter().copied().flatten()),
            reversed_pipes: state
                .pipes
                .iter()
                .filter(|p| p.mass_flow_kg_s < 0.0)
                .count(),
            fastest_m_s: state
                .pipes
                .iter()
                .map(|pipe| pipe.velocity_m_s.abs())
                .fold(0.0, f64::max),
        }
    }
}

const fn friction(law: FrictionLaw) -> &'static str {
    match law {
        FrictionLaw::Colebrook => "colebrook",
        FrictionLaw::SwameeJain => "swamee-jain",
        FrictionLaw::Nikuradse => "nikuradse",
        FrictionLaw::HazenWilliams => "hazen-williams",
        FrictionLaw::EpanetDarcyWeisbach => "epanet-darcy-weisbach",
    }
}

/// `summary.json`.
pub(super) fn json(
    loaded: &LoadedCase,
    state: &CaseState,
    series: Option<&SeriesResult>,
    diagnostics: &[Diagnostic],
) -> Value {
    let case = &loaded.case;
    let figures = Figures::of(state);
    let sources: Vec<Value> = case
        .sources
        .iter()
        .zip(&state.sources)
        .map(|(source, found)| {
            json!({
                "id": source.id,
                "mdot_kg_s": found.mass_flow_kg_s,
                "t_return_k": found.return_temperature_k,
                "t_supply_k": found.supply_temperature_k,
                "q_w": found.heat_w,
                "dp_bar": found.differential_pressure_pa / 1e5,
            })
        })
        .collect();
    let index = figures
        .index_consumer
        .map(|(at, pa)| (&case.consumers[at].id, pa / 1e5));
    let assumed: Vec<String> = loaded
        .diagnostics
        .iter()
        .filter(|finding| finding.code == "HK1008")
        .map(|finding| match &finding.subject {
            Some(subject) => format!("{} ({subject})", finding.message),
            None => finding.message.clone(),
        })
        .collect();
    json!({
        "schema": "hukka-network-summary/1",
        "solver": format!("hukka {}", crate::VERSION),
        "name": case.name,
        "format": loaded.format.name(),
        "friction_model": friction(case.friction),
        "converged": state.is_converged && series.is_none_or(|series| series.unconverged_rows.is_empty()),
        "iterations": state.iterations,
        "residual": state.residual,
        "counts": {
            "nodes": case.nodes.len(),
            "pipes": case.pipes.len(),
            "valves": case.valves.len(),
            "pumps": case.pumps.len(),
            "sources": case.sources.len(),
            "consumers": case.consumers.len(),
        },
        "sources": sources,
        "q_sources_w": figures.sources_w,
        "q_consumers_w": figures.consumers_w,
        "q_losses_w": figures.losses_w,
        "index_consumer": index.as_ref().map(|(id, _)| id),
        "min_consumer_dp_bar": index.map(|(_, bar)| bar),
        "min_consumer_t_in_k": figures.coldest_k,
        "min_pressure_bar": figures.least_pressure_pa.map(|pa| pa / 1e5),
        "n_reversed_pipes": figures.reversed_pipes,
        "max_v_m_s": figures.fastest_m_s,
        "series": series.map(SeriesResult::json),
        "assumed": assumed,
        "diagnostics": diagnostics,
    })
}

/// A few lines for people.
pub(super) fn text(
    loaded: &LoadedCase,
    state: &CaseState,
    series: Option<&SeriesResult>,
) -> String {
    let case = &loaded.case;
    let figures = Figures::of(state);
    let mut lines = vec![format!(
        "network   {}: {}, {}, {}, {} ({})",
        case.name,
        counted(case.nodes.len(), "node"),
        counted(case.pipes.len(), "pipe"),
        counted(case.sources.len(), "source"),
        counted(case.consumers.len(), "consumer"),
        loaded.format.name(),
    )];
    lines.push(format!(
        "solution  {}",
        if state.is_converged {
            format!(
                "{}, {:.0e} left",
                counted(state.iterations, "iteration"),
                state.residual
            )
        } else {
            format!(
                "NOT CONVERGED after {}, {:.1e} left",
                counted(state.iterations, "iteration"),
                state.residual
            )
        }
    ));
    if !case.sources.is_empty() || !case.consumers.is_empty() {
        lines.push(format!(
            "heat      {:.1} kW given, {:.1} kW taken, {:.1} kW lost ({:.1} %)",
            figures.sources_w / 1e3,
            figures.consumers_w / 1e3,
            figures.losses_w / 1e3 + 0.0,
            100.0 * figures.losses_w / figures.sources_w.abs().max(1e-9) + 0.0,
        ));
    }
    if let Some((at, pa)) = figures.index_consumer {
        let consumer = &state.consumers[at];
        lines.push(format!(
            "worst     consumer {}: {:.3} bar, water comes at {:.1} °C",
            case.consumers[at].id,
            pa / 1e5,
            consumer.inlet_temperature_k - 273.15,
        ));
    }
    if let Some(pa) = figures.least_pressure_pa {
        lines.push(format!(
            "limits    lowest pressure {:.2} bar, fastest water {:.2} m/s",
            pa / 1e5,
            figures.fastest_m_s
        ));
    }
    if let Some(series) = series {
        lines.push(series.line());
    }
    let of = |severity| {
        loaded
            .diagnostics
            .iter()
            .filter(move |d| d.severity == severity)
            .count()
    };
    let (notes, warnings) = (of(Severity::Note), of(Severity::Warning));
    if notes + warnings > 0 {
        lines.push(format!(
            "file      {}, {} on what was assumed or left out: see summary.json",
            counted(warnings, "warning"),
            counted(notes, "note")
        ));
    }
    format!("  {}\n", lines.join("\n  "))
}

fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
