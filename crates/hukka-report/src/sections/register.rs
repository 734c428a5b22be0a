//! Section 10: everything the numbers rest on.

use crate::document::Block;
use crate::figure::Table;
use crate::inputs::Inputs;
use crate::label;
use crate::number::{count, residual, short, whole};
use crate::sections::verdict::Verdict;
use hukka_model::{Confidence, Diagnostic};

/// The last section.
pub(crate) fn blocks(inputs: &Inputs<'_>, verdict: &Verdict) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend(verdict.flag());
    blocks.push(Block::text(counts(inputs)));
    blocks.push(Block::table(assumptions(inputs).looking("register")));
    blocks.push(if inputs.diagnostics.is_empty() {
        Block::text("The check and the stages had nothing to say.")
    } else {
        Block::table(diagnostics(inputs))
    });
    blocks.push(Block::table(balances(inputs)));
    let has_files = !inputs.study.input_files.is_empty();
    blocks.extend(has_files.then(|| Block::table(files(inputs).looking("hashes"))));
    blocks.push(Block::heading("run", "This run"));
    blocks.push(Block::Pairs { rows: run(inputs) });
    blocks.push(Block::note(
        "The same inputs give the same report, to the last digit.",
    ));
    if !inputs.study.attributions.is_empty() {
        blocks.push(Block::heading("attributions", "Attributions"));
        let items = inputs.study.attributions.clone();
        blocks.push(Block::List { items });
    }
    blocks
}

fn counts(inputs: &Inputs<'_>) -> String {
    let of = |confidence: Confidence| {
        inputs
            .study
            .assumptions
            .iter()
            .filter(|line| line.confidence == confidence)
            .count()
    };
    format!(
        "Inputs given by the study: {}. Documented defaults: {}. Derived from others: {}.",
        of(Confidence::Given),
        of(Confidence::Default),
        of(Confidence::Derived)
    )
}

fn assumptions(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new("Every input and default")
        .text("Key")
        .number("Value", "")
        .text("Unit")
        .text("Source")
        .text("Confidence");
    for line in &inputs.study.assumptions {
        table.push([
            line.key.clone(),
            line.value.clone(),
            line.unit.clone(),
            line.source.clone(),
            label::confidence(line.confidence).to_owned(),
        ]);
    }
    table
}

fn place(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.place.as_ref().map_or_else(String::new, |place| {
        place.line.map_or_else(
            || place.file.clone(),
            |line| format!("{}:{line}", place.file),
        )
    });
    if let Some(subject) = &diagnostic.subject {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(subject);
    }
    text
}

fn diagnostics(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new("What the check and the stages had to say")
        .text("Code")
        .text("Weight")
        .text("Finding")
        .text("Where")
        .text("Way out");
    for diagnostic in inputs.diagnostics {
        let seen = diagnostic.seen.as_ref().map(|seen| format!(": {seen}"));
        let allowed = diagnostic
            .allowed
            .as_ref()
            .map(|text| format!(" (allowed: {text})"));
        let message = [Some(diagnostic.message.clone()), seen, allowed];
        table.push([
            diagnostic.code.clone(),
            label::severity(diagnostic.severity).to_owned(),
            message.into_iter().flatten().collect(),
            place(diagnostic),
            diagnostic.help.clone().unwrap_or_default(),
        ]);
    }
    table
}

fn files(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new("Input files")
        .text("File")
        .number("Size", "bytes")
        .text("BLAKE3");
    for file in &inputs.study.input_files {
        table.push([
            file.path.clone(),
            whole(file.bytes as f64),
            file.blake3.clone(),
        ]);
    }
    table
}

fn balances(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new("Conservation: how well the run keeps its laws")
        .text("Balance")
        .text("Law")
        .number("In", "")
        .number("Out", "")
        .text("Unit")
        .number("Relative residual", "");
    for balance in &inputs.assessment.balances {
        table.push([
            balance.name.clone(),
            balance.law.clone(),
            short(balance.inflow),
            short(balance.outflow),
            balance.unit.clone(),
            residual(balance.relative_residual),
        ]);
    }
    table.noted("The residual is the worst of the year's total and of every hour.")
}

fn run(inputs: &Inputs<'_>) -> Vec<(String, String)> {
    let network = inputs.network;
    let pair = |name: &str, value: String| (name.to_owned(), value);
    vec![
        pair("Version", format!("hukka {}", inputs.run.version)),
        pair("Run id", inputs.run.run_id.clone()),
        pair("Command", inputs.run.command.clone()),
        pair("Weather", inputs.study.weather.provenance.clone()),
        pair("Electricity prices", inputs.study.prices.provenance.clone()),
        pair(
            "Network",
            format!(
                "{}, largest residual {}, {} unsolved",
                label::status(network.status),
                residual(network.worst_residual),
                count(network.unsolved_steps.len(), "hour", "hours")
            ),
        ),
        pair("Dispatch", label::status(inputs.plan.status).to_owned()),
    ]
}
