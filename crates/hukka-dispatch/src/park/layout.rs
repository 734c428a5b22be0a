//! Where the columns and rows of a step lie: every step has the same block of both.

use super::slack::kinds;
use super::window::Window;
use hukka_lp::{Column, Row};
use hukka_model::{CaseUnitKind, DispatchCase};

/// Offsets inside a step's block; `None` where a park has no such thing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layout {
    /// Columns of a step.
    pub(crate) width: usize,
    /// Rows of a step.
    pub(crate) height: usize,
    pub(crate) condensing: Vec<Option<usize>>,
    pub(crate) first_store: usize,
    pub(crate) buy: usize,
    pub(crate) dump: Option<usize>,
    /// Free cooling; the chiller is next to it.
    pub(crate) cooling: Vec<Option<usize>>,
    pub(crate) reserve: Option<usize>,
    /// On; the start is next to it.
    pub(crate) on: Vec<Option<usize>>,
    /// First of the slack columns, in the order of [`kinds`].
    pub(crate) slack: Option<usize>,
    pub(crate) row_source: usize,
    pub(crate) row_store: usize,
    pub(crate) row_condensing: Vec<Option<usize>>,
    /// Rise; the fall is next to it.
    pub(crate) row_ramp: Vec<Option<usize>>,
    pub(crate) row_reserve: Option<usize>,
    /// Limit, minimum load, logic, minimum up, minimum down.
    pub(crate) row_on: Vec<Option<usize>>,
}

/// Counts places.
struct Counter(usize);

impl Counter {
    const fn take(&mut self, places: usize) -> usize {
        let first = self.0;
        self.0 += places;
        first
    }

    fn take_if(&mut self, is_there: bool, places: usize) -> Option<usize> {
        is_there.then(|| self.take(places))
    }
}

impl Layout {
    pub(crate) fn new(window: &Window<'_>) -> Self {
        let case = window.case;
        let has_on = |i: usize| window.has_decisions() && case.is_committed(i);
        let units = 0..case.units.len();
        let mut columns = Counter(case.units.len());
        let condensing = units
            .clone()
            .map(|i| columns.take_if(condenses(case, i), 1));
        let condensing = condensing.collect();
        let first_store = columns.take(3 * case.stores.len());
        let buy = columns.take(3);
        let dump = columns.take_if(case.dump.is_some(), 1);
        let cooled = case.sources.iter().map(|source| source.cooling.is_some());
        let cooling: Vec<_> = cooled.map(|is| columns.take_if(is, 2)).collect();
        let reserve = columns.take_if(case.electricity.reserve.is_some(), 1);
        let on = units
            .clone()
            .map(|i| columns.take_if(has_on(i), 2))
            .collect();
        let slack = columns.take_if(window.has_slack, kinds(case).len());
        let mut rows = Counter(2);
        let row_source = rows.take(case.sources.len());
        let row_store = rows.take(case.stores.len());
        let row_condensing = units.clone().map(|i| rows.take_if(condenses(case, i), 1));
        let row_condensing = row_condensing.collect();
        let has_ramp = |i: usize| case.units[i].ramp_mw_per_h.is_some();
        let row_ramp = units
            .clone()
            .map(|i| rows.take_if(has_ramp(i), 2))
            .collect();
        let row_reserve = rows.take_if(reserve.is_some(), 1);
        let row_on = units.map(|i| rows.take_if(has_on(i), 5)).collect();
        Self {
            width: columns.0,
            height: rows.0,
            condensing,
            first_store,
            buy,
            dump,
            cooling,
            reserve,
            on,
            slack,
            row_source,
            row_store,
            row_condensing,
            row_ramp,
            row_reserve,
            row_on,
        }
    }

    /// A column of a step of the window.
    pub(crate) const fn column(&self, step: usize, offset: usize) -> Column {
        Column(step * self.width + offset)
    }

    /// A row of a step of the window.
    pub(crate) const fn row(&self, step: usize, offset: usize) -> Row {
        Row(step * self.height + offset)
    }

    /// Content of a store at the end of a step.
    pub(crate) const fn level(&self, step: usize, store: usize) -> Column {
        self.column(step, self.first_store + 3 * store + 2)
    }
}

/// Whether a unit can make electricity beside its heat.
pub(crate) fn condenses(case: &DispatchCase, unit: usize) -> bool {
    matches!(case.units[unit].kind, CaseUnitKind::ExtractionChp { .. })
}
