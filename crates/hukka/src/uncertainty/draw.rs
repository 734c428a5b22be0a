//! What a sample changes, and how it is drawn from seed and number alone.

use hukka_model::{Study, UncertaintyRules};

/// One uncertain input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UncertainInput {
    /// Column of `samples.csv`.
    pub name: &'static str,
    /// Its distribution in words.
    pub distribution: &'static str,
    /// Keys of `[uncertainty]` that govern it.
    pub keys: &'static [&'static str],
}

const fn input(
    name: &'static str,
    distribution: &'static str,
    keys: &'static [&'static str],
) -> UncertainInput {
    UncertainInput {
        name,
        distribution,
        keys,
    }
}

const LOG_NORMAL: &str = "log-normal factor of median 1, cut at three deviations";

/// Every uncertain input, in the order of the columns.
pub const INPUTS: [UncertainInput; 12] = [
    input(
        "temperature_k",
        "normal, added to outdoor and ground temperature, cut at three deviations",
        &["temperature_sd_k"],
    ),
    input(
        "weather_weeks",
        "whole weeks, all as likely; weather and prices of the year move together",
        &["weather_weeks"],
    ),
    input("heat_demand_factor", LOG_NORMAL, &["heat_demand_sd_share"]),
    input(
        "electricity_price_factor",
        LOG_NORMAL,
        &["electricity_price_sd_share"],
    ),
    input(
        "electricity_swing_factor",
        LOG_NORMAL,
        &["electricity_swing_sd_share"],
    ),
    input(
        "fossil_fuel_factor",
        LOG_NORMAL,
        &["fossil_fuel_price_sd_share"],
    ),
    input(
        "solid_fuel_factor",
        LOG_NORMAL,
        &["solid_fuel_price_sd_share"],
    ),
    input(
        "carbon_price_factor",
        LOG_NORMAL,
        &["carbon_price_sd_share"],
    ),
    input("investment_factor", LOG_NORMAL, &["investment_sd_share"]),
    input(
        "heat_pump_efficiency_factor",
        LOG_NORMAL,
        &["heat_pump_efficiency_sd_share"],
    ),
    input(
        "fill_delay_a",
        "no delay, or with the given chance 1 to the most years, all as likely",
        &["fill_delay_chance_share", "fill_delay_max_years"],
    ),
    input(
        "years_served",
        "years until the data centre leaves, the same chance every year after the first; the \
         horizon when it stays",
        &["leave_chance_share"],
    ),
];

/// What differs from the study.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Change {
    /// Added to outdoor and ground temperature, K.
    pub(crate) temperature_k: f64,
    /// Weeks by which events come later.
    pub(crate) weeks: i32,
    pub(crate) demand: f64,
    pub(crate) electricity: f64,
    pub(crate) swing: f64,
    pub(crate) fossil: f64,
    pub(crate) solid: f64,
    pub(crate) carbon: f64,
    pub(crate) investment: f64,
    pub(crate) efficiency: f64,
    /// Years by which the data centre is late.
    pub(crate) delay: u32,
    /// Years with the data centre, then none; `None` when it stays.
    pub(crate) served: Option<u32>,
    /// From this operating year on only half of the load.
    pub(crate) half_from: Option<u32>,
}

impl Change {
    /// Nothing differs.
    pub(crate) const NONE: Self = Self {
        temperature_k: 0.0,
        weeks: 0,
        demand: 1.0,
        electricity: 1.0,
        swing: 1.0,
        fossil: 1.0,
        solid: 1.0,
        carbon: 1.0,
        investment: 1.0,
        efficiency: 1.0,
        delay: 0,
        served: None,
        half_from: None,
    };

    /// The change of one sample: a function of seed and number, so that neither threads nor the
    /// count of samples have a say.
    pub(crate) fn draw(study: &Study, seed: u64, sample: u64) -> Self {
        let rules = &study.uncertainty;
        let mut dice = Dice {
            state: mix(seed ^ mix(sample.wrapping_add(0x9E37_79B9_7F4A_7C15))),
        };
        let temperature_k = dice.normal() * rules.temperature.kelvin();
        let reach = rules.weather_weeks;
        let weeks = i32::try_from(dice.below(2 * reach + 1)).unwrap_or(0)
            - i32::try_from(reach).unwrap_or(0);
        let mut factor = |deviation: f64| (deviation * dice.normal()).exp();
        let demand = factor(rules.heat_demand.fraction());
        let electricity = factor(rules.electricity_level.fraction());
        let swing = factor(rules.electricity_swing.fraction());
        let fossil = factor(rules.fossil_fuel.fraction());
        let solid = factor(rules.solid_fuel.fraction());
        let carbon = factor(rules.carbon.fraction());
        let investment = factor(rules.investment.fraction());
        let efficiency = factor(rules.heat_pump_efficiency.fraction());
        Self {
            temperature_k,
            weeks,
            demand,
            electricity,
            swing,
            fossil,
            solid,
            carbon,
            investment,
            efficiency,
            delay: delay(rules, &mut dice),
            served: served(rules, study.money.horizon_years, &mut dice),
            half_from: None,
        }
    }

    /// The values of [`INPUTS`].
    pub(crate) fn values(&self, horizon: u32) -> [f64; INPUTS.len()] {
        [
            self.temperature_k,
            f64::from(self.weeks),
            self.demand,
            self.electricity,
            self.swing,
            self.fossil,
            self.solid,
            self.carbon,
            self.investment,
            self.efficiency,
            f64::from(self.delay),
            f64::from(self.served.unwrap_or(horizon)),
        ]
    }

    /// Whether weather and demand are those of the study.
    pub(crate) fn keeps_the_load(&self) -> bool {
        let none = Self::NONE;
        same(self.temperature_k, none.temperature_k)
            && self.weeks == none.weeks
            && same(self.demand, none.demand)
    }

    /// Whether the years of the data centre are those of the study.
    pub(crate) const fn keeps_the_fill(&self) -> bool {
        self.delay == 0 && self.served.is_none() && self.half_from.is_none()
    }
}

/// Whether two numbers have the same bits.
pub(crate) const fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits()
}

fn delay(rules: &UncertaintyRules, dice: &mut Dice) -> u32 {
    let (is_late, years) = (
        dice.uniform() < rules.delay_chance.fraction(),
        dice.below(rules.delay_years.max(1)) + 1,
    );
    if is_late && rules.delay_years > 0 {
        years
    } else {
        0
    }
}

/// Years until the data centre leaves; `None` when it outlasts the horizon.
fn served(rules: &UncertaintyRules, horizon: u32, dice: &mut Dice) -> Option<u32> {
    let chance = rules.leave_chance.fraction();
    (1..horizon).find(|_| dice.uniform() < chance)
}

/// A stream of random numbers (`SplitMix64`, Steele, Lea and Flood 2014).
struct Dice {
    state: u64,
}

impl Dice {
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.state)
    }

    /// From 0 up to but not 1.
    fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whole numbers below `count`, all as likely to within 2⁻⁵³.
    fn below(&mut self, count: u32) -> u32 {
        (self.uniform() * f64::from(count)) as u32
    }

    /// Standard normal within three deviations (Box and Muller 1958; others are drawn again).
    fn normal(&mut self) -> f64 {
        loop {
            let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
            let value = radius * (std::f64::consts::TAU * self.uniform()).cos();
            if value.abs() <= 3.0 {
                return value;
            }
        }
    }
}

const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hukka_model::sample;
    use hukka_units::{Ratio, TemperatureDifference};

    #[test]
    fn a_study_without_uncertainty_is_always_itself() {
        let mut study = sample::study(24);
        study.uncertainty = UncertaintyRules::default();
        for n in 0..50 {
            let change = Change::draw(&study, 7, n);
            assert_eq!(change, Change::NONE);
        }
    }

    #[test]
    fn draws_follow_their_distribution_and_know_nothing_of_each_other() {
        let mut study = sample::study(24);
        study.uncertainty.temperature = TemperatureDifference::from_kelvin(2.0);
        study.uncertainty.leave_chance = Ratio::from_fraction(0.05);
        study.uncertainty.weather_weeks = 2;
        let horizon = study.money.horizon_years;
        let draws: Vec<Change> = (0..4000).map(|n| Change::draw(&study, 1, n)).collect();
        let mean = draws.iter().map(|d| d.temperature_k).sum::<f64>() / 4000.0;
        let square = draws.iter().map(|d| d.temperature_k.powi(2)).sum::<f64>() / 4000.0;
        assert!(mean.abs() < 0.12, "{mean}");
        // A normal cut at three deviations has 0.9867 of the deviation.
        assert!((square.sqrt() - 1.973).abs() < 0.08, "{square}");
        let stays = draws.iter().filter(|d| d.served.is_none()).count() as f64 / 4000.0;
        let expected = 0.95_f64.powi(i32::try_from(horizon).unwrap() - 1);
        assert!((stays - expected).abs() < 0.03, "{stays} {expected}");
        for weeks in -2..=2 {
            let share = draws.iter().filter(|d| d.weeks == weeks).count() as f64 / 4000.0;
            assert!((share - 0.2).abs() < 0.03, "{weeks}: {share}");
        }
        assert_eq!(draws[17], Change::draw(&study, 1, 17));
        assert_ne!(draws[17], Change::draw(&study, 2, 17));
    }
}
