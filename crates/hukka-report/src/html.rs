//! The page: nine sections poured into one template with style and script inside.

use crate::check::check;
use crate::error::Error;
use crate::inputs::Inputs;
use crate::sections::climate::{self, Climate};
use crate::sections::distance::{self, Distance};
use crate::sections::flat::{Flat, flat};
use crate::sections::machine::{Machine, machine};
use crate::sections::money::{self, Money};
use crate::sections::network::{self, NetworkYear};
use crate::sections::owners::{self, Owners};
use crate::sections::place::{self, Place};
use crate::sections::register::{self, Register};
use crate::sections::verdict::{Verdict, verdict};
use crate::sections::year::{Year, year};
use crate::sections::{data, map};
use serde::Serialize;

const MAP_TITLE: &str =
    "The network on its streets: width by pipe size, colour by water temperature";
const SKETCH_TITLE: &str = "The study without a map: data centre, pipe and town";

#[derive(Serialize)]
struct Page {
    title: String,
    id: String,
    subtitle: String,
    version: String,
    run_id: String,
    verdict: Verdict,
    place: Place,
    year: Year,
    flat: Flat,
    machine: Machine,
    distance: Distance,
    network: NetworkYear,
    money: Money,
    owners: Option<Owners>,
    climate: Climate,
    register: Register,
    data: String,
    style: &'static str,
    script: &'static str,
}

/// One self-contained page: no file, script, font or network address beside it.
///
/// # Errors  when a series has the wrong length, an index points nowhere, or a number is not finite
pub fn html(inputs: &Inputs<'_>) -> Result<String, Error> {
    check(inputs)?;
    let page = page(inputs);
    let mut environment = minijinja::Environment::new();
    environment.add_template("macros.html", include_str!("../assets/macros.html"))?;
    environment.add_template("report.html", include_str!("../assets/report.html"))?;
    Ok(environment
        .get_template("report.html")?
        .render(minijinja::value::Serde(&page))?)
}

fn page(inputs: &Inputs<'_>) -> Page {
    let title = if crate::geojson::has_map(inputs) {
        MAP_TITLE
    } else {
        SKETCH_TITLE
    };
    let map = map::draw(inputs, title);
    Page {
        title: inputs.study.name.clone(),
        id: inputs.study.id.clone(),
        subtitle: subtitle(inputs),
        version: inputs.run.version.clone(),
        run_id: inputs.run.run_id.clone(),
        verdict: verdict(inputs),
        place: place::section(inputs, &map, title),
        year: year(inputs),
        flat: flat(inputs),
        machine: machine(inputs),
        distance: distance::section(inputs),
        network: network::section(inputs),
        money: money::section(inputs),
        owners: owners::block(inputs),
        climate: climate::section(inputs),
        register: register::section(inputs),
        data: data::data(inputs, &map),
        style: include_str!("../assets/report.css"),
        script: include_str!("../assets/report.js"),
    }
}

fn subtitle(inputs: &Inputs<'_>) -> String {
    let axis = &inputs.study.axis;
    let middle = axis.calendar.get(axis.len().div_euclid(2));
    let year = middle.map_or_else(String::new, |hour| format!("study year {}, ", hour.year));
    format!(
        "Heat-reuse study, {year}{} hours, times of {}",
        crate::number::whole(axis.len() as f64),
        axis.time_zone
    )
}
