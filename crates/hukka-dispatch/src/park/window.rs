//! A stretch of a case with what holds at its two ends.

use hukka_lp::Bounds;
use hukka_model::DispatchCase;

/// Content of a store before the first step of a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum LevelStart {
    /// A known content, MWh.
    Known(f64),
    /// What the last step of the window leaves.
    AsAtEnd,
    /// Any content, paid at a price, EUR/MWh.
    Bought(f64),
}

/// Content of a store after the last step of a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LevelEnd {
    /// Least content, MWh.
    pub(crate) least: f64,
    /// What content is worth, EUR/MWh.
    pub(crate) worth: f64,
}

impl LevelEnd {
    /// Any content, worth nothing.
    pub(crate) const FREE: Self = Self {
        least: 0.0,
        worth: 0.0,
    };
}

/// State of a unit before the first step of a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum StateStart {
    /// On or off for so many hours.
    Known { is_on: bool, hours: f64 },
    /// Whatever suits: being on costs no start. Only for bounds.
    Free,
}

/// What is known of on/off decisions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum OnOff<'a> {
    /// Left out: every unit runs anywhere between zero and its limit.
    Ignored,
    /// Decisions may be fractions: the relaxation.
    Relaxed,
    /// Decisions are yes or no.
    Decided,
    /// Decisions are given, by unit and step of the case.
    Given(&'a [Vec<bool>]),
}

/// Prices put on limits over the whole span, so that windows can be solved alone.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct CapPrices {
    /// On CO2, EUR/t.
    pub(crate) carbon: f64,
    /// On the heat of each unit, EUR/MWh; empty for none.
    pub(crate) heat: Vec<f64>,
}

/// Decisions that stand from a step on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fixed<'a> {
    /// By unit and step of the case.
    pub(crate) on: &'a [Vec<bool>],
    /// First step of the case from which they stand.
    pub(crate) from: usize,
}

/// What a window may use of the limits over the whole span.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Allowance {
    /// CO2, t.
    pub(crate) carbon: Option<f64>,
    /// Least and most heat of each unit, MWh.
    pub(crate) heat: Vec<Option<Bounds>>,
}

/// Steps `from..to` of a case.
#[derive(Debug, Clone)]
pub(crate) struct Window<'a> {
    pub(crate) case: &'a DispatchCase,
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// By store.
    pub(crate) starts: Vec<LevelStart>,
    /// By store.
    pub(crate) ends: Vec<LevelEnd>,
    /// By unit.
    pub(crate) states: Vec<StateStart>,
    pub(crate) on_off: OnOff<'a>,
    /// Heat of each unit in the step before; `None` where it is not known and ties nothing.
    pub(crate) before_mw: Vec<Option<f64>>,
    /// `None`: the limits are rows of the window itself.
    pub(crate) cap_prices: Option<CapPrices>,
    /// What the rows allow; `None`: what the case allows.
    pub(crate) allowance: Option<Allowance>,
    /// Decisions at the end of the window that are not made again.
    pub(crate) fixed: Option<Fixed<'a>>,
    /// Every limit may be broken at a high price.
    pub(crate) has_slack: bool,
}

impl<'a> Window<'a> {
    /// The whole span of a case.
    pub(crate) fn whole(case: &'a DispatchCase, on_off: OnOff<'a>) -> Self {
        let starts = case.stores.iter().map(|store| {
            if store.cyclic {
                LevelStart::AsAtEnd
            } else {
                LevelStart::Known(store.initial_fraction * store.capacity_mwh)
            }
        });
        Self {
            case,
            from: 0,
            to: case.steps(),
            starts: starts.collect(),
            ends: vec![LevelEnd::FREE; case.stores.len()],
            states: initial_states(case),
            on_off,
            before_mw: vec![None; case.units.len()],
            cap_prices: None,
            allowance: None,
            fixed: None,
            has_slack: false,
        }
    }

    /// Number of steps.
    pub(crate) const fn steps(&self) -> usize {
        self.to - self.from
    }

    /// Length of a step of the window, h.
    pub(crate) fn hours(&self, step: usize) -> f64 {
        self.case.step_hours[self.from + step]
    }

    /// Lengths of the window's steps, h.
    pub(crate) fn step_hours(&self) -> &[f64] {
        &self.case.step_hours[self.from..self.to]
    }

    /// Most CO2 in the window, if that is a row of it.
    pub(crate) fn carbon_cap(&self) -> Option<f64> {
        let of_case = self.case.carbon.cap_t.filter(|_| self.cap_prices.is_none());
        match &self.allowance {
            Some(allowance) => allowance.carbon,
            None => of_case,
        }
    }

    /// Least and most heat of a unit in the window, if that is a row of it.
    pub(crate) fn heat_caps(&self, unit: usize) -> Option<Bounds> {
        match &self.allowance {
            Some(allowance) => allowance.heat[unit],
            None => heat_caps(self.case, unit).filter(|_| self.cap_prices.is_none()),
        }
    }

    /// Whether on/off decisions count, made or to be made.
    pub(crate) const fn counts_decisions(&self) -> bool {
        !matches!(self.on_off, OnOff::Ignored)
    }

    /// Whether on/off columns are part of the programme.
    pub(crate) const fn has_decisions(&self) -> bool {
        matches!(self.on_off, OnOff::Relaxed | OnOff::Decided)
    }
}

/// Least and most heat of a unit over the whole span, MWh, if it has such limits.
pub(crate) fn heat_caps(case: &DispatchCase, unit: usize) -> Option<Bounds> {
    let unit = &case.units[unit];
    let is_limited = unit.max_heat_mwh.is_some() || unit.min_heat_mwh.is_some();
    is_limited.then(|| Bounds {
        lower: unit.min_heat_mwh.unwrap_or(f64::NEG_INFINITY),
        upper: unit.max_heat_mwh.unwrap_or(f64::INFINITY),
    })
}

/// States before the first step of a case: held for a long time.
pub(crate) fn initial_states(case: &DispatchCase) -> Vec<StateStart> {
    let state = |unit: &hukka_model::CaseUnit| StateStart::Known {
        is_on: unit.commitment.is_some_and(|rules| rules.initial_on),
        hours: f64::INFINITY,
    };
    case.units.iter().map(state).collect()
}

/// State of a unit before a step, from the decisions made up to it.
pub(crate) fn state_at(
    case: &DispatchCase,
    on: &[Vec<bool>],
    unit: usize,
    step: usize,
) -> StateStart {
    let initial = case.units[unit]
        .commitment
        .is_some_and(|rules| rules.initial_on);
    let long = StateStart::Known {
        is_on: initial,
        hours: f64::INFINITY,
    };
    let Some(decisions) = on.get(unit).filter(|row| !row.is_empty()) else {
        return long;
    };
    if step == 0 {
        return long;
    }
    let is_on = decisions[step - 1];
    let mut hours = 0.0;
    for t in (0..step).rev() {
        if decisions[t] != is_on {
            return StateStart::Known { is_on, hours };
        }
        hours += case.step_hours[t];
    }
    if is_on == initial {
        long
    } else {
        StateStart::Known { is_on, hours }
    }
}
