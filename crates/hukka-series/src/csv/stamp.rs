//! Time stamps as written in files.

use crate::axis::YEARS;

/// A time stamp: wall clock, and offset if the stamp carries one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Wall clock as if it were UTC, seconds since 1970-01-01T00:00.
    pub(crate) wall_s: i64,
    /// Offset of the wall clock from UTC, seconds.
    pub(crate) offset_s: Option<i64>,
}

impl Stamp {
    /// The instant, if the stamp carries its offset.
    pub(crate) fn unix_s(self) -> Option<i64> {
        self.offset_s.map(|offset| self.wall_s - offset)
    }
}

/// Reads a stamp: `2023-02-06T07:00+02:00`, `…Z`, with a blank instead of `T`, seconds or not,
/// offset or not; `2023/02/06 07:00`; `6.2.2023 07:00`; or an interval, of which the start counts.
///
/// Day and month with slashes (`02/06/2023`) are ambiguous and not read.
pub(crate) fn parse_stamp(text: &str) -> Option<Stamp> {
    let text = text
        .split_once(" - ")
        .map_or(text, |(start, _)| start)
        .trim();
    let mut reader = Reader { rest: text };
    let (year, month, day) = reader.date()?;
    if !YEARS.contains(&i16::try_from(year).ok()?) {
        return None;
    }
    let (time_of_day, offset_s) = if reader.rest.is_empty() {
        (0, None)
    } else {
        if !(reader.eat('T') || reader.eat('t') || reader.eat(' ')) {
            return None;
        }
        (reader.time_of_day()?, reader.offset()?)
    };
    let days = days_from_civil(year, month, day)?;
    Some(Stamp {
        wall_s: days * 86_400 + time_of_day,
        offset_s,
    })
}

/// Reads an offset `+02:00`, `+0200`, `-3`; minutes.
pub(crate) fn parse_offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "0"),
    };
    if !is_number(hours) || !is_number(minutes) || hours.len() > 2 || minutes.len() > 2 {
        return None;
    }
    let total = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
    (total <= 18 * 60).then_some(sign * total)
}

/// Days from 1970-01-01 to a date of the Gregorian calendar; `None` for an impossible date.
fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    let date = jiff::civil::Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()?;
    let epoch = jiff::civil::date(1970, 1, 1);
    Some(i64::from(epoch.until(date).ok()?.get_days()))
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn eat(&mut self, wanted: char) -> bool {
        if let Some(rest) = self.rest.strip_prefix(wanted) {
            self.rest = rest;
            return true;
        }
        false
    }

    /// A number of `least` to `most` digits.
    fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let length = self
            .rest
            .bytes()
            .take(most)
            .take_while(u8::is_ascii_digit)
            .count();
        if length < least {
            return None;
        }
        let (digits, rest) = self.rest.split_at(length);
        self.rest = rest;
        digits.parse().ok()
    }

    fn date(&mut self) -> Option<(i64, i64, i64)> {
        let first_digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if first_digits == 4 {
            let year = self.number(4, 4)?;
            let mark = self
                .rest
                .chars()
                .next()
                .filter(|c| matches!(c, '-' | '/' | '.'))?;
            self.eat(mark);
            let month = self.number(1, 2)?;
            let is_same_mark = self.eat(mark);
            let day = self.number(1, 2)?;
            return is_same_mark.then_some((year, month, day));
        }
        let day = self.number(1, 2)?;
        let has_first = self.eat('.');
        let month = self.number(1, 2)?;
        let has_second = self.eat('.');
        let year = self.number(4, 4)?;
        (has_first && has_second).then_some((year, month, day))
    }

    /// Seconds since midnight; `24:00` is the midnight that ends the day.
    fn time_of_day(&mut self) -> Option<i64> {
        let hour = self.number(1, 2)?;
        let has_mark = self.eat(':') || self.eat('.');
        let has_minute = has_mark || self.rest.starts_with(|c: char| c.is_ascii_digit());
        let minute = if has_minute { self.number(2, 2)? } else { 0 };
        let second = if self.eat(':') { self.number(2, 2)? } else { 0 };
        if self.eat('.') || self.eat(',') {
            let fraction = self.rest.bytes().take_while(u8::is_ascii_digit).count();
            let (digits, rest) = self.rest.split_at(fraction);
            if digits.is_empty() || digits.bytes().any(|b| b != b'0') {
                return None;
            }
            self.rest = rest;
        }
        let total = hour * 3600 + minute * 60 + second;
        (minute < 60 && second < 60 && total <= 86_400).then_some(total)
    }

    /// The offset that ends the stamp, if any; the outer `None` says "not a stamp".
    #[expect(
        clippy::option_option,
        reason = "no offset and a broken offset are different"
    )]
    fn offset(&mut self) -> Option<Option<i64>> {
        let rest = self.rest.trim();
        let rest = rest.split_once('[').map_or(rest, |(before, _)| before);
        if rest.is_empty() {
            return Some(None);
        }
        let is_utc = ["z", "utc", "gmt"]
            .iter()
            .any(|word| word.eq_ignore_ascii_case(rest));
        if is_utc {
            return Some(Some(0));
        }
        parse_offset(rest).map(|minutes| Some(i64::from(minutes) * 60))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_ways_to_write_a_stamp_mean_the_same_instant() {
        let expected = Some(1_675_666_800 - 7200);
        for text in [
            "2023-02-06T07:00+02:00",
            "2023-02-06T07:00:00+0200",
            "2023-02-06 07:00:00.000 +02",
            "2023-02-06T05:00Z",
            "2023-02-06 05:00 UTC",
            "2023/02/06 05:00:00z",
            "6.2.2023 07:00+02:00",
            "06.02.2023 05:00Z - 06.02.2023 06:00Z",
            "2023-02-06T07:00+02:00[Europe/Helsinki]",
            "2023-02-05T24:00-05:00",
        ] {
            assert_eq!(
                parse_stamp(text).and_then(Stamp::unix_s),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn ambiguous_and_impossible_stamps_are_not_read() {
        for text in [
            "02/06/2023 07:00",
            "2023-02-30T00:00Z",
            "2023-13-01T00:00Z",
            "2023-02-06T24:30Z",
            "2023-02-06T07:60Z",
            "2023-02-06T07:00+99",
            "7.5",
            "2023",
            "",
            "1234-01-01T00:00Z",
            "2023-02-06T07:00CEST",
            "2023-02-06Z",
        ] {
            assert_eq!(parse_stamp(text), None, "{text}");
        }
    }

    #[test]
    fn a_stamp_without_offset_says_so() {
        let stamp = parse_stamp("2023-02-06T07:00").map(|stamp| stamp.offset_s);
        assert_eq!(stamp, Some(None));
    }
}
