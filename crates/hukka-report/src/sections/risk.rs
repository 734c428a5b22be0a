//! The risk register, worst first.

use crate::document::Block;
use crate::figure::Table;
use crate::inputs::Inputs;
use crate::label;
use crate::measured::ABSENT;
use crate::number::money_signed;
use hukka_model::{Likelihood, Risk};

const fn likelihood(likelihood: Likelihood) -> &'static str {
    match likelihood {
        Likelihood::Low => "low",
        Likelihood::Medium => "medium",
        Likelihood::High => "high",
    }
}

/// Collects the section.
pub(crate) fn blocks(inputs: &Inputs<'_>) -> Vec<Block> {
    let risks = &inputs.assessment.risks;
    if risks.is_empty() {
        return vec![Block::text(
            "No single risk was reckoned for this study; section 7 shows what moves its net present value.",
        )];
    }
    vec![
        Block::text(sentence(inputs)),
        Block::table(register(risks)),
        Block::table(unsure(inputs)),
    ]
}

/// How many of the risks alone would turn the verdict.
fn sentence(inputs: &Inputs<'_>) -> String {
    let npv = inputs.assessment.kpis.npv.eur();
    let risks = &inputs.assessment.risks;
    let turning = risks
        .iter()
        .filter_map(|risk| risk.npv_change)
        .filter(|change| npv > 0.0 && npv + change.eur() <= 0.0)
        .count();
    let turn = match turning {
        0 if npv > 0.0 => "None of them alone takes the net present value below zero".to_owned(),
        0 => "The net present value is not above zero before any of them".to_owned(),
        some => format!("{some} of them alone would take the net present value below zero"),
    };
    format!(
        "What may go wrong, worst first. {turn} ({} in this study). How likely each is, is a judgement, not a computed figure.",
        money_signed(npv)
    )
}

fn register(risks: &[Risk]) -> Table {
    let mut table = Table::new("Risk register")
        .text("What may happen")
        .text("How likely")
        .number("Net present value changes by", "")
        .text("Reckoned how")
        .text("What helps")
        .text("Carried by");
    for risk in risks {
        table.push([
            risk.event.clone(),
            likelihood(risk.likelihood).to_owned(),
            risk.npv_change
                .map_or_else(|| ABSENT.to_owned(), |change| money_signed(change.eur())),
            risk.basis.clone(),
            risk.answer.clone(),
            label::party(risk.owner).to_owned(),
        ]);
    }
    table
}

/// What the figures rest on and how sure that is.
fn unsure(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new("How far the inputs carry")
        .text("Input")
        .text("Where it stands")
        .text("What would make it surer");
    let source = |is_synthetic: bool| {
        if is_synthetic {
            "made by a generator"
        } else {
            "from a file of the study"
        }
    };
    let study = inputs.study;
    let mut row = |name: &str, stands: &str, surer: &str| {
        table.push([name.to_owned(), stands.to_owned(), surer.to_owned()]);
    };
    row(
        "Weather",
        source(study.weather.is_synthetic),
        "several measured years of the place",
    );
    row(
        "Electricity prices",
        source(study.prices.is_synthetic),
        "several years of the bidding zone, and a view of the years to come",
    );
    row(
        "Investment",
        "unit costs of catalogues",
        "bids for pipes, heat pump and substations",
    );
    row(
        "Load of the data centre",
        "as the study states it",
        "metered load, and a contract on the ramp",
    );
    row(
        "Heat of the customers",
        "reckoned from buildings and weather, or as stated",
        "meter readings and letters of intent",
    );
    table
}
