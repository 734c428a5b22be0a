//! Axes: years, zones, clock changes, holidays.

use crate::support::{UTC_2023, UTC_2024, codes, helsinki_year};
use hukka_series::{CODES, hours_in_year_from, local_year_start, time_axis};

#[test]
fn the_local_year_starts_at_local_midnight() {
    let axis = helsinki_year(2023);
    assert_eq!(axis.start_unix_s, UTC_2023 - 2 * 3600);
    assert_eq!(axis.len(), 8760);
    assert_eq!(axis.stamp(0), "2023-01-01T00:00+02:00");
    assert_eq!(axis.stamp(8759), "2023-12-31T23:00+02:00");
    assert!(axis.calendar[0].is_holiday);
    assert_eq!(axis.calendar[0].weekday, 6);
    assert_eq!(axis.calendar[8759].day_of_year, 364);
}

#[test]
fn spring_has_a_day_of_23_hours_and_autumn_one_of_25() {
    let axis = helsinki_year(2023);
    let hours_of = |month: u8, day: u8| -> Vec<u8> {
        let of_day = axis
            .calendar
            .iter()
            .filter(|hour| (hour.month, hour.day) == (month, day));
        of_day.map(|hour| hour.hour).collect()
    };
    let spring = hours_of(3, 26);
    assert_eq!(spring.len(), 23);
    assert!(!spring.contains(&3));
    let autumn = hours_of(10, 29);
    assert_eq!(autumn.len(), 25);
    assert_eq!(autumn[2..6], [2, 3, 3, 4]);
    assert_eq!(hours_of(3, 27).len(), 24);
}

#[test]
fn a_year_with_29_february_has_8784_hours() {
    assert_eq!(helsinki_year(2024).len(), 8784);
    assert_eq!(hours_in_year_from(UTC_2024), 8784);
    assert_eq!(hours_in_year_from(UTC_2023), 8760);
    let day = 86_400;
    let first_of_march_2023 = UTC_2023 + 59 * day;
    assert_eq!(hours_in_year_from(first_of_march_2023), 8784);
    assert_eq!(hours_in_year_from(first_of_march_2023 - day), 8760);
    assert_eq!(hours_in_year_from(UTC_2024 + 59 * day), 8784);
    assert_eq!(hours_in_year_from(UTC_2024 + 60 * day), 8760);
}

#[test]
fn an_unknown_zone_and_a_broken_start_are_both_said() {
    let (axis, found) = time_axis("Europe/Helsingki", UTC_2023 + 1, "FI");
    assert!(axis.is_none());
    assert_eq!(codes(&found), ["HK0219", "HK0230"]);
    assert_eq!(
        local_year_start("Europe/Helsinki", 1492).unwrap_err().code,
        "HK0230"
    );
    assert_eq!(
        local_year_start("Mars/Olympus", 2023).unwrap_err().code,
        "HK0219"
    );
}

#[test]
fn an_unknown_country_gives_a_note_and_no_holidays() {
    let (axis, found) = time_axis("Europe/Tallinn", UTC_2023, "EE");
    assert_eq!(codes(&found), ["HK0229"]);
    assert!(!found[0].is_error());
    assert!(axis.unwrap().calendar.iter().all(|hour| !hour.is_holiday));
}

#[test]
fn fixed_offsets_and_utc_are_zones() {
    let (axis, found) = time_axis("+02:00", UTC_2023, "FI");
    assert!(found.is_empty());
    assert_eq!(axis.unwrap().stamp(5000), "2023-07-28T10:00+02:00");
    assert!(time_axis("UTC", UTC_2023, "FI").0.is_some());
}

#[test]
fn every_code_is_listed_once_and_in_order() {
    let numbers: Vec<&str> = CODES.iter().map(|(code, _)| *code).collect();
    assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(
        CODES
            .iter()
            .all(|(code, text)| code.starts_with("HK02") && !text.ends_with('.'))
    );
}
