//! Series files as hukka writes them.

use hukka_model::TimeAxis;
use jiff::Timestamp;
use std::fmt::Write;

/// A series file: `#` comments, a header, and one row per hour with its UTC stamp.
///
/// Values are printed with up to six decimals; the reader reads back what is printed.
///
/// # Shapes  `values[step]`, one per hour of the axis
pub fn write_csv(values: &[f64], axis: &TimeAxis, column: &str, comments: &[String]) -> String {
    let mut text = String::with_capacity(32 * (values.len() + comments.len() + 1));
    for line in comments.iter().flat_map(|comment| comment.lines()) {
        text.push_str("# ");
        text.push_str(line);
        text.push('\n');
    }
    text.push_str("time_utc,");
    text.push_str(column);
    text.push('\n');
    for (step, value) in values.iter().enumerate() {
        let stamp = Timestamp::from_second(axis.unix_s(step)).unwrap_or_default();
        let printed = format!("{value:.6}");
        let short = printed.trim_end_matches('0').trim_end_matches('.');
        let short = if short == "-0" { "0" } else { short };
        let written = writeln!(text, "{stamp},{short}");
        debug_assert!(written.is_ok(), "invariant: writing to a string succeeds");
    }
    text
}
