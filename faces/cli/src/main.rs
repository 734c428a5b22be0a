//! The `hukka` command.

mod args;
mod commands;
mod console;

use args::Cli;
use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    human_panic::setup_panic!();
    let cli = Cli::parse();
    if let Some(threads) = cli.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads));
        if let Err(error) = pool.build_global() {
            console::error(&format!("cannot start {threads} threads: {error}"));
            return ExitCode::from(1);
        }
    }
    ExitCode::from(commands::execute(cli.command))
}
