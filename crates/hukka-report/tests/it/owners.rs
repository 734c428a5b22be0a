//! Both owners' accounts in page, summary and tables.

use crate::fixture::Fixture;
use hukka_model::{
    AccountItem, AccountKind, ContractOutcome, ContractTerms, OwnerAccount, OwnersAccount, Party,
};
use hukka_report::{hourly_table, html, summary};
use hukka_units::{EnergyPrice, HeatEnergy, Money};

fn account(party: Party, hours: usize, kind: AccountKind, is_received: bool) -> OwnerAccount {
    let eur = Money::from_eur;
    let sign = if is_received { 1.0 } else { -1.0 };
    let year = eur(2.0 * hours as f64);
    let (received, paid) = if is_received {
        (year, Money::ZERO)
    } else {
        (Money::ZERO, year)
    };
    OwnerAccount {
        party,
        data_centre: (party == Party::DataCentre).then(|| "north".to_owned()),
        items: vec![AccountItem {
            kind,
            is_received,
            hourly: vec![eur(2.0); hours],
            year,
        }],
        received,
        paid,
        net: received - paid,
        net_hourly: vec![eur(2.0 * sign); hours],
        energy: HeatEnergy::from_mwh(1000.0),
        per_heat: Some([1.0, 2.0, 3.0].map(EnergyPrice::from_eur_mwh)),
    }
}

fn outcome(terms: ContractTerms, loss: f64) -> ContractOutcome {
    ContractOutcome {
        terms,
        mean_price: Some(EnergyPrice::from_eur_mwh(12.0)),
        drawn: HeatEnergy::from_mwh(1000.0),
        payment: Money::from_eur(12_000.0),
        system_cost: Money::from_eur(500_000.0 + loss),
        utility_gain: Money::from_eur(80_000.0),
        data_centre_gain: Money::from_eur(12_000.0),
        loss: Money::from_eur(loss),
        withheld_hours: 3,
    }
}

fn owners(hours: usize) -> OwnersAccount {
    let price = EnergyPrice::from_eur_mwh(12.0);
    OwnersAccount {
        joint_cost: Money::from_eur(500_000.0),
        joint_drawn: HeatEnergy::from_mwh(1100.0),
        without_cost: Money::from_eur(600_000.0),
        without_unserved: HeatEnergy::ZERO,
        outcome: outcome(ContractTerms::Fixed { price }, 20_000.0),
        accounts: vec![
            account(Party::HeatCompany, hours, AccountKind::SourceHeat, false),
            account(Party::DataCentre, hours, AccountKind::SourceHeat, true),
        ],
        sharing_price: Some(price),
        comparison: vec![outcome(ContractTerms::Free, 0.0)],
    }
}

#[test]
fn both_owners_stand_in_page_summary_and_hourly_table() {
    let fixture = Fixture::town(3);
    let hours = fixture.study.axis.len();
    let owners = owners(hours);
    let mut inputs = fixture.inputs();
    inputs.owners = Some(&owners);
    let page = html(&inputs).unwrap();
    for text in [
        "Two owners",
        "fixed price of 12.00 €/MWh",
        "20 k€ (4.0 %) more than that joint optimum",
        "In 3 hours the price does not pay",
        "Both owners' accounts in a year at full fill",
        "Both owners' accounts by month",
        "free heat",
    ] {
        let escaped = text.replace('\'', "&#x27;").replace('/', "&#x2f;");
        assert!(page.contains(text) || page.contains(&escaped), "{text}");
    }
    let summary = summary(&inputs);
    assert_eq!(summary["owners"]["joint_eur"], 500_000.0);
    assert_eq!(summary["owners"]["gap_eur"], 20_000.0);
    assert_eq!(summary["owners"]["parties"][1]["data_centre"], "north");
    let columns = hourly_table(&inputs);
    for name in [
        "heat_company_paid_source_heat_eur",
        "data_centre_north_received_source_heat_eur",
        "heat_company_net_eur",
    ] {
        let column = columns.iter().find(|column| column.0 == name);
        assert!(
            column.is_some_and(|column| column.1.len() == hours),
            "{name}"
        );
    }
}

#[test]
fn without_an_account_there_is_no_block() {
    let fixture = Fixture::town(3);
    let inputs = fixture.inputs();
    assert!(!html(&inputs).unwrap().contains("Two owners"));
    assert!(summary(&inputs)["owners"].is_null());
}
