//! A table of operating points → the same table with COP and every term on the way to it.
//!
//! Input columns are kept as they are; computed columns follow, `status` and `note` last. A row
//! without a COP says why in `status`; the COP cell is then empty, or 0 for the Jensen and Pieper
//! model, whose published tables mark a masked row so.

mod columns;
mod cycles;
mod ideal;
mod jensen;
mod machine;
mod maps;
mod output;
mod regression;

use crate::Error;
use columns::Reader;
use hukka_model::{Diagnostic, Place};
use output::Computed;
use std::path::Path;

pub(crate) const CODES: &[(&str, &str)] = &[
    ("HK0471", "a table of operating points cannot be read"),
    (
        "HK0472",
        "a table of operating points lacks a column the model needs",
    ),
    (
        "HK0473",
        "a cell of a table of operating points means nothing to the model",
    ),
    ("HK0474", "a COP map cannot be read"),
    (
        "HK0475",
        "a column of a table of operating points is absent and its default is used",
    ),
    ("HK0476", "rows of a table of operating points have no COP"),
];

/// Models by name, with what each is.
pub const MODELS: &[(&str, &str)] = &[
    (
        "jensen-pieper",
        "Jensen 2018 and Pieper 2020; column refrigerant says ammonia or isobutane",
    ),
    ("lorenz", "a share of the Lorenz COP"),
    (
        "carnot",
        "a share of the Carnot COP of a heat pump or a chiller, with icing",
    ),
    ("jesper", "regression over data sheets, Jesper 2021"),
    ("map", "a maker's table, given by --map"),
    (
        "cycle",
        "refrigerant cycle with real properties; column cycle says single or two_stage_flash_intercooler",
    ),
];

/// Which law, and the maker's table where the law is one.
#[derive(Debug, Clone, Copy)]
pub struct HeatPumpModel<'a> {
    /// Name, one of [`MODELS`].
    pub name: &'a str,
    /// Name and text of a COP map: sources down, sinks across.
    pub map: Option<(&'a str, &'a str)>,
}

/// An evaluated table.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatPumpTable {
    /// The table as CSV.
    pub csv: String,
    /// Rows evaluated.
    pub rows: usize,
    /// Rows with a COP.
    pub with_cop: usize,
    /// Defaults used and rows without a COP.
    pub diagnostics: Vec<Diagnostic>,
}

/// Evaluates every row of a CSV table of operating points.
///
/// # Errors  a model that does not exist; cells that cannot be read, all of them at once
pub fn heat_pump_table(
    file: &str,
    text: &str,
    model: &HeatPumpModel<'_>,
) -> Result<HeatPumpTable, Error> {
    let evaluate = law(model.name).ok_or_else(|| Error::UnknownGenerator {
        what: "heat pump model",
        name: model.name.to_owned(),
        known: MODELS
            .iter()
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join(", "),
    })?;
    let mut reader = Reader::new(file, text).map_err(Error::Input)?;
    let computed = evaluate(&mut reader, model);
    let findings = reader.findings();
    match computed {
        Some(computed) if !findings.iter().any(Diagnostic::is_error) => {
            Ok(output::finish(&reader, &computed, findings))
        }
        _ => Err(Error::Input(findings)),
    }
}

/// Text of a file named on the command line.
///
/// # Errors  a diagnostic when it is absent or no text
pub fn read_text(path: &Path) -> Result<String, Error> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the facade reads the file a user names"
    )]
    let text = std::fs::read_to_string(path);
    text.map_err(|error| {
        let name = path.display().to_string();
        let finding = Diagnostic::error("HK0471", "the file cannot be read")
            .at(Place::file(name))
            .seen(error.to_string());
        Error::Input(vec![finding])
    })
}

type Law = fn(&mut Reader, &HeatPumpModel<'_>) -> Option<Computed>;

fn law(name: &str) -> Option<Law> {
    let plain = name.to_ascii_lowercase().replace(['_', ' '], "-");
    Some(match plain.as_str() {
        "jensen-pieper" | "jensen" | "pieper" => |reader, _| jensen::evaluate(reader, "ammonia"),
        "jensen-ammonia" => |reader, _| jensen::evaluate(reader, "ammonia"),
        "jensen-isobutane" => |reader, _| jensen::evaluate(reader, "isobutane"),
        "lorenz" => |reader, _| ideal::lorenz(reader),
        "carnot" => |reader, _| ideal::carnot(reader),
        "jesper" | "jesper-2021" => |reader, _| regression::evaluate(reader),
        "map" => maps::evaluate,
        "cycle" | "single" | "refrigerant-cycle" => |reader, _| cycles::evaluate(reader, "single"),
        "two-stage-flash-intercooler" => {
            |reader, _| cycles::evaluate(reader, "two_stage_flash_intercooler")
        }
        _ => return None,
    })
}
