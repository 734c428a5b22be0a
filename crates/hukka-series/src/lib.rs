//! Hourly series of the study year: the time axis, series files, and synthetic years.
//!
//! In: bytes of a file with its displayed name, or a named climate or price profile with a seed.
//! Out: one value per hour of a [`TimeAxis`](hukka_model::TimeAxis), or diagnostics.
//!
//! Invariants: no file access and no clock; a stamp names the start of its hour; every problem of
//! a file is collected, none is mended silently: holes are filled only by a rule that is asked for; the same seed gives the same bits.

mod axis;
mod codes;
mod csv;
mod degree_days;
mod epw;
mod extreme;
mod findings;
mod gaps;
mod holiday;
mod number;
mod quantity;
mod synthetic;
mod text;
mod typical;
mod wave;
mod write;

pub use axis::{hours_in_year_from, local_year_start, time_axis};
pub use codes::CODES;
pub use csv::{SeriesRequest, natural_start, read_series};
pub use degree_days::{DegreeDayRule, degree_days};
pub use epw::{EpwWeather, HumidAir, is_epw, read_epw};
pub use extreme::{ExtremeRule, WeatherYear, extreme_year};
pub use gaps::{GapRule, Gaps};
pub use holiday::{HOLIDAY_COUNTRIES, is_public_holiday};
pub use quantity::{
    CARBON_INTENSITY, ELECTRICITY_PRICE, HEAT_LOAD, OUTDOOR_TEMPERATURE, RELATIVE_HUMIDITY,
    SeriesQuantity, UTILISATION, UnitForm,
};
pub use synthetic::{
    CLIMATES, Climate, PROFILES, PriceProfile, synthetic_prices, synthetic_temperature,
};
pub use wave::{SeasonalWave, seasonal_wave};
pub use write::{SYNTHETIC_MARK, is_marked_synthetic, write_csv};
