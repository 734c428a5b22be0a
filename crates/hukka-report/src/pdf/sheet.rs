//! One sheet of paper: marks put on it, in points from its upper left corner.

use super::font::{Face, Fonts};
use pdf_writer::types::{LineCapStyle, LineJoinStyle, TextRenderingMode};
use pdf_writer::{Content, Name, Str};
use std::collections::BTreeSet;

/// A4.
pub(super) const WIDTH: f32 = 595.28;
/// A4.
pub(super) const HEIGHT: f32 = 841.89;

/// Red, green, blue.
pub(super) type Ink = [u8; 3];

/// Text.
pub(super) const BLACK: Ink = [0x1c, 0x21, 0x26];
/// Secondary text.
pub(super) const GREY: Ink = [0x55, 0x5f, 0x69];
/// Lines of tables.
pub(super) const RULE: Ink = [0xd3, 0xd8, 0xdd];
/// The one accent.
pub(super) const ACCENT: Ink = [0x0b, 0x6e, 0x75];

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    /// Weight.
    pub(super) face: Face,
    /// Size, points.
    pub(super) size: f32,
    /// Colour.
    pub(super) ink: Ink,
}

impl Type {
    pub(super) const fn new(face: Face, size: f32, ink: Ink) -> Self {
        Self { face, size, ink }
    }
}

/// How a shape looks.
#[derive(Debug, Clone, Default)]
pub(super) struct Look {
    /// Inside.
    pub(super) fill: Option<Ink>,
    /// Outline.
    pub(super) stroke: Option<Ink>,
    /// Width of the outline, points.
    pub(super) width: f32,
    /// Dashes, points.
    pub(super) dash: Vec<f32>,
    /// Opacity in percent, below 100.
    pub(super) alpha: Option<u8>,
    /// Round ends and corners.
    pub(super) is_round: bool,
}

impl Look {
    pub(super) fn filled(ink: Ink) -> Self {
        Self {
            fill: Some(ink),
            ..Self::default()
        }
    }

    pub(super) fn line(ink: Ink, width: f32) -> Self {
        Self {
            stroke: Some(ink),
            width,
            ..Self::default()
        }
    }
}

/// A piece of a path.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    Move(f32, f32),
    Line(f32, f32),
    Curve([f32; 6]),
    Close,
}

/// A picture of data: red, green and blue of every cell, row by row.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) cells: Vec<u8>,
}

/// A place that leads to a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    /// Left, top, right, bottom.
    pub(super) area: [f32; 4],
    /// Page of the body and height on it.
    pub(super) to: (usize, f32),
}

/// A sheet.
pub(super) struct Sheet {
    content: Content,
    pub(super) links: Vec<Link>,
    pub(super) alphas: BTreeSet<u8>,
    pub(super) pictures: Vec<Picture>,
    /// Lowest mark put on it.
    pub(super) lowest: f32,
    /// Rightmost end of a text on it.
    pub(super) rightmost: f32,
}

/// Hundredths of a point are fine enough.
fn round(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn flip(y: f32) -> f32 {
    round(HEIGHT - y)
}

impl Sheet {
    pub(super) fn new() -> Self {
        Self {
            content: Content::new(),
            links: vec![],
            alphas: BTreeSet::new(),
            pictures: vec![],
            lowest: 0.0,
            rightmost: 0.0,
        }
    }

    /// A text whose base line starts at a point.
    pub(super) fn text(&mut self, fonts: &Fonts, at: (f32, f32), kind: Type, text: &str) {
        self.lowest = self.lowest.max(at.1);
        let end = at.0 + fonts.width(kind.face, kind.size, text);
        self.rightmost = self.rightmost.max(end);
        self.fill_ink(kind.ink);
        self.glyphs(fonts, at, kind, text, None);
    }

    /// The same with a white rim, to be read on a drawing.
    pub(super) fn rimmed(&mut self, fonts: &Fonts, at: (f32, f32), kind: Type, text: &str) {
        self.content.set_stroke_gray(1.0);
        self.content.set_line_width(round(0.3 * kind.size));
        self.content.set_line_join(LineJoinStyle::RoundJoin);
        self.glyphs(fonts, at, kind, text, Some(TextRenderingMode::Stroke));
        self.text(fonts, at, kind, text);
    }

    /// A text that ends at a point.
    pub(super) fn text_left(&mut self, fonts: &Fonts, end: (f32, f32), kind: Type, text: &str) {
        let width = fonts.width(kind.face, kind.size, text);
        self.text(fonts, (end.0 - width, end.1), kind, text);
    }

    fn glyphs(
        &mut self,
        fonts: &Fonts,
        at: (f32, f32),
        kind: Type,
        text: &str,
        mode: Option<TextRenderingMode>,
    ) {
        let font = match kind.face {
            Face::Regular => Name(b"R"),
            Face::Bold => Name(b"B"),
        };
        self.content.begin_text();
        self.content
            .set_text_rendering_mode(mode.unwrap_or(TextRenderingMode::Fill));
        self.content.set_font(font, round(kind.size));
        self.content.next_line(round(at.0), flip(at.1));
        self.content.show(Str(&fonts.glyphs(kind.face, text)));
        self.content.end_text();
    }

    fn fill_ink(&mut self, ink: Ink) {
        let [r, g, b] = ink.map(|c| (f32::from(c) / 255.0 * 1000.0).round() / 1000.0);
        self.content.set_fill_rgb(r, g, b);
    }

    fn stroke_ink(&mut self, ink: Ink) {
        let [r, g, b] = ink.map(|c| (f32::from(c) / 255.0 * 1000.0).round() / 1000.0);
        self.content.set_stroke_rgb(r, g, b);
    }

    /// A path.
    pub(super) fn path(&mut self, steps: &[Step], look: &Look) {
        if steps.is_empty() || (look.fill.is_none() && look.stroke.is_none()) {
            return;
        }
        let is_special = look.alpha.is_some() || !look.dash.is_empty() || look.is_round;
        if is_special {
            self.content.save_state();
        }
        if let Some(alpha) = look.alpha {
            self.alphas.insert(alpha);
            let name = format!("A{alpha}");
            self.content.set_parameters(Name(name.as_bytes()));
        }
        if let Some(ink) = look.fill {
            self.fill_ink(ink);
        }
        if let Some(ink) = look.stroke {
            self.stroke_ink(ink);
            self.content.set_line_width(round(look.width));
            if !look.dash.is_empty() {
                self.content
                    .set_dash_pattern(look.dash.iter().map(|d| round(*d)), 0.0);
            }
            if look.is_round {
                self.content.set_line_cap(LineCapStyle::RoundCap);
                self.content.set_line_join(LineJoinStyle::RoundJoin);
            }
        }
        self.trace(steps);
        match (look.fill.is_some(), look.stroke.is_some()) {
            (true, true) => self.content.fill_nonzero_and_stroke(),
            (true, false) => self.content.fill_nonzero(),
            _ => self.content.stroke(),
        };
        if is_special {
            self.content.restore_state();
        }
    }

    fn trace(&mut self, steps: &[Step]) {
        for step in steps {
            match *step {
                Step::Move(x, y) => self.content.move_to(round(x), flip(y)),
                Step::Line(x, y) => self.content.line_to(round(x), flip(y)),
                Step::Curve([a, b, c, d, x, y]) => {
                    self.content
                        .cubic_to(round(a), flip(b), round(c), flip(d), round(x), flip(y))
                }
                Step::Close => self.content.close_path(),
            };
        }
    }

    /// A rectangle.
    pub(super) fn rect(&mut self, at: (f32, f32), size: (f32, f32), look: &Look) {
        let (x, y) = at;
        let steps = [
            Step::Move(x, y),
            Step::Line(x + size.0, y),
            Step::Line(x + size.0, y + size.1),
            Step::Line(x, y + size.1),
            Step::Close,
        ];
        self.path(&steps, look);
    }

    /// A straight line.
    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), look: &Look) {
        let steps = [Step::Move(from.0, from.1), Step::Line(to.0, to.1)];
        self.path(&steps, look);
    }

    /// Draws only inside a rectangle from here to [`Sheet::unclip`].
    pub(super) fn clip(&mut self, at: (f32, f32), size: (f32, f32)) {
        self.content.save_state();
        self.content.rect(
            round(at.0),
            flip(at.1 + size.1),
            round(size.0),
            round(size.1),
        );
        self.content.clip_nonzero();
        self.content.end_path();
    }

    /// Ends what [`Sheet::clip`] began.
    pub(super) fn unclip(&mut self) {
        self.content.restore_state();
    }

    /// A picture of data.
    pub(super) fn picture(&mut self, at: (f32, f32), size: (f32, f32), picture: Picture) {
        let name = format!("P{}", self.pictures.len());
        self.pictures.push(picture);
        self.content.save_state();
        self.content.transform([
            round(size.0),
            0.0,
            0.0,
            round(size.1),
            round(at.0),
            flip(at.1 + size.1),
        ]);
        self.content.x_object(Name(name.as_bytes()));
        self.content.restore_state();
    }

    /// Makes a place lead to a page.
    pub(super) fn link(&mut self, area: [f32; 4], to: (usize, f32)) {
        self.links.push(Link { area, to });
    }

    /// What is drawn, as operators of a page.
    pub(super) fn operators(self) -> Vec<u8> {
        self.content.finish().into_vec()
    }
}
