//! Series files as hukka writes them.

use hukka_model::TimeAxis;
use jiff::Timestamp;
use std::fmt::Write;

/// First word of the first comment of every series that was made, not measured.
pub const SYNTHETIC_MARK: &str = "SYNTHETIC";

/// Whether a series file says in its leading comments that it was made, not measured.
pub fn is_marked_synthetic(bytes: &[u8]) -> bool {
    bytes
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line))
        .take_while(|line| line.first() == Some(&b'#'))
        .any(|line| {
            line[1..]
                .trim_ascii_start()
                .starts_with(SYNTHETIC_MARK.as_bytes())
        })
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_leading_comment_marks_a_series_as_synthetic() {
        assert!(is_marked_synthetic(b"# SYNTHETIC prices\ntime_utc,p\n"));
        assert!(is_marked_synthetic(
            b"\xef\xbb\xbf# by hukka\n#SYNTHETIC\na\n"
        ));
        assert!(!is_marked_synthetic(
            b"# measured\ntime_utc,SYNTHETIC\n# SYNTHETIC\n"
        ));
    }
}
