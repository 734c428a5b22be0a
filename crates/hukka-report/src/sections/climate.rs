//! Section 8: climate and law.

use crate::colour;
use crate::document::Block;
use crate::figure::{Figure, Table};
use crate::inputs::Inputs;
use crate::measured::{Measured, shown};
use crate::number::whole;
use crate::sections::{keys, law};
use crate::svg::{Anchor, Canvas};
use crate::texts::{fill, say};
use hukka_model::Counterfactual;
use hukka_units::grouped;

/// Section 8.
pub(crate) fn blocks(inputs: &Inputs<'_>) -> Vec<Block> {
    vec![
        Block::text(counterfactual(inputs)),
        Block::table(carbon(inputs)),
        Block::table(keys::sheet(inputs)),
        Block::open_figure(boundary_figure(inputs)),
        Block::text(law::statement(inputs)),
        Block::table(law::rules(inputs)),
        Block::folded(law::fields(inputs)),
        Block::Copy {
            text: law::copy(inputs),
        },
    ]
}

fn boundary_figure(inputs: &Inputs<'_>) -> Figure {
    let title = say("climate.the-metering-boundary-decides-the");
    Figure {
        id: "boundary".to_owned(),
        title: title.to_owned(),
        note: say("climate.dashed-the-boundary-of-the").to_owned(),
        keys: vec![],
        svg: boundary(title),
        table: law::metrics(inputs),
    }
}

fn counterfactual(inputs: &Inputs<'_>) -> String {
    let cost = shown(Measured::new(inputs).heat_cost_counterfactual, 1);
    match &inputs.study.counterfactual {
        Counterfactual::Individual { name, emission, .. } => fill(
            "climate.compared-with-heat-costs-mwh",
            &[&name, &cost, &grouped(emission.kg_mwh(), 0)],
        ),
        Counterfactual::ExistingPlant => fill("climate.compared-with-the-same-network", &[&cost]),
    }
}

fn carbon(inputs: &Inputs<'_>) -> Table {
    let kpis = &inputs.assessment.kpis;
    let mut table = Table::new(say("climate.co2-in-a-year-from"))
        .text(say("climate.case"))
        .number(say("climate.co2"), "t/a");
    table.push([
        say("climate.without-the-data-centre-s").to_owned(),
        whole(kpis.carbon_counterfactual.t()),
    ]);
    table.push([
        say("climate.with-the-data-centre-s").to_owned(),
        whole(kpis.carbon.t()),
    ]);
    table.total = Some(vec![
        say("climate.saved").to_owned(),
        whole(kpis.carbon_saved.t()),
    ]);
    table
}

/// Two sketches of the boundary.
fn boundary(title: &str) -> String {
    let mut canvas = Canvas::new(920.0, 196.0);
    sketch(
        &mut canvas,
        0.0,
        say("climate.heat-pump-outside-the-heat"),
        236.0,
    );
    sketch(
        &mut canvas,
        470.0,
        say("climate.heat-pump-inside-the-data"),
        372.0,
    );
    canvas.finish(title, "")
}

fn sketch(canvas: &mut Canvas, left: f64, title: &str, boundary: f64) {
    let name = r#"class="name""#;
    let tick = r#"class="tick""#;
    let dashed = format!(
        r#"fill="none" stroke="{}" stroke-width="1.5" stroke-dasharray="6 4" rx="6""#,
        colour::SUPPLY
    );
    canvas.text(
        (left + 2.0, 14.0),
        Anchor::Start,
        title,
        r#"class="name strong""#,
    );
    canvas.rect((left + 2.0, 28.0), (boundary, 150.0), &dashed);
    let boxed = format!(r##"fill="#fff" stroke="{}" rx="4""##, colour::INK);
    let boxes = [
        (16.0, 52.0, say("climate.servers")),
        (16.0, 116.0, say("climate.cooling-ups-fans")),
        (250.0, 52.0, say("climate.heat-pump")),
        (384.0, 52.0, say("climate.network")),
    ];
    for (x, y, text) in boxes {
        let width = if x < 100.0 {
            130.0
        } else if x < 300.0 {
            100.0
        } else {
            62.0
        };
        canvas.rect((left + x, y), (width, 40.0), &boxed);
        canvas.text(
            (left + x + width / 2.0, y + 25.0),
            Anchor::Middle,
            text,
            name,
        );
    }
    let arrow = |from: f64, to: f64, colour: &str, canvas: &mut Canvas| {
        let style = format!(r#"stroke="{colour}" stroke-width="3""#);
        canvas.line((left + from, 72.0), (left + to - 6.0, 72.0), &style);
        let tip = [
            (left + to, 72.0),
            (left + to - 8.0, 66.0),
            (left + to - 8.0, 78.0),
        ];
        canvas.polygon(&tip, &format!(r#"fill="{colour}""#));
    };
    arrow(146.0, 250.0, colour::ACCENT, canvas);
    arrow(350.0, 384.0, colour::SUPPLY, canvas);
    canvas.text(
        (left + 156.0, 62.0),
        Anchor::Start,
        say("climate.t-wh"),
        tick,
    );
    let (x, shift, anchor) = if boundary < 300.0 {
        (238.0, 8.0, Anchor::Start)
    } else {
        (374.0, -8.0, Anchor::End)
    };
    canvas.line(
        (left + x, 72.0),
        (left + x, 142.0),
        &format!(r#"stroke="{}""#, colour::SUPPLY),
    );
    canvas.circle(
        (left + x, 72.0),
        4.0,
        &format!(r#"fill="{}""#, colour::SUPPLY),
    );
    let at = (left + x + shift, 140.0);
    canvas.text(at, anchor, say("climate.e-reuse-measured-here"), tick);
}
