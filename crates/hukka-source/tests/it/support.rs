//! The sample study with weather of its own.

use hukka_model::{DataCentre, Study, Weather, sample};
use hukka_units::{Ratio, Temperature};

pub(crate) const HOURS: usize = 8760;

/// Ten megawatts of air-cooled servers, half filled at first.
pub(crate) fn data_centre() -> DataCentre {
    DataCentre {
        fill: vec![Ratio::from_fraction(0.5), Ratio::from_fraction(1.0)],
        ..sample::data_centre()
    }
}

/// A study of one data centre in southern-Finnish weather.
pub(crate) fn study(centre: DataCentre) -> Study {
    Study {
        weather: Weather {
            outdoor_temperature: (0..HOURS).map(outdoor).collect(),
            ..sample::weather(HOURS)
        },
        data_centres: vec![centre],
        ..sample::study(HOURS)
    }
}

fn outdoor(step: usize) -> Temperature {
    let year = std::f64::consts::TAU * (step as f64 - 432.0) / HOURS as f64;
    let day = std::f64::consts::TAU * (step as f64 - 3.0) / 24.0;
    Temperature::from_c(6.0 - 11.5 * year.cos() - 3.5 * day.cos())
}
