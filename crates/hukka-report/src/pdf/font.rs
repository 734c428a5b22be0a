//! The two faces embedded in every file: widths, glyphs and their way into the PDF.

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Chunk, Filter, Finish as _, Name, Rect, Ref, Str};
use std::collections::BTreeMap;

/// Codes looked up in an array; the fonts have none beyond.
const CODES: usize = 0x2600;
/// Drawn for a letter the fonts do not have: an empty box.
const MISSING: char = '\u{25a1}';
const SYSTEM: SystemInfo<'static> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// Weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// Common text.
    Regular,
    /// Headings and what is set apart.
    Bold,
}

/// Both faces.
pub(super) struct Fonts {
    regular: Font,
    bold: Font,
}

/// One face, in thousandths of its size.
struct Font {
    file: &'static [u8],
    name: &'static str,
    /// Glyph and advance by code.
    codes: Vec<(u16, u16)>,
    advances: Vec<f32>,
    ascent: f32,
    descent: f32,
    cap_height: f32,
    bounds: [f32; 4],
}

impl Font {
    fn new(file: &'static [u8], name: &'static str) -> Self {
        let face = ttf_parser::Face::parse(file, 0).expect("invariant: the embedded font is read");
        let advance = |glyph| face.glyph_hor_advance(glyph).unwrap_or(0);
        let missing = face.glyph_index(MISSING).unwrap_or_default();
        let codes = (0..CODES as u32)
            .map(|code| {
                let glyph = char::from_u32(code)
                    .and_then(|c| face.glyph_index(c))
                    .unwrap_or(missing);
                (glyph.0, advance(glyph))
            })
            .collect();
        let bounds = face.global_bounding_box();
        Self {
            file,
            name,
            codes,
            advances: (0..face.number_of_glyphs())
                .map(|glyph| f32::from(advance(ttf_parser::GlyphId(glyph))))
                .collect(),
            ascent: f32::from(face.ascender()),
            descent: f32::from(face.descender()),
            cap_height: f32::from(face.capital_height().unwrap_or(714)),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(f32::from),
        }
    }

    fn at(&self, letter: char) -> (u16, u16) {
        let code = letter as usize;
        let missing = self.codes[MISSING as usize];
        self.codes.get(code).copied().unwrap_or(missing)
    }

    /// First code of every glyph, for those who search or copy text.
    fn letters(&self) -> BTreeMap<u16, char> {
        let missing = self.codes[MISSING as usize].0;
        let mut letters = BTreeMap::new();
        for (code, (glyph, _)) in self.codes.iter().enumerate() {
            if let Some(letter) = char::from_u32(code as u32)
                && (*glyph != missing || letter == MISSING)
            {
                letters.entry(*glyph).or_insert(letter);
            }
        }
        letters
    }

    /// Five objects: font, descendant, descriptor, file, letters.
    fn write(&self, chunk: &mut Chunk, first: i32) {
        let id = |i: i32| Ref::new(first + i);
        let name = Name(self.name.as_bytes());
        chunk
            .type0_font(id(0))
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(id(1))
            .to_unicode(id(4));
        let mut cid = chunk.cid_font(id(1));
        cid.subtype(CidFontType::Type2)
            .base_font(name)
            .system_info(SYSTEM)
            .font_descriptor(id(2))
            .default_width(0.0)
            .cid_to_gid_map_predefined(Name(b"Identity"));
        cid.widths().consecutive(0, self.advances.iter().copied());
        cid.finish();
        let [left, bottom, right, top] = self.bounds;
        chunk
            .font_descriptor(id(2))
            .name(name)
            .flags(FontFlags::NON_SYMBOLIC)
            .bbox(Rect::new(left, bottom, right, top))
            .italic_angle(0.0)
            .ascent(self.ascent)
            .descent(self.descent)
            .cap_height(self.cap_height)
            .stem_v(80.0)
            .font_file2(id(3));
        let file = super::file::packed(self.file);
        chunk
            .stream(id(3), &file)
            .filter(Filter::FlateDecode)
            .pair(Name(b"Length1"), self.file.len() as i32);
        let mut cmap = UnicodeCmap::new(Name(b"Letters"), SYSTEM);
        for (glyph, letter) in self.letters() {
            cmap.pair(glyph, letter);
        }
        let cmap = super::file::packed(&cmap.finish());
        chunk.stream(id(4), &cmap).filter(Filter::FlateDecode);
    }
}

/// Objects one font takes.
pub(super) const OBJECTS: i32 = 5;

impl Fonts {
    pub(super) fn new() -> Self {
        Self {
            regular: Font::new(
                include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"),
                "HUKKAR+NotoSans-Regular",
            ),
            bold: Font::new(
                include_bytes!("../../assets/fonts/NotoSans-SemiBold.ttf"),
                "HUKKAB+NotoSans-SemiBold",
            ),
        }
    }

    fn face(&self, face: Face) -> &Font {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        }
    }

    /// Width of a text at a size, points.
    pub(super) fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        let font = self.face(face);
        let units: u32 = text.chars().map(|c| u32::from(font.at(c).1)).sum();
        units as f32 * size / 1000.0
    }

    /// Glyphs of a text, two bytes each.
    pub(super) fn glyphs(&self, face: Face, text: &str) -> Vec<u8> {
        let font = self.face(face);
        text.chars()
            .flat_map(|c| font.at(c).0.to_be_bytes())
            .collect()
    }

    /// Writes both, from an object number on.
    pub(super) fn write(&self, chunk: &mut Chunk, first: i32) {
        self.regular.write(chunk, first);
        self.bold.write(chunk, first + OBJECTS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_one_width_and_unknown_letters_a_box() {
        let fonts = Fonts::new();
        for face in [Face::Regular, Face::Bold] {
            let one = fonts.width(face, 10.0, "1");
            for figure in "0123456789".chars() {
                let width = fonts.width(face, 10.0, &figure.to_string());
                assert!((width - one).abs() < 1e-6, "{figure}");
            }
            assert_eq!(fonts.glyphs(face, "語"), fonts.glyphs(face, "□"));
            assert_ne!(fonts.glyphs(face, "€"), fonts.glyphs(face, "□"));
        }
    }

    #[test]
    fn the_letters_of_nordic_german_and_french_names_are_there() {
        let fonts = Fonts::new();
        let missing = fonts.glyphs(Face::Regular, "□");
        for letter in "ÄÖÅäöåßéèêçÆØæøñłžšőűΔη−–—·×≥≤→≈°²³₂€…’“”‘".chars()
        {
            for face in [Face::Regular, Face::Bold] {
                assert_ne!(fonts.glyphs(face, &letter.to_string()), missing, "{letter}");
            }
        }
    }
}
