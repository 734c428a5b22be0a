//! The data centre as the study gives it, and the heat it offers hour by hour.

use crate::geography::Position;
use crate::time::CalendarDate;
use hukka_units::{
    ElectricPower, EnergyPrice, HeatPower, MassFlow, Ratio, Temperature, TemperatureDifference,
    TimeSpan, Volume,
};
use serde::{Deserialize, Serialize};

/// What the servers are cooled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoolingKind {
    /// Room air through coils fed with chilled water.
    CrahChilledWater,
    /// Coils between the racks, fed with chilled water.
    InRow,
    /// Rear-door heat exchangers.
    RearDoor,
    /// Indirect air-side economiser.
    AirEconomiser,
    /// Outdoor air blown through the room.
    DirectAirEconomiser,
    /// Cold plates on the chips, the rest in air.
    DirectToChip,
    /// Servers in a bath of coolant.
    Immersion,
}

/// Where the heat is taken from the data centre: decides how warm it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapturePoint {
    /// Air leaving the building after the economiser.
    ExhaustAir,
    /// Warm air on its way back to the room coils.
    ReturnAir,
    /// Chilled water on its way back to the chiller.
    ChilledWaterReturn,
    /// Water leaving the chiller's condenser.
    CondenserWater,
    /// Warm water leaving the liquid-cooled servers.
    FacilityWater,
}

/// How busy the installed servers are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Utilisation {
    /// The same all year.
    Constant(Ratio),
    /// One value per hour of the study year.
    Hourly(Vec<Ratio>),
}

/// How the data centre's own cooling is followed through the year.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoolingModel {
    /// The chiller does what outdoor air cannot, hour by hour, without memory.
    Proportional,
    /// Free, partial and full mechanical cooling with dead band and dwell time.
    Modes(ModeRules),
    /// The hourly model of an indirect economiser published as dc-eh; heat is that of its exhaust.
    DcEh,
}

/// When cooling may change between free, partial and full mechanical operation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ModeRules {
    /// A condition has to hold this long before the mode changes.
    pub dwell: TimeSpan,
    /// Temperature by which a condition has to be met or missed.
    pub dead_band: TemperatureDifference,
}

/// How heat leaves the site when nobody takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeatRejection {
    /// Dry coolers: no water.
    Dry,
    /// Cooling towers: water evaporates.
    WetTower,
}

/// Cooling units that carry the heat when nobody takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoolingUnits {
    /// Units installed, all equal.
    pub installed: u32,
    /// How many of them are spare at full load: 1 is N+1.
    pub spare: u32,
}

/// A part of the data centre that fills up and works by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hall {
    /// Id, unique in the study.
    pub id: String,
    /// Electric power of all installed servers at full use.
    pub it_load: ElectricPower,
    /// Share of the installed load present, by operating year from 1; the last value stays.
    pub fill: Vec<Ratio>,
    /// How busy the servers are.
    pub utilisation: Utilisation,
    /// Share of full power drawn by idle servers.
    pub idle_share: Ratio,
}

/// A data centre as the study gives it; every default already filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DataCentre {
    /// Id, unique in the study.
    pub id: String,
    /// Where it stands; `None` only in a study without a map.
    pub position: Option<Position>,
    /// Electric power of all installed servers at full use.
    pub it_load: ElectricPower,
    /// Share of the installed load present, by operating year from 1; the last value stays.
    pub fill: Vec<Ratio>,
    /// How busy the servers are.
    pub utilisation: Utilisation,
    /// Share of full power drawn by idle servers.
    pub idle_share: Ratio,
    /// What the servers are cooled with.
    pub cooling: CoolingKind,
    /// Where the heat is taken.
    pub capture: CapturePoint,
    /// Share of the heat that reaches the capture point.
    pub capture_share: Ratio,
    /// Temperature of the water that reaches the heat pump: behind the coil where air is cooled.
    pub source_temperature: Temperature,
    /// How far the heat pump cools that water.
    pub source_cooling: TemperatureDifference,
    /// Losses of the power supply (UPS, transformers), share of IT power at full load.
    pub power_loss_share: Ratio,
    /// Fans and pumps, share of IT power at full load.
    pub fan_share: Ratio,
    /// Supply temperature the room or the water loop needs: decides free-cooling hours.
    pub cooling_supply_temperature: Temperature,
    /// COP of the data centre's own chiller when mechanical cooling runs.
    pub chiller_cop: Ratio,
    /// Electricity of free cooling (dry coolers, pumps) per heat rejected.
    pub free_cooling_share: Ratio,
    /// What the heat company pays for heat taken.
    pub heat_price: EnergyPrice,
    /// Halls that make up `it_load`; empty where the data centre is one hall. They take the place
    /// of `utilisation` and `idle_share`, and `fill` is their sum.
    pub halls: Vec<Hall>,
    /// Losses of the power supply per installed power over load `x`: `a + b x + c x²`. Takes the
    /// place of `power_loss_share`.
    pub power_loss_curve: Option<[Ratio; 3]>,
    /// How the cooling is followed through the year.
    pub cooling_model: CoolingModel,
    /// How heat leaves the site when nobody takes it.
    pub heat_rejection: HeatRejection,
    /// Units that carry the heat when nobody takes it; `None` where nothing is said.
    pub cooling_units: Option<CoolingUnits>,
    /// Heat the site can reject by itself; `None`: all of it at full load.
    pub rejection_capacity: Option<HeatPower>,
    /// What only the law asks for.
    pub legal: LegalFacts,
}

/// What the law asks of a data centre and physics does not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct LegalFacts {
    /// First day of operation.
    pub start: Option<CalendarDate>,
    /// Share of renewable electricity on the balance of a year.
    pub renewable_share: Option<Ratio>,
    /// Water taken in a year, when stated.
    pub water: Option<Volume>,
    /// Exception from the German duty to reuse heat that the operator can prove.
    pub reuse_exception: Option<ReuseException>,
}

/// Exceptions of § 11(3) EnEfG from the share of heat to be reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReuseException {
    /// No. 1: later events without the operator's fault.
    LaterEvents,
    /// No. 2: an agreement to build a network that reaches the share within ten years.
    NetworkAgreement,
    /// No. 3: an offer at production cost that the network operator did not take in six months.
    OfferRefused,
}

/// Air over water in a coil, at both of its ends.
const COIL_APPROACH_K: f64 = 5.0;

impl DataCentre {
    /// Temperature of the water to the heat pump once all heat at the capture point is taken.
    ///
    /// Water loops: the loop's supply. Coils in return air take the place of room coils fed with
    /// water of that supply, or of an economiser that supplies air, 5 K warmer than the water.
    /// `None` for exhaust air and condenser water, which the supply says nothing about.
    pub fn coldest_source(&self) -> Option<Temperature> {
        let supply = self.cooling_supply_temperature;
        match (self.capture, self.cooling) {
            (CapturePoint::ExhaustAir | CapturePoint::CondenserWater, _) => None,
            (
                CapturePoint::ReturnAir,
                CoolingKind::AirEconomiser | CoolingKind::DirectAirEconomiser,
            ) => Some(supply - TemperatureDifference::from_kelvin(COIL_APPROACH_K)),
            (
                CapturePoint::ReturnAir
                | CapturePoint::ChilledWaterReturn
                | CapturePoint::FacilityWater,
                _,
            ) => Some(supply),
        }
    }
}

/// The heat one data centre offers, hour by hour. Made by `hukka-source`.
///
/// Invariant, every hour: `it_power + auxiliary_power = recoverable + unrecoverable`, all of it
/// rejected by the data centre's own cooling unless somebody takes the recoverable part.
///
/// # Shapes  every series has one value per step
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeatSource {
    /// Id of the data centre.
    pub id: String,
    /// Index of the data centre in the study.
    pub data_centre: usize,
    /// Share of the installed load assumed present in this year.
    pub fill: Ratio,
    /// Power of the servers.
    pub it_power: Vec<ElectricPower>,
    /// Losses of power supply, fans and pumps that end up as heat in the cooled space.
    pub auxiliary_power: Vec<ElectricPower>,
    /// Electricity of the cooling plant when no heat is taken.
    pub cooling_power: Vec<ElectricPower>,
    /// Electricity of cooling saved per unit of heat taken.
    pub cooling_saved_per_heat: Vec<Ratio>,
    /// Heat at the capture point that a heat pump may take.
    pub recoverable: Vec<HeatPower>,
    /// Heat that never reaches the capture point, or stays in the stream after the heat pump.
    pub unrecoverable: Vec<HeatPower>,
    /// Temperature of the water that reaches the heat pump.
    pub source_temperature: Vec<Temperature>,
    /// Temperature to which a heat pump may cool the source stream.
    pub source_return_temperature: Vec<Temperature>,
    /// Whether the data centre's own chiller would run.
    pub is_mechanical_cooling: Vec<bool>,
    /// The data centre's own cooling in every hour.
    pub cooling: CoolingHours,
}

/// The data centre's own cooling hour by hour, and what taking heat changes in it.
///
/// Invariant, every hour, for any heat taken up to `recoverable`: servers, auxiliaries and
/// compressors give exactly the heat that is taken or rejected.
///
/// # Shapes  every series has one value per step
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoolingHours {
    /// Power of the chiller's compressors when no heat is taken.
    pub compressor_power: Vec<ElectricPower>,
    /// Compressor power saved per unit of heat taken; negative where taking it needs the chiller.
    pub compressor_saved_per_heat: Vec<Ratio>,
    /// Share of the hour in partial mechanical cooling.
    pub partial_time: Vec<Ratio>,
    /// Share of the hour in full mechanical cooling.
    pub full_time: Vec<Ratio>,
    /// Temperature of what cools the servers.
    pub supply_temperature: Vec<Temperature>,
    /// Temperature of it when it leaves them.
    pub return_temperature: Vec<Temperature>,
    /// Heat by the published definition of the model dc-eh, heat of the outdoor air included; empty
    /// for other models.
    pub published_heat: Vec<HeatPower>,
    /// Water evaporated and drained per unit of heat rejected, kg/J.
    pub water_per_heat: f64,
    /// What a failure does.
    pub resilience: Resilience,
}

/// Whether the site stays cooled when something fails.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Resilience {
    /// Nobody takes heat any more.
    pub without_district_heating: UnmetCooling,
    /// One cooling unit fails on top, `None` where the units are not known.
    pub without_one_unit: Option<UnmetCooling>,
}

/// Heat that cannot leave.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct UnmetCooling {
    /// Hours of the year.
    pub hours: u32,
    /// Most of it at a time.
    pub peak: HeatPower,
}

impl CoolingHours {
    /// Free cooling all year, nothing known but the two temperatures.
    pub fn free(steps: usize, supply: Temperature, back: Temperature) -> Self {
        Self {
            compressor_power: vec![ElectricPower::ZERO; steps],
            compressor_saved_per_heat: vec![Ratio::from_fraction(0.0); steps],
            partial_time: vec![Ratio::from_fraction(0.0); steps],
            full_time: vec![Ratio::from_fraction(0.0); steps],
            supply_temperature: vec![supply; steps],
            return_temperature: vec![back; steps],
            published_heat: Vec::new(),
            water_per_heat: 0.0,
            resilience: Resilience::default(),
        }
    }
}

impl CoolingHours {
    /// The same with the temperatures of what cools the servers.
    #[must_use]
    pub fn with_temperatures(self, supply: Vec<Temperature>, back: Vec<Temperature>) -> Self {
        Self {
            supply_temperature: supply,
            return_temperature: back,
            ..self
        }
    }
}

impl HeatSource {
    /// Power of the chiller's compressors when so much heat is taken.
    pub fn compressor_power(&self, step: usize, taken: HeatPower) -> ElectricPower {
        let saved = self.cooling.compressor_saved_per_heat[step].fraction() * taken.w();
        ElectricPower::from_w(self.cooling.compressor_power[step].w() - saved)
    }

    /// Heat the site rejects when so much heat is taken: all there is but that.
    pub fn rejected(&self, step: usize, taken: HeatPower) -> HeatPower {
        let made = self.it_power[step].w()
            + self.auxiliary_power[step].w()
            + self.compressor_power(step, taken).w();
        HeatPower::from_w(made - taken.w())
    }

    /// Facility power over server power when so much heat is taken; `None` without servers.
    ///
    /// The heat pump counts outside the data centre.
    pub fn pue(&self, step: usize, taken: HeatPower) -> Option<f64> {
        let it = self.it_power[step].w();
        let cooling =
            self.cooling_power[step].w() - self.cooling_saved_per_heat[step].fraction() * taken.w();
        (it > 0.0).then(|| (it + self.auxiliary_power[step].w() + cooling) / it)
    }

    /// Water used when so much heat is taken.
    pub fn water_use(&self, step: usize, taken: HeatPower) -> MassFlow {
        let rejected = self.rejected(step, taken).w().max(0.0);
        MassFlow::from_kg_s(rejected * self.cooling.water_per_heat)
    }
}
