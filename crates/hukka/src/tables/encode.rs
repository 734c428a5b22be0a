//! A table as bytes.

use super::{Column, Table};
use crate::{Error, OutputFile};
use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray, TimestampMillisecondArray};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::sync::Arc;

/// The table as Parquet, snappy-compressed; stamps become UTC instants.
pub(crate) fn to_parquet(table: &Table) -> Result<OutputFile, Error> {
    let failed = |reason: String| Error::Encode {
        table: table.name.to_owned(),
        reason,
    };
    let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = table
        .columns
        .iter()
        .map(|(name, column)| arrow_column(name, column))
        .unzip();
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays)
        .map_err(|error| failed(error.to_string()))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("hukka {}", crate::VERSION))
        .build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, schema, Some(properties))
        .map_err(|error| failed(error.to_string()))?;
    writer
        .write(&batch)
        .map_err(|error| failed(error.to_string()))?;
    writer.close().map_err(|error| failed(error.to_string()))?;
    Ok(OutputFile {
        path: format!("{}.parquet", table.name),
        bytes,
    })
}

fn arrow_column(name: &str, column: &Column) -> (Field, ArrayRef) {
    match column {
        Column::Time { instants_ms, .. } => (
            Field::new(
                name,
                DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into())),
                false,
            ),
            Arc::new(TimestampMillisecondArray::from(instants_ms.clone()).with_timezone("UTC")),
        ),
        Column::Number(values) => (
            Field::new(name, DataType::Float64, false),
            Arc::new(Float64Array::from(values.clone())),
        ),
        Column::Text(values) => (
            Field::new(name, DataType::Utf8, false),
            Arc::new(StringArray::from_iter_values(values)),
        ),
    }
}

/// The table as CSV; text that a spreadsheet would run as a formula is defused with a quote.
pub(crate) fn to_csv(table: &Table) -> Result<OutputFile, Error> {
    let failed = |reason: String| Error::Encode {
        table: table.name.to_owned(),
        reason,
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(table.columns.iter().map(|(name, _)| name))
        .map_err(|error| failed(error.to_string()))?;
    for row in 0..table.rows() {
        let record = table.columns.iter().map(|(_, column)| match column {
            Column::Time { stamps, .. } => stamps[row].clone(),
            Column::Number(values) => values[row].to_string(),
            Column::Text(values) => defused(&values[row]),
        });
        writer
            .write_record(record)
            .map_err(|error| failed(error.to_string()))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| failed(error.to_string()))?;
    Ok(OutputFile {
        path: format!("{}.csv", table.name),
        bytes,
    })
}

fn defused(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            name: "sample",
            columns: vec![
                (
                    "time".into(),
                    Column::Time {
                        stamps: vec!["2023-01-01T00:00+02:00".into()],
                        instants_ms: vec![1_672_524_000_000],
                    },
                ),
                ("heat_mw".into(), Column::Number(vec![0.1 + 0.2])),
                ("id".into(), Column::Text(vec!["=cmd()".into()])),
            ],
        }
    }

    #[test]
    fn csv_keeps_every_digit_and_defuses_formulas() {
        let text = String::from_utf8(to_csv(&table()).unwrap().bytes).unwrap();
        assert_eq!(
            text,
            "time,heat_mw,id\n2023-01-01T00:00+02:00,0.30000000000000004,'=cmd()\n"
        );
    }

    #[test]
    fn parquet_has_its_magic_at_both_ends() {
        let bytes = to_parquet(&table()).unwrap().bytes;
        assert_eq!(
            (&bytes[..4], &bytes[bytes.len() - 4..]),
            (&b"PAR1"[..], &b"PAR1"[..])
        );
    }
}
