//! PUE, ERF and ERE on both metering boundaries.

use super::facts::Facts;
use crate::kpis::BoundaryIndicators;
use hukka_model::{IndicatorSheet, MeteringBoundary};
use hukka_units::{ElectricEnergy, HeatEnergy, Ratio};

/// One sheet per boundary, outside first.
///
/// Outside: `E_DC = E_IT + A`, `E_REUSE = Q_source`. Inside: `E_DC = E_IT + A + E_HP`,
/// `E_REUSE = Q_HP`. `PUE = E_DC / E_IT`, `ERF = E_REUSE / E_DC`, `ERE = PUE · (1 − ERF)`;
/// the German act leaves `E_HP` out of the PUE on either boundary.
///
/// # Source
/// Delegated Regulation (EU) 2024/1364 Annex III; The Green Grid (ERE); EnEfG § 11(2)
pub(crate) fn sheets(facts: &Facts) -> Vec<IndicatorSheet> {
    let b = &facts.boundary;
    let without_pump = b.it_energy + b.auxiliary_energy;
    vec![
        sheet(
            MeteringBoundary::HeatPumpOutside,
            facts,
            (without_pump, b.source_heat, b.heat_pump_outside()),
        ),
        sheet(
            MeteringBoundary::HeatPumpInside,
            facts,
            (
                without_pump + b.heat_pump_energy,
                b.heat_pump_heat,
                b.heat_pump_inside(),
            ),
        ),
    ]
}

fn sheet(
    boundary: MeteringBoundary,
    facts: &Facts,
    (facility, reused, figures): (ElectricEnergy, HeatEnergy, BoundaryIndicators),
) -> IndicatorSheet {
    let it = facts.boundary.it_energy.si();
    let pue = (it > 0.0).then_some(figures.pue);
    let erf = (facility.si() > 0.0).then_some(figures.erf);
    let ere = pue
        .zip(erf)
        .map(|(pue, erf)| Ratio::from_fraction(pue.fraction() * (1.0 - erf.fraction())));
    IndicatorSheet {
        boundary,
        facility_energy: facility,
        reused_heat: reused,
        pue,
        pue_enefg: (it > 0.0).then(|| facts.boundary.heat_pump_outside().pue),
        erf,
        ere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example: 10 MW of servers, 2 MW beside, 7 MW taken, COP 4.35.
    #[test]
    fn the_boundary_trap_comes_out_to_three_digits() {
        let sheets = sheets(&Facts::example("DE"));
        let three = |ratio: Option<Ratio>| format!("{:.3}", ratio.unwrap().fraction());
        let [outside, inside] = &sheets[..] else {
            panic!("two boundaries")
        };
        assert_eq!(three(outside.pue), "1.200");
        assert_eq!(three(outside.erf), "0.583");
        assert_eq!(three(inside.pue), "1.409");
        assert_eq!(three(inside.erf), "0.645");
        assert_eq!(three(inside.pue_enefg), "1.200");
        assert_eq!(three(outside.pue_enefg), "1.200");
        assert_eq!(three(outside.ere), "0.500");
        assert_eq!(three(inside.ere), "0.500");
    }

    #[test]
    fn nothing_is_divided_by_nothing() {
        let mut facts = Facts::example("DE");
        facts.boundary = crate::kpis::Boundary::default();
        for sheet in sheets(&facts) {
            assert_eq!(
                (sheet.pue, sheet.erf, sheet.ere),
                (None, None, None),
                "{sheet:?}"
            );
        }
    }
}
