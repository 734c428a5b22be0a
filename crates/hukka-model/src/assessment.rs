//! What it is worth: energy, climate, law, money, verdict. Made by `hukka-assess`.

use crate::compliance::Compliance;
use crate::money::{ContractTerm, MoneyAccount, Risk};
use hukka_units::{
    CarbonMass, ElectricEnergy, EnergyPrice, HeatEnergy, Length, Money, Ratio, Temperature,
};
use serde::{Deserialize, Serialize};

/// Go or no-go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictKind {
    /// Worth building.
    Go,
    /// Not worth building.
    NoGo,
}

/// Why: the thing that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Driver {
    /// Enough or too little heat.
    Heat,
    /// Near or too far.
    Distance,
    /// Warm or too cold.
    Temperature,
    /// Cheap or too dear.
    Cost,
    /// Cleaner or not.
    Carbon,
    /// Depends on the data centre filling up.
    Ramp,
    /// Hours with heat from elsewhere.
    Peak,
}

/// The answer in a few sentences.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Go or no-go.
    pub kind: VerdictKind,
    /// One sentence: "GO, if the data centre fills to at least 46 %".
    pub headline: String,
    /// What speaks for the verdict, strongest first.
    pub reasons: Vec<(Driver, String)>,
    /// What speaks against it or limits it.
    pub cautions: Vec<(Driver, String)>,
    /// What would flip it.
    pub watch: Vec<(Driver, String)>,
}

/// The value of one input at which the verdict flips, others unchanged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BreakEven {
    /// Input: "electricity price, factor".
    pub name: String,
    /// Value in the study.
    pub base: f64,
    /// Value at which NPV is zero; `None` if none in the range searched.
    pub at_zero_npv: Option<f64>,
    /// Unit of both.
    pub unit: String,
    /// NPV when the input is 20 % lower, and 20 % higher.
    pub npv_low_high: (Money, Money),
}

/// Somebody who pays or is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Owner of network, heat pump, boilers and store.
    HeatCompany,
    /// Owner of the servers.
    DataCentre,
    /// Those who are heated.
    Customers,
    /// Seller of electricity.
    ElectricityMarket,
    /// Owner of the electricity network.
    ElectricityGrid,
    /// Sellers of fuel.
    FuelSuppliers,
    /// Taxes and carbon.
    State,
    /// Builders and makers of machines, upkeep.
    Contractors,
    /// The town: grants of its own.
    Municipality,
}

/// Money that goes from one party to another in a typical year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Payment {
    /// Who pays.
    pub from: Party,
    /// Who is paid.
    pub to: Party,
    /// For what: "day-ahead electricity of heat pumps".
    pub what: String,
    /// How much.
    pub amount: Money,
}

/// One year of the heat company's money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CashFlowYear {
    /// 0 is the year of building.
    pub year: u32,
    /// Share of the data centre's load present.
    pub fill: Ratio,
    /// Investment and replacement.
    pub investment: Money,
    /// Heat sold.
    pub revenue: Money,
    /// Electricity, fuel, carbon, upkeep, heat bought.
    pub operating_cost: Money,
    /// Revenue less cost less investment.
    pub net: Money,
    /// Sum of discounted net flows up to this year.
    pub cumulative_discounted: Money,
}

/// A conservation law and how well the run keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Balance {
    /// Name in `summary.json`: `heat`, `it_heat`, `money`, `network`, `electricity`.
    pub name: String,
    /// Law in words.
    pub law: String,
    /// Left side, unit below.
    pub inflow: f64,
    /// Right side.
    pub outflow: f64,
    /// Unit of both sides.
    pub unit: String,
    /// `|inflow − outflow| / max(|inflow|, |outflow|, 1)`, worst of the year's total and its hours.
    pub relative_residual: f64,
}

/// The figures people ask for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kpis {
    /// Heat the customers take.
    pub heat_delivered: HeatEnergy,
    /// Heat fed into the network.
    pub heat_fed: HeatEnergy,
    /// Heat lost by the network.
    pub heat_loss: HeatEnergy,
    /// Loss over heat fed.
    pub loss_share: Ratio,
    /// Electricity of network pumps over heat fed.
    pub pumping_share: Ratio,
    /// Heat made by heat pumps on data-centre heat.
    pub heat_pump_heat: HeatEnergy,
    /// Share of the heat made (and unserved) that comes from the data centre's heat pumps.
    pub share_covered: Ratio,
    /// Heat the data centre offers at the capture point.
    pub heat_available: HeatEnergy,
    /// Heat taken from the data centre.
    pub heat_used: HeatEnergy,
    /// Used over available.
    pub use_share: Ratio,
    /// Servers' electricity.
    pub it_energy: ElectricEnergy,
    /// Data centre's electricity, heat pump outside the boundary.
    pub facility_energy: ElectricEnergy,
    /// Power usage effectiveness with the heat taken: facility over IT energy, heat pump outside.
    pub pue: Ratio,
    /// The same without reuse.
    pub pue_without_reuse: Ratio,
    /// Energy reuse factor: heat used over facility energy, heat pump outside the boundary.
    pub erf: Ratio,
    /// Power usage effectiveness with the heat pump inside the boundary.
    pub pue_heat_pump_inside: Ratio,
    /// Energy reuse factor with the heat pump inside the boundary.
    pub erf_heat_pump_inside: Ratio,
    /// Mean temperature of the heat at the capture point, weighted by heat available.
    pub waste_heat_temperature: Temperature,
    /// Heat made over electricity used by the heat pumps.
    pub mean_cop: Ratio,
    /// Electricity of the heat pumps.
    pub heat_pump_energy: ElectricEnergy,
    /// CO2 of the case.
    pub carbon: CarbonMass,
    /// CO2 of the counterfactual.
    pub carbon_counterfactual: CarbonMass,
    /// Counterfactual less case.
    pub carbon_saved: CarbonMass,
    /// Investment before grants.
    pub investment: Money,
    /// Levelised cost of heat delivered.
    pub lcoh: EnergyPrice,
    /// Cost of heat in the counterfactual.
    pub heat_cost_counterfactual: EnergyPrice,
    /// Net present value for the heat company.
    pub npv: Money,
    /// Value left in pipes and machines after the last year of the horizon, in that year's money.
    pub value_left: Money,
    /// The same discounted: part of [`Kpis::npv`].
    pub npv_residual: Money,
    /// Years until the investment is earned back, discounted at zero; `None` if never.
    pub payback_years: Option<f64>,
    /// Internal rate of return; `None` if there is none.
    pub irr: Option<Ratio>,
    /// Hours in which boilers had to help.
    pub boiler_hours: u32,
    /// Highest boiler output.
    pub boiler_peak: hukka_units::HeatPower,
    /// Length of trench.
    pub trench_length: Length,
    /// Distance from the data centre to the town.
    pub distance_to_town: Length,
    /// Consumers connected.
    pub consumers: u32,
}

/// One more kilometre between the data centre and the town.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Kilometre {
    /// Nominal diameter of the pipe it is reckoned with.
    pub dn: u16,
    /// Investment, planning included.
    pub investment: Money,
    /// Heat lost in a year.
    pub heat_loss: HeatEnergy,
    /// Electricity of pumping in a year.
    pub pumping: ElectricEnergy,
    /// Heat lost and pumping in a year, in money.
    pub running_cost: Money,
}

/// What it is worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// Go or no-go, and why.
    pub verdict: Verdict,
    /// Figures.
    pub kpis: Kpis,
    /// Who pays whom in a year at full fill.
    pub payments: Vec<Payment>,
    /// The heat company's money by year.
    pub cash_flow: Vec<CashFlowYear>,
    /// Where the verdict would flip.
    pub break_evens: Vec<BreakEven>,
    /// Conservation laws.
    pub balances: Vec<Balance>,
    /// How far the heat could go: distance and levelised cost there.
    pub distance_curve: Vec<(Length, EnergyPrice)>,
    /// Heat-pump heat that would arrive at each distance of the curve in a year.
    pub distance_heat: Vec<HeatEnergy>,
    /// What one more kilometre costs.
    pub kilometre: Kilometre,
    /// Indicators by boundary, report fields, rules of law.
    pub compliance: Compliance,
    /// Nominal money, every party's gain, price of the heat, ranges of the investment.
    pub money: MoneyAccount,
    /// Heads of terms of a heat-supply contract.
    pub terms: Vec<ContractTerm>,
    /// What may go wrong.
    pub risks: Vec<Risk>,
}
