//! From bytes to lines of text.

use crate::codes;
use hukka_model::{Diagnostic, Place};

/// Largest file read, bytes.
pub(crate) const MAX_BYTES: usize = 64 * 1024 * 1024;
/// Most rows read.
pub(crate) const MAX_ROWS: usize = 2_000_000;

/// One line of a file, without its end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    /// Number in the file, from 1.
    pub(crate) number: usize,
    /// Text without line end.
    pub(crate) text: &'a str,
}

/// One field of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'a> {
    /// Text without quotes and surrounding blanks.
    pub(crate) text: &'a str,
    /// Byte offset of the text in its line.
    pub(crate) start: usize,
}

/// The text of a file without byte-order mark, or why it is not read.
#[expect(
    clippy::result_large_err,
    reason = "once per file; the diagnostic is handed on as it is"
)]
pub(crate) fn decode<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Diagnostic> {
    if bytes.len() > MAX_BYTES {
        return Err(
            Diagnostic::error(codes::FILE_TOO_LARGE, "the series file is too large")
                .at(Place::file(file))
                .seen(format!("{} bytes", bytes.len()))
                .allowed("64 MiB")
                .help("cut the file to the study year, or average it to hours"),
        );
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(
            Diagnostic::error(codes::NOT_TEXT, "the file is UTF-16, not UTF-8")
                .at(Place::line(file, 1))
                .seen("a UTF-16 byte-order mark at byte 0")
                .allowed("UTF-8")
                .help("save it as \"CSV UTF-8\""),
        );
    }
    let body = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    let skipped = bytes.len() - body.len();
    let text = core::str::from_utf8(body)
        .map_err(|error| not_utf8(file, body, error.valid_up_to(), skipped))?;
    match text.bytes().position(|byte| byte == 0) {
        Some(zero) => Err(not_utf8(file, body, zero, skipped)
            .help("a text file has none: the file is binary or UTF-16; save it as \"CSV UTF-8\"")),
        None => Ok(text),
    }
}

fn not_utf8(file: &str, body: &[u8], at: usize, skipped: usize) -> Diagnostic {
    let before = &body[..at];
    let line = before.split(|byte| *byte == b'\n').count();
    let byte = body[at];
    let help = if byte >= 0xA0 {
        "the file looks like Latin-1 (Windows-1252); save it as \"CSV UTF-8\""
    } else {
        "the file looks binary; give a text file with comma, semicolon or tab between the columns"
    };
    let message = if byte == 0 {
        "the file holds a NUL byte"
    } else {
        "the file is not UTF-8 text"
    };
    Diagnostic::error(codes::NOT_TEXT, message)
        .at(Place::line(file, line))
        .seen(format!("byte 0x{byte:02X} at byte offset {}", at + skipped))
        .allowed("UTF-8")
        .help(help)
}

/// Lines with their numbers; ends `\n`, `\r\n`, or `\r` alone.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    text.split(end).enumerate().map(|(index, line)| Line {
        number: index + 1,
        text: line.strip_suffix('\r').unwrap_or(line),
    })
}
