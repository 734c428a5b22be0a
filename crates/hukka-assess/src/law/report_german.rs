//! Fields of EnEfG § 13 with Annex 3, and of the waste-heat platform, § 17.

use super::facts::Facts;
use hukka_model::{FieldValue, IndicatorSheet, Regulation, ReportField};
use hukka_units::{HeatEnergy, HeatPower};

/// Lower ends of the size bands of Annex 3, MW.
const BANDS_MW: [f64; 6] = [0.5, 1.0, 5.0, 10.0, 50.0, 100.0];

/// Fields of both reports the study can fill, and those it cannot.
pub(crate) fn fields(facts: &Facts, sheets: &[IndicatorSheet]) -> Vec<ReportField> {
    let mut out = annex_three(facts, &sheets[0]);
    out.extend(platform(facts));
    out
}

fn annex_three(facts: &Facts, outside: &IndicatorSheet) -> Vec<ReportField> {
    const PLACE: &str = "§ 13, Annex 3";
    let rejected = HeatEnergy::from_si(
        (outside.facility_energy.si() - facts.boundary.source_heat.si()).max(0.0),
    );
    let text = |symbol: &str, meaning: &str, value: String| ReportField {
        value: FieldValue::Text(value),
        ..field(PLACE, symbol, meaning)
    };
    let number = |symbol: &str, meaning: &str, value: f64, unit: &str| ReportField {
        value: FieldValue::Number(value),
        unit: unit.to_owned(),
        ..field(PLACE, symbol, meaning)
    };
    let mut out = vec![
        text("name", "name of the data centre", facts.name.clone()),
        text(
            "size",
            "band of installed IT power",
            band(facts.rated_it.mw()),
        ),
        number("IT power", "rated IT power", facts.rated_it.kw(), "kW"),
        number(
            "connection",
            "non-redundant rated connection",
            facts.connected.kw(),
            "kW",
        ),
        number(
            "electricity",
            "electricity in total",
            outside.facility_energy.kwh(),
            "kWh/a",
        ),
        number(
            "waste heat rejected",
            "waste heat to air, water and soil",
            rejected.kwh(),
            "kWh/a",
        ),
        number(
            "waste heat delivered",
            "waste heat delivered to users",
            outside.reused_heat.kwh(),
            "kWh/a",
        ),
        number(
            "temperature",
            "mean temperature of the heat delivered",
            facts.waste_heat_temperature.c(),
            "°C",
        ),
    ];
    let ratio = |symbol: &str, meaning: &str, value: Option<hukka_units::Ratio>| ReportField {
        value: value.map_or(FieldValue::NotInStudy, |v| FieldValue::Number(v.fraction())),
        unit: "1".to_owned(),
        ..field(PLACE, symbol, meaning)
    };
    out.push(ratio("PUE", "power usage effectiveness", outside.pue_enefg));
    out.push(ratio("ERF", "energy reuse factor", outside.erf));
    out.push(ratio(
        "renewable",
        "share of renewable electricity",
        facts.renewable_share,
    ));
    let it_mwh = facts.boundary.it_energy.mwh();
    let wue = facts.water.filter(|_| it_mwh > 0.0);
    out.push(ReportField {
        value: wue.map_or(FieldValue::NotInStudy, |water| {
            FieldValue::Number(water.m3() / it_mwh)
        }),
        unit: "m³/MWh".to_owned(),
        ..field(PLACE, "WUE", "water usage effectiveness")
    });
    for (symbol, meaning) in [
        ("owner, operator", "owner and operator"),
        ("postcode", "postcode"),
        ("floor area", "floor area of the data centre, m²"),
        ("data volume", "data stored and processed"),
        (
            "cooling efficiency",
            "cooling efficiency ratio, EN 50600-4-7",
        ),
    ] {
        out.push(field(PLACE, symbol, meaning));
    }
    out
}

fn platform(facts: &Facts) -> Vec<ReportField> {
    const PLACE: &str = "§ 17";
    let number = |symbol: &str, meaning: &str, value: f64, unit: &str| ReportField {
        value: FieldValue::Number(value),
        unit: unit.to_owned(),
        ..field(PLACE, symbol, meaning)
    };
    let largest = facts
        .largest_heat_taken
        .max(mean_power(facts.heat_available));
    vec![
        number(
            "heat",
            "waste heat in a year",
            facts.heat_available.mwh(),
            "MWh/a",
        ),
        number("power", "largest thermal power", largest.kw(), "kW"),
        number(
            "temperature",
            "mean temperature",
            facts.waste_heat_temperature.c(),
            "°C",
        ),
        number(
            "hours taken",
            "hours in which heat is taken in this study",
            f64::from(facts.hours_taken),
            "h/a",
        ),
        ReportField {
            value: FieldValue::Text(months(&facts.monthly_available)),
            unit: "MWh".to_owned(),
            ..field(PLACE, "profile", "waste heat by month, January first")
        },
        field(
            PLACE,
            "control",
            "control of temperature, pressure and feed-in",
        ),
    ]
}

/// Twelve whole numbers of megawatt-hours.
fn months(heat: &[HeatEnergy; 12]) -> String {
    let texts: Vec<String> = heat.iter().map(|q| format!("{:.0}", q.mwh())).collect();
    texts.join(" ")
}

fn mean_power(heat: HeatEnergy) -> HeatPower {
    HeatPower::from_si(heat.si() / (8760.0 * 3600.0))
}

fn band(mw: f64) -> String {
    let above = BANDS_MW.iter().rev().find(|low| mw >= **low);
    let below = BANDS_MW.iter().find(|high| mw < **high);
    match (above, below) {
        (None, _) => "below 0.5 MW".to_owned(),
        (Some(low), Some(high)) => format!("{low}–{high} MW"),
        (Some(low), None) => format!("from {low} MW"),
    }
}

fn field(place: &str, symbol: &str, meaning: &str) -> ReportField {
    ReportField {
        regulation: Regulation::EnEfG,
        place: place.to_owned(),
        symbol: symbol.to_owned(),
        meaning: meaning.to_owned(),
        value: FieldValue::NotInStudy,
        unit: String::new(),
        note: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_those_of_the_annex() {
        for (mw, expected) in [
            (0.3, "below 0.5 MW"),
            (0.5, "0.5–1 MW"),
            (10.0, "10–50 MW"),
            (250.0, "from 100 MW"),
        ] {
            assert_eq!(band(mw), expected);
        }
    }

    #[test]
    fn heat_rejected_and_delivered_make_up_the_electricity() {
        let facts = Facts::example("DE");
        let sheets = crate::law::indicators::sheets(&facts);
        let fields = fields(&facts, &sheets);
        let number = |symbol: &str| {
            let field = fields.iter().find(|field| field.symbol == symbol).unwrap();
            match field.value {
                FieldValue::Number(value) => value,
                ref other => panic!("{symbol}: {other:?}"),
            }
        };
        let sum = number("waste heat rejected") + number("waste heat delivered");
        assert!((sum - number("electricity")).abs() < 1e-3);
    }
}
