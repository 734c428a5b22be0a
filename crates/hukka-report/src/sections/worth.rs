//! Section 7, further parts: ranges of the investment, every party over the years, what the heat
//! may cost, heads of terms.

use crate::document::Block;
use crate::figure::Table;
use crate::inputs::Inputs;
use crate::label;
use crate::measured::ABSENT;
use crate::number::{energy, money_signed, percent, whole};
use crate::texts::{fill, say};
use hukka_units::{Ratio, grouped};

/// A text without the marks of code.
pub(crate) fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// The investment with its ranges; nothing when there are none.
pub(crate) fn ranges(inputs: &Inputs<'_>) -> Option<Table> {
    let capex = &inputs.assessment.money.capex;
    if capex.is_empty() {
        return None;
    }
    let mut table = Table::new(say("worth.between-which-amounts-the-investment"))
        .text(say("worth.item"))
        .number(say("worth.low"), "€")
        .number(say("worth.reckoned-with"), "€")
        .number(say("worth.high"), "€")
        .text(say("worth.unit-cost-from"))
        .number(say("worth.money-of"), "");
    let (mut low, mut amount, mut high) = (0.0, 0.0, 0.0);
    for item in capex {
        low += item.low_high.0.eur();
        amount += item.amount.eur();
        high += item.low_high.1.eur();
        table.push([
            item.name.clone(),
            whole(item.low_high.0.eur()),
            whole(item.amount.eur()),
            whole(item.low_high.1.eur()),
            plain(&item.source),
            item.currency_year
                .map_or_else(|| ABSENT.to_owned(), |year| year.to_string()),
        ]);
    }
    table.total = Some(vec![
        say("worth.all-at-once").to_owned(),
        whole(low),
        whole(amount),
        whole(high),
        String::new(),
        String::new(),
    ]);
    Some(table.noted(say("worth.all-items-low-or-all")))
}

/// Every party's gain, the price between the owners, the years in their own money.
pub(crate) fn blocks(inputs: &Inputs<'_>) -> Vec<Block> {
    let account = &inputs.assessment.money;
    let mut blocks = Vec::new();
    if !account.parties.is_empty() {
        blocks.push(Block::table(gains(inputs)));
        blocks.push(Block::folded(flows(inputs)));
    }
    blocks.extend(price(inputs).map(Block::text));
    if !account.nominal.is_empty() && account.inflation > Ratio::ZERO {
        blocks.push(Block::folded(nominal(inputs)));
    }
    blocks
}

/// Heads of terms; nothing when there are none.
pub(crate) fn terms(inputs: &Inputs<'_>) -> Vec<Block> {
    let terms = &inputs.assessment.terms;
    if terms.is_empty() {
        return vec![];
    }
    let mut table = Table::new(say("worth.heads-of-terms-of-a"))
        .text(say("worth.clause"))
        .text(say("worth.proposal"))
        .text(say("worth.rests-on"));
    for term in terms {
        table.push([
            term.clause.clone(),
            plain(&term.proposal),
            plain(&term.basis),
        ]);
    }
    vec![
        Block::heading("terms", say("worth.contract-term-sheet")),
        Block::table(table.noted(say("worth.a-start-for-talks-filled"))),
    ]
}

fn gains(inputs: &Inputs<'_>) -> Table {
    let account = &inputs.assessment.money;
    let mut table = Table::new(say("worth.what-everyone-gains-over-the"))
        .text(say("worth.party"))
        .number(say("worth.present-value"), "€")
        .text(say("worth.made-of"));
    for party in &account.parties {
        table.push([
            label::party(party.party).to_owned(),
            whole(party.npv.eur()),
            party.basis.clone(),
        ]);
    }
    table.total = Some(vec![
        say("worth.all-together").to_owned(),
        whole(account.together_npv.eur()),
        String::new(),
    ]);
    table.noted(fill(
        "worth.at-real-interest-in-the",
        &[
            &percent(account.real_rate.fraction()),
            &percent(account.nominal_rate.fraction()),
            &grouped(account.largest_residual.eur(), 2),
        ],
    ))
}

fn flows(inputs: &Inputs<'_>) -> Table {
    let account = &inputs.assessment.money;
    let mut table = Table::new(say("worth.every-party-s-gain-year")).number(say("worth.year"), "");
    for party in &account.parties {
        table = table.number(label::party(party.party), "€");
    }
    table = table.number(say("worth.all-together"), "€");
    for (year, all) in account.together.iter().enumerate() {
        let mut row = vec![year.to_string()];
        for party in &account.parties {
            let flow = party.flows.get(year);
            row.push(flow.map_or_else(|| ABSENT.to_owned(), |flow| whole(flow.eur())));
        }
        row.push(whole(all.eur()));
        table.rows.push(row);
    }
    table
}

/// What the data centre's heat may cost, in words.
fn price(inputs: &Inputs<'_>) -> Option<String> {
    let band = inputs.assessment.money.price_band.as_ref()?;
    let per = |price: hukka_units::EnergyPrice| grouped(price.eur_mwh(), 1);
    Some(fill(
        "worth.price-of-the-data-centre",
        &[
            &per(band.least),
            &per(band.most),
            &per(band.splitting),
            &per(band.in_study),
            &money_signed(band.joint_gain.eur()),
            &energy(band.present_heat.mwh()),
        ],
    ))
}

fn nominal(inputs: &Inputs<'_>) -> Table {
    let account = &inputs.assessment.money;
    let mut table = Table::new(say("worth.the-heat-company-s-money"))
        .number(say("worth.year"), "")
        .number(say("worth.price-level"), "")
        .number(say("worth.investment"), "€")
        .number(say("worth.heat-sold"), "€")
        .number(say("worth.operating-cost"), "€")
        .number(say("worth.net"), "€")
        .number(say("worth.discounted-summed"), "€");
    for year in &account.nominal {
        table.push([
            year.year.to_string(),
            grouped(year.price_level.fraction(), 3),
            whole(year.investment.eur()),
            whole(year.revenue.eur()),
            whole(year.operating_cost.eur()),
            whole(year.net.eur()),
            whole(year.cumulative_discounted.eur()),
        ]);
    }
    let irr = account.nominal_irr.map_or_else(
        || "none".to_owned(),
        |irr| format!("{} %", percent(irr.fraction())),
    );
    table.noted(fill(
        "worth.inflation-a-year-internal-rate",
        &[&percent(account.inflation.fraction()), &irr],
    ))
}
