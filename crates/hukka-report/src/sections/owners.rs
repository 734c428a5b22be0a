//! Section 7, middle part: what the contract on heat means for both owners.

use crate::document::Block;
use crate::figure::Table;
use crate::inputs::Inputs;
use crate::label;
use crate::number::{count, energy, money, percent_prose, whole};
use crate::sections::year::month_name;
use crate::series::months;
use crate::texts::{fill, say};
use hukka_model::{ContractOutcome, ContractTerms, OwnerAccount, OwnersAccount, Party};
use hukka_units::{EnergyPrice, Money, grouped};

/// A gap below this share of the joint cost is none worth a figure.
const NO_GAP: f64 = 5e-6;

/// Both owners; nothing where no heat of a data centre can be drawn.
pub(crate) fn blocks(inputs: &Inputs<'_>) -> Vec<Block> {
    let Some(owners) = inputs.owners else {
        return vec![];
    };
    vec![
        Block::heading("owners", say("owners.two-owners")),
        Block::text(sentence(owners)),
        Block::table(accounts(owners)),
        Block::folded(by_month(inputs, owners)),
        Block::text(sharing(owners)),
        Block::table(comparison(owners)),
    ]
}

/// The contract, what it makes of the year, and the gap.
fn sentence(owners: &OwnersAccount) -> String {
    let outcome = &owners.outcome;
    let (joint, gap) = (owners.joint_cost.eur(), outcome.loss.eur());
    let gap = if gap <= NO_GAP * joint.abs() {
        say("owners.no-more-than").to_owned()
    } else {
        fill(
            "owners.more-than",
            &[&money(gap), &percent_prose(gap / joint.abs())],
        )
    };
    let withheld = if outcome.withheld_hours == 0 {
        say("owners.the-data-centre-s-best").to_owned()
    } else {
        fill(
            "owners.in-the-price-does-not",
            &[&count(
                outcome.withheld_hours as usize,
                say("owners.hour"),
                say("owners.hours"),
            )],
        )
    };
    fill(
        "owners.the-heat-company-runs-its",
        &[
            &words(&outcome.terms),
            &withheld,
            &energy(outcome.drawn.mwh()),
            &energy(owners.joint_drawn.mwh()),
            &money(outcome.system_cost.eur()),
            &gap,
        ],
    )
}

/// A contract with its figures.
fn words(terms: &ContractTerms) -> String {
    let price = |price: EnergyPrice| fill("owners.mwh", &[&grouped(price.eur_mwh(), 2)]);
    let label = terms.label();
    match terms {
        ContractTerms::Free | ContractTerms::DayAhead { .. } => label.to_owned(),
        ContractTerms::Fixed { price: fixed } => fill("owners.of", &[&label, &price(*fixed)]),
        ContractTerms::TemperatureIndexed {
            cold_outdoor,
            at_cold,
            mild_outdoor,
            at_mild,
        } => fill(
            "owners.at-c-at-c",
            &[
                &label,
                &price(*at_cold),
                &grouped(cold_outdoor.c(), 0),
                &price(*at_mild),
                &grouped(mild_outdoor.c(), 0),
            ],
        ),
        ContractTerms::TakeOrPay {
            price: fixed,
            minimum,
        } => fill(
            "owners.for-at-least",
            &[&label, &price(*fixed), &energy(minimum.mwh())],
        ),
    }
}

fn name(account: &OwnerAccount) -> String {
    match &account.data_centre {
        Some(id) => fill("owners.data-centre", &[&id]),
        None => label::party(Party::HeatCompany).to_owned(),
    }
}

fn per(price: Option<EnergyPrice>) -> String {
    price.map_or("–".to_owned(), |price| grouped(price.eur_mwh(), 2))
}

fn accounts(owners: &OwnersAccount) -> Table {
    let mut table = Table::new(say("owners.both-owners-accounts-in-a"))
        .text(say("owners.owner"))
        .text(say("owners.for"))
        .number(say("owners.receives"), "€/a")
        .number(say("owners.pays-2"), "€/a")
        .number(say("owners.net-2"), "€/a")
        .number(say("owners.net-per-heat"), "€/MWh");
    for account in &owners.accounts {
        for item in &account.items {
            let (received, paid) = if item.is_received {
                (whole(item.year.eur()), String::new())
            } else {
                (String::new(), whole(item.year.eur()))
            };
            table.push([
                name(account),
                item.kind.label().to_owned(),
                received,
                paid,
                String::new(),
                String::new(),
            ]);
        }
        table.push([
            name(account),
            "all".to_owned(),
            whole(account.received.eur()),
            whole(account.paid.eur()),
            whole(account.net.eur()),
            per(account.per_heat.map(|[_, _, net]| net)),
        ]);
    }
    table.noted(say("owners.running-costs-alone-no-investment"))
}

/// Net of every owner by month.
fn by_month(inputs: &Inputs<'_>, owners: &OwnersAccount) -> Table {
    let mut table =
        Table::new(say("owners.both-owners-accounts-by-month")).text(say("owners.month"));
    for account in &owners.accounts {
        for column in ["receives", say("owners.pays"), say("owners.net")] {
            table = table.number(format!("{} {column}", name(account)), "€");
        }
    }
    let row = |range: &core::ops::Range<usize>| {
        let sum = |series: &[Money]| series[range.clone()].iter().sum::<Money>().eur();
        let mut cells = Vec::new();
        for account in &owners.accounts {
            let side = |is_received: bool| -> f64 {
                let items = account.items.iter();
                let side = items.filter(|item| item.is_received == is_received);
                side.map(|item| sum(&item.hourly)).sum()
            };
            cells.extend([side(true), side(false), sum(&account.net_hourly)].map(whole));
        }
        cells
    };
    for range in months(&inputs.study.axis) {
        let mut cells = vec![month_name(inputs, &range)];
        cells.extend(row(&range));
        table.rows.push(cells);
    }
    let mut year = vec![say("owners.year").to_owned()];
    year.extend(row(&(0..inputs.study.axis.len())));
    table.total = Some(year);
    table
}

fn sharing(owners: &OwnersAccount) -> String {
    match owners.sharing_price {
        Some(price) => fill(
            "owners.without-the-data-centre-s",
            &[
                &money(owners.without_cost.eur()),
                &grouped(price.eur_mwh(), 2),
            ],
        ),
        None if owners.without_unserved.mwh() > 1e-3 => {
            say("owners.without-the-data-centre-s-2").to_owned()
        }
        None => say("owners.the-data-centre-s-heat").to_owned(),
    }
}

fn comparison(owners: &OwnersAccount) -> Table {
    let mut table = Table::new(say("owners.what-each-kind-of-contract"))
        .text(say("owners.contract"))
        .number(say("owners.mean-price"), "€/MWh")
        .number(say("owners.drawn"), "MWh/a")
        .number(say("owners.payment"), "€/a")
        .number(say("owners.heat-company-gains"), "€/a")
        .number(say("owners.data-centre-gains"), "€/a")
        .number(say("owners.above-joint-optimum"), "€/a")
        .number(say("owners.kept-by-data-centre"), "h/a");
    let study = std::iter::once((
        fill("owners.this-study", &[&words(&owners.outcome.terms)]),
        &owners.outcome,
    ));
    let others = owners
        .comparison
        .iter()
        .map(|outcome| (words(&outcome.terms), outcome));
    for (name, outcome) in study.chain(others) {
        table.rows.push(row(name, outcome));
    }
    table.noted(say("owners.gains-against-the-same-machines"))
}

fn row(name: String, outcome: &ContractOutcome) -> Vec<String> {
    vec![
        name,
        per(outcome.mean_price),
        whole(outcome.drawn.mwh()),
        whole(outcome.payment.eur()),
        whole(outcome.utility_gain.eur()),
        whole(outcome.data_centre_gain.eur()),
        whole(outcome.loss.eur()),
        whole(f64::from(outcome.withheld_hours)),
    ]
}
