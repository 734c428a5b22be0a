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
    let mut table = Table::new("Every unit through the year")
        .text("Unit")
        .number("Size", "MW")
        .number("Heat", "MWh")
        .number("Electricity", "MWh")
        .number("Fuel", "MWh")
        .number("Running", "h")
        .number("Starts", "")
        .number("Full-load hours", "h");
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
            format!("Store {}: {content} MWh of heat, not used.", store.id)
        } else {
            format!(
                "Store {}: {content} MWh of heat, {} MWh put in a year ({turns} times its content), {} MWh lost.",
                store.id,
                whole(charged),
                whole(annual_mwh(&plan.loss))
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
    let mut table = Table::new(caption).text("Month");
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
        "COP, heat out per electricity in",
        (low - 0.5).max(0.0),
        high,
        4,
    );
    let plot = lines(frame(210.0), Axis::days(axis), y, &drawn);
    let title = "COP possible at the hour's temperatures: daily mean, and the day's range";
    Some(Figure {
        id: "cop".to_owned(),
        title: title.to_owned(),
        note: "Warm source and cool network make the heat pump's work light; a cold day asks for hotter water.".to_owned(),
        keys: vec![],
        svg: plot.canvas.finish(title, ""),
        table: monthly_means(inputs, "COP, mean of the hours in each month", &series),
    })
}

fn temperatures(inputs: &Inputs<'_>) -> Figure {
    let axis = &inputs.study.axis;
    let hourly = &inputs.network.hourly;
    let celsius = |series: &[Temperature]| converted(series, Temperature::c);
    let mut series = vec![
        (
            "Supply, plant".to_owned(),
            colour::SUPPLY,
            "",
            celsius(&hourly.supply_temperature),
        ),
        (
            "Supply, coldest home".to_owned(),
            colour::SUPPLY,
            "5 3",
            celsius(&hourly.coldest_supply_temperature),
        ),
        (
            "Return, plant".to_owned(),
            colour::RETURN,
            "",
            celsius(&hourly.return_temperature),
        ),
    ];
    for (i, source) in inputs.sources.iter().enumerate() {
        let name = if inputs.sources.len() == 1 {
            "Waste heat".to_owned()
        } else {
            format!("Waste heat {}", source.id)
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
        "Outdoor air".to_owned(),
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
    let y = Axis::round("temperature, °C", low, high, 6);
    let plot = lines(frame(300.0), Axis::days(axis), y, &drawn);
    let title = "Temperatures the heat is lifted between: daily means";
    let table: Vec<(String, &str, Vec<f64>)> = series
        .into_iter()
        .map(|(name, _, _, values)| (name, "°C", values))
        .collect();
    Figure {
        id: "temperatures".to_owned(),
        title: title.to_owned(),
        note: "The heat pump works between the waste heat (dotted) and the supply (solid, red)."
            .to_owned(),
        keys: vec![],
        svg: plot.canvas.finish(title, ""),
        table: monthly_means(
            inputs,
            "Temperatures, mean of the hours in each month",
            &table,
        ),
    }
}

/// Part load: hours by falling load, share of the unit's size.
fn load(inputs: &Inputs<'_>) -> Figure {
    let mut drawn = Vec::new();
    let mut table = Table::new("Hours at or above a load").text("Unit");
    let marks = [1.0, 0.9, 0.75, 0.5, 0.25, 0.1];
    for mark in marks {
        table = table.number(
            format!("≥ {} of size", crate::number::percent_prose(mark)),
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
        Axis::exact(
            "hours of the year, each unit by its own falling load",
            0.0,
            hours,
            9,
        ),
        Axis::round("load, % of size", 0.0, high, 5),
        &drawn,
    );
    let title = "Part load: how hard each unit works, and for how long";
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
        name: "Content".to_owned(),
        colour: colour::RETURN.to_owned(),
        dash: "",
        points: binned.points(),
        band: Some((binned.low, binned.high)),
    };
    let y = Axis::round("heat in the store, MWh", 0.0, high, 4);
    let plot = lines(frame(190.0), Axis::days(axis), y, &[line]);
    let title = "Store content: daily mean, and the day's range";
    let capacity: f64 = inputs
        .design
        .stores
        .iter()
        .filter_map(|s| s.capacity)
        .map(HeatEnergy::mwh)
        .sum();
    let note = if capacity > 0.0 {
        format!(
            "It holds {} MWh when full; on average it is {} % full.",
            short(capacity),
            percent(mean(&level) / capacity)
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
            "Store content, mean of the hours in each month",
            &[("Content".to_owned(), "MWh", level)],
        ),
    })
}
