//! What the rules look at.

use crate::energy::heat_taken;
use crate::inputs::Inputs;
use crate::kpis::{Boundary, DataCentreYear};
use hukka_model::{CalendarDate, Kpis};
use hukka_units::{
    ElectricPower, EnergyPrice, HeatEnergy, HeatPower, Money, Ratio, Temperature, Volume,
};

/// Figures of one study that the rules look at; absence is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Country code of two letters.
    pub country: String,
    /// Name of the data centre, or of all of them.
    pub name: String,
    /// First day of operation.
    pub start: Option<CalendarDate>,
    /// Installed rated IT load.
    pub rated_it: ElectricPower,
    /// Rated connection without redundancy: IT with losses, fans and cooling at full load.
    pub connected: ElectricPower,
    /// Energies that cross the data centre's boundary in the full-fill year.
    pub boundary: Boundary,
    /// Heat at the capture point.
    pub heat_available: HeatEnergy,
    /// Largest heat taken in an hour.
    pub largest_heat_taken: HeatPower,
    /// Hours in which heat is taken.
    pub hours_taken: u32,
    /// Mean temperature at the capture point, before any heat pump.
    pub waste_heat_temperature: Temperature,
    /// Share of renewable electricity, on the balance of a year.
    pub renewable_share: Option<Ratio>,
    /// Water taken in a year.
    pub water: Option<Volume>,
    /// Electricity tax the study reckons with for heat pumps.
    pub electricity_tax: EnergyPrice,
    /// Year of the study's prices.
    pub price_year: i16,
    /// Largest heat pump.
    pub largest_heat_pump: HeatPower,
    /// Value for the heat company over the horizon.
    pub npv: Money,
    /// Value for all parties together, discounted benefits less discounted costs.
    pub social_npv: Option<Money>,
}

impl Facts {
    /// Of an assessed study: all its data centres together, the full-fill year.
    pub(crate) fn new(inputs: &Inputs<'_>, data_centre: &DataCentreYear, kpis: &Kpis) -> Self {
        let study = inputs.study;
        let year = inputs.full();
        let taken = heat_taken(inputs.design, year.plan, year.sources);
        let hourly: Vec<f64> = (0..study.axis.len())
            .map(|t| taken.iter().map(|source| source[t]).sum())
            .collect();
        let names: Vec<&str> = study.data_centres.iter().map(|c| c.id.as_str()).collect();
        let connected = study.data_centres.iter().map(|centre| {
            let beside = centre.power_loss_share.fraction()
                + centre.fan_share.fraction()
                + 1.0 / centre.chiller_cop.fraction().max(1.0);
            centre.it_load * (1.0 + beside)
        });
        Self {
            country: study.place.country.clone(),
            name: names.join(", "),
            start: None,
            rated_it: study.data_centres.iter().map(|centre| centre.it_load).sum(),
            connected: connected.sum(),
            boundary: data_centre.boundary,
            heat_available: data_centre.available,
            largest_heat_taken: HeatPower::from_si(hourly.iter().fold(0.0, |a, b| b.max(a))),
            hours_taken: hourly.iter().filter(|q| **q > TAKEN_W).count() as u32,
            waste_heat_temperature: data_centre.waste_heat_temperature,
            renewable_share: None,
            water: None,
            electricity_tax: study.prices.electricity_tax,
            price_year: study.axis.calendar.first().map_or(2025, |hour| hour.year),
            largest_heat_pump: inputs
                .design
                .heat_pumps
                .iter()
                .filter_map(|pump| pump.heat_capacity)
                .fold(HeatPower::ZERO, HeatPower::max),
            npv: kpis.npv,
            social_npv: None,
        }
    }
}

/// Heat counts as taken above this, W: solvers leave traces.
const TAKEN_W: f64 = 1e3;

#[cfg(test)]
impl Facts {
    /// Ten megawatts of servers, 2 MW beside them, 7 MW of heat taken at a COP of 4.35.
    pub(crate) fn example(country: &str) -> Self {
        use hukka_units::{ElectricEnergy, TimeSpan};
        let year = TimeSpan::from_h(8760.0);
        let (source, cop) = (7.0, 4.35);
        let lifted = source * cop / (cop - 1.0);
        let electricity = |mw: f64| -> ElectricEnergy { ElectricPower::from_mw(mw) * year };
        Self {
            country: country.to_owned(),
            name: "north".to_owned(),
            start: None,
            rated_it: ElectricPower::from_mw(10.0),
            connected: ElectricPower::from_mw(12.0),
            boundary: Boundary {
                it_energy: electricity(10.0),
                auxiliary_energy: electricity(2.0),
                source_heat: HeatPower::from_mw(source) * year,
                heat_pump_heat: HeatPower::from_mw(lifted) * year,
                heat_pump_energy: electricity(lifted - source),
            },
            heat_available: HeatPower::from_mw(9.0) * year,
            largest_heat_taken: HeatPower::from_mw(7.0),
            hours_taken: 8760,
            waste_heat_temperature: Temperature::from_c(30.0),
            renewable_share: None,
            water: None,
            electricity_tax: EnergyPrice::from_eur_mwh(0.5),
            price_year: 2025,
            largest_heat_pump: HeatPower::from_mw(9.0),
            npv: Money::from_meur(3.0),
            social_npv: None,
        }
    }

    pub(crate) fn starting(country: &str, date: &str) -> Self {
        Self {
            start: CalendarDate::parse(date),
            ..Self::example(country)
        }
    }
}
