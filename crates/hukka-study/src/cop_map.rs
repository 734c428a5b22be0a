//! A maker's COP map: sources down, sinks across, 0 or an empty cell where the machine does not run.

use crate::codes;
use hukka_model::{CopTable, Diagnostic, Place};
use hukka_physics::heat_pump::map::{CopMap, MapError};
use hukka_units::{Ratio, Temperature};

const HELP: &str = "first line: a corner cell, then sink temperatures in °C; then on every line a \
                    source temperature and its COP values";

/// The map of a text file, or everything that is wrong with it.
///
/// Separators `,` `;` or tab; with the latter two decimals may be commas. Lines that begin with `#`
/// are left out.
///
/// # Errors  one diagnostic for each cell or line that cannot be used
pub fn read_cop_map(file: &str, text: &str) -> Result<CopTable, Vec<Diagnostic>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<(usize, &str)> = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .collect();
    let separator = [';', '\t', ',']
        .into_iter()
        .find(|mark| lines.first().is_some_and(|(_, line)| line.contains(*mark)));
    let (Some(separator), Some((header_line, header))) = (separator, lines.first()) else {
        return Err(vec![
            bad(
                file,
                lines.first().map_or(1, |line| line.0),
                "the map has no row of sink temperatures",
            )
            .help(HELP),
        ]);
    };
    let mut reader = Cells {
        file,
        separator,
        findings: Vec::new(),
    };
    let hot: Vec<f64> = reader.numbers(*header_line, header.split(separator).skip(1));
    // A sink that cannot be read has been told and still takes its column.
    let sinks = header
        .split(separator)
        .skip(1)
        .filter(|cell| !cell.trim().is_empty())
        .count();
    let mut cold = Vec::new();
    let mut values = Vec::new();
    for (number, line) in &lines[1..] {
        let cells: Vec<&str> = line.split(separator).collect();
        let given = cells.len().saturating_sub(1);
        if given != sinks && !(given == sinks + 1 && cells[given].trim().is_empty()) {
            reader.findings.push(
                bad(
                    file,
                    *number,
                    "the line has another number of values than there are sinks",
                )
                .seen(format!("{given} values"))
                .allowed(format!("{sinks} values")),
            );
            continue;
        }
        cold.extend(reader.numbers(*number, cells[..1].iter().copied()));
        for cell in &cells[1..=sinks] {
            let value = if cell.trim().is_empty() {
                Some(0.0)
            } else {
                reader.number(*number, cell)
            };
            values.push(value.unwrap_or(0.0));
        }
    }
    if !reader.findings.is_empty() {
        return Err(reader.findings);
    }
    let kelvin =
        |axis: &[f64]| -> Vec<f64> { axis.iter().map(|c| Temperature::from_c(*c).k()).collect() };
    CopMap::new(kelvin(&cold), kelvin(&hot), &values)
        .map_err(|error| vec![of_grid(file, &lines, error)])?;
    Ok(CopTable {
        name: file.to_owned(),
        cold: cold.into_iter().map(Temperature::from_c).collect(),
        hot: hot.into_iter().map(Temperature::from_c).collect(),
        cop: values
            .into_iter()
            .map(|cop| (cop > 0.0).then(|| Ratio::from_fraction(cop)))
            .collect(),
        efficiency: Ratio::from_fraction(1.0),
    })
}

fn bad(file: &str, line: usize, message: &str) -> Diagnostic {
    Diagnostic::error(codes::COP_MAP, message).at(Place::line(file, line))
}

fn of_grid(file: &str, lines: &[(usize, &str)], error: MapError) -> Diagnostic {
    let first = lines.first().map_or(1, |line| line.0);
    match error {
        MapError::Shape => bad(file, first, "the map has no rows or no columns").help(HELP),
        MapError::Order => bad(file, first, "the temperatures of the map do not rise")
            .allowed("sources rising down, sinks rising across")
            .help(HELP),
        MapError::Value { row, column } => bad(
            file,
            lines.get(row + 1).map_or(first, |line| line.0),
            "a COP of the map is neither above 1 nor 0",
        )
        .seen(format!("value {} of the line", column + 1))
        .allowed("a COP above 1, or 0 where the machine does not run"),
    }
}

struct Cells<'a> {
    file: &'a str,
    separator: char,
    findings: Vec<Diagnostic>,
}

impl Cells<'_> {
    fn number(&mut self, line: usize, cell: &str) -> Option<f64> {
        let plain = cell.trim().trim_matches('"').trim();
        let text = if self.separator == ',' {
            plain.to_owned()
        } else {
            plain.replace(',', ".")
        };
        let found = text.parse::<f64>().ok().filter(|value| value.is_finite());
        if found.is_none() {
            self.findings.push(
                bad(self.file, line, "a cell of the map is not a number")
                    .seen(plain)
                    .allowed("a number, 0 or an empty cell"),
            );
        }
        found
    }

    fn numbers<'c>(&mut self, line: usize, cells: impl Iterator<Item = &'c str>) -> Vec<f64> {
        cells
            .filter(|cell| !cell.trim().is_empty())
            .filter_map(|cell| self.number(line, cell))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_decimal_commas_holes_and_marks_are_read() {
        let text = "\u{feff}# a map\n;35;45\n0;4,2;3,5\n10;0;4,3\n";
        let table = read_cop_map("m.csv", text).expect("a map");
        assert_eq!((table.cold.len(), table.hot.len()), (2, 2));
        assert!((table.cop[0].expect("a value").fraction() - 4.2).abs() < 1e-12);
        assert_eq!(table.cop[2], None);
        let comma = read_cop_map("m.csv", "x,35,45\n0,4.2,\n").expect("a map");
        assert_eq!(comma.cop[1], None);
    }

    #[test]
    fn everything_wrong_with_a_map_is_told_at_once() {
        let found = read_cop_map("m.csv", ";35;x\n0;4.2\nzero;3;3\n").expect_err("no map");
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found.iter().all(|f| f.code == codes::COP_MAP));
        for text in [
            "",
            "35\n",
            ";35;45\n10;4;4\n0;4;4\n",
            ";35\n0;0.7\n",
            ";35\n",
        ] {
            assert_eq!(
                read_cop_map("m.csv", text).expect_err("no map").len(),
                1,
                "{text}"
            );
        }
    }
}
