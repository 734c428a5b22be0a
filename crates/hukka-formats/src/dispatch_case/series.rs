//! `series.csv`: one row per step, one column per series.

use super::SERIES_FILE;
use super::keys::Range;
use hukka_model::{Diagnostic, Place};

/// Findings listed per column; a broken file has thousands.
const MOST_FINDINGS: usize = 5;

/// The table, as numbers; a cell that is none is NaN until it is asked for.
pub(super) struct Series {
    names: Vec<String>,
    columns: Vec<Vec<f64>>,
    rows: usize,
}

impl Series {
    /// Reads the table; broken rows become findings.
    pub(super) fn read(bytes: &[u8], found: &mut Vec<Diagnostic>) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let names: Vec<String> = match reader.byte_headers() {
            Ok(header) => header
                .iter()
                .map(|name| String::from_utf8_lossy(name).trim().to_owned())
                .collect(),
            Err(_) => Vec::new(),
        };
        let mut series = Self {
            columns: vec![Vec::with_capacity(bytes.len() >> 6); names.len()],
            names,
            rows: 0,
        };
        series.read_rows(&mut reader, found);
        series.check_shape(found);
        series
    }

    fn read_rows(&mut self, reader: &mut csv::Reader<&[u8]>, found: &mut Vec<Diagnostic>) {
        let mut record = csv::ByteRecord::new();
        let mut broken = 0;
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(false) => return,
                Ok(true) => {}
                Err(error) => {
                    found.push(row_finding(self.rows, &format!("cannot be read: {error}")));
                    return;
                }
            }
            if record.len() != self.names.len() {
                broken += 1;
                if broken <= MOST_FINDINGS {
                    let count = format!(
                        "has {} cells, the header {}",
                        record.len(),
                        self.names.len()
                    );
                    found.push(row_finding(self.rows, &count));
                }
            }
            for (column, values) in self.columns.iter_mut().enumerate() {
                values.push(record.get(column).and_then(number).unwrap_or(f64::NAN));
            }
            self.rows += 1;
        }
    }

    /// At least one step; steps counted from 0 without gaps where they are numbered.
    fn check_shape(&self, found: &mut Vec<Diagnostic>) {
        if self.rows == 0 {
            found.push(
                Diagnostic::error("HK1111", "the series have no rows")
                    .at(Place::file(SERIES_FILE))
                    .help("add one row per step"),
            );
        }
        let Some(steps) = self.find("step") else {
            return;
        };
        let wrong = steps
            .iter()
            .enumerate()
            .find(|(row, step)| (**step - *row as f64).abs() > 1e-9 || step.is_nan());
        if let Some((row, step)) = wrong {
            found.push(
                row_finding(row, "does not follow the row before")
                    .about("step")
                    .seen(step)
                    .allowed(row.to_string())
                    .help("number the steps 0, 1, 2 … without gaps"),
            );
        }
    }

    fn find(&self, name: &str) -> Option<&[f64]> {
        let index = self.names.iter().position(|known| known == name)?;
        Some(&self.columns[index])
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Steps.
    pub(super) const fn rows(&self) -> usize {
        self.rows
    }

    /// A column whose every cell must be in a range.
    pub(super) fn column(
        &self,
        name: &str,
        range: Range,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Vec<f64>> {
        let Some(values) = self.find(name) else {
            found.push(
                Diagnostic::error("HK1109", format!("{SERIES_FILE} has no column {name}"))
                    .at(Place::line(SERIES_FILE, 1))
                    .about(name)
                    .seen(self.names.join(", "))
                    .help("add the column, or name another one in case.json"),
            );
            return None;
        };
        let wrong = values.iter().enumerate().filter(|(_, v)| !range.holds(**v));
        let count = wrong.clone().count();
        for (row, value) in wrong.take(MOST_FINDINGS) {
            let message = if value.is_finite() {
                format!("{name} is out of range in step {row}")
            } else {
                format!("{name} is no number in step {row}")
            };
            let finding = Diagnostic::error("HK1110", message)
                .at(Place::line(SERIES_FILE, row + 2))
                .about(name)
                .allowed(range.words());
            found.push(if value.is_finite() {
                finding.seen(value)
            } else {
                finding
            });
        }
        if count > MOST_FINDINGS {
            let more = format!("{name} is unusable in {count} steps in all");
            found.push(
                Diagnostic::error("HK1110", more)
                    .at(Place::file(SERIES_FILE))
                    .about(name),
            );
        }
        Some(values.to_vec())
    }
}

fn number(cell: &[u8]) -> Option<f64> {
    core::str::from_utf8(cell).ok()?.trim().parse().ok()
}

fn row_finding(row: usize, what: &str) -> Diagnostic {
    Diagnostic::error("HK1111", format!("the row of step {row} {what}"))
        .at(Place::line(SERIES_FILE, row + 2))
}
