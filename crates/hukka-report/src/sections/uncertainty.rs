//! Section 7, end: how sure the answer is, when the study asks for samples.

use crate::document::Block;
use crate::figure::Table;
use crate::inputs::Inputs;
use crate::measured::ABSENT;
use crate::number::{money, whole};
use crate::texts::{fill, say};
use hukka_model::UncertaintyResult;
use hukka_units::{Money, grouped};

/// Spreads, tornado, matrix, single questions; nothing when no samples were asked for.
pub(crate) fn blocks(inputs: &Inputs<'_>) -> Vec<Block> {
    let Some(result) = inputs.uncertainty else {
        return Vec::new();
    };
    vec![
        Block::heading("unsure", say("samples.how-sure-is-that")),
        Block::text(fill(
            "samples.full-chain-run-again",
            &[
                &whole(result.samples as f64),
                &grouped(result.loss_probability.percent(), 1),
            ],
        )),
        Block::table(spreads(result)),
        Block::table(tornado(result)),
        Block::table(matrix(result)),
        Block::table(questions(result)),
    ]
}

fn spreads(result: &UncertaintyResult) -> Table {
    let mut table = Table::new(say("samples.headline-figures"))
        .text(say("samples.figure"))
        .number(say("samples.study"), "")
        .number("P10", "")
        .number("P50", "")
        .number("P90", "");
    for figure in &result.figures {
        let show = |value: f64| {
            let digits = if value.abs() >= 100.0 { 0 } else { 3 };
            grouped(value, digits)
        };
        let of = |value: Option<f64>| value.map_or_else(|| ABSENT.to_owned(), show);
        let at = figure.p10_p50_p90;
        table.push([
            figure.label.clone(),
            of(figure.base),
            of(at.map(|p| p.0)),
            of(at.map(|p| p.1)),
            of(at.map(|p| p.2)),
        ]);
    }
    table
}

fn tornado(result: &UncertaintyResult) -> Table {
    let mut table = Table::new(say("samples.what-moves"))
        .text(say("samples.input"))
        .number(say("samples.lowest-fifth"), "€")
        .number(say("samples.highest-fifth"), "€")
        .number(say("samples.rank-correlation"), "");
    for bar in &result.tornado {
        let of = |money: Option<Money>| money.map_or_else(|| ABSENT.to_owned(), |m| whole(m.eur()));
        table.push([
            bar.input.replace('_', " "),
            of(bar.npv_low_high.map(|ends| ends.0)),
            of(bar.npv_low_high.map(|ends| ends.1)),
            grouped(bar.correlation, 2),
        ]);
    }
    table
}

fn matrix(result: &UncertaintyResult) -> Table {
    let matrix = &result.matrix;
    let mut table =
        Table::new(say("samples.two-things-at-once")).text(say("samples.the-data-centre"));
    for column in &matrix.columns {
        table = table.number(column.as_str(), "€");
    }
    for (row, values) in matrix.rows.iter().zip(&matrix.npv) {
        let cells = values.iter().map(|npv| whole(npv.eur()));
        table
            .rows
            .push(std::iter::once(row.clone()).chain(cells).collect());
    }
    table
}

fn questions(result: &UncertaintyResult) -> Table {
    let mut table = Table::new(say("samples.what-if"))
        .text(say("samples.question"))
        .text(say("samples.net-present-value"))
        .text(say("samples.running-cost"))
        .number(say("samples.not-supplied-day"), "MWh")
        .number(say("samples.not-supplied-year"), "MWh");
    for answer in &result.what_ifs {
        let change = |amount: Option<Money>| {
            amount.map_or_else(|| ABSENT.to_owned(), |amount| money(amount.eur()))
        };
        let mwh = |value: Option<f64>| value.map_or_else(|| ABSENT.to_owned(), |v| grouped(v, 1));
        table.push([
            answer.question.clone(),
            change(answer.npv_change),
            change(answer.extra_cost),
            mwh(answer.unserved_on_coldest_day_mwh),
            mwh(answer.unserved_mwh),
        ]);
    }
    table
}
