//! The best plant of a pair, how far it may lie, and why it pays or not.

use super::hours::{ScreenClimate, ScreenYear, worth};
use super::{ScreenPair, ScreenPoint, ScreenResult};
use hukka_model::CATALOGUE;
use hukka_units::Length;

/// Farthest distance looked at, m.
const FARTHEST: f64 = 100_000.0;
/// Halvings of the break-even distance: to a hundredth of it.
const HALVINGS: usize = 8;

/// Why a pair pays or does not.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum ScreenReason {
    /// It pays.
    Pays,
    /// It pays, but the network alone would pay as much without the data centre.
    PaysWithoutDataCentre,
    /// No heat pump or exchanger works at these temperatures.
    NoMachine,
    /// Heat from the data centre costs more than the boiler's even next door.
    HeatTooDear,
    /// It would pay nearer by.
    TooFar,
    /// The new network costs more than customers pay, whatever the heat costs.
    NetworkTooThin,
    /// Neither network nor heat is the one thing: together they cost too much.
    TooDear,
}

impl ScreenReason {
    /// One word for tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pays => "pays",
            Self::PaysWithoutDataCentre => "pays_without_data_centre",
            Self::NoMachine => "no_machine",
            Self::HeatTooDear => "heat_too_dear",
            Self::TooFar => "too_far",
            Self::NetworkTooThin => "network_too_thin",
            Self::TooDear => "too_dear",
        }
    }
}

/// Evaluates a pair over the whole year.
///
/// Every pipe size that carries between a twentieth and all of the heat is tried; the plant with the
/// highest net present value is kept. The break-even distance is found by halving, each time with
/// all sizes over the whole year.
pub fn screen(pair: &ScreenPair, climate: &ScreenClimate) -> ScreenResult {
    let year = ScreenYear::new(pair, climate);
    let sizes = sizes(&year);
    let frontier = at(&year, pair, &sizes, pair.distance.m());
    let without = year.without(pair);
    let best = best(&frontier, &without);
    let gain = |distance: f64| {
        let points = at(&year, pair, &sizes, distance);
        value(&self::best(&points, &without)) - base(&without)
    };
    let break_even = farthest(gain);
    let reason = reason(&year, pair, (&best, &without), break_even);
    ScreenResult {
        best,
        frontier,
        break_even: Length::from_m(break_even),
        reason,
    }
}

/// Sizes worth a look, with what they carry, W.
fn sizes(year: &ScreenYear) -> Vec<(usize, f64)> {
    let most = year.most();
    let mut sizes = Vec::new();
    for size in 0..CATALOGUE.len() {
        let capacity = year.capacity(size);
        if most > 0.0 && capacity >= 0.05 * most {
            sizes.push((size, capacity));
        }
        if capacity >= most {
            break;
        }
    }
    sizes
}

fn at(
    year: &ScreenYear,
    pair: &ScreenPair,
    sizes: &[(usize, f64)],
    distance: f64,
) -> Vec<ScreenPoint> {
    (sizes.iter())
        .map(|&size| year.point(pair, size, distance))
        .collect()
}

fn value(point: &ScreenPoint) -> f64 {
    point.net_present_value.eur()
}

/// The plant worth most: the thinner pipe where two are worth the same.
fn best(points: &[ScreenPoint], without: &ScreenPoint) -> ScreenPoint {
    (points.iter()).fold(*without, |best, point| {
        if point.delivered.si() > 0.0 && value(point) > value(&best) {
            *point
        } else {
            best
        }
    })
}

/// What has to be beaten: the network with boilers alone, or nothing built at all.
fn base(without: &ScreenPoint) -> f64 {
    value(without).max(0.0)
}

/// Farthest distance at which the gain is above zero; gains fall with distance.
fn farthest(gain: impl Fn(f64) -> f64) -> f64 {
    if gain(0.0) <= 0.0 {
        return 0.0;
    }
    let (mut near, mut far) = (0.0, 1000.0);
    while far < FARTHEST && gain(far) > 0.0 {
        near = far;
        far *= 3.0;
    }
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(near, far);
        if gain(middle) > 0.0 {
            near = middle;
        } else {
            far = middle;
        }
    }
    near
}

fn reason(
    year: &ScreenYear,
    pair: &ScreenPair,
    (best, without): (&ScreenPoint, &ScreenPoint),
    break_even: f64,
) -> ScreenReason {
    let district = year.district(pair);
    if best.dn.is_some() && value(best) > base(without) {
        ScreenReason::Pays
    } else if value(without) > 0.0 {
        ScreenReason::PaysWithoutDataCentre
    } else if !year.can_run {
        ScreenReason::NoMachine
    } else if break_even > 0.0 {
        ScreenReason::TooFar
    } else if year.mean_cost() >= pair.boiler_heat.si() {
        ScreenReason::HeatTooDear
    } else if value(best) + district.network * worth(pair) > 0.0 && district.network > 0.0 {
        ScreenReason::NetworkTooThin
    } else {
        ScreenReason::TooDear
    }
}
