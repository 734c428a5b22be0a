//! `hukka simulate FILE` and `hukka convert`: networks in files of other programs.

use super::study;
use super::{exit, report_error};
use crate::args::{ConvertArgs, Format, NetworkFormatName, SimulateArgs, StageArgs};
use crate::console::{self, StageLines};
use hukka::model::{Diagnostic, Severity};
use hukka::{Error, NetworkCaseOptions, NetworkCaseRun, NetworkFormat, Stage, TimeMode};
use std::path::Path;

/// A study goes through its stages up to the network; a file is simulated as it stands.
pub(crate) fn simulate(args: &SimulateArgs) -> u8 {
    if !hukka::is_case_path(&args.stage.study.study) {
        if args.steady || args.dynamic || args.csv {
            console::error("--steady, --dynamic and --csv belong to network files, not to studies");
            return exit::USAGE;
        }
        return study::stage(&args.stage, Stage::Network);
    }
    let study = &args.stage.study;
    if study::changes_study(study) {
        console::error("--set and --variant belong to studies, not to network files");
        return exit::USAGE;
    }
    match try_simulate(args) {
        Ok(run) if run.is_converged => exit::DONE,
        Ok(_) => exit::NOT_CONVERGED,
        Err(error) => fail(&error, study.format),
    }
}

fn try_simulate(args: &SimulateArgs) -> Result<NetworkCaseRun, Error> {
    let StageArgs { study, out, force } = &args.stage;
    if let Some(target) = out {
        hukka::check_target(target, *force)?;
    }
    let loaded = hukka::read_case(&study.study)?;
    let time = if args.dynamic {
        TimeMode::Dynamic
    } else {
        TimeMode::Steady
    };
    let options = NetworkCaseOptions {
        time,
        csv: args.csv,
    };
    // Progress is for long series; the lines of a case say more than a stage's.
    let mut lines = StageLines::new(true, console::stop_flag());
    let run = hukka::simulate_case(&loaded, options, &mut lines)?;
    drop(lines);
    if let Some(target) = out {
        hukka::write_run_folder(target, &run.files, *force)?;
    }
    if study.format == Format::Json {
        console::line(&format!("{:#}", run.summary));
        return Ok(run);
    }
    let warnings = loaded.diagnostics.iter().chain(&run.diagnostics);
    show(warnings, study.quiet);
    if !study.quiet {
        console::text(&run.text);
    }
    if !run.is_converged {
        console::error("the network did not converge; what was reached is in the results");
    }
    if let Some(target) = out {
        console::line(&format!("  written   {}", target.display()));
    }
    Ok(run)
}

/// `hukka convert`.
pub(crate) fn convert(args: &ConvertArgs) -> u8 {
    let name = args.to.file_name().unwrap_or_default().to_string_lossy();
    let stated = args.format.map(|format| match format {
        NetworkFormatName::Case => NetworkFormat::Case,
        NetworkFormatName::Inp => NetworkFormat::Inp,
        NetworkFormatName::Pandapipes => NetworkFormat::Pandapipes,
        NetworkFormatName::Esdl => NetworkFormat::Esdl,
        NetworkFormatName::Geojson => NetworkFormat::GeoJson,
    });
    let Some(format) = stated.or_else(|| NetworkFormat::of_name(&name)) else {
        console::error(&format!(
            "the name {name} tells no format; add --to case, inp, pandapipes, esdl or geojson"
        ));
        return exit::USAGE;
    };
    match try_convert(args, format) {
        Ok(()) => exit::DONE,
        Err(error) => fail(&error, Format::Text),
    }
}

fn try_convert(args: &ConvertArgs, format: NetworkFormat) -> Result<(), Error> {
    let converted = hukka::convert_case(&args.from, &args.to, format)?;
    hukka::write_converted(&args.to, &converted.files, args.force)?;
    if args.quiet {
        return Ok(());
    }
    console::findings(&hukka::render(
        &converted.diagnostics,
        console::is_colourful(),
    ));
    console::line(&format!(
        "{} ({}) from {} ({})",
        args.to.display(),
        converted.formats.1.name(),
        args.from.display(),
        converted.formats.0.name(),
    ));
    let folder = args.to.parent().unwrap_or(Path::new(""));
    for file in &converted.files[1..] {
        console::line(&folder.join(&file.path).display().to_string());
    }
    Ok(())
}

/// Warnings and errors; notes are in the summary.
fn show<'d>(findings: impl Iterator<Item = &'d Diagnostic>, is_quiet: bool) {
    let chosen: Vec<Diagnostic> = findings
        .filter(|finding| match finding.severity {
            Severity::Error => true,
            Severity::Warning => !is_quiet,
            Severity::Note => false,
        })
        .cloned()
        .collect();
    if !chosen.is_empty() {
        console::findings(&hukka::render(&chosen, console::is_colourful()));
    }
}

fn fail(error: &Error, format: Format) -> u8 {
    if let Error::Input(found) = error {
        if format == Format::Json {
            let value = serde_json::to_value(found).unwrap_or_default();
            console::line(&format!("{value:#}"));
        } else {
            console::findings(&hukka::render(found, console::is_colourful()));
            console::error("the network file has errors; nothing was written");
        }
    }
    report_error(error)
}
