//! A checked study: every input read, every default filled in and listed. Made by `hukka-study`.

use crate::catalogue::InsulationSeries;
use crate::geography::{Position, Projection};
use crate::money::{CostOfCapital, GrantGiver, PriceGrowth};
use crate::owners::HeatContract;
use crate::plant::{Boiler, HeatPump, Store};
use crate::source::DataCentre;
use crate::standard_profile::StandardProfile;
use crate::stock::{Process, StockPlan};
use crate::time::{LocalHour, TimeAxis};
use hukka_units::{
    Area, CarbonPrice, EmissionFactor, EnergyPrice, HeatEnergy, HeatPower, Length, Money,
    PowerCost, Pressure, PressureGradient, Ratio, Temperature, TemperatureDifference, TimeSpan,
    Velocity,
};
use serde::{Deserialize, Serialize};

/// Everything a run starts from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Study {
    /// Short name for folders: the study folder's name.
    pub id: String,
    /// Title.
    pub name: String,
    /// Where it is.
    pub place: PlaceRules,
    /// The hours of the year.
    pub axis: TimeAxis,
    /// Outdoor and ground temperature.
    pub weather: Weather,
    /// Electricity, fuels, carbon, heat.
    pub prices: Prices,
    /// Buildings with a footprint.
    pub buildings: Vec<Building>,
    /// Demands given as a total.
    pub lumped_demands: Vec<LumpedDemand>,
    /// Known heat of all buildings together, for calibration.
    pub known_annual_demand: Option<HeatEnergy>,
    /// What is renovated until the year that is asked for.
    #[serde(default)]
    pub stock: StockPlan,
    /// Streets along which pipes may be laid.
    pub streets: Vec<Street>,
    /// Pipes in the ground already.
    pub existing_pipes: Vec<ExistingPipe>,
    /// Where boilers and stores stand; `None` puts them beside the first data centre.
    pub plant_position: Option<Position>,
    /// Data centres, at least one.
    pub data_centres: Vec<DataCentre>,
    /// Heat pumps; at least one per data centre.
    pub heat_pumps: Vec<HeatPump>,
    /// Boilers, at least one.
    pub boilers: Vec<Boiler>,
    /// Stores.
    pub stores: Vec<Store>,
    /// How the network is run and laid.
    pub network: NetworkRules,
    /// How the design chooses.
    pub design: DesignRules,
    /// How money is counted.
    pub money: MoneyRules,
    /// Carbon factors.
    pub emissions: EmissionFactors,
    /// What heats the place without the data centre.
    pub counterfactual: Counterfactual,
    /// Contract on the data centres' heat; `None`: each data centre's own price.
    pub contract: Option<HeatContract>,
    /// How unsure the inputs are.
    pub uncertainty: UncertaintyRules,
    /// Every input and default, in the order of the study file.
    pub assumptions: Vec<Assumption>,
    /// Credits the licences of the inputs ask for.
    pub attributions: Vec<String>,
    /// Files read, with their hashes.
    pub input_files: Vec<InputFile>,
}

/// Where the study is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceRules {
    /// Origin of the local plane.
    pub projection: Projection,
    /// Country code, two letters: decides public holidays.
    pub country: String,
}

/// Weather of the study year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weather {
    /// Outdoor temperature, mean of the hour.
    pub outdoor_temperature: Vec<Temperature>,
    /// Undisturbed ground temperature at pipe depth.
    pub ground_temperature: Vec<Temperature>,
    /// Temperature the plant must be able to serve.
    pub design_outdoor_temperature: Temperature,
    /// Wet-bulb temperature, mean of the hour, where the humidity is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wet_bulb_temperature: Option<Vec<Temperature>>,
    /// A colder year to design with; the other series are those of the typical year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extreme: Option<ExtremeYear>,
    /// Where the series comes from: file name, or "synthetic: southern-finland, seed 1".
    pub provenance: String,
    /// Made by a generator, not measured.
    pub is_synthetic: bool,
}

/// A year colder than the one the study counts money in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExtremeYear {
    /// Outdoor temperature on the hours of the study year.
    pub outdoor_temperature: Vec<Temperature>,
    /// Which year, or which months of which years.
    pub provenance: String,
}

/// Prices of the study year, without value-added tax.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prices {
    /// Day-ahead electricity, hour by hour.
    pub electricity: Vec<EnergyPrice>,
    /// Network fee on electricity bought.
    pub electricity_grid_fee: EnergyPrice,
    /// Tax on electricity bought.
    pub electricity_tax: EnergyPrice,
    /// Fuel at the plant, before carbon, by [`crate::Fuel::index`]; electricity is zero here.
    pub fuel: [EnergyPrice; 5],
    /// Price of emitting CO2.
    pub carbon: CarbonPrice,
    /// What customers pay for heat.
    pub heat: EnergyPrice,
    /// Cost of a megawatt-hour of heat that cannot be supplied: keeps the dispatch solvable.
    pub unserved: EnergyPrice,
    /// Where the electricity series comes from.
    pub provenance: String,
    /// Made by a generator, not measured.
    pub is_synthetic: bool,
}

/// What a building is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuildingUse {
    /// One or two dwellings.
    House,
    /// Flats.
    Apartment,
    /// Offices.
    Office,
    /// Shops and services.
    Retail,
    /// Schools and kindergartens.
    School,
    /// Hospitals and care homes.
    Health,
    /// Sport halls.
    Sport,
    /// Factories and stores.
    Industrial,
    /// Other heated buildings.
    Other,
    /// Sheds, garages: not heated.
    Unheated,
    /// Swimming halls.
    SwimmingHall,
}

/// A building with a footprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Building {
    /// Id, unique among buildings.
    pub id: String,
    /// Name or address, if known.
    pub name: Option<String>,
    /// Outer ring, first point not repeated; empty for a building given as a point.
    pub outline: Vec<Position>,
    /// Centre of the footprint.
    pub position: Position,
    /// Area of the footprint.
    pub footprint: Area,
    /// Number of heated storeys.
    pub storeys: f64,
    /// What it is used for.
    pub usage: BuildingUse,
    /// Year built.
    pub construction_year: i32,
    /// Heat over the year, if known.
    pub known_annual_heat: Option<HeatEnergy>,
    /// Must be connected (true), must not (false), or as the design finds best.
    pub is_connected: Option<bool>,
    /// Supply temperature of its own heating on the design day; `None`: usual for its year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secondary_supply: Option<Temperature>,
}

/// Demand of a quarter or a whole town given as one number or one series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LumpedDemand {
    /// Id, unique among demands.
    pub id: String,
    /// Where it hangs on the network; `None` in a study without a map.
    pub position: Option<Position>,
    /// Heat over the year.
    pub annual_heat: HeatEnergy,
    /// Share of hot water in it.
    pub hot_water_share: Ratio,
    /// Kind of building it stands for.
    pub usage: BuildingUse,
    /// Measured heat load, if given, hour by hour; then the shape is taken from it.
    pub load: Option<Vec<HeatPower>>,
    /// Standard load profile the demand follows, when no load was measured.
    pub standard: Option<StandardProfile>,
    /// A meter of another year, whose signature is carried to the study's weather.
    pub meter: Option<Meter>,
    /// Heat that follows shifts in place of the weather.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process: Option<Process>,
    /// Supply temperature of the buildings' own heating on the design day; `None`: usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secondary_supply: Option<Temperature>,
}

/// A metered year with its own weather.
///
/// # Shapes  one value per hour in every series
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meter {
    /// Heat.
    pub load: Vec<HeatPower>,
    /// Outdoor temperature of the same hours.
    pub outdoor_temperature: Vec<Temperature>,
    /// Local clock of the same hours.
    pub calendar: Vec<LocalHour>,
}

/// A street or path along which a pipe may be laid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Street {
    /// Id, unique among streets.
    pub id: String,
    /// Name, if known.
    pub name: Option<String>,
    /// Centre line, at least two points.
    pub path: Vec<Position>,
    /// Laying cost relative to the catalogue: 1 in an ordinary street.
    pub cost_factor: Ratio,
}

/// A pair of pipes in the ground already.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExistingPipe {
    /// Id, unique among pipes.
    pub id: String,
    /// Centre line, at least two points; pipes meet where end points coincide within 0.5 m.
    pub path: Vec<Position>,
    /// Nominal diameter, a catalogue size.
    pub dn: u16,
    /// Length when it differs from the path's.
    pub length: Option<Length>,
    /// Insulation class.
    pub series: InsulationSeries,
}

/// A temperature that slides with the weather: linear between two points, level beyond them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TemperatureCurve {
    /// Outdoor temperature of the cold end.
    pub cold_outdoor: Temperature,
    /// Value there and below.
    pub at_cold: Temperature,
    /// Outdoor temperature of the mild end.
    pub mild_outdoor: Temperature,
    /// Value there and above.
    pub at_mild: Temperature,
}

impl TemperatureCurve {
    /// The value at an outdoor temperature.
    pub fn at(&self, outdoor: Temperature) -> Temperature {
        let span = (self.mild_outdoor - self.cold_outdoor).kelvin();
        if span <= 0.0 {
            return self.at_cold;
        }
        let share = ((outdoor - self.cold_outdoor).kelvin() / span).clamp(0.0, 1.0);
        self.at_cold + (self.at_mild - self.at_cold) * share
    }
}

/// How the network is run and laid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NetworkRules {
    /// Supply temperature at the plant.
    pub supply_temperature: TemperatureCurve,
    /// Temperature of the water leaving the substations.
    pub return_temperature: TemperatureCurve,
    /// Smallest pressure difference at any substation.
    pub min_differential_pressure: Pressure,
    /// Pressure kept at the return side of the plant.
    pub static_pressure: Pressure,
    /// Pressure gradient not to exceed in street pipes at peak.
    pub max_pressure_gradient: PressureGradient,
    /// Velocity not to exceed at peak.
    pub max_velocity: Velocity,
    /// Roughness of the steel.
    pub roughness: Length,
    /// Insulation class of new pipes.
    pub series: InsulationSeries,
    /// Depth of the pipes, surface to pipe centre.
    pub depth: Length,
    /// Thermal conductivity of the soil, W/(m K).
    pub soil_conductivity_w_mk: f64,
    /// Efficiency of the pump sets.
    pub pump_efficiency: Ratio,
    /// Bends and fittings, share added to straight pipe friction.
    pub fitting_share: Ratio,
    /// Loss of distribution pipes behind a lumped demand, share of its annual heat.
    pub lumped_loss_share: Ratio,
    /// Length of the pipe from data centre to town in a study without a map.
    pub lumped_distance: Option<Length>,
    /// Supply temperatures to choose from hour by hour; `None` keeps to the curve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supply_levels: Option<SupplyLevels>,
}

/// Supply temperatures the plant may choose from, as offsets from the curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SupplyLevels {
    /// Offsets, ascending and distinct; zero, the curve itself, is always among them.
    pub offsets: Vec<TemperatureDifference>,
    /// Largest change of the offset from one hour to the next.
    pub ramp_per_hour: TemperatureDifference,
}

/// How the design chooses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DesignRules {
    /// Connect everyone, or only those who pay for their pipe.
    pub connect_all: bool,
    /// Longest service pipe from street to building.
    pub max_service_length: Length,
    /// Buildings needing less heat in a year are not connected.
    pub min_annual_heat: HeatEnergy,
    /// Share of buildings willing to connect; the largest ones first.
    pub connection_share: Ratio,
    /// Cost of one substation: fixed part.
    pub substation_fixed: Money,
    /// Cost of one substation: per unit of power.
    pub substation_per_power: PowerCost,
    /// Factor on all catalogue pipe costs.
    pub pipe_cost_factor: Ratio,
    /// Reserve of the peak boiler above the highest hour.
    pub peak_reserve: Ratio,
}

/// How money is counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MoneyRules {
    /// Real interest per year.
    pub discount_rate: Ratio,
    /// Years counted.
    pub horizon_years: u32,
    /// Technical life of pipes.
    pub pipe_life: TimeSpan,
    /// Technical life of substations.
    pub substation_life: TimeSpan,
    /// Upkeep of pipes and substations per year, share of investment.
    pub network_upkeep: Ratio,
    /// Planning and contingency on top of all investments.
    pub contingency: Ratio,
    /// Grants, share of the investment.
    pub grant_share: Ratio,
    /// Who gives them.
    pub grant_giver: GrantGiver,
    /// Yearly rise of all prices: what tells money of the year from money of constant worth.
    pub inflation: Ratio,
    /// Debt and equity the interest was made of, when the study gives them.
    pub capital: Option<CostOfCapital>,
    /// Real changes of single prices from year to year.
    pub growth: PriceGrowth,
}

/// Carbon factors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EmissionFactors {
    /// Electricity bought, hour by hour.
    pub electricity: Vec<EmissionFactor>,
    /// Fuel, by [`crate::Fuel::index`]; electricity is zero here.
    pub fuel: [EmissionFactor; 5],
}

/// What heats the place without the data centre.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counterfactual {
    /// Each building on its own; heat costs and emits this much.
    Individual {
        /// Name for the report: "gas boilers in the houses".
        name: String,
        /// Full cost of heat.
        heat_cost: EnergyPrice,
        /// CO2 of heat.
        emission: EmissionFactor,
    },
    /// The same network fed by the existing boilers alone.
    ExistingPlant,
}

/// How unsure the inputs are; all zero makes every sample the study itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct UncertaintyRules {
    /// Standard deviation of the yearly mean outdoor temperature.
    pub temperature: TemperatureDifference,
    /// Most whole weeks by which weather events and prices may fall earlier or later.
    pub weather_weeks: u32,
    /// Relative standard deviation of the heat everyone needs.
    pub heat_demand: Ratio,
    /// Relative standard deviation of the mean electricity price.
    pub electricity_level: Ratio,
    /// Relative standard deviation of the price's swing about its mean.
    pub electricity_swing: Ratio,
    /// Relative standard deviation of gas and oil prices, together.
    pub fossil_fuel: Ratio,
    /// Relative standard deviation of wood and peat prices, together.
    pub solid_fuel: Ratio,
    /// Relative standard deviation of the carbon price.
    pub carbon: Ratio,
    /// Relative standard deviation of the investment.
    pub investment: Ratio,
    /// Relative standard deviation of the heat pumps' efficiency.
    pub heat_pump_efficiency: Ratio,
    /// Chance that the data centre fills late.
    pub delay_chance: Ratio,
    /// Most years by which it is late then.
    pub delay_years: u32,
    /// Chance in every year after the first that the data centre leaves for good.
    pub leave_chance: Ratio,
    /// Samples a whole run draws; zero: none.
    pub samples: u32,
    /// Seed of these samples.
    pub seed: u64,
    /// The lines of these inputs: they bear on samples only, so they stand apart from
    /// [`Study::assumptions`].
    pub register: Vec<Assumption>,
}

/// How sure a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Stated in the study.
    Given,
    /// A documented default.
    Default,
    /// Worked out from other inputs.
    Derived,
}

/// One line of the input register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assumption {
    /// Key in the study file: `network.return_temperature_c`.
    pub key: String,
    /// Value as shown.
    pub value: String,
    /// Unit as shown.
    pub unit: String,
    /// Where the value comes from.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// One input file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// Path relative to the study folder.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// BLAKE3 hash, hexadecimal.
    pub blake3: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_slides_between_its_ends_and_is_level_beyond() {
        let curve = TemperatureCurve {
            cold_outdoor: Temperature::from_c(-26.0),
            at_cold: Temperature::from_c(95.0),
            mild_outdoor: Temperature::from_c(8.0),
            at_mild: Temperature::from_c(70.0),
        };
        assert!((curve.at(Temperature::from_c(-40.0)).c() - 95.0).abs() < 1e-9);
        assert!((curve.at(Temperature::from_c(-9.0)).c() - 82.5).abs() < 1e-9);
        assert!((curve.at(Temperature::from_c(30.0)).c() - 70.0).abs() < 1e-9);
    }
}
