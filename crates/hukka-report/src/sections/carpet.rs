//! All hours of the year as pictures: days across, hours down. The page draws them by script from
//! the same series and the same colours.

use crate::inputs::Inputs;
use crate::series::{converted, days, megawatts};
use crate::stack::Layer;
use crate::texts::say;
use hukka_units::{EnergyPrice, grouped};

/// Colours of a share of heat from the data centre.
pub(crate) const TEAL: [&str; 6] = [
    "#f7f1e8", "#e3e9e4", "#b5d6d6", "#6fb2b6", "#31898f", "#0b6e75",
];
/// Colours of heat.
pub(crate) const HEAT: [&str; 5] = ["#fbf3ec", "#f2c9a8", "#d9825f", "#b3263a", "#5c0a20"];
/// Colours of prices.
pub(crate) const GOLD: [&str; 5] = ["#f7f4ea", "#ecd48a", "#c79a35", "#85601c", "#3f2c0c"];

/// Steps of a colour bar.
const STEPS: usize = 64;
const WHITE: [u8; 3] = [255; 3];

/// One picture.
#[derive(Debug, Clone)]
pub(crate) struct Raster {
    /// What it shows.
    pub(crate) title: String,
    /// Text at the pale end of the scale.
    pub(crate) low: String,
    /// Text at the dark end.
    pub(crate) high: String,
    /// Colours of the scale, pale to dark.
    pub(crate) scale: Vec<[u8; 3]>,
    /// Days across.
    pub(crate) days: usize,
    /// First day and name of every month.
    pub(crate) months: Vec<(usize, String)>,
    /// Red, green and blue of every hour, 24 rows.
    pub(crate) cells: Vec<u8>,
}

/// A scale between colours; every channel in a straight line, as the page's script does.
fn ramp(colours: &[&str], share: f64) -> [u8; 3] {
    let last = colours.len().saturating_sub(1);
    let x = share.clamp(0.0, 1.0) * last as f64;
    let i = (x.floor() as usize).min(last.saturating_sub(1));
    let t = x - i as f64;
    let channel = |colour: &str, c: usize| {
        f64::from(
            colour
                .get(1 + 2 * c..3 + 2 * c)
                .and_then(|hex| u8::from_str_radix(hex, 16).ok())
                .unwrap_or(0),
        )
    };
    let next = colours.get(i + 1).unwrap_or(&colours[i]);
    [0, 1, 2].map(|c| {
        let (a, b) = (channel(colours[i], c), channel(next, c));
        (a + (b - a) * t).round() as u8
    })
}

/// The pictures of the paper: share of the data centre, heat fed, heat rejected, price.
pub(crate) fn rasters(inputs: &Inputs<'_>, layers: &[Layer]) -> Vec<Raster> {
    let units = &layers[..inputs.plan.units.len().min(layers.len())];
    let made = |step: usize, pumps_only: bool| -> f64 {
        units
            .iter()
            .filter(|layer| layer.is_heat_pump || !pumps_only)
            .map(|layer| layer.values[step])
            .sum()
    };
    let share = |step: usize| {
        let all = made(step, false);
        (all > 1e-9).then(|| made(step, true) / all)
    };
    let mut out = vec![raster(
        inputs,
        say("carpet.share-of-heat-from-the"),
        ["0 %".to_owned(), "100 %".to_owned()],
        &TEAL,
        share,
    )];
    let fed = megawatts(&inputs.plan.heat_demand);
    let rejected = crate::sections::source::rejected_hours(inputs);
    let price = converted(&inputs.study.prices.electricity, EnergyPrice::eur_mwh);
    let all = [
        (
            say("carpet.heat-fed-into-the-network"),
            fed,
            "MW",
            HEAT,
            true,
        ),
        (
            say("carpet.heat-the-data-centre-rejects"),
            rejected,
            "MW",
            HEAT,
            true,
        ),
        (
            say("carpet.electricity-price-day-ahead"),
            price,
            "€/MWh",
            GOLD,
            false,
        ),
    ];
    for (title, values, unit, colours, is_from_zero) in all {
        let reach = values
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |r, v| {
                (r.0.min(*v), r.1.max(*v))
            });
        let low = if is_from_zero { 0.0 } else { reach.0 };
        let high = if reach.1 > low { reach.1 } else { low + 1.0 };
        let decimals = usize::from(is_from_zero);
        let ends = [low, high].map(|end| format!("{} {unit}", grouped(end, decimals)));
        out.push(raster(inputs, title, ends, &colours, |step| {
            Some((values[step] - low) / (high - low))
        }));
    }
    out
}

fn raster(
    inputs: &Inputs<'_>,
    title: &str,
    [low, high]: [String; 2],
    colours: &[&str],
    share: impl Fn(usize) -> Option<f64>,
) -> Raster {
    let axis = &inputs.study.axis;
    let days = days(axis);
    let mut cells = vec![255; 3 * 24 * days.len()];
    for (day, range) in days.iter().enumerate() {
        for step in range.clone() {
            let hour = usize::from(axis.calendar[step].hour).min(23);
            let at = 3 * (hour * days.len() + day);
            let cell = share(step).map_or(WHITE, |share| ramp(colours, share));
            cells[at..at + 3].copy_from_slice(&cell);
        }
    }
    let steps = (0..STEPS).map(|i| ramp(colours, i as f64 / (STEPS - 1) as f64));
    Raster {
        title: title.to_owned(),
        low,
        high,
        scale: steps.collect(),
        days: days.len(),
        months: crate::svg::Axis::days(axis)
            .marks
            .into_iter()
            .map(|(day, name)| (day as usize, name))
            .collect(),
        cells,
    }
}

/// The scales as the page's script takes them.
pub(crate) fn scales() -> serde_json::Value {
    serde_json::json!({ "teal": TEAL, "heat": HEAT, "gold": GOLD })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_their_colours() {
        assert_eq!(ramp(&TEAL, 0.0), [0xf7, 0xf1, 0xe8]);
        assert_eq!(ramp(&TEAL, 1.0), [0x0b, 0x6e, 0x75]);
        assert_eq!(ramp(&HEAT, 2.0), [0x5c, 0x0a, 0x20]);
    }
}
