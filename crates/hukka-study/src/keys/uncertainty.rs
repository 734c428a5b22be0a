//! `[uncertainty]`: how unsure the inputs are.

use crate::defaults as d;
use crate::spec::{Key, Kind, Table, number};

pub(crate) static UNCERTAINTY: Table = Table {
    name: "uncertainty",
    is_many: false,
    doc: "How unsure the inputs are: read by `hukka uncertainty`, and by `hukka run` when `samples` is given.",
    keys: &[
number("temperature_sd_k", 0.0, 10.0, "Standard deviation of the yearly mean outdoor temperature.").or(&d::TEMPERATURE_SD),
Key::new("weather_weeks", Kind::Integer(0, 8), "Most whole weeks by which cold spells and prices may fall earlier or later than in the study year.").or(&d::WEATHER_WEEKS),
number("heat_demand_sd_share", 0.0, 0.5, "Relative standard deviation of the heat everyone needs.").or(&d::HEAT_DEMAND_SD),
number("electricity_price_sd_share", 0.0, 1.0, "Relative standard deviation of the mean electricity price.").or(&d::ELECTRICITY_PRICE_SD),
number("electricity_swing_sd_share", 0.0, 1.0, "Relative standard deviation of the swing of the electricity price about its mean.").or(&d::ELECTRICITY_SWING_SD),
number("fossil_fuel_price_sd_share", 0.0, 1.0, "Relative standard deviation of gas and oil prices, which move together.").or(&d::FOSSIL_FUEL_SD),
number("solid_fuel_price_sd_share", 0.0, 1.0, "Relative standard deviation of wood chip and peat prices, which move together.").or(&d::SOLID_FUEL_SD),
number("carbon_price_sd_share", 0.0, 1.0, "Relative standard deviation of the carbon price.").or(&d::CARBON_SD),
number("investment_sd_share", 0.0, 1.0, "Relative standard deviation of the investment and its upkeep.").or(&d::INVESTMENT_SD),
number("heat_pump_efficiency_sd_share", 0.0, 0.3, "Relative standard deviation of the heat pumps' efficiency, which the COP follows.").or(&d::EFFICIENCY_SD),
number("fill_delay_chance_share", 0.0, 1.0, "Chance that the data centre fills later than planned.").or(&d::DELAY_CHANCE),
Key::new("fill_delay_max_years", Kind::Integer(0, 10), "Most years by which it is late then; every number of years from 1 on is as likely.").or(&d::DELAY_YEARS),
Key::new("samples", Kind::Integer(0, 1_000_000), "Samples that `hukka run` draws for P10, P50 and P90 of every headline figure; `hukka uncertainty` takes its own --samples.").or(&d::SAMPLES),
Key::new("seed", Kind::Integer(0, 1_000_000_000), "Seed of the samples of `hukka run`: the same seed gives the same samples.").or(&d::SAMPLES_SEED),
number("leave_chance_share", 0.0, 1.0, "Chance, in every year after the first, that the data centre leaves for good.").or(&d::LEAVE_CHANCE),
    ],
    either: &[],
};
