//! A colder year than the typical one, chosen or put together from several.

use crate::degree_days::{DegreeDayRule, degree_days};
use hukka_model::{LocalHour, TimeAxis};
use hukka_units::Temperature;
use std::collections::BTreeMap;

/// How an extreme year is made of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExtremeRule {
    /// The year with the most degree days.
    #[default]
    ColdestYear,
    /// For each calendar month the coldest of all years.
    ColdestMonths,
}

/// One year of measured weather.
#[derive(Debug, Clone, PartialEq)]
pub struct WeatherYear {
    /// What it is called: `station.csv 2010`.
    pub name: String,
    /// Outdoor temperature, one per hour.
    pub outdoor: Vec<Temperature>,
    /// Local clock of the same hours.
    pub calendar: Vec<LocalHour>,
}

/// An extreme year on the hours of an axis, and where it comes from; `None` without any year.
///
/// Hours are matched by local month, day and hour; 29 February repeats 28 February where it is
/// missing. Months are joined as they are, as a thermal mass smooths the joint. Of equal years or
/// months the first counts.
///
/// # Source  months chosen one by one as for the extreme meteorological year of Crawley and Lawrie
///   2015, with the lowest mean of each month
pub fn extreme_year(
    rule: ExtremeRule,
    years: &[WeatherYear],
    axis: &TimeAxis,
) -> Option<(Vec<Temperature>, String)> {
    let by_hour: Vec<BTreeMap<(u8, u8, u8), Temperature>> = years.iter().map(indexed).collect();
    let chosen: [usize; 12] = match rule {
        ExtremeRule::ColdestYear => {
            let days = |year: &WeatherYear| {
                degree_days(DegreeDayRule::Plain17, &year.outdoor, &year.calendar)
            };
            [first_highest(years.iter().map(days))?; 12]
        }
        ExtremeRule::ColdestMonths => {
            let mut months = [0; 12];
            for (month, chosen) in (1_u8..).zip(&mut months) {
                *chosen = first_highest(years.iter().map(|year| -month_mean(year, month)))?;
            }
            months
        }
    };
    let outdoor = axis
        .calendar
        .iter()
        .map(|hour| {
            let year = &by_hour[chosen[usize::from(hour.month.clamp(1, 12)) - 1]];
            at(year, hour.month, hour.day, hour.hour)
        })
        .collect::<Option<Vec<Temperature>>>()?;
    let provenance = match rule {
        ExtremeRule::ColdestYear => years[chosen[0]].name.clone(),
        ExtremeRule::ColdestMonths => {
            let names: Vec<String> = (1..)
                .zip(chosen)
                .map(|(month, year)| format!("{month}: {}", years[year].name))
                .collect();
            names.join(", ")
        }
    };
    Some((outdoor, provenance))
}

fn indexed(year: &WeatherYear) -> BTreeMap<(u8, u8, u8), Temperature> {
    let mut hours = BTreeMap::new();
    for (temperature, hour) in year.outdoor.iter().zip(&year.calendar) {
        hours
            .entry((hour.month, hour.day, hour.hour))
            .or_insert(*temperature);
    }
    hours
}

/// The hour of a date, else a neighbour: skipped hours of summer time, 29 February.
fn at(
    year: &BTreeMap<(u8, u8, u8), Temperature>,
    month: u8,
    day: u8,
    hour: u8,
) -> Option<Temperature> {
    let of_day = |day: u8| {
        (0..=hour)
            .rev()
            .find_map(|hour| year.get(&(month, day, hour)))
            .copied()
    };
    of_day(day).or_else(|| of_day(day.saturating_sub(1)))
}

fn month_mean(year: &WeatherYear, month: u8) -> f64 {
    let hours = year.outdoor.iter().zip(&year.calendar);
    let (sum, count) = hours
        .filter(|(_, hour)| hour.month == month)
        .fold((0.0, 0.0), |(sum, count), (t, _)| {
            (sum + t.c(), count + 1.0)
        });
    if count > 0.0 {
        sum / count
    } else {
        f64::INFINITY
    }
}

fn first_highest(values: impl Iterator<Item = f64>) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (index, value) in values.enumerate() {
        if best.is_none_or(|(_, highest)| value > highest) {
            best = Some((index, value));
        }
    }
    best.map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{local_year_start, time_axis};

    fn axis(year: i16) -> TimeAxis {
        let start = local_year_start("Europe/Helsinki", year).expect("a year");
        time_axis("Europe/Helsinki", start, "FI")
            .0
            .expect("an axis")
    }

    fn weather(year: i16, celsius: impl Fn(&LocalHour) -> f64) -> WeatherYear {
        let calendar = axis(year).calendar;
        WeatherYear {
            name: format!("w {year}"),
            outdoor: calendar
                .iter()
                .map(|hour| Temperature::from_c(celsius(hour)))
                .collect(),
            calendar,
        }
    }

    #[test]
    fn the_coldest_year_is_chosen_whole_and_the_coldest_months_one_by_one() {
        let years = [
            weather(2021, |h| if h.month == 1 { -20.0 } else { 8.0 }),
            weather(2024, |h| if h.month == 1 { -5.0 } else { 4.0 }),
        ];
        let study = axis(2023);
        let (whole, name) = extreme_year(ExtremeRule::ColdestYear, &years, &study).expect("a year");
        assert_eq!((name.as_str(), whole.len()), ("w 2024", 8760));
        assert!((whole[0].c() + 5.0).abs() < 1e-9);
        let (months, name) =
            extreme_year(ExtremeRule::ColdestMonths, &years, &study).expect("a year");
        assert!((months[0].c() + 20.0).abs() < 1e-9 && (months[5000].c() - 4.0).abs() < 1e-9);
        assert!(name.starts_with("1: w 2021, 2: w 2024"), "{name}");
    }

    #[test]
    fn leap_days_and_clock_changes_find_an_hour() {
        let years = [weather(2023, |h| f64::from(h.hour))];
        let (found, _) =
            extreme_year(ExtremeRule::ColdestYear, &years, &axis(2024)).expect("a year");
        assert_eq!(found.len(), 8784);
        assert_eq!(
            extreme_year(ExtremeRule::ColdestYear, &[], &axis(2024)),
            None
        );
    }
}
