//! An ESDL file as a tree, and its parts without meaning yet.

use super::{Direction, ESDL, XSI};
use crate::findings::{Findings, short};
use roxmltree::{Document, Node};
use std::borrow::Cow;
use std::collections::HashMap;

/// A carrier of heat.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Carrier {
    pub(super) supply_c: Option<f64>,
    pub(super) return_c: Option<f64>,
    pub(super) is_heat: bool,
}

/// A port of an asset.
#[derive(Debug)]
pub(super) struct Port<'d> {
    pub(super) id: &'d str,
    pub(super) direction: Direction,
    pub(super) carrier: Option<Carrier>,
    pub(super) connected: Vec<&'d str>,
    pub(super) node: Node<'d, 'd>,
}

/// An asset.
#[derive(Debug)]
pub(super) struct Asset<'d> {
    pub(super) kind: &'d str,
    pub(super) id: &'d str,
    /// Name if no other asset has it, else the id.
    pub(super) name: String,
    pub(super) ports: Vec<Port<'d>>,
    pub(super) node: Node<'d, 'd>,
}

/// What a unit makes of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Unit {
    /// W of one.
    Power(f64),
    /// J of one.
    Energy(f64),
    Other,
}

/// All parts of a file.
pub(super) struct Parts<'d> {
    pub(super) name: &'d str,
    pub(super) assets: Vec<Asset<'d>>,
    pub(super) units: HashMap<&'d str, Unit>,
}

/// The text with namespaces declared, if it uses them without.
pub(super) fn mended(text: &str) -> Cow<'_, str> {
    let Some(at) = text.find("EnergySystem") else {
        return Cow::Borrowed(text);
    };
    let end = at + "EnergySystem".len();
    let tag = text[end..].split('>').next().unwrap_or_default();
    let mut more = String::new();
    if !tag.contains("xmlns:xsi") {
        more.push_str(&format!(" xmlns:xsi=\"{XSI}\""));
    }
    if !tag.contains("xmlns:esdl") {
        more.push_str(&format!(" xmlns:esdl=\"{ESDL}\""));
    }
    if more.is_empty() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{}{more}{}", &text[..end], &text[end..]))
}

/// The tree of a text; `None` after a finding.
pub(super) fn parse<'d>(text: &'d str, found: &mut Findings) -> Option<Document<'d>> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            found.unreadable("an ESDL file", error);
            return None;
        }
    };
    let root = document.root_element().tag_name().name();
    if root != "EnergySystem" {
        let reason = format!("its root is `{}`, not `EnergySystem`", short(root));
        found.unreadable("an ESDL file", reason);
        return None;
    }
    Some(document)
}

/// Type of an element: `Pipe` of `xsi:type="esdl:Pipe"`.
pub(super) fn kind_of<'d>(node: Node<'d, 'd>) -> &'d str {
    let stated = node.attribute((XSI, "type")).unwrap_or_default();
    stated.rsplit(':').next().unwrap_or_default()
}

/// An attribute as a number; a wrong one is reported and counts as absent.
pub(super) fn number(
    node: Node<'_, '_>,
    key: &str,
    subject: &str,
    found: &mut Findings,
) -> Option<f64> {
    let text = node.attribute(key)?;
    let value = text
        .trim()
        .parse()
        .ok()
        .filter(|v: &f64| v.is_finite() && v.abs() < 1e15);
    if value.is_none() {
        found.wrong(subject, key, text, "a number");
    }
    value
}

pub(super) fn parts<'d>(document: &'d Document<'d>, found: &mut Findings) -> Parts<'d> {
    let root = document.root_element();
    let carriers = carriers(root, found);
    let units = root
        .descendants()
        .filter(|node| node.has_tag_name("quantityAndUnit"))
        .filter_map(|node| Some((node.attribute("id")?, unit(node))))
        .collect();
    let mut assets: Vec<Asset<'d>> = root
        .descendants()
        .filter(|node| node.has_tag_name("asset"))
        .map(|node| asset(node, &carriers))
        .collect();
    name_assets(&mut assets);
    Parts {
        name: root
            .attribute("name")
            .filter(|name| !name.is_empty())
            .unwrap_or("network"),
        assets,
        units,
    }
}

fn carriers<'d>(root: Node<'d, 'd>, found: &mut Findings) -> HashMap<&'d str, Carrier> {
    let mut out = HashMap::new();
    for node in root
        .descendants()
        .filter(|node| node.has_tag_name("carrier"))
    {
        let Some(id) = node.attribute("id") else {
            continue;
        };
        let subject = format!("carrier {}", short(id));
        let mut celsius = |key| {
            let value = number(node, key, &subject, found)?;
            let is_sane = (-50.0..=300.0).contains(&value);
            if !is_sane {
                found.wrong(&subject, key, &value.to_string(), "−50 to 300 °C");
            }
            // Zero stands for "not stated" in files of many tools.
            (is_sane && value.abs() > 0.0).then_some(value)
        };
        let carrier = Carrier {
            supply_c: celsius("supplyTemperature"),
            return_c: celsius("returnTemperature"),
            is_heat: kind_of(node) == "HeatCommodity",
        };
        if out.insert(id, carrier).is_some() {
            found.twice("carrier", id);
        }
    }
    out
}

fn asset<'d>(node: Node<'d, 'd>, carriers: &HashMap<&'d str, Carrier>) -> Asset<'d> {
    let ports = node
        .children()
        .filter(|child| child.has_tag_name("port"))
        .map(|child| Port {
            id: child.attribute("id").unwrap_or_default(),
            direction: if kind_of(child) == "OutPort" {
                Direction::Out
            } else {
                Direction::In
            },
            carrier: child
                .attribute("carrier")
                .and_then(|id| carriers.get(id))
                .copied(),
            connected: child
                .attribute("connectedTo")
                .unwrap_or_default()
                .split_whitespace()
                .collect(),
            node: child,
        })
        .collect();
    Asset {
        kind: kind_of(node),
        id: node.attribute("id").unwrap_or_default(),
        name: String::new(),
        ports,
        node,
    }
}

/// Gives each asset its name, or its id where names do not tell assets apart.
fn name_assets(assets: &mut [Asset<'_>]) {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for asset in assets.iter() {
        *uses
            .entry(asset.node.attribute("name").unwrap_or_default())
            .or_default() += 1;
    }
    for (index, asset) in assets.iter_mut().enumerate() {
        let name = asset.node.attribute("name").unwrap_or_default();
        let own = if !name.is_empty() && uses.get(name) == Some(&1) {
            name
        } else {
            asset.id
        };
        asset.name = if own.is_empty() {
            format!("asset {}", index + 1)
        } else {
            own.to_owned()
        };
    }
}

/// What a unit element means.
pub(super) fn unit(node: Node<'_, '_>) -> Unit {
    let multiplier = match node.attribute("multiplier").unwrap_or("NONE") {
        "KILO" => 1e3,
        "MEGA" => 1e6,
        "GIGA" => 1e9,
        "TERA" | "TERRA" => 1e12,
        "NONE" => 1.0,
        _ => return Unit::Other,
    };
    match node.attribute("unit").unwrap_or_default() {
        "WATT" => Unit::Power(multiplier),
        "JOULE" => Unit::Energy(multiplier),
        "WATTHOUR" => Unit::Energy(multiplier * 3600.0),
        _ => Unit::Other,
    }
}
