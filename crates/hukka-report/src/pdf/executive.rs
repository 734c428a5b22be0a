//! The first sheet: the answer, four figures, why, a map, a dozen facts.

use super::body::attribution;
use super::drawing::Drawing;
use super::flow::{Flow, MARGIN, MEASURE, leading, wrap};
use super::font::Face;
use super::sheet::{ACCENT, BLACK, GREY, Look, RULE, Type, WIDTH};
use crate::document::{Block, Document};
use crate::sections::verdict::{Tile, Verdict};
use crate::texts::{fill, say};

const TITLE: Type = Type::new(Face::Bold, 20.0, BLACK);
const HEAD: Type = Type::new(Face::Bold, 7.4, GREY);
const REASON: Type = Type::new(Face::Regular, 9.2, BLACK);
/// Between the two columns.
const GUTTER: f32 = 20.0;

/// Sets the first sheet.
pub(super) fn executive(flow: &mut Flow<'_>, document: &Document) {
    flow.y = 40.0;
    brand(flow, document);
    flow.y += 16.0;
    flow.column(MARGIN, MEASURE, TITLE, &document.title);
    let subtitle = Type::new(Face::Regular, 9.0, GREY);
    flow.column(MARGIN, MEASURE, subtitle, &document.subtitle);
    flow.y += 12.0;
    flow.mark(1, "1", say("paper.verdict"));
    answer(flow, &document.verdict);
    tiles(flow, &document.verdict.tiles);
    if let Some(Block::Flag { lead, text }) = document.verdict.flag() {
        flow.flag(&lead, &text);
    }
    why_and_map(flow, document);
    facts(flow, &document.verdict.facts);
    flow.sheet().lowest = 0.0;
}

/// The sign, the name and the run.
fn brand(flow: &mut Flow<'_>, document: &Document) {
    let fonts = flow.fonts;
    let y = flow.y;
    flow.sheet()
        .rect((MARGIN, y), (14.0, 14.0), &Look::filled(ACCENT));
    for i in 0..3_u8 {
        let at = y + 3.8 + 3.2 * f32::from(i);
        let white = Look::line([255; 3], 1.3);
        flow.sheet()
            .line((MARGIN + 3.2, at), (MARGIN + 10.8, at), &white);
    }
    let kind = Type::new(Face::Bold, 11.0, BLACK);
    flow.sheet()
        .text(fonts, (MARGIN + 20.0, y + 11.0), kind, "hukka");
    let small = Type::new(Face::Regular, 8.0, GREY);
    let text = fill("paper.hukka-run", &[&document.version, &document.run_id]);
    let end = (WIDTH - MARGIN, y + 11.0);
    flow.sheet().text_left(fonts, end, small, &text);
    flow.y += 14.0;
}

fn answer(flow: &mut Flow<'_>, verdict: &Verdict) {
    let text = if verdict.says_word {
        verdict.headline.clone()
    } else {
        format!("{}: {}", verdict.word, verdict.headline)
    };
    let size = if text.chars().count() > 150 {
        11.5
    } else {
        15.0
    };
    let kind = Type::new(Face::Bold, size, BLACK);
    let height = flow.tall(MEASURE - 22.0, kind, &text) + 8.0;
    let top = flow.y;
    let (bar, ink) = if verdict.kind == "go" {
        (5.0, ACCENT)
    } else {
        (2.0, BLACK)
    };
    flow.sheet()
        .rect((MARGIN, top), (bar, height), &Look::filled(ink));
    if verdict.kind != "go" {
        // Two bars say no where colour does not print.
        let at = (MARGIN + 4.0, top);
        flow.sheet().rect(at, (bar, height), &Look::filled(ink));
    }
    flow.y += 2.0;
    flow.column(MARGIN + 16.0, MEASURE - 22.0, kind, &text);
    flow.y = top + height + 12.0;
}

fn tiles(flow: &mut Flow<'_>, tiles: &[Tile]) {
    let fonts = flow.fonts;
    let width = MEASURE / tiles.len().max(1) as f32;
    let note = Type::new(Face::Regular, 7.4, GREY);
    let top = flow.y;
    let notes: Vec<Vec<String>> = tiles
        .iter()
        .map(|tile| wrap(fonts, note.face, note.size, &tile.note, width - 14.0))
        .collect();
    let lines = notes.iter().map(Vec::len).max().unwrap_or(0);
    let height = 50.0 + leading(note.size) * lines as f32;
    let rule = Look::line(RULE, 0.7);
    for y in [top, top + height] {
        flow.sheet().line((MARGIN, y), (WIDTH - MARGIN, y), &rule);
    }
    for (i, (tile, note_lines)) in tiles.iter().zip(&notes).enumerate() {
        let inset = if i == 0 { 0.0 } else { 10.0 };
        let left = MARGIN + width * i as f32;
        if i > 0 {
            flow.sheet().line((left, top), (left, top + height), &rule);
        }
        let x = left + inset;
        let name = Type::new(Face::Regular, 8.0, GREY);
        flow.sheet().text(fonts, (x, top + 14.0), name, &tile.name);
        let mut size = 23.0;
        let room = width - 14.0 - fonts.width(Face::Regular, 9.5, &tile.unit) - 4.0;
        while size > 9.0 && fonts.width(Face::Bold, size, &tile.value) > room {
            size -= 1.0;
        }
        let value = Type::new(Face::Bold, size, BLACK);
        flow.sheet()
            .text(fonts, (x, top + 38.0), value, &tile.value);
        let after = x + fonts.width(Face::Bold, size, &tile.value) + 3.5;
        let unit = Type::new(Face::Regular, 9.5, BLACK);
        flow.sheet()
            .text(fonts, (after, top + 38.0), unit, &tile.unit);
        for (line, text) in note_lines.iter().enumerate() {
            let y = top + 52.0 + leading(note.size) * line as f32;
            flow.sheet().text(fonts, (x, y), note, text);
        }
    }
    flow.y = top + height + 12.0;
}

fn why_and_map(flow: &mut Flow<'_>, document: &Document) {
    let verdict = &document.verdict;
    let left = 0.46 * MEASURE;
    let top = flow.y;
    let page = flow.sheets.len();
    for (head, items) in [
        (say("paper.why"), &verdict.reasons),
        (say("paper.but"), &verdict.cautions),
        (say("paper.watch"), &verdict.watch),
    ] {
        if items.is_empty() {
            continue;
        }
        flow.column(MARGIN, left, HEAD, head);
        for item in items {
            flow.y += 1.5;
            flow.column(MARGIN, left, REASON, item);
        }
        flow.y += 7.0;
    }
    if flow.sheets.len() > page {
        // Very long reasons leave no place beside them.
        return;
    }
    let below = flow.y;
    let x = MARGIN + left + GUTTER;
    let room = MEASURE - left - GUTTER;
    flow.y = top;
    let svg = document.map.alone();
    if let Some(drawing) = Drawing::read(&svg) {
        let width = drawing.fitting(room, 230.0);
        let height = drawing.height(width);
        let fonts = flow.fonts;
        drawing.draw(flow.sheet(), fonts, (x, top), width);
        let frame = Look::line([0xc0, 0xc6, 0xcc], 0.5);
        flow.sheet().rect((x, top), (width, height), &frame);
        flow.y += height + 3.0;
    }
    let note = Type::new(Face::Regular, 7.0, GREY);
    let text = if document.has_map {
        say("paper.data-centre-square-energy-centre")
    } else {
        say("paper.no-map-in-this-study")
    };
    let text = format!("{text}{}", attribution(&document.attributions));
    flow.column(x, room, note, &text);
    flow.y = flow.y.max(below) + 6.0;
}

fn facts(flow: &mut Flow<'_>, facts: &[(String, String)]) {
    let width = (MEASURE - GUTTER) / 2.0;
    let half = facts.len().div_ceil(2);
    flow.need(15.0 * half as f32);
    let top = flow.y;
    flow.pairs(&facts[..half], MARGIN, width, 110.0);
    let bottom = flow.y;
    flow.y = top;
    flow.pairs(&facts[half..], MARGIN + width + GUTTER, width, 110.0);
    flow.y = flow.y.max(bottom);
}
