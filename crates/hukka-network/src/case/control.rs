//! Valves that hold a pressure: their lift is one more unknown, the pressure one more equation.

use super::hydraulics::{Drive, HydraulicState};
use super::link::Link;
use hukka_numerics::{SparseFactor, SparsePattern};

const GIVEN: u32 = u32::MAX;
/// Pressure below which a valve's lift or excess does not change what it does, Pa.
const SLACK_PA: f64 = 1e-3;
/// Backward flow below which a valve stays open, kg/s.
const SLACK_KG_S: f64 = 1e-9;
/// Changes of mind allowed in one solve.
const MAX_SWITCHES: u8 = 12;
const NONE: u32 = u32::MAX;

/// A valve that holds a pressure by acting on its link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Control {
    /// Link it acts on.
    pub link: usize,
    /// Node whose pressure it holds.
    pub node: usize,
    /// How.
    pub kind: ControlKind,
}

/// How a valve holds a pressure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ControlKind {
    /// Throttles so that the pressure does not rise above the set value; no flow backwards.
    Reduce,
    /// Throttles so that the pressure does not fall below the set value; no flow backwards.
    Sustain,
    /// Throttles or lifts so that the pressure is the set value.
    Hold,
}

/// What a valve does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Doing {
    /// Holds its pressure.
    #[default]
    Holding,
    /// Wide open: the pressure is out of its reach.
    Open,
    /// Shut: the water would flow backwards.
    Shut,
}

/// State of one control.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ControlState {
    /// What it does.
    pub doing: Doing,
    /// Pressure it adds from `from` to `to`; negative when it throttles, Pa.
    pub lift: f64,
    pub(super) switches: u8,
}

/// Buffers: which control acts on a link, and the columns of the small system.
#[derive(Debug, Clone, Default)]
pub(super) struct Controls {
    of_link: Vec<u32>,
    columns: Vec<Vec<f64>>,
}

/// What is needed to see how pressures answer to a lift.
pub(super) struct Response<'a> {
    pub(super) pattern: &'a SparsePattern,
    pub(super) free: &'a [u32],
    pub(super) links: &'a [Link],
    pub(super) conductance: &'a [f64],
}

impl Controls {
    pub(super) fn begin(&mut self, controls: &[Control], links: usize) {
        self.of_link.clear();
        if !controls.is_empty() {
            self.of_link.resize(links, NONE);
        }
        for (index, control) in controls.iter().enumerate() {
            self.of_link[control.link] = index as u32;
        }
    }

    fn of(&self, link: usize) -> Option<usize> {
        let index = *self.of_link.get(link)?;
        (index != NONE).then_some(index as usize)
    }

    pub(super) fn is_shut(&self, link: usize, states: &[ControlState]) -> bool {
        self.of(link)
            .is_some_and(|index| states[index].doing == Doing::Shut)
    }

    pub(super) fn lift(&self, link: usize, states: &[ControlState]) -> f64 {
        self.of(link).map_or(0.0, |index| states[index].lift)
    }

    /// Adds to the change of pressures what the holding valves must do, and moves their lifts.
    ///
    /// With `y` the answer of the pressures to each lift: `Σ y[node] Δlift = set − p − Δp`.
    pub(super) fn act(
        &mut self,
        controls: &[Control],
        response: &Response<'_>,
        drive: &Drive<'_>,
        state: &mut HydraulicState,
        (factor, right, rest): (&mut SparseFactor, &mut [f64], &mut [f64]),
    ) {
        let holding: Vec<usize> = (0..controls.len())
            .filter(|i| {
                state.controls[*i].doing == Doing::Holding
                    && response.free[controls[*i].node] != GIVEN
            })
            .collect();
        if holding.is_empty() {
            return;
        }
        self.columns.resize(holding.len(), Vec::new());
        for (column, index) in self.columns.iter_mut().zip(&holding) {
            let link = controls[*index].link;
            let g = response.conductance[link];
            column.clear();
            column.resize(right.len(), 0.0);
            let ends = &response.links[link];
            for (node, sign) in [(ends.from, -g), (ends.to, g)] {
                if response.free[node] != GIVEN {
                    column[response.free[node] as usize] += sign;
                }
            }
            response.pattern.solve(factor, column);
        }
        let n = holding.len();
        let mut matrix = vec![0.0; n * n];
        let mut wanted = vec![0.0; n];
        for (row, index) in holding.iter().enumerate() {
            let node = controls[*index].node;
            let at = response.free[node] as usize;
            wanted[row] = drive.held_pressure[*index] - state.pressure[node] - right[at];
            for (column, answer) in self.columns.iter().enumerate() {
                matrix[row * n + column] = answer[at];
            }
        }
        solve_small(&mut matrix, &mut wanted);
        for ((index, column), by) in holding.iter().zip(&self.columns).zip(&wanted) {
            for (dp, answer) in right.iter_mut().zip(column) {
                *dp += by * answer;
            }
            rest[controls[*index].link] += by;
            state.controls[*index].lift += by;
        }
    }

    /// Lets every valve decide what to do next; true if none changed its mind.
    pub(super) fn settle(
        controls: &[Control],
        links: &[Link],
        drive: &Drive<'_>,
        state: &mut HydraulicState,
    ) -> bool {
        let mut is_settled = true;
        for (index, control) in controls.iter().enumerate() {
            let link = &links[control.link];
            let seen = Seen {
                flow: state.mass_flow[control.link],
                before: state.pressure[link.from] + drive.head[control.link],
                after: state.pressure[link.to],
                held: state.pressure[control.node],
                set: drive.held_pressure[index],
                lift: state.controls[index].lift,
            };
            let now = &mut state.controls[index];
            let next = seen.decide(control.kind, now.doing);
            if next == now.doing || now.switches >= MAX_SWITCHES {
                continue;
            }
            now.doing = next;
            now.switches += 1;
            if next != Doing::Holding {
                now.lift = 0.0;
            }
            is_settled = false;
        }
        is_settled
    }
}

/// What a valve sees.
struct Seen {
    flow: f64,
    before: f64,
    after: f64,
    held: f64,
    set: f64,
    lift: f64,
}

impl Seen {
    fn decide(&self, kind: ControlKind, doing: Doing) -> Doing {
        if kind == ControlKind::Hold {
            return Doing::Holding;
        }
        if doing == Doing::Shut {
            let opens = self.before > self.after + SLACK_PA;
            return match kind {
                ControlKind::Reduce if opens && self.after < self.set => Doing::Holding,
                ControlKind::Sustain if opens && self.before > self.set => Doing::Holding,
                _ => Doing::Shut,
            };
        }
        if self.flow < -SLACK_KG_S {
            return Doing::Shut;
        }
        let is_out_of_range = match kind {
            ControlKind::Reduce => self.held > self.set + SLACK_PA,
            _ => self.held < self.set - SLACK_PA,
        };
        match doing {
            Doing::Holding if self.lift > SLACK_PA => Doing::Open,
            Doing::Open if is_out_of_range => Doing::Holding,
            same => same,
        }
    }
}

/// Gauss with row pivoting for a few unknowns; a column without answer gets no change.
fn solve_small(a: &mut [f64], b: &mut [f64]) {
    let n = b.len();
    let mut pivots = vec![None; n];
    for column in 0..n {
        let best = (0..n)
            .filter(|i| !pivots.contains(&Some(*i)))
            .max_by(|i, j| {
                let (x, y) = (a[i * n + column].abs(), a[j * n + column].abs());
                x.total_cmp(&y).then(j.cmp(i))
            });
        let Some(row) = best.filter(|row| a[row * n + column].abs() > 1e-9) else {
            continue;
        };
        pivots[column] = Some(row);
        for other in 0..n {
            let by = a[other * n + column] / a[row * n + column];
            if other == row || by.abs() <= 0.0 {
                continue;
            }
            for k in 0..n {
                a[other * n + k] -= by * a[row * n + k];
            }
            b[other] -= by * b[row];
        }
    }
    let found: Vec<f64> = (0..n)
        .map(|column| pivots[column].map_or(0.0, |row| b[row] / a[row * n + column]))
        .collect();
    b.copy_from_slice(&found);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_systems_are_solved_and_dead_columns_left_alone() {
        let (mut a, mut b) = (vec![0.0, 2.0, 4.0, 1.0], vec![2.0, 9.0]);
        solve_small(&mut a, &mut b);
        assert!((b[0] - 2.0).abs() < 1e-12 && (b[1] - 1.0).abs() < 1e-12);
        let (mut a, mut b) = (vec![0.0, 0.0, 0.0, 2.0], vec![5.0, 4.0]);
        solve_small(&mut a, &mut b);
        assert!(b[0].abs() < 1e-12 && (b[1] - 2.0).abs() < 1e-12);
    }
}
