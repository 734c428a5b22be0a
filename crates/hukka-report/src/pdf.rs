//! The report on paper: A4, one file, fonts inside.
//!
//! The document of [`crate::document`] is set by a small flow of its own: text in lines, tables
//! with heads on every sheet, drawings as vectors. Nothing of a clock or a machine goes in.

mod body;
mod contents;
mod drawing;
mod executive;
mod file;
mod flow;
mod font;
mod sheet;
mod table;
mod trace;

use crate::check::check;
use crate::document::{Document, document};
use crate::error::Error;
use crate::inputs::Inputs;
use crate::texts::{fill, say};
use file::About;
use flow::{Flow, MARGIN, Mark};
use font::{Face, Fonts};
use sheet::{GREY, HEIGHT, Look, RULE, Sheet, Type, WIDTH};

/// The contents list sections, headings and figures; bookmarks hold the tables too.
const LISTED: u8 = 3;

/// The report as a PDF file.
///
/// # Errors  when a series has the wrong length, an index points nowhere, or a number is not finite
pub fn pdf(inputs: &Inputs<'_>) -> Result<Vec<u8>, Error> {
    check(inputs)?;
    let document = document(inputs);
    let fonts = Fonts::new();
    let (sheets, marks) = set(&document, &fonts);
    let subject = format!("{}: {}", document.title, document.verdict.headline);
    let keywords = fill(
        "paper.district-heating-data-centre-run",
        &[&document.run_id],
    );
    let about = About {
        title: &fill("paper.heat-reuse-study", &[&document.title]),
        subject: &subject,
        keywords: &keywords,
        producer: &fill("paper.hukka", &[&document.version]),
    };
    Ok(file::file(&about, &fonts, sheets, &marks))
}

/// All sheets in order, and where the bookmarks lead.
fn set(document: &Document, fonts: &Fonts) -> (Vec<Sheet>, Vec<Mark>) {
    let mut flow = Flow::new(fonts);
    executive::executive(&mut flow, document);
    let before = flow.sheets.len();
    flow.turn();
    body::body(&mut flow, &document.sections);
    let listed: Vec<Mark> = flow
        .marks
        .iter()
        .filter(|mark| mark.level <= LISTED)
        .cloned()
        .collect();
    let extra = contents::sheets(&listed);
    let place = |sheet: usize| {
        if sheet < before { sheet } else { sheet + extra }
    };
    let mut contents = contents::contents(fonts, &listed, |sheet| place(sheet) + 1);
    debug_assert_eq!(contents.len(), extra);
    for link in contents.iter_mut().flat_map(|sheet| &mut sheet.links) {
        link.to.0 = place(link.to.0);
    }
    let mut marks = flow.marks;
    for mark in &mut marks {
        mark.to.0 = place(mark.to.0);
    }
    let mut sheets = flow.sheets;
    sheets.splice(before..before, contents);
    running(&mut sheets, fonts, document);
    (sheets, marks)
}

/// Head and foot of every sheet; the first has no head.
fn running(sheets: &mut [Sheet], fonts: &Fonts, document: &Document) {
    let kind = Type::new(Face::Regular, 7.4, GREY);
    let count = sheets.len();
    let rule = Look::line(RULE, 0.5);
    let right = WIDTH - MARGIN;
    for (i, sheet) in sheets.iter_mut().enumerate() {
        if i > 0 {
            let title = shortened(fonts, kind, &document.title, 0.6 * (right - MARGIN));
            sheet.text(fonts, (MARGIN, 38.0), kind, &title);
            sheet.text_left(fonts, (right, 38.0), kind, say("paper.heat-reuse-study-2"));
            sheet.line((MARGIN, 44.0), (right, 44.0), &rule);
        }
        let y = HEIGHT - 30.0;
        let made = fill(
            "paper.hukka-run-same-inputs-same",
            &[&document.version, &document.run_id],
        );
        sheet.text(fonts, (MARGIN, y), kind, &made);
        let page = fill("paper.of", &[&(i + 1), &count]);
        sheet.text_left(fonts, (right, y), kind, &page);
    }
}

/// A text cut to a width.
fn shortened(fonts: &Fonts, kind: Type, text: &str, width: f32) -> String {
    let mut out = text.to_owned();
    while fonts.width(kind.face, kind.size, &out) > width {
        out.pop();
        if fonts.width(kind.face, kind.size, &format!("{out}…")) <= width {
            out.push('…');
            break;
        }
    }
    out
}
