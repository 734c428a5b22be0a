//! Section 5: the machine.

use crate::charts::{Line, days, lines};
use crate::colour;
use crate::document::Block;
use crate::figure::{Figure, Table};
use crate::inputs::Inputs;
use crate::label;
use crate::number::{percent, short, whole};
use crate::sections::{source, supply};
use crate::series::{annual_mwh, converted, mean, megawatts, middle, months};
use crate::stack::store_sum;
use crate::svg::{Axis, Frame};
use crate::texts::{fill, say};
use hukka_model::{UnitKind, UnitPlan};
use hukka_units::{HeatEnergy, HeatPower, Ratio, Temperature, grouped};

/// Share of the size above which a unit counts as running.
const RUNNING: f64 = 1e-4;
const PUMP_DASHES: [&str; 4] = ["", "6 3", "2 3", "8 3 2 3"];

/// Section 5.
pub(crate) fn blocks(inputs: &Inputs<'_>) -> Vec<Block> {
    let mut blocks = vec![
        Block::table(source::capture(inputs)),
        Block::table(units(inputs)),
    ];
    blocks.extend(supply::choice(inputs).map(Block::table));
    let figures = [
        cop(inputs),
        source::cop_duration(inputs),
        Some(temperatures(inputs)),
        Some(load(inputs)),
        store(inputs),
    ];
    blocks.extend(figures.into_iter().flatten().map(Block::figure));
    blocks
}

/// Size of a unit as designed, MW.
fn size(inputs: &Inputs<'_>, unit: &UnitPlan) -> Option<f64> {
    let capacity = match unit.kind {
        UnitKind::HeatPump(i) => inputs.design.heat_pumps.get(i)?.heat_capacity,
        UnitKind::Boiler(i) => inputs.design.boilers.get(i)?.heat_capacity,
    };
    capacity.map(HeatPower::mw)
}

fn units(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new(say("machine.every-unit-through-the-year"))
        .text(say("machine.unit"))
        .number(say("machine.size"), "MW")
        .number(say("machine.heat"), "MWh")
        .number(say("machine.electricity"), "MWh")
        .number(say("machine.fuel"), "MWh")
        .number(say("machine.running"), "h")
        .number(say("machine.starts"), "")
        .number(say("machine.full-load-hours"), "h");
    for unit in &inputs.plan.units {
        let heat = megawatts(&unit.heat);
        let size = size(inputs, unit);
        let limit = RUNNING * size.unwrap_or(1.0);
        let running: Vec<bool> = heat.iter().map(|mw| *mw > limit).collect();
        let starts = running
            .windows(2)
            .filter(|pair| !pair[0] && pair[1])
            .count();
        let energy = annual_mwh(&unit.heat);
        let full = size
            .filter(|mw| *mw > 0.0)
            .map_or("–".to_owned(), |mw| whole(energy / mw));
        table.push([
            label::unit(inputs, unit.kind, &unit.id),
            size.map_or("–".to_owned(), short),
            whole(energy),
            whole(annual_mwh(&unit.electricity)),
            whole(annual_mwh(&unit.fuel)),
            whole(running.iter().filter(|on| **on).count() as f64),
            whole(starts as f64),
            full,
        ]);
    }
    for (store, plan) in inputs.design.stores.iter().zip(&inputs.plan.stores) {
        let content = store.capacity.map_or("–".to_owned(), |c| short(c.mwh()));
        let charged = annual_mwh(&plan.charge);
        let turns = store
            .capacity
            .filter(|c| c.mwh() > 0.0)
            .map_or("–".to_owned(), |c| whole(charged / c.mwh()));
        let used = if charged < 0.5 {
            fill("machine.store-mwh-of-heat-not", &[&store.id, &content])
        } else {
            fill(
                "machine.store-mwh-of-heat-mwh",
                &[
                    &store.id,
                    &content,
                    &whole(charged),
                    &turns,
                    &whole(annual_mwh(&plan.loss)),
                ],
            )
        };
        table.note = Some(match table.note.take() {
            Some(before) => format!("{before} {used}"),
            None => used,
        });
    }
    table
}

/// Mean of a series by month, for the tables behind the daily lines.
fn monthly_means(inputs: &Inputs<'_>, caption: &str, all: &[(String, &str, Vec<f64>)]) -> Table {
    let mut table = Table::new(caption).text(say("machine.month"));
    for (name, unit, _) in all {
        table = table.number(name.clone(), unit);
    }
    for range in months(&inputs.study.axis) {
        let month = middle(&inputs.study.axis, &range).month;
        let mut row = vec![label::month(month).to_owned()];
        row.extend(
            all.iter()
                .map(|(_, _, values)| grouped(mean(&values[range.clone()]), 2)),
        );
        table.rows.push(row);
    }
    table
}

fn frame(height: f64) -> Frame {
    Frame {
        height,
        right: 180.0,
        bottom: 28.0,
        ..Frame::default()
    }
}

fn range_of<'a>(all: impl Iterator<Item = &'a f64>) -> (f64, f64) {
    all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(*value), high.max(*value))
    })
}

fn cop(inputs: &Inputs<'_>) -> Option<Figure> {
    let axis = &inputs.study.axis;
    let pumps: Vec<&UnitPlan> = inputs
        .plan
        .units
        .iter()
        .filter(|unit| matches!(unit.kind, UnitKind::HeatPump(_)))
        .collect();
    let series: Vec<(String, &str, Vec<f64>)> = pumps
        .iter()
        .map(|unit| {
            let name = label::unit(inputs, unit.kind, &unit.id);
            (name, "", converted(&unit.cop, Ratio::fraction))
        })
        .collect();
    if series.is_empty() {
        return None;
    }
    let drawn: Vec<Line> = series
        .iter()
        .zip(&pumps)
        .enumerate()
        .map(|(i, ((name, _, values), unit))| {
            let binned = days(axis, values);
            Line {
                name: name.clone(),
                colour: colour::unit(inputs, unit.kind),
                dash: PUMP_DASHES[i % PUMP_DASHES.len()],
                points: binned.points(),
                band: Some((binned.low, binned.high)),
            }
        })
        .collect();
    let (low, high) = range_of(series.iter().flat_map(|s| &s.2));
    let y = Axis::round(
        say("machine.cop-heat-out-per-electricity"),
        (low - 0.5).max(0.0),
        high,
        4,
    );
    let plot = lines(frame(210.0), Axis::days(axis), y, &drawn);
    let title = say("machine.cop-possible-at-the-hour");
    Some(Figure {
        id: "cop".to_owned(),
        title: title.to_owned(),
        note: say("machine.warm-source-and-cool-network").to_owned(),
        keys: vec![],
        svg: plot.canvas.finish(title, ""),
        table: monthly_means(inputs, say("machine.cop-mean-of-the-hours"), &series),
    })
}

fn temperatures(inputs: &Inputs<'_>) -> Figure {
    let axis = &inputs.study.axis;
    let hourly = &inputs.network.hourly;
    let celsius = |series: &[Temperature]| converted(series, Temperature::c);
    let mut series = vec![
        (
            say("machine.supply-plant").to_owned(),
            colour::SUPPLY,
            "",
            celsius(&hourly.supply_temperature),
        ),
        (
            say("machine.supply-coldest-home").to_owned(),
            colour::SUPPLY,
            "5 3",
            celsius(&hourly.coldest_supply_temperature),
        ),
        (
            say("machine.return-plant").to_owned(),
            colour::RETURN,
            "",
            celsius(&hourly.return_temperature),
        ),
    ];
    for (i, source) in inputs.sources.iter().enumerate() {
        let name = if inputs.sources.len() == 1 {
            say("machine.waste-heat-2").to_owned()
        } else {
            fill("machine.waste-heat", &[&source.id])
        };
        let dash = ["2 3", "1 4", "8 3 2 3"][i % 3];
        series.push((
            name,
            colour::ACCENT,
            dash,
            celsius(&source.source_temperature),
        ));
    }
    series.push((
        say("machine.outdoor-air").to_owned(),
        colour::GREY,
        "1 2",
        celsius(&inputs.study.weather.outdoor_temperature),
    ));
    let drawn: Vec<Line> = series
        .iter()
        .map(|(name, colour, dash, values)| Line {
            name: name.clone(),
            colour: (*colour).to_owned(),
            dash,
            points: days(axis, values).points(),
            band: None,
        })
        .collect();
    let (low, high) = range_of(
        drawn
            .iter()
            .flat_map(|line| line.points.iter().map(|p| &p.1)),
    );
    let y = Axis::round(say("machine.temperature-c"), low, high, 6);
    let plot = lines(frame(300.0), Axis::days(axis), y, &drawn);
    let title = say("machine.temperatures-the-heat-is-lifted");
    let table: Vec<(String, &str, Vec<f64>)> = series
        .into_iter()
        .map(|(name, _, _, values)| (name, "°C", values))
        .collect();
    Figure {
        id: "temperatures".to_owned(),
        title: title.to_owned(),
        note: say("machine.the-heat-pump-works-between").to_owned(),
        keys: vec![],
        svg: plot.canvas.finish(title, ""),
        table: monthly_means(
            inputs,
            say("machine.temperatures-mean-of-the-hours"),
            &table,
        ),
    }
}

/// Part load: hours by falling load, share of the unit's size.
fn load(inputs: &Inputs<'_>) -> Figure {
    let mut drawn = Vec::new();
    let mut table = Table::new(say("machine.hours-at-or-above-a")).text(say("machine.unit"));
    let marks = [1.0, 0.9, 0.75, 0.5, 0.25, 0.1];
    for mark in marks {
        table = table.number(
            fill("machine.of-size", &[&(crate::number::percent_prose(mark))]),
            "h",
        );
    }
    for (i, unit) in inputs.plan.units.iter().enumerate() {
        let Some(size) = size(inputs, unit).filter(|mw| *mw > 0.0) else {
            continue;
        };
        let mut load: Vec<f64> = unit.heat.iter().map(|power| power.mw() / size).collect();
        load.sort_by(|a, b| b.total_cmp(a));
        let name = label::unit(inputs, unit.kind, &unit.id);
        let mut row = vec![name.clone()];
        for mark in marks {
            row.push(whole(
                load.iter().filter(|share| **share >= mark - 1e-9).count() as f64,
            ));
        }
        table.rows.push(row);
        drawn.push(Line {
            name,
            colour: colour::unit(inputs, unit.kind),
            dash: PUMP_DASHES[i % PUMP_DASHES.len()],
            points: load
                .iter()
                .enumerate()
                .filter(|(rank, _)| rank % 24 == 0)
                .map(|(rank, share)| (rank as f64, 100.0 * share))
                .collect(),
            band: None,
        });
    }
    let high = drawn
        .iter()
        .flat_map(|line| &line.points)
        .map(|p| p.1)
        .fold(100.0, f64::max);
    let hours = inputs.study.axis.len().max(1) as f64;
    let plot = lines(
        Frame {
            bottom: 40.0,
            ..frame(230.0)
        },
        Axis::exact(say("machine.hours-of-the-year-each"), 0.0, hours, 9),
        Axis::round(say("machine.load-of-size"), 0.0, high, 5),
        &drawn,
    );
    let title = say("machine.part-load-how-hard-each");
    Figure {
        id: "load".to_owned(),
        title: title.to_owned(),
        note: String::new(),
        keys: vec![],
        svg: plot.canvas.finish(title, ""),
        table,
    }
}

fn store(inputs: &Inputs<'_>) -> Option<Figure> {
    if inputs.plan.stores.is_empty() {
        return None;
    }
    let axis = &inputs.study.axis;
    let level = store_sum(inputs, |store| converted(&store.level, HeatEnergy::mwh));
    let binned = days(axis, &level);
    let (_, high) = range_of(level.iter());
    let line = Line {
        name: say("machine.content").to_owned(),
        colour: colour::RETURN.to_owned(),
        dash: "",
        points: binned.points(),
        band: Some((binned.low, binned.high)),
    };
    let y = Axis::round(say("machine.heat-in-the-store-mwh"), 0.0, high, 4);
    let plot = lines(frame(190.0), Axis::days(axis), y, &[line]);
    let title = say("machine.store-content-daily-mean-and");
    let capacity: f64 = inputs
        .design
        .stores
        .iter()
        .filter_map(|s| s.capacity)
        .map(HeatEnergy::mwh)
        .sum();
    let note = if capacity > 0.0 {
        fill(
            "machine.it-holds-mwh-when-full",
            &[&short(capacity), &percent(mean(&level) / capacity)],
        )
    } else {
        String::new()
    };
    Some(Figure {
        id: "store".to_owned(),
        title: title.to_owned(),
        note,
        keys: vec![],
        svg: plot.canvas.finish(title, ""),
        table: monthly_means(
            inputs,
            say("machine.store-content-mean-of-the"),
            &[(say("machine.content").to_owned(), "MWh", level)],
        ),
    })
}
