//! What the stage is given and how it is to work.

use crate::Error;
use hukka_model::{Design, HeatSource, NetworkState, Study};

/// What the stage is given.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// Prices, emission factors, axis, data centres.
    pub study: &'a Study,
    /// Machines with their sizes.
    pub design: &'a Design,
    /// Heat to be fed, temperatures at the plant, pump power.
    pub network: &'a NetworkState,
    /// Heat the data centres offer; not read in [`Case::ExistingPlantOnly`].
    pub sources: &'a [HeatSource],
}

/// Which machines take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Case {
    /// Everything in the design.
    #[default]
    WithDataCentre,
    /// No heat pumps; boilers and stores marked as existing (all boilers if none is marked).
    ExistingPlantOnly,
}

/// How the stage is to work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Which machines take part.
    pub case: Case,
    /// Largest gap between plan and proven bound, share of the plan's cost.
    pub gap_tolerance: f64,
    /// Hours one window keeps.
    pub window_hours: usize,
    /// Hours a window sees beyond what it keeps, on either side.
    pub overlap_hours: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            case: Case::WithDataCentre,
            gap_tolerance: 1e-6,
            window_hours: 14 * 24,
            overlap_hours: 2 * 24,
        }
    }
}

impl Options {
    /// Whether the options make sense.
    ///
    /// # Errors  [`Error::BadOption`]
    pub fn validate(&self) -> Result<(), Error> {
        let is_share = self.gap_tolerance >= 0.0 && self.gap_tolerance < 1.0;
        for (option, value, is_fine) in [
            ("gap_tolerance", self.gap_tolerance, is_share),
            (
                "window_hours",
                self.window_hours as f64,
                self.window_hours > 0,
            ),
        ] {
            if !is_fine {
                return Err(Error::BadOption { option, value });
            }
        }
        Ok(())
    }
}
