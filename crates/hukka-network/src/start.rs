//! What the next hours start from: the state of the hour solved last.

use crate::draw::Draws;
use crate::lanes::Lanes;
use crate::side::Side;
use crate::solver::Boundary;

/// Largest change of load over which the last hour still tells something.
const MAX_RATIO: f64 = 5.0;

/// The hour solved last.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    pub(crate) is_warm: bool,
    /// Share of the plant's temperature above the ground lost on the way to each draw.
    lost: Vec<f64>,
    /// Water the draws took, without cooling on the way.
    nominal: f64,
    /// Chord flows of supply and return.
    chords: [Vec<f64>; 2],
}

impl Memory {
    pub(crate) fn forget(&mut self) {
        self.is_warm = false;
        self.lost.clear();
        self.chords = [Vec::new(), Vec::new()];
    }

    pub(crate) fn keep<const L: usize>(
        &mut self,
        lane: usize,
        boundary: &Boundary<'_>,
        nominal: f64,
        (draws, sides): (&Draws<L>, [&Side<L>; 2]),
    ) {
        self.nominal = nominal;
        let (top, ground) = (boundary.supply_temperature_k, boundary.ground_temperature_k);
        let range = (top - ground).abs().max(1.0);
        let lost = |&place: &usize| (top - sides[0].temperature[place][lane]) / range;
        self.lost.clear();
        self.lost.extend(draws.place.iter().map(lost));
        for (chords, side) in self.chords.iter_mut().zip(sides) {
            chords.clear();
            chords.extend(side.chord.iter().map(|c| c[lane]));
        }
    }

    fn ratio(&self, nominal: f64) -> f64 {
        let ratio = self.nominal / nominal.max(f64::MIN_POSITIVE);
        ratio.clamp(1.0 / MAX_RATIO, MAX_RATIO)
    }

    /// Temperature a draw may find: the cooling on the way goes with the inverse of the flow.
    pub(crate) fn temperature(&self, draw: usize, boundary: &Boundary<'_>, nominal: f64) -> f64 {
        let top = boundary.supply_temperature_k;
        let Some(lost) = self.lost.get(draw) else {
            return top;
        };
        let share = (lost * self.ratio(nominal)).clamp(-1.0, 0.9);
        top - share * (top - boundary.ground_temperature_k)
    }

    /// Chord flows grow with the flow.
    pub(crate) fn guess_chords<const L: usize>(
        &self,
        nominal: &Lanes<L>,
        sides: [&mut Side<L>; 2],
    ) {
        for (side, chords) in sides.into_iter().zip(&self.chords) {
            for (chord, last) in side.chord.iter_mut().zip(chords) {
                for l in 0..L {
                    chord[l] = last / self.ratio(nominal[l]);
                }
            }
        }
    }
}
