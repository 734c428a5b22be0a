//! Section 6: is it too far?

use crate::charts::{Line, lines};
use crate::colour;
use crate::document::Block;
use crate::figure::{Figure, Table};
use crate::inputs::Inputs;
use crate::measured::{Measured, shown};
use crate::number::{distance, whole};
use crate::svg::{Anchor, Axis, Frame};
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
        "right beside the network".to_owned()
    } else {
        format!("{} from the town", distance(kpis.distance_to_town.m()))
    };
    let here = format!(
        "The data centre is {place}; heat costs {} €/MWh there, against {} €/MWh today.",
        shown(measured.lcoh, 1),
        shown(measured.heat_cost_counterfactual, 1)
    );
    let below: Vec<&(f64, f64)> = curve.iter().filter(|point| point.1 <= today).collect();
    match (curve.last(), below.last()) {
        (None, _) => format!("{here} No distance curve was worked out for this study."),
        (Some(_), None) => format!("{here} At no distance on the curve is it cheaper than today."),
        (Some(end), Some(last)) if last.0 >= end.0 => {
            format!(
                "{here} It stays cheaper than today over the whole curve, up to {} km.",
                grouped(end.0, 1)
            )
        }
        (Some(_), Some(last)) => format!(
            "{here} The last point of the curve that is cheaper than today is {} km away.",
            grouped(last.0, 1)
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
            "distance from the data centre to the town, km",
            0.0,
            far.max(0.1),
            8,
        ),
        Axis::round("levelised cost of heat, €/MWh", 0.0, dear, 5),
        &[
            line("From waste heat", colour::ACCENT, "", curve.to_vec()),
            line(
                "Today",
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
    let text = format!(
        "this study: {}, {} €/MWh",
        distance(kpis.distance_to_town.m()),
        grouped(here.1, 1)
    );
    plot.text(here, (11.0, 20.0), Anchor::Start, &text, r#"class="name""#);
    let title = "Cost of heat against distance, with this study's place on it";
    let mut table = Table::new("Distance and cost")
        .number("Distance", "km")
        .number("Levelised cost of heat", "€/MWh")
        .number("less today's cost", "€/MWh");
    for (km, cost) in curve {
        table.push([grouped(*km, 1), grouped(*cost, 1), grouped(cost - today, 1)]);
    }
    Figure {
        id: "distance".to_owned(),
        title: title.to_owned(),
        note: "Longer transmission costs more pipe, loses more heat and takes more pumping; everything else stays as in this study.".to_owned(),
        keys: vec![],
        svg: plot.canvas.finish(title, ""),
        table,
    }
}

/// What one more kilometre costs, in words.
fn kilometre(inputs: &Inputs<'_>) -> String {
    let one = &inputs.assessment.kilometre;
    format!(
        "One more kilometre of DN {} costs {} € to build, loses {} MWh of heat a year and takes {} MWh of pumping: {} € a year.",
        one.dn,
        whole(one.investment.eur()),
        whole(one.heat_loss.mwh()),
        whole(one.pumping.mwh()),
        whole(one.running_cost.eur())
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
        Axis::exact("distance from the data centre to the town, km", 0.0, far, 8),
        Axis::round("heat that arrives, GWh/a", 0.0, most, 4),
        &[Line {
            name: "Arrives".to_owned(),
            colour: colour::ACCENT.to_owned(),
            dash: "",
            points: points.clone(),
            band: None,
        }],
    );
    let mut table = Table::new("Distance and heat")
        .number("Distance", "km")
        .number("Heat that arrives", "GWh/a");
    for (km, gwh) in &points {
        table.push([grouped(*km, 1), grouped(*gwh, 2)]);
    }
    let title = "How far can this heat go: what arrives of the heat pump's heat";
    Figure {
        id: "distance-heat".to_owned(),
        title: title.to_owned(),
        note: "The pipe keeps its size; the heat pump keeps its hours.".to_owned(),
        keys: vec![],
        svg: plot.canvas.finish(title, ""),
        table,
    }
}
