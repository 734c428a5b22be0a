//! The document's blocks, set on sheets; folded tables go to the appendix.

use super::drawing::{Drawing, ink};
use super::flow::{Flow, MARGIN, MEASURE, NOTE, TITLE};
use super::font::Face;
use super::sheet::{BLACK, GREY, Look, Picture, Type};
use super::table::table;
use crate::document::{Block, Rows, Section};
use crate::figure::{Figure, Key, Table};
use crate::sections::carpet::Raster;
use crate::sections::place::MapSheet;
use crate::sections::year::{CarpetSheet, WeekSheet};
use crate::texts::{fill, say};

const KEY: Type = Type::new(Face::Regular, 7.6, BLACK);
const APPENDIX: &str = "paper.appendix";
/// Tallest drawing.
const TALLEST: f32 = 560.0;

/// Every section, then the appendix.
pub(super) fn body(flow: &mut Flow<'_>, sections: &[Section]) {
    let mut folded: Vec<(usize, &Table)> = Vec::new();
    for section in sections {
        flow.section(&section.number.to_string(), section.title);
        for block in &section.blocks {
            put(flow, block, section.number, &mut folded);
        }
    }
    folded.retain(|(_, table)| !table.rows.is_empty());
    if folded.is_empty() {
        return;
    }
    flow.section("", say(APPENDIX));
    flow.paragraph(say("paper.the-tables-behind-the-figures"));
    let mut last = 0;
    for (number, one) in folded {
        if number != last {
            let title = sections.iter().find(|s| s.number == number);
            let title = title.map_or("", |s| s.title);
            flow.heading(4, &fill("paper.to-section", &[&number, &title]));
            last = number;
        }
        table(flow, one, false);
    }
}

fn put<'d>(
    flow: &mut Flow<'_>,
    block: &'d Block,
    number: usize,
    folded: &mut Vec<(usize, &'d Table)>,
) {
    match block {
        Block::Heading { text, .. } => flow.heading(2, text),
        Block::Text { text } => flow.paragraph(text),
        Block::Note { text } => flow.note(text),
        Block::Flag { lead, text } => flow.flag(lead, text),
        Block::Steps { items } => flow.list(items, true),
        Block::List { items } => flow.list(items, false),
        Block::Pairs { rows } => {
            flow.pairs(rows, MARGIN, MEASURE, 130.0);
            flow.y += 6.0;
        }
        Block::Table { table: one, rows } => match rows {
            Rows::Shown => table(flow, one, true),
            Rows::Folded => folded.push((number, one)),
            Rows::PageOnly => {}
        },
        Block::Figure { figure, is_open } => {
            plain(flow, figure, &figure.svg);
            if *is_open {
                table(flow, &figure.table, true);
            } else {
                folded.push((number, &figure.table));
            }
        }
        Block::Map(map) => {
            self::map(flow, map);
            folded.push((number, &map.figure.table));
        }
        Block::Carpet(carpet) => {
            self::carpet(flow, carpet);
            folded.push((number, &carpet.figure.table));
        }
        Block::Week(week) => {
            self::week(flow, week);
            folded.push((number, &week.figure.table));
        }
        Block::Copy { .. } => {}
    }
}

/// Title, key, drawing and remark, kept together.
fn plain(flow: &mut Flow<'_>, figure: &Figure, svg: &str) {
    let Some(drawing) = Drawing::read(svg) else {
        return;
    };
    let width = drawing.fitting(MEASURE, TALLEST);
    let height = drawing.height(width)
        + flow.tall(MEASURE, TITLE, &figure.title)
        + flow.tall(MEASURE, NOTE, &figure.note)
        + keys(flow, &figure.keys, false)
        + 12.0;
    flow.space(9.0);
    flow.need(height);
    flow.mark(3, "", &figure.title);
    flow.column(MARGIN, MEASURE, TITLE, &figure.title);
    flow.y += 2.0;
    keys(flow, &figure.keys, true);
    let (at, fonts) = ((MARGIN, flow.y), flow.fonts);
    drawing.draw(flow.sheet(), fonts, at, width);
    flow.y += drawing.height(width) + 2.0;
    flow.note(&figure.note);
    flow.y += 8.0;
}

/// Swatches and their names in lines; gives the height they take.
fn keys(flow: &mut Flow<'_>, keys: &[Key], is_drawn: bool) -> f32 {
    if keys.is_empty() {
        return 0.0;
    }
    let fonts = flow.fonts;
    let (mut x, mut y) = (MARGIN, flow.y + 8.5);
    for key in keys {
        let width = 11.0 + fonts.width(KEY.face, KEY.size, &key.label);
        if x > MARGIN && x + width > MARGIN + MEASURE {
            x = MARGIN;
            y += 11.0;
        }
        if is_drawn {
            let look = Look {
                fill: ink(&key.colour),
                stroke: Some(GREY),
                width: 0.3,
                ..Look::default()
            };
            flow.sheet().rect((x, y - 6.3), (7.5, 7.5), &look);
            flow.sheet().text(fonts, (x + 11.0, y), KEY, &key.label);
        }
        x += width + 16.0;
    }
    let height = y - flow.y + 6.0;
    if is_drawn {
        flow.y += height;
    }
    height
}

/// The network, its key, and what the colours mean.
fn map(flow: &mut Flow<'_>, map: &MapSheet) {
    let Some(drawing) = Drawing::read(&map.figure.svg) else {
        return;
    };
    let width = drawing.fitting(MEASURE, TALLEST);
    let height = drawing.height(width);
    flow.space(9.0);
    flow.need(height + 70.0);
    flow.mark(3, "", &map.figure.title);
    flow.column(MARGIN, MEASURE, TITLE, &map.figure.title);
    flow.y += 4.0;
    let (at, fonts) = ((MARGIN, flow.y), flow.fonts);
    drawing.draw(flow.sheet(), fonts, at, width);
    let frame = Look::line([0xc0, 0xc6, 0xcc], 0.5);
    if map.has_map {
        flow.sheet().rect(at, (width, height), &frame);
    }
    flow.y += height + 4.0;
    if map.has_map {
        map_key(flow, map);
    }
    flow.note(&attribution(&map.attributions));
    flow.y += 6.0;
}

/// Owners of the data of a map in one line.
pub(super) fn attribution(all: &[String]) -> String {
    let mut line = all.join(". ");
    if !line.is_empty() {
        line.push('.');
    }
    line
}

fn map_key(flow: &mut Flow<'_>, map: &MapSheet) {
    let fonts = flow.fonts;
    let pixel = MEASURE / 920.0;
    let y = flow.y + 8.0;
    let mut x = MARGIN;
    for pipe in &map.pipes {
        let width = pipe.width.parse().unwrap_or(1.0_f32) * pixel;
        let look = Look::line([0x7d, 0x24, 0x40], width.max(0.25));
        let name = fill("paper.dn", &[&pipe.dn]);
        flow.sheet().line((x, y - 2.5), (x + 18.0, y - 2.5), &look);
        flow.sheet().text(fonts, (x + 22.0, y), KEY, &name);
        x += 36.0 + fonts.width(KEY.face, KEY.size, &name);
    }
    let boxes = [
        (Look::filled([0xc3, 0xca, 0xd1]), say("paper.connected")),
        (
            Look {
                dash: vec![1.2, 0.9],
                ..Look::line([0x8b, 0x94, 0x9c], 0.6)
            },
            say("paper.left-out"),
        ),
        (Look::filled([0xee, 0xf0, 0xf2]), say("paper.no-heat-asked")),
    ];
    for (look, name) in boxes {
        flow.sheet().rect((x, y - 6.3), (7.5, 7.5), &look);
        flow.sheet().text(fonts, (x + 11.0, y), KEY, name);
        x += 25.0 + fonts.width(KEY.face, KEY.size, name);
    }
    flow.y += 13.0;
    let Some(range) = &map.shown else {
        return;
    };
    let y = flow.y + 8.0;
    let (low, high) = (
        format!("{:.0} °C", range.min),
        format!("{:.0} °C", range.max),
    );
    flow.sheet().text(fonts, (MARGIN, y), KEY, &low);
    let left = MARGIN + fonts.width(KEY.face, KEY.size, &low) + 5.0;
    let colours: Vec<[u8; 3]> = range.colours.iter().filter_map(|c| ink(c)).collect();
    ramp(flow, (left, y - 6.5), &colours);
    let right = left + RAMP + 5.0;
    flow.sheet().text(fonts, (right, y), KEY, &high);
    let hour = map
        .snapshots
        .get(map.first)
        .map_or("", |name| name.as_str());
    let text = fill("paper.supply-water-service-pipes-are", &[&hour]);
    let at = right + fonts.width(KEY.face, KEY.size, &high) + 12.0;
    flow.sheet().text(fonts, (at, y), KEY, &text);
    flow.y += 14.0;
}

const RAMP: f32 = 90.0;

/// A colour scale as a bar.
fn ramp(flow: &mut Flow<'_>, at: (f32, f32), colours: &[[u8; 3]]) {
    let picture = Picture {
        width: colours.len(),
        height: 1,
        cells: colours.concat(),
    };
    if picture.width > 0 {
        flow.sheet().picture(at, (RAMP, 7.0), picture);
        let frame = Look::line(GREY, 0.4);
        flow.sheet().rect(at, (RAMP, 7.0), &frame);
    }
}

/// All hours, one picture per quantity.
fn carpet(flow: &mut Flow<'_>, carpet: &CarpetSheet) {
    const TALL: f32 = 84.0;
    let fonts = flow.fonts;
    flow.space(9.0);
    flow.need(2.0 * (TALL + 36.0) + 16.0);
    flow.mark(3, "", &carpet.figure.title);
    flow.column(MARGIN, MEASURE, TITLE, &carpet.figure.title);
    flow.y += 2.0;
    for raster in &carpet.rasters {
        flow.need(TALL + 36.0);
        let y = flow.y + 9.0;
        flow.sheet().text(fonts, (MARGIN, y), KEY, &raster.title);
        let high = fonts.width(KEY.face, KEY.size, &raster.high);
        let right = MARGIN + MEASURE - high;
        flow.sheet().text(fonts, (right, y), KEY, &raster.high);
        ramp(flow, (right - RAMP - 5.0, y - 6.5), &raster.scale);
        let end = (right - RAMP - 10.0, y);
        flow.sheet().text_left(fonts, end, KEY, &raster.low);
        flow.y += 14.0;
        hours(flow, raster, TALL);
        flow.y += TALL + 17.0;
    }
    flow.note(&carpet.paper_note);
    flow.y += 6.0;
}

/// One picture with its hours and months.
fn hours(flow: &mut Flow<'_>, raster: &Raster, tall: f32) {
    let fonts = flow.fonts;
    let tick = Type::new(Face::Regular, 6.8, GREY);
    let (left, width) = (MARGIN + 26.0, MEASURE - 26.0);
    let top = flow.y;
    let picture = Picture {
        width: raster.days,
        height: 24,
        cells: raster.cells.clone(),
    };
    flow.sheet().picture((left, top), (width, tall), picture);
    let frame = Look::line(GREY, 0.5);
    flow.sheet().rect((left, top), (width, tall), &frame);
    for hour in [0_u8, 6, 12, 18, 24] {
        let y = top + tall * f32::from(hour) / 24.0 + 2.3;
        let text = format!("{hour:02}:00");
        flow.sheet().text_left(fonts, (left - 4.0, y), tick, &text);
    }
    let x = |day: usize| left + width * day as f32 / raster.days.max(1) as f32;
    for (i, (day, name)) in raster.months.iter().enumerate() {
        let next = raster.months.get(i + 1).map_or(raster.days, |m| m.0);
        let middle =
            f32::midpoint(x(*day), x(next)) - fonts.width(tick.face, tick.size, name) / 2.0;
        flow.sheet()
            .text(fonts, (middle, top + tall + 9.5), tick, name);
        let from = (x(*day), top + tall);
        flow.sheet().line(from, (from.0, from.1 + 3.0), &frame);
    }
}

/// Telling weeks, hour by hour.
fn week(flow: &mut Flow<'_>, week: &WeekSheet) {
    for (title, svg) in &week.drawings {
        let figure = Figure {
            title: title.clone(),
            ..week.figure.clone()
        };
        plain(flow, &figure, svg);
    }
}
