//! What changes over time: pressures and temperatures of every node, and a few sums, row by row.

use super::summary::Figures;
use super::table::Csv;
use crate::tables::{Column, Table, to_parquet};
use crate::{Error, OutputFile};
use hukka_model::network_case::{CaseState, NetworkCase};
use serde_json::{Value, json};

/// Tables whose text would be longer become Parquet.
const LARGEST_TEXT: usize = 10_000_000;
/// Letters of a number in such a text, comma and all.
const LETTERS: usize = 11;
/// Unconverged rows named.
const ROWS_NAMED: usize = 20;

/// Rows collected while they are solved.
pub(super) struct SeriesResult {
    mode: &'static str,
    times_s: Vec<f64>,
    node_names: Vec<String>,
    /// `[row × nodes + node]`; NaN stands for a node cut off and is written as an empty field.
    pressure_bar: Vec<f64>,
    temperature_k: Vec<f64>,
    sums: Vec<[Option<f64>; 6]>,
    pub(super) unconverged_rows: Vec<usize>,
    pub(super) heat_balance: Option<f64>,
}

const SUMS: [&str; 7] = [
    "time_s",
    "source_mdot_kg_s",
    "source_t_return_k",
    "min_consumer_dp_bar",
    "q_sources_w",
    "q_consumers_w",
    "q_losses_w",
];

impl SeriesResult {
    pub(super) fn new(case: &NetworkCase, mode: &'static str) -> Self {
        let cells = case.nodes.len() * case.times.len();
        Self {
            mode,
            times_s: case.times.iter().map(|time| time.s()).collect(),
            node_names: case.nodes.iter().map(|node| node.id.clone()).collect(),
            pressure_bar: Vec::with_capacity(cells),
            temperature_k: Vec::with_capacity(cells),
            sums: Vec::with_capacity(case.times.len()),
            unconverged_rows: Vec::new(),
            heat_balance: None,
        }
    }

    /// Takes the state of the next row.
    pub(super) fn take(&mut self, row: usize, state: &CaseState) {
        // Tenths of a pascal and micro-kelvin: beyond what any solver agrees on.
        let rounded = |value: f64| (value * 1e6).round() / 1e6;
        for pa in &state.pressure_pa {
            self.pressure_bar
                .push(pa.map_or(f64::NAN, |pa| rounded(pa / 1e5)));
        }
        self.temperature_k
            .extend(state.temperature_k.iter().map(|k| rounded(*k)));
        let figures = Figures::of(state);
        self.sums.push([
            Some(figures.source_flow_kg_s),
            figures.source_return_k,
            figures.index_consumer.map(|(_, pa)| pa / 1e5),
            Some(figures.sources_w),
            Some(figures.consumers_w),
            Some(figures.losses_w),
        ]);
        if !state.is_converged {
            self.unconverged_rows.push(row);
        }
    }

    /// The three tables; those of nodes as Parquet above 10 MB of text unless CSV is wanted.
    pub(super) fn files(&self, wants_csv: bool) -> Result<Vec<OutputFile>, Error> {
        let is_large = self.pressure_bar.len() * LETTERS > LARGEST_TEXT && !wants_csv;
        let mut files = Vec::new();
        for (name, values) in [
            ("series_nodes_p_bar", &self.pressure_bar),
            ("series_nodes_t_k", &self.temperature_k),
        ] {
            files.push(if is_large {
                self.parquet(name, values)?
            } else {
                self.csv(name, values)
            });
        }
        let mut csv = Csv::new(&SUMS);
        for (time, sums) in self.times_s.iter().zip(&self.sums) {
            csv.number(*time);
            for value in sums {
                csv.maybe(*value);
            }
            csv.end();
        }
        files.push(csv.file("series_summary.csv"));
        Ok(files)
    }

    fn csv(&self, name: &str, values: &[f64]) -> OutputFile {
        let header: Vec<&str> = std::iter::once("time_s")
            .chain(self.node_names.iter().map(String::as_str))
            .collect();
        let mut csv = Csv::new(&header);
        let nodes = self.node_names.len().max(1);
        for (time, row) in self.times_s.iter().zip(values.chunks(nodes)) {
            csv.number(*time);
            for value in row {
                csv.number(*value);
            }
            csv.end();
        }
        csv.file(&format!("{name}.csv"))
    }

    fn parquet(&self, name: &'static str, values: &[f64]) -> Result<OutputFile, Error> {
        let nodes = self.node_names.len().max(1);
        let mut columns = vec![("time_s".to_owned(), Column::Number(self.times_s.clone()))];
        for (index, node) in self.node_names.iter().enumerate() {
            let of_node = values.iter().skip(index).step_by(nodes).copied().collect();
            columns.push((node.clone(), Column::Number(of_node)));
        }
        to_parquet(&Table { name, columns })
    }

    pub(super) fn json(&self) -> Value {
        let named: Vec<usize> = self
            .unconverged_rows
            .iter()
            .copied()
            .take(ROWS_NAMED)
            .collect();
        json!({
            "mode": self.mode,
            "rows": self.times_s.len(),
            "n_unconverged_rows": self.unconverged_rows.len(),
            "unconverged_rows": named,
            "heat_balance": self.heat_balance,
        })
    }

    /// One line for people.
    pub(super) fn line(&self) -> String {
        let rows = self.times_s.len();
        let balance = self.heat_balance.map_or_else(String::new, |share| {
            format!(", heat balance closed to {share:.0e}")
        });
        match self.unconverged_rows.len() {
            0 => format!("series    {rows} rows, {}{balance}", self.mode),
            some => format!(
                "series    {rows} rows, {}: {some} NOT CONVERGED, the first is row {}{balance}",
                self.mode,
                self.unconverged_rows[0] + 1
            ),
        }
    }
}
