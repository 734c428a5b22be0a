//! Hours of the year.

use crate::support::{HOURS, building, demand, house, lump, study};
use hukka_model::{Building, BuildingUse, HeatDemand, Study};
use proptest::prelude::*;

const USES: [BuildingUse; 9] = [
    BuildingUse::House,
    BuildingUse::Apartment,
    BuildingUse::Office,
    BuildingUse::Retail,
    BuildingUse::School,
    BuildingUse::Health,
    BuildingUse::Sport,
    BuildingUse::Industrial,
    BuildingUse::Other,
];

fn one_of_each() -> Study {
    let years = [1960, 1985, 2005, 2020];
    let buildings = USES.iter().flat_map(|usage| {
        years.map(|year| building(&format!("{usage:?} {year}"), *usage, year, 800.0, 2.0))
    });
    study(buildings.collect(), vec![lump("town")])
}

#[test]
fn every_shape_sums_to_one_and_is_never_negative() {
    let (demand, _) = demand(&one_of_each());
    assert_eq!(demand.profiles.len(), 36);
    for profile in &demand.profiles {
        for shape in [&profile.space_heat, &profile.hot_water] {
            assert_eq!(shape.len(), HOURS);
            assert!(shape.iter().all(|share| *share >= 0.0));
            let sum: f64 = shape.iter().sum();
            assert!((sum - 1.0).abs() < 1e-12, "{}: {sum}", profile.name);
        }
    }
}

#[test]
fn the_total_is_the_sum_of_the_consumers() {
    let (demand, _) = demand(&one_of_each());
    for t in (0..HOURS).step_by(53) {
        let sum: f64 = (0..demand.consumers.len())
            .map(|c| demand.at(c, t).w())
            .sum();
        assert!((demand.total[t].w() / sum - 1.0).abs() < 1e-12);
    }
}

#[test]
fn peak_is_the_highest_hour_and_design_power_is_no_less() {
    let (demand, _) = demand(&one_of_each());
    for (index, consumer) in demand.consumers.iter().enumerate() {
        let highest = (0..HOURS)
            .map(|t| demand.at(index, t).w())
            .fold(0.0, f64::max);
        assert!(
            (consumer.peak.w() / highest - 1.0).abs() < 1e-12,
            "{}",
            consumer.id
        );
        assert!(consumer.design_power >= consumer.peak);
        assert!(consumer.design_power.w() < 2.0 * consumer.peak.w());
    }
}

#[test]
fn summer_is_hot_water_and_the_year_is_finnish() {
    let (demand, _) = demand(&study(vec![house("a")], vec![lump("town")]));
    let peak = demand.total.iter().map(|q| q.mw()).fold(0.0, f64::max);
    let mean = demand.annual().mwh() / HOURS as f64;
    let july = demand.total[181 * 24..212 * 24]
        .iter()
        .map(|q| q.mw())
        .sum::<f64>()
        / 744.0;
    let text = format!(
        "load factor {:.3}, July {:.3} of peak",
        mean / peak,
        july / peak
    );
    eprintln!("{text}");
    assert!((0.30..0.42).contains(&(mean / peak)), "{text}");
    assert!((0.05..0.16).contains(&(july / peak)), "{text}");
}

#[test]
fn offices_are_cooler_at_night_and_at_weekends() {
    let office = building("o", BuildingUse::Office, 1985, 800.0, 4.0);
    let working = study(vec![office], Vec::new());
    // 2023-02-07 is a Tuesday.
    let day = 37 * 24..38 * 24;
    let mut holiday = working.clone();
    for hour in &mut holiday.axis.calendar[day.clone()] {
        hour.is_holiday = true;
    }
    let (worked, rested) = (demand(&working).0, demand(&holiday).0);
    assert!(worked.at(0, day.start + 10) > worked.at(0, day.start + 2));
    let sum = |demand: &HeatDemand| day.clone().map(|t| demand.at(0, t).w()).sum::<f64>();
    assert!(sum(&worked) > 1.02 * sum(&rested));
}

#[test]
fn homes_draw_hot_water_in_the_evening_and_schools_not_in_july() {
    let school = building("s", BuildingUse::School, 1985, 800.0, 2.0);
    let (demand, _) = demand(&study(vec![house("a"), school], Vec::new()));
    let water = |consumer: usize| &demand.profiles[demand.consumers[consumer].profile].hot_water;
    let day = 37 * 24;
    assert!(water(0)[day + 19] > 1.5 * water(0)[day + 3]);
    let month = |from: usize| water(1)[from * 24..(from + 28) * 24].iter().sum::<f64>();
    assert!(month(182) < 0.6 * month(32));
}

#[test]
fn the_same_study_gives_the_same_bits() {
    let run = || -> HeatDemand { demand(&one_of_each()).0 };
    assert_eq!(run(), run());
}

fn any_building() -> impl Strategy<Value = Building> {
    (
        0..USES.len(),
        1900..2030_i32,
        30.0..4000.0_f64,
        1.0..8.0_f64,
    )
        .prop_map(|(usage, year, area, storeys)| building("b", USES[usage], year, area, storeys))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn heat_is_conserved_between_amounts_and_hours(buildings in prop::collection::vec(any_building(), 1..12)) {
        let (demand, _) = demand(&study(buildings, Vec::new()));
        let hourly: f64 = demand.total.iter().map(|q| q.mw()).sum();
        prop_assert!((hourly / demand.annual().mwh() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_colder_year_needs_more_space_heat(one in any_building(), colder in 0.1..8.0_f64) {
        let mild = study(vec![one], Vec::new());
        let mut cold = mild.clone();
        for t in &mut cold.weather.outdoor_temperature {
            *t = *t - hukka_units::TemperatureDifference::from_kelvin(colder);
        }
        let (a, b) = (demand(&mild).0, demand(&cold).0);
        prop_assert!(b.consumers[0].space_heat > a.consumers[0].space_heat);
        prop_assert!((b.consumers[0].hot_water.si() - a.consumers[0].hot_water.si()).abs() < 1e-3);
    }
}
