//! Diagnostics as a good compiler shows them.

use hukka_model::{Diagnostic, Place, Severity};
use std::fmt::Write as _;

/// Colours of a terminal; empty strings without colour.
struct Paint {
    severity: &'static str,
    gutter: &'static str,
    bold: &'static str,
    end: &'static str,
}

impl Paint {
    const fn of(severity: Severity, is_colourful: bool) -> Self {
        if !is_colourful {
            return Self {
                severity: "",
                gutter: "",
                bold: "",
                end: "",
            };
        }
        Self {
            severity: match severity {
                Severity::Error => "\u{1b}[1;31m",
                Severity::Warning => "\u{1b}[1;33m",
                Severity::Note => "\u{1b}[1;36m",
            },
            gutter: "\u{1b}[34m",
            bold: "\u{1b}[1m",
            end: "\u{1b}[0m",
        }
    }
}

/// Every diagnostic as text, with a blank line after each.
///
/// ```text
/// error[HK0107]: temperature out of range
///    ┌─ study.toml:24:40
/// 24 │ supply_temperature = { at_minus_26_c = 950 }
///    │                                        ^^^ 950 °C; a hot-water network allows 40–160 °C
///    = help: did you mean 95?
/// ```
pub fn render(diagnostics: &[Diagnostic], is_colourful: bool) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        one(diagnostic, is_colourful, &mut out);
        out.push('\n');
    }
    out
}

/// `2 errors, 1 warning`; empty when there is nothing to say.
pub fn summary_line(diagnostics: &[Diagnostic]) -> String {
    let kinds = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Note, "note"),
    ];
    let parts: Vec<String> = kinds
        .iter()
        .filter_map(|(severity, word)| {
            let count = diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.severity == *severity)
                .count();
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {word}{plural}"))
        })
        .collect();
    parts.join(", ")
}

/// Every diagnostic as JSON, in the same order.
pub fn to_json(diagnostics: &[Diagnostic]) -> serde_json::Value {
    serde_json::json!(diagnostics)
}

fn one(diagnostic: &Diagnostic, is_colourful: bool, out: &mut String) {
    let paint = Paint::of(diagnostic.severity, is_colourful);
    let word = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let Paint {
        severity,
        bold,
        end,
        gutter,
    } = &paint;
    let _ = writeln!(
        out,
        "{severity}{word}[{}]{end}{bold}: {}{end}",
        diagnostic.code, diagnostic.message
    );
    let number = diagnostic
        .place
        .as_ref()
        .and_then(|place| place.line)
        .map_or_else(String::new, |line| line.to_string());
    let margin = " ".repeat(number.len().max(2));
    if let Some(place) = &diagnostic.place {
        let subject = match (&diagnostic.subject, &place.text) {
            (Some(subject), None) => format!(" · {subject}"),
            _ => String::new(),
        };
        let _ = writeln!(out, "{margin} {gutter}┌─{end} {}{subject}", location(place));
    } else if let Some(subject) = &diagnostic.subject {
        let _ = writeln!(out, "{margin} {gutter}┌─{end} {subject}");
    }
    body(diagnostic, &paint, &number, &margin, out);
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "{margin} {gutter}={end} help: {help}");
    }
}

/// The line with its underline, or what was seen and what is allowed.
fn body(diagnostic: &Diagnostic, paint: &Paint, number: &str, margin: &str, out: &mut String) {
    let Paint {
        severity,
        gutter,
        end,
        ..
    } = paint;
    let label = label(diagnostic);
    let text = diagnostic
        .place
        .as_ref()
        .and_then(|place| place.text.as_ref());
    let Some(text) = text else {
        if !label.is_empty() {
            let _ = writeln!(out, "{margin} {gutter}│{end} {label}");
        }
        return;
    };
    let shown = text.replace('\t', " ");
    let width = margin.len();
    let _ = writeln!(out, "{number:>width$} {gutter}│{end} {}", shown.trim_end());
    let place = diagnostic.place.as_ref();
    let column = place.and_then(|place| place.column);
    match column {
        Some(column) => {
            let until = place
                .and_then(|place| place.end_column)
                .unwrap_or(column + 1);
            let carets = "^".repeat(until.saturating_sub(column).max(1));
            let indent = " ".repeat(column.saturating_sub(1));
            let line = format!("{indent}{severity}{carets} {label}");
            let _ = writeln!(out, "{margin} {gutter}│{end} {}{end}", line.trim_end());
        }
        None if !label.is_empty() => {
            let _ = writeln!(out, "{margin} {gutter}│{end} {label}");
        }
        None => {}
    }
}

/// `950 °C; a hot-water network allows 40–160 °C`.
fn label(diagnostic: &Diagnostic) -> String {
    match (&diagnostic.seen, &diagnostic.allowed) {
        (Some(seen), Some(allowed)) => format!("{seen}; {allowed}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    }
}

fn location(place: &Place) -> String {
    match (place.line, place.last_line, place.column) {
        (Some(line), Some(last), None) => format!("{}: rows {line}–{last}", place.file),
        (Some(line), _, Some(column)) => format!("{}:{line}:{column}", place.file),
        (Some(line), _, None) => format!("{}:{line}", place.file),
        (None, _, _) => place.file.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_looks_like_a_good_compilers() {
        let place = Place {
            column: Some(40),
            end_column: Some(43),
            text: Some("supply_temperature = { at_minus_26_c = 950 }".to_owned()),
            ..Place::line("study.toml", 24)
        };
        let diagnostic = Diagnostic::error("HK0107", "temperature out of range")
            .at(place)
            .seen("950 °C")
            .allowed("a hot-water network allows 40–160 °C")
            .help("did you mean 95?");
        let expected = "\
error[HK0107]: temperature out of range
   ┌─ study.toml:24:40
24 │ supply_temperature = { at_minus_26_c = 950 }
   │                                        ^^^ 950 °C; a hot-water network allows 40–160 °C
   = help: did you mean 95?

";
        let two = [diagnostic.clone(), diagnostic];
        assert_eq!(render(&two[..1], false), expected);
        assert!(render(&two[..1], true).contains("\u{1b}[1;31merror[HK0107]"));
        assert_eq!(summary_line(&two), "2 errors");
    }

    #[test]
    fn rows_without_columns_are_named_as_rows() {
        let place = Place {
            last_line: Some(2071),
            ..Place::line("prices.csv", 2067)
        };
        let text = render(
            &[Diagnostic::error("HK0210", "the series has a hole")
                .at(place)
                .seen("1 h missing")],
            false,
        );
        assert!(text.contains("┌─ prices.csv: rows 2067–2071\n"), "{text}");
        assert!(text.contains("│ 1 h missing\n"), "{text}");
    }
}
