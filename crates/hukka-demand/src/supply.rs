//! How hot the network has to be for a consumer.

use hukka_units::{Temperature, TemperatureDifference};

/// Difference over a substation between primary and secondary supply.
const SUBSTATION_APPROACH: TemperatureDifference = TemperatureDifference::from_kelvin(5.0);
/// Hot water of 58 °C at the tap through a heat exchanger.
const HOT_WATER_SUPPLY: Temperature = Temperature::from_c(65.0);

/// Supply temperature a building needs at its substation on the design day.
///
/// Its own heating's, where that is known, plus 5 K over the substation. Else radiators by year built: 80/60 °C before 1978, 70/40 °C to 2002, 60/30 °C after. Floor heating is 35/28 °C. Never below 65 °C, which hot water needs all year. On milder days the radiators
/// need less.
///
/// # Source  Finnish practice for district-heated buildings (K1 of Energiateollisuus)
pub fn required_supply_temperature(year: i32, secondary: Option<Temperature>) -> Temperature {
    let usual = Temperature::from_c(match year {
        ..=1977 => 80.0,
        1978..=2002 => 70.0,
        _ => 60.0,
    });
    (secondary.unwrap_or(usual) + SUBSTATION_APPROACH).max(HOT_WATER_SUPPLY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_buildings_need_cooler_water_but_never_below_hot_water() {
        let needs: Vec<f64> = [1950, 1985, 2010, 2025]
            .map(|year| required_supply_temperature(year, None).c())
            .to_vec();
        for (found, expected) in needs.iter().zip([85.0, 75.0, 65.0, 65.0]) {
            assert!((found - expected).abs() < 1e-9, "{needs:?}");
        }
    }

    #[test]
    fn what_is_known_of_the_building_counts_before_its_year() {
        let at = |celsius: f64| {
            required_supply_temperature(1950, Some(Temperature::from_c(celsius))).c()
        };
        assert!((at(70.0) - 75.0).abs() < 1e-9);
        assert!(
            (at(35.0) - 65.0).abs() < 1e-9,
            "hot water needs more than floor heating"
        );
    }
}
