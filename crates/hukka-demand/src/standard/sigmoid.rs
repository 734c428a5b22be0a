//! The day's heat by temperature, and by weekday.

use super::Missing;
use hukka_model::{ProfileCustomer, ProfileLaw, StandardProfile};

const TABLE: &str = include_str!("../../data/standard_sigmoids.txt");

/// Temperature at which the sigmoid has its pole, °C.
const POLE_C: f64 = 40.0;

/// Straight lines that carry the curve on: `max(m_s T + b_s, m_w T + b_w)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lines {
    /// Slope and height for space heat.
    space: (f64, f64),
    /// Slope and height for hot water.
    water: (f64, f64),
}

/// `h = A / (1 + (B / (T − 40))^C) + D`, with straight lines added where the law has them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sigmoid {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    lines: Option<Lines>,
    /// Kelvin by which people start heating at warmer weather than in Germany.
    shift_k: f64,
}

impl Sigmoid {
    pub(crate) fn find(profile: StandardProfile, country: &str) -> Result<Self, Missing> {
        match profile.law {
            ProfileLaw::Sigmoid => from_table(profile).ok_or(Missing::Sigmoid),
            ProfileLaw::SigmoidLinear => {
                let (shape, lines) = lines(profile).ok_or(Missing::Lines)?;
                let [a, b, c, d] = shape;
                Ok(Self {
                    a,
                    b,
                    c,
                    d,
                    lines: Some(lines),
                    shift_k: threshold_c(country) - threshold_c("DE"),
                })
            }
        }
    }

    /// Heat of a day, relative.
    ///
    /// # Valid for  below 40 °C; warmer days count as just below
    pub(crate) fn at(&self, t_c: f64) -> f64 {
        let t = (t_c - self.shift_k).min(POLE_C - 1e-6);
        let sigmoid = self.a / (1.0 + (self.b / (t - POLE_C)).powf(self.c)) + self.d;
        let straight = self.lines.map_or(0.0, |lines| {
            let line = |(slope, height): (f64, f64)| slope * t + height;
            line(lines.space).max(line(lines.water))
        });
        sigmoid + straight
    }
}

/// The row `type,class,windy: A B C D`.
fn from_table(profile: StandardProfile) -> Option<Sigmoid> {
    let key = format!(
        "{},{},{}: ",
        profile.customer.word().to_uppercase(),
        profile.building_class,
        u8::from(profile.is_windy)
    );
    let row = TABLE.lines().find_map(|line| line.strip_prefix(&key))?;
    let mut numbers = row.split(' ').filter_map(|text| text.parse().ok());
    let mut next = || numbers.next();
    Some(Sigmoid {
        a: next()?,
        b: next()?,
        c: next()?,
        d: next()?,
        lines: None,
        shift_k: 0.0,
    })
}

/// Sigmoid and straight lines of the customers they were published for.
///
/// # Source  When2Heat, daily demand after BGW and BDEW
pub(crate) fn lines(profile: StandardProfile) -> Option<([f64; 4], Lines)> {
    let row = match (profile.customer, profile.is_windy) {
        (ProfileCustomer::Efh, false) => [
            1.620_954_4,
            -37.183_314_1,
            5.672_784_7,
            0.071_643_1,
            -0.049_57,
            0.840_101_5,
            -0.002_209,
            0.107_446_8,
        ],
        (ProfileCustomer::Mfh, false) => [
            1.232_865_5,
            -34.721_360_5,
            5.816_430_4,
            0.087_335_2,
            -0.040_928_4,
            0.767_292,
            -0.002_232,
            0.119_920_7,
        ],
        (ProfileCustomer::Ghd, false) => [
            1.301_062_3,
            -35.681_614_4,
            6.685_797_6,
            0.140_926_7,
            -0.047_342_8,
            0.814_169_1,
            -0.001_060_1,
            0.132_509_2,
        ],
        (ProfileCustomer::Efh, true) => [
            1.381_966_3,
            -37.412_415_5,
            6.172_317_9,
            0.039_628_4,
            -0.067_215_9,
            1.116_713_8,
            -0.001_998_2,
            0.135_507,
        ],
        (ProfileCustomer::Mfh, true) => [
            1.044_353_8,
            -35.033_375_4,
            6.224_063_4,
            0.050_291_7,
            -0.053_583,
            0.999_590_1,
            -0.002_175_8,
            0.163_329_9,
        ],
        (ProfileCustomer::Ghd, true) => [
            1.256_96,
            -36.607_845_3,
            7.321_187,
            0.077_696,
            -0.069_682_6,
            1.137_970_2,
            -0.000_852_2,
            0.192_106_8,
        ],
        _ => return None,
    };
    let [a, b, c, d, m_s, b_s, m_w, b_w] = row;
    Some((
        [a, b, c, d],
        Lines {
            space: (m_s, b_s),
            water: (m_w, b_w),
        },
    ))
}

/// Daily mean below which people heat, °C; Germany's where a country has none.
///
/// # Source  When2Heat, heating thresholds by country
fn threshold_c(country: &str) -> f64 {
    match country {
        "AT" => 14.59,
        "BE" | "DK" | "LT" => 15.2,
        "BG" => 16.02,
        "CZ" => 14.8,
        "CH" => 12.0,
        "EE" => 11.12,
        "ES" | "PT" => 18.47,
        "FI" | "SE" => 13.16,
        "FR" | "IT" => 15.61,
        "GB" | "SK" => 14.18,
        "GR" | "HU" => 16.84,
        "HR" => 18.67,
        "IE" => 12.76,
        "LV" => 12.96,
        "NO" => 11.53,
        "RO" | "SI" => 15.41,
        _ => 13.98,
    }
}

/// Factor of a weekday, Monday 0 to Sunday 6.
pub(crate) fn weekday_factor(customer: ProfileCustomer, weekday: u8) -> f64 {
    let week = match customer {
        ProfileCustomer::Efh | ProfileCustomer::Mfh => [1.0; 7],
        ProfileCustomer::Gmk => [1.070, 1.037, 0.993, 0.995, 1.066, 0.936, 0.903],
        ProfileCustomer::Gpd => [1.021, 1.087, 1.072, 1.056, 1.012, 0.900, 0.851],
        ProfileCustomer::Gha => [1.036, 1.023, 1.025, 1.030, 1.025, 0.967, 0.893],
        ProfileCustomer::Gbd => [1.105, 1.086, 1.038, 1.062, 1.027, 0.763, 0.898],
        ProfileCustomer::Gko | ProfileCustomer::Gmf => {
            [1.035, 1.052, 1.045, 1.049, 0.988, 0.886, 0.944]
        }
        ProfileCustomer::Gbh => [0.977, 1.039, 1.003, 1.016, 1.002, 1.004, 0.958],
        ProfileCustomer::Gga => [0.932, 0.989, 1.003, 1.011, 1.018, 1.036, 1.009],
        ProfileCustomer::Gba => [1.085, 1.121, 1.077, 1.135, 1.140, 0.485, 0.958],
        ProfileCustomer::Gwa => [1.246, 1.261, 1.271, 1.243, 1.128, 0.388, 0.462],
        ProfileCustomer::Ggb => [0.990, 0.963, 1.051, 1.055, 1.030, 0.977, 0.936],
        ProfileCustomer::Ghd => [1.030, 1.030, 1.020, 1.030, 1.010, 0.930, 0.940],
    };
    week[usize::from(weekday.min(6))]
}
