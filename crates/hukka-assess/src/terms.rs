//! Heads of terms of a heat-supply contract between heat company and data centre, filled from the
//! study as far as it goes. No draft of a contract and no legal advice.

use crate::cash_flow::Ventures;
use crate::energy::heat_taken;
use crate::kpis::DataCentreYear;
use crate::text;
use hukka_model::{ContractTerm, ContractTerms, Kpis, MoneyAccount, PriceBand, Study};
use hukka_units::{Money, Temperature, grouped};

const TO_BE_AGREED: &str = "to be agreed";

/// The terms, in the order of a contract.
pub(crate) fn sheet(
    ventures: &Ventures<'_>,
    centre: &DataCentreYear,
    (kpis, money): (&Kpis, &MoneyAccount),
) -> Vec<ContractTerm> {
    let study = ventures.inputs.study;
    let mut out = vec![
        term("parties", "Parties", parties(study), "study"),
        term(
            "price",
            "Price formula",
            price(study),
            basis_of_price(study),
        ),
        term(
            "price_band",
            "Room for the price",
            money
                .price_band
                .as_ref()
                .map_or_else(|| TO_BE_AGREED.to_owned(), band),
            "present values over the horizon; operation does not react to the price",
        ),
        term(
            "index",
            "Indexation",
            index(study),
            "`[money]` of the study",
        ),
    ];
    out.extend(quantities(ventures, centre, kpis));
    out.extend(conduct(ventures, kpis));
    out
}

fn term(key: &str, clause: &str, proposal: String, basis: &str) -> ContractTerm {
    ContractTerm {
        key: key.to_owned(),
        clause: clause.to_owned(),
        proposal,
        basis: basis.to_owned(),
    }
}

fn parties(study: &Study) -> String {
    let names: Vec<&str> = study.data_centres.iter().map(|c| c.id.as_str()).collect();
    format!(
        "heat company (buyer), data centre {} (seller)",
        names.join(", ")
    )
}

fn price(study: &Study) -> String {
    if let Some(contract) = &study.contract {
        return formula(&contract.terms);
    }
    let prices: Vec<String> = study
        .data_centres
        .iter()
        .map(|centre| format!("{} {} €/MWh", centre.id, eur(centre.heat_price.eur_mwh())))
        .collect();
    format!("fixed price of heat drawn: {}", prices.join(", "))
}

fn basis_of_price(study: &Study) -> &'static str {
    if study.contract.is_some() {
        "`[contract]` of the study"
    } else {
        "`data_centre.heat_price_eur_per_mwh` of the study"
    }
}

fn formula(terms: &ContractTerms) -> String {
    match terms {
        ContractTerms::Free => "none: the heat is free".to_owned(),
        ContractTerms::Fixed { price } => format!("{} €/MWh of heat drawn", eur(price.eur_mwh())),
        ContractTerms::TemperatureIndexed {
            cold_outdoor,
            at_cold,
            mild_outdoor,
            at_mild,
        } => format!(
            "{} €/MWh at {} °C outdoors and below, {} €/MWh at {} °C and above, a straight line between",
            eur(at_cold.eur_mwh()),
            celsius(*cold_outdoor),
            eur(at_mild.eur_mwh()),
            celsius(*mild_outdoor)
        ),
        ContractTerms::TakeOrPay { price, minimum } => format!(
            "{} €/MWh of heat drawn, at least {} MWh a year paid for",
            eur(price.eur_mwh()),
            grouped(minimum.mwh(), 0)
        ),
        ContractTerms::DayAhead { .. } => {
            "a price for each hour, published the day before".to_owned()
        }
    }
}

fn band(band: &PriceBand) -> String {
    let (least, most) = (band.least.eur_mwh(), band.most.eur_mwh());
    if least > most {
        return format!(
            "none: the data centre needs {} €/MWh, the heat company can pay {}",
            eur(least),
            eur(most)
        );
    }
    format!(
        "{} to {} €/MWh; at {} both gain {} over the horizon",
        eur(least),
        eur(most),
        eur(band.splitting.eur_mwh()),
        text::money(band.joint_gain * 0.5)
    )
}

fn index(study: &Study) -> String {
    let money = &study.money;
    let growth = money.growth.source_heat.percent();
    format!(
        "{} % a year above inflation of {} %",
        grouped(growth, 1),
        grouped(money.inflation.percent(), 1)
    )
}

/// Volumes, power, temperature, availability.
fn quantities(ventures: &Ventures<'_>, centre: &DataCentreYear, kpis: &Kpis) -> Vec<ContractTerm> {
    let inputs = ventures.inputs;
    let year = inputs.full();
    let taken = heat_taken(inputs.design, year.plan, year.sources);
    let peak = (0..inputs.study.axis.len())
        .map(|t| taken.iter().map(|source| source[t]).sum::<f64>())
        .fold(0.0, f64::max);
    let hours = (0..inputs.study.axis.len())
        .filter(|t| taken.iter().map(|source| source[*t]).sum::<f64>() > 1e3)
        .count();
    let first = ventures.levels.at(ventures.fill(1, &ventures.base()));
    vec![
        term(
            "volume",
            "Volume a year",
            format!(
                "{} MWh drawn of {} MWh offered at full fill; {} MWh in the first year",
                grouped(kpis.heat_used.mwh(), 0),
                grouped(kpis.heat_available.mwh(), 0),
                grouped(first.source_heat.mwh(), 0)
            ),
            "least-cost operation of the study year",
        ),
        term(
            "power",
            "Largest power",
            format!("{} MW at the capture point", grouped(peak / 1e6, 1)),
            "largest hour of the study year",
        ),
        term(
            "temperature",
            "Temperature at hand-over",
            format!(
                "{} °C to the heat pump, yearly mean; network supply by the curve of the study",
                grouped(centre.waste_heat_temperature.c(), 1)
            ),
            "capture point of the study, before any heat pump",
        ),
        term(
            "availability",
            "Availability",
            format!(
                "heat is drawn in {} of {} hours; no claim to heat when the servers are off, \
                 notice of planned stops, none in the heating season",
                grouped(hours as f64, 0),
                grouped(inputs.study.axis.len() as f64, 0)
            ),
            "study year; conduct is a proposal",
        ),
        term(
            "take_or_pay",
            "Take-or-pay",
            take_or_pay(inputs.study, first.source_heat.mwh()),
            "the first operating year's heat is the most that every year can take",
        ),
    ]
}

fn take_or_pay(study: &Study, first_year_mwh: f64) -> String {
    let minimum = study
        .contract
        .as_ref()
        .map_or(0.0, |contract| contract.terms.minimum().mwh());
    if minimum > 0.0 {
        format!("{} MWh a year, as in the study", grouped(minimum, 0))
    } else {
        format!(
            "none in the study; to be agreed, not above {} MWh a year",
            grouped(first_year_mwh, 0)
        )
    }
}

/// Meters, who pays what, term and exit.
fn conduct(ventures: &Ventures<'_>, kpis: &Kpis) -> Vec<ContractTerm> {
    let rows = ventures.cash_flow(&ventures.base());
    let years = kpis.payback_years.map_or_else(
        || "no payback within the horizon: no term is long enough".to_owned(),
        |years| format!("at least {} years, the payback time", years.ceil()),
    );
    let five = rows
        .get(5)
        .map_or(Money::ZERO, |row| row.cumulative_discounted);
    vec![
        term(
            "metering",
            "Metering point",
            "heat meter and temperature sensor at the exchanger on the data centre's side \
             (E_REUSE, T_WH); electricity meter of the heat pump apart; heat meter behind it"
                .to_owned(),
            "Delegated Regulation (EU) 2024/1364 Annex II.1; the owner of the heat pump decides \
             which meter counts",
        ),
        term(
            "who_pays",
            "Who pays what",
            who_pays(ventures),
            "investment of the study; the heat company owns the heat pump there",
        ),
        term("term", "Term", years, "payback of the study"),
        term(
            "exit",
            "Exit",
            if five.eur() < 0.0 {
                format!(
                    "a party that leaves after five years pays what is not yet earned back: {}",
                    text::money(-five)
                )
            } else {
                "after five years the investment is earned back; notice of two years".to_owned()
            },
            "discounted cash flow up to year 5",
        ),
        term(
            "backup",
            "Back-up",
            format!(
                "the heat company keeps boilers for the whole load ({} MW used at most in the \
                 study year); the data centre keeps its own cooling complete",
                grouped(kpis.boiler_peak.mw(), 1)
            ),
            "least-cost operation of the study year",
        ),
        term(
            "law",
            "Claims of the law",
            "who may report the reused heat and the carbon saved, once and not twice".to_owned(),
            TO_BE_AGREED,
        ),
    ]
}

fn who_pays(ventures: &Ventures<'_>) -> String {
    let mut groups: Vec<(&str, Money)> = Vec::new();
    for item in &ventures.inputs.design.capex {
        match groups.iter_mut().find(|(name, _)| *name == item.group) {
            Some((_, sum)) => *sum += item.amount,
            None => groups.push((&item.group, item.amount)),
        }
    }
    let parts: Vec<String> = groups
        .iter()
        .filter(|(_, sum)| sum.eur() > 0.0)
        .map(|(name, sum)| format!("{name} {}", text::money(*sum)))
        .collect();
    let own = if parts.is_empty() {
        "nothing".to_owned()
    } else {
        parts.join(", ")
    };
    format!(
        "heat company: {own}; data centre: coils or exchanger on its side, its own cooling; \
         electricity of the heat pump: the heat company"
    )
}

fn eur(value: f64) -> String {
    let text = grouped(value.abs(), 2);
    if value < 0.0 {
        format!("−{text}")
    } else {
        text
    }
}

fn celsius(temperature: Temperature) -> String {
    let c = temperature.c();
    let text = grouped(c.abs(), 0);
    if c < 0.0 { format!("−{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use crate::testing::Bench;
    use hukka_model::{ContractTerms, HeatContract};
    use hukka_units::{EnergyPrice, HeatEnergy};

    #[test]
    fn the_sheet_names_price_volume_temperature_meter_and_exit() {
        let terms = Bench::new().assess().terms;
        for key in [
            "price",
            "price_band",
            "volume",
            "temperature",
            "availability",
            "take_or_pay",
            "metering",
            "who_pays",
            "exit",
        ] {
            let term = terms.iter().find(|term| term.key == key);
            let term = term.unwrap_or_else(|| panic!("no term {key}"));
            assert!(!term.proposal.is_empty() && !term.basis.is_empty(), "{key}");
        }
    }

    #[test]
    fn a_contract_of_the_study_is_what_the_sheet_proposes() {
        let mut bench = Bench::new();
        bench.study.contract = Some(HeatContract {
            terms: ContractTerms::TakeOrPay {
                price: EnergyPrice::from_eur_mwh(12.0),
                minimum: HeatEnergy::from_mwh(500.0),
            },
            supply_cost: EnergyPrice::ZERO,
        });
        let terms = bench.assess().terms;
        let text = |key: &str| &terms.iter().find(|t| t.key == key).unwrap().proposal;
        assert!(text("price").contains("12.00 €/MWh") && text("price").contains("500 MWh"));
        assert!(text("take_or_pay").contains("500 MWh"));
    }
}
