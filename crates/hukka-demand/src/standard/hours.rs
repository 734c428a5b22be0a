//! The day's heat by hour and temperature class.

use hukka_model::{ProfileCustomer, ProfileLaw, StandardProfile};

const TABLE: &str = include_str!("../../data/standard_hours.txt");
/// The table holds ten-thousandths.
const UNIT: f64 = 1e-4;
/// Temperature classes, cold to warm.
const CLASSES: usize = 10;
/// Warmest whole degree of each class but the last, °C.
const CLASS_ENDS_C: [f64; CLASSES - 1] = [-15.0, -10.0, -5.0, 0.0, 5.0, 10.0, 15.0, 20.0, 25.0];
/// Class of homes the straight-line law was published for.
const MEAN_CLASS: u8 = 11;

/// `factor[weekday][hour][class]` of one profile; homes have one weekday for all.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HourFactors {
    by_weekday: Vec<[[f64; CLASSES]; 24]>,
}

impl HourFactors {
    pub(crate) fn find(profile: StandardProfile) -> Option<Self> {
        let class = match (profile.law, profile.customer.is_home()) {
            (ProfileLaw::SigmoidLinear, true) => MEAN_CLASS,
            (ProfileLaw::SigmoidLinear, false) => 0,
            (ProfileLaw::Sigmoid, _) => profile.building_class,
        };
        let weekdays = if profile.customer.is_home() { 1 } else { 7 };
        let mut by_weekday = vec![[[0.0; CLASSES]; 24]; weekdays];
        let mut seen = 0;
        for (weekday, hour, values) in rows(profile.customer, class) {
            by_weekday.get_mut(weekday)?[hour] = values;
            seen += 1;
        }
        (seen == weekdays * 24).then_some(Self { by_weekday })
    }

    /// Share of the day's heat in an hour, Monday 0, first hour 0.
    pub(crate) fn at(&self, weekday: u8, hour: usize, reference_c: f64) -> f64 {
        let day = usize::from(weekday).min(self.by_weekday.len() - 1);
        self.by_weekday[day][hour.min(23)][class_of(reference_c)]
    }
}

/// Class of a reference temperature: rounded up to whole degrees first, as the guide does.
fn class_of(reference_c: f64) -> usize {
    let degree = reference_c.ceil();
    CLASS_ENDS_C.iter().filter(|end| degree > **end).count()
}

/// Rows of one profile as weekday from 0, hour from 0, factors.
fn rows(
    customer: ProfileCustomer,
    class: u8,
) -> impl Iterator<Item = (usize, usize, [f64; CLASSES])> {
    let key = format!("{},{class},", customer.word().to_uppercase());
    TABLE.lines().filter_map(move |line| {
        let (place, numbers) = line.strip_prefix(&key)?.split_once(':')?;
        let (weekday, hour) = place.split_once(',')?;
        let weekday: usize = weekday.parse().ok()?;
        let hour: usize = hour.parse().ok()?;
        let mut values = [0.0; CLASSES];
        for (value, text) in values.iter_mut().zip(numbers.split(' ')) {
            *value = UNIT * text.parse::<f64>().ok()?;
        }
        Some((weekday.saturating_sub(1), hour.checked_sub(1)?, values))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_begin_where_the_guide_says() {
        for (t, class) in [
            (-40.0, 0),
            (-20.5, 0),
            (-15.0, 0),
            (-14.9, 1),
            (-14.0, 1),
            (-10.0, 1),
            (-9.5, 2),
            (0.0, 3),
            (0.1, 4),
            (15.0, 6),
            (15.1, 7),
            (25.5, 9),
            (39.0, 9),
        ] {
            assert_eq!(class_of(t), class, "{t}");
        }
    }

    #[test]
    fn the_hours_of_every_day_make_up_about_a_day() {
        for (customer, _, _) in ProfileCustomer::ALL {
            let classes = if customer.is_home() { 1..=11 } else { 0..=0 };
            for building_class in classes {
                let factors = HourFactors::find(StandardProfile {
                    customer,
                    building_class,
                    is_windy: false,
                    law: ProfileLaw::Sigmoid,
                })
                .unwrap();
                for day in &factors.by_weekday {
                    for class in 0..CLASSES {
                        let sum: f64 = day.iter().map(|hour| hour[class]).sum();
                        assert!((sum - 1.0).abs() < 5e-3, "{customer:?} {class}: {sum}");
                    }
                }
            }
        }
    }
}
