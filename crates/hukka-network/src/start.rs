//! What the next hours start from: hours solved before, of different loads.
//!
//! Cooling on the way goes about with the inverse of the load and chord flows go with it, both
//! smoothly; three hours of nearly the same load tell the rest.

use crate::draw::Draws;
use crate::lanes::{Lanes, filled};
use crate::side::Side;
use crate::solver::Boundary;
use hukka_physics::elementary::ln;

/// Hours kept.
const SLOTS: usize = 16;
/// Loads within this step of their logarithm share a slot; the newest stays.
const SPACING: f64 = 0.025;
/// Least difference between the logarithms of the loads that are used together.
const LEAST_APART: f64 = 0.008;
/// Furthest load that is used beside the nearest one, by logarithm.
const FAR: f64 = 0.4;
/// Hours used together.
const POINTS: usize = 3;
/// Largest weight of an hour: beyond it fewer are used.
const MAX_WEIGHT: f64 = 3.0;
/// Largest change of load over which an hour alone still tells something.
const MAX_RATIO: f64 = 5.0;

/// One value by hour kept.
type Slots = [f64; SLOTS];

/// The hours kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    pub(crate) is_warm: bool,
    /// Water the draws took, without cooling on the way; 0 marks an empty slot.
    loads: Slots,
    /// Their logarithms.
    logs: Slots,
    /// Share of the plant's temperature above the ground lost on the way to each draw.
    lost: Vec<Slots>,
    /// Chord flows of supply and return.
    chords: [Vec<Slots>; 2],
}

/// How an hour to come follows from some of those kept.
#[derive(Debug, Clone, Copy)]
struct Recipe {
    slots: [usize; POINTS],
    /// Weights for what goes with the inverse of the load, and with the load.
    by_inverse: [f64; POINTS],
    by_load: [f64; POINTS],
}

impl Memory {
    pub(crate) fn forget(&mut self) {
        self.is_warm = false;
        self.loads = [0.0; SLOTS];
    }

    /// Keeps those of the hours given by lane that are the last of their load.
    pub(crate) fn keep<const L: usize>(
        &mut self,
        good: &[usize],
        (boundary, nominal): (&[Boundary<'_>; L], &Lanes<L>),
        (draws, sides): (&Draws<L>, [&Side<L>; 2]),
    ) {
        if good.is_empty() {
            self.forget();
            return;
        }
        self.lost.resize(draws.place.len(), [0.0; SLOTS]);
        for (kept, side) in self.chords.iter_mut().zip(sides) {
            kept.resize(side.chord.len(), [0.0; SLOTS]);
        }
        let slots: Vec<Option<usize>> = good.iter().map(|&l| slot_of(nominal[l])).collect();
        for (i, (&lane, slot)) in good.iter().zip(&slots).enumerate() {
            let is_last = !slots[i + 1..].contains(slot);
            if let (true, &Some(slot)) = (is_last, slot) {
                self.loads[slot] = nominal[lane];
                self.logs[slot] = ln(nominal[lane]);
                self.write(slot, lane, (&boundary[lane], &draws.place), sides);
            }
        }
    }

    fn write<const L: usize>(
        &mut self,
        slot: usize,
        lane: usize,
        (boundary, places): (&Boundary<'_>, &[usize]),
        sides: [&Side<L>; 2],
    ) {
        let (top, ground) = (boundary.supply_temperature_k, boundary.ground_temperature_k);
        let by_range = 1.0 / (top - ground).abs().max(1.0);
        for (lost, &place) in self.lost.iter_mut().zip(places) {
            lost[slot] = (top - sides[0].temperature[place][lane]) * by_range;
        }
        for (kept, side) in self.chords.iter_mut().zip(sides) {
            for (kept, chord) in kept.iter_mut().zip(&side.chord) {
                kept[slot] = chord[lane];
            }
        }
    }

    /// Temperatures the draws may find.
    pub(crate) fn temperatures<const L: usize>(
        &self,
        draws: usize,
        boundary: &[Boundary<'_>; L],
        nominal: &Lanes<L>,
    ) -> Vec<Lanes<L>> {
        let top = boundary.map(|of| of.supply_temperature_k);
        let Some(recipes) = self.recipes(nominal) else {
            return vec![top; draws];
        };
        let mut found = filled(draws, 0.0);
        for (t, lost) in found.iter_mut().zip(&self.lost) {
            for l in 0..L {
                let share = recipes[l].of(lost, &recipes[l].by_inverse);
                let excess = top[l] - boundary[l].ground_temperature_k;
                t[l] = top[l] - share.clamp(-1.0, 0.9) * excess;
            }
        }
        found
    }

    /// Chord flows of both sides.
    pub(crate) fn guess_chords<const L: usize>(
        &self,
        nominal: &Lanes<L>,
        sides: [&mut Side<L>; 2],
    ) {
        if sides.iter().all(|side| side.chord.is_empty()) {
            return;
        }
        let Some(recipes) = self.recipes(nominal) else {
            return;
        };
        for (side, kept) in sides.into_iter().zip(&self.chords) {
            for (chord, kept) in side.chord.iter_mut().zip(kept) {
                for l in 0..L {
                    chord[l] = recipes[l].of(kept, &recipes[l].by_load);
                }
            }
        }
    }

    /// None without any hour kept.
    fn recipes<const L: usize>(&self, nominal: &Lanes<L>) -> Option<[Recipe; L]> {
        let mut recipes = [Recipe::NOTHING; L];
        for (recipe, &load) in recipes.iter_mut().zip(nominal) {
            *recipe = Recipe::new((&self.loads, &self.logs), load.max(f64::MIN_POSITIVE))?;
        }
        Some(recipes)
    }
}

fn slot_of(load: f64) -> Option<usize> {
    let is_positive = load >= f64::MIN_POSITIVE && load.is_finite();
    is_positive.then(|| (ln(load) * (1.0 / SPACING)).rem_euclid(SLOTS as f64) as usize % SLOTS)
}

impl Recipe {
    const NOTHING: Self = Self {
        slots: [0; POINTS],
        by_inverse: [0.0; POINTS],
        by_load: [0.0; POINTS],
    };

    /// From the nearest hours that lie apart, nearest first.
    fn new((loads, logs): (&Slots, &Slots), load: f64) -> Option<Self> {
        let log = ln(load);
        let mut chosen: Vec<usize> = Vec::with_capacity(POINTS);
        while chosen.len() < POINTS {
            let mut nearest = None;
            let mut least = if chosen.is_empty() {
                f64::INFINITY
            } else {
                FAR
            };
            for slot in (0..SLOTS).rev().filter(|&slot| loads[slot] > 0.0) {
                let way = (logs[slot] - log).abs();
                let apart = |&other: &usize| (logs[slot] - logs[other]).abs() > LEAST_APART;
                if way <= least && chosen.iter().all(apart) {
                    (nearest, least) = (Some(slot), way);
                }
            }
            let Some(slot) = nearest else { break };
            chosen.push(slot);
        }
        let &first = chosen.first()?;
        while chosen.len() > 1 {
            if let Some(recipe) = Self::between(loads, load, &chosen) {
                return Some(recipe);
            }
            chosen.pop();
        }
        let ratio = (loads[first] / load).clamp(1.0 / MAX_RATIO, MAX_RATIO);
        let mut recipe = Self::NOTHING;
        recipe.slots[0] = first;
        recipe.by_inverse[0] = ratio;
        recipe.by_load[0] = 1.0 / ratio;
        Some(recipe)
    }

    /// Lagrange's polynomial through the chosen hours, if no weight is too large.
    fn between(loads: &Slots, load: f64, chosen: &[usize]) -> Option<Self> {
        let mut recipe = Self::NOTHING;
        for (i, &slot) in chosen.iter().enumerate() {
            let (mut by_inverse, mut by_load) = (1.0, 1.0);
            for &other in chosen.iter().filter(|&&other| other != slot) {
                let (a, b) = (loads[slot], loads[other]);
                by_load *= (load - b) / (a - b);
                by_inverse *= (1.0 / load - 1.0 / b) / (1.0 / a - 1.0 / b);
            }
            if by_load.abs().max(by_inverse.abs()) > MAX_WEIGHT {
                return None;
            }
            recipe.slots[i] = slot;
            recipe.by_inverse[i] = by_inverse;
            recipe.by_load[i] = by_load;
        }
        Some(recipe)
    }

    #[inline]
    fn of(&self, kept: &Slots, weights: &[f64; POINTS]) -> f64 {
        let mut sum = 0.0;
        for (&slot, weight) in self.slots.iter().zip(weights) {
            sum += weight * kept[slot];
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_of_other_loads_tell_smooth_courses() {
        let mut loads = [0.0; SLOTS];
        loads[..3].copy_from_slice(&[1.0, 0.9, 1.2]);
        let course = |load: f64| 0.05 + 0.2 / load - 0.03 / (load * load);
        let kept = loads.map(|load| if load > 0.0 { course(load) } else { 0.0 });
        let recipe = Recipe::new((&loads, &loads.map(ln)), 1.07).unwrap();
        let found = recipe.of(&kept, &recipe.by_inverse);
        assert!((found - course(1.07)).abs() < 1e-14, "{found}");
        let flows = loads.map(|load| 3.0 * load * load - load);
        let found = recipe.of(&flows, &recipe.by_load);
        assert!(
            (found - (3.0 * 1.07 * 1.07 - 1.07)).abs() < 1e-13,
            "{found}"
        );
    }

    #[test]
    fn one_hour_is_scaled_and_none_tells_nothing() {
        let mut loads = [0.0; SLOTS];
        assert!(Recipe::new((&loads, &loads.map(ln)), 1.0).is_none());
        loads[3] = 2.0;
        let recipe = Recipe::new((&loads, &loads.map(ln)), 1.0).unwrap();
        assert!((recipe.of(&[0.1; SLOTS], &recipe.by_inverse) - 0.2).abs() < 1e-15);
        assert!((recipe.of(&[0.1; SLOTS], &recipe.by_load) - 0.05).abs() < 1e-15);
    }
}
