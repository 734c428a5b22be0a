//! The comparison on the screen, as a page, as a table, for machines.

use super::{ComparedFigure, Comparison};
use crate::outputs::compliance::quoted;
use hukka_units::grouped;
use serde_json::json;

const ABSENT: &str = "–";

/// A number with its sign.
fn shown(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(
        || ABSENT.to_owned(),
        |value| {
            let text = grouped(value.abs(), digits);
            let is_zero = text.chars().all(|c| !('1'..='9').contains(&c));
            if value < 0.0 && !is_zero {
                format!("−{text}")
            } else {
                text
            }
        },
    )
}

fn verdict(kind: &str) -> &str {
    match kind {
        "go" => "GO",
        "no_go" => "NO-GO",
        _ => "?",
    }
}

fn title(figure: &ComparedFigure) -> String {
    if figure.unit.is_empty() {
        figure.label.to_owned()
    } else {
        format!("{}, {}", figure.label, figure.unit)
    }
}

/// For people, on the screen.
pub fn compare_text(comparison: &Comparison) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let head = |name: &str, of: &dyn Fn(usize) -> String| -> Vec<String> {
        let cells = (0..comparison.runs.len()).map(of);
        std::iter::once(name.to_owned()).chain(cells).collect()
    };
    let runs = &comparison.runs;
    rows.push(head("", &|n| runs[n].label.clone()));
    rows.push(head("verdict", &|n| verdict(&runs[n].verdict).to_owned()));
    for figure in &comparison.figures {
        rows.push(head(&title(figure), &|n| {
            shown(figure.values[n], figure.digits)
        }));
    }
    let mut out = aligned(&rows);
    out.push('\n');
    for run in runs {
        out.push_str(&format!(
            "  {}: {} {}\n",
            run.label,
            verdict(&run.verdict),
            run.headline
        ));
    }
    out.push('\n');
    if comparison.inputs.is_empty() {
        out.push_str("  no input differs\n");
    } else {
        out.push_str("  inputs that differ\n");
        let rows: Vec<Vec<String>> = comparison
            .inputs
            .iter()
            .map(|input| {
                let key = if input.unit.is_empty() {
                    input.key.clone()
                } else {
                    format!("{}, {}", input.key, input.unit)
                };
                let values = input
                    .values
                    .iter()
                    .map(|value| value.as_deref().map_or_else(|| ABSENT.to_owned(), short));
                std::iter::once(key).chain(values).collect()
            })
            .collect();
        out.push_str(&aligned(&rows));
    }
    for note in &comparison.notes {
        out.push_str(&format!("\n  note: {note}"));
    }
    if !comparison.notes.is_empty() {
        out.push('\n');
    }
    out
}

/// A value cut to what a column holds.
fn short(value: &str) -> String {
    const MOST: usize = 40;
    if value.chars().count() <= MOST {
        return value.to_owned();
    }
    let start: String = value.chars().take(MOST - 1).collect();
    format!("{start}…")
}

/// First column to the left, the others to the right.
fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |n: usize| {
        let cells = rows.iter().filter_map(|row| row.get(n));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(n, (cell, width))| {
                let room = " ".repeat(width - cell.chars().count());
                if n == 0 {
                    format!("{cell}{room}")
                } else {
                    format!("{room}{cell}")
                }
            })
            .collect();
        out.push_str("  ");
        out.push_str(cells.join("   ").trim_end());
        out.push('\n');
    }
    out
}

/// For a spreadsheet: kind, key, label, unit, one column per run.
pub fn compare_csv(comparison: &Comparison) -> String {
    let line = |cells: Vec<String>| -> String {
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        cells.join(",") + "\n"
    };
    let start = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    let runs = &comparison.runs;
    let mut head = start(["kind", "key", "label", "unit"]);
    head.extend(runs.iter().map(|run| run.label.clone()));
    let mut out = line(head);
    for (key, of) in [
        (
            "run_id",
            runs.iter()
                .map(|run| run.run_id.clone())
                .collect::<Vec<_>>(),
        ),
        (
            "version",
            runs.iter().map(|run| run.version.clone()).collect(),
        ),
        (
            "verdict",
            runs.iter().map(|run| run.verdict.clone()).collect(),
        ),
        (
            "headline",
            runs.iter().map(|run| run.headline.clone()).collect(),
        ),
    ] {
        let mut cells = start(["run", key, "", ""]);
        cells.extend(of);
        out.push_str(&line(cells));
    }
    for figure in &comparison.figures {
        let mut cells = start(["figure", &figure.key, figure.label, figure.unit]);
        cells.extend(
            figure
                .values
                .iter()
                .map(|value| value.map_or_else(String::new, |value| value.to_string())),
        );
        out.push_str(&line(cells));
    }
    for input in &comparison.inputs {
        let mut cells = start(["input", &input.key, "", &input.unit]);
        cells.extend(
            input
                .values
                .iter()
                .map(|value| value.clone().unwrap_or_default()),
        );
        out.push_str(&line(cells));
    }
    out
}

/// For machines.
pub fn compare_json(comparison: &Comparison) -> String {
    let value = json!({
        "schema": "hukka-compare/1",
        "runs": comparison.runs.iter().map(|run| json!({
            "label": run.label, "study": run.study, "run_id": run.run_id, "version": run.version,
            "verdict": run.verdict, "headline": run.headline, "reasons": run.reasons,
        })).collect::<Vec<_>>(),
        "figures": comparison.figures.iter().map(|figure| json!({
            "key": figure.key, "label": figure.label, "unit": figure.unit, "values": figure.values,
        })).collect::<Vec<_>>(),
        "inputs": comparison.inputs.iter().map(|input| json!({
            "key": input.key, "unit": input.unit, "values": input.values,
        })).collect::<Vec<_>>(),
        "notes": comparison.notes,
    });
    format!("{value:#}\n")
}

const STYLE: &str = "body{font:15px/1.45 system-ui,sans-serif;margin:2rem;color:#111;background:#fff}\
table{border-collapse:collapse;margin:1rem 0}th,td{border-bottom:1px solid #bbb;padding:.3rem .7rem;\
text-align:right;vertical-align:top}th:first-child,td:first-child{text-align:left}\
thead th{border-bottom:2px solid #111}small{display:block;color:#555}\
@media print{body{margin:1cm;font-size:10pt}thead{display:table-header-group}tr{break-inside:avoid}}";

/// A page of its own, no file or address beside it; prints well.
pub fn compare_html(comparison: &Comparison) -> String {
    let runs = &comparison.runs;
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Runs side by side</title>\
         <style>{STYLE}</style></head><body>\n<h1>Runs side by side</h1>\n"
    );
    let head: String = runs
        .iter()
        .map(|run| {
            format!(
                "<th scope=\"col\">{}<small>{}<br>run {}, version {}</small></th>",
                escaped(&run.label),
                escaped(&run.study),
                escaped(&run.run_id),
                escaped(&run.version)
            )
        })
        .collect::<Vec<String>>()
        .concat();
    out.push_str(&format!(
        "<table><thead><tr><th></th>{head}</tr></thead><tbody>\n"
    ));
    let verdicts: String = runs
        .iter()
        .map(|run| {
            format!(
                "<td><strong>{}</strong><small>{}</small></td>",
                verdict(&run.verdict),
                escaped(&run.headline)
            )
        })
        .collect::<Vec<String>>()
        .concat();
    out.push_str(&format!(
        "<tr><th scope=\"row\">verdict</th>{verdicts}</tr>\n"
    ));
    for figure in &comparison.figures {
        out.push_str(&figure_row(figure));
    }
    out.push_str("</tbody></table>\n");
    out.push_str(&input_table(comparison));
    for note in &comparison.notes {
        out.push_str(&format!("<p>Note: {}.</p>\n", escaped(note)));
    }
    out.push_str("<p>Small figures are the difference to the first run.</p>\n</body></html>\n");
    out
}

fn figure_row(figure: &ComparedFigure) -> String {
    let first = figure.values.first().copied().flatten();
    let cells: String = figure
        .values
        .iter()
        .enumerate()
        .map(|(n, value)| {
            let change = match (n, first, value) {
                (1.., Some(first), Some(value)) => signed(value - first, figure.digits),
                _ => String::new(),
            };
            format!("<td>{}{change}</td>", shown(*value, figure.digits))
        })
        .collect::<Vec<String>>()
        .concat();
    format!(
        "<tr><th scope=\"row\">{}</th>{cells}</tr>\n",
        escaped(&title(figure))
    )
}

/// A difference with its sign; nothing when it rounds to zero.
fn signed(change: f64, digits: usize) -> String {
    let text = shown(Some(change), digits);
    if text.chars().all(|c| !('1'..='9').contains(&c)) {
        return String::new();
    }
    let plus = if change > 0.0 { "+" } else { "" };
    format!("<small>{plus}{text}</small>")
}

fn input_table(comparison: &Comparison) -> String {
    if comparison.inputs.is_empty() {
        return "<p>No input differs.</p>\n".to_owned();
    }
    let head: String = comparison
        .runs
        .iter()
        .map(|run| format!("<th scope=\"col\">{}</th>", escaped(&run.label)))
        .collect::<Vec<String>>()
        .concat();
    let rows: String = comparison
        .inputs
        .iter()
        .map(|input| {
            let cells: String = input
                .values
                .iter()
                .map(|value| value.as_deref().map_or_else(|| ABSENT.to_owned(), escaped))
                .map(|value| format!("<td>{value}</td>"))
                .collect::<Vec<String>>()
                .concat();
            let unit = if input.unit.is_empty() {
                String::new()
            } else {
                format!(", {}", escaped(&input.unit))
            };
            format!(
                "<tr><th scope=\"row\">{}{unit}</th>{cells}</tr>\n",
                escaped(&input.key)
            )
        })
        .collect::<Vec<String>>()
        .concat();
    format!(
        "<h2>Inputs that differ</h2>\n<table><thead><tr><th></th>{head}</tr></thead>\
         <tbody>\n{rows}</tbody></table>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
