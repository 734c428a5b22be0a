//! What may be typed after `hukka`.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Turns data-centre waste heat into district heating: studies of real places, hour by hour.
#[derive(Debug, Parser)]
#[command(name = "hukka", version, about, after_long_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Threads to use; results are the same bits for any number [default: all cores].
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

const EXIT_CODES: &str = "Exit codes:
  0  done; a no-go verdict is a result, not an error
  1  a bug in hukka, or a file could not be written
  2  the command line is wrong
  3  the study or file has errors; nothing was written
  4  the plant cannot supply the heat in some hours; nothing was written, but a dispatch case is
  5  the output folder exists already and --force was not given
  6  a state of a network file did not converge; results are written with the evidence
  130  stopped with Ctrl-C; nothing was written";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start a new study from a bundled example.
    New {
        /// Folder to create.
        folder: PathBuf,
        /// Example to copy.
        #[arg(long, default_value = "hamina")]
        from: String,
    },
    /// Check a study and report every problem at once.
    Check {
        #[command(flatten)]
        study: StudyArgs,
        /// Treat warnings as errors.
        #[arg(long)]
        strict: bool,
    },
    /// Run the whole study: demand, source, design, network, dispatch, assessment, report.
    Run(RunArgs),
    /// Heat the town needs, hour by hour.
    Demand(StageArgs),
    /// Heat the data centre offers, hour by hour.
    Source(StageArgs),
    /// Routes, pipe sizes and machines of a study; or the best network of a design problem
    /// (CASE.json) with a proven bound.
    Design(DesignArgs),
    /// A network's temperatures, pressures and losses: of a study's year, or of a network file
    /// (hukka case, EPANET .inp, pandapipes .json, ESDL).
    Simulate(SimulateArgs),
    /// Write a network in another format.
    Convert(ConvertArgs),
    /// Make a study folder of data from elsewhere.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Least-cost operation in every hour: of a study, or of a dispatch case (a folder with case.json).
    Dispatch(DispatchArgs),
    /// Energy, climate, money and the verdict.
    Assess(StageArgs),
    /// How sure the answer is: the full chain under drawn weather, prices, costs and loads, and
    /// what if the data centre leaves, halves or trips.
    Uncertainty(UncertaintyArgs),
    /// Which sizes are worth building: cost, coverage and CO2 over heat pump, store, supply
    /// temperature and distance, with the recommended point and why.
    Frontier(FrontierArgs),
    /// Put runs side by side: verdicts, figures, and the inputs that differ.
    Compare(CompareArgs),
    /// Everything, but write the report alone.
    Report(RunArgs),
    /// Print the JSON Schema of study.toml.
    Schema {
        /// Write it to this file instead.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// List the bundled examples.
    Examples,
    /// Rank many pairs of data centre and district: what pays, how far, and why not.
    Screen(ScreenArgs),
    /// Evaluate a table of heat pump operating points: COP and every term on the way to it.
    HeatPump(HeatPumpArgs),
    /// Generate a synthetic year of outdoor temperature for a named climate.
    Weather(WeatherArgs),
    /// Generate a synthetic year of day-ahead electricity prices.
    Prices(PriceArgs),
    /// List every diagnostic code.
    Codes,
    /// Run the bundled studies of real systems: published figures beside computed ones.
    Backtest(BacktestArgs),
}

/// A screening table.
#[derive(Debug, Clone, Args)]
pub(crate) struct ScreenArgs {
    /// CSV with a line for each pair; `hukka screen --columns` names the columns.
    #[arg(required_unless_present = "columns")]
    pub(crate) table: Option<PathBuf>,
    /// Folder to write screen.csv, frontier.csv and summary.json to.
    #[arg(short, long, value_name = "DIR", required_unless_present = "columns")]
    pub(crate) out: Option<PathBuf>,
    /// Replace an earlier screening in that folder.
    #[arg(long)]
    pub(crate) force: bool,
    /// List the columns with their units, defaults and ranges.
    #[arg(long)]
    pub(crate) columns: bool,
}

/// The back-test.
#[derive(Debug, Clone, Args)]
pub(crate) struct BacktestArgs {
    /// Folder to write backtest.csv, backtest.json and backtest.md to.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Replace an earlier back-test in that folder.
    #[arg(long)]
    pub(crate) force: bool,
    /// How to print.
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub(crate) format: TableFormat,
}

/// A grid of sizes around a study.
#[derive(Debug, Clone, Args)]
pub(crate) struct FrontierArgs {
    #[command(flatten)]
    pub(crate) study: StudyArgs,
    /// A finer grid: 225 points in the place of 45.
    #[arg(long)]
    pub(crate) fine: bool,
    /// Folder to write [default: runs/STUDY-RUNID-frontier].
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Replace an earlier frontier in that folder.
    #[arg(long)]
    pub(crate) force: bool,
}

/// Runs to put side by side.
#[derive(Debug, Clone, Args)]
pub(crate) struct CompareArgs {
    /// Run folders, or their summary.json; differences are to the first one.
    #[arg(required = true, num_args = 2.., value_name = "RUN")]
    pub(crate) runs: Vec<PathBuf>,
    /// Folder to write compare.html, compare.csv and compare.json to.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Replace an earlier comparison in that folder.
    #[arg(long)]
    pub(crate) force: bool,
    /// How to print.
    #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
    pub(crate) format: CompareFormat,
}

/// How to print a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
    /// For a spreadsheet.
    Csv,
    /// A page of its own.
    Html,
}

/// How to print a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
    /// For a spreadsheet.
    Csv,
    /// The page of the documentation.
    Markdown,
}

/// Which study, and what to change in it for this time.
#[derive(Debug, Clone, Args)]
pub(crate) struct StudyArgs {
    /// Study folder, or its study.toml.
    pub(crate) study: PathBuf,
    /// Change one value: --set data_centre.north.it_load_mw=5 (repeatable).
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = key_value)]
    pub(crate) set: Vec<(String, String)>,
    /// Apply a patch from the study's variants folder: --variant half-empty.
    #[arg(long, value_name = "NAME")]
    pub(crate) variant: Option<String>,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Print errors and the verdict only.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// A whole run.
#[derive(Debug, Clone, Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) study: StudyArgs,
    /// Folder to write [default: runs/STUDY-RUNID].
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Replace an earlier run in that folder.
    #[arg(long)]
    pub(crate) force: bool,
    /// Write hourly results as CSV too.
    #[arg(long)]
    pub(crate) csv: bool,
}

/// Samples of a study.
#[derive(Debug, Clone, Args)]
pub(crate) struct UncertaintyArgs {
    #[command(flatten)]
    pub(crate) study: StudyArgs,
    /// Samples of the full chain.
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) samples: u32,
    /// The same seed gives the same samples.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Folder to write [default: runs/STUDY-RUNID-uncertainty].
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Replace an earlier run in that folder.
    #[arg(long)]
    pub(crate) force: bool,
    /// Go on with the samples of a run that was stopped.
    #[arg(long)]
    pub(crate) resume: bool,
}

/// One stage and those before it.
#[derive(Debug, Clone, Args)]
pub(crate) struct StageArgs {
    #[command(flatten)]
    pub(crate) study: StudyArgs,
    /// Folder to write the stage's tables to; without it only the summary is printed.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Replace an earlier run in that folder.
    #[arg(long)]
    pub(crate) force: bool,
}

/// A table of operating points.
#[derive(Debug, Clone, Args)]
pub(crate) struct HeatPumpArgs {
    /// CSV with a column for each input of the model.
    #[arg(required_unless_present = "list")]
    pub(crate) table: Option<PathBuf>,
    /// Law; `hukka heat-pump --list` names them.
    #[arg(long, value_name = "NAME", default_value = "jensen-pieper")]
    pub(crate) model: String,
    /// Maker's COP map for the model `map`: sources down, sinks across, 0 outside the envelope.
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// File to write [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replace the file if it is there.
    #[arg(long)]
    pub(crate) force: bool,
    /// List what models there are.
    #[arg(long)]
    pub(crate) list: bool,
}

/// The dispatch stage of a study, or a dispatch case on its own.
#[derive(Debug, Clone, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(crate) struct DispatchArgs {
    #[command(flatten)]
    pub(crate) stage: StageArgs,
    /// Dispatch case: write the plan as CSV instead of Parquet.
    #[arg(long)]
    pub(crate) csv: bool,
    /// Dispatch case: gap to the proven bound that is good enough, share of the cost
    /// [default: 1e-4 up to two weeks, 1e-3 up to two months, 5e-3 beyond].
    #[arg(long, value_name = "GAP", value_parser = share)]
    pub(crate) gap: Option<f64>,
    /// Dispatch case: seconds after which the best plan so far is taken.
    #[arg(long, value_name = "S", value_parser = positive)]
    pub(crate) time_limit: Option<f64>,
    /// Dispatch case: what solves linear programmes.
    #[arg(long, value_enum, default_value_t = EngineArg::Auto)]
    pub(crate) engine: EngineArg,
    /// Dispatch case: limited foresight, windows of W hours of which D are kept
    /// [default: rolling.json of the case, if there is one].
    #[arg(long, value_name = "W,D", value_parser = window)]
    pub(crate) rolling: Option<(f64, f64)>,
    /// Dispatch case with --rolling: what a store holds when a window ends is worth what the
    /// optimum of the whole span says, instead of having to reach the initial fraction.
    #[arg(long, requires = "rolling")]
    pub(crate) water_values: bool,
    /// Dispatch case: run the park without the data centre's heat as well.
    #[arg(long)]
    pub(crate) counterfactual: bool,
    /// Dispatch case: know the whole future, even if the case has a rolling.json.
    #[arg(long, conflicts_with = "rolling")]
    pub(crate) perfect_foresight: bool,
}

/// What solves linear programmes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EngineArg {
    /// The exact engine where the park allows it, HiGHS otherwise.
    Auto,
    /// Exact dynamic programming: at most one store, nothing else that ties steps together.
    Exact,
    /// HiGHS.
    Highs,
}

/// The design stage of a study, or a design problem on its own.
#[derive(Debug, Clone, Args)]
pub(crate) struct DesignArgs {
    #[command(flatten)]
    pub(crate) stage: StageArgs,
    /// Pipe costs of a design problem: sizes of the catalogue, or the linearised pipe.
    #[arg(long, value_enum, default_value_t = PipeCosts::Cat)]
    pub(crate) objective: PipeCosts,
    /// Who is connected in a design problem: whoever pays, or everyone.
    #[arg(long, value_enum, default_value_t = Connection::Economic)]
    pub(crate) mode: Connection,
    /// Seconds after which a design problem's best network so far is written, with its bound.
    #[arg(long, value_name = "S", default_value_t = 60.0, value_parser = positive)]
    pub(crate) time_limit: f64,
    /// Seed of a design problem's search.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
}

/// Pipe costs of a design problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PipeCosts {
    /// Sizes of the catalogue.
    Cat,
    /// The linearised pipe.
    Lin,
}

/// Who is connected in a design problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Connection {
    /// Everyone.
    Forced,
    /// Whoever makes the whole cheaper.
    Economic,
}

/// A study's network, or one from a file.
#[derive(Debug, Clone, Args)]
pub(crate) struct SimulateArgs {
    #[command(flatten)]
    pub(crate) stage: StageArgs,
    /// Network files: each row of the series its own steady state (the default).
    #[arg(long, conflicts_with = "dynamic")]
    pub(crate) steady: bool,
    /// Network files: water moves from row to row, with delay and heat held by pipe walls.
    #[arg(long)]
    pub(crate) dynamic: bool,
    /// Network files: series as CSV however long; else Parquet above 10 MB.
    #[arg(long)]
    pub(crate) csv: bool,
}

/// A network in another format.
#[derive(Debug, Clone, Args)]
pub(crate) struct ConvertArgs {
    /// Network file to read: hukka case, EPANET .inp, pandapipes .json, ESDL.
    #[arg(value_name = "IN")]
    pub(crate) from: PathBuf,
    /// File to write; its name tells the format: .inp, .esdl, .geojson, .pandapipes.json, .json.
    #[arg(value_name = "OUT")]
    pub(crate) to: PathBuf,
    /// Format to write, whatever the name of the file.
    #[arg(long = "to", value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<NetworkFormatName>,
    /// Replace files that are there.
    #[arg(long)]
    pub(crate) force: bool,
    /// Print errors only.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// What can be made into a study.
#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    /// OpenStreetMap: buildings and streets of a place, from .osm.pbf, .osm or JSON of Overpass.
    Osm(ImportOsmArgs),
}

/// A piece of OpenStreetMap.
#[derive(Debug, Clone, Args)]
pub(crate) struct ImportOsmArgs {
    /// Map file: .osm.pbf, .osm XML, or JSON of Overpass.
    pub(crate) file: PathBuf,
    /// Edges in degrees [default: the whole file].
    #[arg(long, value_name = "LON0,LAT0,LON1,LAT1", value_parser = window_of_map, allow_hyphen_values = true)]
    pub(crate) bbox: Option<MapWindow>,
    /// Study folder to write.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Name of the study [default: the file's].
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Where the data centre stands.
    #[arg(long, value_name = "LON,LAT", value_parser = spot, requires = "it_load_mw", allow_hyphen_values = true)]
    pub(crate) data_centre: Option<(f64, f64)>,
    /// Electric power of the data centre's servers.
    #[arg(long, value_name = "MW", value_parser = positive, requires = "data_centre")]
    pub(crate) it_load_mw: Option<f64>,
    /// Replace an earlier import in that folder.
    #[arg(long)]
    pub(crate) force: bool,
    /// Print errors only.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// West, south, east and north edge, degrees.
type MapWindow = [f64; 4];

/// Formats of networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum NetworkFormatName {
    /// hukka-network-case/1.
    Case,
    /// EPANET 2.2 input.
    Inp,
    /// pandapipes network.
    Pandapipes,
    /// Energy System Description Language.
    Esdl,
    /// A map.
    Geojson,
}

/// A synthetic weather year.
#[derive(Debug, Clone, Args)]
pub(crate) struct WeatherArgs {
    /// Climate; `hukka weather --list` names them.
    #[arg(long, default_value = "southern-finland")]
    pub(crate) climate: String,
    #[command(flatten)]
    pub(crate) year: SyntheticArgs,
}

/// A synthetic price year.
#[derive(Debug, Clone, Args)]
pub(crate) struct PriceArgs {
    /// Price statistics; `hukka prices --list` names them.
    #[arg(long, default_value = "nordic-2023")]
    pub(crate) profile: String,
    #[command(flatten)]
    pub(crate) year: SyntheticArgs,
}

/// What every generator asks for.
#[derive(Debug, Clone, Args)]
pub(crate) struct SyntheticArgs {
    /// Calendar year of the stamps.
    #[arg(long, default_value_t = 2025, value_parser = clap::value_parser!(i16).range(1950..=2100))]
    pub(crate) year: i16,
    /// The same seed gives the same series.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// File to write [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// List what there is.
    #[arg(long)]
    pub(crate) list: bool,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For machines.
    Json,
}

fn positive(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(value) if value > 0.0 && value.is_finite() => Ok(value),
        _ => Err("expected a number above 0".to_owned()),
    }
}

fn degrees<const N: usize>(text: &str) -> Option<[f64; N]> {
    let numbers: Result<Vec<f64>, _> = text.split(',').map(|part| part.trim().parse()).collect();
    let numbers: [f64; N] = numbers.ok()?.try_into().ok()?;
    numbers
        .iter()
        .all(|number| number.is_finite())
        .then_some(numbers)
}

fn window_of_map(text: &str) -> Result<MapWindow, String> {
    degrees(text).ok_or_else(|| {
        "expected west,south,east,north in degrees, for example 26.93,60.52,26.97,60.54".to_owned()
    })
}

fn spot(text: &str) -> Result<(f64, f64), String> {
    degrees(text)
        .map(|[longitude, latitude]| (longitude, latitude))
        .ok_or_else(|| "expected longitude,latitude, for example 26.9585,60.5412".to_owned())
}

fn share(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(value) if (0.0..1.0).contains(&value) => Ok(value),
        _ => Err("expected a share from 0 to less than 1, for example 0.001".to_owned()),
    }
}

fn window(text: &str) -> Result<(f64, f64), String> {
    let parts = text.split_once(',');
    let hours =
        parts.and_then(|(window, step)| Some((positive(window).ok()?, positive(step).ok()?)));
    match hours {
        Some((window, step)) if step <= window => Ok((window, step)),
        _ => Err("expected W,D with D at most W, for example 168,24".to_owned()),
    }
}

fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("expected KEY=VALUE, for example data_centre.north.it_load_mw=5".to_owned()),
    }
}
