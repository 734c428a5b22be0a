//! Text that runs from sheet to sheet.

use super::font::{Face, Fonts};
use super::sheet::{ACCENT, BLACK, GREY, HEIGHT, Look, RULE, Sheet, Type, WIDTH};

/// Left and right margin.
pub(super) const MARGIN: f32 = 45.0;
/// Width between the margins.
pub(super) const MEASURE: f32 = WIDTH - 2.0 * MARGIN;
/// Where the text of a sheet starts.
pub(super) const TOP: f32 = 62.0;
/// Where it ends.
pub(super) const END: f32 = HEIGHT - 54.0;

/// Running text.
pub(super) const BODY: Type = Type::new(Face::Regular, 9.2, BLACK);
/// Remarks.
pub(super) const NOTE: Type = Type::new(Face::Regular, 7.6, GREY);
/// Titles of tables and figures.
pub(super) const TITLE: Type = Type::new(Face::Bold, 9.2, BLACK);
const HEADING: Type = Type::new(Face::Bold, 17.0, BLACK);
const SMALL_HEADING: Type = Type::new(Face::Bold, 11.0, BLACK);

/// Distance of base lines.
pub(super) fn leading(size: f32) -> f32 {
    1.38 * size
}

/// A place a bookmark or the contents lead to.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// 1: section; 2: heading in it; 3: figure; 4: table, or a heading of the appendix.
    pub(super) level: u8,
    /// Number of the section, or nothing.
    pub(super) number: String,
    /// Words.
    pub(super) text: String,
    /// Sheet and height.
    pub(super) to: (usize, f32),
}

/// The sheets so far, and where the next mark goes.
pub(super) struct Flow<'f> {
    pub(super) fonts: &'f Fonts,
    pub(super) sheets: Vec<Sheet>,
    pub(super) y: f32,
    pub(super) marks: Vec<Mark>,
}

/// A word that stays with the figure before it: `46 %`, `90 €/MWh`.
fn is_unit(word: &str) -> bool {
    const UNITS: [&str; 22] = [
        "%", "€", "€/MWh", "€/a", "M€", "k€", "MW", "MWh", "GWh", "kWh", "kW", "h", "m", "km", "K",
        "°C", "t", "kPa", "bar", "years", "hours", "m/s",
    ];
    UNITS.contains(&word.trim_end_matches([',', '.', ';', ':', ')']))
}

/// Cuts a text into lines no wider than a width.
pub(super) fn wrap(fonts: &Fonts, face: Face, size: f32, text: &str, width: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        let is_first = line.is_empty();
        let longer = if is_first {
            word.clone()
        } else {
            format!("{line} {word}")
        };
        if fonts.width(face, size, &longer) <= width {
            line = longer;
            continue;
        }
        if !is_first {
            lines.push(core::mem::take(&mut line));
        }
        line = broken(fonts, face, size, &word, width, &mut lines);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Words, figures glued to their units.
fn words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split([' ', '\n', '\t']).filter(|w| !w.is_empty()) {
        match out.last_mut() {
            Some(last) if is_unit(word) && last.ends_with(|c: char| c.is_ascii_digit()) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    out
}

/// Breaks a word that is wider than a line, after a joint where it has one; gives what is left.
fn broken(
    fonts: &Fonts,
    face: Face,
    size: f32,
    word: &str,
    width: f32,
    lines: &mut Vec<String>,
) -> String {
    let mut rest: Vec<char> = word.chars().collect();
    loop {
        let mut fits = 0;
        let mut joint = 0;
        let mut part = String::new();
        for (i, letter) in rest.iter().enumerate() {
            part.push(*letter);
            if i > 0 && fonts.width(face, size, &part) > width {
                break;
            }
            fits = i + 1;
            if matches!(letter, '.' | '_' | '/' | '-' | ',' | ';' | ' ' | '\u{2013}') {
                joint = i + 1;
            }
        }
        if fits >= rest.len() {
            return rest.into_iter().collect();
        }
        let cut = if joint > 0 { joint } else { fits };
        let line: String = rest.drain(..cut).collect();
        lines.push(line.trim_end().to_owned());
    }
}

impl<'f> Flow<'f> {
    pub(super) fn new(fonts: &'f Fonts) -> Self {
        Self {
            fonts,
            sheets: vec![Sheet::new()],
            y: TOP,
            marks: vec![],
        }
    }

    /// The sheet written on.
    pub(super) fn sheet(&mut self) -> &mut Sheet {
        if self.sheets.is_empty() {
            self.sheets.push(Sheet::new());
        }
        let last = self.sheets.len() - 1;
        &mut self.sheets[last]
    }

    /// Starts a sheet.
    pub(super) fn turn(&mut self) {
        self.sheets.push(Sheet::new());
        self.y = TOP;
    }

    /// Room left on the sheet.
    pub(super) fn room(&self) -> f32 {
        END - self.y
    }

    /// Turns the sheet when something of a height does not fit on it.
    pub(super) fn need(&mut self, height: f32) {
        if self.room() < height && self.y > TOP {
            self.turn();
        }
    }

    /// Adds space, but none at the head of a sheet.
    pub(super) fn space(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// Remembers this place.
    pub(super) fn mark(&mut self, level: u8, number: &str, text: &str) {
        self.marks.push(Mark {
            level,
            number: number.to_owned(),
            text: text.to_owned(),
            to: (self.sheets.len() - 1, self.y),
        });
    }

    /// Lines of a text in a column, top at the pen; the pen ends below.
    pub(super) fn column(&mut self, left: f32, width: f32, kind: Type, text: &str) {
        let step = leading(kind.size);
        let fonts = self.fonts;
        for line in wrap(fonts, kind.face, kind.size, text, width) {
            self.need(step);
            self.y += step;
            let at = (left, self.y - 0.3 * step);
            self.sheet().text(fonts, at, kind, &line);
        }
    }

    /// Height of a text in a column.
    pub(super) fn tall(&self, width: f32, kind: Type, text: &str) -> f32 {
        let lines = wrap(self.fonts, kind.face, kind.size, text, width).len();
        lines as f32 * leading(kind.size)
    }

    /// A paragraph in the measure.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.need(2.0 * leading(BODY.size));
        self.column(MARGIN, 0.93 * MEASURE, BODY, text);
        self.y += 6.0;
    }

    /// A remark.
    pub(super) fn note(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.y += 1.5;
            self.column(MARGIN, MEASURE, NOTE, text);
            self.y += 3.0;
        }
    }

    /// The heading of a section, on a new sheet unless a good part of one is left.
    pub(super) fn section(&mut self, number: &str, title: &str) {
        if self.room() < 0.42 * (END - TOP) {
            self.turn();
        }
        self.space(20.0);
        let rule = Look::line(BLACK, 1.1);
        let y = self.y;
        self.sheet().line((MARGIN, y), (WIDTH - MARGIN, y), &rule);
        self.mark(1, number, title);
        self.y += 25.0;
        let fonts = self.fonts;
        let y = self.y;
        let shift = if number.is_empty() {
            0.0
        } else {
            let lead = Type {
                ink: ACCENT,
                ..HEADING
            };
            self.sheet().text(fonts, (MARGIN, y), lead, number);
            fonts.width(Face::Bold, HEADING.size, number) + 10.0
        };
        let at = (MARGIN + shift, y);
        self.sheet().text(fonts, at, HEADING, title);
        self.y += 11.0;
    }

    /// A heading inside a section.
    pub(super) fn heading(&mut self, level: u8, text: &str) {
        self.need(90.0);
        self.space(8.0);
        self.mark(level, "", text);
        self.column(MARGIN, MEASURE, SMALL_HEADING, text);
        self.y += 3.0;
    }

    /// A list; numbered when `is_numbered`.
    pub(super) fn list(&mut self, items: &[String], is_numbered: bool) {
        let fonts = self.fonts;
        for (i, item) in items.iter().enumerate() {
            let sign = if is_numbered {
                format!("{}", i + 1)
            } else {
                "•".to_owned()
            };
            self.need(self.tall(0.88 * MEASURE, BODY, item).min(120.0));
            let kind = Type {
                face: Face::Bold,
                ink: ACCENT,
                ..BODY
            };
            let at = (MARGIN + 2.0, self.y + 0.7 * leading(BODY.size));
            self.sheet().text(fonts, at, kind, &sign);
            self.column(MARGIN + 16.0, 0.88 * MEASURE, BODY, item);
            self.y += 2.5;
        }
        self.y += 4.0;
    }

    /// Names and values, line by line.
    pub(super) fn pairs(&mut self, rows: &[(String, String)], left: f32, width: f32, name: f32) {
        let kind = Type::new(Face::Regular, 8.4, BLACK);
        let fonts = self.fonts;
        for (key, value) in rows {
            let height = self
                .tall(width - name, kind, value)
                .max(self.tall(name - 8.0, kind, key));
            self.need(height + 5.0);
            let top = self.y + 2.0;
            self.y = top;
            self.column(left, name - 8.0, Type { ink: GREY, ..kind }, key);
            self.y = top;
            let lines = wrap(fonts, kind.face, kind.size, value, width - name);
            for (i, line) in lines.iter().enumerate() {
                let y = top + leading(kind.size) * (i as f32 + 0.7);
                self.sheet().text(fonts, (left + name, y), kind, line);
            }
            self.y = top + height + 2.0;
            let y = self.y;
            let rule = Look::line(RULE, 0.5);
            self.sheet().line((left, y), (left + width, y), &rule);
        }
    }

    /// A warning in a frame.
    pub(super) fn flag(&mut self, lead: &str, text: &str) {
        let kind = Type::new(Face::Regular, 8.2, BLACK);
        let text = format!("{lead} {text}");
        let height = self.tall(MEASURE - 20.0, kind, &text) + 10.0;
        self.need(height);
        let frame = Look {
            fill: Some([0xff, 0xf8, 0xe6]),
            stroke: Some([0x8a, 0x5a, 0x00]),
            width: 0.7,
            dash: vec![3.0, 2.0],
            ..Look::default()
        };
        let y = self.y;
        self.sheet().rect((MARGIN, y), (MEASURE, height), &frame);
        self.y += 4.5;
        self.column(MARGIN + 10.0, MEASURE - 20.0, kind, &text);
        self.y = y + height + 8.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_column_and_no_letter_is_lost(
            text in "[a-zA-Z0-9äöå%€/._ -]{0,160}", width in 12.0..300.0_f32,
        ) {
            let fonts = Fonts::new();
            let lines = wrap(&fonts, Face::Regular, 8.0, &text, width);
            for line in &lines {
                prop_assert!(fonts.width(Face::Regular, 8.0, line) <= width + 1e-3, "{line}");
            }
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }

    #[test]
    fn a_figure_stays_with_its_unit() {
        let fonts = Fonts::new();
        let width = fonts.width(Face::Regular, 8.0, "the heat costs 90");
        let lines = wrap(
            &fonts,
            Face::Regular,
            8.0,
            "the heat costs 90 €/MWh.",
            width,
        );
        assert_eq!(lines, ["the heat costs", "90 €/MWh."]);
    }
}
