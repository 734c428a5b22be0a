//! What kinds of assets are, and how much heat they give or take.

use super::document::{Asset, Parts, Unit, kind_of, number, unit};
use crate::fields::HEAT_W;
use crate::findings::Findings;
use roxmltree::Node;

const HOURS_PER_YEAR: f64 = 8760.0;

/// What an asset does in a heat network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Pipe,
    Joint,
    Valve,
    Producer,
    Consumer,
    /// Takes heat at one pair of ports and gives it at another.
    Exchange,
    Storage,
    /// Not known here.
    Unknown,
}

pub(super) fn role(asset: &Asset<'_>, heat_ports: usize) -> Role {
    match asset.kind {
        "Pipe" => Role::Pipe,
        kind if super::graph::is_joint(kind) => Role::Joint,
        "Valve" | "CheckValve" | "PressureReducingValve" => Role::Valve,
        "HeatingDemand" | "GenericConsumer" | "Export" | "CoolingDemand" => Role::Consumer,
        "HeatPump" | "HeatExchange" | "GenericConversion" if heat_ports >= 4 => Role::Exchange,
        "GenericProducer" | "ResidualHeatSource" | "GeothermalSource" | "GasHeater"
        | "HeatPump" | "HeatProducer" | "SolarCollector" | "ElectricBoiler" | "BiomassHeater"
        | "CHP" | "CoGeneration" | "Import" | "SourceProducer" | "ResidualHeat"
        | "GenericConversion" | "PowerPlant" | "FuelCell" | "PVTInstallation" | "PVT"
        | "HeatExchange" => Role::Producer,
        "HeatStorage" | "ATES" | "UTES" | "PTES" | "BTES" | "WaterBuffer" | "GenericStorage"
        | "PitThermalStorage" => Role::Storage,
        _ => Role::Unknown,
    }
}

/// Heat of an asset as its profile states it, W; `None` if it states none that can be used.
pub(super) fn profile_w(asset: &Asset<'_>, parts: &Parts<'_>, found: &mut Findings) -> Option<f64> {
    let mut profiles = asset
        .node
        .descendants()
        .filter(|node| node.has_tag_name("profile"))
        .filter(|node| node.ancestors().any(|up| up.has_tag_name("port")) || up_is_asset(*node));
    profiles.find_map(|profile| one_profile(profile, asset, parts, found))
}

fn up_is_asset(node: Node<'_, '_>) -> bool {
    node.parent().is_some_and(|up| up.has_tag_name("asset"))
}

fn one_profile(
    profile: Node<'_, '_>,
    asset: &Asset<'_>,
    parts: &Parts<'_>,
    found: &mut Findings,
) -> Option<f64> {
    let subject = format!("{} {}", asset.kind, asset.name);
    let value = match kind_of(profile) {
        "SingleValue" => number(profile, "value", &subject, found)?,
        "DateTimeProfile" => {
            found.simplified(
                "of a profile over time the first value is used",
                &asset.name,
            );
            let element = profile
                .children()
                .find(|child| child.has_tag_name("element"))?;
            number(element, "value", &subject, found)?
        }
        "TimeSeriesProfile" => {
            found.simplified(
                "of a profile over time the first value is used",
                &asset.name,
            );
            let first = profile
                .children()
                .find(|child| child.has_tag_name("values"));
            let text = first
                .and_then(|node| node.text())
                .or_else(|| profile.attribute("values"));
            text?.split_whitespace().next()?.parse().ok()?
        }
        "InfluxDBProfile" | "URIProfile" | "DataStoreProfile" => {
            let why =
                "no data base is ever asked; a single value or the power of the asset is used";
            found.unused("a profile kept in a data base", why, &asset.name);
            return None;
        }
        other => {
            found.unknown(
                &format!("profile {}", crate::findings::short(other)),
                &asset.name,
            );
            return None;
        }
    };
    let multiplier = number(profile, "multiplier", &subject, found).unwrap_or(1.0);
    let watt = value * multiplier * watt_of_one(profile, asset, parts, found)?;
    if HEAT_W.holds(watt) {
        return Some(watt);
    }
    found.wrong(&subject, "profile", &value.to_string(), HEAT_W.words);
    None
}

/// W of one unit of a profile.
fn watt_of_one(
    profile: Node<'_, '_>,
    asset: &Asset<'_>,
    parts: &Parts<'_>,
    found: &mut Findings,
) -> Option<f64> {
    let stated = profile
        .children()
        .find(|child| child.has_tag_name("profileQuantityAndUnit"))
        .and_then(|node| match node.attribute("reference") {
            Some(id) => parts.units.get(id).copied(),
            None => Some(unit(node)),
        });
    match stated {
        Some(Unit::Power(watt)) => Some(watt),
        Some(Unit::Energy(joule)) => {
            found.simplified(
                "an amount of heat is taken as that of a year, spread evenly",
                &asset.name,
            );
            Some(joule / (HOURS_PER_YEAR * 3600.0))
        }
        Some(Unit::Other) => {
            found.simplified(
                "a profile that is no power and no energy is left out",
                &asset.name,
            );
            None
        }
        None => {
            found.assume("a profile", "the unit", "W", &asset.name);
            Some(1.0)
        }
    }
}

/// Power of an asset, W; zero counts as not stated.
pub(super) fn power_w(asset: &Asset<'_>, found: &mut Findings) -> Option<f64> {
    let subject = format!("{} {}", asset.kind, asset.name);
    let power = number(asset.node, "power", &subject, found).filter(|power| power.abs() > 0.0)?;
    if power > 0.0 && HEAT_W.holds(power) {
        return Some(power);
    }
    found.wrong(&subject, "power", &power.to_string(), "0 to 1,000,000 MW");
    None
}
