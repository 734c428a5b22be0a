//! The nouns of hukka: plain data with invariants, handed from stage to stage by the facade.
//!
//! `Study → HeatDemand, HeatSource → Design → NetworkState → DispatchPlan → Assessment`
//!
//! Invariants: no input or output, no algorithms beyond looking a value up; one noun per file;
//! every quantity is a unit newtype, every hourly series has one value per step of the
//! [`TimeAxis`], and absence is `Option`, never NaN.

pub mod assessment;
pub mod catalogue;
pub mod compliance;
pub mod demand;
pub mod design;
pub mod design_case;
pub mod diagnostic;
pub mod dispatch;
pub mod dispatch_case;
pub mod geography;
pub mod heat_pump;
pub mod money;
pub mod network;
pub mod network_case;
pub mod owners;
pub mod plant;
pub mod sample;
pub mod source;
pub mod standard_profile;
pub mod stock;
pub mod study;
pub mod time;
pub mod uncertainty;

pub use assessment::{
    Assessment, Balance, BreakEven, CashFlowYear, Driver, Kilometre, Kpis, Party, Payment, Verdict,
    VerdictKind,
};
pub use catalogue::{CATALOGUE, InsulationSeries, PipeType};
pub use compliance::{
    Compliance, FieldValue, Finding, IndicatorSheet, MeteringBoundary, Regulation, ReportField,
    RuleFinding, Wording,
};
pub use demand::{ConsumerDemand, DemandProfile, HeatDemand};
pub use design::{
    CapexItem, ConnectedConsumer, Design, DistributionLoss, NetworkNode, NodeKind,
    SourceConnection, Trench, TrenchKind, UnconnectedConsumer, UnconnectedReason,
};
pub use design_case::{
    BuiltEdge, ConnectionMode, DesignCase, DesignConsumer, DesignEconomics, DesignEdge, DesignNode,
    DesignOutcome, DesignPipe, DesignSolution, DesignSource, DesignStatus, DesignStep, LinearPipe,
    Objective,
};
pub use diagnostic::{Diagnostic, Place, Severity};
pub use dispatch::{DispatchPlan, SolveStatus, StorePlan, UnitKind, UnitPlan};
pub use dispatch_case::{
    CarbonRule, CaseContract, CaseElectricity, CaseForecast, CaseFuel, CaseHeatSource, CaseOwners,
    CasePlan, CaseStore, CaseUnit, CaseUnitKind, Commitment, CoolingPlant, DispatchCase,
    DispatchMode, HeatDump, ReserveMarket, RollingRule, WindowEnds,
};
pub use geography::{Position, Projection};
pub use heat_pump::{CompressorKind, CopTable, HeatPumpModel, PumpArrangement};
pub use money::{
    CapexRange, ContractTerm, CostOfCapital, GrantGiver, Likelihood, MoneyAccount, NominalYear,
    PartyFlow, PriceBand, PriceGrowth, Risk, nominal_rate, real_rate,
};
pub use network::{
    NetworkHourly, NetworkSnapshot, NetworkState, SupplyAccount, SupplyChoice, TrenchResult,
};
pub use owners::{
    AccountItem, AccountKind, ContractOutcome, ContractTerms, HeatContract, OwnerAccount,
    OwnersAccount,
};
pub use plant::{Boiler, Fuel, HeatPump, Store, StoreKind};
pub use source::{
    CapturePoint, CoolingHours, CoolingKind, CoolingModel, CoolingUnits, DataCentre, Hall,
    HeatRejection, HeatSource, LegalFacts, ModeRules, Resilience, ReuseException, UnmetCooling,
    Utilisation,
};
pub use standard_profile::{ProfileCustomer, ProfileLaw, StandardProfile};
pub use stock::{Process, Renovation, RenovationOrder, StockPlan};
pub use study::{
    Assumption, Building, BuildingUse, Confidence, Counterfactual, DesignRules, EmissionFactors,
    ExistingPipe, ExtremeYear, InputFile, LumpedDemand, Meter, MoneyRules, NetworkRules,
    PlaceRules, Prices, Street, Study, SupplyLevels, TemperatureCurve, UncertaintyRules, Weather,
};
pub use time::{CalendarDate, LocalHour, TimeAxis};
pub use uncertainty::{FigureSpread, ScenarioMatrix, TornadoBar, UncertaintyResult, WhatIfAnswer};
