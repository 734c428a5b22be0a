//! Reading a screening table: every problem at once.

use super::columns::{SCREEN_COLUMNS, ScreenColumn, WORDS, index};
use hukka_design::screen::ScreenPair;
use hukka_model::{Diagnostic, Place};
use hukka_units::{
    EnergyPrice, HeatEnergy, HeatPower, JOULES_PER_MWH, Length, PowerCost, Ratio, Temperature,
    TimeSpan,
};

/// Findings of one kind beyond this many are counted, not listed.
const LISTED: usize = 50;

/// A table that has been read.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) pairs: Vec<ScreenPair>,
    /// Climate and price profile of every row.
    pub(super) years: Vec<[String; 2]>,
    pub(super) findings: Vec<Diagnostic>,
}

/// Reads a table; an error finding among those given back means that it cannot be used.
pub(super) fn read(file: &str, text: &str) -> Result<Table, Vec<Diagnostic>> {
    let (headers, rows, lines) = parse(file, text)?;
    let mut findings = Vec::new();
    let mut values = vec![vec![0.0; SCREEN_COLUMNS.len()]; rows.len()];
    for (k, column) in SCREEN_COLUMNS.iter().enumerate() {
        let cells = Cells {
            file,
            rows: &rows,
            lines: &lines,
            at: position(&headers, column.name),
        };
        match (cells.at, column.default) {
            (None, None) => findings.push(
                Diagnostic::error("HK0522", format!("the table has no column {}", column.name))
                    .at(Place::file(file))
                    .seen(headers.join(", "))
                    .help(format!("add it: {}", column.about)),
            ),
            (None, Some(default)) => findings.push(
                Diagnostic::note(
                    "HK0524",
                    format!("no column {}: {default} is used", column.name),
                )
                .at(Place::file(file)),
            ),
            _ => {}
        }
        let mut wrong = Vec::new();
        for (row, value) in values.iter_mut().enumerate() {
            match cells.number(row, column) {
                Ok(number) => value[k] = number,
                Err(finding) => wrong.push(*finding),
            }
        }
        listed(&mut findings, wrong, column.name);
    }
    let years = years(&headers, &rows);
    temperatures(file, &lines, &values, &mut findings);
    kept(file, &headers, &mut findings);
    if findings.iter().any(Diagnostic::is_error) {
        return Err(findings);
    }
    Ok(Table {
        pairs: values.iter().map(|row| pair(row)).collect(),
        headers,
        rows,
        years,
        findings,
    })
}

/// Header, rows and the line of each row.
type Parsed = (Vec<String>, Vec<Vec<String>>, Vec<usize>);

fn parse(file: &str, text: &str) -> Result<Parsed, Vec<Diagnostic>> {
    let unreadable = |message: String| {
        vec![
            Diagnostic::error("HK0521", message)
                .at(Place::file(file))
                .help("give a line of column names and a line for each pair, separated by commas"),
        ]
    };
    let text = text.trim_start_matches('\u{feff}');
    let first = text
        .lines()
        .find(|line| !line.starts_with('#') && !line.trim().is_empty())
        .unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if first.contains(';') { b';' } else { b',' })
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(str::to_owned).collect(),
        Err(error) => return Err(unreadable(format!("the table cannot be read: {error}"))),
    };
    let (mut rows, mut lines, mut findings) = (Vec::new(), Vec::new(), Vec::new());
    for record in reader.records() {
        match record {
            Ok(record) => {
                lines.push(record.position().map_or(0, |p| p.line() as usize));
                rows.push(record.iter().map(str::to_owned).collect());
            }
            Err(error) => findings.extend(unreadable(format!("a line cannot be read: {error}"))),
        }
    }
    for (k, name) in headers.iter().enumerate() {
        if headers[..k]
            .iter()
            .any(|other| other.eq_ignore_ascii_case(name))
        {
            findings.extend(unreadable(format!("column {name} is there twice")));
        }
    }
    if findings.is_empty() && rows.is_empty() {
        findings.extend(unreadable("the table has no rows".to_owned()));
    }
    if findings.is_empty() {
        Ok((headers, rows, lines))
    } else {
        findings.truncate(LISTED);
        Err(findings)
    }
}

fn position(headers: &[String], name: &str) -> Option<usize> {
    headers
        .iter()
        .position(|header| header.eq_ignore_ascii_case(name))
}

/// Cells of one column.
struct Cells<'a> {
    file: &'a str,
    rows: &'a [Vec<String>],
    lines: &'a [usize],
    at: Option<usize>,
}

impl Cells<'_> {
    /// The number in a row, or the default; an absent required column is told once elsewhere.
    fn number(&self, row: usize, column: &ScreenColumn) -> Result<f64, Box<Diagnostic>> {
        let Some(at) = self.at else {
            return Ok(column.default.unwrap_or(0.0));
        };
        let cell = self.rows[row][at].as_str();
        let (least, most) = column.range;
        if let (true, Some(default)) = (cell.is_empty(), column.default) {
            return Ok(default);
        }
        match cell.parse::<f64>() {
            Ok(value) if (least..=most).contains(&value) => Ok(value),
            _ => Err(Box::new(
                Diagnostic::error("HK0523", format!("{} is no usable number", column.name))
                    .at(Place::line(self.file, self.lines[row]))
                    .seen(if cell.is_empty() { "nothing" } else { cell })
                    .allowed(format!("{least} to {most}"))
                    .help(column.about),
            )),
        }
    }
}

/// Adds findings; of very many the first are listed and the rest counted.
fn listed(findings: &mut Vec<Diagnostic>, mut wrong: Vec<Diagnostic>, name: &str) {
    let more = wrong.len().saturating_sub(LISTED);
    wrong.truncate(LISTED);
    if let (true, Some(last)) = (more > 0, wrong.last().cloned()) {
        wrong.push(last.help(format!("{more} more cells of {name} are like this")));
    }
    findings.extend(wrong);
}

/// Temperatures that contradict each other.
fn temperatures(file: &str, lines: &[usize], values: &[Vec<f64>], findings: &mut Vec<Diagnostic>) {
    let (design, mild, back) = (
        index("supply_design_c"),
        index("supply_mild_c"),
        index("return_c"),
    );
    let mut wrong = Vec::new();
    for (row, &line) in values.iter().zip(lines) {
        if row[mild] < row[back] + 5.0 || row[design] < row[mild] {
            wrong.push(
                Diagnostic::error(
                    "HK0523",
                    "supply and return temperatures contradict each other",
                )
                .at(Place::line(file, line))
                .seen(format!(
                    "{} / {} / {} °C",
                    row[design], row[mild], row[back]
                ))
                .allowed("supply_design_c ≥ supply_mild_c ≥ return_c + 5"),
            );
        }
    }
    listed(findings, wrong, "temperatures");
}

/// Tells of columns that are kept and not read: a misspelt name is seen here.
fn kept(file: &str, headers: &[String], findings: &mut Vec<Diagnostic>) {
    let is_known = |header: &&String| {
        let names = SCREEN_COLUMNS.iter().map(|column| column.name);
        let words = WORDS.iter().map(|(name, _)| *name);
        names
            .chain(words)
            .any(|name| name.eq_ignore_ascii_case(header))
    };
    let others: Vec<&str> = headers
        .iter()
        .filter(|h| !is_known(h))
        .map(String::as_str)
        .collect();
    if !others.is_empty() {
        findings.push(
            Diagnostic::note("HK0525", "columns are kept as they are and not read")
                .at(Place::file(file))
                .seen(others.join(", ")),
        );
    }
}

fn years(headers: &[String], rows: &[Vec<String>]) -> Vec<[String; 2]> {
    (rows.iter())
        .map(|row| {
            WORDS.map(|(name, default)| {
                let cell = position(headers, name).map_or("", |at| row[at].as_str());
                if cell.is_empty() { default } else { cell }.to_owned()
            })
        })
        .collect()
}

fn pair(row: &[f64]) -> ScreenPair {
    let of = |name: &str| row[index(name)];
    let price = |name: &str| EnergyPrice::from_eur_mwh(of(name));
    let cost = |name: &str| PowerCost::from_eur_kw(of(name));
    let celsius = |name: &str| Temperature::from_c(of(name));
    let density = of("linear_heat_density_mwh_m");
    ScreenPair {
        heat: HeatPower::from_mw(of("heat_mw")),
        source: celsius("source_temperature_c"),
        source_return: Temperature::from_c(of("source_temperature_c") - of("source_cooling_k")),
        distance: Length::from_km(of("distance_km")),
        demand: HeatEnergy::from_gwh(of("demand_gwh_a")),
        hot_water: Ratio::from_fraction(of("hot_water_share")),
        linear_heat_density: (density > 0.0).then_some(density * JOULES_PER_MWH),
        supply: [celsius("supply_design_c"), celsius("supply_mild_c")],
        back: celsius("return_c"),
        network_loss: Ratio::from_fraction(of("network_loss_share")),
        boiler_heat: price("boiler_heat_eur_mwh"),
        heat_price: price("heat_price_eur_mwh"),
        source_price: price("source_price_eur_mwh"),
        power_extra: price("power_extra_eur_mwh"),
        heat_pump: cost("heat_pump_eur_kw"),
        boiler: cost("boiler_eur_kw"),
        substation: cost("substation_eur_kw"),
        pipe_cost: Ratio::from_fraction(of("pipe_cost_factor")),
        interest: Ratio::from_fraction(of("interest")),
        horizon: TimeSpan::from_a(of("horizon_a")),
    }
}
