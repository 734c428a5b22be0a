//! What one more megawatt-hour of heat is worth, hour by hour.

use crate::charts::{Line, lines};
use crate::colour;
use crate::figure::{Figure, Table};
use crate::inputs::Inputs;
use crate::number::whole;
use crate::series::{converted, middle, months};
use crate::svg::{Axis, Frame};
use crate::texts::{fill, say};
use hukka_units::{EnergyPrice, grouped};

/// Points drawn of a duration curve.
const POINTS: usize = 240;

/// The marginal heat price of all hours, falling, beside the electricity price.
pub(crate) fn duration(inputs: &Inputs<'_>) -> Option<Figure> {
    let heat = falling(&inputs.plan.heat_price);
    let electricity = falling(&inputs.study.prices.electricity);
    let (highest, lowest) = (*heat.first()?, *heat.last()?);
    let hours = heat.len() as f64;
    let dear = at_share(&heat, 0.01).max(at_share(&electricity, 0.01));
    let cheap = lowest.min(*electricity.last()?).min(0.0);
    let line = |name: &str, colour: &str, dash: &'static str, values: &[f64]| Line {
        name: name.to_owned(),
        colour: colour.to_owned(),
        dash,
        points: thin(values).map(|(h, v)| (h, v.min(dear))).collect(),
        band: None,
    };
    let frame = Frame {
        right: 186.0,
        ..Frame::default()
    };
    let plot = lines(
        frame,
        Axis::exact(say("price.hours-of-the-year-by"), 0.0, hours, 9),
        Axis::round("€/MWh", cheap, dear, 5),
        &[
            line(say("price.one-more-mwh-of-heat"), colour::ACCENT, "", &heat),
            line(
                say("price.electricity-day-ahead"),
                colour::GREY,
                "6 4",
                &electricity,
            ),
        ],
    );
    let title = say("price.marginal-heat-price-what-one");
    Some(Figure {
        id: "heat-price".to_owned(),
        title: title.to_owned(),
        note: fill(
            "price.the-dual-of-the-heat",
            &[&whole(dear), &whole(highest)],
        ),
        keys: vec![],
        svg: plot.canvas.finish(title, ""),
        table: by_month(inputs),
    })
}

fn falling(prices: &[EnergyPrice]) -> Vec<f64> {
    let mut values = converted(prices, EnergyPrice::eur_mwh);
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

fn at_share(falling: &[f64], share: f64) -> f64 {
    let index = (share * falling.len() as f64) as usize;
    falling
        .get(index.min(falling.len().saturating_sub(1)))
        .copied()
        .unwrap_or(0.0)
}

fn thin(values: &[f64]) -> impl Iterator<Item = (f64, f64)> + '_ {
    let last = values.len().saturating_sub(1);
    (0..=POINTS).filter_map(move |i| {
        let index = (i as f64 / POINTS as f64 * last as f64).round() as usize;
        values.get(index).map(|value| (index as f64, *value))
    })
}

fn by_month(inputs: &Inputs<'_>) -> Table {
    let heat = converted(&inputs.plan.heat_price, EnergyPrice::eur_mwh);
    let electricity = converted(&inputs.study.prices.electricity, EnergyPrice::eur_mwh);
    let mut table = Table::new(say("price.mean-prices-by-month"))
        .text(say("price.month"))
        .number(say("price.one-more-mwh-of-heat"), "€/MWh")
        .number(say("price.electricity-day-ahead"), "€/MWh");
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    for range in months(&inputs.study.axis) {
        let month = middle(&inputs.study.axis, &range).month;
        table.push([
            crate::label::month(month).to_owned(),
            grouped(mean(&heat[range.clone()]), 1),
            grouped(mean(&electricity[range]), 1),
        ]);
    }
    table
}
