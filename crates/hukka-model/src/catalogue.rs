//! Pre-insulated bonded steel pipes: EN 253 geometry, single pipes, series 1 to 3.
//!
//! Source: inner and outer diameters EN 253; casings and heat loss of one pipe to the outside from
//! the Logstor catalogue 2020.03 as published in the MESIDO pipe data (PUR 0.027 W/mK); cost is
//! "combined investment and installation" of a supply–return pair from the Dutch EDR data, in
//! euros of about 2020. Beyond DN 600 the source gives no cost: the last step is carried on.

use hukka_units::{Length, LengthCost, LinearLossCoefficient};
use serde::{Deserialize, Serialize};

/// Thickness class of the insulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InsulationSeries {
    /// Thinnest.
    Series1,
    /// Usual in new networks.
    Series2,
    /// Thickest; not made above DN 500.
    Series3,
}

/// One size of pre-insulated pipe.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PipeType {
    /// Nominal diameter, the number after DN.
    pub dn: u16,
    /// Inner diameter of the steel pipe.
    pub inner_diameter: Length,
    /// Outer diameter of the steel pipe.
    pub outer_diameter: Length,
    /// Outer diameter of the casing, by series.
    pub casing_diameter: [Option<Length>; 3],
    /// Heat loss of one pipe to the ground, by series.
    pub loss: [Option<LinearLossCoefficient>; 3],
    /// Supply and return pipe laid in one trench.
    pub trench_cost: LengthCost,
}

impl PipeType {
    /// The pipe of a nominal diameter.
    pub fn by_dn(dn: u16) -> Option<&'static Self> {
        CATALOGUE.iter().find(|pipe| pipe.dn == dn)
    }

    /// Loss coefficient in the asked series, or in the thickest one made at this size.
    pub fn loss_in(&self, series: InsulationSeries) -> LinearLossCoefficient {
        self.loss[..=series as usize]
            .iter()
            .rev()
            .find_map(|loss| *loss)
            .unwrap_or(LinearLossCoefficient::ZERO)
    }

    /// Casing diameter in the asked series, or in the thickest one made at this size.
    pub fn casing_in(&self, series: InsulationSeries) -> Length {
        self.casing_diameter[..=series as usize]
            .iter()
            .rev()
            .find_map(|casing| *casing)
            .unwrap_or(self.outer_diameter)
    }
}

/// One catalogue row; zero means "not made".
const fn row(
    dn: u16,
    bore_mm: [f64; 2],
    casing_mm: [f64; 3],
    loss_w_mk: [f64; 3],
    cost_eur_m: f64,
) -> PipeType {
    const fn mm(value: f64) -> Option<Length> {
        if value > 0.0 {
            Some(Length::from_mm(value))
        } else {
            None
        }
    }
    const fn u(value: f64) -> Option<LinearLossCoefficient> {
        if value > 0.0 {
            Some(LinearLossCoefficient::from_w_mk(value))
        } else {
            None
        }
    }
    PipeType {
        dn,
        inner_diameter: Length::from_mm(bore_mm[0]),
        outer_diameter: Length::from_mm(bore_mm[1]),
        casing_diameter: [mm(casing_mm[0]), mm(casing_mm[1]), mm(casing_mm[2])],
        loss: [u(loss_w_mk[0]), u(loss_w_mk[1]), u(loss_w_mk[2])],
        trench_cost: LengthCost::from_eur_m(cost_eur_m),
    }
}

/// Every size, thinnest first.
pub static CATALOGUE: [PipeType; 22] = [
    row(
        20,
        [21.7, 26.9],
        [90., 110., 125.],
        [0.143, 0.121, 0.111],
        696.,
    ),
    row(
        25,
        [28.5, 33.7],
        [90., 110., 125.],
        [0.176, 0.144, 0.130],
        709.,
    ),
    row(
        32,
        [37.2, 42.4],
        [110., 125., 140.],
        [0.180, 0.157, 0.142],
        728.,
    ),
    row(
        40,
        [43.1, 48.3],
        [110., 125., 140.],
        [0.208, 0.179, 0.159],
        750.,
    ),
    row(
        50,
        [54.5, 60.3],
        [125., 140., 160.],
        [0.234, 0.201, 0.173],
        778.,
    ),
    row(
        65,
        [70.3, 76.1],
        [140., 160., 180.],
        [0.278, 0.227, 0.196],
        822.,
    ),
    row(
        80,
        [82.5, 88.9],
        [160., 180., 200.],
        [0.287, 0.238, 0.207],
        869.,
    ),
    row(
        100,
        [107.1, 114.3],
        [200., 225., 250.],
        [0.300, 0.248, 0.215],
        936.,
    ),
    row(
        125,
        [132.5, 139.7],
        [225., 250., 280.],
        [0.351, 0.288, 0.241],
        1027.,
    ),
    row(
        150,
        [160.3, 168.3],
        [250., 280., 315.],
        [0.421, 0.329, 0.267],
        1126.,
    ),
    row(
        200,
        [210.1, 219.1],
        [315., 355., 400.],
        [0.458, 0.346, 0.278],
        1355.,
    ),
    row(
        250,
        [263.0, 273.0],
        [400., 450., 500.],
        [0.436, 0.335, 0.277],
        1631.,
    ),
    row(
        300,
        [312.7, 323.9],
        [450., 500., 560.],
        [0.505, 0.385, 0.306],
        1962.,
    ),
    row(
        350,
        [344.4, 355.6],
        [500., 560., 630.],
        [0.488, 0.368, 0.293],
        2361.,
    ),
    row(
        400,
        [393.8, 406.4],
        [560., 630., 710.],
        [0.517, 0.382, 0.301],
        2841.,
    ),
    row(
        450,
        [444.4, 457.0],
        [630., 710., 800.],
        [0.516, 0.380, 0.300],
        3418.,
    ),
    row(
        500,
        [495.4, 508.0],
        [710., 800., 900.],
        [0.496, 0.369, 0.294],
        4113.,
    ),
    row(
        600,
        [595.8, 610.0],
        [800., 900., 0.],
        [0.613, 0.431, 0.],
        5954.,
    ),
    row(700, [695.0, 711.0], [900., 0., 0.], [0.706, 0., 0.], 7795.),
    row(800, [795.4, 813.0], [1000., 0., 0.], [0.803, 0., 0.], 9636.),
    row(
        900,
        [894.0, 914.0],
        [1100., 0., 0.],
        [0.898, 0., 0.],
        11477.,
    ),
    row(
        1000,
        [994.0, 1016.0],
        [1200., 0., 0.],
        [1.000, 0., 0.],
        13318.,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_costs_grow_together() {
        for pair in CATALOGUE.windows(2) {
            assert!(pair[0].dn < pair[1].dn);
            assert!(pair[0].inner_diameter < pair[1].inner_diameter);
            assert!(pair[0].trench_cost < pair[1].trench_cost);
            assert!(pair[1].inner_diameter < pair[1].outer_diameter);
        }
    }

    #[test]
    fn thicker_insulation_loses_less() {
        for pipe in &CATALOGUE {
            assert!(
                pipe.loss_in(InsulationSeries::Series1) >= pipe.loss_in(InsulationSeries::Series3)
            );
        }
    }
}
