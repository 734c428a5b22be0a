//! The contents: what stands on which page.

use super::flow::{END, Flow, MARGIN, MEASURE, Mark, TOP};
use super::font::{Face, Fonts};
use super::sheet::{ACCENT, BLACK, GREY, Look, Sheet, Type, WIDTH};
use crate::texts::say;

const SECTION: Type = Type::new(Face::Bold, 9.6, BLACK);
const PART: Type = Type::new(Face::Regular, 8.0, [0x3c, 0x44, 0x4c]);

/// Height of a line.
fn step(mark: &Mark) -> f32 {
    if mark.level == 1 { 18.5 } else { 11.8 }
}

/// Sheets the contents take; `page` gives the number of a sheet of the body.
pub(super) fn contents(fonts: &Fonts, marks: &[Mark], page: impl Fn(usize) -> usize) -> Vec<Sheet> {
    let mut flow = Flow::new(fonts);
    let title = Type::new(Face::Bold, 17.0, BLACK);
    flow.y += 22.0;
    let y = flow.y;
    flow.sheet()
        .text(fonts, (MARGIN, y), title, say("paper.contents"));
    flow.y += 8.0;
    for mark in marks {
        if flow.y + step(mark) > END {
            flow.turn();
        }
        flow.y += step(mark);
        line(&mut flow, mark, page(mark.to.0));
    }
    flow.sheets
}

/// Sheets the contents will take.
pub(super) fn sheets(marks: &[Mark]) -> usize {
    let mut y = TOP + 30.0;
    let mut count = 1;
    for mark in marks {
        if y + step(mark) > END {
            count += 1;
            y = TOP;
        }
        y += step(mark);
    }
    count
}

fn line(flow: &mut Flow<'_>, mark: &Mark, page: usize) {
    let fonts = flow.fonts;
    let (kind, left) = if mark.level == 1 {
        (SECTION, MARGIN + 20.0)
    } else {
        (PART, MARGIN + 20.0)
    };
    let y = flow.y;
    if !mark.number.is_empty() {
        let number = Type {
            ink: ACCENT,
            ..SECTION
        };
        flow.sheet().text(fonts, (MARGIN, y), number, &mark.number);
    }
    let right = WIDTH - MARGIN;
    let room = right - left - 40.0;
    let mut text = mark.text.clone();
    while fonts.width(kind.face, kind.size, &text) > room {
        text.pop();
        if fonts.width(kind.face, kind.size, &text) <= room - 8.0 {
            text.push('…');
            break;
        }
    }
    flow.sheet().text(fonts, (left, y), kind, &text);
    let number = page.to_string();
    flow.sheet().text_left(fonts, (right, y), kind, &number);
    let from = left + fonts.width(kind.face, kind.size, &text) + 5.0;
    let to = right - fonts.width(kind.face, kind.size, &number) - 5.0;
    if to > from {
        let dots = Look {
            dash: vec![0.6, 2.6],
            ..Look::line(GREY, 0.6)
        };
        flow.sheet().line((from, y - 0.5), (to, y - 0.5), &dots);
    }
    let area = [MARGIN, y - 0.8 * step(mark), MARGIN + MEASURE, y + 3.0];
    flow.sheet().link(area, mark.to);
}
