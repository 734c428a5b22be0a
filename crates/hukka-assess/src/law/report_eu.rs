//! Fields of Delegated Regulation (EU) 2024/1364, Annexes I to III.

use super::facts::Facts;
use hukka_model::{FieldValue, IndicatorSheet, Regulation, ReportField};

/// Every field, filled where the study can fill it.
///
/// Heat pump outside the data centre: `E_REUSE` is measured where the heat leaves the boundary,
/// `T_WH` before any heat pump.
///
/// # Source
/// full text of the regulation
pub(crate) fn fields(facts: &Facts, sheets: &[IndicatorSheet]) -> Vec<ReportField> {
    let mut out = Vec::new();
    for (place, symbol, meaning) in ANNEX_I {
        out.push(missing(place, symbol, meaning, "operator's master data"));
    }
    out.push(start(facts));
    out.extend(energy(facts, &sheets[0]));
    out.push(number(
        ("Annex II.1", "CDD", "cooling degree days, base 21 °C"),
        facts.cooling_degree_days,
        ("K d", "weather of the study, not of the reporting year"),
    ));
    for (place, symbol, meaning, note) in OTHERS {
        out.push(missing(place, symbol, meaning, note));
    }
    out.extend(ratios(facts, &sheets[0]));
    out
}

const ANNEX_I: [(&str, &str, &str); 5] = [
    ("Annex I", "name", "name of the data centre"),
    (
        "Annex I",
        "owner, operator",
        "owner and operator with contacts",
    ),
    ("Annex I", "LAU", "code of the local administrative unit"),
    ("Annex I", "type", "enterprise, colocation or co-hosting"),
    (
        "Annex I",
        "redundancy",
        "electrical (high voltage, low voltage, rack) and cooling (room, rack)",
    ),
];

const OTHERS: [(&str, &str, &str, &str); 11] = [
    (
        "Annex II.1",
        "S_DC, S_CR",
        "floor areas, m²",
        "building data",
    ),
    (
        "Annex II.1",
        "E_DC-BG",
        "back-up generation, kWh",
        "operator's meters",
    ),
    (
        "Annex II.1",
        "grid functions",
        "services to the electricity grid",
        "operator's contracts",
    ),
    (
        "Annex II.1",
        "C_BtG",
        "battery capacity offered to the grid, kW",
        "operator's contracts",
    ),
    (
        "Annex II.1",
        "W_IN-POT",
        "drinking water taken, m³",
        "operator's meters",
    ),
    (
        "Annex II.1",
        "T_IN",
        "set-point of the inlet air, °C",
        "operator's set-points",
    ),
    (
        "Annex II.1",
        "refrigerants",
        "type of refrigerants",
        "operator's machines",
    ),
    (
        "Annex II.2",
        "C_SERV",
        "server capacity after SERT",
        "operator's equipment",
    ),
    (
        "Annex II.2",
        "C_STOR",
        "storage capacity, PB",
        "operator's equipment",
    ),
    (
        "Annex II.3",
        "bandwidth",
        "incoming and outgoing, GB/s",
        "operator's network",
    ),
    (
        "Annex II.3",
        "traffic",
        "incoming and outgoing, EB",
        "operator's network",
    ),
];

/// Year and month of the first day.
fn start(facts: &Facts) -> ReportField {
    const MEANING: &str = "year and month operation began";
    match facts.start {
        Some(date) => ReportField {
            value: FieldValue::Text(format!("{:04}-{:02}", date.year, date.month)),
            ..number(
                ("Annex I", "start", MEANING),
                0.0,
                ("", "`start_date` of the study"),
            )
        },
        None => missing(
            "Annex I",
            "start",
            MEANING,
            "the study does not state `start_date`",
        ),
    }
}

fn energy(facts: &Facts, outside: &IndicatorSheet) -> Vec<ReportField> {
    const CALCULATED: &str = "calculated for a typical year at full fill, not measured";
    let mut out = vec![
        number(
            ("Annex II.1", "P_DIT", "IT power demand"),
            facts.rated_it.kw(),
            ("kW", "installed rated IT load"),
        ),
        number(
            ("Annex II.1", "E_DC", "total energy of the data centre"),
            outside.facility_energy.kwh(),
            ("kWh", CALCULATED),
        ),
        number(
            ("Annex II.1", "E_IT", "energy of the IT equipment"),
            facts.boundary.it_energy.kwh(),
            ("kWh", CALCULATED),
        ),
        number(
            (
                "Annex II.1",
                "E_REUSE",
                "waste heat used outside the data centre",
            ),
            outside.reused_heat.kwh(),
            (
                "kWh",
                "at the hand-over point, heat pump outside the boundary",
            ),
        ),
        number(
            (
                "Annex II.1",
                "T_WH",
                "average temperature of the waste heat",
            ),
            facts.waste_heat_temperature.c(),
            (
                "°C",
                "at the capture point, before any heat pump, weighted by heat",
            ),
        ),
    ];
    out.push(match facts.water {
        Some(water) => number(
            ("Annex II.1", "W_IN", "water taken"),
            water.m3(),
            ("m³", CALCULATED),
        ),
        None => missing(
            "Annex II.1",
            "W_IN",
            "water taken, m³",
            "the study has no water use",
        ),
    });
    out.push(match facts.renewable_share {
        Some(share) => number(
            (
                "Annex II.1",
                "E_RES-TOT",
                "renewable energy: guarantees, contracts, on site",
            ),
            share.fraction() * outside.facility_energy.kwh(),
            ("kWh", "share stated in the study"),
        ),
        None => missing(
            "Annex II.1",
            "E_RES-TOT",
            "renewable energy: guarantees, contracts, on site, kWh",
            "the study does not state `renewable_share`",
        ),
    });
    out
}

fn ratios(facts: &Facts, outside: &IndicatorSheet) -> Vec<ReportField> {
    let it_mwh = facts.boundary.it_energy.mwh();
    let rows = [
        (
            "PUE",
            "E_DC / E_IT",
            outside.pue.map(hukka_units::Ratio::fraction),
            "1",
        ),
        (
            "ERF",
            "E_REUSE / E_DC",
            outside.erf.map(hukka_units::Ratio::fraction),
            "1",
        ),
        (
            "REF",
            "E_RES-TOT / E_DC",
            facts.renewable_share.map(hukka_units::Ratio::fraction),
            "1",
        ),
        (
            "WUE",
            "W_IN / E_IT",
            facts
                .water
                .filter(|_| it_mwh > 0.0)
                .map(|water| water.m3() / it_mwh),
            "m³/MWh",
        ),
    ];
    rows.into_iter()
        .map(|(symbol, meaning, value, unit)| match value {
            Some(value) => number(("Annex III", symbol, meaning), value, (unit, "")),
            None => missing("Annex III", symbol, meaning, "a term is not in the study"),
        })
        .collect()
}

fn number(
    (place, symbol, meaning): (&str, &str, &str),
    value: f64,
    (unit, note): (&str, &str),
) -> ReportField {
    ReportField {
        regulation: Regulation::DelegatedRegulation2024,
        place: place.to_owned(),
        symbol: symbol.to_owned(),
        meaning: meaning.to_owned(),
        value: FieldValue::Number(value),
        unit: unit.to_owned(),
        note: note.to_owned(),
    }
}

fn missing(place: &str, symbol: &str, meaning: &str, note: &str) -> ReportField {
    ReportField {
        value: FieldValue::NotInStudy,
        ..number((place, symbol, meaning), 0.0, ("", note))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::indicators::sheets;

    fn value(facts: &Facts, symbol: &str) -> FieldValue {
        fields(facts, &sheets(facts))
            .into_iter()
            .find(|field| field.symbol == symbol)
            .unwrap()
            .value
    }

    #[test]
    fn ratios_follow_from_the_energies_reported() {
        let facts = Facts::example("FI");
        let number = |symbol: &str| match value(&facts, symbol) {
            FieldValue::Number(value) => value,
            other => panic!("{symbol}: {other:?}"),
        };
        assert!((number("PUE") - number("E_DC") / number("E_IT")).abs() < 1e-12);
        assert!((number("ERF") - number("E_REUSE") / number("E_DC")).abs() < 1e-12);
        assert!((number("T_WH") - 30.0).abs() < 1e-9);
    }

    #[test]
    fn what_the_study_does_not_know_is_not_invented() {
        let mut facts = Facts::example("FI");
        assert_eq!(value(&facts, "W_IN"), FieldValue::NotInStudy);
        assert_eq!(value(&facts, "REF"), FieldValue::NotInStudy);
        facts.water = Some(hukka_units::Volume::from_m3(8760.0));
        assert_eq!(value(&facts, "W_IN"), FieldValue::Number(8760.0));
        assert_eq!(value(&facts, "WUE"), FieldValue::Number(0.1));
    }
}
