//! What the rules look at.

use crate::energy::{HOUR, heat_taken};
use crate::inputs::Inputs;
use crate::kpis::{Boundary, DataCentreYear};
use hukka_model::{CalendarDate, HeatSource, Kpis, LegalFacts, ReuseException, Study};
use hukka_units::{
    ElectricPower, EnergyPrice, HeatEnergy, HeatPower, Money, Ratio, SECONDS_PER_HOUR, Temperature,
    Volume,
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
    /// Exception from the German duty to reuse heat that the operator can prove.
    pub reuse_exception: Option<ReuseException>,
    /// Installed rated IT load.
    pub rated_it: ElectricPower,
    /// Rated connection without redundancy: IT with losses, fans and cooling at full load.
    pub connected: ElectricPower,
    /// Energies that cross the data centre's boundary in the full-fill year.
    pub boundary: Boundary,
    /// Heat at the capture point.
    pub heat_available: HeatEnergy,
    /// The same by month, January first.
    pub monthly_available: [HeatEnergy; 12],
    /// Degree days above 21 °C outdoors in the study's weather.
    pub cooling_degree_days: f64,
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
    pub(crate) fn new(
        inputs: &Inputs<'_>,
        data_centre: &DataCentreYear,
        (kpis, together_npv): (&Kpis, Money),
    ) -> Self {
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
            start: together(study, |legal| legal.start).map(|starts| earliest(&starts)),
            reuse_exception: together(study, |legal| legal.reuse_exception)
                .and_then(|all| all.first().copied()),
            rated_it: study.data_centres.iter().map(|centre| centre.it_load).sum(),
            connected: connected.sum(),
            boundary: data_centre.boundary,
            heat_available: data_centre.available,
            monthly_available: monthly(inputs),
            cooling_degree_days: cooling_degree_days(study),
            largest_heat_taken: HeatPower::from_si(hourly.iter().fold(0.0, |a, b| b.max(a))),
            hours_taken: hourly.iter().filter(|q| **q > TAKEN_W).count() as u32,
            waste_heat_temperature: data_centre.waste_heat_temperature,
            renewable_share: renewable_share(study),
            water: Some(water(inputs, &taken)),
            electricity_tax: study.prices.electricity_tax,
            price_year: study.axis.calendar.first().map_or(2025, |hour| hour.year),
            largest_heat_pump: inputs
                .design
                .heat_pumps
                .iter()
                .filter_map(|pump| pump.heat_capacity)
                .fold(HeatPower::ZERO, HeatPower::max),
            npv: kpis.npv,
            social_npv: Some(together_npv),
        }
    }
}

/// Heat at the capture points by month.
fn monthly(inputs: &Inputs<'_>) -> [HeatEnergy; 12] {
    let mut months = [HeatEnergy::ZERO; 12];
    for source in inputs.full().sources {
        for (power, hour) in source.recoverable.iter().zip(&inputs.study.axis.calendar) {
            let month = usize::from(hour.month.clamp(1, 12)) - 1;
            months[month] += *power * HOUR;
        }
    }
    months
}

/// `Σ max(T̄_day − 21 °C, 0)` over the days of the study's weather.
fn cooling_degree_days(study: &Study) -> f64 {
    const BASE_C: f64 = 21.0;
    let outdoor = &study.weather.outdoor_temperature;
    outdoor
        .chunks(24)
        .map(|day| day.iter().map(|t| t.c()).sum::<f64>() / day.len() as f64)
        .map(|mean| (mean - BASE_C).max(0.0))
        .sum()
}

/// A legal fact of every data centre; `None` as soon as one does not state it.
fn together<T>(study: &Study, of: impl Fn(&LegalFacts) -> Option<T>) -> Option<Vec<T>> {
    let centres = study.data_centres.iter();
    let all: Option<Vec<T>> = centres.map(|centre| of(&centre.legal)).collect();
    all.filter(|facts| !facts.is_empty())
}

fn earliest(starts: &[CalendarDate]) -> CalendarDate {
    let first = starts[0];
    starts.iter().fold(first, |a, b| a.min(*b))
}

/// Renewable share of all data centres together, weighted by their servers' rated power.
fn renewable_share(study: &Study) -> Option<Ratio> {
    let shares = together(study, |legal| legal.renewable_share)?;
    let (mut weighted, mut weight) = (0.0, 0.0);
    for (share, centre) in shares.iter().zip(&study.data_centres) {
        weighted += share.fraction() * centre.it_load.w();
        weight += centre.it_load.w();
    }
    (weight > 0.0).then(|| Ratio::from_fraction(weighted / weight))
}

/// Water of all data centres in the full-fill year: as stated, else what cooling towers evaporate
/// with the heat taken away; water of humidifiers and sanitation is not known to the study.
fn water(inputs: &Inputs<'_>, taken: &[Vec<f64>]) -> Volume {
    const M3_PER_KG: f64 = 1e-3;
    let of = |(source, taken): (&HeatSource, &Vec<f64>)| {
        let centre = inputs.study.data_centres.get(source.data_centre);
        let stated = centre.and_then(|centre| centre.legal.water);
        stated.unwrap_or_else(|| {
            let hours = taken.iter().enumerate();
            let kg: f64 = hours
                .map(|(t, q)| source.water_use(t, HeatPower::from_si(*q)).kg_s() * SECONDS_PER_HOUR)
                .sum();
            Volume::from_m3(kg * M3_PER_KG)
        })
    };
    inputs.full().sources.iter().zip(taken).map(of).sum()
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
            reuse_exception: None,
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
            monthly_available: [HeatPower::from_mw(9.0) * TimeSpan::from_h(730.0); 12],
            cooling_degree_days: 40.0,
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
