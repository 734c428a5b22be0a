//! Contracts of a dispatch case: what each owner pays and earns, step by step and in all.

use super::CaseRun;
use crate::tables::{Column, Table};
use hukka_dispatch::owners::{ContractAnswer, OwnersOutcome, Parties, two_owners};
use hukka_dispatch::park::{Clock, ParkOptions};
use hukka_model::{DispatchCase, DispatchMode};
use serde_json::{Value, json};

/// Compares the contracts of a case, in the linear model and with foresight.
pub(super) fn answer(
    case: &DispatchCase,
    options: &ParkOptions,
    clock: Clock<'_>,
) -> Result<Option<OwnersOutcome>, hukka_dispatch::Error> {
    let Some(question) = &case.owners else {
        return Ok(None);
    };
    let mut linear = case.clone();
    linear.mode = DispatchMode::Lp;
    let options = ParkOptions {
        perfect_foresight: true,
        rolling: None,
        ..*options
    };
    two_owners(&linear, question, &options, clock).map(Some)
}

/// Every owner's money in every step: the joint optimum, then each contract.
pub(super) fn table(run: &CaseRun) -> Option<Table> {
    let found = run.owners.as_ref()?;
    let mut columns = vec![super::steps(&run.case)];
    let mut put = |name: &str, parties: &Parties| {
        for (what, values) in [
            ("drawn_mw", &parties.drawn_mw),
            ("payment_eur", &parties.payment_eur),
            ("utility_cost_eur", &parties.utility_cost_eur),
            ("data_centre_profit_eur", &parties.data_centre_profit_eur),
        ] {
            let values = Column::Number(values.iter().map(|x| x + 0.0).collect());
            columns.push((format!("{name}_{what}"), values));
        }
    };
    put("joint", &found.joint);
    for (name, contract) in names(found).iter().zip(&found.contracts) {
        put(name, &contract.parties);
    }
    Some(Table {
        name: "owners",
        columns,
    })
}

/// Names of the contracts; the second of a kind is numbered.
fn names(found: &OwnersOutcome) -> Vec<String> {
    let contracts = found.contracts.iter().enumerate();
    contracts
        .map(|(index, contract)| {
            let before = &found.contracts[..index];
            let same = before.iter().filter(|c| c.contract == contract.contract);
            match same.count() {
                0 => contract.contract.to_owned(),
                count => format!("{}_{}", contract.contract, count + 1),
            }
        })
        .collect()
}

/// The sums, and what each contract loses against the joint optimum.
pub(super) fn summary(run: &CaseRun) -> Option<Value> {
    let found = run.owners.as_ref()?;
    let names = names(found);
    let contracts = found.contracts.iter().zip(&names);
    let contracts = contracts.map(|(contract, name)| contract_json(run, name, contract));
    Some(json!({
        "model": "lp",
        "joint": parties_json(run, &found.joint),
        "utility_cost_without_data_centre_eur": found.without_data_centre_eur,
        "contracts": contracts.collect::<Vec<_>>(),
    }))
}

fn contract_json(run: &CaseRun, name: &str, contract: &ContractAnswer) -> Value {
    let mut object = parties_json(run, &contract.parties);
    if let Value::Object(object) = &mut object {
        object.insert("contract".into(), json!(name));
        object.insert("gap_to_joint_eur".into(), json!(contract.loss_eur));
        object.insert("withheld_h".into(), json!(contract.withheld_h));
    }
    object
}

fn parties_json(run: &CaseRun, parties: &Parties) -> Value {
    let steps = parties.drawn_mw.iter().zip(&run.case.step_hours);
    json!({
        "system_cost_eur": parties.system_cost(),
        "utility_cost_eur": parties.utility_cost(),
        "payment_eur": parties.payment(),
        "data_centre_profit_eur": parties.data_centre_profit(),
        "drawn_mwh": steps.map(|(power, hours)| power * hours).sum::<f64>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use hukka_dispatch::park::{Synthetic, solve_case, synthetic_case, without_data_centre};
    use hukka_model::{CaseContract, CaseOwners};

    fn run() -> CaseRun {
        let mut case = synthetic_case(&Synthetic {
            seed: 2,
            steps: 96,
            step_h: 1.0,
            start_hour: 700.0,
            mode: DispatchMode::Milp,
        });
        let fixed = |price_eur_per_mwh| CaseContract::Fixed { price_eur_per_mwh };
        case.owners = Some(CaseOwners {
            source: 0,
            supply_eur_per_mwh: vec![6.0; 96],
            saved_cooling_eur_per_mwh: vec![1.0; 96],
            contracts: vec![CaseContract::Free, fixed(5.0), fixed(30.0)],
        });
        let options = ParkOptions::default();
        let (outcome, diagnostics) = solve_case(&case, &options, &|| 0.0).unwrap();
        let alone = solve_case(&without_data_centre(&case), &options, &|| 0.0).unwrap();
        CaseRun {
            owners: answer(&case, &options, &|| 0.0).unwrap(),
            without: Some(alone.0),
            case,
            outcome,
            diagnostics,
            read_s: 0.0,
        }
    }

    #[test]
    fn contracts_stand_in_the_files_with_every_owners_money() {
        let run = run();
        let files = crate::files_of_case(&run, true).unwrap();
        let file = |name: &str| {
            let found = files.iter().find(|file| file.path == name).unwrap();
            String::from_utf8(found.bytes.clone()).unwrap()
        };
        let table = file("owners.csv");
        assert!(
            table.starts_with("step,joint_drawn_mw,joint_payment_eur"),
            "{table:.80}"
        );
        assert!(table.contains("fixed_2_data_centre_profit_eur"));
        assert_eq!(table.lines().count(), 97);
        let summary: Value = serde_json::from_str(&file("summary.json")).unwrap();
        let owners = &summary["owners"];
        for contract in owners["contracts"].as_array().unwrap() {
            assert!(contract["gap_to_joint_eur"].as_f64().unwrap() >= -1e-6);
        }
        assert!(
            owners["contracts"][1]["gap_to_joint_eur"]
                .as_f64()
                .unwrap()
                .abs()
                < 1e-3
        );
        let alone = owners["utility_cost_without_data_centre_eur"]
            .as_f64()
            .unwrap();
        let free = owners["contracts"][0]["utility_cost_eur"].as_f64().unwrap();
        assert!((free - alone).abs() < 1e-6 * alone);
    }

    #[test]
    fn the_park_without_the_data_centre_stands_beside_it() {
        let run = run();
        let summary = super::super::summary(&run);
        let without = &summary["without_data_centre"];
        assert!(without["heat_mwh"]["hp1"].as_f64().unwrap() <= 0.0);
        let saved = without["saved_by_data_centre"]["cost_eur"]
            .as_f64()
            .unwrap();
        assert!(saved > 0.0);
        let both = summary["objective_eur"].as_f64().unwrap() + saved;
        assert!((both - without["objective_eur"].as_f64().unwrap()).abs() < 1e-6);
    }
}
