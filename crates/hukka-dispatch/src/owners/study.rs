//! Both owners of a study at full fill: joint optimum, the study's contract, and other contracts.
//!
//! Works on the study's own park, so that the operation under the contract is the plan of the
//! report. The utility runs the park at least cost to itself; a data centre hands over its heat in
//! the hours in which the price and the saved cooling pay for it.

use super::ledger::{Books, accounts};
use super::sharing;
use crate::polish::Operation;
use crate::run::{Solved, solve};
use crate::study_park::Park;
use crate::terms::{electricity_price, terms_at};
use crate::{Case, Error, Inputs, Options, part_load};
use hukka_model::{ContractOutcome, ContractTerms, DispatchPlan, OwnersAccount, UnitKind};
use hukka_units::{EnergyPrice, HeatEnergy, Money};

/// Heat on offer below this counts as none, MW.
const TINY_MW: f64 = 1e-6;
/// Price below cost by less than this is no loss, EUR/MWh.
const TINY_EUR_MWH: f64 = 1e-9;

/// One data centre's side.
///
/// # Shapes  one value per hour
pub(super) struct Centre {
    /// Index in the inputs' sources.
    pub(super) source: usize,
    /// Heat pumps of it, as indices of the park's units.
    pub(super) pumps: Vec<usize>,
    /// Cooling electricity saved per heat handed over, EUR/MWh.
    pub(super) saved: Vec<f64>,
    /// Cost of handing over heat less saved cooling, EUR/MWh.
    pub(super) net: Vec<f64>,
}

/// Everything that stays the same under every contract.
pub(super) struct Setting<'a> {
    pub(super) inputs: &'a Inputs<'a>,
    /// The park with heat at no price.
    pub(super) park: Park,
    pub(super) centres: Vec<Centre>,
    /// Electricity with fee and tax, EUR/MWh.
    pub(super) electricity: Vec<f64>,
    /// What handing over heat costs, EUR/MWh.
    pub(super) supply: f64,
    options: Options,
}

/// Price by centre and hour, EUR/MWh.
pub(super) type Prices = Vec<Vec<f64>>;

/// An operation with the prices it is paid at.
pub(super) struct Answer {
    pub(super) operation: Operation,
    pub(super) prices: Prices,
    /// Volume paid for but not drawn, MWh.
    pub(super) lacking: f64,
    pub(super) withheld_hours: u32,
}

/// The account of both owners of a study; `None` where no heat pump draws heat of a data centre.
///
/// Least system cost is found at the data centres' own net cost of heat. Payments cancel, so what
/// the contract's operation costs more is its gap: `loss = Σ_t (c·q + n·s) − joint cost`, with `q`
/// heat made at cost `c` without payments and `s` source heat drawn at net cost `n`.
///
/// # Assumptions  the year is known ahead; a data centre offers all its heat in an hour or none;
///   investments are made; all contracts run the same machines
/// # Errors  inputs that do not fit together, as [`crate::run`]
pub fn study_account(
    inputs: &Inputs<'_>,
    plan: &DispatchPlan,
) -> Result<Option<OwnersAccount>, Error> {
    let setting = Setting::new(inputs, &part_load::of_plan(inputs, plan))?;
    if setting.centres.is_empty() {
        return Ok(None);
    }
    let net: Prices = setting.centres.iter().map(|c| c.net.clone()).collect();
    let (joint, without) = rayon::join(
        || setting.run(&net, None),
        || setting.run(&net, Some(&vec![vec![false; setting.hours()]; net.len()])),
    );
    let (joint, without) = (joint?, without?);
    let base = Base::new(&setting, &joint, &without);
    let prices = setting.study_prices()?;
    let terms = setting.study_terms();
    let offers = setting.offers(&prices, &terms);
    let known = offers.is_none().then(|| operation_of(&setting, plan));
    let answer = setting.answer(&terms, prices, known)?;
    let outcome = base.outcome(&setting, terms, &answer);
    let books = Books::keep(&setting, &answer);
    let (sharing_price, comparison) = sharing::compare(&setting, &base, &joint)?;
    Ok(Some(OwnersAccount {
        joint_cost: Money::from_eur(base.joint),
        joint_drawn: HeatEnergy::from_mwh(base.joint_drawn),
        without_cost: Money::from_eur(base.without),
        without_unserved: HeatEnergy::from_mwh(base.without_unserved),
        outcome,
        accounts: accounts(&setting, books),
        sharing_price,
        comparison,
    }))
}

/// Figures every contract is measured against, EUR and MWh.
pub(super) struct Base {
    pub(super) joint: f64,
    pub(super) joint_drawn: f64,
    pub(super) without: f64,
    pub(super) without_unserved: f64,
    /// Electricity of the network pumps: the same in every operation.
    pumping: f64,
}

impl Base {
    fn new(setting: &Setting<'_>, joint: &Solved, without: &Solved) -> Self {
        let pump_power = &setting.inputs.network.hourly.pump_power;
        let hours = pump_power.iter().zip(&setting.electricity);
        let pumping: f64 = hours.map(|(power, price)| power.mw() * price).sum();
        Self {
            joint: pumping + setting.system_cost(&joint.operation),
            joint_drawn: setting.drawn_mwh(&joint.operation),
            without: pumping + setting.system_cost(&without.operation),
            without_unserved: without.operation.unserved.iter().sum(),
            pumping,
        }
    }

    /// The figures of an answer; a loss within the proof of the plan is none.
    pub(super) fn outcome(
        &self,
        setting: &Setting<'_>,
        terms: ContractTerms,
        answer: &Answer,
    ) -> ContractOutcome {
        let system = self.pumping + setting.system_cost(&answer.operation);
        let payment = setting.payment(answer);
        let drawn = setting.drawn_mwh(&answer.operation);
        let profit = payment - setting.net_cost(&answer.operation);
        let tolerance = setting.options.gap_tolerance * self.joint.abs().max(1.0);
        let loss = system - self.joint;
        let mean = (drawn > 1e-6).then(|| EnergyPrice::from_eur_mwh(payment / drawn));
        ContractOutcome {
            terms,
            mean_price: mean,
            drawn: HeatEnergy::from_mwh(drawn),
            payment: Money::from_eur(payment),
            system_cost: Money::from_eur(system),
            utility_gain: Money::from_eur(self.without - (system + profit)),
            data_centre_gain: Money::from_eur(profit),
            loss: Money::from_eur(if loss.abs() <= tolerance { 0.0 } else { loss }),
            withheld_hours: answer.withheld_hours,
        }
    }
}

impl<'a> Setting<'a> {
    fn new(inputs: &'a Inputs<'a>, load_factors: &[Vec<f64>]) -> Result<Self, Error> {
        let study = inputs.study;
        let mut park = terms_at(inputs, Case::WithDataCentre, load_factors)?.park;
        let electricity = electricity_price(inputs)?;
        let contract = study.contract.as_ref();
        let supply = contract.map_or(0.0, |contract| contract.supply_cost.eur_mwh());
        let mut centres = Vec::new();
        for (source, offer) in inputs.sources.iter().enumerate() {
            let pumps: Vec<usize> = (0..park.units.len())
                .filter(|&u| centre_of(inputs, &park, u) == Some(offer.data_centre))
                .collect();
            if pumps.is_empty() {
                continue;
            }
            for &u in &pumps {
                let unit = &mut park.units[u];
                for t in 0..unit.cost.len() {
                    let price = study.source_heat_price(offer.data_centre, t);
                    unit.cost[t] -= price.map_or(0.0, EnergyPrice::eur_mwh) * unit.source[t];
                }
            }
            let shares = &offer.cooling_saved_per_heat;
            if shares.len() != electricity.len() {
                return Err(Error::SeriesLength {
                    what: "saved cooling",
                    id: offer.id.clone(),
                    expected: electricity.len(),
                    found: shares.len(),
                });
            }
            let saved: Vec<f64> = shares
                .iter()
                .zip(&electricity)
                .map(|(share, price)| share.fraction() * price)
                .collect();
            centres.push(Centre {
                source,
                pumps,
                net: saved.iter().map(|saved| supply - saved).collect(),
                saved,
            });
        }
        Ok(Self {
            inputs,
            park,
            centres,
            electricity,
            supply,
            options: Options::default(),
        })
    }

    pub(super) const fn hours(&self) -> usize {
        self.park.hours()
    }

    /// Prices of the study, by centre and hour.
    fn study_prices(&self) -> Result<Prices, Error> {
        self.centres
            .iter()
            .map(|centre| {
                let source = &self.inputs.sources[centre.source];
                (0..self.hours())
                    .map(|t| {
                        let price = self.inputs.study.source_heat_price(source.data_centre, t);
                        price
                            .map(EnergyPrice::eur_mwh)
                            .ok_or_else(|| Error::SeriesLength {
                                what: "contract price",
                                id: source.id.clone(),
                                expected: self.hours(),
                                found: t,
                            })
                    })
                    .collect()
            })
            .collect()
    }

    /// The study's contract; without one, what the data centres' heat prices amount to.
    fn study_terms(&self) -> ContractTerms {
        let study = self.inputs.study;
        if let Some(contract) = &study.contract {
            return contract.terms.clone();
        }
        let first = self.centres.first();
        let centre = first.and_then(|centre| self.inputs.sources.get(centre.source));
        let price = centre.and_then(|source| study.source_heat_price(source.data_centre, 0));
        let price = price.unwrap_or(EnergyPrice::ZERO);
        let is_free = study
            .data_centres
            .iter()
            .all(|dc| dc.heat_price == EnergyPrice::ZERO);
        if is_free {
            ContractTerms::Free
        } else {
            ContractTerms::Fixed { price }
        }
    }

    /// Prices of a contract by centre and hour, EUR/MWh.
    pub(super) fn prices(&self, terms: &ContractTerms) -> Prices {
        let outdoor = &self.inputs.study.weather.outdoor_temperature;
        let hourly: Vec<f64> = (0..self.hours())
            .map(|t| terms.price(t, outdoor[t]).map_or(0.0, EnergyPrice::eur_mwh))
            .collect();
        vec![hourly; self.centres.len()]
    }

    /// Hours in which each centre hands over heat; `None` when it is all of them. A volume that is
    /// paid for anyway binds the data centre to deliver.
    fn offers(&self, prices: &Prices, terms: &ContractTerms) -> Option<Vec<Vec<bool>>> {
        if terms.minimum() > HeatEnergy::ZERO {
            return None;
        }
        let offers: Vec<Vec<bool>> = self
            .centres
            .iter()
            .zip(prices)
            .map(|(centre, prices)| {
                let hours = prices.iter().zip(&centre.net);
                hours
                    .map(|(price, net)| *price >= net - TINY_EUR_MWH)
                    .collect()
            })
            .collect();
        let is_all = offers.iter().flatten().all(|offer| *offer);
        (!is_all).then_some(offers)
    }

    /// Least cost to whoever pays these prices.
    pub(super) fn run(
        &self,
        prices: &Prices,
        offers: Option<&Vec<Vec<bool>>>,
    ) -> Result<Solved, Error> {
        let mut park = self.park.clone();
        for (c, centre) in self.centres.iter().enumerate() {
            for &u in &centre.pumps {
                let unit = &mut park.units[u];
                for t in 0..unit.cost.len() {
                    unit.cost[t] += prices[c][t] * unit.source[t];
                    if offers.is_some_and(|offers| !offers[c][t]) {
                        unit.limit[t] = 0.0;
                    }
                }
            }
        }
        solve(&park, &self.options, &mut ())
    }

    /// What both do under a contract; `known` is the operation when it has been found before.
    pub(super) fn answer(
        &self,
        terms: &ContractTerms,
        prices: Prices,
        known: Option<Operation>,
    ) -> Result<Answer, Error> {
        let offers = self.offers(&prices, terms);
        let volume = terms.minimum().mwh();
        let mut operation = match known {
            Some(operation) => operation,
            None => self.run(&prices, offers.as_ref())?.operation,
        };
        let mut lacking = (volume - self.drawn_mwh(&operation)).max(0.0);
        if lacking > 0.0 {
            operation = sharing::draw_volume(self, &prices, volume)?;
            lacking = (volume - self.drawn_mwh(&operation)).max(0.0);
        }
        Ok(Answer {
            withheld_hours: offers.map_or(0, |offers| self.withheld(&offers)),
            operation,
            prices,
            lacking,
        })
    }

    /// Hours in which a centre has heat that a pump could use, and keeps it.
    fn withheld(&self, offers: &[Vec<bool>]) -> u32 {
        let keeps = |t: &usize| {
            self.centres.iter().zip(offers).any(|(centre, offers)| {
                let usable = |u: &usize| self.park.units[*u].limit[*t] > TINY_MW;
                !offers[*t] && centre.pumps.iter().any(usable)
            })
        };
        (0..self.hours()).filter(keeps).count() as u32
    }

    /// Source heat drawn from a centre in an hour, MW.
    pub(super) fn drawn(&self, operation: &Operation, centre: &Centre, t: usize) -> f64 {
        let pumps = centre.pumps.iter();
        pumps
            .map(|&u| operation.heat[u][t] * self.park.units[u].source[t])
            .sum()
    }

    /// Over all centres and the year, weighted by hour, MWh or EUR.
    fn over_year(&self, operation: &Operation, weight: impl Fn(usize, usize) -> f64) -> f64 {
        let centres = self.centres.iter().enumerate();
        centres
            .map(|(c, centre)| {
                (0..self.hours())
                    .map(|t| weight(c, t) * self.drawn(operation, centre, t))
                    .sum::<f64>()
            })
            .sum()
    }

    pub(super) fn drawn_mwh(&self, operation: &Operation) -> f64 {
        self.over_year(operation, |_, _| 1.0)
    }

    /// What the heat drawn costs the centres after saved cooling, EUR.
    pub(super) fn net_cost(&self, operation: &Operation) -> f64 {
        self.over_year(operation, |c, t| self.centres[c].net[t])
    }

    /// What the heat drawn would be paid at these prices, EUR.
    pub(super) fn value(&self, operation: &Operation, prices: &Prices) -> f64 {
        self.over_year(operation, |c, t| prices[c][t])
    }

    /// What the centres are paid, EUR.
    fn payment(&self, answer: &Answer) -> f64 {
        let last = answer.prices.first().and_then(|prices| prices.last());
        let lacking = answer.lacking * last.copied().unwrap_or(0.0);
        self.value(&answer.operation, &answer.prices) + lacking
    }

    /// What an operation costs both together but for the network pumps, EUR.
    fn system_cost(&self, operation: &Operation) -> f64 {
        operation.cost(&self.park) + self.net_cost(operation)
    }
}

/// Data centre of a unit; `None` for a boiler.
fn centre_of(inputs: &Inputs<'_>, park: &Park, unit: usize) -> Option<usize> {
    match park.units[unit].kind {
        UnitKind::HeatPump(pump) => inputs.design.heat_pumps.get(pump).map(|p| p.data_centre),
        UnitKind::Boiler(_) => None,
    }
}

/// The operation of a plan; stores and dump decide no payment.
fn operation_of(setting: &Setting<'_>, plan: &DispatchPlan) -> Operation {
    let mw = |series: &[hukka_units::HeatPower]| series.iter().map(|q| q.mw()).collect();
    let heat = |unit: &crate::study_park::Unit| {
        let planned = plan.units.iter().find(|planned| planned.kind == unit.kind);
        planned.map_or_else(|| vec![0.0; setting.hours()], |planned| mw(&planned.heat))
    };
    Operation {
        heat: setting.park.units.iter().map(heat).collect(),
        charge: Vec::new(),
        level: Vec::new(),
        unserved: mw(&plan.unserved),
        dumped: mw(&plan.dumped),
    }
}
