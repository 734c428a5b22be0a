//! Go or no-go, and the two or three reasons that decide it.
//!
//! **Go** when the net present value is not negative, the network would not earn more with boilers
//! alone, CO₂ is saved, and the data centre covers at least the asked share of the heat. Reasons are found by rules on the evidence; each has a
//! strength, and the strongest come first. For a no-go, the strength of a driver is the part of
//! the loss that would vanish with it; a broken condition of the go weighs more than any part.

mod evidence;
mod go;
mod hours;
mod no_go;
mod watch;

pub(crate) use evidence::Evidence;

use crate::inputs::Options;
use hukka_model::{Driver, Verdict, VerdictKind};

/// Reasons, cautions and watches shown of each.
const SHOWN: usize = 3;

/// A sentence, what it is about, and how much it weighs.
#[derive(Debug, Clone, PartialEq)]
struct Finding {
    strength: f64,
    driver: Driver,
    text: String,
}

impl Finding {
    fn new(strength: f64, driver: Driver, text: impl Into<String>) -> Self {
        Self {
            strength,
            driver,
            text: text.into(),
        }
    }
}

/// Strongest first, equal ones in the order found; at most three.
fn strongest(mut findings: Vec<Finding>) -> Vec<(Driver, String)> {
    findings.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    findings
        .into_iter()
        .take(SHOWN)
        .map(|f| (f.driver, f.text))
        .collect()
}

/// The verdict on the evidence.
pub(crate) fn verdict(evidence: &Evidence, options: &Options) -> Verdict {
    let is_go = evidence.npv.eur() >= 0.0
        && evidence.lost_to_boilers().is_none()
        && evidence.carbon_saved.kg() > 0.0
        && evidence.share_covered >= options.min_share_covered.fraction()
        && evidence.share_covered > 0.0;
    if is_go {
        Verdict {
            kind: VerdictKind::Go,
            headline: go::headline(evidence),
            reasons: strongest(go::reasons(evidence)),
            cautions: strongest(go::cautions(evidence)),
            watch: strongest(watch::of_go(evidence)),
        }
    } else {
        let reasons = strongest(no_go::reasons(evidence, options));
        let is_far = reasons
            .first()
            .is_some_and(|(driver, _)| *driver == Driver::Distance);
        let watch = strongest(watch::of_no_go(evidence, options, is_far));
        Verdict {
            kind: VerdictKind::NoGo,
            headline: no_go::headline(evidence, &reasons),
            reasons,
            cautions: strongest(no_go::cautions(evidence)),
            watch,
        }
    }
}

#[cfg(test)]
mod tests;
