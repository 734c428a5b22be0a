//! Text of an input file with its lines, so that a byte span becomes a place a person can find.

use hukka_model::Place;
use std::ops::Range;
use std::rc::Rc;

/// Lines longer than this are not repeated in diagnostics.
const LONGEST_SHOWN_LINE: usize = 240;

/// One text file that was read.
#[derive(Debug, Clone)]
pub(crate) struct SourceText {
    /// Path relative to the study folder.
    pub(crate) file: String,
    /// The whole text.
    pub(crate) text: Rc<str>,
    line_starts: Vec<usize>,
}

impl SourceText {
    /// Takes the text and finds its lines.
    pub(crate) fn new(file: impl Into<String>, text: impl Into<Rc<str>>) -> Self {
        let text: Rc<str> = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self {
            file: file.into(),
            text,
            line_starts,
        }
    }

    /// Line of a byte offset, from 1.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// Place of a byte span: line, columns in characters, text of the first line.
    pub(crate) fn place(&self, span: &Range<usize>) -> Place {
        let start = self.floor(span.start);
        let line = self.line_of(start);
        let line_start = self.line_starts[line - 1];
        let rest = &self.text[line_start..];
        let content = rest.split('\n').next().unwrap_or(rest);
        let content = content.strip_suffix('\r').unwrap_or(content);
        let end = self
            .floor(span.end)
            .min(line_start + content.len())
            .max(start);
        let column = self.text[line_start..start].chars().count() + 1;
        let width = self.text[start..end.max(start)].chars().count().max(1);
        let last = self.line_of(self.floor(span.end.saturating_sub(1)).max(start));
        Place {
            file: self.file.clone(),
            line: Some(line),
            last_line: (last > line).then_some(last),
            column: Some(column),
            end_column: Some(column + width),
            text: (content.len() <= LONGEST_SHOWN_LINE).then(|| content.to_owned()),
        }
    }

    /// The nearest character boundary at or before an offset.
    fn floor(&self, offset: usize) -> usize {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = SourceText::new("study.toml", "a = 1\nö = \"å\" # x\r\n");
        let at = text.text.find("\"å\"").expect("the text holds it");
        let place = text.place(&(at..at + 4));
        assert_eq!(place.line, Some(2));
        assert_eq!(place.column, Some(5));
        assert_eq!(place.end_column, Some(8));
        assert_eq!(place.text.as_deref(), Some("ö = \"å\" # x"));
    }

    #[test]
    fn a_span_on_the_line_feed_stays_on_its_line() {
        let text = SourceText::new("study.toml", "a =\r\nb = 1\r\n");
        let place = text.place(&(4..5));
        assert_eq!((place.line, place.column), (Some(1), Some(5)));
        assert_eq!(place.text.as_deref(), Some("a ="));
    }

    #[test]
    fn a_span_beyond_the_end_stays_inside() {
        let text = SourceText::new("study.toml", "a = ");
        let place = text.place(&(4..99));
        assert_eq!((place.line, place.column), (Some(1), Some(5)));
    }
}
