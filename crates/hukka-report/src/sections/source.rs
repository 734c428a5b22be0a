//! Where the heat is taken, how warm it is, and how hard the heat pump works on it.

use crate::charts::{Line, lines};
use crate::colour;
use crate::figure::{Figure, Table};
use crate::inputs::Inputs;
use crate::label;
use crate::measured::ABSENT;
use crate::number::whole;
use crate::series::{annual_mwh, converted, mean, megawatts, taken_from};
use crate::svg::{Axis, Frame};
use crate::texts::say;
use hukka_model::{HeatSource, UnitKind, UnitPlan};
use hukka_units::{HeatPower, MassFlow, Ratio, Temperature, grouped};

/// Points drawn of a duration curve.
const POINTS: usize = 240;
/// A heat pump counts as running above this, MW.
const RUNNING_MW: f64 = 1e-3;
const DASHES: [&str; 4] = ["", "6 3", "2 3", "8 3 2 3"];

/// Capture point, temperature and fate of the heat of every data centre.
pub(crate) fn capture(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new(say("source.where-the-heat-is-taken"))
        .text(say("source.data-centre"))
        .text(say("source.servers-are-cooled-by"))
        .text(say("source.capture-point"))
        .number(say("source.warmest"), "°C")
        .number(say("source.mean"), "°C")
        .number(say("source.coldest"), "°C")
        .number(say("source.captured"), "MWh")
        .number(say("source.taken"), "MWh")
        .number(say("source.rejected"), "MWh")
        .number(say("source.water"), "m³");
    for source in inputs.sources {
        let celsius = converted(&source.source_temperature, Temperature::c);
        let warm = celsius.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let cold = celsius.iter().copied().fold(f64::INFINITY, f64::min);
        let degree = |value: f64| {
            if value.is_finite() {
                grouped(value, 1)
            } else {
                ABSENT.to_owned()
            }
        };
        let (rejected, water) = rejected(inputs, source);
        let centre = inputs.study.data_centres.get(source.data_centre);
        let text = |value: Option<&'static str>| value.unwrap_or(ABSENT).to_owned();
        table.push([
            source.id.clone(),
            text(centre.map(|centre| label::cooling(centre.cooling))),
            text(centre.map(|centre| label::capture(centre.capture))),
            degree(warm),
            degree(mean(&celsius)),
            degree(cold),
            whole(annual_mwh(&source.recoverable)),
            whole(taken_from(inputs, source.data_centre).iter().sum()),
            whole(rejected),
            water.map_or_else(|| ABSENT.to_owned(), whole),
        ]);
    }
    table.noted(say("source.temperatures-are-those-of-the"))
}

/// Heat the site rejects in the year, MWh, and the water that takes, m³, where water is used.
fn rejected(inputs: &Inputs<'_>, source: &HeatSource) -> (f64, Option<f64>) {
    let taken = taken_from(inputs, source.data_centre);
    let (mut heat, mut water) = (0.0, 0.0);
    for (step, mw) in taken.iter().enumerate() {
        let taken = HeatPower::from_mw(*mw);
        heat += source.rejected(step, taken).mw();
        water += source.water_use(step, taken).kg_s();
    }
    // A tonne of water is a cubic metre here.
    let cubic_metres = MassFlow::from_kg_s(water).kg_s() * 3600.0 / 1000.0;
    (
        heat,
        (source.cooling.water_per_heat > 0.0).then_some(cubic_metres),
    )
}

/// Heat rejected by all data centres in every hour, MW.
pub(crate) fn rejected_hours(inputs: &Inputs<'_>) -> Vec<f64> {
    let mut hours = vec![0.0; inputs.study.axis.len()];
    for source in inputs.sources {
        let taken = taken_from(inputs, source.data_centre);
        for (step, (sum, mw)) in hours.iter_mut().zip(&taken).enumerate() {
            *sum += source.rejected(step, HeatPower::from_mw(*mw)).mw();
        }
    }
    hours
}

/// The COP of the hours in which each heat pump runs, falling.
pub(crate) fn cop_duration(inputs: &Inputs<'_>) -> Option<Figure> {
    let pumps: Vec<(&UnitPlan, Vec<f64>)> = inputs
        .plan
        .units
        .iter()
        .filter(|unit| matches!(unit.kind, UnitKind::HeatPump(_)))
        .map(|unit| (unit, falling(unit)))
        .filter(|(_, cops)| cops.len() >= 2)
        .collect();
    let longest = pumps.iter().map(|(_, cops)| cops.len()).max()?;
    let best = pumps.iter().map(|(_, cops)| cops[0]).fold(1.0, f64::max);
    let drawn: Vec<Line> = pumps
        .iter()
        .enumerate()
        .map(|(i, (unit, cops))| Line {
            name: label::unit(inputs, unit.kind, &unit.id),
            colour: colour::unit(inputs, unit.kind),
            dash: DASHES[i % DASHES.len()],
            points: thin(cops),
            band: None,
        })
        .collect();
    let frame = Frame {
        height: 210.0,
        right: 180.0,
        ..Frame::default()
    };
    let plot = lines(
        frame,
        Axis::exact(
            say("source.running-hours-by-falling-cop"),
            0.0,
            longest as f64,
            8,
        ),
        Axis::round(say("source.cop-heat-out-per-electricity"), 0.0, best, 4),
        &drawn,
    );
    let title = say("source.cop-duration-curve-how-many");
    Some(Figure {
        id: "cop-duration".to_owned(),
        title: title.to_owned(),
        note: say("source.only-hours-in-which-the").to_owned(),
        keys: vec![],
        svg: plot.canvas.finish(title, ""),
        table: table(inputs, &pumps),
    })
}

fn falling(unit: &UnitPlan) -> Vec<f64> {
    let heat = megawatts(&unit.heat);
    let cop = converted(&unit.cop, Ratio::fraction);
    let mut running: Vec<f64> = heat
        .iter()
        .zip(&cop)
        .filter(|(mw, _)| **mw > RUNNING_MW)
        .map(|(_, cop)| *cop)
        .collect();
    running.sort_by(|a, b| b.total_cmp(a));
    running
}

fn thin(values: &[f64]) -> Vec<(f64, f64)> {
    let last = values.len() - 1;
    (0..=POINTS.min(last))
        .map(|i| {
            let index = (i as f64 / POINTS.min(last) as f64 * last as f64).round() as usize;
            (index as f64, values[index])
        })
        .collect()
}

fn table(inputs: &Inputs<'_>, pumps: &[(&UnitPlan, Vec<f64>)]) -> Table {
    let mut table = Table::new(say("source.cop-along-the-curve"))
        .text(say("source.heat-pump"))
        .number(say("source.running"), "h");
    for (name, _) in SHARES {
        table = table.number(say(name), "");
    }
    for (unit, cops) in pumps {
        let mut row = vec![
            label::unit(inputs, unit.kind, &unit.id),
            whole(cops.len() as f64),
        ];
        row.extend(SHARES.map(|(_, share)| {
            let index = (share * (cops.len() - 1) as f64).round() as usize;
            grouped(cops[index], 2)
        }));
        table.rows.push(row);
    }
    table
}

const SHARES: [(&str, f64); 5] = [
    ("source.best", 0.0),
    ("source.best-tenth", 0.1),
    ("source.middle", 0.5),
    ("source.worst-tenth", 0.9),
    ("source.worst", 1.0),
];
