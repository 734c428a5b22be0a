//! Validation: heat meters of 3,021 Danish homes, 2019 (Schaffer et al., Scientific Data 9, 420).

use crate::support::{HOURS, demand, lump, shared, study};
use hukka_model::{BuildingUse, LumpedDemand};
use hukka_units::{HeatEnergy, Ratio, Temperature};

/// Measured share of the year and outdoor temperature by UTC hour of 2019.
fn measured() -> Option<(Vec<f64>, Vec<f64>)> {
    let text = shared("aalborg_2018-2019_residential_heat_profile.csv")?;
    let rows = text.lines().filter(|line| line.starts_with("2019-"));
    let cell = |line: &str, i: usize| line.split(',').nth(i)?.parse::<f64>().ok();
    let (heat, outdoor) = rows
        .filter_map(|line| Some((cell(line, 1)?, cell(line, 2)?)))
        .unzip();
    Some((heat, outdoor))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Root mean square error over the mean of the measured values.
fn cv_rmse(model: &[f64], measured: &[f64]) -> f64 {
    let squares = model.iter().zip(measured).map(|(a, b)| (a - b) * (a - b));
    (squares.sum::<f64>() / measured.len() as f64).sqrt() / mean(measured)
}

/// Share of the year in the days from one on, per cent.
fn month_share(hours: &[f64], first_day: usize, days: usize) -> f64 {
    let month = hours[first_day * 24..(first_day + days) * 24]
        .iter()
        .sum::<f64>();
    100.0 * month / hours.iter().sum::<f64>()
}

fn daily(hours: &[f64]) -> Vec<f64> {
    hours.chunks(24).map(mean).collect()
}

#[test]
fn three_thousand_danish_homes_are_followed_day_by_day_and_hour_by_hour() {
    let Some((heat, outdoor)) = measured() else {
        return;
    };
    assert_eq!((heat.len(), outdoor.len()), (HOURS, HOURS));
    let homes = LumpedDemand {
        annual_heat: HeatEnergy::from_mwh(51_346.0),
        hot_water_share: Ratio::from_fraction(0.25),
        usage: BuildingUse::House,
        ..lump("aalborg")
    };
    let mut town = study(Vec::new(), vec![homes]);
    town.weather.outdoor_temperature = outdoor.into_iter().map(Temperature::from_c).collect();
    // The test calendar starts on a Sunday at local midnight; 2019 on a Tuesday at 01:00 local.
    for (step, hour) in town.axis.calendar.iter_mut().enumerate() {
        hour.hour = ((step + 1) % 24) as u8;
        hour.weekday = ((step + 1).div_euclid(24) + 1).rem_euclid(7) as u8;
    }
    let (demand, _) = demand(&town);
    let model: Vec<f64> = demand.total.iter().map(|q| q.mw()).collect();
    let scale = 51_346.0 / heat.iter().sum::<f64>();
    let measured: Vec<f64> = heat.iter().map(|share| share * scale).collect();

    let hourly = cv_rmse(&model, &measured);
    let days = cv_rmse(&daily(&model), &daily(&measured));
    let peak = |values: &[f64]| values.iter().copied().fold(0.0, f64::max) / mean(values);
    let text = format!(
        "Aalborg 2019: CV(RMSE) hourly {hourly:.3}, daily {days:.3}; peak/mean {:.2}, measured {:.2}",
        peak(&model),
        peak(&measured)
    );
    eprintln!("{text}");
    let summer = (
        month_share(&model, 212, 31),
        month_share(&measured, 212, 31),
    );
    let july = (
        month_share(&model, 181, 31),
        month_share(&measured, 181, 31),
    );
    let text_summer = format!(
        "July {:.2} % of the year, measured {:.2} %; August {:.2} %, measured {:.2} %",
        july.0, july.1, summer.0, summer.1
    );
    eprintln!("{text_summer}");
    assert!((july.0 / july.1 - 1.0).abs() < 0.15, "{text_summer}");
    assert!((summer.0 / summer.1 - 1.0).abs() < 0.15, "{text_summer}");
    // A steady signature is smoother than people: the highest hour comes out 6 % too low.
    assert!(hourly < 0.16 && days < 0.12, "{text}");
    assert!(
        (peak(&model) / peak(&measured) - 1.0).abs() < 0.08,
        "{text}"
    );
}
