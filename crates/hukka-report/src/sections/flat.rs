//! Section 4: one kilowatt-hour from the servers to a flat.

use crate::charts::{Bar, columns};
use crate::colour;
use crate::document::Block;
use crate::figure::{Figure, Key, Table};
use crate::inputs::Inputs;
use crate::label;
use crate::measured::{Measured, shown_share};
use crate::number::{energy, energy_scale, percent, whole};
use crate::sections::sankey::{Ribbon, Role, Stop, draw};
use crate::series::{annual_mwh, megawatts, middle, months, summed, taken_from};
use crate::stack::store_sum;
use crate::svg::Frame;
use crate::texts::{fill, say};
use hukka_model::UnitKind;
use hukka_units::grouped;

/// The year's energy at every stop, MWh.
struct Flows {
    it: f64,
    auxiliary: f64,
    captured: f64,
    not_captured: f64,
    taken: f64,
    rejected: f64,
    electricity: f64,
    pump_heat: f64,
    boilers: Vec<(String, String, f64)>,
    unserved: f64,
    store_loss: f64,
    dumped: f64,
    fed: f64,
    delivered: f64,
    loss: f64,
}

/// Section 4.
pub(crate) fn blocks(inputs: &Inputs<'_>) -> Vec<Block> {
    let flows = flows(inputs);
    let items = sentences(inputs, &flows);
    vec![
        Block::text(say("flat.follow-one-kilowatt-hour")),
        Block::Steps { items },
        Block::figure(sankey(&flows)),
        Block::figure(rejected(inputs)),
    ]
}

fn flows(inputs: &Inputs<'_>) -> Flows {
    let plan = inputs.plan;
    let hourly = &inputs.network.hourly;
    let over = |value: &dyn Fn(&hukka_model::HeatSource) -> f64| {
        inputs.sources.iter().map(value).sum::<f64>()
    };
    let pumps = || {
        let is_pump = |kind| matches!(kind, UnitKind::HeatPump(_));
        plan.units.iter().filter(move |unit| is_pump(unit.kind))
    };
    let captured = over(&|source| annual_mwh(&source.recoverable));
    let taken: f64 = pumps().map(|unit| annual_mwh(&unit.source_heat)).sum();
    Flows {
        it: over(&|source| annual_mwh(&source.it_power)),
        auxiliary: over(&|source| annual_mwh(&source.auxiliary_power)),
        captured,
        not_captured: over(&|source| annual_mwh(&source.unrecoverable)),
        taken,
        rejected: (captured - taken).max(0.0),
        electricity: pumps().map(|unit| annual_mwh(&unit.electricity)).sum(),
        pump_heat: pumps().map(|unit| annual_mwh(&unit.heat)).sum(),
        boilers: plan
            .units
            .iter()
            .filter(|unit| matches!(unit.kind, UnitKind::Boiler(_)))
            .map(|unit| {
                (
                    label::unit(inputs, unit.kind, &unit.id),
                    colour::unit(inputs, unit.kind),
                    annual_mwh(&unit.heat),
                )
            })
            .filter(|boiler| boiler.2 > 0.0)
            .collect(),
        unserved: annual_mwh(&plan.unserved),
        store_loss: store_sum(inputs, |store| megawatts(&store.loss))
            .iter()
            .sum(),
        dumped: annual_mwh(&plan.dumped),
        fed: annual_mwh(&plan.heat_demand),
        delivered: annual_mwh(&hourly.heat_delivered),
        loss: annual_mwh(&hourly.heat_loss),
    }
}

/// A figure per kilowatt-hour of the servers.
fn per_it(flows: &Flows, mwh: f64) -> String {
    if flows.it > 0.0 {
        grouped(mwh / flows.it, 2)
    } else {
        "–".to_owned()
    }
}

fn sentences(inputs: &Inputs<'_>, flows: &Flows) -> Vec<String> {
    if flows.it <= 0.0 {
        return vec![say("flat.the-servers-use-no-electricity").to_owned()];
    }
    let kpis = &inputs.assessment.kpis;
    let measured = Measured::new(inputs);
    let share = |mwh: f64| per_it(flows, mwh);
    let centre = inputs.study.data_centres.first();
    let point = centre.map_or(say("flat.the-capture-point"), |c| label::capture(c.capture));
    let cooled = centre.map_or(say("flat.their-cooling"), |c| label::cooling(c.cooling));
    let mut out = vec![fill(
        "flat.the-servers-draw-1-kwh",
        &[&share(flows.auxiliary), &cooled],
    )];
    out.push(fill(
        "flat.kwh-of-this-heat-reach",
        &[
            &share(flows.captured),
            &point,
            &whole(kpis.waste_heat_temperature.c()),
            &share(flows.not_captured),
        ],
    ));
    out.push(fill(
        "flat.over-the-year-the-heat",
        &[&share(flows.taken), &share(flows.rejected)],
    ));
    let cop = measured.mean_cop.map_or_else(String::new, |cop| {
        fill("flat.a-mean-cop-of", &[&grouped(cop, 2)])
    });
    out.push(fill(
        "flat.with-kwh-of-electricity-the",
        &[&share(flows.electricity), &share(flows.pump_heat), &cop],
    ));
    let boilers: f64 = flows.boilers.iter().map(|boiler| boiler.2).sum();
    out.push(fill(
        "flat.boilers-add-kwh-when-that",
        &[&share(boilers), &share(flows.fed)],
    ));
    out.push(fill(
        "flat.the-pipes-lose-kwh-to",
        &[
            &share(flows.loss),
            &shown_share(measured.loss_share),
            &share(flows.delivered),
            &shown_share(measured.share_covered),
        ],
    ));
    out
}

fn sankey(flows: &Flows) -> Figure {
    let (stops, ribbons) = stops_and_ribbons(flows);
    let title = say("flat.from-server-to-flat-energy");
    let mut table = Table::new(say("flat.energy-at-every-stop"))
        .text(say("flat.stop"))
        .number(say("flat.energy"), "MWh/a")
        .number(say("flat.per-kwh-of-the-servers"), "kWh");
    for stop in &stops {
        table.push([stop.name.clone(), whole(stop.mwh), per_it(flows, stop.mwh)]);
    }
    let small = [
        (say("flat.store-loss"), flows.store_loss),
        (say("flat.dumped-on-purpose"), flows.dumped),
    ];
    for (name, mwh) in small {
        if mwh > 0.0 {
            table.push([name.to_owned(), whole(mwh), per_it(flows, mwh)]);
        }
    }
    Figure {
        id: "sankey".to_owned(),
        title: title.to_owned(),
        note: say("flat.first-figure-kwh-per-kwh").to_owned(),
        keys: vec![],
        svg: draw(&stops, &ribbons, title),
        table,
    }
}

fn stops_and_ribbons(flows: &Flows) -> (Vec<Stop>, Vec<Ribbon>) {
    let mut stops: Vec<Stop> = Vec::new();
    let mut stop = |(column, role), name: &str, mwh: f64, colour: &str| {
        stops.push(Stop {
            column,
            role,
            name: name.to_owned(),
            mwh,
            figures: [fill("flat.kwh", &[&per_it(flows, mwh)]), energy(mwh)],
            colour: colour.to_owned(),
        });
        stops.len() - 1
    };
    let arisen = flows.captured + flows.not_captured;
    let (main, inflow, side) = (Role::Main, Role::Inflow, Role::Side);
    let (loss, end) = (Role::Loss, Role::End);
    let it = stop((0, main), say("flat.servers"), flows.it, colour::INK);
    let auxiliary = stop(
        (0, inflow),
        say("flat.fans-ups"),
        flows.auxiliary,
        colour::GREY,
    );
    let heat = stop((1, main), say("flat.waste-heat"), arisen, colour::ACCENT);
    let captured = stop(
        (2, main),
        say("flat.captured"),
        flows.captured,
        colour::ACCENT,
    );
    let missed = stop(
        (2, loss),
        say("flat.not-captured"),
        flows.not_captured,
        colour::LOST,
    );
    let taken = stop((3, main), say("flat.taken"), flows.taken, colour::ACCENT);
    let electricity = stop(
        (3, inflow),
        say("flat.electricity"),
        flows.electricity,
        colour::ELECTRICITY,
    );
    let rejected = stop(
        (3, loss),
        say("flat.rejected"),
        flows.rejected,
        colour::LOST,
    );
    let pump = stop(
        (4, main),
        say("flat.heat-pump"),
        flows.pump_heat,
        colour::ACCENT,
    );
    let boilers: Vec<(usize, String, f64)> = flows
        .boilers
        .iter()
        .map(|(name, colour, mwh)| (stop((4, side), name, *mwh, colour), colour.clone(), *mwh))
        .collect();
    let unserved = (flows.unserved > 0.0).then(|| {
        stop(
            (4, side),
            say("flat.not-supplied"),
            flows.unserved,
            colour::UNSERVED,
        )
    });
    let fed = stop((5, main), say("flat.network"), flows.fed, colour::SUPPLY);
    let homes = stop((6, end), say("flat.homes"), flows.delivered, colour::SUPPLY);
    let lost = stop((6, end), say("flat.network-loss"), flows.loss, colour::LOST);

    let mut ribbons = Vec::new();
    let mut ribbon = |from, to, mwh: f64, colour: &str| {
        ribbons.push(Ribbon {
            from,
            to,
            mwh,
            colour: colour.to_owned(),
        });
    };
    ribbon(it, heat, flows.it, colour::ACCENT);
    ribbon(auxiliary, heat, flows.auxiliary, colour::ACCENT);
    ribbon(heat, captured, flows.captured, colour::ACCENT);
    ribbon(heat, missed, flows.not_captured, colour::LOST);
    ribbon(captured, taken, flows.taken, colour::ACCENT);
    ribbon(captured, rejected, flows.rejected, colour::LOST);
    ribbon(taken, pump, flows.taken, colour::ACCENT);
    ribbon(electricity, pump, flows.electricity, colour::ELECTRICITY);
    ribbon(pump, fed, flows.pump_heat, colour::ACCENT);
    for (from, colour, mwh) in boilers {
        ribbon(from, fed, mwh, &colour);
    }
    if let Some(from) = unserved {
        ribbon(from, fed, flows.unserved, colour::UNSERVED);
    }
    ribbon(fed, homes, flows.delivered, colour::SUPPLY);
    ribbon(fed, lost, flows.loss, colour::LOST);
    (stops, ribbons)
}

/// When heat is rejected: captured heat by month, taken and not.
fn rejected(inputs: &Inputs<'_>) -> Figure {
    let hours = inputs.study.axis.len();
    let offered: Vec<Vec<f64>> = inputs
        .sources
        .iter()
        .map(|s| megawatts(&s.recoverable))
        .collect();
    let used: Vec<Vec<f64>> = inputs
        .sources
        .iter()
        .map(|s| taken_from(inputs, s.data_centre))
        .collect();
    let offered = summed(offered.iter().map(Vec::as_slice), hours);
    let used = summed(used.iter().map(Vec::as_slice), hours);
    let title = say("flat.when-heat-is-rejected-captured");
    let mut table = Table::new(say("flat.captured-heat-by-month"))
        .text(say("flat.month"))
        .number(say("flat.captured"), "MWh")
        .number(say("flat.taken"), "MWh")
        .number(say("flat.rejected"), "MWh")
        .number(say("flat.taken"), "%");
    let mut bars = Vec::new();
    let ranges = months(&inputs.study.axis);
    let sums = ranges
        .iter()
        .map(|range| offered[range.clone()].iter().sum::<f64>());
    let (divisor, unit) = energy_scale(sums.fold(0.0, f64::max));
    for range in ranges {
        let name = label::month(middle(&inputs.study.axis, &range).month);
        let (all, taken): (f64, f64) = (
            offered[range.clone()].iter().sum(),
            used[range].iter().sum(),
        );
        let left = (all - taken).max(0.0);
        let share = if all > 0.0 {
            percent(taken / all)
        } else {
            "–".to_owned()
        };
        table.push([
            name.to_owned(),
            whole(all),
            whole(taken),
            whole(left),
            share,
        ]);
        bars.push(Bar {
            mark: name.to_owned(),
            pieces: vec![
                (taken / divisor, colour::ACCENT.to_owned()),
                (left / divisor, colour::LOST.to_owned()),
            ],
        });
    }
    let key = |colour: &str, label: &str| Key {
        colour: colour.to_owned(),
        label: label.to_owned(),
    };
    let plot = columns(
        Frame {
            height: 210.0,
            ..Frame::default()
        },
        &fill("flat.captured-heat", &[&unit]),
        &bars,
        4,
    );
    Figure {
        id: "rejected".to_owned(),
        title: title.to_owned(),
        note: String::new(),
        keys: vec![
            key(colour::ACCENT, say("flat.taken-by-the-heat-pump")),
            key(colour::LOST, say("flat.rejected-upper-part")),
        ],
        svg: plot.canvas.finish(title, ""),
        table,
    }
}
