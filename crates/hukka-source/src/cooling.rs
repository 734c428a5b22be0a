//! The data centre's own cooling: when the chiller runs, and what rejecting heat costs.
//!
//! SI: kelvin, watts; costs are watts of electricity per watt of heat.

use crate::modes::Temperatures;
use hukka_model::{CapturePoint, CoolingKind, DataCentre};
use hukka_units::{Temperature, TemperatureDifference};

/// Outdoor temperature at which the chiller's COP is stated: 20 °C.
pub const REFERENCE_OUTDOOR_K: f64 = 293.15;
/// Condensing temperature above outdoor air.
const CONDENSER_APPROACH_K: f64 = 15.0;
/// Evaporating temperature below the supply temperature.
const EVAPORATOR_APPROACH_K: f64 = 7.0;
/// Smallest lift a chiller works at.
const MIN_CHILLER_LIFT_K: f64 = 15.0;
/// Bounds of the correction for outdoor temperature.
const CORRECTION: (f64, f64) = (0.6, 1.5);
/// A loop that is said to warm by less is treated as an ordinary one.
pub(crate) const MIN_LOOP_RISE_K: f64 = 2.0;
/// Chilled water for the air that liquid cooling leaves: 18 °C, warmed by 8 K.
const ROOM_SUPPLY_K: f64 = 291.15;
const ROOM_RISE_K: f64 = 8.0;
/// Shares this close to one are one.
const ROUNDING: f64 = 1e-9;

/// Share of the heat that the chiller has to carry.
///
/// Outdoor air cools the loop to `T_out + a`; the rest of the way from return to supply is the
/// chiller's: `s = clamp((T_out + a − T_supply) / (T_return − T_supply), 0, 1)`. Zero is free
/// cooling, one is mechanical cooling, between them both work in series.
///
/// # Assumptions  dry outdoor temperature; constant loop temperatures; no dwell time between modes
/// # Valid for    `T_return > T_supply`
/// # Source       mode borders of the water-side economiser in the Modelica Buildings library
pub fn mechanical_share(outdoor: f64, approach: f64, supply: f64, rise: f64) -> f64 {
    ((outdoor + approach - supply) / rise).clamp(0.0, 1.0)
}

/// COP of the chiller over outdoor temperature.
///
/// Carnot-like: `COP = COP_ref · L(T_ref) / L(T_out)` with the lift
/// `L(T) = max(T + 15 K − (T_supply − 7 K), 15 K)` and `T_ref = 20 °C`; the correction stays within
/// 0.6–1.5.
///
/// # Valid for  outdoor −10–45 °C; within 9 % of the chiller curve of dc-eh (Depoorter and Oró) at
///   15–35 °C for chilled water of 10 °C
/// # Source     Carnot 1824 with fixed approaches
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChillerLaw {
    /// COP at [`REFERENCE_OUTDOOR_K`].
    pub reference_cop: f64,
    /// Supply temperature of the loop, kelvin.
    pub supply: f64,
}

impl ChillerLaw {
    /// The COP at an outdoor temperature in kelvin.
    pub fn cop(&self, outdoor: f64) -> f64 {
        let lift = |t: f64| {
            (t + CONDENSER_APPROACH_K - self.supply + EVAPORATOR_APPROACH_K).max(MIN_CHILLER_LIFT_K)
        };
        let correction = lift(REFERENCE_OUTDOOR_K) / lift(outdoor);
        self.reference_cop * correction.clamp(CORRECTION.0, CORRECTION.1)
    }
}

/// What the cooling of one hour costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct HourlyCost {
    /// Electricity to reject one watt when nobody takes heat.
    pub(crate) rejection: f64,
    /// Electricity saved by taking one watt at the capture point; negative where taking it makes
    /// the chiller run that could stand still.
    pub(crate) saved: f64,
    /// Share of the heat the chiller carries when nobody takes heat.
    pub(crate) mechanical_share: f64,
    /// Of `rejection`, the compressor's part.
    pub(crate) compressor: f64,
    /// Of `saved`, the compressor's part.
    pub(crate) compressor_saved: f64,
}

/// The cooling plant of one data centre.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CoolingPlant {
    chiller: ChillerLaw,
    capture: CapturePoint,
    approach: f64,
    rise: f64,
    free_cost: f64,
}

impl CoolingPlant {
    pub(crate) fn new(centre: &DataCentre) -> Self {
        let supply = centre.cooling_supply_temperature.k();
        Self {
            chiller: ChillerLaw {
                reference_cop: centre.chiller_cop.fraction(),
                supply,
            },
            capture: centre.capture,
            approach: approach(centre.cooling),
            rise: loop_rise(centre),
            free_cost: centre.free_cooling_share.fraction(),
        }
    }

    /// The room coils that cool what liquid leaves in the air; `None` where liquid cools nothing.
    pub(crate) fn of_air_remainder(centre: &DataCentre) -> Option<Self> {
        let is_liquid = matches!(
            centre.cooling,
            CoolingKind::DirectToChip | CoolingKind::Immersion
        );
        let whole = Self::new(centre);
        is_liquid.then_some(Self {
            chiller: ChillerLaw {
                supply: ROOM_SUPPLY_K.min(whole.chiller.supply),
                ..whole.chiller
            },
            approach: approach(CoolingKind::CrahChilledWater),
            rise: ROOM_RISE_K,
            ..whole
        })
    }

    /// Costs of one hour without memory: the chiller does what outdoor air cannot.
    pub(crate) fn hour(&self, outdoor: f64) -> HourlyCost {
        let share = mechanical_share(outdoor, self.approach, self.chiller.supply, self.rise);
        self.with_share(outdoor, share)
    }

    /// Temperatures of the loop that cools the servers.
    pub(crate) fn supply_and_return(&self) -> (Temperature, Temperature) {
        let supply = Temperature::from_k(self.chiller.supply);
        let rise = TemperatureDifference::from_kelvin(self.rise);
        (supply, supply + rise)
    }

    /// The loop after outdoor air has cooled it, the supply wanted, and what comes back.
    pub(crate) fn temperatures(&self, outdoor: f64) -> Temperatures {
        Temperatures {
            after_outdoor: outdoor + self.approach,
            set_point: self.chiller.supply,
            back: self.chiller.supply + self.rise,
        }
    }

    /// Share of the heat the chiller carries while it helps outdoor air.
    pub(crate) fn partial_share(&self, outdoor: f64) -> f64 {
        mechanical_share(outdoor, self.approach, self.chiller.supply, self.rise)
    }

    /// Costs of one hour in which the chiller carries a share of the heat.
    ///
    /// Free cooling costs `f` per heat rejected, also for the heat of the chiller's compressor, so
    /// `rejection = f + s (1 + f) / COP`. Heat taken before the cooling plant (return air, chilled
    /// water, facility water) saves all of it; exhaust air has been paid for already and saves
    /// nothing. Heat taken at the condenser needs the chiller: a watt there carries
    /// `COP/(COP + 1)` of server heat, so `saved = [f (COP + s) − (1 − s)] / (COP + 1)`; the
    /// chiller then condenses at the source temperature and keeps its stated COP.
    pub(crate) fn with_share(&self, outdoor: f64, share: f64) -> HourlyCost {
        let free = self.free_cost;
        let is_condenser = self.capture == CapturePoint::CondenserWater;
        let cop = if is_condenser {
            self.chiller.reference_cop
        } else {
            self.chiller.cop(outdoor)
        };
        let rejection = free + share * (1.0 + free) / cop;
        let saved = match self.capture {
            CapturePoint::ReturnAir
            | CapturePoint::ChilledWaterReturn
            | CapturePoint::FacilityWater => rejection,
            CapturePoint::ExhaustAir => 0.0,
            CapturePoint::CondenserWater => (free * (cop + share) - (1.0 - share)) / (cop + 1.0),
        };
        let compressor = share / cop;
        let compressor_saved = match self.capture {
            CapturePoint::ReturnAir
            | CapturePoint::ChilledWaterReturn
            | CapturePoint::FacilityWater => compressor,
            CapturePoint::ExhaustAir => 0.0,
            CapturePoint::CondenserWater => -(1.0 - share) / (cop + 1.0),
        };
        HourlyCost {
            rejection,
            saved,
            mechanical_share: share,
            compressor,
            compressor_saved,
        }
    }
}

/// How close outdoor air brings the loop to its own temperature.
///
/// # Source  3 K over the air exchanger as in dc-eh; 5 K over a dry cooler; 1 K from fans where
///   outdoor air itself is blown through, usual practice
const fn approach(cooling: CoolingKind) -> f64 {
    match cooling {
        CoolingKind::DirectAirEconomiser => 1.0,
        CoolingKind::AirEconomiser => 3.0,
        CoolingKind::CrahChilledWater
        | CoolingKind::InRow
        | CoolingKind::RearDoor
        | CoolingKind::DirectToChip
        | CoolingKind::Immersion => 5.0,
    }
}

/// Temperature rise of the cooled loop: the source's own where the source is the loop.
fn loop_rise(centre: &DataCentre) -> f64 {
    if let Some(own) = source_rise(centre).filter(|_| is_in_loop(centre)) {
        return own;
    }
    match centre.cooling {
        CoolingKind::CrahChilledWater | CoolingKind::InRow => 8.0,
        CoolingKind::RearDoor => 7.0,
        CoolingKind::AirEconomiser | CoolingKind::DirectAirEconomiser => 13.0,
        CoolingKind::DirectToChip | CoolingKind::Immersion => 10.0,
    }
}

/// How much warmer than its coldest the source water is, kelvin; `None` where that is unknown or
/// less than any loop has.
pub(crate) fn source_rise(centre: &DataCentre) -> Option<f64> {
    let coldest = centre.coldest_source()?;
    let rise = (centre.source_temperature - coldest).kelvin();
    (rise >= MIN_LOOP_RISE_K).then_some(rise)
}

/// Share of the captured heat that the heat pump takes from the source water.
///
/// `min(1, ΔT_cooled / (T_source − T_coldest))`: the stream carries its heat in proportion to the
/// temperature it gives up; what is left goes on to the data centre's own cooling. 1 where the
/// coldest temperature is unknown (exhaust air, condenser water).
///
/// # Assumptions  the whole stream passes the heat pump; equal approach at both ends of a coil
/// # Source       energy balance of a stream of constant specific heat
pub(crate) fn taken_share(centre: &DataCentre) -> f64 {
    source_rise(centre).map_or(1.0, |rise| {
        let share = centre.source_cooling.kelvin() / rise;
        if share > 1.0 - ROUNDING { 1.0 } else { share }
    })
}

/// Whether air is cooled by outdoor air, not by water.
pub(crate) const fn is_air_side(cooling: CoolingKind) -> bool {
    matches!(
        cooling,
        CoolingKind::AirEconomiser | CoolingKind::DirectAirEconomiser
    )
}

/// Whether heat is taken from the very loop that the supply temperature belongs to.
pub(crate) fn is_in_loop(centre: &DataCentre) -> bool {
    match centre.capture {
        CapturePoint::ChilledWaterReturn | CapturePoint::FacilityWater => true,
        CapturePoint::ReturnAir => is_air_side(centre.cooling),
        CapturePoint::ExhaustAir | CapturePoint::CondenserWater => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cooling_goes_from_free_to_mechanical_without_a_jump() {
        let at = |c: f64| mechanical_share(c, 5.0, 18.0, 8.0);
        assert!(at(13.0).abs() < 1e-12 && at(-20.0).abs() < 1e-12);
        assert!((at(17.0) - 0.5).abs() < 1e-12);
        assert!((at(21.0) - 1.0).abs() < 1e-12 && (at(35.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_chiller_keeps_its_stated_cop_at_twenty_degrees() {
        let law = ChillerLaw {
            reference_cop: 4.3,
            supply: 291.15,
        };
        assert!((law.cop(REFERENCE_OUTDOOR_K) - 4.3).abs() < 1e-12);
    }

    #[test]
    fn the_chiller_follows_a_published_curve_within_nine_percent() {
        let published =
            |t: f64| 1.082_01e-5 * t.powi(3) - 8.052_06e-4 * t.powi(2) - 0.062_245_1 * t + 5.820_23;
        let law = ChillerLaw {
            reference_cop: published(20.0),
            supply: 283.15,
        };
        for t in [15.0, 20.0, 25.0, 30.0, 35.0] {
            let relative = law.cop(t + 273.15) / published(t) - 1.0;
            assert!(relative.abs() < 0.09, "{t} °C: {:.1} %", relative * 100.0);
        }
    }

    proptest! {
        #[test]
        fn a_hotter_day_never_makes_cooling_cheaper(
            outdoor in -30.0..40.0_f64, hotter in 0.0..10.0_f64, supply in 10.0..45.0_f64,
        ) {
            let plant = CoolingPlant {
                chiller: ChillerLaw { reference_cop: 4.3, supply: supply + 273.15 },
                capture: CapturePoint::ReturnAir, approach: 5.0, rise: 8.0, free_cost: 0.03,
            };
            let (cool, hot) = (plant.hour(outdoor + 273.15), plant.hour(outdoor + hotter + 273.15));
            prop_assert!(hot.rejection >= cool.rejection - 1e-12);
            prop_assert!(hot.saved <= hot.rejection + 1e-12);
        }
    }
}
