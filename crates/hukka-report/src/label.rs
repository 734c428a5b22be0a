//! Names of the model's words in prose.

use crate::inputs::Inputs;
use crate::texts::{fill, say};
use hukka_model::{
    CapturePoint, Confidence, CoolingKind, Fuel, NodeKind, Party, Severity, SolveStatus,
    TrenchKind, UnconnectedReason, UnitKind, VerdictKind,
};

const MONTHS: [&str; 12] = [
    "label.month-1",
    "label.month-2",
    "label.month-3",
    "label.month-4",
    "label.month-5",
    "label.month-6",
    "label.month-7",
    "label.month-8",
    "label.month-9",
    "label.month-10",
    "label.month-11",
    "label.month-12",
];

/// Three-letter name of a month counted from 1.
pub(crate) fn month(number: u8) -> &'static str {
    MONTHS
        .get(usize::from(number).wrapping_sub(1))
        .map_or("?", |key| say(key))
}

/// Name of a unit of the plan; the id is added where the kind alone would be ambiguous.
pub(crate) fn unit(inputs: &Inputs<'_>, kind: UnitKind, id: &str) -> String {
    match kind {
        UnitKind::HeatPump(_) if inputs.design.heat_pumps.len() == 1 => {
            say("label.heat-pump-2").to_owned()
        }
        UnitKind::HeatPump(_) => fill("label.heat-pump", &[&id]),
        UnitKind::Boiler(index) => {
            let Some(boiler) = inputs.design.boilers.get(index) else {
                return fill("label.boiler", &[&id]);
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
pub(crate) fn boiler_of(fuel: Fuel) -> &'static str {
    match fuel {
        Fuel::Gas => say("label.gas-boiler"),
        Fuel::Oil => say("label.oil-boiler"),
        Fuel::WoodChip => say("label.wood-chip-boiler"),
        Fuel::Peat => say("label.peat-boiler"),
        Fuel::Electricity => say("label.electric-boiler"),
    }
}

/// Why a consumer is left out.
pub(crate) fn reason(reason: UnconnectedReason) -> &'static str {
    match reason {
        UnconnectedReason::NotWorthPipe => say("label.its-heat-does-not-pay"),
        UnconnectedReason::TooSmall => say("label.needs-too-little-heat"),
        UnconnectedReason::TooFarFromStreet => say("label.too-far-from-any-street"),
        UnconnectedReason::NoStreetToPlant => say("label.its-streets-do-not-reach"),
        UnconnectedReason::NotWilling => say("label.not-willing-or-excluded-by"),
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
pub(crate) fn status(status: SolveStatus) -> &'static str {
    match status {
        SolveStatus::Converged => say("label.converged"),
        SolveStatus::MaxIterations => say("label.stopped-at-the-limit-of"),
        SolveStatus::Stopped => say("label.stopped"),
        SolveStatus::Infeasible => say("label.infeasible"),
        SolveStatus::NumericalTrouble => say("label.numerical-trouble"),
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
pub(crate) fn party(party: Party) -> &'static str {
    match party {
        Party::HeatCompany => say("label.heat-company"),
        Party::DataCentre => say("label.data-centre"),
        Party::Customers => say("label.customers"),
        Party::ElectricityMarket => say("label.electricity-market"),
        Party::ElectricityGrid => say("label.electricity-grid"),
        Party::FuelSuppliers => say("label.fuel-suppliers"),
        Party::State => say("label.state-tax-carbon"),
        Party::Contractors => say("label.builders-and-upkeep"),
        Party::Municipality => say("label.municipality"),
    }
}

/// What the servers are cooled with.
pub(crate) fn cooling(kind: CoolingKind) -> &'static str {
    match kind {
        CoolingKind::CrahChilledWater => say("label.room-coils-on-chilled-water"),
        CoolingKind::InRow => say("label.coils-between-the-racks"),
        CoolingKind::DirectAirEconomiser => say("label.outdoor-air-blown-through"),
        CoolingKind::RearDoor => say("label.rear-door-heat-exchangers"),
        CoolingKind::AirEconomiser => say("label.an-indirect-air-side-economiser"),
        CoolingKind::DirectToChip => say("label.cold-plates-on-the-chips"),
        CoolingKind::Immersion => say("label.immersion-in-coolant"),
    }
}

/// Where the heat is taken.
pub(crate) fn capture(point: CapturePoint) -> &'static str {
    match point {
        CapturePoint::ExhaustAir => say("label.exhaust-air"),
        CapturePoint::ReturnAir => say("label.return-air"),
        CapturePoint::ChilledWaterReturn => say("label.chilled-water-return"),
        CapturePoint::CondenserWater => say("label.condenser-water"),
        CapturePoint::FacilityWater => say("label.facility-water"),
    }
}

/// How sure a number is.
pub(crate) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Given => say("label.given"),
        Confidence::Default => say("label.default"),
        Confidence::Derived => say("label.derived"),
    }
}

/// Weight of a diagnostic.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => say("label.note"),
        Severity::Warning => say("label.warning"),
        Severity::Error => say("label.error"),
    }
}
