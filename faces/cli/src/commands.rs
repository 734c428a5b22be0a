//! One function per verb; each returns the exit code.

mod backtest;
mod compare;
mod design;
mod dispatch;
mod frontier;
mod generate;
mod heat_pump;
mod import;
mod network_case;
mod screen;
mod study;
mod uncertainty;

use crate::args::{Command, ImportCommand};
use crate::console;
use hukka::{Error, Stage};

/// Exit codes, as the help lists them.
pub(crate) mod exit {
    pub(crate) const DONE: u8 = 0;
    pub(crate) const FAILED: u8 = 1;
    pub(crate) const USAGE: u8 = 2;
    pub(crate) const INPUT: u8 = 3;
    pub(crate) const INFEASIBLE: u8 = 4;
    pub(crate) const EXISTS: u8 = 5;
    pub(crate) const NOT_CONVERGED: u8 = 6;
    pub(crate) const STOPPED: u8 = 130;
}

/// Runs one command.
pub(crate) fn execute(command: Command) -> u8 {
    match command {
        Command::New { folder, from } => generate::new_study(&folder, &from),
        Command::Check { study, strict } => study::check(&study, strict),
        Command::Run(args) => study::run(&args, false),
        Command::Uncertainty(args) => uncertainty::run(&args),
        Command::Frontier(args) => frontier::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Report(args) => study::run(&args, true),
        Command::Demand(args) => study::stage(&args, Stage::Demand),
        Command::Source(args) => study::stage(&args, Stage::Source),
        Command::Design(args) => design::design(&args),
        Command::Simulate(args) => network_case::simulate(&args),
        Command::Convert(args) => network_case::convert(&args),
        Command::Import(ImportCommand::Osm(args)) => import::osm(&args),
        Command::Dispatch(args) => dispatch::dispatch(&args),
        Command::Assess(args) => study::stage(&args, Stage::Assess),
        Command::Screen(args) => screen::run(&args),
        Command::HeatPump(args) => heat_pump::run(&args),
        Command::Schema { out } => generate::schema(out.as_deref()),
        Command::Examples => generate::examples(),
        Command::Weather(args) => generate::weather(&args),
        Command::Prices(args) => generate::prices(&args),
        Command::Codes => generate::codes(),
        Command::Backtest(args) => backtest::run(&args),
    }
}

/// Tells the user why it ended and gives the exit code.
pub(crate) fn report_error(error: &Error) -> u8 {
    match error {
        Error::Input(_) => exit::INPUT,
        Error::Infeasible(_) => exit::INFEASIBLE,
        Error::Stopped => {
            console::error(&error.to_string());
            exit::STOPPED
        }
        Error::NoNetwork { .. } => {
            console::error(&format!("{error}; nothing was written"));
            exit::INFEASIBLE
        }
        Error::TargetExists(_) => {
            console::error(&format!(
                "{error}; choose another place, or --force where there is one"
            ));
            exit::EXISTS
        }
        Error::TargetForeign { .. } => {
            console::error(&error.to_string());
            exit::EXISTS
        }
        Error::Runs(_) => {
            console::error(&error.to_string());
            exit::INPUT
        }
        Error::UnknownExample { .. } | Error::UnknownGenerator { .. } | Error::OtherSamples(_) => {
            console::error(&error.to_string());
            exit::USAGE
        }
        _ => {
            console::error(&error.to_string());
            exit::FAILED
        }
    }
}
