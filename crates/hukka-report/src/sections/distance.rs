//! Section 6: is it too far?

use crate::charts::{Line, lines};
use crate::colour;
use crate::document::Block;
use crate::figure::{Figure, Table};
use crate::inputs::Inputs;
use crate::measured::{Measured, shown};
use crate::number::{distance, whole};
use crate::svg::{Anchor, Axis, Frame};
use crate::texts::{fill, say};
use hukka_units::grouped;

/// Section 6, first part.
pub(crate) fn blocks(inputs: &Inputs<'_>) -> Vec<Block> {
    let kpis = &inputs.assessment.kpis;
    let curve: Vec<(f64, f64)> = inputs
        .assessment
        .distance_curve
        .iter()
        .map(|(length, price)| (length.km(), price.eur_mwh()))
        .collect();
    let today = kpis.heat_cost_counterfactual.eur_mwh();
    let has_curve = curve.len() >= 2;
    let mut blocks = vec![Block::text(sentence(inputs, &curve, today))];
    blocks.extend(has_curve.then(|| Block::figure(figure(inputs, &curve, today))));
    blocks.push(Block::text(kilometre(inputs)));
    blocks.extend(has_curve.then(|| Block::figure(arriving(inputs))));
    blocks
}

fn sentence(inputs: &Inputs<'_>, curve: &[(f64, f64)], today: f64) -> String {
    let measured = Measured::new(inputs);
    let kpis = &inputs.assessment.kpis;
    let place = if kpis.distance_to_town.m() < 50.0 {
        say("distance.right-beside-the-network").to_owned()
    } else {
        fill(
            "distance.from-the-town",
            &[&distance(kpis.distance_to_town.m())],
        )
    };
    let here = fill(
        "distance.the-data-centre-is-heat",
        &[
            &place,
            &shown(measured.lcoh, 1),
            &shown(measured.heat_cost_counterfactual, 1),
        ],
    );
    let below: Vec<&(f64, f64)> = curve.iter().filter(|point| point.1 <= today).collect();
    match (curve.last(), below.last()) {
        (None, _) => fill("distance.no-distance-curve-was-worked", &[&here]),
        (Some(_), None) => fill("distance.at-no-distance-on-the", &[&here]),
        (Some(end), Some(last)) if last.0 >= end.0 => fill(
            "distance.it-stays-cheaper-than-today",
            &[&here, &grouped(end.0, 1)],
        ),
        (Some(_), Some(last)) => fill(
            "distance.the-last-point-of-the",
            &[&here, &grouped(last.0, 1)],
        ),
    }
}

fn figure(inputs: &Inputs<'_>, curve: &[(f64, f64)], today: f64) -> Figure {
    let kpis = &inputs.assessment.kpis;
    let here = (kpis.distance_to_town.km(), kpis.lcoh.eur_mwh());
    let far = curve.iter().map(|p| p.0).fold(here.0, f64::max);
    let dear = curve.iter().map(|p| p.1).fold(today.max(here.1), f64::max);
    let line = |name: &str, colour: &str, dash, points: Vec<(f64, f64)>| Line {
        name: name.to_owned(),
        colour: colour.to_owned(),
        dash,
        points,
        band: None,
    };
    let frame = Frame {
        right: 146.0,
        ..Frame::default()
    };
    let mut plot = lines(
        frame,
        Axis::exact(
            say("distance.distance-from-the-data-centre"),
            0.0,
            far.max(0.1),
            8,
        ),
        Axis::round(say("distance.levelised-cost-of-heat-mwh"), 0.0, dear, 5),
        &[
            line(
                say("distance.from-waste-heat"),
                colour::ACCENT,
                "",
                curve.to_vec(),
            ),
            line(
                say("distance.today"),
                colour::GREY,
                "6 4",
                vec![(0.0, today), (far.max(0.1), today)],
            ),
        ],
    );
    let at = plot.at(here.0, here.1);
    let style = format!(
        r##"fill="#fff" stroke="{}" stroke-width="2.5""##,
        colour::INK
    );
    plot.canvas.circle(at, 6.0, &style);
    let text = fill(
        "distance.this-study-mwh",
        &[&distance(kpis.distance_to_town.m()), &grouped(here.1, 1)],
    );
    plot.text(here, (11.0, 20.0), Anchor::Start, &text, r#"class="name""#);
    let title = say("distance.cost-of-heat-against-distance");
    let mut table = Table::new(say("distance.distance-and-cost"))
        .number(say("distance.distance"), "km")
        .number(say("distance.levelised-cost-of-heat"), "€/MWh")
        .number(say("distance.less-today-s-cost"), "€/MWh");
    for (km, cost) in curve {
        table.push([grouped(*km, 1), grouped(*cost, 1), grouped(cost - today, 1)]);
    }
    Figure {
        id: "distance".to_owned(),
        title: title.to_owned(),
        note: say("distance.longer-transmission-costs-more-pipe").to_owned(),
        keys: vec![],
        svg: plot.canvas.finish(title, ""),
        table,
    }
}

/// What one more kilometre costs, in words.
fn kilometre(inputs: &Inputs<'_>) -> String {
    let one = &inputs.assessment.kilometre;
    fill(
        "distance.one-more-kilometre-of-dn",
        &[
            &one.dn,
            &whole(one.investment.eur()),
            &whole(one.heat_loss.mwh()),
            &whole(one.pumping.mwh()),
            &whole(one.running_cost.eur()),
        ],
    )
}

/// How much of the heat pump's heat would arrive, against distance.
fn arriving(inputs: &Inputs<'_>) -> Figure {
    let points: Vec<(f64, f64)> = inputs
        .assessment
        .distance_curve
        .iter()
        .zip(&inputs.assessment.distance_heat)
        .map(|((length, _), heat)| (length.km(), heat.gwh()))
        .collect();
    let far = points.iter().map(|p| p.0).fold(0.1, f64::max);
    let most = points.iter().map(|p| p.1).fold(0.0, f64::max);
    let plot = lines(
        Frame {
            height: 210.0,
            right: 146.0,
            ..Frame::default()
        },
        Axis::exact(say("distance.distance-from-the-data-centre"), 0.0, far, 8),
        Axis::round(say("distance.heat-that-arrives-gwh-a"), 0.0, most, 4),
        &[Line {
            name: say("distance.arrives").to_owned(),
            colour: colour::ACCENT.to_owned(),
            dash: "",
            points: points.clone(),
            band: None,
        }],
    );
    let mut table = Table::new(say("distance.distance-and-heat"))
        .number(say("distance.distance"), "km")
        .number(say("distance.heat-that-arrives"), "GWh/a");
    for (km, gwh) in &points {
        table.push([grouped(*km, 1), grouped(*gwh, 2)]);
    }
    let title = say("distance.how-far-can-this-heat");
    Figure {
        id: "distance-heat".to_owned(),
        title: title.to_owned(),
        note: say("distance.the-pipe-keeps-its-size").to_owned(),
        keys: vec![],
        svg: plot.canvas.finish(title, ""),
        table,
    }
}
