//! Heat for processes: shifts in place of the weather.

use crate::hot_water::normalise;
use hukka_model::{LocalHour, Process};

/// First hour of the first shift.
const BEGIN: u8 = 6;
/// Hours of a shift.
const SHIFT: u8 = 8;

/// Share of the year's process heat in every hour; sums to 1.
///
/// Full power in the shifts, from six in the morning, of the working days; the standby share at all
/// other times. Public holidays are worked only where the week has seven days.
///
/// # Source  calendar of shift work; no weather in it
pub(crate) fn process_share(process: &Process, calendar: &[LocalHour]) -> Vec<f64> {
    let until = BEGIN + SHIFT * process.shifts.clamp(1, 3);
    let standby = process.standby.fraction();
    let mut share: Vec<f64> = calendar
        .iter()
        .map(|hour| {
            let is_day = hour.weekday < process.days && (process.days == 7 || !hour.is_holiday);
            // A third shift ends at six the next morning.
            let is_shift = (BEGIN..until).contains(&hour.hour) || hour.hour + 24 < until;
            if is_day && is_shift { 1.0 } else { standby }
        })
        .collect();
    normalise(&mut share);
    share
}

#[cfg(test)]
mod tests {
    use super::*;
    use hukka_model::sample;
    use hukka_units::Ratio;

    fn process(shifts: u8, days: u8, standby: f64) -> Process {
        Process {
            share: Ratio::from_fraction(0.5),
            shifts,
            days,
            standby: Ratio::from_fraction(standby),
        }
    }

    #[test]
    fn shifts_and_working_days_carry_the_heat() {
        let axis = sample::axis(8760);
        for (shifts, hours) in [(1, 8), (2, 16), (3, 24)] {
            let found = process_share(&process(shifts, 5, 0.0), &axis.calendar);
            assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            let tuesday: Vec<usize> = (0..8760)
                .filter(|t| axis.calendar[*t].day_of_year == 9)
                .collect();
            let at_work = tuesday.iter().filter(|t| found[**t] > 0.0).count();
            assert_eq!(at_work, hours, "{shifts} shifts");
        }
        let always = process_share(&process(3, 7, 0.2), &axis.calendar);
        assert!(always.iter().all(|share| (share - always[0]).abs() < 1e-15));
    }
}
