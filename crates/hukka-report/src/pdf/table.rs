//! Tables that run over sheets with their heads.

use super::flow::{Flow, MARGIN, MEASURE, NOTE, TITLE, TOP, leading, wrap};
use super::font::{Face, Fonts};
use super::sheet::{BLACK, GREY, Look, RULE, Type};
use crate::figure::Table;

/// Between columns.
const GAP: f32 = 9.0;
/// Above and below the lines of a row.
const PAD: f32 = 2.2;
/// Rows of a table that is not torn over two sheets, when it is not too tall.
const SHORT: usize = 16;
/// Tallest table that is not torn.
const WHOLE: f32 = 330.0;
/// Sizes tried, largest first.
const SIZES: [f32; 4] = [7.8, 7.2, 6.6, 6.0];

/// A table set in columns.
struct Set<'t> {
    table: &'t Table,
    size: f32,
    lefts: Vec<f32>,
    widths: Vec<f32>,
}

/// Least and most width a column asks for.
fn wants(fonts: &Fonts, table: &Table, column: usize, size: f32) -> (f32, f32) {
    let head = &table.columns[column];
    let words = |face, text: &str| {
        text.split(' ')
            .map(|word| fonts.width(face, size, word))
            .fold(0.0, f32::max)
    };
    let (mut least, mut most) = (
        words(Face::Bold, &head.name).max(fonts.width(Face::Regular, size, &head.unit)),
        0.0_f32,
    );
    most = most.max(least);
    let cells = table.rows.iter().chain(table.total.iter());
    for cell in cells.filter_map(|row| row.get(column)) {
        let whole = fonts.width(Face::Regular, size, cell);
        most = most.max(whole);
        let is_figure = head.is_number && whole < 90.0;
        least = least.max(if is_figure {
            whole
        } else {
            words(Face::Regular, cell).min(86.0)
        });
    }
    // A name in one line where that is cheap.
    let name = fonts.width(Face::Bold, size, &head.name);
    (least + 0.5, most.max(name.min(1.6 * least)) + 0.5)
}

impl<'t> Set<'t> {
    fn new(fonts: &Fonts, table: &'t Table) -> Self {
        let count = table.columns.len();
        let room = MEASURE - GAP * count.saturating_sub(1) as f32;
        let mut chosen = (SIZES[0], Vec::new());
        for size in SIZES {
            let wanted: Vec<(f32, f32)> = (0..count)
                .map(|column| wants(fonts, table, column, size))
                .collect();
            let least: f32 = wanted.iter().map(|w| w.0).sum();
            let is_last = size <= SIZES[SIZES.len() - 1];
            if least <= room || is_last {
                chosen = (size, share(&wanted, room, table));
                break;
            }
        }
        let (size, widths) = chosen;
        let mut x = MARGIN;
        let lefts = widths
            .iter()
            .map(|width| {
                let left = x;
                x += width + GAP;
                left
            })
            .collect();
        Self {
            table,
            size,
            lefts,
            widths,
        }
    }

    fn kind(&self, face: Face) -> Type {
        Type::new(face, self.size, BLACK)
    }

    fn step(&self) -> f32 {
        1.27 * self.size
    }

    /// Lines of every cell of a row.
    fn lines(&self, fonts: &Fonts, face: Face, row: &[String]) -> Vec<Vec<String>> {
        row.iter()
            .zip(&self.widths)
            .map(|(cell, width)| wrap(fonts, face, self.size, cell, *width))
            .collect()
    }

    fn height(&self, lines: &[Vec<String>]) -> f32 {
        let most = lines.iter().map(Vec::len).max().unwrap_or(1);
        most as f32 * self.step() + 2.0 * PAD
    }

    fn put(&self, flow: &mut Flow<'_>, top: f32, kind: Type, lines: &[Vec<String>]) {
        let fonts = flow.fonts;
        for (column, cell) in lines.iter().enumerate() {
            let (left, width) = (self.lefts[column], self.widths[column]);
            // Words in a column of figures read from the left.
            let is_figure = self.table.columns[column].is_number && cell.len() == 1;
            for (i, line) in cell.iter().enumerate() {
                let y = top + PAD + self.step() * (i as f32 + 0.8);
                if is_figure {
                    flow.sheet().text_left(fonts, (left + width, y), kind, line);
                } else {
                    flow.sheet().text(fonts, (left, y), kind, line);
                }
            }
        }
    }

    fn head_lines(&self, fonts: &Fonts) -> (Vec<Vec<String>>, f32) {
        let names: Vec<String> = self.table.columns.iter().map(|c| c.name.clone()).collect();
        let names = self.lines(fonts, Face::Bold, &names);
        let most = names.iter().map(Vec::len).max().unwrap_or(1);
        let has_unit = self.table.columns.iter().any(|c| !c.unit.is_empty());
        let lines = most as f32 + if has_unit { 1.0 } else { 0.0 };
        (names, lines * self.step() + 2.0 * PAD)
    }

    /// Heads, units below, a line under all.
    fn head(&self, flow: &mut Flow<'_>) {
        let fonts = flow.fonts;
        let (names, height) = self.head_lines(fonts);
        let bottom = flow.y + height;
        for (column, name) in names.iter().enumerate() {
            let unit = &self.table.columns[column].unit;
            let mut all: Vec<(&str, Type)> = name
                .iter()
                .map(|line| (line.as_str(), self.kind(Face::Bold)))
                .collect();
            if !unit.is_empty() {
                all.push((unit, Type::new(Face::Regular, self.size, GREY)));
            }
            for (i, (line, kind)) in all.iter().rev().enumerate() {
                let y = bottom - PAD - self.step() * (i as f32 + 0.2);
                let (left, width) = (self.lefts[column], self.widths[column]);
                if self.table.columns[column].is_number {
                    flow.sheet()
                        .text_left(fonts, (left + width, y), *kind, line);
                } else {
                    flow.sheet().text(fonts, (left, y), *kind, line);
                }
            }
        }
        flow.y = bottom;
        self.rule(flow, BLACK, 0.9);
    }

    fn rule(&self, flow: &mut Flow<'_>, ink: [u8; 3], width: f32) {
        let y = flow.y;
        let look = Look::line(ink, width);
        let last = self.widths.len().saturating_sub(1);
        let right = self
            .lefts
            .get(last)
            .zip(self.widths.get(last))
            .map_or(MARGIN, |(left, width)| left + width);
        flow.sheet().line((MARGIN, y), (right, y), &look);
    }

    /// A row; one taller than a sheet runs on.
    fn row(&self, flow: &mut Flow<'_>, row: &[String], face: Face) {
        let mut lines = self.lines(flow.fonts, face, row);
        let head = self.head_lines(flow.fonts).1;
        loop {
            let height = self.height(&lines);
            if height > flow.room() && flow.y > TOP + head + 1.0 {
                flow.turn();
                self.head(flow);
            }
            let fit = ((flow.room() - 2.0 * PAD) / self.step()).floor().max(1.0) as usize;
            let most = lines.iter().map(Vec::len).max().unwrap_or(0);
            let now: Vec<Vec<String>> = lines
                .iter_mut()
                .map(|cell| cell.drain(..cell.len().min(fit)).collect())
                .collect();
            let top = flow.y;
            self.put(flow, top, self.kind(face), &now);
            flow.y += self.height(&now);
            if most <= fit {
                return;
            }
        }
    }
}

/// Shares the room: figures keep their width, text columns take what is left by what they want.
fn share(wanted: &[(f32, f32)], room: f32, table: &Table) -> Vec<f32> {
    let most: f32 = wanted.iter().map(|w| w.1).sum();
    if most <= room {
        // Narrow tables stay narrow: half of what is left over goes between the columns.
        let extra = ((room - most) / wanted.len().max(1) as f32).min(26.0);
        return wanted.iter().map(|w| w.1 + extra).collect();
    }
    let least: f32 = wanted.iter().map(|w| w.0).sum();
    if least >= room {
        let scale = room / least.max(1e-3);
        return wanted.iter().map(|w| w.0 * scale).collect();
    }
    let wish = |i: usize| {
        let (low, high) = wanted[i];
        let weight = if table.columns[i].is_number { 0.4 } else { 1.0 };
        weight * (high - low).powf(0.8)
    };
    let wishes: f32 = (0..wanted.len()).map(wish).sum();
    let mut left = room - least;
    let mut widths: Vec<f32> = wanted.iter().map(|w| w.0).collect();
    let rest = left;
    for (i, width) in widths.iter_mut().enumerate() {
        let more = (rest * wish(i) / wishes.max(1e-3)).min(wanted[i].1 - wanted[i].0);
        *width += more;
        left -= more;
    }
    // What some did not need goes to those still short.
    for (i, width) in widths.iter_mut().enumerate() {
        let more = (wanted[i].1 - *width).min(left).max(0.0);
        *width += more;
        left -= more;
    }
    widths
}

/// Sets a table; nothing when it has no row.
pub(super) fn table(flow: &mut Flow<'_>, table: &Table, has_mark: bool) {
    if table.columns.is_empty() || (table.rows.is_empty() && table.total.is_none()) {
        return;
    }
    let fonts = flow.fonts;
    let set = Set::new(fonts, table);
    let caption = flow.tall(MEASURE, TITLE, &table.caption) + 3.0;
    let rows = |count: usize| -> f32 {
        let rows = table.rows.iter().chain(table.total.iter()).take(count);
        rows.map(|row| set.height(&set.lines(fonts, Face::Regular, row)))
            .sum()
    };
    // A short table stays whole; a long one has at least two rows under its head.
    let all = if table.rows.len() <= SHORT {
        rows(SHORT + 1)
    } else {
        rows(2)
    };
    let head = caption + set.head_lines(fonts).1;
    flow.space(7.0);
    flow.need(if head + all < WHOLE {
        head + all
    } else {
        head + rows(2)
    });
    if !table.caption.is_empty() {
        if has_mark {
            flow.mark(4, "", &table.caption);
        }
        flow.column(MARGIN, MEASURE, TITLE, &table.caption);
        flow.y += 2.0;
    }
    set.head(flow);
    for row in &table.rows {
        set.row(flow, row, Face::Regular);
        set.rule(flow, RULE, 0.45);
    }
    if let Some(total) = &table.total {
        set.rule(flow, BLACK, 0.9);
        set.row(flow, total, Face::Bold);
    }
    if let Some(note) = &table.note {
        flow.need(leading(NOTE.size));
        flow.note(note);
    }
    flow.y += 8.0;
}
