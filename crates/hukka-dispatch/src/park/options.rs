//! How a park is to be solved.

use crate::Error;
use hukka_model::RollingRule;

/// What solves linear programmes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Engine {
    /// Exact dynamic programming where the park allows it, HiGHS otherwise.
    #[default]
    Auto,
    /// Exact dynamic programming: one store, no limits that tie steps together.
    Exact,
    /// HiGHS.
    Highs,
}

/// Options of one run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParkOptions {
    /// What solves linear programmes.
    pub engine: Engine,
    /// Gap between plan and proven bound that is good enough, share of the plan's cost;
    /// `None` takes 1e-4 up to two weeks, 1e-3 up to two months and 5e-3 beyond.
    pub gap: Option<f64>,
    /// Seconds on the caller's clock; `None` never stops. A limit makes results depend on the machine.
    pub time_limit_s: Option<f64>,
    /// Limited foresight; `None` takes the case's own rule.
    pub rolling: Option<RollingRule>,
    /// Overrides the case's own rule with full foresight.
    pub perfect_foresight: bool,
}

impl Default for ParkOptions {
    fn default() -> Self {
        Self {
            engine: Engine::Auto,
            gap: None,
            time_limit_s: None,
            rolling: None,
            perfect_foresight: false,
        }
    }
}

impl ParkOptions {
    /// Whether the options make sense.
    ///
    /// # Errors  [`Error::BadOption`]
    pub fn validate(&self) -> Result<(), Error> {
        let gap = self.gap.unwrap_or(0.0);
        let time = self.time_limit_s.unwrap_or(1.0);
        let step = self.rolling.map_or(1.0, |rule| rule.step_h);
        let window = self.rolling.map_or(1.0, |rule| rule.window_h);
        for (option, value, is_fine) in [
            ("gap", gap, (0.0..1.0).contains(&gap)),
            ("time_limit_s", time, time > 0.0),
            ("rolling step", step, step > 0.0),
            ("rolling window", window, window >= step),
        ] {
            if !is_fine {
                return Err(Error::BadOption { option, value });
            }
        }
        Ok(())
    }
}
