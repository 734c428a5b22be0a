//! Degree days: how much heating a year's weather asks for.

use hukka_model::LocalHour;
use hukka_units::Temperature;

/// A country's way of counting degree days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DegreeDayRule {
    /// Finland: base 17 °C, days up to 10 °C until June and up to 12 °C from July.
    #[default]
    S17,
    /// Base 17 °C, every colder day.
    Plain17,
    /// Eurostat: base 18 °C, days up to 15 °C.
    Eurostat,
    /// Germany: base 20 °C, days below 15 °C.
    G20_15,
}

impl DegreeDayRule {
    /// Every rule with its word in studies and its meaning.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (
            Self::S17,
            "s17",
            "Finland: 17 °C less the day's mean, on days up to 10 °C until June and up to 12 °C from July",
        ),
        (
            Self::Plain17,
            "plain17",
            "17 °C less the day's mean, on every colder day",
        ),
        (
            Self::Eurostat,
            "eurostat",
            "18 °C less the day's mean, on days up to 15 °C",
        ),
        (
            Self::G20_15,
            "g20_15",
            "Germany: 20 °C less the day's mean, on days below 15 °C",
        ),
    ];

    /// Word in studies.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The rule of a word.
    pub fn named(word: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known, _)| *known == word);
        found.map(|(rule, _, _)| *rule)
    }

    /// Degrees of one day with a mean temperature in °C.
    fn of_day(self, mean_c: f64, month: u8) -> f64 {
        let (base, is_heating) = match self {
            Self::S17 => (17.0, mean_c <= if month <= 6 { 10.0 } else { 12.0 }),
            Self::Plain17 => (17.0, mean_c < 17.0),
            Self::Eurostat => (18.0, mean_c <= 15.0),
            Self::G20_15 => (20.0, mean_c < 15.0),
        };
        if is_heating { base - mean_c } else { 0.0 }
    }
}

/// Degree days of a year, K d: the sum over its local days by a rule.
///
/// # Shapes  `outdoor[step]`, `calendar[step]`
/// # Source  S17: Finnish Meteorological Institute and Motiva, heating is taken to stop above 10 °C in
///   spring and to begin below 12 °C in autumn; spring is read here as January to June. Eurostat:
///   heating degree days of its energy statistics. G20/15: VDI 2067 and VDI 3807
pub fn degree_days(rule: DegreeDayRule, outdoor: &[Temperature], calendar: &[LocalHour]) -> f64 {
    let mut sum = 0.0;
    let mut day = (0.0, 0_u32);
    for (step, (temperature, hour)) in outdoor.iter().zip(calendar).enumerate() {
        day.0 += temperature.c();
        day.1 += 1;
        let is_last = calendar
            .get(step + 1)
            .is_none_or(|next| next.day_of_year != hour.day_of_year || next.year != hour.year);
        if is_last {
            // Days of the clock changes count whole, cut ones at the ends of the axis by their hours.
            let weight = if day.1 >= 23 {
                1.0
            } else {
                f64::from(day.1) / 24.0
            };
            sum += weight * rule.of_day(day.0 / f64::from(day.1), hour.month);
            day = (0.0, 0);
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{local_year_start, time_axis};

    fn year(celsius: impl Fn(u8) -> f64) -> (Vec<Temperature>, Vec<LocalHour>) {
        let start = local_year_start("Europe/Helsinki", 2023).expect("a year");
        let calendar = time_axis("Europe/Helsinki", start, "FI")
            .0
            .expect("an axis")
            .calendar;
        let outdoor = calendar
            .iter()
            .map(|hour| Temperature::from_c(celsius(hour.month)))
            .collect();
        (outdoor, calendar)
    }

    #[test]
    fn a_constant_winter_counts_by_each_rule() {
        let (outdoor, calendar) = year(|_| 5.0);
        for (rule, per_day) in [
            (DegreeDayRule::S17, 12.0),
            (DegreeDayRule::Plain17, 12.0),
            (DegreeDayRule::Eurostat, 13.0),
            (DegreeDayRule::G20_15, 15.0),
        ] {
            let found = degree_days(rule, &outdoor, &calendar);
            assert!((found - 365.0 * per_day).abs() < 1e-6, "{rule:?}: {found}");
        }
    }

    #[test]
    fn eleven_degrees_heat_in_autumn_but_not_in_spring() {
        let (outdoor, calendar) = year(|_| 11.0);
        let found = degree_days(DegreeDayRule::S17, &outdoor, &calendar);
        assert!((found - 184.0 * 6.0).abs() < 1e-6, "{found}");
        let (outdoor, calendar) = year(|_| 14.9);
        let s17 = degree_days(DegreeDayRule::S17, &outdoor, &calendar);
        let eurostat = degree_days(DegreeDayRule::Eurostat, &outdoor, &calendar);
        assert!(s17.abs() < 1e-12 && (eurostat - 365.0 * 3.1).abs() < 1e-6);
    }

    #[test]
    fn every_word_finds_its_rule() {
        for (rule, word, _) in DegreeDayRule::ALL {
            assert_eq!(
                (rule.word(), DegreeDayRule::named(word)),
                (word, Some(rule))
            );
        }
    }
}
