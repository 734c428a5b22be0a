//! A small table as CSV text; an absent number is an empty field.

use crate::OutputFile;
use std::fmt::Write as _;

/// Rows of text while they are written.
pub(super) struct Csv {
    text: String,
    is_row_started: bool,
}

impl Csv {
    pub(super) fn new(header: &[&str]) -> Self {
        let mut this = Self {
            text: String::with_capacity(4096),
            is_row_started: false,
        };
        for name in header {
            this.name(name);
        }
        this.end();
        this
    }

    fn separate(&mut self) {
        if self.is_row_started {
            self.text.push(',');
        }
        self.is_row_started = true;
    }

    /// A name: quoted where the format asks, defused where a spreadsheet would run it.
    pub(super) fn name(&mut self, name: &str) -> &mut Self {
        self.separate();
        let is_formula =
            name.starts_with(['=', '+', '-', '@', '\t']) && name.parse::<f64>().is_err();
        if is_formula || name.contains([',', '"', '\n', '\r']) {
            let defused = if is_formula { "'" } else { "" };
            let _ = write!(self.text, "\"{defused}{}\"", name.replace('"', "\"\""));
        } else {
            self.text.push_str(name);
        }
        self
    }

    pub(super) fn number(&mut self, value: f64) -> &mut Self {
        self.separate();
        if value.is_finite() {
            let _ = write!(self.text, "{value}");
        }
        self
    }

    pub(super) fn maybe(&mut self, value: Option<f64>) -> &mut Self {
        self.number(value.unwrap_or(f64::INFINITY))
    }

    /// Ends the row.
    pub(super) fn end(&mut self) {
        self.text.push('\n');
        self.is_row_started = false;
    }

    pub(super) fn file(self, path: &str) -> OutputFile {
        OutputFile {
            path: path.into(),
            bytes: self.text.into_bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_numbers_are_empty_and_formulas_are_defused() {
        let mut csv = Csv::new(&["id", "p_bar"]);
        csv.name("=a()").maybe(None).end();
        csv.name("-1").maybe(Some(2.5)).end();
        csv.name("a,b").number(f64::NAN).end();
        let text = String::from_utf8(csv.file("x.csv").bytes).unwrap();
        assert_eq!(text, "id,p_bar\n\"'=a()\",\n-1,2.5\n\"a,b\",\n");
    }
}
