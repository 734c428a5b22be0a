//! Tables of a run as Parquet and CSV: same columns, units in the column names.

mod encode;
mod nouns;

pub(crate) use encode::{to_csv, to_parquet};
pub(crate) use nouns::{
    capex, consumers, hourly, network_hourly, numbers, plan_hourly, source_hourly, trenches,
};

/// A table held column by column.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: Vec<(String, Column)>,
}

/// Values of one column.
pub(crate) enum Column {
    /// Local stamps with their offset, and the instants behind them in ms since 1970.
    Time {
        stamps: Vec<String>,
        instants_ms: Vec<i64>,
    },
    /// Numbers in the unit the column's name ends with.
    Number(Vec<f64>),
    /// Words.
    Text(Vec<String>),
}

impl Column {
    pub(crate) const fn len(&self) -> usize {
        match self {
            Self::Time { stamps, .. } => stamps.len(),
            Self::Number(values) => values.len(),
            Self::Text(values) => values.len(),
        }
    }
}

impl Table {
    pub(crate) fn rows(&self) -> usize {
        self.columns
            .iter()
            .map(|(_, column)| column.len())
            .min()
            .unwrap_or(0)
    }
}
