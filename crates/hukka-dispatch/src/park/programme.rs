//! A window as a programme, straight into columns.
//!
//! Rows of a step: heat, electricity, sources, stores, extraction limits, ramps, reserve, on/off.
//! Rows of the whole window come last: CO2, heat of units.

use super::layout::Layout;
use super::minimum_times::{last_steps, steps_to_go};
use super::ramps;
use super::slack::{Slack, kinds};
use super::terms::{fuel_cost, heat_terms};
use super::window::{LevelStart, OnOff, StateStart, Window};
use hukka_lp::{Bounds, Column, Problem, Row};
use hukka_model::{CaseUnitKind, Commitment, DispatchCase};

/// Price of breaking a limit, times the penalty for unserved heat.
const SLACK_FACTOR: f64 = 20.0;

/// A programme with what is needed to read its solution.
pub(crate) struct Programme {
    pub(crate) problem: Problem,
    pub(crate) layout: Layout,
    /// Row of the CO2 limit, if it is part of the programme.
    pub(crate) carbon_row: Option<Row>,
    /// Rows of the heat limits, by unit.
    pub(crate) heat_rows: Vec<Option<Row>>,
    /// Slack of limits over several steps, and what each is called.
    pub(crate) cap_slack: Vec<(Column, String)>,
}

/// Builds the programme of a window.
pub(crate) fn build(window: &Window<'_>) -> Programme {
    let layout = Layout::new(window);
    let (steps, case) = (window.steps(), window.case);
    let mut problem = Problem::with_capacity(
        steps * layout.height,
        steps * layout.width,
        3 * steps * layout.width,
    );
    let times = MinimumTimes::new(window);
    for step in 0..steps {
        add_rows(&mut problem, window, &layout, &times, step);
    }
    let carbon_row = window
        .carbon_cap()
        .map(|cap| problem.add_row(Bounds::at_most(cap)));
    let mut heat_rows = vec![None; case.units.len()];
    for (unit, row) in heat_rows.iter_mut().enumerate() {
        *row = window.heat_caps(unit).map(|caps| problem.add_row(caps));
    }
    let mut builder = Builder {
        window,
        layout: &layout,
        times: &times,
        problem,
        carbon_row,
        heat_rows: &heat_rows,
        cap_slack: Vec::new(),
        entries: Vec::new(),
    };
    for step in 0..steps {
        builder.add_columns(step);
    }
    builder.add_starts();
    builder.add_cap_slack();
    let (problem, cap_slack) = (builder.problem, builder.cap_slack);
    Programme {
        problem,
        layout,
        carbon_row,
        heat_rows,
        cap_slack,
    }
}

/// Last steps of minimum times, by unit; empty where there are no rules.
struct MinimumTimes {
    up: Vec<Vec<usize>>,
    down: Vec<Vec<usize>>,
}

impl MinimumTimes {
    fn new(window: &Window<'_>) -> Self {
        let rules = |unit: usize| {
            let counts = window.has_decisions() && window.case.is_committed(unit);
            window.case.units[unit].commitment.filter(|_| counts)
        };
        let of = |hours: fn(&Commitment) -> f64| {
            let units = 0..window.case.units.len();
            let ends = units.map(|unit| match rules(unit) {
                Some(rules) => last_steps(window.step_hours(), hours(&rules)),
                None => Vec::new(),
            });
            ends.collect()
        };
        Self {
            up: of(|rules| rules.min_up_h),
            down: of(|rules| rules.min_down_h),
        }
    }
}

fn add_rows(
    problem: &mut Problem,
    window: &Window<'_>,
    layout: &Layout,
    times: &MinimumTimes,
    step: usize,
) {
    let (case, t) = (window.case, window.from + step);
    problem.add_row(Bounds::equal(case.heat_demand_mw[t]));
    problem.add_row(Bounds::equal(0.0));
    for source in &case.sources {
        problem.add_row(match source.cooling {
            Some(_) => Bounds::equal(source.available_mw[t]),
            None => Bounds::at_most(source.available_mw[t]),
        });
    }
    for (store, start) in case.stores.iter().zip(&window.starts) {
        let before = match start {
            LevelStart::Known(level) if step == 0 => store.keep(window.hours(0)) * level,
            _ => 0.0,
        };
        problem.add_row(Bounds::equal(before));
    }
    for unit in &case.units {
        if let CaseUnitKind::ExtractionChp { max_power_mw, .. } = unit.kind {
            problem.add_row(Bounds::at_most(max_power_mw));
        }
    }
    for unit in 0..case.units.len() {
        if layout.row_ramp[unit].is_some() {
            for limit in ramps::bounds(window, unit, step) {
                problem.add_row(limit);
            }
        }
    }
    if layout.row_reserve.is_some() {
        problem.add_row(Bounds::at_most(0.0));
    }
    for unit in 0..case.units.len() {
        if layout.row_on[unit].is_some() {
            add_on_rows(problem, window, times, (unit, step));
        }
    }
}

/// Limit, minimum load, `v_t ≥ u_t − u_{t−1}`, minimum up, minimum down.
///
/// A unit on in `b` cannot start in a `k > b` before a minimum time off from `b + 1` is over:
/// `Σ_k v_k ≤ 1 − u_b`; the row of step `t` is that of `b = t − 1`.
///
/// # Source  Rajan and Takriti 2005: with these rows the on/off polytope has integer corners
fn add_on_rows(
    problem: &mut Problem,
    window: &Window<'_>,
    times: &MinimumTimes,
    (unit, step): (usize, usize),
) {
    let state = window.states[unit];
    let was_on = match state {
        StateStart::Known { is_on, .. } => f64::from(u8::from(is_on)),
        StateStart::Free => 0.0,
    };
    problem.add_row(Bounds::at_most(0.0));
    problem.add_row(Bounds::at_least(0.0));
    let is_open = step == 0 && state == StateStart::Free;
    problem.add_row(match step {
        0 if is_open => Bounds::FREE,
        0 => Bounds::at_least(-was_on),
        _ => Bounds::at_least(0.0),
    });
    problem.add_row(Bounds::at_least(0.0));
    let has_down = !times.down[unit].is_empty() && !is_open;
    problem.add_row(match step {
        _ if !has_down => Bounds::FREE,
        0 => Bounds::at_most(1.0 - was_on),
        _ => Bounds::at_most(1.0),
    });
}

struct Builder<'a> {
    window: &'a Window<'a>,
    layout: &'a Layout,
    times: &'a MinimumTimes,
    problem: Problem,
    carbon_row: Option<Row>,
    heat_rows: &'a [Option<Row>],
    cap_slack: Vec<(Column, String)>,
    entries: Vec<(Row, f64)>,
}

impl Builder<'_> {
    fn add(&mut self, cost: f64, bounds: Bounds) {
        self.problem.add_column(cost, bounds, &self.entries);
        self.entries.clear();
    }

    fn put(&mut self, step: usize, offset: usize, factor: f64) {
        self.entries.push((self.layout.row(step, offset), factor));
    }

    fn add_columns(&mut self, step: usize) {
        for unit in 0..self.window.case.units.len() {
            self.add_heat(unit, step);
        }
        for unit in 0..self.window.case.units.len() {
            self.add_condensing(unit, step);
        }
        for store in 0..self.window.case.stores.len() {
            self.add_store(store, step);
        }
        self.add_electricity(step);
        self.add_cooling(step);
        self.add_reserve(step);
        for unit in 0..self.window.case.units.len() {
            if self.layout.on[unit].is_some() {
                self.add_on(unit, step);
            }
        }
        if self.layout.slack.is_some() {
            self.add_slack(step);
        }
    }

    /// Share of the unit's range that is open: 1 unless the unit is given to be off.
    fn given(&self, unit: usize, step: usize) -> Option<bool> {
        match self.window.on_off {
            OnOff::Given(on) if self.window.case.is_committed(unit) => {
                Some(on[unit][self.window.from + step])
            }
            _ => None,
        }
    }

    fn add_heat(&mut self, unit: usize, step: usize) {
        let (case, t, hours) = (
            self.window.case,
            self.window.from + step,
            self.window.hours(step),
        );
        let terms = heat_terms(case, unit, t);
        let limit = case.heat_limit_mw(unit, t);
        let least = least_load(case, unit, t);
        let bounds = match self.given(unit, step) {
            None => Bounds::between(0.0, limit),
            Some(true) => Bounds::between(least, limit),
            Some(false) => Bounds::between(0.0, 0.0),
        };
        self.put(step, 0, terms.balance);
        if terms.electricity != 0.0 {
            self.put(step, 1, -terms.electricity);
        }
        if let CaseUnitKind::HeatPump { source, .. } = case.units[unit].kind
            && terms.source > 0.0
        {
            self.put(step, self.layout.row_source + source, terms.source);
        }
        if let (
            Some(row),
            CaseUnitKind::ExtractionChp {
                power_to_heat,
                power_loss_per_heat,
                ..
            },
        ) = (self.layout.row_condensing[unit], &case.units[unit].kind)
        {
            self.put(step, row, power_to_heat + power_loss_per_heat);
        }
        self.put_ramp(unit, step);
        if let (Some(row), Some(reserve)) = (self.layout.row_reserve, &case.electricity.reserve)
            && reserve.units.contains(&unit)
            && terms.electricity > 0.0
        {
            self.put(step, row, -terms.electricity);
        }
        if let Some(row) = self.layout.row_on[unit] {
            self.put(step, row, 1.0);
            self.put(step, row + 1, 1.0);
        }
        let price = self.price_caps(unit, hours, terms.carbon);
        let cost = terms.cost + case.units[unit].vom_eur_per_mwh + price;
        self.add(hours * cost, bounds);
    }

    /// Puts a unit's heat into the rows of whole-span limits, or gives their price per MWh.
    fn price_caps(&mut self, unit: usize, hours: f64, carbon: f64) -> f64 {
        if let Some(row) = self.carbon_row
            && carbon > 0.0
        {
            self.entries.push((row, hours * carbon));
        }
        if let Some(row) = self.heat_rows[unit] {
            self.entries.push((row, hours));
        }
        self.window.cap_prices.as_ref().map_or(0.0, |prices| {
            prices.carbon * carbon + prices.heat.get(unit).copied().unwrap_or(0.0)
        })
    }

    fn put_ramp(&mut self, unit: usize, step: usize) {
        let Some(row) = self.layout.row_ramp[unit] else {
            return;
        };
        self.put(step, row, 1.0);
        self.put(step, row + 1, -1.0);
        if step + 1 < self.window.steps() {
            self.put(step + 1, row, -1.0);
            self.put(step + 1, row + 1, 1.0);
        }
    }

    fn add_condensing(&mut self, unit: usize, step: usize) {
        let CaseUnitKind::ExtractionChp {
            condensing_efficiency,
            max_power_mw,
            fuel,
            ..
        } = &self.window.case.units[unit].kind
        else {
            return;
        };
        let hours = self.window.hours(step);
        self.put(step, 1, 1.0);
        if let Some(row) = self.layout.row_condensing[unit] {
            self.put(step, row, 1.0);
        }
        let carbon = fuel.co2_t_per_mwh / condensing_efficiency;
        if let Some(row) = self.carbon_row {
            self.entries.push((row, hours * carbon));
        }
        let cap = self.window.cap_prices.as_ref();
        let cost = fuel_cost(self.window.case, fuel) / condensing_efficiency
            + cap.map_or(0.0, |prices| prices.carbon * carbon);
        let most = match self.given(unit, step) {
            Some(false) => 0.0,
            _ => *max_power_mw,
        };
        self.add(hours * cost, Bounds::between(0.0, most));
    }

    fn add_store(&mut self, index: usize, step: usize) {
        let (store, hours) = (&self.window.case.stores[index], self.window.hours(step));
        let row = self.layout.row_store + index;
        self.put(step, 0, -1.0);
        self.put(step, row, -hours * store.charge_efficiency);
        self.add(0.0, Bounds::between(0.0, store.max_charge_mw));
        self.put(step, 0, 1.0);
        self.put(step, row, hours / store.discharge_efficiency);
        self.add(0.0, Bounds::between(0.0, store.max_discharge_mw));
        self.put(step, row, 1.0);
        let is_last = step + 1 == self.window.steps();
        let next = if is_last { 0 } else { step + 1 };
        let keep = store.keep(self.window.hours(next));
        if !is_last {
            self.put(next, row, -keep);
        } else if self.window.starts[index] == LevelStart::AsAtEnd {
            if next == step {
                self.entries.pop();
                self.put(step, row, 1.0 - keep);
            } else {
                self.put(next, row, -keep);
            }
        }
        let end = self.window.ends[index];
        let (least, worth) = if is_last {
            (end.least, end.worth)
        } else {
            (0.0, 0.0)
        };
        let capacity = store.capacity_at(self.window.from + step);
        self.add(-worth, Bounds::between(least.min(capacity), capacity));
    }

    fn add_electricity(&mut self, step: usize) {
        let (case, hours, t) = (
            self.window.case,
            self.window.hours(step),
            self.window.from + step,
        );
        let grid = &case.electricity;
        let price = grid.price_eur_per_mwh[t];
        self.put(step, 1, 1.0);
        self.add(
            hours * (price + grid.buy_fee_eur_per_mwh[t]),
            Bounds::between(0.0, grid.max_buy_mw),
        );
        self.put(step, 1, -1.0);
        self.add(
            -hours * (price - grid.sell_fee_eur_per_mwh[t]),
            Bounds::between(0.0, grid.max_sell_mw),
        );
        self.put(step, 0, 1.0);
        self.add(hours * case.unserved_eur_per_mwh, Bounds::at_least(0.0));
        if let Some(dump) = case.dump {
            self.put(step, 0, -1.0);
            self.add(
                hours * dump.cost_eur_per_mwh,
                Bounds::between(0.0, dump.max_mw),
            );
        }
    }

    fn add_cooling(&mut self, step: usize) {
        let t = self.window.from + step;
        for (index, source) in self.window.case.sources.iter().enumerate() {
            let Some(plant) = &source.cooling else {
                continue;
            };
            for (per_heat, most) in [
                (plant.free_electricity_per_heat, plant.free_max_mw[t]),
                (plant.chiller_electricity_per_heat[t], plant.chiller_max_mw),
            ] {
                self.put(step, 1, -per_heat);
                self.put(step, self.layout.row_source + index, 1.0);
                self.add(0.0, Bounds::between(0.0, most));
            }
        }
    }

    fn add_reserve(&mut self, step: usize) {
        let (Some(reserve), Some(row)) = (
            &self.window.case.electricity.reserve,
            self.layout.row_reserve,
        ) else {
            return;
        };
        let worth = reserve.price_eur_per_mw_h[self.window.from + step];
        self.put(step, row, 1.0);
        self.add(
            -self.window.hours(step) * worth,
            Bounds::between(0.0, reserve.max_mw),
        );
    }

    fn add_on(&mut self, unit: usize, step: usize) {
        let (case, t) = (self.window.case, self.window.from + step);
        let (Some(rules), Some(row)) = (case.units[unit].commitment, self.layout.row_on[unit])
        else {
            return;
        };
        let steps = self.window.steps();
        let is_last = step + 1 == steps;
        self.put(step, row, -case.heat_limit_mw(unit, t));
        self.put(step, row + 1, -least_load(case, unit, t));
        self.put_ramp_of_on(unit, step);
        self.put(step, row + 2, -1.0);
        self.put(step, row + 3, 1.0);
        if !is_last {
            self.put(step + 1, row + 2, 1.0);
            self.put(step + 1, row + 4, 1.0);
        }
        let bounds = self.on_bounds(unit, step, &rules);
        if self.window.on_off == OnOff::Decided {
            self.problem.add_integer_column(0.0, bounds, &self.entries);
            self.entries.clear();
        } else {
            self.add(0.0, bounds);
        }
        self.put(step, row + 2, 1.0);
        if let (Some(ramp), Some((_, turn))) = (
            self.layout.row_ramp[unit],
            ramps::limits(self.window, unit, step),
        ) {
            self.put(step, ramp, -turn);
            self.put(step, ramp + 1, -turn);
        }
        for later in step..steps.min(self.times.up[unit][step].saturating_add(1)) {
            self.put(later, row + 3, -1.0);
        }
        self.put_down(unit, step, row + 4);
        self.add(rules.start_cost_eur, Bounds::between(0.0, 1.0));
    }

    /// The start in `step` is part of the minimum-down row of every `b` whose time off reaches it.
    fn put_down(&mut self, unit: usize, step: usize, row: usize) {
        for first in (0..=step).rev() {
            if self.times.down[unit][first] < step {
                break;
            }
            self.put(first, row, 1.0);
        }
    }

    /// A state that must last into the window fixes its first steps.
    fn on_bounds(&self, unit: usize, step: usize, rules: &Commitment) -> Bounds {
        if let Some(fixed) = self.window.fixed
            && self.window.from + step >= fixed.from
        {
            let is_on = fixed.on[unit][self.window.from + step];
            return Bounds::equal(f64::from(u8::from(is_on)));
        }
        let StateStart::Known { is_on, hours } = self.window.states[unit] else {
            return Bounds::between(0.0, 1.0);
        };
        let least = if is_on {
            rules.min_up_h
        } else {
            rules.min_down_h
        };
        if step < steps_to_go(self.window.step_hours(), hours, least) {
            Bounds::equal(f64::from(u8::from(is_on)))
        } else {
            Bounds::between(0.0, 1.0)
        }
    }

    /// Being on lets the heat rise in the next step and fall in this one as fast as the ramp.
    fn put_ramp_of_on(&mut self, unit: usize, step: usize) {
        let (Some(row), Some((ramp, turn))) = (
            self.layout.row_ramp[unit],
            ramps::limits(self.window, unit, step),
        ) else {
            return;
        };
        self.put(step, row + 1, turn - ramp);
        if step + 1 < self.window.steps()
            && let Some((ramp, turn)) = ramps::limits(self.window, unit, step + 1)
        {
            self.put(step + 1, row, -ramp);
            self.put(step + 1, row + 1, -turn);
        }
    }

    /// The step's limits broken at a high price.
    fn add_slack(&mut self, step: usize) {
        let case = self.window.case;
        let hours = self.window.hours(step);
        let cost = SLACK_FACTOR * case.unserved_eur_per_mwh.max(1.0) * hours;
        let (source, store) = (self.layout.row_source, self.layout.row_store);
        for kind in kinds(case) {
            match kind {
                Slack::HeatOver => self.put(step, 0, -1.0),
                Slack::PowerShort => self.put(step, 1, 1.0),
                Slack::PowerOver => self.put(step, 1, -1.0),
                Slack::NotCooled(index) => self.put(step, source + index, 1.0),
                Slack::SourceShort(index) => self.put(step, source + index, -1.0),
                Slack::StoreOver(index) => self.put(step, store + index, hours),
                Slack::StoreShort(index) => self.put(step, store + index, -hours),
                Slack::Ramp(unit) => {
                    if let Some(row) = self.layout.row_ramp[unit] {
                        self.put(step, row, -1.0);
                        self.put(step, row + 1, -1.0);
                    }
                }
            }
            self.add(cost, Bounds::at_least(0.0));
        }
    }

    /// Contents before the window that are bought.
    fn add_starts(&mut self) {
        for (index, store) in self.window.case.stores.iter().enumerate() {
            if let LevelStart::Bought(price) = self.window.starts[index] {
                self.put(
                    0,
                    self.layout.row_store + index,
                    -store.keep(self.window.hours(0)),
                );
                let steps = self.window.case.steps();
                let before = (self.window.from + steps - 1) % steps;
                self.add(price, Bounds::between(0.0, store.capacity_at(before)));
            }
        }
    }

    /// Limits over several steps broken at a high price.
    fn add_cap_slack(&mut self) {
        if self.layout.slack.is_none() {
            return;
        }
        let case = self.window.case;
        let cost = SLACK_FACTOR * case.unserved_eur_per_mwh.max(1.0);
        let mut limits: Vec<(Row, f64, String)> = Vec::new();
        if let Some(row) = self.carbon_row {
            limits.push((row, -1.0, "most CO2, t".into()));
        }
        for (unit, row) in case.units.iter().zip(self.heat_rows) {
            if let Some(row) = *row {
                limits.push((row, -1.0, format!("most heat of {}, MWh", unit.id)));
                limits.push((row, 1.0, format!("least heat of {}, MWh", unit.id)));
            }
        }
        for (row, sign, name) in limits {
            self.cap_slack.push((Column(self.problem.columns()), name));
            self.entries.push((row, sign));
            self.add(cost, Bounds::at_least(0.0));
        }
    }
}

/// Least heat of a unit when on, MW: what there is when that is less than its minimum load.
pub(crate) fn least_load(case: &DispatchCase, unit: usize, t: usize) -> f64 {
    let rules = case.units[unit].commitment;
    let share = rules.map_or(0.0, |rules| rules.min_load_fraction);
    (share * case.units[unit].max_heat_mw).min(case.heat_limit_mw(unit, t))
}
