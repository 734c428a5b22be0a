//! Two owners of one system: the contract on heat between them, and the account of both. The
//! account is made by `hukka-dispatch`.

use crate::assessment::Party;
use crate::study::Study;
use hukka_units::{EnergyPrice, HeatEnergy, Money, Temperature};
use serde::{Deserialize, Serialize};

/// What the heat company pays a data centre for the heat it draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContractTerms {
    /// Nothing.
    Free,
    /// One price.
    Fixed {
        /// Price of source heat.
        price: EnergyPrice,
    },
    /// A price on a straight line by outdoor temperature between two points, level beyond them.
    TemperatureIndexed {
        /// Outdoor temperature of the cold end.
        cold_outdoor: Temperature,
        /// Price there and below.
        at_cold: EnergyPrice,
        /// Outdoor temperature of the mild end.
        mild_outdoor: Temperature,
        /// Price there and above.
        at_mild: EnergyPrice,
    },
    /// One price; a volume is paid for whether it is drawn or not.
    TakeOrPay {
        /// Price of source heat.
        price: EnergyPrice,
        /// Volume of the year.
        minimum: HeatEnergy,
    },
    /// A price for each hour, published a day ahead.
    DayAhead {
        /// Price of source heat by hour.
        price: Vec<EnergyPrice>,
    },
}

impl ContractTerms {
    /// Name in words.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Free => "free heat",
            Self::Fixed { .. } => "fixed price",
            Self::TemperatureIndexed { .. } => "price by outdoor temperature",
            Self::TakeOrPay { .. } => "take or pay",
            Self::DayAhead { .. } => "price published a day ahead",
        }
    }

    /// Name for machines: the word in the study file.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Fixed { .. } => "fixed",
            Self::TemperatureIndexed { .. } => "temperature_indexed",
            Self::TakeOrPay { .. } => "take_or_pay",
            Self::DayAhead { .. } => "day_ahead",
        }
    }

    /// Price in an hour; `None` where a published series has no value.
    pub fn price(&self, step: usize, outdoor: Temperature) -> Option<EnergyPrice> {
        match self {
            Self::Free => Some(EnergyPrice::ZERO),
            Self::Fixed { price } | Self::TakeOrPay { price, .. } => Some(*price),
            Self::TemperatureIndexed {
                cold_outdoor,
                at_cold,
                mild_outdoor,
                at_mild,
            } => {
                let span = (*mild_outdoor - *cold_outdoor).kelvin();
                if span <= 0.0 {
                    return Some(*at_cold);
                }
                let share = ((outdoor - *cold_outdoor).kelvin() / span).clamp(0.0, 1.0);
                Some(*at_cold + (*at_mild - *at_cold) * share)
            }
            Self::DayAhead { price } => price.get(step).copied(),
        }
    }

    /// Volume that is paid for in any case.
    pub const fn minimum(&self) -> HeatEnergy {
        match self {
            Self::TakeOrPay { minimum, .. } => *minimum,
            _ => HeatEnergy::ZERO,
        }
    }
}

/// A contract on the heat of all data centres.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeatContract {
    /// What is paid.
    pub terms: ContractTerms,
    /// What handing over a unit of heat costs the data centre, saved cooling not counted.
    pub supply_cost: EnergyPrice,
}

impl Study {
    /// What the heat company pays a data centre for heat in an hour: by the contract, else the
    /// data centre's own price; `None` where there is no such data centre, hour or price.
    pub fn source_heat_price(&self, data_centre: usize, step: usize) -> Option<EnergyPrice> {
        match &self.contract {
            Some(contract) => {
                let outdoor = *self.weather.outdoor_temperature.get(step)?;
                contract.terms.price(step, outdoor)
            }
            None => Some(self.data_centres.get(data_centre)?.heat_price),
        }
    }
}

/// What money is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// Heat sold to customers.
    HeatSold,
    /// Heat of the data centre, at the contract's price.
    SourceHeat,
    /// Volume paid for but not drawn; booked in the last hour.
    MinimumVolume,
    /// Electricity of heat pumps: day-ahead, fee, tax.
    HeatPumpElectricity,
    /// Electricity of boilers.
    BoilerElectricity,
    /// Electricity of network pumps.
    NetworkElectricity,
    /// Fuel before carbon.
    Fuel,
    /// Carbon of fuel.
    Carbon,
    /// Upkeep that goes with heat made.
    Upkeep,
    /// Heat that cannot be supplied, at the price of it.
    Unserved,
    /// Electricity of cooling that is not needed because heat is taken.
    SavedCooling,
    /// What handing over heat costs the data centre.
    HeatSupply,
}

impl AccountKind {
    /// Name in words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::HeatSold => "heat sold to customers",
            Self::SourceHeat => "heat of the data centre",
            Self::MinimumVolume => "volume paid for, not drawn",
            Self::HeatPumpElectricity => "electricity of heat pumps",
            Self::BoilerElectricity => "electricity of boilers",
            Self::NetworkElectricity => "electricity of network pumps",
            Self::Fuel => "fuel",
            Self::Carbon => "carbon of fuel",
            Self::Upkeep => "upkeep by use",
            Self::Unserved => "heat not supplied, at its price",
            Self::SavedCooling => "electricity of cooling saved",
            Self::HeatSupply => "handing over heat",
        }
    }

    /// Name in columns.
    pub const fn key(self) -> &'static str {
        match self {
            Self::HeatSold => "heat_sold",
            Self::SourceHeat => "source_heat",
            Self::MinimumVolume => "minimum_volume",
            Self::HeatPumpElectricity => "heat_pump_electricity",
            Self::BoilerElectricity => "boiler_electricity",
            Self::NetworkElectricity => "network_electricity",
            Self::Fuel => "fuel",
            Self::Carbon => "carbon",
            Self::Upkeep => "upkeep",
            Self::Unserved => "unserved",
            Self::SavedCooling => "saved_cooling",
            Self::HeatSupply => "heat_supply",
        }
    }
}

/// Money of one kind through the year.
///
/// # Sign    positive in the direction named; a negative price turns it round
/// # Shapes  one value per step
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountItem {
    /// What it is for.
    pub kind: AccountKind,
    /// Received (or saved) rather than paid.
    pub is_received: bool,
    /// By hour.
    pub hourly: Vec<Money>,
    /// Over the year.
    pub year: Money,
}

/// The running account of one owner under the study's contract.
///
/// Invariant: `net = received − paid`, each the sum of its items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnerAccount {
    /// Heat company or data centre.
    pub party: Party,
    /// Id of the data centre; `None` for the heat company.
    pub data_centre: Option<String>,
    /// What is received, then what is paid.
    pub items: Vec<AccountItem>,
    /// Received over the year.
    pub received: Money,
    /// Paid over the year.
    pub paid: Money,
    /// Received less paid.
    pub net: Money,
    /// Received less paid, by hour.
    pub net_hourly: Vec<Money>,
    /// Heat sold by the heat company, heat drawn from the data centre.
    pub energy: HeatEnergy,
    /// Received, paid and net over that heat; `None` without heat.
    pub per_heat: Option<[EnergyPrice; 3]>,
}

/// What a contract makes of the year.
///
/// Invariant: `utility_gain + data_centre_gain + loss` is what the data centre's heat is worth to
/// both together in the joint optimum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContractOutcome {
    /// The contract; a published price is given hour by hour.
    pub terms: ContractTerms,
    /// Mean price of the heat drawn, volume not drawn included; `None` without heat.
    pub mean_price: Option<EnergyPrice>,
    /// Heat drawn from the data centres.
    pub drawn: HeatEnergy,
    /// Paid to the data centres.
    pub payment: Money,
    /// What running costs both together; payments between them cancel.
    pub system_cost: Money,
    /// What the heat company runs cheaper by than without the data centre's heat.
    pub utility_gain: Money,
    /// What the data centres earn: payment and saved cooling less the cost of handing over heat.
    pub data_centre_gain: Money,
    /// System cost above that of the joint optimum.
    pub loss: Money,
    /// Hours in which a data centre with heat on offer rather keeps it.
    pub withheld_hours: u32,
}

/// Both owners' money at full fill.
///
/// Invariant: `Σ net of accounts = heat sold − outcome.system_cost`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnersAccount {
    /// What running costs both together at the joint optimum.
    pub joint_cost: Money,
    /// Heat drawn then.
    pub joint_drawn: HeatEnergy,
    /// What running costs the heat company without the data centre's heat, same machines.
    pub without_cost: Money,
    /// Heat that cannot be supplied then.
    pub without_unserved: HeatEnergy,
    /// The study's contract.
    pub outcome: ContractOutcome,
    /// The heat company, then the data centres, under the study's contract.
    pub accounts: Vec<OwnerAccount>,
    /// Fixed price at which the joint optimum's gain is shared in halves; `None` without a gain.
    pub sharing_price: Option<EnergyPrice>,
    /// Other contracts, with prices that share the gain of the joint optimum in halves.
    pub comparison: Vec<ContractOutcome>,
}
