//! The numbers a verdict hangs on.

use super::hours::{HotHours, boiler_cold_share, boiler_dear_share};
use crate::book::{Book, Power};
use crate::cash_flow::{Scenario, Ventures};
use crate::distance::{transmission_cost, transmission_investment, transmission_length};
use crate::energy::{heat_pumps, quotient, total};
use crate::kpis::DataCentreYear;
use crate::levels::ramp_years;
use crate::reuse::Reuse;
use crate::sensitivity::{ELECTRICITY, FILL};
use hukka_model::{BreakEven, Counterfactual, Kpis, UnitKind};
use hukka_units::{
    CarbonMass, ElectricEnergy, EmissionFactor, HeatEnergy, HeatPower, Money, as_si,
};

/// COP that counts as good for lifting data-centre heat.
pub(super) const GOOD_COP: f64 = 4.5;

/// Prices are €/MWh, shares fractions, temperatures °C, distances km.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Evidence {
    pub(super) is_incremental: bool,
    pub(super) npv: Money,
    /// Part of it that is the value left after the last year.
    pub(super) npv_residual: Money,
    pub(super) horizon_years: u32,
    pub(super) investment: Money,
    pub(super) payback_years: Option<f64>,
    pub(super) lcoh: f64,
    pub(super) heat_price: f64,
    pub(super) heat_cost_counterfactual: f64,
    pub(super) carbon_saved: CarbonMass,
    pub(super) carbon_counterfactual: CarbonMass,
    /// CO2 of the electricity bought.
    pub(super) electricity_carbon: CarbonMass,
    /// CO2 of the heat pumps' own heat, and of the heat replaced, kg/MWh.
    pub(super) heat_pump_carbon: f64,
    pub(super) replaced_carbon: f64,
    /// CO2 of making the heat that the transmission pipe loses in a year.
    pub(super) pipe_carbon: CarbonMass,
    pub(super) pipe_loss: HeatEnergy,
    pub(super) share_covered: f64,
    pub(super) heat_pump_heat: HeatEnergy,
    pub(super) heat_fed: HeatEnergy,
    pub(super) heat_delivered: HeatEnergy,
    pub(super) use_share: f64,
    /// Heat offered over heat fed, lifted with the mean COP.
    pub(super) available_over_fed: f64,
    pub(super) distance: f64,
    /// Length of the transmission pipes laid: what costs, where streets lead on to the first
    /// customer, or several data centres have a pipe each.
    pub(super) pipe_length: f64,
    /// Present cost of the transmission pipe, and per heat of the heat pumps.
    pub(super) transmission: Money,
    pub(super) transmission_per_mwh: f64,
    /// What the heat pumps' heat is worth over the horizon, per MWh of it: the running cost it
    /// saves, the transmission pipe's own losses and pumping left out.
    pub(super) worth: f64,
    /// The running cost it saves with everything built, per MWh.
    pub(super) saving: f64,
    /// Running cost of the heat pumps, per MWh of their heat.
    pub(super) heat_pump_cost: f64,
    /// Mean running cost of the boilers in place of the heat pumps, per MWh.
    pub(super) boiler_cost: Option<f64>,
    /// Present cost of what else is built for the data centre's heat, per MWh of it: the heat
    /// pumps with their planning; against the existing plant everything new but the pipe.
    pub(super) machines: f64,
    /// What these machines are.
    pub(super) machines_name: &'static str,
    /// Electricity of the heat pumps, all parts of its price, per MWh of their heat.
    pub(super) electricity_per_mwh: f64,
    /// Real change of its day-ahead price a year, a share.
    pub(super) electricity_growth: f64,
    pub(super) source_temperature: f64,
    pub(super) lift: f64,
    pub(super) mean_cop: f64,
    /// Gain in NPV were the COP [`GOOD_COP`].
    pub(super) gain_at_good_cop: Money,
    pub(super) max_outlet: f64,
    /// Hours in which the supply set-point is above the hottest water the heat pumps make.
    pub(super) hot_hours: u32,
    pub(super) hours: u32,
    pub(super) boiler_hours: u32,
    pub(super) boiler_peak: HeatPower,
    /// Share of boiler hours that are among as many coldest hours.
    pub(super) boiler_cold_share: f64,
    /// Share of boiler hours in which a heat pump could make more, but boilers make it cheaper.
    pub(super) boiler_dear_share: f64,
    /// Least eventual fill (%) at which it pays, and years until the fill is reached.
    pub(super) fill_break_even: Option<f64>,
    pub(super) fill_reached: f64,
    pub(super) ramp_years: u32,
    /// Loss when the data centre is a year late.
    pub(super) delay_cost: Money,
    /// NPV of the network with boilers alone: no data centre, no heat pump, no transmission pipe.
    pub(super) npv_without: Money,
    pub(super) cooling_saved: ElectricEnergy,
    pub(super) cooling_saved_value: Money,
    /// Values at which the verdict on money flips.
    pub(super) break_evens: Vec<BreakEven>,
}

impl Evidence {
    pub(crate) fn new(
        ventures: &Ventures<'_>,
        kpis: &Kpis,
        data_centre: &DataCentreYear,
        break_evens: &[BreakEven],
    ) -> Self {
        let inputs = ventures.inputs;
        let base = ventures.base();
        let pump_heat = ventures.present(&base, |book, _| book.heat_pump_heat.mwh());
        let transmission = transmission_cost(ventures);
        let reuse = Reuse::new(ventures);
        let flips = reuse.flips(break_evens);
        let fill = flips.iter().find(|point| point.name == FILL);
        let pipe_loss = ventures.metre.heat_loss * transmission_length(inputs).m();
        let machines = Machines::new(ventures, reuse.heat_pumps);
        let hot = HotHours::new(ventures);
        let costs = UnitCosts::new(ventures);
        let cop = kpis.mean_cop.fraction();
        let lifted = if cop > 1.0 { cop / (cop - 1.0) } else { 1.0 };
        Self {
            is_incremental: matches!(inputs.study.counterfactual, Counterfactual::ExistingPlant),
            npv: kpis.npv,
            npv_residual: kpis.npv_residual,
            horizon_years: inputs.study.money.horizon_years,
            investment: kpis.investment,
            payback_years: kpis.payback_years,
            lcoh: kpis.lcoh.eur_mwh(),
            heat_price: inputs.study.prices.heat.eur_mwh(),
            heat_cost_counterfactual: kpis.heat_cost_counterfactual.eur_mwh(),
            carbon_saved: kpis.carbon_saved,
            carbon_counterfactual: kpis.carbon_counterfactual,
            electricity_carbon: kpis.carbon - ventures.levels.full().fuel_carbon,
            heat_pump_carbon: heat_pump_carbon(ventures),
            replaced_carbon: quotient(kpis.carbon_counterfactual.kg(), kpis.heat_delivered.mwh()),
            pipe_carbon: kpis.carbon * quotient(pipe_loss.si(), kpis.heat_fed.si()),
            pipe_loss,
            share_covered: kpis.share_covered.fraction(),
            heat_pump_heat: kpis.heat_pump_heat,
            heat_fed: kpis.heat_fed,
            heat_delivered: kpis.heat_delivered,
            use_share: kpis.use_share.fraction(),
            available_over_fed: quotient(kpis.heat_available.si() * lifted, kpis.heat_fed.si()),
            distance: kpis.distance_to_town.km(),
            pipe_length: transmission_length(inputs).km(),
            transmission,
            transmission_per_mwh: quotient(transmission.eur(), pump_heat),
            worth: worth(ventures, kpis, pump_heat, transmission + machines.cost),
            saving: saving(ventures, pump_heat),
            heat_pump_cost: costs.heat_pump,
            boiler_cost: costs.boiler,
            machines: quotient(machines.cost.eur(), pump_heat),
            machines_name: machines.name,
            electricity_per_mwh: electricity_per_mwh(ventures),
            electricity_growth: inputs.study.money.growth.electricity.fraction(),
            source_temperature: kpis.waste_heat_temperature.c(),
            lift: hot.mean_supply_c - kpis.waste_heat_temperature.c(),
            mean_cop: cop,
            gain_at_good_cop: gain_at_good_cop(ventures, kpis.npv, cop),
            max_outlet: hot.max_outlet_c,
            hot_hours: hot.hours,
            hours: inputs.study.axis.len() as u32,
            boiler_hours: kpis.boiler_hours,
            boiler_peak: kpis.boiler_peak,
            boiler_cold_share: boiler_cold_share(ventures, kpis.boiler_hours as usize),
            boiler_dear_share: boiler_dear_share(ventures, kpis.boiler_hours),
            fill_break_even: fill.and_then(|point| point.at_zero_npv),
            fill_reached: fill.map_or(0.0, |point| point.base),
            ramp_years: ramp_years(inputs.study),
            delay_cost: kpis.npv - ventures.npv(&Scenario { delay: 1, ..base }),
            npv_without: reuse.npv_without(&base),
            cooling_saved: data_centre.cooling_saved,
            cooling_saved_value: data_centre.cooling_saved_value,
            break_evens: flips,
        }
    }
}

/// What is built for the data centre's heat beside the transmission pipe.
struct Machines {
    cost: Money,
    name: &'static str,
}

impl Machines {
    /// Other things than heat pumps cheaper than this share of them are not worth a word.
    const WORDLESS: f64 = 0.02;

    fn new(ventures: &Ventures<'_>, heat_pumps: Money) -> Self {
        let only = Self {
            cost: heat_pumps,
            name: "the heat pump",
        };
        if !matches!(
            ventures.inputs.study.counterfactual,
            Counterfactual::ExistingPlant
        ) {
            return only;
        }
        let all = ventures.present_cost_of(|_| true);
        let cost = (all - transmission_investment(ventures)).max(heat_pumps);
        if (cost - heat_pumps).eur() <= Self::WORDLESS * heat_pumps.eur() {
            return only;
        }
        Self {
            cost,
            name: "the heat pump and other plant",
        }
    }
}

/// What is left of the heat pumps' heat when nothing need be built for it, per MWh of it.
///
/// Against the existing plant that is the net present value with the cost of pipe and machines
/// added back, for that plant need not bear the pipe's losses; otherwise the losses are the same
/// with and without the data centre.
fn worth(ventures: &Ventures<'_>, kpis: &Kpis, pump_heat: f64, built: Money) -> f64 {
    match ventures.inputs.study.counterfactual {
        Counterfactual::ExistingPlant => quotient((kpis.npv + built).eur(), pump_heat),
        Counterfactual::Individual { .. } => saving(ventures, pump_heat),
    }
}

/// Running cost the heat pumps' heat saves over the horizon, per MWh of it.
fn saving(ventures: &Ventures<'_>, pump_heat: f64) -> f64 {
    let base = ventures.base();
    let empty = ventures.levels.empty();
    let saved = |book: &Book, prices: &Scenario| {
        prices.running_cost(empty).eur() - prices.running_cost(book).eur()
    };
    quotient(ventures.present(&base, saved), pump_heat)
}

/// Running costs per MWh of heat at full fill.
struct UnitCosts {
    heat_pump: f64,
    boiler: Option<f64>,
}

impl UnitCosts {
    fn new(ventures: &Ventures<'_>) -> Self {
        let full = ventures.levels.full();
        let plant = ventures.counterfactual.as_ref();
        let empty = plant.unwrap_or_else(|| ventures.levels.empty());
        let base = ventures.base();
        let prices = &ventures.inputs.study.prices;
        let heat_pump = heat_pump_cost(ventures);
        let boilers = |book: &Book| {
            let Power { energy, market } = book.network_pumps;
            let pumping =
                market + energy * prices.electricity_grid_fee + energy * prices.electricity_tax;
            let heat_pumps = heat_pump * book.heat_pump_heat.mwh();
            (base.running_cost(book) - pumping).eur() - heat_pumps
        };
        let heat = boiler_heat_avoided(ventures);
        let cost = quotient(boilers(empty) - boilers(full), heat);
        let boiler = (heat > 0.0 && empty.shortfall.eur() <= 0.0).then_some(cost);
        Self { heat_pump, boiler }
    }
}

/// Heat the boilers need not make thanks to the heat pumps in the full-fill year, MWh.
fn boiler_heat_avoided(ventures: &Ventures<'_>) -> f64 {
    let plan = ventures.inputs.full().plan;
    let of = |unit: UnitKind| matches!(unit, UnitKind::Boiler(_));
    let plant = ventures.inputs.counterfactual;
    match plant.filter(|_| ventures.counterfactual.is_some()) {
        Some(plant) => (plant.heat_of(of) - plan.heat_of(of)).mwh(),
        None => ventures.levels.full().heat_pump_heat.mwh(),
    }
}

/// Electricity, source heat and upkeep of the heat pumps per MWh of their heat.
fn heat_pump_cost(ventures: &Ventures<'_>) -> f64 {
    let inputs = ventures.inputs;
    let book = ventures.levels.full();
    let prices = &inputs.study.prices;
    let energy = book.heat_pumps.energy;
    let upkeep: Money = inputs
        .full()
        .plan
        .units
        .iter()
        .filter_map(|unit| match unit.kind {
            UnitKind::HeatPump(i) => {
                let made = crate::energy::heat(&unit.heat);
                Some(made * inputs.design.heat_pumps[i].variable_upkeep)
            }
            UnitKind::Boiler(_) => None,
        })
        .sum();
    let cost = book.heat_pumps.market
        + energy * prices.electricity_grid_fee
        + energy * prices.electricity_tax
        + book.source_payment
        + upkeep;
    quotient(cost.eur(), book.heat_pump_heat.mwh())
}

/// Electricity of the heat pumps at full fill, network fee and tax included, per MWh of their heat.
fn electricity_per_mwh(ventures: &Ventures<'_>) -> f64 {
    let book = ventures.levels.full();
    let prices = &ventures.inputs.study.prices;
    let Power { energy, market } = book.heat_pumps;
    let cost = market + energy * prices.electricity_grid_fee + energy * prices.electricity_tax;
    quotient(cost.eur(), book.heat_pump_heat.mwh())
}

/// CO2 of the heat pumps' electricity at full fill, kg per MWh of their heat.
fn heat_pump_carbon(ventures: &Ventures<'_>) -> f64 {
    let factors = as_si(&ventures.inputs.study.emissions.electricity);
    let plan = ventures.inputs.full().plan;
    let (mut carbon, mut heat) = (0.0, 0.0);
    for unit in heat_pumps(plan) {
        let electricity = as_si(&unit.electricity).iter();
        carbon += electricity.zip(factors).map(|(p, f)| p * f).sum::<f64>();
        heat += total(&unit.heat);
    }
    EmissionFactor::from_si(quotient(carbon, heat)).kg_mwh()
}

fn gain_at_good_cop(ventures: &Ventures<'_>, npv: Money, cop: f64) -> Money {
    if cop <= 0.0 || cop >= GOOD_COP {
        return Money::ZERO;
    }
    let better = Scenario {
        cop: GOOD_COP / cop,
        ..ventures.base()
    };
    ventures.npv(&better) - npv
}

impl Evidence {
    /// What the network would earn more with boilers alone, when it is a euro or more.
    pub(super) fn lost_to_boilers(&self) -> Option<Money> {
        let lost = self.npv_without - self.npv;
        (!self.is_incremental && lost.eur() >= 1.0).then_some(lost)
    }

    /// What is lacking until the case is worth building: the loss, or the loss against boilers
    /// alone when that is larger.
    pub(super) fn lacking(&self) -> Money {
        let loss = Money::ZERO - self.npv;
        let lost = self.lost_to_boilers().unwrap_or(Money::ZERO);
        loss.max(lost).max(Money::ZERO)
    }

    /// The break-even of an input, when the study has one.
    pub(super) fn flip_of(&self, name: &str) -> Option<(&BreakEven, f64)> {
        let point = self.break_evens.iter().find(|point| point.name == name)?;
        Some((point, point.at_zero_npv?))
    }

    /// Mean day-ahead price above which it does not pay, when the study's is.
    pub(super) fn electricity_too_dear(&self) -> Option<f64> {
        let (point, value) = self.flip_of(ELECTRICITY)?;
        (value > 0.0 && value < point.base).then_some(point.base)
    }
}

#[cfg(test)]
impl Evidence {
    /// A case like the one in the guide.
    pub(super) fn good() -> Self {
        Self {
            is_incremental: false,
            npv: Money::from_meur(7.9),
            npv_residual: Money::from_meur(2.2),
            horizon_years: 20,
            investment: Money::from_meur(24.0),
            payback_years: Some(9.2),
            lcoh: 58.0,
            heat_price: 72.0,
            heat_cost_counterfactual: 84.0,
            carbon_saved: CarbonMass::from_t(8100.0),
            carbon_counterfactual: CarbonMass::from_t(10_900.0),
            electricity_carbon: CarbonMass::from_t(380.0),
            heat_pump_carbon: 9.0,
            replaced_carbon: 198.0,
            pipe_carbon: CarbonMass::from_t(12.0),
            pipe_loss: HeatEnergy::from_mwh(300.0),
            share_covered: 0.69,
            heat_pump_heat: HeatEnergy::from_gwh(42.0),
            heat_fed: HeatEnergy::from_gwh(61.0),
            heat_delivered: HeatEnergy::from_gwh(55.0),
            use_share: 0.7,
            available_over_fed: 1.0,
            distance: 0.9,
            pipe_length: 0.9,
            transmission: Money::from_meur(1.4),
            transmission_per_mwh: 2.7,
            worth: 40.0,
            saving: 40.0,
            heat_pump_cost: 22.0,
            boiler_cost: Some(62.0),
            machines: 11.0,
            machines_name: "the heat pump",
            electricity_per_mwh: 18.0,
            electricity_growth: 0.0,
            source_temperature: 33.0,
            lift: 42.0,
            mean_cop: 4.1,
            gain_at_good_cop: Money::from_meur(0.5),
            max_outlet: 90.0,
            hot_hours: 120,
            hours: 8760,
            boiler_hours: 310,
            boiler_peak: HeatPower::from_mw(17.0),
            boiler_cold_share: 0.93,
            boiler_dear_share: 0.0,
            fill_break_even: Some(46.0),
            fill_reached: 100.0,
            ramp_years: 4,
            delay_cost: Money::from_meur(0.9),
            npv_without: Money::from_meur(-6.0),
            cooling_saved: ElectricEnergy::from_mwh(1200.0),
            cooling_saved_value: Money::from_meur(0.1),
            break_evens: vec![
                point("day-ahead electricity price", 40.0, Some(71.0), "€/MWh"),
                point("price of the data centre's heat", 0.0, Some(12.0), "€/MWh"),
                point("investment", 24.0, Some(32.0), "M€"),
            ],
        }
    }

    /// The same, far away.
    pub(super) fn bad() -> Self {
        Self {
            npv: Money::from_meur(-12.0),
            payback_years: None,
            lcoh: 102.0,
            distance: 28.0,
            pipe_length: 28.0,
            transmission: Money::from_meur(32.0),
            transmission_per_mwh: 61.0,
            fill_break_even: None,
            break_evens: vec![
                point("distance to the town", 28.0, Some(17.0), "km"),
                point("investment", 56.0, Some(44.0), "M€"),
            ],
            ..Self::good()
        }
    }

    /// The bad case with one break-even.
    pub(super) fn with_flip(name: &str, base: f64, value: f64) -> Self {
        let unit = if name == "investment" {
            "M€"
        } else {
            "€/MWh"
        };
        let break_evens = vec![point(name, base, Some(value), unit)];
        Self {
            break_evens,
            ..Self::bad()
        }
    }

    /// No heat, no money, no pipe.
    pub(super) fn nothing() -> Self {
        Self {
            npv: Money::ZERO,
            investment: Money::ZERO,
            payback_years: Some(0.0),
            lcoh: 0.0,
            carbon_saved: CarbonMass::ZERO,
            carbon_counterfactual: CarbonMass::ZERO,
            share_covered: 0.0,
            heat_pump_heat: HeatEnergy::ZERO,
            heat_fed: HeatEnergy::ZERO,
            heat_delivered: HeatEnergy::ZERO,
            use_share: 0.0,
            available_over_fed: 0.0,
            distance: 0.0,
            pipe_length: 0.0,
            transmission: Money::ZERO,
            transmission_per_mwh: 0.0,
            worth: 0.0,
            saving: 0.0,
            mean_cop: 0.0,
            boiler_cost: None,
            boiler_hours: 0,
            fill_break_even: None,
            break_evens: Vec::new(),
            ..Self::good()
        }
    }
}

#[cfg(test)]
fn point(name: &str, base: f64, at_zero_npv: Option<f64>, unit: &str) -> BreakEven {
    BreakEven {
        name: name.to_owned(),
        base,
        at_zero_npv,
        unit: unit.to_owned(),
        npv_low_high: (Money::ZERO, Money::ZERO),
    }
}
