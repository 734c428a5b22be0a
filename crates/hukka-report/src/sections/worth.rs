//! Section 7, further parts: ranges of the investment, every party over the years, what the heat
//! may cost, heads of terms.

use crate::document::Block;
use crate::figure::Table;
use crate::inputs::Inputs;
use crate::label;
use crate::measured::ABSENT;
use crate::number::{energy, money_signed, percent, whole};
use hukka_units::{Ratio, grouped};

/// The investment with its ranges; nothing when there are none.
pub(crate) fn ranges(inputs: &Inputs<'_>) -> Option<Table> {
    let capex = &inputs.assessment.money.capex;
    if capex.is_empty() {
        return None;
    }
    let mut table = Table::new("Between which amounts the investment may lie")
        .text("Item")
        .number("Low", "€")
        .number("Reckoned with", "€")
        .number("High", "€")
        .text("Unit cost from")
        .number("Money of", "");
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
            item.source.clone(),
            item.currency_year
                .map_or_else(|| ABSENT.to_owned(), |year| year.to_string()),
        ]);
    }
    table.total = Some(vec![
        "All at once".to_owned(),
        whole(low),
        whole(amount),
        whole(high),
        String::new(),
        String::new(),
    ]);
    Some(table.noted(
        "All items low, or all high, at once is seldom; the range of the whole is narrower.",
    ))
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
    let mut table = Table::new("Heads of terms of a contract on the data centre's heat")
        .text("Clause")
        .text("Proposal")
        .text("Rests on");
    for term in terms {
        table.push([
            term.clause.clone(),
            term.proposal.clone(),
            term.basis.clone(),
        ]);
    }
    vec![
        Block::heading("terms", "Contract term sheet"),
        Block::table(table.noted("A start for talks, filled from this study as far as it goes: no draft of a contract and no legal advice.")),
    ]
}

fn gains(inputs: &Inputs<'_>) -> Table {
    let account = &inputs.assessment.money;
    let mut table = Table::new("What everyone gains over the years, against the comparison")
        .text("Party")
        .number("Present value", "€")
        .text("Made of");
    for party in &account.parties {
        table.push([
            label::party(party.party).to_owned(),
            whole(party.npv.eur()),
            party.basis.clone(),
        ]);
    }
    table.total = Some(vec![
        "All together".to_owned(),
        whole(account.together_npv.eur()),
        String::new(),
    ]);
    table.noted(format!(
        "At {} % real interest ({} % in the money of each year). All together is reckoned from heat, electricity and fuel alone, not from what the parties pay each other; the largest difference in a year is {} €.",
        percent(account.real_rate.fraction()),
        percent(account.nominal_rate.fraction()),
        grouped(account.largest_residual.eur(), 2)
    ))
}

fn flows(inputs: &Inputs<'_>) -> Table {
    let account = &inputs.assessment.money;
    let mut table = Table::new("Every party's gain, year by year").number("Year", "");
    for party in &account.parties {
        table = table.number(label::party(party.party), "€");
    }
    table = table.number("All together", "€");
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
    Some(format!(
        "Price of the data centre's heat: both owners gain while it lies between {} and {} €/MWh; at {} €/MWh each gains the same. In this study it is {} €/MWh. Together they gain {} over the years on {} of heat, both discounted; the price only splits it.",
        per(band.least),
        per(band.most),
        per(band.splitting),
        per(band.in_study),
        money_signed(band.joint_gain.eur()),
        energy(band.present_heat.mwh())
    ))
}

fn nominal(inputs: &Inputs<'_>) -> Table {
    let account = &inputs.assessment.money;
    let mut table = Table::new("The heat company's money in the money of each year")
        .number("Year", "")
        .number("Price level", "")
        .number("Investment", "€")
        .number("Heat sold", "€")
        .number("Operating cost", "€")
        .number("Net", "€")
        .number("Discounted, summed", "€");
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
    table.noted(format!(
        "Inflation {} % a year. Internal rate of return in this money: {irr}.",
        percent(account.inflation.fraction())
    ))
}
