//! What is published of a place: `claim.toml` beside its study.

use super::Consistency;
use serde::Deserialize;

/// Share by which a computed figure may miss the published range, unless the claim says otherwise.
const BAND: f64 = 0.10;
const HOURS_OF_A_YEAR: f64 = 8760.0;

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claim {
    pub(super) place: String,
    #[serde(rename = "claim")]
    pub(super) words: String,
    pub(super) note: String,
    /// Why computed figures lie outside their bands, as far as that is known.
    #[serde(default)]
    pub(super) outside: String,
    #[serde(default)]
    pub(super) figure: Vec<Figure>,
    #[serde(default)]
    pub(super) consistency: Vec<Pair>,
    pub(super) expect: Option<Expectation>,
}

/// One published figure and where the engine's stands in `summary.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Figure {
    pub(super) what: String,
    pub(super) unit: String,
    pub(super) published: Published,
    pub(super) confidence: String,
    pub(super) source: String,
    /// JSON pointer into the summary.
    pub(super) measure: String,
    #[serde(default = "one")]
    pub(super) scale: f64,
    /// JSON pointer of the divisor.
    pub(super) per: Option<String>,
    band: Option<[f64; 2]>,
    band_from: Option<String>,
    /// Changes fitted to this plant; the figure then only checks arithmetic.
    #[serde(default)]
    pub(super) fitted: Vec<String>,
}

impl Figure {
    /// Least and most that count as agreement, and why.
    pub(super) fn band(&self) -> ([f64; 2], String) {
        let [least, most] = self.published.range();
        match self.band {
            Some(band) => (band, self.band_from.clone().unwrap_or_default()),
            None => (
                [least * (1.0 - BAND), most * (1.0 + BAND)],
                "published ± 10 %".to_owned(),
            ),
        }
    }
}

fn one() -> f64 {
    1.0
}

/// A number or a range.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
pub(super) enum Published {
    Number(f64),
    Range([f64; 2]),
}

impl Published {
    pub(super) fn range(self) -> [f64; 2] {
        match self {
            Self::Number(value) => [value, value],
            Self::Range(range) => range,
        }
    }
}

/// Power and yearly heat published of the same plant.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pair {
    capacity_mw: f64,
    annual_mwh: f64,
    source: String,
}

impl Pair {
    /// A plant cannot run longer than the year: `annual / capacity ≤ 8,760 h`.
    ///
    /// A hundredth of the year is left for figures that were rounded before they were published.
    pub(super) fn check(&self) -> Consistency {
        let full_load_h = self.annual_mwh / self.capacity_mw;
        Consistency {
            capacity_mw: self.capacity_mw,
            annual_mwh: self.annual_mwh,
            full_load_h,
            adds_up: full_load_h <= HOURS_OF_A_YEAR * 1.01,
            source: self.source.clone(),
        }
    }
}

/// The answer a negative case must get.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expectation {
    pub(super) verdict: String,
    /// Every one of these must be among the reasons.
    pub(super) driver: Vec<String>,
    why: String,
}

impl Expectation {
    pub(super) fn sentence(&self) -> String {
        let verdict = self.verdict.replace('_', "-");
        format!(
            "{verdict} because of {}: {}",
            self.driver.join(" and "),
            self.why
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(capacity_mw: f64, annual_mwh: f64) -> Consistency {
        let source = String::new();
        Pair {
            capacity_mw,
            annual_mwh,
            source,
        }
        .check()
    }

    #[test]
    fn forty_megawatts_cannot_give_nine_hundred_gigawatt_hours() {
        let espoo = pair(40.0, 900_000.0);
        assert!((espoo.full_load_h - 22_500.0).abs() < 1e-9);
        assert!(!espoo.adds_up);
        assert!(pair(3.5, 25_000.0).adds_up);
    }

    #[test]
    fn a_band_is_the_published_range_and_a_tenth_unless_stated() {
        let text =
            "what='a'\nunit='1'\npublished=[0.5, 0.8]\nconfidence='R'\nsource='s'\nmeasure='/m'\n";
        let figure: Figure = toml::from_str(text).unwrap();
        let (band, _) = figure.band();
        assert!((band[0] - 0.45).abs() < 1e-12 && (band[1] - 0.88).abs() < 1e-12);
        let stated: Figure = toml::from_str(&format!("{text}band=[0.1, 0.2]\n")).unwrap();
        let (band, _) = stated.band();
        assert!((band[0] - 0.1).abs() < 1e-12 && (band[1] - 0.2).abs() < 1e-12);
    }
}
