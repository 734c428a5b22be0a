//! What the exact engine is given: a park, its steps, and one store or none.

use super::value::ValueFunction;

/// One value for all steps, or one for each.
#[derive(Debug, Clone, PartialEq)]
pub enum Series {
    /// The same in every step.
    Constant(f64),
    /// One value per step.
    PerStep(Vec<f64>),
}

impl Series {
    /// The value of a step.
    ///
    /// # Panics  when the series is shorter than the chain; [`Chain::validate`] refuses those
    pub fn at(&self, step: usize) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::PerStep(values) => values[step],
        }
    }

    fn length(&self) -> Option<usize> {
        match self {
            Self::Constant(_) => None,
            Self::PerStep(values) => Some(values.len()),
        }
    }

    fn values(&self) -> &[f64] {
        match self {
            Self::Constant(value) => core::slice::from_ref(value),
            Self::PerStep(values) => values,
        }
    }
}

impl From<f64> for Series {
    fn from(value: f64) -> Self {
        Self::Constant(value)
    }
}

impl From<Vec<f64>> for Series {
    fn from(values: Vec<f64>) -> Self {
        Self::PerStep(values)
    }
}

/// An activity between its limits that makes or takes heat and electricity.
///
/// Boilers, heat pumps, back-pressure plants, solar heat, purchase of heat: `heat` is 1. A heat
/// dump or a sale of heat takes heat: −1. Condensing power of an extraction plant: 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Heat made per activity; negative when taken.
    pub heat: f64,
    /// Least activity, MW: a minimum load of a unit known to be on.
    pub min_mw: Series,
    /// Largest activity, MW.
    pub max_mw: Series,
    /// Cost per activity without electricity, EUR/MWh.
    pub cost_eur_mwh: Series,
    /// Electricity taken per activity; negative when made.
    pub electricity: Series,
}

impl Unit {
    /// A unit that makes heat and touches no electricity: boiler, solar heat, purchase.
    pub fn heat_only(max_mw: impl Into<Series>, cost_eur_mwh: impl Into<Series>) -> Self {
        Self::with_electricity(max_mw, cost_eur_mwh, 0.0)
    }

    /// A unit that makes heat from (or with) electricity: heat pump, electric boiler, CHP.
    pub fn with_electricity(
        max_mw: impl Into<Series>,
        cost_eur_mwh: impl Into<Series>,
        electricity: impl Into<Series>,
    ) -> Self {
        Self {
            heat: 1.0,
            min_mw: Series::Constant(0.0),
            max_mw: max_mw.into(),
            cost_eur_mwh: cost_eur_mwh.into(),
            electricity: electricity.into(),
        }
    }

    /// A unit that takes heat at a cost: a dump; with a negative cost a sale of heat.
    pub fn taking_heat(max_mw: impl Into<Series>, cost_eur_mwh: impl Into<Series>) -> Self {
        Self {
            heat: -1.0,
            ..Self::with_electricity(max_mw, cost_eur_mwh, 0.0)
        }
    }

    /// The unit with a least activity.
    #[must_use]
    pub fn at_least(self, min_mw: impl Into<Series>) -> Self {
        Self {
            min_mw: min_mw.into(),
            ..self
        }
    }

    /// An extraction plant as two activities and the limit that ties them: `condensing` makes
    /// power alone, `heat` takes `power_loss` of power per heat from it, and never more than
    /// leaves `power_to_heat` of power per heat.
    ///
    /// ```text
    /// power = condensing − power_loss · heat  ≥  power_to_heat · heat
    /// ```
    ///
    /// `first` is the index the first of the two will have among the chain's units.
    pub fn extraction(
        first: usize,
        max_power_mw: f64,
        max_heat_mw: f64,
        fuel_cost_eur_mwh_power: f64,
        (power_loss, power_to_heat): (f64, f64),
    ) -> ([Self; 2], SharedLimit) {
        let condensing = Self {
            heat: 0.0,
            min_mw: Series::Constant(0.0),
            max_mw: max_power_mw.into(),
            cost_eur_mwh: fuel_cost_eur_mwh_power.into(),
            electricity: Series::Constant(-1.0),
        };
        let heat = Self::with_electricity(max_heat_mw, 0.0, power_loss);
        let limit = SharedLimit {
            members: vec![
                (first, Series::Constant(-1.0)),
                (first + 1, Series::Constant(power_loss + power_to_heat)),
            ],
            limit_mw: Series::Constant(0.0),
        };
        ([condensing, heat], limit)
    }
}

/// A limit that units share: `Σ factor · activity ≤ limit`, as source heat of a data centre.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedLimit {
    /// Index of the unit and its factor.
    pub members: Vec<(usize, Series)>,
    /// Right side, MW, not negative.
    pub limit_mw: Series,
}

/// The connection to the electricity grid.
///
/// Electricity made in the park may be used there; what is lacking is bought, what is left sold.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Price with all fees of electricity bought, EUR/MWh.
    pub buy_eur_mwh: Series,
    /// What electricity sold brings after fees, EUR/MWh.
    pub sell_eur_mwh: Series,
    /// Most that can be bought, MW.
    pub max_buy_mw: Series,
    /// Most that can be sold, MW.
    pub max_sell_mw: Series,
}

/// How the content at the start and at the end of the chain is set.
#[derive(Debug, Clone, PartialEq)]
pub enum Ends {
    /// The last step's content is the first step's; the level is free.
    Cyclic,
    /// A given start, and what the content left at the end costs (less what it is worth).
    From {
        /// Content before the first step, MWh.
        start_mwh: f64,
        /// Cost by content after the last step, within the contents allowed there.
        end: ValueFunction,
    },
}

/// A heat store with content.
///
/// ```text
/// content[t] = (1 − loss)^h · content[t−1] + h (charge_eff · charge − discharge / discharge_eff)
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Store {
    /// Largest content at the end of a step, MWh.
    pub capacity_mwh: Series,
    /// Largest charge, MW of heat taken from the network.
    pub max_charge_mw: Series,
    /// Largest discharge, MW of heat given to the network.
    pub max_discharge_mw: Series,
    /// Content gained per heat charged, 0 < η ≤ 1.
    pub charge_efficiency: f64,
    /// Heat given per content taken, 0 < η ≤ 1.
    pub discharge_efficiency: f64,
    /// Share of the content lost in an hour, 0 ≤ loss ≤ 1.
    pub loss_per_h: f64,
    /// Start and end.
    pub ends: Ends,
}

/// A park over a run of steps.
///
/// Minimises, with activities `a`,
///
/// ```text
/// Σ_t h_t ( Σ_i cost a + buy_price · buy − sell_price · sell + unserved_price · unserved )
/// s.t. Σ_i heat_i a_i + discharge − charge + unserved = demand
///      buy − sell = Σ_i electricity_i a_i, Σ_i factor_ki a_i ≤ limit_k, all limits, the store
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// Length of each step, h.
    pub step_h: Vec<f64>,
    /// Heat to be supplied, MW; negative when there is too much already.
    pub demand_mw: Vec<f64>,
    /// Price of heat not supplied, EUR/MWh; without it lacking heat is infeasible.
    pub unserved_eur_mwh: Option<f64>,
    /// Units.
    pub units: Vec<Unit>,
    /// Limits that units share.
    pub limits: Vec<SharedLimit>,
    /// Grid connection; without it no unit may touch electricity.
    pub grid: Option<Grid>,
    /// The store.
    pub store: Option<Store>,
}

/// A chain that makes no sense, or is beyond the method.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ChainError {
    /// No step.
    #[error("the chain has no steps")]
    NoSteps,
    /// A series of the wrong length.
    #[error("{what} has {found} values, the chain has {expected} steps")]
    Length {
        /// Whose.
        what: String,
        /// Values found.
        found: usize,
        /// Steps.
        expected: usize,
    },
    /// A number out of range.
    #[error("{what} is {value} in step {step}")]
    Number {
        /// Whose.
        what: String,
        /// Step.
        step: usize,
        /// The value.
        value: f64,
    },
    /// A limit names a unit that is not there.
    #[error("limit {limit} names unit {unit}, there are {units}")]
    UnknownUnit {
        /// Index of the limit.
        limit: usize,
        /// Unit named.
        unit: usize,
        /// Units there are.
        units: usize,
    },
    /// A unit touches electricity, but there is no grid connection.
    #[error("unit {unit} touches electricity, but the park has no grid connection")]
    NoGrid {
        /// Index of the unit.
        unit: usize,
    },
    /// More shared limits than the method's tableau holds.
    #[error("{found} shared limits; the exact engine takes {most}")]
    TooManyLimits {
        /// Limits found.
        found: usize,
        /// Limits it takes.
        most: usize,
    },
    /// A step's cost curve could not be finished (rounding).
    #[error("the cost curve of step {step} could not be finished")]
    Stuck {
        /// Step.
        step: usize,
    },
}

impl Chain {
    /// Steps of the chain.
    pub const fn steps(&self) -> usize {
        self.step_h.len()
    }

    /// Checks lengths and ranges.
    ///
    /// # Errors  [`ChainError`], the first breach found
    pub fn validate(&self) -> Result<(), ChainError> {
        if self.step_h.is_empty() {
            return Err(ChainError::NoSteps);
        }
        self.slice("step length", &self.step_h, |v| v > 0.0)?;
        self.slice("demand", &self.demand_mw, |_| true)?;
        if let Some(price) = self.unserved_eur_mwh {
            number("price of unserved heat", 0, price, |_| true)?;
        }
        for (i, unit) in self.units.iter().enumerate() {
            self.unit(i, unit)?;
        }
        let most = super::simplex::MOST_ROWS - 1;
        if self.limits.len() > most {
            let found = self.limits.len();
            return Err(ChainError::TooManyLimits { found, most });
        }
        for (k, limit) in self.limits.iter().enumerate() {
            self.limit(k, limit)?;
        }
        if let Some(grid) = &self.grid {
            self.series("buying price", &grid.buy_eur_mwh, |_| true)?;
            self.series("selling price", &grid.sell_eur_mwh, |_| true)?;
            self.series("most bought", &grid.max_buy_mw, |v| v >= 0.0)?;
            self.series("most sold", &grid.max_sell_mw, |v| v >= 0.0)?;
        }
        self.store.as_ref().map_or(Ok(()), |s| self.check_store(s))
    }

    fn unit(&self, i: usize, unit: &Unit) -> Result<(), ChainError> {
        number(&format!("heat of unit {i}"), 0, unit.heat, |_| true)?;
        self.series(&format!("limit of unit {i}"), &unit.max_mw, |v| v >= 0.0)?;
        self.series(&format!("least of unit {i}"), &unit.min_mw, |v| v >= 0.0)?;
        let least = format!("least of unit {i}");
        for step in 0..self.steps() {
            let (value, most) = (unit.min_mw.at(step), unit.max_mw.at(step));
            number(&least, step, value, |v| v <= most)?;
        }
        self.series(&format!("cost of unit {i}"), &unit.cost_eur_mwh, |_| true)?;
        self.series(
            &format!("electricity of unit {i}"),
            &unit.electricity,
            |_| true,
        )?;
        let touches = unit.electricity.values().iter().any(|e| e.abs() > 0.0);
        if touches && self.grid.is_none() {
            return Err(ChainError::NoGrid { unit: i });
        }
        Ok(())
    }

    fn limit(&self, k: usize, limit: &SharedLimit) -> Result<(), ChainError> {
        self.series(&format!("limit {k}"), &limit.limit_mw, |v| v >= 0.0)?;
        for (unit, factor) in &limit.members {
            if *unit >= self.units.len() {
                return Err(ChainError::UnknownUnit {
                    limit: k,
                    unit: *unit,
                    units: self.units.len(),
                });
            }
            self.series(&format!("factor of limit {k}"), factor, |_| true)?;
        }
        Ok(())
    }

    fn check_store(&self, store: &Store) -> Result<(), ChainError> {
        self.series("capacity", &store.capacity_mwh, |v| v >= 0.0)?;
        self.series("largest charge", &store.max_charge_mw, |v| v >= 0.0)?;
        self.series("largest discharge", &store.max_discharge_mw, |v| v >= 0.0)?;
        let is_efficiency = |v: f64| v > 0.0 && v <= 1.0;
        number(
            "charge efficiency",
            0,
            store.charge_efficiency,
            is_efficiency,
        )?;
        number(
            "discharge efficiency",
            0,
            store.discharge_efficiency,
            is_efficiency,
        )?;
        number("loss per hour", 0, store.loss_per_h, |v| {
            (0.0..=1.0).contains(&v)
        })?;
        if let Ends::From { start_mwh, .. } = &store.ends {
            number("content at the start", 0, *start_mwh, |v| v >= 0.0)?;
        }
        Ok(())
    }

    fn series(
        &self,
        what: &str,
        series: &Series,
        is_fine: impl Fn(f64) -> bool,
    ) -> Result<(), ChainError> {
        match series.length() {
            None => number(what, 0, series.at(0), is_fine),
            Some(_) => self.slice(what, series.values(), is_fine),
        }
    }

    fn slice(
        &self,
        what: &str,
        values: &[f64],
        is_fine: impl Fn(f64) -> bool,
    ) -> Result<(), ChainError> {
        if values.len() != self.steps() {
            return Err(ChainError::Length {
                what: what.to_owned(),
                found: values.len(),
                expected: self.steps(),
            });
        }
        for (step, &value) in values.iter().enumerate() {
            number(what, step, value, &is_fine)?;
        }
        Ok(())
    }
}

fn number(
    what: &str,
    step: usize,
    value: f64,
    is_fine: impl Fn(f64) -> bool,
) -> Result<(), ChainError> {
    if value.is_finite() && is_fine(value) {
        Ok(())
    } else {
        let what = what.to_owned();
        Err(ChainError::Number { what, step, value })
    }
}
