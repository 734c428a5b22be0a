//! Networks in files of other programs: read, simulated, written in another format.

mod convert;
mod load;
mod series;
mod simulate;
mod summary;
mod table;
mod tables;
mod water;

pub use convert::{Converted, convert_case, write_converted};
pub use hukka_formats::network::NetworkFormat;
pub use load::{LoadedCase, is_case_path, read_case};
pub use simulate::{NetworkCaseOptions, NetworkCaseRun, TimeMode, simulate_case};
