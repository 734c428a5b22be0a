//! Section 10: everything the numbers rest on.

use crate::document::Block;
use crate::figure::Table;
use crate::inputs::Inputs;
use crate::label;
use crate::number::{count, residual, short, whole};
use crate::sections::verdict::Verdict;
use crate::texts::{fill, say};
use hukka_model::{Confidence, Diagnostic};

/// The last section.
pub(crate) fn blocks(inputs: &Inputs<'_>, verdict: &Verdict) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend(verdict.flag());
    blocks.push(Block::text(counts(inputs)));
    blocks.push(Block::table(assumptions(inputs).looking("register")));
    blocks.push(if inputs.diagnostics.is_empty() {
        Block::text(say("register.the-check-and-the-stages"))
    } else {
        Block::table(diagnostics(inputs))
    });
    blocks.push(Block::table(balances(inputs)));
    let has_files = !inputs.study.input_files.is_empty();
    blocks.extend(has_files.then(|| Block::table(files(inputs).looking("hashes"))));
    blocks.push(Block::heading("run", say("register.this-run")));
    blocks.push(Block::Pairs { rows: run(inputs) });
    blocks.push(Block::note(say("register.the-same-inputs-give-the")));
    if !inputs.study.attributions.is_empty() {
        blocks.push(Block::heading("attributions", say("register.attributions")));
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
    fill(
        "register.inputs-given-by-the-study",
        &[
            &of(Confidence::Given),
            &of(Confidence::Default),
            &of(Confidence::Derived),
        ],
    )
}

fn assumptions(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new(say("register.every-input-and-default"))
        .text(say("register.key"))
        .number(say("register.value"), "")
        .text(say("register.unit"))
        .text(say("register.source"))
        .text(say("register.confidence"));
    for line in &inputs.study.assumptions {
        table.push([
            line.key.clone(),
            line.value.clone(),
            line.unit.clone(),
            line.source.replace('`', ""),
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
    let mut table = Table::new(say("register.what-the-check-and-the"))
        .text(say("register.code"))
        .text(say("register.weight"))
        .text(say("register.finding"))
        .text(say("register.where"))
        .text(say("register.way-out"));
    for diagnostic in inputs.diagnostics {
        let seen = diagnostic.seen.as_ref().map(|seen| format!(": {seen}"));
        let allowed = diagnostic
            .allowed
            .as_ref()
            .map(|text| fill("register.allowed", &[&text]));
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
    let mut table = Table::new(say("register.input-files"))
        .text(say("register.file"))
        .number(say("register.size"), say("register.bytes"))
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
    let mut table = Table::new(say("register.conservation-how-well-the-run"))
        .text(say("register.balance"))
        .text(say("register.law"))
        .number(say("register.in"), "")
        .number(say("register.out"), "")
        .text(say("register.unit"))
        .number(say("register.relative-residual"), "");
    for balance in &inputs.assessment.balances {
        table.push([
            balance.name.clone(),
            balance.law.clone(),
            short(balance.inflow),
            short(balance.outflow),
            balance.unit.replace("EUR", "€"),
            residual(balance.relative_residual),
        ]);
    }
    table.noted(say("register.the-residual-is-the-worst"))
}

fn run(inputs: &Inputs<'_>) -> Vec<(String, String)> {
    let network = inputs.network;
    let pair = |name: &str, value: String| (name.to_owned(), value);
    vec![
        pair(
            say("register.version"),
            fill("register.hukka", &[&inputs.run.version]),
        ),
        pair(say("register.run-id"), inputs.run.run_id.clone()),
        pair(say("register.command"), inputs.run.command.clone()),
        pair(
            say("register.weather"),
            inputs.study.weather.provenance.clone(),
        ),
        pair(
            say("register.electricity-prices"),
            inputs.study.prices.provenance.clone(),
        ),
        pair(
            say("register.network"),
            fill(
                "register.largest-residual-unsolved",
                &[
                    &(label::status(network.status)),
                    &residual(network.worst_residual),
                    &count(
                        network.unsolved_steps.len(),
                        say("register.hour"),
                        say("register.hours"),
                    ),
                ],
            ),
        ),
        pair(
            say("register.dispatch"),
            label::status(inputs.plan.status).to_owned(),
        ),
    ]
}
