//! A small reader of the PDF files this crate writes: pages, texts with their place, links.

#![expect(
    clippy::unwrap_used,
    reason = "a file that cannot be read fails its test"
)]

use std::collections::BTreeMap;

/// A text on a page, points from the lower left corner.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) size: f32,
    pub(crate) width: f32,
    pub(crate) text: String,
}

impl Mark {
    pub(crate) fn right(&self) -> f32 {
        self.x + self.width
    }
}

/// A page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) marks: Vec<Mark>,
    /// Bottom, top, and the page led to.
    pub(crate) links: Vec<(f32, f32, usize)>,
}

impl Page {
    /// All texts, lines joined by a blank.
    pub(crate) fn text(&self) -> String {
        let texts: Vec<&str> = self.marks.iter().map(|m| m.text.as_str()).collect();
        texts.join(" ")
    }

    /// Every link with the texts inside it, from left to right.
    pub(crate) fn lines_with_links(&self) -> Vec<(String, usize)> {
        let inside = |bottom: f32, top: f32| {
            let marks = self.marks.iter();
            let mut marks: Vec<&Mark> = marks.filter(|m| m.y > bottom && m.y < top).collect();
            marks.sort_by(|a, b| a.x.total_cmp(&b.x));
            let texts: Vec<&str> = marks.iter().map(|m| m.text.as_str()).collect();
            texts.join(" ")
        };
        let links = self.links.iter();
        links.map(|(b, t, to)| (inside(*b, *t), *to)).collect()
    }
}

/// A file, read.
pub(crate) struct File {
    pub(crate) pages: Vec<Page>,
    source: String,
}

impl File {
    pub(crate) fn text(&self) -> String {
        let texts: Vec<String> = self.pages.iter().map(Page::text).collect();
        texts.join("\n")
    }

    /// The objects outside streams.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }
}

struct Font {
    letters: BTreeMap<u16, char>,
    widths: Vec<f32>,
}

/// An object: dictionary without white space, and inflated stream.
struct Object {
    dictionary: String,
    stream: Vec<u8>,
}

pub(crate) fn pages(file: &[u8]) -> Vec<Page> {
    read(file).pages
}

fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(what.len())
        .position(|w| w == what)
        .map(|i| i + from)
}

fn squeezed(bytes: &[u8]) -> String {
    let text: String = bytes.iter().map(|b| char::from(*b)).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut line = words.join(" ");
    for (from, to) in [
        (" /", "/"),
        ("[ ", "["),
        (" [", "["),
        (" ]", "]"),
        ("<< ", "<<"),
        (" >>", ">>"),
    ] {
        line = line.replace(from, to);
    }
    line
}

fn objects(file: &[u8]) -> BTreeMap<usize, Object> {
    let mut out = BTreeMap::new();
    let mut at = 0;
    while let Some(start) = find(file, b" 0 obj", at) {
        let before = file[..start]
            .iter()
            .rposition(|b| !b.is_ascii_digit())
            .unwrap();
        let number = std::str::from_utf8(&file[before + 1..start])
            .unwrap()
            .parse()
            .unwrap();
        let end = find(file, b"endobj", start).unwrap();
        let stream = find(file, b"\nstream\n", start).filter(|s| *s < end);
        let head = squeezed(&file[start + 6..stream.unwrap_or(end)]);
        let (content, end) = match stream {
            Some(stream) => {
                let length = number_after(&head, "/Length ").unwrap() as usize;
                let data = &file[stream + 8..stream + 8 + length];
                let inflated = miniz_oxide::inflate::decompress_to_vec_zlib(data).unwrap();
                (
                    inflated,
                    find(file, b"endobj", stream + 8 + length).unwrap(),
                )
            }
            None => (vec![], end),
        };
        let object = Object {
            dictionary: head,
            stream: content,
        };
        out.insert(number, object);
        at = end;
    }
    out
}

fn number_after(text: &str, key: &str) -> Option<f32> {
    let rest = &text[text.find(key)? + key.len()..];
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-');
    rest[..end.unwrap_or(rest.len())].parse().ok()
}

fn list_after(text: &str, key: &str) -> Vec<f32> {
    let Some(at) = text.find(key) else {
        return vec![];
    };
    let rest = &text[at + key.len()..];
    let list = rest.split(']').next().unwrap();
    list.split(' ').filter_map(|n| n.parse().ok()).collect()
}

/// Numbers of the objects a list of references names.
fn references(text: &str, key: &str) -> Vec<usize> {
    let list = list_after(text, key);
    list.chunks(2).map(|pair| pair[0] as usize).collect()
}

fn font(objects: &BTreeMap<usize, Object>, number: usize) -> Font {
    let own = &objects[&number].dictionary;
    let below = number_after(own, "/DescendantFonts[").unwrap() as usize;
    let cmap = number_after(own, "/ToUnicode ").unwrap() as usize;
    let cmap: String = objects[&cmap]
        .stream
        .iter()
        .map(|b| char::from(*b))
        .collect();
    let mut letters = BTreeMap::new();
    for line in cmap.lines() {
        let mut hex = line.split(['<', '>', ' ']).filter(|w| w.len() == 4);
        if let (Some(glyph), Some(letter)) = (hex.next(), hex.next())
            && let (Ok(glyph), Ok(letter)) = (
                u16::from_str_radix(glyph, 16),
                u32::from_str_radix(letter, 16),
            )
        {
            letters.insert(glyph, char::from_u32(letter).unwrap());
        }
    }
    let widths = list_after(&objects[&below].dictionary, "/W[0[");
    assert!(letters.len() > 300 && widths.len() > 300, "font {number}");
    Font { letters, widths }
}

/// Bytes of the string that starts a slice, and how long it is in the file.
fn string(bytes: &[u8]) -> (Vec<u8>, usize) {
    let mut out = Vec::new();
    if bytes[0] == b'<' {
        let end = bytes.iter().position(|b| *b == b'>').unwrap();
        let hex = std::str::from_utf8(&bytes[1..end]).unwrap();
        for i in (0..hex.len()).step_by(2) {
            out.push(u8::from_str_radix(&hex[i..i + 2], 16).unwrap());
        }
        return (out, end + 1);
    }
    let (mut i, mut depth) = (1, 0);
    loop {
        match bytes[i] {
            b'\\' if bytes[i + 1].is_ascii_digit() => {
                let octal = std::str::from_utf8(&bytes[i + 1..i + 4]).unwrap();
                out.push(u8::from_str_radix(octal, 8).unwrap());
                i += 3;
            }
            b'\\' => {
                i += 1;
                out.push(match bytes[i] {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'b' => 8,
                    b'f' => 12,
                    other => other,
                });
            }
            b'(' => {
                depth += 1;
                out.push(b'(');
            }
            b')' if depth == 0 => return (out, i + 1),
            b')' => {
                depth -= 1;
                out.push(b')');
            }
            other => out.push(other),
        }
        i += 1;
    }
}

fn marks(content: &[u8], fonts: &BTreeMap<char, Font>) -> Vec<Mark> {
    let mut out = Vec::new();
    let (mut name, mut size, mut place) = ('R', 0.0, (0.0, 0.0));
    let mut words: Vec<String> = Vec::new();
    let mut shown: Vec<u8> = Vec::new();
    let mut i = 0;
    while i < content.len() {
        match content[i] {
            b'(' | b'<' => {
                let (bytes, used) = string(&content[i..]);
                shown = bytes;
                i += used;
            }
            b if b.is_ascii_whitespace() => i += 1,
            _ => {
                let end = content[i..]
                    .iter()
                    .position(|b| b.is_ascii_whitespace() || b"(<".contains(b));
                let end = i + end.unwrap_or(content.len() - i);
                words.push(String::from_utf8_lossy(&content[i..end]).into_owned());
                i = end;
            }
        }
        let number = |back: usize| words[words.len() - back].parse::<f32>().unwrap();
        match words.last().map(String::as_str) {
            Some("Tf") => {
                size = number(2);
                name = words[words.len() - 3].chars().nth(1).unwrap();
            }
            Some("Td") => place = (number(3), number(2)),
            Some("Tj") => {
                let font = &fonts[&name];
                let glyphs = shown.chunks(2).map(|b| u16::from_be_bytes([b[0], b[1]]));
                let glyphs: Vec<u16> = glyphs.collect();
                let units: f32 = glyphs.iter().map(|g| font.widths[usize::from(*g)]).sum();
                out.push(Mark {
                    x: place.0,
                    y: place.1,
                    size,
                    width: units * size / 1000.0,
                    text: glyphs.iter().map(|g| font.letters[g]).collect(),
                });
            }
            _ => continue,
        }
        words.clear();
    }
    out.retain(|mark| !mark.text.trim().is_empty());
    out
}

/// Reads a file this crate wrote; panics where it is none.
pub(crate) fn read(file: &[u8]) -> File {
    assert!(file.starts_with(b"%PDF-1.7") && file.trim_ascii_end().ends_with(b"%%EOF"));
    let objects = objects(file);
    let tree = objects
        .values()
        .find(|o| o.dictionary.contains("/Type/Pages"))
        .unwrap();
    let kids = references(&tree.dictionary, "/Kids[");
    let pages: Vec<Page> = kids
        .iter()
        .map(|number| {
            let page = &objects[number].dictionary;
            let fonts: BTreeMap<char, Font> = [('R', "/R "), ('B', "/B ")]
                .map(|(name, key)| (name, number_after(page, key).unwrap() as usize))
                .map(|(name, number)| (name, font(&objects, number)))
                .into();
            let content = number_after(page, "/Contents ").unwrap() as usize;
            let links = references_with_generation(page)
                .into_iter()
                .map(|link| {
                    let link = &objects[&link].dictionary;
                    let area = list_after(link, "/Rect[");
                    let to = number_after(link, "/D[").unwrap() as usize;
                    let to = kids.iter().position(|kid| *kid == to).unwrap();
                    (area[1], area[3], to)
                })
                .collect();
            Page {
                marks: marks(&objects[&content].stream, &fonts),
                links,
            }
        })
        .collect();
    assert!(!pages.is_empty(), "no page");
    let source = objects
        .values()
        .map(|o| o.dictionary.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    File { pages, source }
}

/// Objects of a page's annotations.
fn references_with_generation(page: &str) -> Vec<usize> {
    references(page, "/Annots[")
}
