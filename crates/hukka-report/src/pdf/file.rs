//! Sheets, fonts, bookmarks and links in one file; no clock, no chance: same sheets, same bytes.

use super::flow::Mark;
use super::font::{Fonts, OBJECTS};
use super::sheet::{HEIGHT, Sheet, WIDTH};
use pdf_writer::types::{ActionType, AnnotationType, PageMode};
use pdf_writer::{Chunk, Filter, Finish as _, Name, Pdf, Rect, Ref, TextStr};
use std::collections::BTreeMap;

/// Deflated bytes; a middle level: twice the speed of the highest for a few bytes more.
pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 5)
}

/// What the file says of itself.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    pub(super) subject: &'a str,
    pub(super) keywords: &'a str,
    pub(super) producer: &'a str,
}

const CATALOGUE: i32 = 1;
const PAGES: i32 = 2;
const INFO: i32 = 3;
const OUTLINE: i32 = 4;
const FONTS: i32 = 5;

/// Numbers of objects, handed out in order.
struct Numbers(i32);

impl Numbers {
    fn take(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0 - 1)
    }
}

/// The file. Marks and links count sheets as given here.
pub(super) fn file(
    about: &About<'_>,
    fonts: &Fonts,
    sheets: Vec<Sheet>,
    marks: &[Mark],
) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let mut numbers = Numbers(FONTS + 2 * OBJECTS);
    let pages: Vec<Ref> = sheets.iter().map(|_| numbers.take()).collect();
    let roots: Vec<(Ref, &Mark)> = marks.iter().map(|mark| (numbers.take(), mark)).collect();
    let mut catalogue = pdf.catalog(Ref::new(CATALOGUE));
    catalogue
        .pages(Ref::new(PAGES))
        .lang(TextStr("en-GB"))
        .page_mode(PageMode::UseOutlines);
    if !roots.is_empty() {
        catalogue.outlines(Ref::new(OUTLINE));
    }
    catalogue.viewer_preferences().display_doc_title(true);
    catalogue.finish();
    pdf.document_info(Ref::new(INFO))
        .title(TextStr(about.title))
        .subject(TextStr(about.subject))
        .keywords(TextStr(about.keywords))
        .creator(TextStr("hukka"))
        .producer(TextStr(about.producer));
    pdf.pages(Ref::new(PAGES))
        .kids(pages.iter().copied())
        .count(pages.len() as i32);
    fonts.write(&mut pdf, FONTS);
    for (i, sheet) in sheets.into_iter().enumerate() {
        page(&mut pdf, &mut numbers, &pages, i, sheet);
    }
    outline(&mut pdf, &roots, &pages);
    pdf.finish()
}

fn page(pdf: &mut Chunk, numbers: &mut Numbers, pages: &[Ref], i: usize, sheet: Sheet) {
    let content = numbers.take();
    let links: Vec<Ref> = sheet.links.iter().map(|_| numbers.take()).collect();
    let pictures: Vec<Ref> = sheet.pictures.iter().map(|_| numbers.take()).collect();
    let alphas: BTreeMap<u8, Ref> = sheet
        .alphas
        .iter()
        .map(|alpha| (*alpha, numbers.take()))
        .collect();
    let mut page = pdf.page(pages[i]);
    page.parent(Ref::new(PAGES))
        .media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT))
        .contents(content);
    if !links.is_empty() {
        page.annotations(links.iter().copied());
    }
    let mut resources = page.resources();
    resources
        .fonts()
        .pair(Name(b"R"), Ref::new(FONTS))
        .pair(Name(b"B"), Ref::new(FONTS + OBJECTS));
    if !alphas.is_empty() {
        let mut states = resources.ext_g_states();
        for (alpha, id) in &alphas {
            states.pair(Name(format!("A{alpha}").as_bytes()), *id);
        }
    }
    if !pictures.is_empty() {
        let mut named = resources.x_objects();
        for (k, id) in pictures.iter().enumerate() {
            named.pair(Name(format!("P{k}").as_bytes()), *id);
        }
    }
    resources.finish();
    page.finish();
    for (alpha, id) in alphas {
        let share = f32::from(alpha) / 100.0;
        pdf.ext_graphics(id)
            .non_stroking_alpha(share)
            .stroking_alpha(share);
    }
    for (picture, id) in sheet.pictures.iter().zip(pictures) {
        let cells = packed(&picture.cells);
        let mut image = pdf.image_xobject(id, &cells);
        image.filter(Filter::FlateDecode);
        image
            .width(picture.width as i32)
            .height(picture.height as i32)
            .bits_per_component(8)
            .interpolate(false);
        image.color_space().device_rgb();
    }
    for (link, id) in sheet.links.iter().zip(links) {
        let [left, top, right, bottom] = link.area;
        let mut note = pdf.annotation(id);
        note.subtype(AnnotationType::Link)
            .rect(Rect::new(left, HEIGHT - bottom, right, HEIGHT - top))
            .border(0.0, 0.0, 0.0, None);
        note.action()
            .action_type(ActionType::GoTo)
            .destination()
            .page(pages[link.to.0.min(pages.len() - 1)])
            .xyz(0.0, HEIGHT - link.to.1 + 14.0, None);
    }
    let operators = packed(&sheet.operators());
    pdf.stream(content, &operators).filter(Filter::FlateDecode);
}

/// Bookmarks: sections, and below each what stands in it, folded.
fn outline(pdf: &mut Chunk, all: &[(Ref, &Mark)], pages: &[Ref]) {
    let tops: Vec<usize> = (0..all.len()).filter(|i| all[*i].1.level == 1).collect();
    let (Some(first), Some(last)) = (tops.first(), tops.last()) else {
        return;
    };
    let root = Ref::new(OUTLINE);
    pdf.outline(root)
        .first(all[*first].0)
        .last(all[*last].0)
        .count(tops.len() as i32);
    for (k, top) in tops.iter().enumerate() {
        let end = tops.get(k + 1).copied().unwrap_or(all.len());
        let children = top + 1..end;
        let (id, mark) = all[*top];
        let mut item = pdf.outline_item(id);
        let title = format!("{} {}", mark.number, mark.text);
        item.parent(root).title(TextStr(title.trim()));
        if k > 0 {
            item.prev(all[tops[k - 1]].0);
        }
        if let Some(next) = tops.get(k + 1) {
            item.next(all[*next].0);
        }
        if !children.is_empty() {
            item.first(all[children.start].0)
                .last(all[children.end - 1].0)
                .count(-(children.len() as i32));
        }
        item.dest()
            .page(pages[mark.to.0])
            .xyz(0.0, HEIGHT - mark.to.1 + 14.0, None);
        item.finish();
        for i in children.clone() {
            let (id, mark) = all[i];
            let mut item = pdf.outline_item(id);
            item.parent(all[*top].0).title(TextStr(&mark.text));
            if i > children.start {
                item.prev(all[i - 1].0);
            }
            if i + 1 < children.end {
                item.next(all[i + 1].0);
            }
            item.dest()
                .page(pages[mark.to.0])
                .xyz(0.0, HEIGHT - mark.to.1 + 14.0, None);
        }
    }
}
