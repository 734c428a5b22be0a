//! Observations as the Finnish Meteorological Institute hands them out: the date in columns.
//!
//! Both forms of its download page: `Vuosi,Kk,Pv,Klo,Aikavyöhyke,Ilman lämpötila (degC)` and
//! `"Havaintoasema","Vuosi","Kuukausi","Päivä","Aika [UTC]","Ilman lämpötila [°C]"`, in Finnish,
//! Swedish or English.

use super::table::{Table, fields};

const YEAR: &[&str] = &["vuosi", "year", "år"];
const MONTH: &[&str] = &["kk", "kuukausi", "m", "month", "mån", "månad"];
const DAY: &[&str] = &["pv", "päivä", "d", "day", "dag"];
const TIME: &[&str] = &["klo", "aika", "time", "tid", "kl"];
const ZONE: &[&str] = &["aikavyöhyke", "time zone", "timezone", "tidszon"];

/// Columns that make up a stamp.
struct Parts {
    date: [usize; 3],
    time: usize,
    zone: Option<usize>,
    /// The header of the time says UTC.
    is_utc: bool,
}

/// The same rows, line by line, with one column of stamps in place of the date's columns; `None`
/// for a file of another form.
///
/// A stamp gets a `Z` where the file says UTC; other stamps stay without offset, and the study has
/// to state the zone.
pub(crate) fn with_stamps(text: &str) -> Option<String> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let lower = first.to_lowercase();
    if !YEAR.iter().any(|name| lower.contains(name)) {
        return None;
    }
    let table = Table::new(text);
    let parts = Parts::find(&table)?;
    let mut out = String::with_capacity(text.len() + text.len().div_ceil(4));
    let mut is_header = true;
    for line in text.lines() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            out.push('\n');
            continue;
        }
        let cells: Vec<&str> = fields(line, table.separator).map(|f| f.text).collect();
        if is_header {
            out.push_str("time");
        } else {
            out.push_str(&parts.stamp(&cells));
        }
        is_header = false;
        for (index, cell) in cells.iter().enumerate() {
            if !parts.is_part(index) {
                push_cell(&mut out, cell);
            }
        }
        out.push('\n');
    }
    Some(out)
}

fn push_cell(out: &mut String, cell: &str) {
    out.push(';');
    if cell.contains(';') {
        out.push('"');
        out.push_str(cell);
        out.push('"');
    } else {
        out.push_str(cell);
    }
}

impl Parts {
    fn find(table: &Table<'_>) -> Option<Self> {
        table.header?;
        let names: Vec<String> = table.names.iter().map(|n| n.to_lowercase()).collect();
        let is_one = |name: &str, known: &[&str]| {
            let plain = name.split(['[', '(']).next().unwrap_or(name).trim();
            known.contains(&plain)
        };
        let position = |known: &[&str]| names.iter().position(|name| is_one(name, known));
        let time = position(TIME)?;
        Some(Self {
            date: [position(YEAR)?, position(MONTH)?, position(DAY)?],
            time,
            zone: position(ZONE),
            is_utc: names[time].contains("utc"),
        })
    }

    fn is_part(&self, column: usize) -> bool {
        self.date.contains(&column) || column == self.time || Some(column) == self.zone
    }

    /// `2023-02-06T07:00Z`; what cannot be read is written as it stands, for the message.
    fn stamp(&self, cells: &[&str]) -> String {
        let cell = |column: usize| cells.get(column).copied().unwrap_or("");
        let [year, month, day] = self.date.map(cell);
        let (month, day) = (padded(month), padded(day));
        let zone = match self.zone.map(cell) {
            Some(zone) if zone.eq_ignore_ascii_case("utc") => "Z",
            None if self.is_utc => "Z",
            Some(zone) if zone.starts_with(['+', '-']) => zone,
            _ => "",
        };
        format!("{year}-{month}-{day}T{}{zone}", cell(self.time))
    }
}

fn padded(number: &str) -> String {
    format!("{number:0>2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_the_download_become_one_column_of_stamps() {
        let old = "Vuosi,Kk,Pv,Klo,Aikavyöhyke,Ilman lämpötila (degC)\n2016,4,1,07:00,UTC,0.7\n";
        let found = with_stamps(old).unwrap();
        assert_eq!(
            found,
            "time;Ilman lämpötila (degC)\n2016-04-01T07:00Z;0.7\n"
        );
        let new = "\"Havaintoasema\",\"Vuosi\",\"Kuukausi\",\"Päivä\",\"Aika [Paikallinen aika]\",\
                   \"Ilman lämpötila [°C]\"\n\"Kouvola; Anjala\",\"2026\",\"8\",\"29\",\"00:00\",\"14.3\"\n";
        let found = with_stamps(new).unwrap();
        assert!(
            found.ends_with("2026-08-29T00:00;\"Kouvola; Anjala\";14.3\n"),
            "{found}"
        );
        let english = "\"Observation station\",\"Year\",\"Month\",\"Day\",\"Time [UTC]\",\
                       \"Average temperature [°C]\"\n\"a\",\"2022\",\"1\",\"1\",\"00:00\",\"-\"\n";
        assert!(
            with_stamps(english)
                .unwrap()
                .contains("2022-01-01T00:00Z;a;-")
        );
    }

    #[test]
    fn other_files_are_left_alone() {
        assert_eq!(with_stamps("time,year_c\n2023-01-01T00:00Z,3\n"), None);
        assert_eq!(with_stamps(""), None);
        assert_eq!(with_stamps("year\n"), None);
    }
}
