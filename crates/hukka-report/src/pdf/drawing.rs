//! The report's own drawings on paper: the shapes of an SVG of this crate, as vectors.
//!
//! Only what [`crate::svg`] and the map draw is understood: lines, rectangles, circles, paths and
//! texts, moved and scaled by groups, with the classes of the page's style sheet. What is not
//! understood is left out rather than guessed.

use super::font::{Face, Fonts};
use super::sheet::{BLACK, GREY, Ink, Look, Sheet, Step, Type};
use super::trace::steps;
use roxmltree::{Document, Node};

/// Width all drawings are made for.
const DRAWN_WIDTH: f32 = 920.0;

/// Where a group lies: `p · scale + (x, y)`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lie {
    pub(super) scale: f32,
    pub(super) x: f32,
    pub(super) y: f32,
}

impl Lie {
    pub(super) fn at(self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y + y * self.scale)
    }

    /// A lie inside this one, from a `transform`.
    fn within(self, transform: &str) -> Self {
        let mut lie = self;
        for call in transform.split(')') {
            let Some((name, numbers)) = call.split_once('(') else {
                continue;
            };
            let mut numbers = numbers
                .split([' ', ','])
                .filter_map(|n| n.parse::<f32>().ok());
            let first = numbers.next().unwrap_or(0.0);
            match name.trim() {
                "translate" => {
                    (lie.x, lie.y) = lie.at(first, numbers.next().unwrap_or(0.0));
                }
                "scale" => lie.scale *= first,
                _ => {}
            }
        }
        lie
    }
}

/// A drawing, read.
pub(super) struct Drawing<'a> {
    document: Document<'a>,
    view: (f32, f32),
}

impl<'a> Drawing<'a> {
    /// Reads a drawing; none when there is nothing to draw.
    pub(super) fn read(svg: &'a str) -> Option<Self> {
        let document = Document::parse(svg).ok()?;
        let mut view = document
            .root_element()
            .attribute("viewBox")?
            .split(' ')
            .filter_map(|n| n.parse::<f32>().ok())
            .skip(2);
        let view = (view.next()?, view.next()?);
        (view.0 > 0.0 && view.1 > 0.0).then_some(Self { document, view })
    }

    /// Height at a width.
    pub(super) fn height(&self, width: f32) -> f32 {
        width * self.view.1 / self.view.0
    }

    /// Width at which it is no taller than a height.
    pub(super) fn fitting(&self, width: f32, height: f32) -> f32 {
        width.min(height * self.view.0 / self.view.1)
    }

    /// Draws it with its upper left corner at a point.
    pub(super) fn draw(&self, sheet: &mut Sheet, fonts: &Fonts, at: (f32, f32), width: f32) {
        let size = (width, self.height(width));
        let lie = Lie {
            scale: width / self.view.0,
            x: at.0,
            y: at.1,
        };
        let mut pen = Pen {
            sheet,
            fonts,
            pixel: width / DRAWN_WIDTH,
            area: [at.0, at.1, at.0 + size.0, at.1 + size.1],
        };
        pen.sheet.clip(at, size);
        pen.children(self.document.root_element(), lie);
        pen.sheet.unclip();
        sheet.lowest = sheet.lowest.max(at.1 + size.1);
    }
}

struct Pen<'s> {
    sheet: &'s mut Sheet,
    fonts: &'s Fonts,
    /// A pixel of the page's style sheet, points.
    pixel: f32,
    area: [f32; 4],
}

fn number(node: Node<'_, '_>, name: &str) -> f32 {
    node.attribute(name)
        .and_then(|text| text.parse().ok())
        .unwrap_or(0.0)
}

/// A colour as `#rgb` or `#rrggbb`; nothing for `none`.
pub(super) fn ink(text: &str) -> Option<Ink> {
    let hex = text.strip_prefix('#')?;
    let digit = |i: usize, n: usize| u8::from_str_radix(hex.get(i..i + n)?, 16).ok();
    match hex.len() {
        3 => Some([digit(0, 1)? * 17, digit(1, 1)? * 17, digit(2, 1)? * 17]),
        6 => Some([digit(0, 2)?, digit(2, 2)?, digit(4, 2)?]),
        _ => None,
    }
}

impl Pen<'_> {
    fn children(&mut self, node: Node<'_, '_>, lie: Lie) {
        for child in node.children().filter(Node::is_element) {
            self.shape(child, lie);
        }
    }

    fn shape(&mut self, node: Node<'_, '_>, lie: Lie) {
        let s = lie.scale;
        match node.tag_name().name() {
            "g" => {
                let lie = node.attribute("transform").map_or(lie, |t| lie.within(t));
                self.children(node, lie);
            }
            "line" => {
                let look = Look {
                    fill: None,
                    ..self.look(node, s)
                };
                let from = lie.at(number(node, "x1"), number(node, "y1"));
                let to = lie.at(number(node, "x2"), number(node, "y2"));
                self.sheet.line(from, to, &look);
            }
            "rect" => {
                let look = self.look(node, s);
                let at = lie.at(number(node, "x"), number(node, "y"));
                let size = (number(node, "width") * s, number(node, "height") * s);
                if size.0 > 0.0 && size.1 > 0.0 {
                    self.sheet.rect(at, size, &look);
                }
            }
            "circle" => {
                let at = lie.at(number(node, "cx"), number(node, "cy"));
                let look = self.look(node, s);
                self.sheet.path(&circle(at, number(node, "r") * s), &look);
            }
            "path" => {
                let look = self.look(node, s);
                let all = steps(node.attribute("d").unwrap_or_default(), lie, self.area);
                self.sheet.path(&all, &look);
            }
            "text" => self.text(node, lie),
            _ => {}
        }
    }

    fn look(&self, node: Node<'_, '_>, scale: f32) -> Look {
        let mut look = self.classed(node.attribute("class").unwrap_or_default());
        if let Some(fill) = node.attribute("fill") {
            look.fill = ink(fill);
        }
        if let Some(stroke) = node.attribute("stroke") {
            look.stroke = ink(stroke);
            look.width = scale;
        }
        if node.attribute("stroke-width").is_some() {
            look.width = number(node, "stroke-width") * scale;
        }
        if let Some(dash) = node.attribute("stroke-dasharray") {
            look.dash = dash
                .split([' ', ','])
                .filter_map(|n| n.parse::<f32>().ok())
                .map(|n| n * scale)
                .collect();
        }
        look.is_round = node.attribute("stroke-linejoin") == Some("round");
        // A pipe says its width in pixels, whatever the scale of the map.
        let pipe = node.attribute("style").and_then(|s| s.strip_prefix("--w:"));
        if let Some(width) = pipe.and_then(|w| w.parse::<f32>().ok()) {
            look.fill = None;
            look.width = (width * self.pixel).max(0.25);
            look.is_round = true;
        }
        for name in ["opacity", "fill-opacity"] {
            if node.attribute(name).is_some() {
                look.alpha = Some((100.0 * number(node, name)).round().clamp(0.0, 100.0) as u8);
            }
        }
        look
    }

    /// What the style sheet says of a class.
    fn classed(&self, class: &str) -> Look {
        let pixel = self.pixel;
        match class {
            "street" => Look::line([0xc9, 0xce, 0xd3], 1.1 * pixel),
            "building in" => Look::filled([0xc3, 0xca, 0xd1]),
            "building out" => Look {
                fill: Some([255; 3]),
                stroke: Some([0x8b, 0x94, 0x9c]),
                width: 0.9 * pixel,
                dash: vec![2.0 * pixel, 1.5 * pixel],
                ..Look::default()
            },
            "building other" => Look::filled([0xee, 0xf0, 0xf2]),
            "dot in" => Look::filled([0x6e, 0x78, 0x81]),
            "dot out" => Look {
                fill: Some([255; 3]),
                ..Look::line([0x6e, 0x78, 0x81], pixel)
            },
            _ => Look::filled([0; 3]),
        }
    }

    fn text(&mut self, node: Node<'_, '_>, lie: Lie) {
        let class = node.attribute("class").unwrap_or_default();
        let (face, size, ink) = match class {
            "name" => (Face::Regular, 13.0, BLACK),
            "name strong" | "stop" | "halo" => (Face::Bold, 13.0, BLACK),
            "stop figure" => (Face::Regular, 11.5, [0x3c, 0x44, 0x4c]),
            _ => (Face::Regular, 12.0, GREY),
        };
        let kind = Type::new(face, size * lie.scale, ink);
        let text: String = node
            .descendants()
            .filter_map(|n| n.is_text().then(|| n.text()).flatten())
            .collect();
        let (x, y) = lie.at(number(node, "x"), number(node, "y"));
        let width = self.fonts.width(face, kind.size, &text);
        let shift = match node.attribute("text-anchor") {
            Some("middle") => width / 2.0,
            Some("end") => width,
            _ => 0.0,
        };
        // A text that would leave the drawing is moved back into it.
        let x = (x - shift).min(self.area[2] - width).max(self.area[0]);
        if class == "halo" {
            self.sheet.rimmed(self.fonts, (x, y), kind, &text);
        } else {
            self.sheet.text(self.fonts, (x, y), kind, &text);
        }
    }
}

/// A circle of four curves.
pub(super) fn circle(at: (f32, f32), radius: f32) -> Vec<Step> {
    let (x, y, r) = (at.0, at.1, radius);
    let k = 0.552_285 * r;
    vec![
        Step::Move(x + r, y),
        Step::Curve([x + r, y + k, x + k, y + r, x, y + r]),
        Step::Curve([x - k, y + r, x - r, y + k, x - r, y]),
        Step::Curve([x - r, y - k, x - k, y - r, x, y - r]),
        Step::Curve([x + k, y - r, x + r, y - k, x + r, y]),
        Step::Close,
    ]
}
