//! Builds the study from the checked document, table by table.

mod climate;
mod contract;
mod data_centre;
mod demand;
mod hall;
mod heat_pump;
mod legal;
mod machine;
mod meter;
mod money;
mod network;
mod normalise;
mod outside;
mod place;
mod price;
mod renovation;
mod series;
mod supply_levels;
mod together;
mod uncertainty;
mod weather;

pub(crate) use demand::use_of;
pub(crate) use network::insulation;
pub(crate) use place::PlaceInputs;

use crate::codes;
use crate::context::Context;
use crate::keys;
use crate::node::Entries;
use crate::reader::Reader;
use crate::spec::Table;
use hukka_model::{Assumption, Building, BuildingUse, Diagnostic, Study};

/// The study, if nothing stands against it; every finding goes into the context.
pub(crate) fn study(root: &Entries, id: &str, context: &mut Context) -> Option<Study> {
    let top = Reader::top(root);
    top.optional_text("schema", context);
    let name = top.optional_text("name", context).unwrap_or(id).to_owned();
    top.optional_text("description", context);

    let place = place::read(root, context);
    series::gaps(root, context);
    let axis = weather::axis(root, &place, context);
    let mut network = network::read(root, context);
    let weather = weather::read(root, &place, axis.as_ref(), network.depth, context);
    let axis = axis.map(|found| found.axis);
    let prices = price::read(root, &place, axis.as_ref(), weather.as_ref(), context);
    let clock = (axis.as_ref(), weather.as_ref());
    let demand = demand::read(root, &place, clock, context);
    let stock = renovation::read(root, axis.as_ref(), context);
    let has_map = demand.has_map;
    let data_centres = data_centre::read(root, &place, has_map, axis.as_ref(), context);
    let heat_pumps = machine::heat_pumps(root, &data_centres, context);
    let boilers = machine::boilers(root, context);
    let stores = machine::stores(root, &network, context);
    together::machine_ids(root, context);
    together::customer_ids(root, &demand.buildings, context);
    let lone = network::Lone {
        has_map,
        data_centre: data_centres.first().and_then(|first| first.position),
        town: demand
            .lumped_demands
            .iter()
            .find_map(|demand| demand.position),
    };
    network.lumped_distance = network::distance(root, &lone, context);
    let design = network::design(root, context);
    let money = money::read(root, context);
    together::fill_and_horizon(root, &data_centres, &money, context);
    let emissions = price::emissions(root, axis.as_ref(), context);
    let counterfactual = outside::read(root, &boilers, prices.heat, &emissions, context);
    let contract = contract::read(root, axis.as_ref(), context);
    let uncertainty = uncertainty::read(root, context);
    complete(root, &demand, context);

    if context.has_errors() {
        return None;
    }
    Some(Study {
        id: id.to_owned(),
        name,
        place: place.rules,
        axis: axis?,
        weather: weather?,
        prices,
        buildings: demand.buildings,
        lumped_demands: demand.lumped_demands,
        known_annual_demand: demand.known_annual,
        stock,
        streets: demand.streets,
        existing_pipes: demand.existing_pipes,
        plant_position: demand.plant_position,
        data_centres,
        heat_pumps,
        boilers,
        stores,
        network,
        design,
        money,
        emissions,
        counterfactual,
        contract,
        uncertainty,
        assumptions: register(std::mem::take(&mut context.assumptions)),
        attributions: place.attributions,
        input_files: context.files.list().to_vec(),
    })
}

/// The input register in the order of the study format.
fn register(mut assumptions: Vec<Assumption>) -> Vec<Assumption> {
    assumptions.sort_by_key(|assumption| {
        let first = assumption.key.split('.').next().unwrap_or_default();
        keys::TABLES
            .iter()
            .position(|table| table.name == first)
            .map_or(0, |at| at + 1)
    });
    assumptions
}

/// A table that is there but not as a list; the check of its form has complained.
fn is_misshapen(root: &Entries, table: &Table) -> bool {
    root.get(table.name)
        .is_some_and(|node| node.list().is_none())
}

/// What a study as a whole must have.
fn complete(root: &Entries, demand: &demand::Demand, context: &mut Context) {
    if context.is_partial {
        return;
    }
    let at = context.study_place();
    if Reader::many(root, &keys::DATA_CENTRE).is_empty() && !is_misshapen(root, &keys::DATA_CENTRE)
    {
        context.push(
            Diagnostic::error(codes::NO_SOURCE, "the study has no data centre")
                .at(at.clone())
                .about("data_centre")
                .allowed("at least one [[data_centre]]")
                .help("add a table [[data_centre]] with `id` and `it_load_mw`"),
        );
    }
    let has_lumped = !Reader::many(root, &keys::LUMPED_DEMAND).is_empty()
        || is_misshapen(root, &keys::LUMPED_DEMAND);
    let names_buildings = Reader::one(root, &keys::PLACE).has("buildings");
    if !names_buildings && !has_lumped {
        context.push(
            Diagnostic::error(codes::NO_DEMAND, "the study has no heat demand")
                .at(at)
                .about("place.buildings")
                .allowed("buildings, or at least one [[lumped_demand]]")
                .help(
                    "name a GeoJSON file in `place.buildings`, or add [[lumped_demand]] with `id` \
                     and `annual_mwh`",
                ),
        );
    }
    let is_cold = |building: &Building| building.usage == BuildingUse::Unheated;
    if !has_lumped && !demand.buildings.is_empty() && demand.buildings.iter().all(is_cold) {
        let at = Reader::one(root, &keys::PLACE).place("buildings", context);
        context.push(
            Diagnostic::error(codes::NO_DEMAND, "no building of the map is heated")
                .at(at)
                .about("place.buildings")
                .seen(format!("{} sheds and garages", demand.buildings.len()))
                .help("state the `use` of the buildings, or their `annual_mwh`"),
        );
    }
    let place = Reader::one(root, &keys::PLACE);
    let has_way = place.has("streets")
        || place.has("existing_pipes")
        || root.get(keys::EXISTING_PIPE.name).is_some();
    if !demand.buildings.is_empty() && !has_way {
        let at = place.place("buildings", context);
        context.push(
            Diagnostic::error(
                codes::NO_ROUTE,
                "there are buildings but nothing along which a pipe may be laid",
            )
            .at(at)
            .about("place.streets")
            .allowed("streets, or existing pipes")
            .help("name a GeoJSON file of street lines in `place.streets`"),
        );
    }
}
