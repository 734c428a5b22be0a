//! The page.

use crate::check::check;
use crate::error::Error;
use crate::inputs::Inputs;

/// One self-contained page: no file, script, font or network address beside it.
pub fn html(inputs: &Inputs<'_>) -> Result<String, Error> {
    check(inputs)?;
    let mut environment = minijinja::Environment::new();
    environment.add_template("report.html", include_str!("../assets/report.html"))?;
    let template = environment.get_template("report.html")?;
    Ok(template.render(minijinja::context! {
        study => &inputs.study.name,
        headline => &inputs.assessment.verdict.headline,
    })?)
}
