//! Public holidays by country.
//!
//! Source: the countries' laws on public holidays as of 2025; Easter by the anonymous Gregorian
//! algorithm (Meeus, Astronomical Algorithms, chapter 8). Regional holidays are left out.

use jiff::civil::{Date, Weekday, date};
use jiff::{Span, ToSpan};

/// Countries whose public holidays are known.
pub const HOLIDAY_COUNTRIES: &[&str] = &["DE", "DK", "FI", "FR", "GB", "IE", "NL", "NO", "SE"];

/// Whether the holidays of a country are known.
pub(crate) fn is_known_country(country: &str) -> bool {
    let country = country.trim();
    HOLIDAY_COUNTRIES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(country))
}

/// Whether a day is a public holiday; `None` for an unknown country or an impossible date.
///
/// Counted are nationwide days off, with those eves on which nearly everyone is off by custom or
/// agreement: Midsummer and Christmas Eve in Finland and Sweden, New Year's Eve in Sweden,
/// Christmas Eve in Denmark. Days that moved or came with a law are right from that law on: Denmark's Great Prayer
/// Day until 2023, Ireland's St Brigid's Day from 2023, Germany's Reformation Day only in 2017.
pub fn is_public_holiday(country: &str, year: i16, month: u8, day: u8) -> Option<bool> {
    let today = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let country = country.trim();
    let rule = RULES
        .iter()
        .find(|(code, _)| code.eq_ignore_ascii_case(country))
        .map(|(_, rule)| rule)?;
    Some(rule(today))
}

type Rule = fn(Date) -> bool;

const RULES: &[(&str, Rule)] = &[
    ("DE", germany),
    ("DK", denmark),
    ("FI", finland),
    ("FR", france),
    ("GB", great_britain),
    ("IE", ireland),
    ("NL", netherlands),
    ("NO", norway),
    ("SE", sweden),
];

/// Easter Sunday, Gregorian.
///
/// # Source  anonymous Gregorian computus; Meeus, Astronomical Algorithms, chapter 8
/// # Valid for  years 1583 to 9999
#[expect(
    clippy::integer_division,
    reason = "the computus is integer arithmetic"
)]
fn easter(year: i16) -> Date {
    let year_number = i32::from(year);
    let a = year_number % 19;
    let (b, c) = (year_number / 100, year_number % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    date(year, month as i8, day as i8)
}

fn is_any_of(today: Date, fixed: &[(i8, i8)]) -> bool {
    fixed.contains(&(today.month(), today.day()))
}

/// Whether today lies any of these days after Easter Sunday.
fn is_from_easter(today: Date, days: &[i32]) -> bool {
    let sunday = easter(today.year());
    today
        .since(sunday)
        .is_ok_and(|distance: Span| days.contains(&distance.get_days()))
}

/// Whether today is the first such weekday on or after a date of its year.
fn is_first_from(today: Date, weekday: Weekday, month: i8, day: i8) -> bool {
    let from = date(today.year(), month, day);
    today.weekday() == weekday && today >= from && today < from.saturating_add(7.days())
}

/// Whether today is the last such weekday of a 31-day month.
fn is_last_in(today: Date, weekday: Weekday, month: i8) -> bool {
    today.month() == month && today.weekday() == weekday && today.day() > 24
}

fn finland(today: Date) -> bool {
    is_any_of(
        today,
        &[
            (1, 1),
            (1, 6),
            (5, 1),
            (12, 6),
            (12, 24),
            (12, 25),
            (12, 26),
        ],
    ) || is_from_easter(today, &[-2, 0, 1, 39, 49])
        || is_first_from(today, Weekday::Friday, 6, 19)
        || is_first_from(today, Weekday::Saturday, 6, 20)
        || is_first_from(today, Weekday::Saturday, 10, 31)
}

fn sweden(today: Date) -> bool {
    is_any_of(
        today,
        &[
            (1, 1),
            (1, 6),
            (5, 1),
            (6, 6),
            (12, 24),
            (12, 25),
            (12, 26),
            (12, 31),
        ],
    ) || is_from_easter(today, &[-2, 0, 1, 39, 49])
        || is_first_from(today, Weekday::Friday, 6, 19)
        || is_first_from(today, Weekday::Saturday, 6, 20)
        || is_first_from(today, Weekday::Saturday, 10, 31)
}

fn norway(today: Date) -> bool {
    is_any_of(today, &[(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)])
        || is_from_easter(today, &[-3, -2, 0, 1, 39, 49, 50])
}

fn denmark(today: Date) -> bool {
    is_any_of(today, &[(1, 1), (12, 24), (12, 25), (12, 26)])
        || is_from_easter(today, &[-3, -2, 0, 1, 39, 49, 50])
        || (today.year() <= 2023 && is_from_easter(today, &[26]))
}

fn germany(today: Date) -> bool {
    is_any_of(today, &[(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)])
        || is_from_easter(today, &[-2, 1, 39, 50])
        || today == date(2017, 10, 31)
}

fn france(today: Date) -> bool {
    is_any_of(
        today,
        &[
            (1, 1),
            (5, 1),
            (5, 8),
            (7, 14),
            (8, 15),
            (11, 1),
            (11, 11),
            (12, 25),
        ],
    ) || is_from_easter(today, &[1, 39, 50])
}

fn netherlands(today: Date) -> bool {
    let kings_day = date(today.year(), 4, 27);
    let kept_on = if kings_day.weekday() == Weekday::Sunday {
        date(today.year(), 4, 26)
    } else {
        kings_day
    };
    is_any_of(today, &[(1, 1), (12, 25), (12, 26)])
        || is_from_easter(today, &[0, 1, 39, 49, 50])
        || today == kept_on
        || (today.year().rem_euclid(5) == 0 && is_any_of(today, &[(5, 5)]))
}

fn ireland(today: Date) -> bool {
    is_any_of(today, &[(1, 1), (3, 17), (12, 25), (12, 26)])
        || is_from_easter(today, &[1])
        || (today.year() >= 2023 && is_st_brigids_day(today))
        || is_first_from(today, Weekday::Monday, 5, 1)
        || is_first_from(today, Weekday::Monday, 6, 1)
        || is_first_from(today, Weekday::Monday, 8, 1)
        || is_last_in(today, Weekday::Monday, 10)
}

/// First Monday of February, or 1 February when that is a Friday.
fn is_st_brigids_day(today: Date) -> bool {
    let first = date(today.year(), 2, 1);
    if first.weekday() == Weekday::Friday {
        today == first
    } else {
        is_first_from(today, Weekday::Monday, 2, 1)
    }
}

/// England and Wales, with the substitute days of New Year and Christmas and the single bank
/// holidays of 2020 to 2023.
fn great_britain(today: Date) -> bool {
    const SINGLE: &[(i16, i8, i8)] = &[
        (2020, 5, 8),
        (2022, 6, 2),
        (2022, 6, 3),
        (2022, 9, 19),
        (2023, 5, 8),
    ];
    let is_moved_may = today.year() == 2020 && today.month() == 5 && today.day() < 8;
    let is_moved_spring = today.year() == 2022 && today.month() == 5 && today.day() > 24;
    SINGLE.contains(&(today.year(), today.month(), today.day()))
        || is_from_easter(today, &[-2, 1])
        || (is_first_from(today, Weekday::Monday, 5, 1) && !is_moved_may)
        || (is_last_in(today, Weekday::Monday, 5) && !is_moved_spring)
        || is_last_in(today, Weekday::Monday, 8)
        || is_any_of(today, &[(1, 1), (12, 25), (12, 26)])
        || is_substitute_day(today)
}

/// Monday or Tuesday after a New Year's, Christmas or Boxing Day on a weekend.
fn is_substitute_day(today: Date) -> bool {
    match (today.month(), today.weekday()) {
        (1, Weekday::Monday) => matches!(today.day(), 2 | 3),
        (12, Weekday::Monday | Weekday::Tuesday) => matches!(today.day(), 27 | 28),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_on_its_known_dates() {
        for (year, month, day) in [
            (1961, 4, 2),
            (2000, 4, 23),
            (2019, 4, 21),
            (2023, 4, 9),
            (2024, 3, 31),
            (2025, 4, 20),
            (2038, 4, 25),
            (2049, 4, 18),
        ] {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    fn all(country: &str, year: i16) -> Vec<(i8, i8)> {
        let mut day = date(year, 1, 1);
        let mut found = Vec::new();
        while day.year() == year {
            if is_public_holiday(country, year, day.month() as u8, day.day() as u8) == Some(true) {
                found.push((day.month(), day.day()));
            }
            day = day.saturating_add(1.days());
        }
        found
    }

    #[test]
    fn finland_has_its_holidays_of_2023() {
        assert_eq!(
            all("FI", 2023),
            [
                (1, 1),
                (1, 6),
                (4, 7),
                (4, 9),
                (4, 10),
                (5, 1),
                (5, 18),
                (5, 28),
                (6, 23),
                (6, 24),
                (11, 4),
                (12, 6),
                (12, 24),
                (12, 25),
                (12, 26)
            ]
        );
    }

    #[test]
    fn denmark_gave_up_the_great_prayer_day() {
        assert_eq!(is_public_holiday("DK", 2023, 5, 5), Some(true));
        assert_eq!(is_public_holiday("DK", 2024, 4, 26), Some(false));
    }

    #[test]
    fn british_bank_holidays_move_off_the_weekend() {
        assert_eq!(
            all("GB", 2022),
            [
                (1, 1),
                (1, 3),
                (4, 15),
                (4, 18),
                (5, 2),
                (6, 2),
                (6, 3),
                (8, 29),
                (9, 19),
                (12, 25),
                (12, 26),
                (12, 27)
            ]
        );
        assert_eq!(
            all("GB", 2021),
            [
                (1, 1),
                (4, 2),
                (4, 5),
                (5, 3),
                (5, 31),
                (8, 30),
                (12, 25),
                (12, 26),
                (12, 27),
                (12, 28)
            ]
        );
        assert_eq!(
            all("GB", 2025),
            [
                (1, 1),
                (4, 18),
                (4, 21),
                (5, 5),
                (5, 26),
                (8, 25),
                (12, 25),
                (12, 26)
            ]
        );
    }

    #[test]
    fn each_country_counts_its_days_of_2025() {
        let counts: Vec<(&str, usize)> = HOLIDAY_COUNTRIES
            .iter()
            .map(|country| (*country, all(country, 2025).len()))
            .collect();
        assert_eq!(
            counts,
            [
                ("DE", 9),
                ("DK", 11),
                ("FI", 15),
                ("FR", 11),
                ("GB", 8),
                ("IE", 10),
                ("NL", 10),
                ("NO", 12),
                ("SE", 16)
            ]
        );
        assert_eq!(is_public_holiday("NL", 2025, 4, 26), Some(true));
        assert_eq!(is_public_holiday("NL", 2025, 4, 27), Some(false));
        assert_eq!(is_public_holiday("IE", 2030, 2, 1), Some(true));
        assert_eq!(is_public_holiday("IE", 2025, 2, 3), Some(true));
        assert_eq!(is_public_holiday("XX", 2025, 1, 1), None);
    }
}
