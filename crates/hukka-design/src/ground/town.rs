//! A town that has its plant: the energy centre stands in it, the data centres come from outside.

use crate::geometry::{Point, distance, point};
use hukka_model::{Counterfactual, HeatDemand, Study};
use hukka_units::Length;

/// Distance from data centre to town when the study gives none, metres.
pub(crate) const TOWN_DISTANCE: f64 = 1000.0;

/// Whether heat is made and spread today: some boiler stands, or the case is compared with the
/// existing plant.
pub(crate) fn has_plant(study: &Study) -> bool {
    study.boilers.iter().any(|boiler| boiler.is_existing)
        || matches!(study.counterfactual, Counterfactual::ExistingPlant)
}

/// Whether the energy centre stands in a town without a map: there is a plant today, and nobody
/// has a position.
pub(crate) fn stands_in_town(study: &Study, demand: &HeatDemand) -> bool {
    has_plant(study)
        && !demand.consumers.is_empty()
        && demand.consumers.iter().all(|c| c.position.is_none())
}

/// A data centre outside the town.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outside {
    pub(super) at: Point,
    /// Length of its pipe, metres.
    pub(super) length: f64,
    /// Whether that is worked out from the straight line.
    pub(super) is_estimated: bool,
}

/// The energy centre's place and every data centre's.
///
/// The pipe is as long as the study's distance; without one, [`super::DETOUR`] times the straight
/// line between two given places; without places, [`TOWN_DISTANCE`]. What has no place is drawn
/// around the energy centre, the first data centre in the west.
pub(super) fn layout(study: &Study) -> (Point, Vec<Outside>) {
    let given = study.network.lumped_distance.map(Length::si);
    let length = given.unwrap_or(TOWN_DISTANCE);
    let places: Vec<Option<Point>> = study
        .data_centres
        .iter()
        .map(|dc| dc.position.map(point))
        .collect();
    let plant = study.plant_position.map(point);
    let first = places.iter().flatten().next();
    let at = plant
        .or(first.map(|p| [p[0] + length, p[1]]))
        .unwrap_or([0.0, 0.0]);
    let outside = places.iter().enumerate().map(|(k, place)| {
        let is_estimated = place.is_some() && plant.is_some() && given.is_none();
        let bearing = Bearing {
            start: at,
            town: (k + 1, places.len()),
        };
        let place = place.unwrap_or_else(|| bearing.away(-length));
        Outside {
            at: place,
            length: if is_estimated {
                super::DETOUR * distance(place, at)
            } else {
                length
            },
            is_estimated,
        }
    });
    (at, outside.collect())
}

/// Where towns without a place on the map are drawn: evenly around the energy centre.
pub(super) struct Bearing {
    pub(super) start: Point,
    /// Which one, counted from 1, of how many.
    pub(super) town: (usize, usize),
}

impl Bearing {
    /// The place at a distance.
    pub(super) fn away(&self, length: f64) -> Point {
        let (town, towns) = self.town;
        let turn = core::f64::consts::TAU * (town as f64 - 1.0) / towns.max(1) as f64;
        [
            self.start[0] + length * turn.cos(),
            self.start[1] + length * turn.sin(),
        ]
    }
}
