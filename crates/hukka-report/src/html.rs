//! The page: the document poured into one template with style and script inside.

use crate::check::check;
use crate::document::{Section, document};
use crate::error::Error;
use crate::inputs::Inputs;
use crate::sections::data;
use crate::sections::verdict::Verdict;
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    title: String,
    subtitle: String,
    version: String,
    run_id: String,
    verdict: Verdict,
    has_map: bool,
    small_map: String,
    attributions: Vec<String>,
    sections: Vec<Section>,
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
    environment.add_function("say", |key: &str| crate::texts::of_page(key));
    environment.add_template("macros.html", include_str!("../assets/macros.html"))?;
    environment.add_template("blocks.html", include_str!("../assets/blocks.html"))?;
    environment.add_template("report.html", include_str!("../assets/report.html"))?;
    Ok(environment
        .get_template("report.html")?
        .render(minijinja::value::Serde(&page))?)
}

fn page(inputs: &Inputs<'_>) -> Page {
    let document = document(inputs);
    Page {
        title: document.title,
        subtitle: document.subtitle,
        version: document.version,
        run_id: document.run_id,
        verdict: document.verdict,
        has_map: document.has_map,
        small_map: document.map.small.clone(),
        attributions: document.attributions,
        sections: document.sections,
        data: data::data(inputs, &document.map),
        style: include_str!("../assets/report.css"),
        script: include_str!("../assets/report.js"),
    }
}
