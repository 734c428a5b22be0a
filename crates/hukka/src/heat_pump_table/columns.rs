//! Cells of a table by the name of their column.

use hukka_model::{Diagnostic, Place};
use hukka_units::ZERO_CELSIUS_K;

/// A table being read: problems are collected, never thrown one at a time.
pub(super) struct Reader {
    file: String,
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    lines: Vec<usize>,
    findings: Vec<Diagnostic>,
}

impl Reader {
    pub(super) fn new(file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let (headers, records) = parse(file, text).map_err(|finding| vec![*finding])?;
        let (lines, rows): (Vec<_>, Vec<_>) = records.into_iter().unzip();
        if rows.is_empty() {
            let finding = Diagnostic::error("HK0471", "the table has no rows")
                .at(Place::file(file))
                .help("give a line of column names and a line for each operating point");
            return Err(vec![finding]);
        }
        Ok(Self {
            file: file.to_owned(),
            headers,
            rows,
            lines,
            findings: Vec::new(),
        })
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn findings(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.findings)
    }

    pub(super) fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Whether a column of one of these names exists.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        self.position(names).is_some()
    }

    fn position(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            self.headers
                .iter()
                .position(|header| header.eq_ignore_ascii_case(name))
        })
    }

    /// Numbers of a column that has to be there, every cell filled.
    pub(super) fn required(&mut self, names: &[&str]) -> Option<Vec<f64>> {
        let Some(index) = self.position(names) else {
            self.lacks(names);
            return None;
        };
        let cells = self.cells(index)?;
        let missing: Vec<usize> = (0..cells.len()).filter(|i| cells[*i].is_none()).collect();
        if let Some(first) = missing.first() {
            self.findings.push(
                Diagnostic::error(
                    "HK0473",
                    format!("column {} has empty cells", self.headers[index]),
                )
                .at(Place::line(&self.file, self.lines[*first]))
                .seen(format!("{} empty", missing.len()))
                .help("give a number in every row"),
            );
            return None;
        }
        Some(cells.into_iter().flatten().collect())
    }

    /// Temperatures in °C of a column that has to be there, in kelvin.
    pub(super) fn temperatures(&mut self, names: &[&str]) -> Option<Vec<f64>> {
        let celsius = self.required(names)?;
        let mut is_sound = true;
        for (celsius, line) in celsius.iter().zip(&self.lines) {
            if *celsius > -ZERO_CELSIUS_K {
                continue;
            }
            is_sound = false;
            self.findings.push(
                Diagnostic::error("HK0473", format!("{} is below absolute zero", names[0]))
                    .at(Place::line(&self.file, *line))
                    .seen(celsius)
                    .allowed("above -273.15 °C"),
            );
        }
        if !is_sound {
            return None;
        }
        Some(celsius.into_iter().map(|t| t + ZERO_CELSIUS_K).collect())
    }

    /// Numbers of a column that may be absent or have empty cells; the default is told.
    pub(super) fn with_default(&mut self, names: &[&str], default: f64) -> Option<Vec<f64>> {
        let Some(index) = self.position(names) else {
            self.findings.push(
                Diagnostic::note(
                    "HK0475",
                    format!("no column {}: {default} is used", names[0]),
                )
                .at(Place::file(&self.file)),
            );
            return Some(vec![default; self.len()]);
        };
        let cells = self.cells(index)?;
        Some(cells.into_iter().map(|c| c.unwrap_or(default)).collect())
    }

    /// Numbers of a column whose absence means that nothing is said.
    pub(super) fn optional(&mut self, names: &[&str]) -> Option<Vec<Option<f64>>> {
        match self.position(names) {
            Some(index) => self.cells(index),
            None => Some(vec![None; self.len()]),
        }
    }

    /// Words of a column, or a default where the column or the cell is empty.
    pub(super) fn words(&self, names: &[&str], default: &str) -> Vec<String> {
        let index = self.position(names);
        self.rows
            .iter()
            .map(|row| {
                let cell = index.map_or("", |i| row[i].trim());
                if cell.is_empty() { default } else { cell }.to_owned()
            })
            .collect()
    }

    /// Tells of a word that means nothing.
    pub(super) fn unknown_word(&mut self, row: usize, column: &str, seen: &str, allowed: &str) {
        self.findings.push(
            Diagnostic::error("HK0473", format!("{column} is not known"))
                .at(Place::line(&self.file, self.lines[row]))
                .seen(seen)
                .allowed(allowed),
        );
    }

    /// Tells of a required column that is absent.
    pub(super) fn lacks(&mut self, names: &[&str]) {
        self.findings.push(
            Diagnostic::error("HK0472", format!("the table has no column {}", names[0]))
                .at(Place::file(&self.file))
                .seen(self.headers.join(", "))
                .allowed(names.join(" or "))
                .help("name the column so; the case of letters does not matter"),
        );
    }

    fn cells(&mut self, index: usize) -> Option<Vec<Option<f64>>> {
        let mut is_sound = true;
        let mut cells = Vec::with_capacity(self.rows.len());
        for (row, line) in self.rows.iter().zip(&self.lines) {
            let text = row[index].trim();
            if text.is_empty() {
                cells.push(None);
                continue;
            }
            match text.parse::<f64>() {
                Ok(value) if value.is_finite() => cells.push(Some(value)),
                _ => {
                    is_sound = false;
                    self.findings.push(
                        Diagnostic::error(
                            "HK0473",
                            format!("{} is not a number", self.headers[index]),
                        )
                        .at(Place::line(&self.file, *line))
                        .seen(text)
                        .allowed("a number with a decimal point"),
                    );
                }
            }
        }
        is_sound.then_some(cells)
    }
}

type Records = Vec<(usize, Vec<String>)>;

/// Header and rows of a CSV with commas or semicolons; lines from `#` are comments.
pub(super) fn parse(file: &str, text: &str) -> Result<(Vec<String>, Records), Box<Diagnostic>> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text
        .lines()
        .find(|line| !line.starts_with('#') && !line.trim().is_empty())
        .unwrap_or_default();
    let delimiter = if first.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let unreadable = |error: csv::Error| {
        let line = error.position().map(|p| p.line() as usize);
        let place = line.map_or_else(|| Place::file(file), |line| Place::line(file, line));
        Box::new(
            Diagnostic::error("HK0471", "the table cannot be read")
                .at(place)
                .seen(error.to_string())
                .help("give every row as many cells as there are column names"),
        )
    };
    let headers = reader.headers().map_err(unreadable)?;
    let headers = headers.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let line = record.position().map_or(0, |p| p.line() as usize);
        rows.push((line, record.iter().map(str::to_owned).collect()));
    }
    Ok((headers, rows))
}
