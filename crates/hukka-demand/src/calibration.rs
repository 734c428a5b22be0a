//! Bringing the estimate to a known total.

use crate::amount::Amount;
use crate::findings;
use hukka_model::Diagnostic;

/// Factors outside these bounds say that something is missing or wrong.
const PLAUSIBLE: std::ops::RangeInclusive<f64> = 0.5..=2.0;

/// Scales buildings so that their sum is the known total, joules; returns the factor.
///
/// Buildings with stated heat keep it and the others share the rest; when nothing is left for
/// them, or nobody is estimated, all are scaled alike.
pub(crate) fn calibrate(amounts: &mut [Amount], known: f64) -> (f64, Vec<Diagnostic>) {
    let sum = |wanted: bool| {
        let picked = amounts.iter().filter(|a| a.is_known == wanted);
        picked.map(Amount::annual).sum::<f64>()
    };
    let (stated, estimated) = (sum(true), sum(false));
    if stated + estimated <= 0.0 {
        return (1.0, vec![findings::nobody_to_calibrate(known)]);
    }
    let mut diagnostics = Vec::new();
    let scales_all = estimated <= 0.0 || known <= stated;
    let factor = if scales_all {
        let factor = known / (stated + estimated);
        if (factor - 1.0).abs() > 1e-3 {
            diagnostics.push(findings::nothing_left(known, stated));
        }
        factor
    } else {
        (known - stated) / estimated
    };
    for amount in amounts.iter_mut().filter(|a| scales_all || !a.is_known) {
        amount.scale(factor);
    }
    if !PLAUSIBLE.contains(&factor) {
        diagnostics.push(findings::far_from_known(known, stated + estimated, factor));
    }
    (factor, diagnostics)
}
