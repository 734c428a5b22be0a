//! Bytes as text, whatever program wrote them.

use crate::findings::Findings;
use hukka_model::Diagnostic;
use std::borrow::Cow;

/// The text of a file: UTF-8 with or without a mark, UTF-16 with a mark, else Latin-1 with a note.
///
/// # Errors  `None` after a finding when the bytes are no text at all
pub(crate) fn decode<'a>(bytes: &'a [u8], found: &mut Findings) -> Option<Cow<'a, str>> {
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return utf8_or_latin(rest, found);
    }
    match bytes {
        [0xFF, 0xFE, rest @ ..] => Some(Cow::Owned(utf16(rest, u16::from_le_bytes))),
        [0xFE, 0xFF, rest @ ..] => Some(Cow::Owned(utf16(rest, u16::from_be_bytes))),
        _ => utf8_or_latin(bytes, found),
    }
}

fn utf8_or_latin<'a>(bytes: &'a [u8], found: &mut Findings) -> Option<Cow<'a, str>> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Cow::Borrowed(text));
    }
    if bytes.contains(&0) {
        found.unreadable("a text file", "it holds zero bytes");
        return None;
    }
    found.push(
        Diagnostic::warning(
            "HK1010",
            "the file is not UTF-8; its letters were read as Latin-1",
        )
        .help("write the file as UTF-8 if names look wrong"),
    );
    Some(Cow::Owned(bytes.iter().map(|&b| char::from(b)).collect()))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_old_encodings_are_read() {
        let mut found = Findings::of("a.inp");
        assert_eq!(decode(b"\xEF\xBB\xBFabc", &mut found).unwrap(), "abc");
        assert_eq!(decode(b"\xFF\xFEa\0b\0", &mut found).unwrap(), "ab");
        assert_eq!(decode(b"Stra\xDFe", &mut found).unwrap(), "Straße");
        assert!(!found.has_errors());
        assert_eq!(decode(b"\xDF\0", &mut found), None);
        assert!(found.has_errors());
    }
}
