//! Colours: one for each machine, and two temperature scales even in perceived lightness.

use crate::inputs::Inputs;
use hukka_model::{Fuel, UnitKind};

/// Text.
pub(crate) const INK: &str = "#1c2126";
/// Secondary text.
pub(crate) const GREY: &str = "#5d6771";
/// Grid lines.
pub(crate) const RULE: &str = "#dfe3e7";
/// Heat of the data centre: the one accent.
pub(crate) const ACCENT: &str = "#0b6e75";
/// Supply pipes.
pub(crate) const SUPPLY: &str = "#b3263a";
/// Return pipes.
pub(crate) const RETURN: &str = "#2c6aa6";
/// Electricity.
pub(crate) const ELECTRICITY: &str = "#e3b23c";
/// Heat out of a store.
pub(crate) const STORE: &str = "#c3d9f2";
/// Heat that cannot be supplied.
pub(crate) const UNSERVED: &str = "#d0228b";
/// Heat that leaves unused.
pub(crate) const LOST: &str = "#a9b1b9";

/// Red, green and blue, 0 to 1, gamma-encoded.
type Rgb = [f64; 3];

/// A scale from cold to warm: lightness falls all the way, so that it also reads in grey.
pub(crate) struct Scale {
    anchors: [Rgb; 4],
}

/// Supply water: pale blue through violet and red to dark red.
pub(crate) const SUPPLY_SCALE: Scale = Scale {
    anchors: [
        [0.51, 0.73, 0.89],
        [0.63, 0.52, 0.74],
        [0.76, 0.25, 0.38],
        [0.40, 0.03, 0.09],
    ],
};

/// Return water: pale to dark blue.
pub(crate) const RETURN_SCALE: Scale = Scale {
    anchors: [
        [0.66, 0.83, 0.90],
        [0.38, 0.64, 0.82],
        [0.14, 0.38, 0.65],
        [0.04, 0.13, 0.32],
    ],
};

impl Scale {
    /// Colour at a share from 0 (cold) to 1 (warm), mixed in OKLab.
    pub(crate) fn at(&self, share: f64) -> String {
        let place = share.clamp(0.0, 1.0) * 3.0;
        let lower = (place.floor() as usize).min(2);
        let t = place - lower as f64;
        let (a, b) = (
            to_oklab(self.anchors[lower]),
            to_oklab(self.anchors[lower + 1]),
        );
        hex(from_oklab([0, 1, 2].map(|i| a[i] + (b[i] - a[i]) * t)))
    }

    /// So many colours from cold to warm.
    pub(crate) fn steps(&self, count: usize) -> Vec<String> {
        let last = count.saturating_sub(1).max(1) as f64;
        (0..count).map(|i| self.at(i as f64 / last)).collect()
    }
}

/// Björn Ottosson's OKLab, 2020.
fn to_oklab(rgb: Rgb) -> [f64; 3] {
    let [r, g, b] = rgb.map(|c| {
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    });
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

fn from_oklab(lab: [f64; 3]) -> Rgb {
    let l = (lab[0] + 0.396_337_777_4 * lab[1] + 0.215_803_757_3 * lab[2]).powi(3);
    let m = (lab[0] - 0.105_561_345_8 * lab[1] - 0.063_854_172_8 * lab[2]).powi(3);
    let s = (lab[0] - 0.089_484_177_5 * lab[1] - 1.291_485_548_0 * lab[2]).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
    .map(|c| {
        if c <= 0.003_130_8 {
            12.92 * c
        } else {
            1.055 * c.powf(1.0 / 2.4) - 0.055
        }
    })
}

fn hex(rgb: Rgb) -> String {
    let [r, g, b] = rgb.map(|c| (c.clamp(0.0, 1.0) * 255.0).round() as u8);
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Colour of a unit: teal for heat pumps, earth colours for fuels, yellow for electricity.
pub(crate) fn unit(inputs: &Inputs<'_>, kind: UnitKind) -> String {
    const PUMPS: [&str; 4] = [ACCENT, "#4a9ca1", "#8cc4c6", "#084c51"];
    match kind {
        UnitKind::HeatPump(index) => PUMPS[index % PUMPS.len()].to_owned(),
        UnitKind::Boiler(index) => {
            let boilers = &inputs.design.boilers;
            let Some(boiler) = boilers.get(index) else {
                return LOST.to_owned();
            };
            let before = boilers[..index]
                .iter()
                .filter(|b| b.fuel == boiler.fuel)
                .count();
            let base = match boiler.fuel {
                Fuel::Gas => [0.78, 0.70, 0.60],
                Fuel::Oil => [0.27, 0.27, 0.29],
                Fuel::WoodChip => [0.60, 0.44, 0.22],
                Fuel::Peat => [0.40, 0.29, 0.20],
                Fuel::Electricity => [0.89, 0.70, 0.24],
            };
            let lighter = 0.16 * (before % 4) as f64;
            hex(base.map(|c| c + (1.0 - c) * lighter))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scales_darken_all_the_way() {
        for scale in [SUPPLY_SCALE, RETURN_SCALE] {
            let lightness: Vec<f64> = scale
                .steps(33)
                .iter()
                .map(|colour| {
                    let channel = |i: usize| {
                        f64::from(u8::from_str_radix(&colour[i..i + 2], 16).unwrap()) / 255.0
                    };
                    to_oklab([channel(1), channel(3), channel(5)])[0]
                })
                .collect();
            assert!(lightness.windows(2).all(|pair| pair[1] < pair[0]));
        }
    }
}
