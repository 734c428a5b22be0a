//! The figures people ask for.

use crate::book::purchase;
use crate::cash_flow::{Ventures, without_credit};
use crate::energy::{boiler_heat, cooling_saved, electricity, heat, heat_taken, quotient, total};
use crate::finance::{internal_rate_of_return, payback};
use crate::inputs::Inputs;
use crate::levels::Levels;
use hukka_model::{CashFlowYear, Counterfactual, HeatSource, Kpis};
use hukka_units::{
    CarbonMass, ElectricEnergy, EnergyPrice, HeatEnergy, HeatPower, Length, Money, Ratio,
    Temperature,
};

/// Boilers count as running above this, W: solvers leave traces.
const BOILER_RUNS_W: f64 = 1e3;

/// Energies that cross the data centre's boundary in a year.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Boundary {
    /// Servers.
    pub it_energy: ElectricEnergy,
    /// Everything else the data centre draws with the heat taken, heat pump apart.
    pub auxiliary_energy: ElectricEnergy,
    /// Heat taken at the capture point.
    pub source_heat: HeatEnergy,
    /// Heat the heat pumps make of it.
    pub heat_pump_heat: HeatEnergy,
    /// Electricity of the heat pumps.
    pub heat_pump_energy: ElectricEnergy,
}

/// Legal indicators on one choice of boundary.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct BoundaryIndicators {
    /// Power usage effectiveness.
    pub pue: Ratio,
    /// Energy reuse factor.
    pub erf: Ratio,
}

impl Boundary {
    /// The heat company owns the heat pump.
    ///
    /// `PUE = (E_IT + A) / E_IT`, `ERF = Q_source / (E_IT + A)`
    ///
    /// # Valid for
    /// any energies; zero when there is no electricity to divide by
    ///
    /// # Source
    /// ISO/IEC 30134-2 and -6, EN 50600-4-2 and -4-6, Delegated Regulation (EU) 2024/1364 Annex III
    pub fn heat_pump_outside(&self) -> BoundaryIndicators {
        let facility = self.it_energy + self.auxiliary_energy;
        BoundaryIndicators {
            pue: ratio(facility.si(), self.it_energy.si()),
            erf: ratio(self.source_heat.si(), facility.si()),
        }
    }

    /// The data centre owns the heat pump: its electricity and its heat count.
    ///
    /// `PUE = (E_IT + A + E_HP) / E_IT`, `ERF = Q_HP / (E_IT + A + E_HP)`
    ///
    /// # Valid for
    /// any energies; zero when there is no electricity to divide by
    ///
    /// # Source
    /// as [`Boundary::heat_pump_outside`]
    pub fn heat_pump_inside(&self) -> BoundaryIndicators {
        let facility = self.it_energy + self.auxiliary_energy + self.heat_pump_energy;
        BoundaryIndicators {
            pue: ratio(facility.si(), self.it_energy.si()),
            erf: ratio(self.heat_pump_heat.si(), facility.si()),
        }
    }
}

pub(crate) fn ratio(a: f64, b: f64) -> Ratio {
    Ratio::from_fraction(quotient(a, b))
}

/// What the data centres use and give in the full-fill year.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct DataCentreYear {
    pub(crate) boundary: Boundary,
    pub(crate) available: HeatEnergy,
    pub(crate) cooling: ElectricEnergy,
    pub(crate) cooling_saved: ElectricEnergy,
    /// What that electricity would have cost the data centre, fee and tax included.
    pub(crate) cooling_saved_value: Money,
    pub(crate) waste_heat_temperature: Temperature,
}

impl DataCentreYear {
    pub(crate) fn new(inputs: &Inputs<'_>, levels: &Levels) -> Self {
        let year = inputs.full();
        let taken = heat_taken(inputs.design, year.plan, year.sources);
        let prices = &inputs.study.prices;
        let saved = cooling_saved(year.sources, &taken, inputs.study.axis.len());
        let saved = purchase(inputs.study, &saved);
        let mut out = Self {
            cooling_saved: saved.energy,
            cooling_saved_value: saved.market
                + saved.energy * prices.electricity_grid_fee
                + saved.energy * prices.electricity_tax,
            waste_heat_temperature: waste_heat_temperature(inputs, year.sources),
            ..Self::default()
        };
        for source in year.sources {
            out.boundary.it_energy += electricity(&source.it_power);
            out.boundary.auxiliary_energy += electricity(&source.auxiliary_power);
            out.cooling += electricity(&source.cooling_power);
            out.available += heat(&source.recoverable);
        }
        out.boundary.auxiliary_energy += out.cooling - out.cooling_saved;
        out.boundary.source_heat = levels.full().source_heat;
        out.boundary.heat_pump_heat = levels.full().heat_pump_heat;
        out.boundary.heat_pump_energy = levels.full().heat_pumps.energy;
        out
    }
}

/// Mean temperature at the capture point, weighted by heat available; the plain mean when none
/// is, and the study's value when there is no series.
fn waste_heat_temperature(inputs: &Inputs<'_>, sources: &[HeatSource]) -> Temperature {
    let (mut weighted, mut weight, mut plain, mut hours) = (0.0, 0.0, 0.0, 0.0);
    for source in sources {
        for (t, q) in source.source_temperature.iter().zip(&source.recoverable) {
            weighted += t.si() * q.si();
            weight += q.si();
            plain += t.si();
            hours += 1.0;
        }
    }
    if weight > 0.0 {
        Temperature::from_si(weighted / weight)
    } else if hours > 0.0 {
        Temperature::from_si(plain / hours)
    } else {
        let first = inputs.study.data_centres.first();
        first.map_or(Temperature::from_c(0.0), |centre| centre.source_temperature)
    }
}

/// Distance from the town to the farthest data centre connected.
pub(crate) fn distance_to_town(inputs: &Inputs<'_>) -> Length {
    inputs
        .design
        .sources
        .iter()
        .map(|source| source.distance_to_town)
        .fold(Length::ZERO, Length::max)
}

/// CO2 and cost per heat of the counterfactual.
pub(crate) fn counterfactual(
    ventures: &Ventures<'_>,
    sold: HeatEnergy,
) -> (CarbonMass, EnergyPrice) {
    let inputs = ventures.inputs;
    match &inputs.study.counterfactual {
        Counterfactual::Individual {
            heat_cost,
            emission,
            ..
        } => (sold * *emission, *heat_cost),
        Counterfactual::ExistingPlant => {
            let carbon = inputs
                .counterfactual
                .map_or(CarbonMass::ZERO, |plan| plan.carbon);
            let (cost, heat) = ventures.counterfactual.map_or((0.0, 0.0), |book| {
                let cost = ventures.base().running_cost(&book) + ventures.standing_upkeep();
                (cost.eur(), book.heat_sold.si())
            });
            (carbon, EnergyPrice::from_si(quotient(cost, heat)))
        }
    }
}

/// All figures; energies from the full-fill year, money over the horizon.
pub(crate) fn kpis(
    ventures: &Ventures<'_>,
    data_centre: &DataCentreYear,
    rows: &[CashFlowYear],
) -> Kpis {
    let inputs = ventures.inputs;
    let (plan, hourly) = (inputs.full().plan, &inputs.network.hourly);
    let book = ventures.levels.full();
    let boundary = &data_centre.boundary;
    let (outside, inside) = (boundary.heat_pump_outside(), boundary.heat_pump_inside());
    let fed = heat(&hourly.heat_fed);
    let lost = heat(&hourly.heat_loss);
    let facility = boundary.it_energy + boundary.auxiliary_energy;
    let (carbon_counterfactual, heat_cost_counterfactual) =
        counterfactual(ventures, book.heat_sold);
    let boilers = boiler_heat(plan);
    let flows: Vec<f64> = rows.iter().map(|row| row.net.eur()).collect();
    let base = ventures.base();
    Kpis {
        heat_delivered: book.heat_sold,
        heat_fed: fed,
        heat_loss: lost,
        loss_share: ratio(lost.si(), fed.si()),
        pumping_share: ratio(total(&hourly.pump_power), total(&hourly.heat_fed)),
        heat_pump_heat: book.heat_pump_heat,
        share_covered: share_covered(ventures),
        heat_available: data_centre.available,
        heat_used: book.source_heat,
        use_share: ratio(book.source_heat.si(), data_centre.available.si()),
        it_energy: boundary.it_energy,
        facility_energy: facility,
        pue: outside.pue,
        pue_without_reuse: ratio(
            (facility + data_centre.cooling_saved).si(),
            boundary.it_energy.si(),
        ),
        erf: outside.erf,
        pue_heat_pump_inside: inside.pue,
        erf_heat_pump_inside: inside.erf,
        waste_heat_temperature: data_centre.waste_heat_temperature,
        mean_cop: ratio(book.heat_pump_heat.si(), book.heat_pumps.energy.si()),
        heat_pump_energy: book.heat_pumps.energy,
        carbon: plan.carbon,
        carbon_counterfactual,
        carbon_saved: carbon_counterfactual - plan.carbon,
        investment: inputs.design.investment(),
        lcoh: ventures.lcoh(&base),
        heat_cost_counterfactual,
        npv: ventures.npv(&base),
        value_left: ventures.credit(),
        npv_residual: ventures.present_at_end(ventures.credit()),
        payback_years: payback(&without_credit(rows, ventures.credit())),
        irr: internal_rate_of_return(&flows, base.discount_rate).map(Ratio::from_fraction),
        boiler_hours: boilers.iter().filter(|q| **q > BOILER_RUNS_W).count() as u32,
        boiler_peak: HeatPower::from_si(boilers.iter().copied().fold(0.0, f64::max)),
        trench_length: inputs.design.trench_length(),
        distance_to_town: distance_to_town(inputs),
        consumers: inputs.design.connected.len() as u32,
    }
}

/// Share of the heat made that the data centre's heat pumps make: store losses and heat dumped
/// fall on all makers alike, so it is their share of the heat fed too.
fn share_covered(ventures: &Ventures<'_>) -> Ratio {
    let plan = ventures.inputs.full().plan;
    let made = plan.heat_of(|_| true) + heat(&plan.unserved);
    ratio(ventures.levels.full().heat_pump_heat.si(), made.si())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Bench;

    #[test]
    fn the_boundary_decides_the_legal_indicators() {
        // 10 MW of servers, 2 MW of auxiliaries, 7 MW of heat lifted with COP 4.35.
        let cop = 4.35;
        let boundary = Boundary {
            it_energy: ElectricEnergy::from_mwh(10.0),
            auxiliary_energy: ElectricEnergy::from_mwh(2.0),
            source_heat: HeatEnergy::from_mwh(7.0),
            heat_pump_heat: HeatEnergy::from_mwh(7.0 * cop / (cop - 1.0)),
            heat_pump_energy: ElectricEnergy::from_mwh(7.0 / (cop - 1.0)),
        };
        let (outside, inside) = (boundary.heat_pump_outside(), boundary.heat_pump_inside());
        assert!((outside.erf.fraction() - 0.583).abs() < 5e-4);
        assert!((outside.pue.fraction() - 1.20).abs() < 5e-3);
        assert!((inside.erf.fraction() - 0.645).abs() < 5e-4);
        assert!((inside.pue.fraction() - 1.41).abs() < 5e-3);
    }

    #[test]
    fn nothing_divides_by_an_empty_data_centre() {
        let indicators = Boundary::default().heat_pump_inside();
        assert!(indicators.pue.fraction().abs() < 1e-12);
        assert!(indicators.erf.fraction().abs() < 1e-12);
    }

    #[test]
    fn the_heat_taken_spares_cooling() {
        let assessment = Bench::new().assess();
        let kpis = assessment.kpis;
        assert!(kpis.pue < kpis.pue_without_reuse);
        assert!((kpis.pue_without_reuse.fraction() - 4.9 / 4.0).abs() < 1e-9);
        let saved = kpis.heat_used.mwh() * 0.1;
        let facility = 4.9 * Bench::HOURS as f64 - saved;
        assert!((kpis.facility_energy.mwh() - facility).abs() < 1e-6);
        assert!((kpis.erf.fraction() - kpis.heat_used.mwh() / facility).abs() < 1e-9);
        assert!((kpis.waste_heat_temperature.c() - 30.0).abs() < 1e-9);
        assert!((kpis.mean_cop.fraction() - 4.0).abs() < 1e-9);
    }

    #[test]
    fn individual_heating_emits_by_heat_delivered() {
        let bench = Bench::new();
        let kpis = bench.assess().kpis;
        let expected = kpis.heat_delivered.mwh() * 220.0;
        assert!((kpis.carbon_counterfactual.kg() - expected).abs() < 1e-6 * expected);
        let saved = kpis.carbon_counterfactual - bench.plan.carbon;
        assert!((kpis.carbon_saved - saved).kg().abs() < 1e-9);
        assert!((kpis.heat_cost_counterfactual.eur_mwh() - 95.0).abs() < 1e-9);
    }

    #[test]
    fn the_existing_plant_emits_what_its_plan_says() {
        let bench = Bench::against_existing_plant();
        let kpis = bench.assess().kpis;
        let plan = bench.counterfactual.as_ref().unwrap();
        assert_eq!(kpis.carbon_counterfactual, plan.carbon);
        assert!(kpis.heat_cost_counterfactual.eur_mwh() > 40.0);
    }
}
