//! Section 7, middle part: what the contract on heat means for both owners.

use crate::document::Block;
use crate::figure::Table;
use crate::inputs::Inputs;
use crate::label;
use crate::number::{count, energy, money, percent_prose, whole};
use crate::sections::year::month_name;
use crate::series::months;
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
        Block::heading("owners", "Two owners"),
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
        "no more than".to_owned()
    } else {
        format!(
            "{} ({}) more than",
            money(gap),
            percent_prose(gap / joint.abs())
        )
    };
    let withheld = if outcome.withheld_hours == 0 {
        "The data centre's best answer is to hand over its heat in every hour.".to_owned()
    } else {
        format!(
            "In {} the price does not pay for handing over heat, and the data centre keeps it.",
            count(outcome.withheld_hours as usize, "hour", "hours")
        )
    };
    format!(
        "The heat company runs its machines at least cost to itself; the data centre hands over heat when that pays. Contract of this study: {}. {withheld} The heat company draws {} a year; the least-cost operation of both together would draw {}. Running costs both together {} a year, {gap} that joint optimum.",
        words(&outcome.terms),
        energy(outcome.drawn.mwh()),
        energy(owners.joint_drawn.mwh()),
        money(outcome.system_cost.eur()),
    )
}

/// A contract with its figures.
fn words(terms: &ContractTerms) -> String {
    let price = |price: EnergyPrice| format!("{} €/MWh", grouped(price.eur_mwh(), 2));
    let label = terms.label();
    match terms {
        ContractTerms::Free | ContractTerms::DayAhead { .. } => label.to_owned(),
        ContractTerms::Fixed { price: fixed } => format!("{label} of {}", price(*fixed)),
        ContractTerms::TemperatureIndexed {
            cold_outdoor,
            at_cold,
            mild_outdoor,
            at_mild,
        } => format!(
            "{label}, {} at {} °C, {} at {} °C",
            price(*at_cold),
            grouped(cold_outdoor.c(), 0),
            price(*at_mild),
            grouped(mild_outdoor.c(), 0)
        ),
        ContractTerms::TakeOrPay {
            price: fixed,
            minimum,
        } => format!(
            "{label}, {} for {} at least",
            price(*fixed),
            energy(minimum.mwh())
        ),
    }
}

fn name(account: &OwnerAccount) -> String {
    match &account.data_centre {
        Some(id) => format!("data centre {id}"),
        None => label::party(Party::HeatCompany).to_owned(),
    }
}

fn per(price: Option<EnergyPrice>) -> String {
    price.map_or("–".to_owned(), |price| grouped(price.eur_mwh(), 2))
}

fn accounts(owners: &OwnersAccount) -> Table {
    let mut table = Table::new("Both owners' accounts in a year at full fill")
        .text("Owner")
        .text("For")
        .number("Receives", "€/a")
        .number("Pays", "€/a")
        .number("Net", "€/a")
        .number("Net per heat", "€/MWh");
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
    table.noted("Running costs alone: no investment, no fixed upkeep. Per heat sold for the heat company, per heat handed over for a data centre. Electricity of cooling saved is what the data centre need not buy.")
}

/// Net of every owner by month.
fn by_month(inputs: &Inputs<'_>, owners: &OwnersAccount) -> Table {
    let mut table = Table::new("Both owners' accounts by month").text("Month");
    for account in &owners.accounts {
        for column in ["receives", "pays", "net"] {
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
    let mut year = vec!["Year".to_owned()];
    year.extend(row(&(0..inputs.study.axis.len())));
    table.total = Some(year);
    table
}

fn sharing(owners: &OwnersAccount) -> String {
    match owners.sharing_price {
        Some(price) => format!(
            "Without the data centre's heat the same machines would cost {} a year to run. A fixed price of {} €/MWh would share what the joint optimum gains in halves; the fixed, indexed and take-or-pay contracts below are priced so that each pays as much for the joint optimum's heat. The price published a day ahead is what the heat costs the data centre and half of what it is worth beyond that in each hour.",
            money(owners.without_cost.eur()),
            grouped(price.eur_mwh(), 2)
        ),
        None if owners.without_unserved.mwh() > 1e-3 => {
            "Without the data centre's heat the same machines could not supply the place, so no price shares a gain: only free heat is compared.".to_owned()
        }
        None => {
            "The data centre's heat gains both together nothing, so no price shares a gain: only free heat is compared.".to_owned()
        }
    }
}

fn comparison(owners: &OwnersAccount) -> Table {
    let mut table = Table::new("What each kind of contract would make of the year")
        .text("Contract")
        .number("Mean price", "€/MWh")
        .number("Drawn", "MWh/a")
        .number("Payment", "€/a")
        .number("Heat company gains", "€/a")
        .number("Data centre gains", "€/a")
        .number("Above joint optimum", "€/a")
        .number("Kept by data centre", "h/a");
    let study = std::iter::once((
        format!("this study: {}", words(&owners.outcome.terms)),
        &owners.outcome,
    ));
    let others = owners
        .comparison
        .iter()
        .map(|outcome| (words(&outcome.terms), outcome));
    for (name, outcome) in study.chain(others) {
        table.rows.push(row(name, outcome));
    }
    table.noted("Gains against the same machines without the data centre's heat; for the data centre, payment and saved cooling less the cost of handing over heat. What the heat company pays the data centre receives, so only the operation makes a contract worse than the joint optimum.")
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
