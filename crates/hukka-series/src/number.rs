//! Numbers as people write them: decimal point or comma, never thousands separators.

/// A finite number written with the decimal mark given; `None` for anything else.
pub(crate) fn parse_number(text: &str, decimal: char) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| {
        byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'+' | b'-' | b'e' | b'E')
    });
    if !is_plain {
        let ascii = text.strip_prefix('\u{2212}')?;
        return (!ascii.starts_with(['-', '+']))
            .then(|| parse_number(ascii, decimal))
            .flatten()
            .map(|value| -value);
    }
    let parsed = if decimal == ',' {
        if text.contains('.') {
            return None;
        }
        if text.contains(',') {
            text.replacen(',', ".", 1).parse()
        } else {
            text.parse()
        }
    } else {
        text.parse()
    };
    parsed.ok().filter(|value: &f64| value.is_finite())
}

/// Whether a text is a number with either decimal mark.
pub(crate) fn is_numeric(text: &str) -> bool {
    parse_number(text, '.').is_some() || parse_number(text, ',').is_some()
}

/// The decimal mark most of these texts are written with; the point when none has either.
pub(crate) fn decimal_mark<'a>(texts: impl Iterator<Item = &'a str>) -> char {
    let (mut commas, mut points) = (0_usize, 0_usize);
    for text in texts {
        match (text.contains(','), text.contains('.')) {
            (true, false) => commas += 1,
            (false, true) => points += 1,
            _ => {}
        }
    }
    if commas > points { ',' } else { '.' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_decimal_mark_is_read_and_thousands_are_not() {
        assert_eq!(parse_number("-3.5", '.'), Some(-3.5));
        assert_eq!(parse_number("-3,5", ','), Some(-3.5));
        assert_eq!(parse_number("\u{2212}3,5", ','), Some(-3.5));
        assert_eq!(parse_number("1e3", '.'), Some(1000.0));
        assert_eq!(parse_number("7", ','), Some(7.0));
        for text in [
            "1,234.5", "1 234", "1.234,5", "", "nan", "inf", "1e999", "--1", "3,5",
        ] {
            assert_eq!(parse_number(text, '.'), None, "{text}");
        }
        assert_eq!(parse_number("1,234,5", ','), None);
    }
}
