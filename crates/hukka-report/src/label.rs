//! Names of the model's words in prose.

use crate::inputs::Inputs;
use hukka_model::{
    CapturePoint, Confidence, CoolingKind, Fuel, NodeKind, Party, Severity, SolveStatus,
    TrenchKind, UnconnectedReason, UnitKind, VerdictKind,
};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Three-letter name of a month counted from 1.
pub(crate) fn month(number: u8) -> &'static str {
    MONTHS
        .get(usize::from(number).wrapping_sub(1))
        .copied()
        .unwrap_or("?")
}

/// Name of a unit of the plan; the id is added where the kind alone would be ambiguous.
pub(crate) fn unit(inputs: &Inputs<'_>, kind: UnitKind, id: &str) -> String {
    match kind {
        UnitKind::HeatPump(_) if inputs.design.heat_pumps.len() == 1 => "Heat pump".to_owned(),
        UnitKind::HeatPump(_) => format!("Heat pump {id}"),
        UnitKind::Boiler(index) => {
            let Some(boiler) = inputs.design.boilers.get(index) else {
                return format!("Boiler {id}");
            };
            let same = |other: &&hukka_model::Boiler| other.fuel == boiler.fuel;
            if inputs.design.boilers.iter().filter(same).count() == 1 {
                boiler_of(boiler.fuel).to_owned()
            } else {
                format!("{} {id}", boiler_of(boiler.fuel))
            }
        }
    }
}

/// Name of a boiler by its fuel.
pub(crate) const fn boiler_of(fuel: Fuel) -> &'static str {
    match fuel {
        Fuel::Gas => "Gas boiler",
        Fuel::Oil => "Oil boiler",
        Fuel::WoodChip => "Wood-chip boiler",
        Fuel::Peat => "Peat boiler",
        Fuel::Electricity => "Electric boiler",
    }
}

/// Why a consumer is left out.
pub(crate) const fn reason(reason: UnconnectedReason) -> &'static str {
    match reason {
        UnconnectedReason::NotWorthPipe => "its heat does not pay for its pipe",
        UnconnectedReason::TooSmall => "needs too little heat",
        UnconnectedReason::TooFarFromStreet => "too far from any street",
        UnconnectedReason::NoStreetToPlant => "its streets do not reach the plant",
        UnconnectedReason::NotWilling => "not willing, or excluded by the study",
    }
}

/// Why a consumer is left out, as a key.
pub(crate) const fn reason_key(reason: UnconnectedReason) -> &'static str {
    match reason {
        UnconnectedReason::NotWorthPipe => "not_worth_pipe",
        UnconnectedReason::TooSmall => "too_small",
        UnconnectedReason::TooFarFromStreet => "too_far_from_street",
        UnconnectedReason::NoStreetToPlant => "no_street_to_plant",
        UnconnectedReason::NotWilling => "not_willing",
    }
}

/// A verdict as a key.
pub(crate) const fn verdict_key(kind: VerdictKind) -> &'static str {
    match kind {
        VerdictKind::Go => "go",
        VerdictKind::NoGo => "no_go",
    }
}

/// A trench's role as a key.
pub(crate) const fn trench_key(kind: TrenchKind) -> &'static str {
    match kind {
        TrenchKind::Transmission => "transmission",
        TrenchKind::Street => "street",
        TrenchKind::Service => "service",
    }
}

/// A node's kind as a key.
pub(crate) const fn node_key(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Plant => "plant",
        NodeKind::Source => "source",
        NodeKind::Junction => "junction",
        NodeKind::Consumer => "consumer",
    }
}

/// How a solver ended, in words.
pub(crate) const fn status(status: SolveStatus) -> &'static str {
    match status {
        SolveStatus::Converged => "converged",
        SolveStatus::MaxIterations => "stopped at the limit of iterations",
        SolveStatus::Stopped => "stopped",
        SolveStatus::Infeasible => "infeasible",
        SolveStatus::NumericalTrouble => "numerical trouble",
    }
}

/// How a solver ended, as a key.
pub(crate) const fn status_key(status: SolveStatus) -> &'static str {
    match status {
        SolveStatus::Converged => "converged",
        SolveStatus::MaxIterations => "max_iterations",
        SolveStatus::Stopped => "stopped",
        SolveStatus::Infeasible => "infeasible",
        SolveStatus::NumericalTrouble => "numerical_trouble",
    }
}

/// A party to the money.
pub(crate) const fn party(party: Party) -> &'static str {
    match party {
        Party::HeatCompany => "Heat company",
        Party::DataCentre => "Data centre",
        Party::Customers => "Customers",
        Party::ElectricityMarket => "Electricity market",
        Party::ElectricityGrid => "Electricity grid",
        Party::FuelSuppliers => "Fuel suppliers",
        Party::State => "State (tax, carbon)",
        Party::Contractors => "Builders and upkeep",
        Party::Municipality => "Municipality",
    }
}

/// What the servers are cooled with.
pub(crate) const fn cooling(kind: CoolingKind) -> &'static str {
    match kind {
        CoolingKind::CrahChilledWater => "room coils on chilled water",
        CoolingKind::InRow => "coils between the racks",
        CoolingKind::DirectAirEconomiser => "outdoor air blown through",
        CoolingKind::RearDoor => "rear-door heat exchangers",
        CoolingKind::AirEconomiser => "an indirect air-side economiser",
        CoolingKind::DirectToChip => "cold plates on the chips",
        CoolingKind::Immersion => "immersion in coolant",
    }
}

/// Where the heat is taken.
pub(crate) const fn capture(point: CapturePoint) -> &'static str {
    match point {
        CapturePoint::ExhaustAir => "exhaust air",
        CapturePoint::ReturnAir => "return air",
        CapturePoint::ChilledWaterReturn => "chilled-water return",
        CapturePoint::CondenserWater => "condenser water",
        CapturePoint::FacilityWater => "facility water",
    }
}

/// How sure a number is.
pub(crate) const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Given => "given",
        Confidence::Default => "default",
        Confidence::Derived => "derived",
    }
}

/// Weight of a diagnostic.
pub(crate) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
