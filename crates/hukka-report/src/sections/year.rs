//! Section 3: a year of heat.

use crate::document::Block;
use crate::figure::{Figure, Table};
use crate::inputs::Inputs;
use crate::label;
use crate::number::{count, energy, percent, whole};
use crate::sections::carpet::{Raster, rasters};
use crate::sections::months::balance;
use crate::series::{annual_mwh, converted, days, largest, megawatts, middle, months, smallest};
use crate::stack::{Layer, charge, covering, keys, layers};
use crate::svg::{Anchor, Axis, Frame, Plot};
use crate::texts::{fill, say};
use core::ops::Range;
use hukka_units::{Temperature, grouped};
use serde::Serialize;

/// Pieces the duration curve is cut into.
const DURATION_BINS: usize = 240;

/// All hours of the year: drawn by a script on the page.
#[derive(Debug, Serialize)]
pub(crate) struct CarpetSheet {
    /// Title, note and table.
    pub(crate) figure: Figure,
    /// The pictures of the paper.
    #[serde(skip)]
    pub(crate) rasters: Vec<Raster>,
    /// How to read them there.
    #[serde(skip)]
    pub(crate) paper_note: String,
}

/// One week: drawn by a script on the page.
#[derive(Debug, Serialize)]
pub(crate) struct WeekSheet {
    /// Title, note, key and table.
    pub(crate) figure: Figure,
    /// How many weeks there are.
    pub(crate) weeks: usize,
    /// Title and drawing of the weeks shown on paper.
    #[serde(skip)]
    pub(crate) drawings: Vec<(String, String)>,
}

/// Section 3.
pub(crate) fn blocks(inputs: &Inputs<'_>) -> Vec<Block> {
    let layers = layers(inputs);
    let weeks = weeks(inputs);
    let mut blocks = vec![
        Block::text(status(inputs)),
        Block::Carpet(Box::new(CarpetSheet {
            figure: carpet(inputs, &layers),
            rasters: rasters(inputs, &layers),
            paper_note: say("year.a-column-is-a-day").to_owned(),
        })),
        Block::Week(Box::new(WeekSheet {
            figure: week(inputs, &layers, &weeks),
            weeks: weeks.len(),
            drawings: drawings(inputs, &layers, &weeks),
        })),
        Block::figure(duration(inputs, &covering(inputs, &layers))),
        Block::open_figure(balance(inputs, &layers)),
    ];
    blocks.extend(crate::sections::price::duration(inputs).map(Block::figure));
    blocks
}

fn status(inputs: &Inputs<'_>) -> String {
    let plan = inputs.plan;
    let hours = plan.unserved.iter().filter(|power| power.w() > 1.0).count();
    let short = if hours > 0 {
        fill(
            "year.in-could-not-be-supplied",
            &[
                &count(hours, "hour", "hours"),
                &energy(annual_mwh(&plan.unserved)),
            ],
        )
    } else {
        String::new()
    };
    let cost = plan.objective.eur();
    let proof = if cost - plan.bound.eur() < 0.5 {
        say("year.proven-to-be-the-least").to_owned()
    } else {
        fill(
            "year.no-operation-could-cost-less",
            &[&whole(plan.bound.eur())],
        )
    };
    fill(
        "year.least-cost-operation-of-every",
        &[&(label::status(plan.status)), &whole(cost), &proof, &short],
    )
}

/// Seven days each; the last one may be short.
fn weeks(inputs: &Inputs<'_>) -> Vec<Range<usize>> {
    days(&inputs.study.axis)
        .chunks(7)
        .filter_map(|week| Some(week.first()?.start..week.last()?.end))
        .collect()
}

/// Sum over a range of hours: MW to MWh.
pub(crate) fn total(values: &[f64], range: &Range<usize>) -> f64 {
    values[range.clone()].iter().sum()
}

pub(crate) fn month_name(inputs: &Inputs<'_>, range: &Range<usize>) -> String {
    label::month(middle(&inputs.study.axis, range).month).to_owned()
}

fn carpet(inputs: &Inputs<'_>, layers: &[Layer]) -> Figure {
    let fed = megawatts(&inputs.plan.heat_demand);
    let mut table = Table::new(say("year.month-by-month-heat-made"))
        .text(say("year.month"))
        .number(say("year.heat-made"), "MWh")
        .number(say("year.heat-pumps"), "MWh")
        .number(say("year.heat-pumps"), "%")
        .number(say("year.fed-into-the-network"), "MWh");
    for range in months(&inputs.study.axis) {
        let made = |pumps_only: bool| -> f64 {
            layers[..inputs.plan.units.len()]
                .iter()
                .filter(|layer| layer.is_heat_pump || !pumps_only)
                .map(|layer| total(&layer.values, &range))
                .sum()
        };
        let (all, pumps) = (made(false), made(true));
        let share = if all > 0.0 {
            percent(pumps / all)
        } else {
            "–".to_owned()
        };
        table.push([
            month_name(inputs, &range),
            whole(all),
            whole(pumps),
            share,
            whole(total(&fed, &range)),
        ]);
    }
    Figure {
        id: "carpet".to_owned(),
        title: say("year.every-hour-of-the-year").to_owned(),
        note: say("year.white-nothing-is-made-in").to_owned(),
        keys: vec![],
        svg: String::new(),
        table,
    }
}

fn week(inputs: &Inputs<'_>, layers: &[Layer], weeks: &[Range<usize>]) -> Figure {
    let fed = megawatts(&inputs.plan.heat_demand);
    let charge = charge(inputs);
    let mut table = Table::new(say("year.week-by-week-mwh")).text(say("year.week-from"));
    for layer in layers {
        table = table.number(layer.name.clone(), "MWh");
    }
    table = table
        .number(say("year.into-the-store"), "MWh")
        .number(say("year.fed"), "MWh");
    for range in weeks {
        let hour = &inputs.study.axis.calendar[range.start];
        let mut row = vec![format!("{} {}", hour.day, label::month(hour.month))];
        row.extend(
            layers
                .iter()
                .map(|layer| whole(total(&layer.values, range))),
        );
        row.push(whole(total(&charge, range)));
        row.push(whole(total(&fed, range)));
        table.rows.push(row);
    }
    Figure {
        id: "week".to_owned(),
        title: say("year.one-week-hour-by-hour").to_owned(),
        note: say("year.black-line-heat-fed-into-2").to_owned(),
        keys: keys(layers),
        svg: String::new(),
        table,
    }
}

/// The coldest week and the warmest, for the paper.
fn drawings(
    inputs: &Inputs<'_>,
    layers: &[Layer],
    weeks: &[Range<usize>],
) -> Vec<(String, String)> {
    let outdoor = converted(&inputs.study.weather.outdoor_temperature, Temperature::c);
    let whole: Vec<&Range<usize>> = weeks.iter().filter(|week| week.len() >= 120).collect();
    let means: Vec<f64> = whole
        .iter()
        .map(|week| total(&outdoor, week) / week.len() as f64)
        .collect();
    let Some((coldest, _)) = smallest(&means) else {
        return vec![];
    };
    let mut picked = vec![("coldest", coldest)];
    picked.extend(
        largest(&means)
            .filter(|(warmest, _)| *warmest != coldest)
            .map(|(warmest, _)| ("warmest", warmest)),
    );
    picked
        .into_iter()
        .map(|(word, index)| {
            let hour = &inputs.study.axis.calendar[whole[index].start];
            let title = fill(
                "year.the-week-from-hour-by",
                &[&word, &hour.day, &(label::month(hour.month))],
            );
            let svg = week_svg(inputs, layers, whole[index], &title);
            (title, svg)
        })
        .collect()
}

/// Stacked hours of a week under the heat fed.
fn week_svg(inputs: &Inputs<'_>, layers: &[Layer], week: &Range<usize>, title: &str) -> String {
    let fed = megawatts(&inputs.plan.heat_demand);
    let x: Vec<f64> = (0..week.len())
        .flat_map(|i| [i as f64, i as f64 + 1.0])
        .collect();
    let stairs = |values: &[f64]| -> Vec<f64> {
        values[week.clone()].iter().flat_map(|v| [*v, *v]).collect()
    };
    let demand = stairs(&fed);
    let stacks: Vec<Vec<f64>> = layers.iter().map(|layer| stairs(&layer.values)).collect();
    let highest = (0..x.len())
        .map(|i| stacks.iter().map(|s| s[i]).sum::<f64>().max(demand[i]))
        .fold(0.0, f64::max);
    let days = Axis {
        min: 0.0,
        max: week.len() as f64,
        label: String::new(),
        marks: days(&inputs.study.axis)
            .into_iter()
            .filter(|day| week.contains(&day.start))
            .map(|day| {
                let hour = &inputs.study.axis.calendar[day.start];
                let name = format!("{} {}", hour.day, label::month(hour.month));
                ((day.start - week.start) as f64, name)
            })
            .collect(),
    };
    let frame = Frame {
        height: 220.0,
        bottom: 28.0,
        ..Frame::default()
    };
    let mut plot = Plot::new(
        frame,
        days,
        Axis::round(say("year.heat-mw"), 0.0, highest, 5),
    );
    let mut base = vec![0.0; x.len()];
    for (layer, stack) in layers.iter().zip(&stacks) {
        let top: Vec<f64> = base.iter().zip(stack).map(|(b, s)| b + s).collect();
        plot.band(&x, &base, &top, &format!(r#"fill="{}""#, layer.colour));
        base = top;
    }
    let line: Vec<(f64, f64)> = x.iter().copied().zip(demand).collect();
    let style = format!(r#"stroke="{}" stroke-width="1.6""#, crate::colour::INK);
    plot.line(&line, &style);
    plot.canvas.finish(title, "")
}

/// Hours by falling heat fed, cut into equal pieces; every layer's mean in each piece.
fn duration(inputs: &Inputs<'_>, layers: &[Layer]) -> Figure {
    let fed = megawatts(&inputs.plan.heat_demand);
    let mut order: Vec<usize> = (0..fed.len()).collect();
    order.sort_by(|a, b| fed[*b].total_cmp(&fed[*a]).then(a.cmp(b)));
    let bins: Vec<&[usize]> = chunks(&order, DURATION_BINS);
    let mean = |values: &[f64], bin: &[usize]| {
        bin.iter().map(|step| values[*step]).sum::<f64>() / bin.len() as f64
    };
    let mut x = Vec::new();
    let mut hours = 0.0;
    for bin in &bins {
        x.extend([hours, hours + bin.len() as f64]);
        hours += bin.len() as f64;
    }
    let stacks: Vec<Vec<f64>> = layers
        .iter()
        .map(|layer| {
            bins.iter()
                .flat_map(|bin| [mean(&layer.values, bin); 2])
                .collect()
        })
        .collect();
    let demand: Vec<f64> = bins.iter().flat_map(|bin| [mean(&fed, bin); 2]).collect();
    let highest = (0..x.len())
        .map(|i| stacks.iter().map(|s| s[i]).sum::<f64>().max(demand[i]))
        .fold(0.0, f64::max);
    let mut plot = Plot::new(
        Frame {
            height: 300.0,
            ..Frame::default()
        },
        Axis::exact(say("year.hours-of-the-year-by"), 0.0, hours.max(1.0), 9),
        Axis::round(say("year.heat-mw"), 0.0, highest, 5),
    );
    let mut base = vec![0.0; x.len()];
    for (layer, stack) in layers.iter().zip(&stacks) {
        let top: Vec<f64> = base.iter().zip(stack).map(|(b, s)| b + s).collect();
        plot.band(&x, &base, &top, &format!(r#"fill="{}""#, layer.colour));
        base = top;
    }
    let line: Vec<(f64, f64)> = x.iter().copied().zip(demand.iter().copied()).collect();
    plot.line(
        &line,
        &format!(r#"stroke="{}" stroke-width="1.6""#, crate::colour::INK),
    );
    if let Some((_, peak)) = crate::series::largest(&fed) {
        let text = fill("year.peak-hour-mw", &[&grouped(peak, 1)]);
        plot.text(
            (0.0, demand.first().copied().unwrap_or(0.0)),
            (16.0, 9.0),
            Anchor::Start,
            &text,
            r#"class="tick""#,
        );
    }
    let title = say("year.load-duration-how-many-hours");
    Figure {
        id: "duration".to_owned(),
        title: title.to_owned(),
        note: fill(
            "year.black-line-heat-fed-into",
            &[&grouped(hours / bins.len().max(1) as f64, 1)],
        ),
        keys: keys(layers),
        svg: plot.canvas.finish(title, ""),
        table: duration_table(layers, &order, &fed),
    }
}

/// Cuts a slice into about so many pieces of nearly equal length.
fn chunks(order: &[usize], about: usize) -> Vec<&[usize]> {
    let cut = |i: usize| (i as f64 * order.len() as f64 / about as f64).round() as usize;
    (0..about)
        .map(|i| &order[cut(i)..cut(i + 1)])
        .filter(|piece| !piece.is_empty())
        .collect()
}

fn duration_table(layers: &[Layer], order: &[usize], fed: &[f64]) -> Table {
    let mut table = Table::new(say("year.single-hours-along-the-curve"))
        .number(say("year.hour-of-the-curve"), "h")
        .number(say("year.heat-fed"), "MW");
    for layer in layers {
        table = table.number(layer.name.clone(), "MW");
    }
    for rank in [
        1, 50, 100, 200, 500, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 8760,
    ] {
        let Some(step) = order.get(rank - 1) else {
            continue;
        };
        let mut row = vec![whole(rank as f64), grouped(fed[*step], 2)];
        row.extend(layers.iter().map(|layer| grouped(layer.values[*step], 2)));
        table.rows.push(row);
    }
    table
}
