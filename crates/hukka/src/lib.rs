//! hukka: data-centre waste heat into district heating, from a study folder to a verdict.
//!
//! This crate is the one door: it carries nouns from stage to stage and owns the run folder.
//! No stage calls another, and no arithmetic of heat or money happens here.
//!
//! ```text
//! files ─► study ─► demand ┐
//!                  source ─┼─► design ─► network ─► dispatch ─► assess ─► report
//!          weather, prices ┘                                        └► run folder
//! ```

mod backtest;
mod case_run;
pub mod codes;
mod compare;
mod demand_summary;
mod design_case;
mod error;
mod examples;
mod frontier;
mod heat_pump_table;
mod import_osm;
mod lines;
mod network_case;
mod operation;
mod outputs;
mod pipeline;
mod progress;
mod run_folder;
mod run_id;
mod screen;
mod supply;
mod synthetic;
mod tables;
mod uncertainty;

pub use backtest::{
    Agreement, BacktestCase, BacktestFigure, ClaimVerdict, Consistency, Standing, StatedInput,
    backtest, backtest_csv, backtest_json, backtest_markdown, backtest_text,
};
pub use case_run::{CaseRun, case_folder, dispatch_case, files_of_case};
pub use compare::{
    ComparedFigure, ComparedInput, ComparedRun, Comparison, RunProblem, compare, compare_csv,
    compare_html, compare_json, compare_text,
};
pub use design_case::{
    DesignCaseOptions, DesignCaseProgress, DesignCaseRun, design_case_line, is_design_case,
    run_design_case,
};
pub use error::Error;
pub use examples::{Example, examples, write_example};
pub use frontier::{
    Frontier, FrontierOptions, FrontierPoint, PointChoice, Recommendation, files_of_frontier,
    frontier, frontier_lines,
};
pub use heat_pump_table::{HeatPumpModel, HeatPumpTable, MODELS, heat_pump_table, read_text};
pub use import_osm::{ImportedMap, MapRequest, check_import_target, import_osm};
pub use network_case::{
    Converted, LoadedCase, NetworkCaseOptions, NetworkCaseRun, NetworkFormat, TimeMode,
    convert_case, is_case_path, read_case, simulate_case, write_converted,
};
pub use operation::FillYear;
pub use outputs::{OutputOptions, files_of_run, files_of_stage};
pub use pipeline::{Options, Run, run};
pub use progress::{Progress, Silent, Stage};
pub use run_folder::{OutputFile, check_target, write_run_folder};
pub use run_id::run_id;
pub use screen::{SCREEN_COLUMNS, ScreenColumn, ScreenRun, screen_line, screen_table, screen_text};
pub use synthetic::{climates, prices_csv, profiles, weather_csv};
pub use uncertainty::{
    HEADLINES, Headline, INPUTS, Sample, Spread, UncertainInput, Uncertainty, UncertaintyOptions,
    WhatIf, files_of_uncertainty, partial_file, spread_lines, uncertainty, uncertainty_lines,
};

pub use hukka_dispatch::park::{CaseOutcome, Engine, ParkOptions};
pub use hukka_model as model;
pub use hukka_report::RunInfo;
pub use hukka_study::{Loaded, load, render, schema_text};
pub use hukka_units as units;

/// One line about a study: buildings, streets, hours.
pub fn study_line(study: &model::Study) -> String {
    lines::study(study)
}

/// Lines about the demand: degree days, and what everybody draws at once.
pub fn demand_lines(study: &model::Study, run: &Run) -> Vec<String> {
    demand_summary::lines(study, run)
}

/// Lines about the data centres' own cooling, three for each.
pub fn source_lines(run: &Run) -> Vec<String> {
    run.sources
        .iter()
        .flatten()
        .flat_map(lines::cooling)
        .collect()
}

/// Version of the engine, part of every run id.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
