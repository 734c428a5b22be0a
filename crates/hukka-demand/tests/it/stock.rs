//! Renovation, extreme years and processes.

use crate::support::{HOURS, building, codes, demand, house, lump, study};
use hukka_model::{
    BuildingUse, ExtremeYear, LumpedDemand, Process, Renovation, RenovationOrder, StockPlan, Study,
};
use hukka_units::{Ratio, Temperature, TemperatureDifference};

fn renovation(order: RenovationOrder) -> Renovation {
    Renovation {
        id: "insulation".to_owned(),
        usages: vec![BuildingUse::House],
        built_from: None,
        built_until: Some(1990),
        share_per_year: Ratio::from_fraction(0.05),
        saving: Ratio::from_fraction(0.4),
        hot_water_saving: Ratio::from_fraction(0.1),
        secondary_supply: Some(Temperature::from_c(55.0)),
        order,
    }
}

fn until(year: i32, renovations: Vec<Renovation>, study: Study) -> Study {
    Study {
        stock: StockPlan {
            described_year: 2025,
            asked_year: year,
            renovations,
        },
        ..study
    }
}

fn houses() -> Study {
    let buildings = (0..10)
        .map(|n| {
            let mut house = house(&format!("h{n}"));
            house.construction_year = 1950 + 3 * n;
            house
        })
        .collect();
    study(buildings, Vec::new())
}

#[test]
fn renovation_spread_over_the_stock_saves_its_share_in_every_house() {
    let (before, _) = demand(&houses());
    let spread = vec![renovation(RenovationOrder::Spread)];
    let (after, found) = demand(&until(2035, spread, houses()));
    assert_eq!(codes(&found), ["HK0414"]);
    for (old, new) in before.consumers.iter().zip(&after.consumers) {
        assert!((new.space_heat.si() / old.space_heat.si() - 0.8).abs() < 1e-9);
        assert!((new.hot_water.si() / old.hot_water.si() - 0.95).abs() < 1e-9);
        let same = new.required_supply_temperature - old.required_supply_temperature;
        assert!(
            same.kelvin().abs() < 1e-9,
            "half renovated houses stay as hot"
        );
    }
    let total: f64 = after.total.iter().map(|q| q.mw()).sum();
    assert!((total - after.annual().mwh()).abs() < 1e-6 * total);
}

#[test]
fn the_oldest_houses_come_first_and_need_cooler_water() {
    let (before, _) = demand(&houses());
    let order = vec![renovation(RenovationOrder::OldestFirst)];
    let (after, _) = demand(&until(2035, order, houses()));
    let cooler: Vec<bool> = before
        .consumers
        .iter()
        .zip(&after.consumers)
        .map(|(old, new)| new.required_supply_temperature < old.required_supply_temperature)
        .collect();
    assert_eq!(
        cooler,
        [
            true, true, true, true, true, false, false, false, false, false
        ]
    );
    for (n, (old, new)) in before.consumers.iter().zip(&after.consumers).enumerate() {
        let kept = if n < 5 { 0.6 } else { 1.0 };
        assert!(
            (new.space_heat.si() / old.space_heat.si() - kept).abs() < 1e-9,
            "{n}"
        );
    }
}

#[test]
fn no_year_passed_and_other_buildings_change_nothing() {
    let spread = || vec![renovation(RenovationOrder::Spread)];
    let (before, _) = demand(&houses());
    let (same, found) = demand(&until(2025, spread(), houses()));
    assert_eq!(same, before);
    assert!(found.is_empty());
    let flats = || {
        study(
            vec![building("b", BuildingUse::Apartment, 1960, 600.0, 4.0)],
            Vec::new(),
        )
    };
    let (others, _) = demand(&until(2040, spread(), flats()));
    assert_eq!(others.consumers, demand(&flats()).0.consumers);
}

#[test]
fn an_extreme_year_is_designed_for_and_not_counted() {
    let mut typical = houses();
    typical.weather.design_outdoor_temperature = Temperature::from_c(-5.0);
    let mut cold = typical.clone();
    let colder = |t: &Temperature| *t + TemperatureDifference::from_kelvin(-12.0);
    cold.weather.extreme = Some(ExtremeYear {
        outdoor_temperature: typical
            .weather
            .outdoor_temperature
            .iter()
            .map(colder)
            .collect(),
        provenance: "w 1987".to_owned(),
    });
    let (usual, _) = demand(&typical);
    let (designed, found) = demand(&cold);
    assert_eq!(codes(&found), ["HK0415"]);
    assert_eq!(designed.total, usual.total);
    for (a, b) in usual.consumers.iter().zip(&designed.consumers) {
        assert!(b.design_power > a.design_power && b.peak == a.peak);
    }
}

#[test]
fn a_process_follows_its_shifts_and_keeps_the_years_heat() {
    let industry = LumpedDemand {
        usage: BuildingUse::Industrial,
        process: Some(Process {
            share: Ratio::from_fraction(0.7),
            shifts: 2,
            days: 5,
            standby: Ratio::from_fraction(0.1),
        }),
        secondary_supply: Some(Temperature::from_c(70.0)),
        ..lump("works")
    };
    let study = study(Vec::new(), vec![industry]);
    let (found, _) = demand(&study);
    let consumer = &found.consumers[0];
    assert!((consumer.annual().mwh() - 1000.0).abs() < 1e-6);
    assert!((consumer.required_supply_temperature.c() - 75.0).abs() < 1e-9);
    let total: f64 = found.total.iter().map(|q| q.mw()).sum();
    assert!((total - 1000.0).abs() < 1e-6, "{total}");
    let july: Vec<usize> = (0..HOURS)
        .filter(|t| study.axis.calendar[*t].month == 7 && study.axis.calendar[*t].is_working_day())
        .collect();
    let mean = |hour: u8| {
        let at = july
            .iter()
            .filter(|t| study.axis.calendar[**t].hour == hour);
        let (sum, count) = at.fold((0.0, 0.0), |(s, n), t| (s + found.total[*t].kw(), n + 1.0));
        sum / count
    };
    assert!(mean(10) > 4.0 * mean(2), "{} {}", mean(10), mean(2));
}
