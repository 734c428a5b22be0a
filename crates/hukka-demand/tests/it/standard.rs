//! Cross-code: German standard load profiles against the demandlib year of 2010.

use crate::support::{HOURS, case, demand, lump, study};
use hukka_demand::standard::standard_share;
use hukka_model::{LocalHour, LumpedDemand, ProfileCustomer, ProfileLaw, StandardProfile};
use hukka_units::HeatEnergy;

/// Heat of one customer in the reference, kWh.
const ANNUAL_KWH: f64 = 25_000.0;

fn calendar() -> Vec<LocalHour> {
    const MONTHS: [u16; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut hours = Vec::with_capacity(HOURS);
    let mut day_of_year = 0_u16;
    for (month, days) in (1_u8..).zip(MONTHS) {
        for day in 1..=days {
            for hour in 0..24 {
                hours.push(LocalHour {
                    year: 2010,
                    month,
                    day: day as u8,
                    hour,
                    // 1 January 2010 was a Friday.
                    weekday: ((day_of_year + 4) % 7) as u8,
                    day_of_year,
                    is_holiday: false,
                    utc_offset_minutes: 60,
                });
            }
            day_of_year += 1;
        }
    }
    hours
}

#[test]
fn every_hour_agrees_with_the_reference_program() {
    let Some(text) = case("demand/demandlib_bdew_example_year.csv") else {
        return;
    };
    let rows: Vec<Vec<f64>> = text
        .lines()
        .skip(1)
        .map(|line| {
            line.split(',')
                .skip(1)
                .filter_map(|c| c.parse().ok())
                .collect()
        })
        .collect();
    assert_eq!(rows.len(), HOURS);
    let outdoor: Vec<f64> = rows.iter().map(|row| row[0]).collect();
    let calendar = calendar();
    let profiles = [
        (ProfileCustomer::Efh, 1, true),
        (ProfileCustomer::Mfh, 2, false),
        (ProfileCustomer::Ghd, 0, false),
    ];
    for (column, (customer, building_class, is_windy)) in (1..).zip(profiles) {
        let profile = StandardProfile {
            customer,
            building_class,
            is_windy,
            law: ProfileLaw::Sigmoid,
        };
        let share = standard_share(profile, "DE", &outdoor, &calendar).expect("in the table");
        let worst = rows
            .iter()
            .zip(&share)
            .map(|(row, s)| (s * ANNUAL_KWH / row[column] - 1.0).abs())
            .fold(0.0, f64::max);
        eprintln!("{}: worst hour {worst:.1e} relative", customer.word());
        assert!(worst < 1e-6, "{customer:?}: {worst}");
    }
}

#[test]
fn a_lumped_demand_follows_its_profile_and_keeps_its_heat() {
    let profile = StandardProfile {
        customer: ProfileCustomer::Ghd,
        building_class: 0,
        is_windy: false,
        law: ProfileLaw::SigmoidLinear,
    };
    let shops = LumpedDemand {
        annual_heat: HeatEnergy::from_mwh(1000.0),
        standard: Some(profile),
        ..lump("shops")
    };
    let town = study(Vec::new(), vec![shops]);
    let (demand, diagnostics) = demand(&town);
    assert_eq!(diagnostics, []);
    let total: f64 = demand.total.iter().map(|q| q.mw()).sum();
    assert!((total / 1000.0 - 1.0).abs() < 1e-9, "{total}");
    assert_eq!(demand.profiles[0].name, "standard profile ghd");
    let outdoor: Vec<f64> = town
        .weather
        .outdoor_temperature
        .iter()
        .map(|t| t.c())
        .collect();
    let share = standard_share(profile, "FI", &outdoor, &town.axis.calendar).unwrap();
    let sum: f64 = share.iter().sum();
    for (q, s) in demand.total.iter().zip(&share) {
        assert!((q.mw() - 1000.0 * s / sum).abs() < 1e-9);
    }
}
