//! Section 3, last part: the heat balance by month, which closes.

use crate::charts::{Bar, columns};
use crate::figure::{Figure, Table};
use crate::inputs::Inputs;
use crate::number::{energy_scale, whole};
use crate::sections::year::{month_name, total};
use crate::series::{megawatts, months};
use crate::stack::{Layer, charge, covering, keys};
use crate::svg::Frame;
use crate::texts::{fill, say};
use core::ops::Range;
use hukka_units::grouped;

/// Less heat than this in a year gets no column of its own.
const SHOWN_MWH: f64 = 0.5;

/// Series of the balance, MW.
struct Balance<'a> {
    layers: &'a [Layer],
    charge: Vec<f64>,
    dumped: Vec<f64>,
    fed: Vec<f64>,
    delivered: Vec<f64>,
    loss: Vec<f64>,
}

impl Balance<'_> {
    fn has_dump(&self) -> bool {
        self.dumped.iter().sum::<f64>() >= SHOWN_MWH
    }

    /// Heads of the table.
    fn table(&self) -> Table {
        let mut table = Table::new(say("months.heat-balance-by-month")).text(say("months.month"));
        for layer in self.layers {
            table = table.number(layer.name.clone(), "MWh");
        }
        table = table.number(say("months.into-the-store"), "MWh");
        if self.has_dump() {
            table = table.number(say("months.dumped"), "MWh");
        }
        table
            .number(say("months.fed"), "MWh")
            .number(say("months.delivered"), "MWh")
            .number(say("months.network-loss"), "MWh")
            .number(say("months.difference"), "MWh")
    }

    /// One line: what was made, less what was put away, less what left; the rest is the error.
    fn row(&self, range: &Range<usize>) -> Vec<String> {
        let made: Vec<f64> = self
            .layers
            .iter()
            .map(|layer| total(&layer.values, range))
            .collect();
        let (into, away) = (total(&self.charge, range), total(&self.dumped, range));
        let (out, lost) = (total(&self.delivered, range), total(&self.loss, range));
        let difference = made.iter().sum::<f64>() - into - away - out - lost;
        let mut cells: Vec<String> = made.into_iter().map(whole).collect();
        cells.push(whole(into));
        if self.has_dump() {
            cells.push(whole(away));
        }
        cells.extend([whole(total(&self.fed, range)), whole(out), whole(lost)]);
        cells.push(grouped(difference, 3));
        cells
    }
}

/// Units + store = fed = delivered + loss, month by month.
pub(crate) fn balance(inputs: &Inputs<'_>, layers: &[Layer]) -> Figure {
    let hourly = &inputs.network.hourly;
    let balance = Balance {
        layers,
        charge: charge(inputs),
        dumped: megawatts(&inputs.plan.dumped),
        fed: megawatts(&inputs.plan.heat_demand),
        delivered: megawatts(&hourly.heat_delivered),
        loss: megawatts(&hourly.heat_loss),
    };
    let ranges = months(&inputs.study.axis);
    let fed = ranges.iter().map(|range| total(&balance.fed, range));
    let (divisor, unit) = energy_scale(fed.fold(0.0, f64::max));
    let mut table = balance.table();
    let covering = covering(inputs, layers);
    let mut bars = Vec::new();
    for range in &ranges {
        let mut cells = vec![month_name(inputs, range)];
        cells.extend(balance.row(range));
        table.rows.push(cells);
        bars.push(Bar {
            mark: month_name(inputs, range),
            pieces: covering
                .iter()
                .map(|layer| (total(&layer.values, range) / divisor, layer.colour.clone()))
                .collect(),
        });
    }
    let mut all = vec![say("months.year").to_owned()];
    all.extend(balance.row(&(0..inputs.study.axis.len())));
    table.total = Some(all);
    let title = say("months.heat-by-month-and-by");
    let frame = Frame {
        height: 230.0,
        ..Frame::default()
    };
    let plot = columns(frame, &fill("months.heat", &[&unit]), &bars, 4);
    Figure {
        id: "months".to_owned(),
        title: title.to_owned(),
        note: say("months.columns-add-up-to-the").to_owned(),
        keys: keys(layers),
        svg: plot.canvas.finish(title, ""),
        table,
    }
}
