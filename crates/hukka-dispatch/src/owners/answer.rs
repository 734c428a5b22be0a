//! What each owner does, pays and earns.

use super::contract::{name, prices, volume_mwh};
use crate::Error;
use crate::park::{CaseOutcome, Clock, ParkOptions, cost, solve_case};
use hukka_model::{CaseContract, CaseOwners, CaseUnitKind, DispatchCase};

/// Halvings in the search for the price at which a take-or-pay volume is just drawn.
const HALVINGS: usize = 24;

/// Money of both owners in an operation.
///
/// # Shapes  one value per step; take-or-pay volume not drawn is paid in the last step
#[derive(Debug, Clone, PartialEq)]
pub struct Parties {
    /// Source heat drawn, MW.
    pub drawn_mw: Vec<f64>,
    /// What the utility pays the data centre, EUR.
    pub payment_eur: Vec<f64>,
    /// What heat costs the utility, payment included, EUR.
    pub utility_cost_eur: Vec<f64>,
    /// What the data centre earns: payment and saved cooling less the cost of supply, EUR.
    pub data_centre_profit_eur: Vec<f64>,
}

impl Parties {
    /// Cost of both together, EUR: payments cancel.
    pub fn system_cost(&self) -> f64 {
        self.utility_cost() - self.data_centre_profit()
    }

    /// Over the whole span, EUR.
    pub fn utility_cost(&self) -> f64 {
        self.utility_cost_eur.iter().sum()
    }

    /// Over the whole span, EUR.
    pub fn data_centre_profit(&self) -> f64 {
        self.data_centre_profit_eur.iter().sum()
    }

    /// Over the whole span, EUR.
    pub fn payment(&self) -> f64 {
        self.payment_eur.iter().sum()
    }
}

/// Outcome under one contract.
#[derive(Debug, Clone, PartialEq)]
pub struct ContractAnswer {
    /// Name of the contract.
    pub contract: &'static str,
    /// Money of both.
    pub parties: Parties,
    /// Hours in which the data centre rather keeps its heat.
    pub withheld_h: f64,
    /// What both together lose against the joint optimum, EUR.
    pub loss_eur: f64,
}

/// The joint optimum and what contracts make of it.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnersOutcome {
    /// Least system cost; heat changes hands at the data centre's own net cost.
    pub joint: Parties,
    /// Cost of the utility without the data centre, EUR.
    pub without_data_centre_eur: f64,
    /// By contract.
    pub contracts: Vec<ContractAnswer>,
}

/// Compares contracts with the joint optimum.
///
/// # Assumptions  both know the span ahead; the data centre decides hour by hour whether to offer
///   all its heat or none, and does so when price plus saved cooling is at least its cost
/// # Errors  as [`solve_case`]; series of wrong length
pub fn two_owners(
    case: &DispatchCase,
    question: &CaseOwners,
    options: &ParkOptions,
    clock: Clock<'_>,
) -> Result<OwnersOutcome, Error> {
    let net = net_cost(case, question)?;
    let solver = Solver {
        case,
        source: question.source,
        options,
        clock,
    };
    let all = vec![true; case.steps()];
    let joint_case = solver.priced(&net, &all);
    let joint = solver.run(&joint_case)?;
    let joint = parties(&joint_case, &joint, question.source, (&net, &net));
    let nothing = vec![false; case.steps()];
    let without = solver.run(&solver.priced(&net, &nothing))?;
    let mut contracts = Vec::with_capacity(question.contracts.len());
    for contract in &question.contracts {
        let mut found = under_contract(&solver, contract, &net)?;
        found.loss_eur = found.parties.system_cost() - joint.system_cost();
        contracts.push(found);
    }
    Ok(OwnersOutcome {
        joint,
        without_data_centre_eur: without.objective_eur,
        contracts,
    })
}

/// What a MWh of heat costs the data centre after saved cooling, EUR/MWh.
fn net_cost(case: &DispatchCase, question: &CaseOwners) -> Result<Vec<f64>, Error> {
    let (supply, saved) = (
        &question.supply_eur_per_mwh,
        &question.saved_cooling_eur_per_mwh,
    );
    for (what, series) in [("cost of supply", supply), ("saved cooling", saved)] {
        if series.len() != case.steps() {
            return Err(Error::SeriesLength {
                what,
                id: "the data centre".into(),
                expected: case.steps(),
                found: series.len(),
            });
        }
    }
    Ok(supply
        .iter()
        .zip(saved)
        .map(|(supply, saved)| supply - saved)
        .collect())
}

/// Runs the park under prices and offers.
struct Solver<'a> {
    case: &'a DispatchCase,
    source: usize,
    options: &'a ParkOptions,
    clock: Clock<'a>,
}

impl Solver<'_> {
    /// The case with a price on the source, and nothing on offer in some steps.
    fn priced(&self, prices: &[f64], offers: &[bool]) -> DispatchCase {
        let mut case = self.case.clone();
        let source = &mut case.sources[self.source];
        source.price_eur_per_mwh = Some(prices.to_vec());
        for (available, offer) in source.available_mw.iter_mut().zip(offers) {
            if !offer {
                *available = 0.0;
            }
        }
        case
    }

    fn run(&self, case: &DispatchCase) -> Result<CaseOutcome, Error> {
        solve_case(case, self.options, self.clock).map(|(outcome, _)| outcome)
    }
}

fn under_contract(
    solver: &Solver<'_>,
    contract: &CaseContract,
    net: &[f64],
) -> Result<ContractAnswer, Error> {
    let case = solver.case;
    let prices = prices(contract, case.steps())?;
    let volume = volume_mwh(contract);
    // A volume that is paid for anyway binds the data centre to deliver.
    let offers: Vec<bool> = prices
        .iter()
        .zip(net)
        .map(|(price, cost)| volume > 0.0 || price >= cost)
        .collect();
    let priced = solver.priced(&prices, &offers);
    let mut outcome = solver.run(&priced)?;
    let mut lacking = volume - drawn_mwh(&priced, &outcome, solver.source);
    if lacking > 0.0 {
        outcome = draw_volume(solver, &prices, &offers, volume)?;
        lacking = (volume - drawn_mwh(&priced, &outcome, solver.source)).max(0.0);
    }
    let mut parties = parties(&priced, &outcome, solver.source, (&prices, net));
    if let (true, Some(price)) = (lacking > 0.0, prices.last()) {
        let unpaid = lacking * price;
        for series in [
            &mut parties.payment_eur,
            &mut parties.utility_cost_eur,
            &mut parties.data_centre_profit_eur,
        ] {
            if let Some(last) = series.last_mut() {
                *last += unpaid;
            }
        }
    }
    let withheld = offers.iter().zip(&case.step_hours);
    Ok(ContractAnswer {
        contract: name(contract),
        parties,
        withheld_h: withheld
            .map(|(offer, h)| if *offer { 0.0 } else { *h })
            .sum(),
        loss_eur: 0.0,
    })
}

/// The utility's answer when a volume is paid for anyway: up to it heat is free to draw. The price
/// it acts on lies between zero and the contract's, lowest where the volume is just drawn.
fn draw_volume(
    solver: &Solver<'_>,
    prices: &[f64],
    offers: &[bool],
    volume: f64,
) -> Result<CaseOutcome, Error> {
    let at = |share: f64| {
        let prices: Vec<f64> = prices.iter().map(|price| share * price).collect();
        let case = solver.priced(&prices, offers);
        let outcome = solver.run(&case)?;
        let drawn = drawn_mwh(&case, &outcome, solver.source);
        Ok::<_, Error>((outcome, drawn))
    };
    let (mut best, drawn) = at(0.0)?;
    if drawn <= volume {
        return Ok(best);
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        let (outcome, drawn) = at(middle)?;
        if drawn >= volume {
            (low, best) = (middle, outcome);
        } else {
            high = middle;
        }
    }
    Ok(best)
}

/// Source heat drawn in a step, MW.
fn drawn(case: &DispatchCase, outcome: &CaseOutcome, source: usize, t: usize) -> f64 {
    let units = case.units.iter().zip(&outcome.plan.heat_mw);
    let drawn = units.map(|(unit, heat)| match &unit.kind {
        CaseUnitKind::HeatPump { cop, source: from } if *from == source => {
            heat[t] * (1.0 - 1.0 / cop[t])
        }
        _ => 0.0,
    });
    drawn.sum()
}

fn drawn_mwh(case: &DispatchCase, outcome: &CaseOutcome, source: usize) -> f64 {
    let steps = case.step_hours.iter().enumerate();
    steps
        .map(|(t, hours)| hours * drawn(case, outcome, source, t))
        .sum()
}

/// Money of both, when heat has a price and a net cost. The outcome may have been found at another
/// price: only its operation counts.
fn parties(
    priced: &DispatchCase,
    outcome: &CaseOutcome,
    source: usize,
    (prices, net): (&[f64], &[f64]),
) -> Parties {
    let mut found = Parties {
        drawn_mw: Vec::new(),
        payment_eur: Vec::new(),
        utility_cost_eur: Vec::new(),
        data_centre_profit_eur: Vec::new(),
    };
    for (t, hours) in priced.step_hours.iter().enumerate() {
        let power = drawn(priced, outcome, source, t);
        found.drawn_mw.push(power);
        found.payment_eur.push(hours * power * prices[t]);
        found.utility_cost_eur.push(cost(priced, &outcome.plan, t));
        found
            .data_centre_profit_eur
            .push(hours * power * (prices[t] - net[t]));
    }
    found
}
