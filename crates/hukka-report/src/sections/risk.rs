//! The risk register, worst first.

use crate::document::Block;
use crate::figure::Table;
use crate::inputs::Inputs;
use crate::label;
use crate::measured::ABSENT;
use crate::number::money_signed;
use crate::sections::worth::plain;
use crate::texts::{fill, say};
use hukka_model::{Likelihood, Risk};

fn likelihood(likelihood: Likelihood) -> &'static str {
    match likelihood {
        Likelihood::Low => say("risk.low"),
        Likelihood::Medium => say("risk.medium"),
        Likelihood::High => say("risk.high"),
    }
}

/// Collects the section.
pub(crate) fn blocks(inputs: &Inputs<'_>) -> Vec<Block> {
    let risks = &inputs.assessment.risks;
    if risks.is_empty() {
        return vec![Block::text(say("risk.no-single-risk-was-reckoned"))];
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
        0 if npv > 0.0 => say("risk.none-of-them-alone-takes").to_owned(),
        0 => say("risk.the-net-present-value-is").to_owned(),
        some => fill("risk.of-them-alone-would-take", &[&some]),
    };
    fill("risk.what-may-go-wrong-worst", &[&turn, &money_signed(npv)])
}

fn register(risks: &[Risk]) -> Table {
    let mut table = Table::new(say("risk.risk-register"))
        .text(say("risk.what-may-happen"))
        .text(say("risk.how-likely"))
        .number(say("risk.net-present-value-changes-by"), "")
        .text(say("risk.reckoned-how"))
        .text(say("risk.what-helps"))
        .text(say("risk.carried-by"));
    for risk in risks {
        table.push([
            risk.event.clone(),
            likelihood(risk.likelihood).to_owned(),
            risk.npv_change
                .map_or_else(|| ABSENT.to_owned(), |change| money_signed(change.eur())),
            plain(&risk.basis),
            plain(&risk.answer),
            label::party(risk.owner).to_owned(),
        ]);
    }
    table
}

/// What the figures rest on and how sure that is.
fn unsure(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new(say("risk.how-far-the-inputs-carry"))
        .text(say("risk.input"))
        .text(say("risk.where-it-stands"))
        .text(say("risk.what-would-make-it-surer"));
    let source = |is_synthetic: bool| {
        if is_synthetic {
            say("risk.made-by-a-generator")
        } else {
            say("risk.from-a-file-of-the")
        }
    };
    let study = inputs.study;
    let mut row = |name: &str, stands: &str, surer: &str| {
        table.push([name.to_owned(), stands.to_owned(), surer.to_owned()]);
    };
    row(
        say("risk.weather"),
        source(study.weather.is_synthetic),
        say("risk.several-measured-years-of-the"),
    );
    row(
        say("risk.electricity-prices"),
        source(study.prices.is_synthetic),
        say("risk.several-years-of-the-bidding"),
    );
    row(
        say("risk.investment"),
        say("risk.unit-costs-of-catalogues"),
        say("risk.bids-for-pipes-heat-pump"),
    );
    row(
        say("risk.load-of-the-data-centre"),
        say("risk.as-the-study-states-it"),
        say("risk.metered-load-and-a-contract"),
    );
    row(
        say("risk.heat-of-the-customers"),
        say("risk.reckoned-from-buildings-and-weather"),
        say("risk.meter-readings-and-letters-of"),
    );
    table
}
