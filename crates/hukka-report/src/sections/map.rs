//! The map: streets, buildings, the network, the plant; and a sketch where there is no map.

use crate::colour::{self, RETURN_SCALE, SUPPLY_SCALE, Scale};
use crate::geojson::{coldest_snapshot, has_map};
use crate::inputs::Inputs;
use crate::number::{distance, short, whole};
use crate::svg::{Anchor, Canvas, escape};
use crate::texts::{fill, say};
use core::fmt::Write as _;
use hukka_model::{NetworkSnapshot, NodeKind, Position, Trench, TrenchKind};
use hukka_units::Temperature;
use serde::Serialize;

/// Colours a temperature scale is cut into.
pub(crate) const STEPS: usize = 32;
const WIDTH: f64 = 920.0;
/// Tallest drawing.
const TALLEST: f64 = 640.0;
const USE: &str = r##"<use href="#shapes"/>"##;
/// Smallest range of a temperature scale, K: less would make noise look like a finding.
const SMALLEST_SPAN: f64 = 6.0;

/// A range of temperatures with its colours.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Range {
    /// Coldest, °C.
    pub(crate) min: f64,
    /// Warmest, °C.
    pub(crate) max: f64,
    /// Colours from cold to warm.
    pub(crate) colours: Vec<String>,
}

impl Range {
    /// Colour of a temperature.
    fn at(&self, celsius: f64) -> &str {
        let share = (celsius - self.min) / (self.max - self.min).max(1e-9);
        let index = (share * self.colours.len() as f64) as usize;
        &self.colours[index.min(self.colours.len() - 1)]
    }
}

/// The map and what its script needs.
pub(crate) struct Map {
    /// The drawing that carries the shapes, zoomable.
    pub(crate) svg: String,
    /// A small copy for the first page; it points to the shapes of the large one.
    pub(crate) small: String,
    /// The shapes of the large map.
    shapes: String,
    /// Scales of supply and return water: of each hour, and last of all hours together.
    pub(crate) scales: Vec<[Range; 2]>,
}

impl Map {
    /// The small copy with its own shapes, for where there is no large one beside.
    pub(crate) fn alone(&self) -> String {
        self.small
            .replacen(USE, &format!("<g>{}</g>", self.shapes), 1)
    }
}

/// Mean of a node series over a trench's two ends, °C.
pub(crate) fn mean_at(trench: &Trench, nodes: &[Temperature]) -> f64 {
    f64::midpoint(nodes[trench.from].c(), nodes[trench.to].c())
}

/// A scale that reaches from the coldest to the warmest trench of some hours.
fn range<'a>(
    trenches: &[Trench],
    scale: &Scale,
    hours: impl Iterator<Item = &'a [Temperature]>,
) -> Range {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for nodes in hours {
        for trench in trenches {
            let celsius = mean_at(trench, nodes);
            low = low.min(celsius);
            high = high.max(celsius);
        }
    }
    if low > high {
        (low, high) = (0.0, 100.0);
    }
    let max = high.ceil();
    Range {
        min: low.floor().min(max - SMALLEST_SPAN),
        max,
        colours: scale.steps(STEPS),
    }
}

/// Scales of supply and return: one pair for each snapshot, and one for all of them.
fn scales(inputs: &Inputs<'_>) -> Vec<[Range; 2]> {
    let trenches = &inputs.design.trenches;
    let pair = |hours: &[NetworkSnapshot]| {
        let supply = hours.iter().map(|s| s.supply_temperature.as_slice());
        let back = hours.iter().map(|s| s.return_temperature.as_slice());
        [
            range(trenches, &SUPPLY_SCALE, supply),
            range(trenches, &RETURN_SCALE, back),
        ]
    };
    let all = &inputs.network.snapshots;
    let mut scales: Vec<[Range; 2]> = all.iter().map(|s| pair(core::slice::from_ref(s))).collect();
    scales.push(pair(all));
    scales
}

/// Place of the coldest hour among the snapshots.
pub(crate) fn first_snapshot(inputs: &Inputs<'_>) -> usize {
    let coldest = coldest_snapshot(inputs);
    inputs
        .network
        .snapshots
        .iter()
        .position(|snapshot| coldest.is_some_and(|c| core::ptr::eq(c, snapshot)))
        .unwrap_or(0)
}

/// The part of the plane that is drawn.
#[derive(Debug, Clone, Copy)]
struct View {
    west: f64,
    north: f64,
    width: f64,
    height: f64,
}

impl View {
    fn around(inputs: &Inputs<'_>) -> Self {
        let design = inputs.design;
        let on_network = design
            .trenches
            .iter()
            .flat_map(|trench| trench.path.iter().copied());
        let centres = inputs
            .study
            .data_centres
            .iter()
            .filter_map(|centre| centre.position);
        let consumers = inputs
            .demand
            .consumers
            .iter()
            .filter_map(|consumer| consumer.position);
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        let mut take = |position: Position| {
            for (i, value) in [position.east.m(), position.north.m()]
                .into_iter()
                .enumerate()
            {
                low[i] = low[i].min(value);
                high[i] = high[i].max(value);
            }
        };
        on_network.chain(centres).for_each(&mut take);
        if design.trenches.is_empty() {
            consumers.for_each(&mut take);
        }
        if low[0] > high[0] {
            (low, high) = ([-500.0; 2], [500.0; 2]);
        }
        let margin = 0.06 * (high[0] - low[0]).max(high[1] - low[1]) + 30.0;
        let (mut width, mut height) = (
            high[0] - low[0] + 2.0 * margin,
            high[1] - low[1] + 2.0 * margin,
        );
        let middle = [
            f64::midpoint(low[0], high[0]),
            f64::midpoint(low[1], high[1]),
        ];
        height = height.max(width * 0.42);
        width = width.max(height * WIDTH / TALLEST);
        Self {
            west: middle[0] - width / 2.0,
            north: middle[1] + height / 2.0,
            width,
            height,
        }
    }

    fn at(&self, position: Position) -> (f64, f64) {
        (
            position.east.m() - self.west,
            self.north - position.north.m(),
        )
    }
}

/// Draws the map; a sketch when the study has none.
pub(crate) fn draw(inputs: &Inputs<'_>, title: &str) -> Map {
    let scales = scales(inputs);
    if !has_map(inputs) {
        return Map {
            small: sketch(inputs, title, 560.0),
            svg: sketch(inputs, title, WIDTH),
            shapes: String::new(),
            scales,
        };
    }
    let view = View::around(inputs);
    let mut shapes = String::new();
    streets(inputs, view, &mut shapes);
    buildings(inputs, view, &mut shapes);
    pipes(
        inputs,
        view,
        &scales[first_snapshot(inputs)][0],
        &mut shapes,
    );
    let viewbox = format!(r#"viewBox="0 0 {:.0} {:.0}""#, view.width, view.height);
    let scale = view.width / WIDTH;
    let svg = format!(
        r#"<svg id="map" {viewbox} role="img" aria-label="{}"><g id="shapes">{shapes}</g>{}<g id="overlay" transform="scale({scale:.4})">{}</g></svg>"#,
        escape(title),
        markers(inputs, view, scale, true),
        overlay(view),
    );
    let small = format!(
        r#"<svg class="small" {viewbox} role="img" aria-label="Small map: {}">{USE}{}</svg>"#,
        escape(title),
        markers(inputs, view, 2.0 * scale, false),
    );
    Map {
        svg,
        small,
        shapes,
        scales,
    }
}

/// One decimal, none when whole.
fn n(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), |whole| {
        if whole == "-0" {
            "0".to_owned()
        } else {
            whole.to_owned()
        }
    })
}

/// A path in relative steps, to keep it short.
fn trace(view: View, path: &[Position], is_closed: bool, out: &mut String) {
    let mut previous = (0.0, 0.0);
    for (i, position) in path.iter().enumerate() {
        let (x, y) = view.at(*position);
        let (x, y) = ((x * 10.0).round() / 10.0, (y * 10.0).round() / 10.0);
        let command = match i {
            0 => "M",
            1 => "l",
            _ => " ",
        };
        let _ = write!(out, "{command}{} {}", n(x - previous.0), n(y - previous.1));
        previous = (x, y);
    }
    if is_closed && path.len() > 2 {
        out.push('z');
    }
}

fn streets(inputs: &Inputs<'_>, view: View, out: &mut String) {
    out.push_str(r#"<path class="street" d=""#);
    for street in &inputs.study.streets {
        trace(view, &street.path, false, out);
    }
    out.push_str(r#""/>"#);
}

/// Buildings in three looks: connected, left out, and not asked (unheated).
fn buildings(inputs: &Inputs<'_>, view: View, out: &mut String) {
    const CLASSES: [&str; 3] = ["building other", "building out", "building in"];
    let mut look = vec![0_usize; inputs.study.buildings.len()];
    let consumers = &inputs.demand.consumers;
    let mut points = String::new();
    let mut mark = |consumer: usize, kind: usize| {
        let demand = &consumers[consumer];
        let outline = demand
            .building
            .map(|b| inputs.study.buildings[b].outline.len());
        match (demand.building, demand.position) {
            (Some(building), _) if outline.unwrap_or(0) >= 3 => look[building] = kind,
            (_, Some(position)) => {
                let (x, y) = view.at(position);
                let class = if kind == 2 {
                    say("map.dot-in")
                } else {
                    say("map.dot-out")
                };
                let _ = write!(
                    points,
                    r#"<circle class="{class}" cx="{}" cy="{}" r="6"/>"#,
                    n(x),
                    n(y)
                );
            }
            _ => {}
        }
    };
    for left_out in &inputs.design.unconnected {
        mark(left_out.consumer, 1);
    }
    for connected in &inputs.design.connected {
        mark(connected.consumer, 2);
    }
    for (kind, class) in CLASSES.iter().enumerate() {
        let _ = write!(out, r#"<path class="{class}" d=""#);
        for (building, _) in inputs
            .study
            .buildings
            .iter()
            .zip(&look)
            .filter(|(building, look)| **look == kind && building.outline.len() >= 3)
        {
            trace(view, &building.outline, true, out);
        }
        out.push_str(r#""/>"#);
    }
    out.push_str(&points);
}

/// Width of a pipe in the drawing, from thin to thick by nominal diameter.
pub(crate) fn pipe_width(dn: u16) -> f64 {
    0.4 + 0.27 * f64::from(dn).sqrt()
}

fn pipes(inputs: &Inputs<'_>, view: View, supply: &Range, out: &mut String) {
    let snapshot = coldest_snapshot(inputs);
    out.push_str(r#"<g id="pipes">"#);
    for trench in &inputs.design.trenches {
        let colour = snapshot.map_or(colour::SUPPLY, |snapshot| {
            supply.at(mean_at(trench, &snapshot.supply_temperature))
        });
        let width = match trench.kind {
            TrenchKind::Service => 0.6 * pipe_width(trench.dn),
            TrenchKind::Street | TrenchKind::Transmission => pipe_width(trench.dn),
        };
        let _ = write!(
            out,
            r#"<path stroke="{colour}" style="--w:{}" d=""#,
            n(width)
        );
        trace(view, &trench.path, false, out);
        out.push_str(r#""/>"#);
    }
    out.push_str("</g>");
}

/// The data centre's sign, everywhere the same: a rack.
pub(crate) const RACK: &str = r##"<rect x="-11" y="-11" width="22" height="22" rx="3" fill="#0b6e75" stroke="#fff" stroke-width="2"/><path d="M-6-5h12M-6 0h12M-6 5h12" stroke="#fff" stroke-width="2" fill="none"/>"##;
/// The energy centre's sign: a flame.
pub(crate) const FLAME: &str = r##"<circle r="11" fill="#1c2126" stroke="#fff" stroke-width="2"/><path d="M0-7C5-2 5 1 4 4C4 7.300-4 7.300-4 4C-5 1-2 0 0-7z" fill="#fff"/>"##;

fn markers(inputs: &Inputs<'_>, view: View, scale: f64, has_names: bool) -> String {
    let mut out = String::new();
    let mut sign = |position: Position, shift: (f64, f64), drawing: &str, name: &str| {
        let (x, y) = view.at(position);
        let _ = write!(
            out,
            r#"<g class="marker" data-x="{0}" data-y="{1}" transform="translate({0} {1}) scale({scale:.4})"><g transform="translate({2} {3})">{drawing}"#,
            n(x),
            n(y),
            shift.0,
            shift.1
        );
        if has_names {
            let _ = write!(
                out,
                r#"<text x="16" y="5" class="halo">{}</text>"#,
                escape(name)
            );
        }
        out.push_str("</g></g>");
    };
    let centres: Vec<Position> = inputs
        .study
        .data_centres
        .iter()
        .filter_map(|centre| centre.position)
        .collect();
    for node in inputs
        .design
        .nodes
        .iter()
        .filter(|node| node.kind == NodeKind::Plant)
    {
        let is_beside = centres
            .iter()
            .any(|c| c.distance(node.position).m() < 30.0 * scale);
        let shift = match (is_beside, view.at(node.position).1 < 60.0 * scale) {
            (false, _) => (0.0, 0.0),
            (true, false) => (0.0, -28.0),
            (true, true) => (0.0, 28.0),
        };
        sign(node.position, shift, FLAME, say("map.energy-centre"));
    }
    for centre in &inputs.study.data_centres {
        if let Some(position) = centre.position {
            sign(
                position,
                (0.0, 0.0),
                RACK,
                &fill("map.data-centre", &[&centre.id]),
            );
        }
    }
    out
}

/// A round length of about a fifth of the view, metres.
fn bar_length(view: View) -> f64 {
    crate::svg::ticks(0.0, view.width / 4.0, 2)
        .last()
        .copied()
        .unwrap_or(100.0)
}

/// Scale bar and north arrow, in units of the drawing's width of 920.
fn overlay(view: View) -> String {
    let height = WIDTH * view.height / view.width;
    let metres = bar_length(view);
    let length = metres * WIDTH / view.width;
    let (x, y) = (18.0, height - 16.0);
    format!(
        r##"<g class="bar"><path id="bar" d="M{x} {:.1}v5h{length:.1}v-5" fill="none" stroke="#1c2126" stroke-width="1.5"/><text id="bar-text" x="{:.1}" y="{:.1}" class="halo">{}</text></g><g transform="translate(892 34)"><path d="M0-20L7 4L0-1L-7 4z" fill="#1c2126"/><text y="18" text-anchor="middle" class="halo">N</text></g>"##,
        y - 5.0,
        x + length + 7.0,
        y + 2.0,
        if metres >= 1e3 {
            fill("map.km", &[&(metres / 1e3)])
        } else {
            format!("{metres} m")
        },
    )
}

/// Without a map: data centre, pipe, town.
fn sketch(inputs: &Inputs<'_>, title: &str, width: f64) -> String {
    let kpis = &inputs.assessment.kpis;
    let mut canvas = Canvas::new(width, 210.0);
    let (left, right) = (100.0, width - 100.0);
    let middle = f64::midpoint(left + 40.0, right - 60.0);
    for (y, colour) in [(92.0, colour::SUPPLY), (118.0, colour::RETURN)] {
        let style = format!(r#"stroke="{colour}" stroke-width="7""#);
        canvas.line((left + 45.0, y), (right - 58.0, y), &style);
    }
    canvas.raw(&format!(
        r#"<g transform="translate({left} 105) scale(3.4)">{RACK}</g>"#
    ));
    canvas.circle((right, 105.0), 62.0, r##"fill="#eceff1" stroke="#5d6771""##);
    let (name, strong) = (r#"class="name""#, r#"class="name strong""#);
    let mut write = |x: f64, y: f64, text: &str, style: &str| {
        canvas.text((x, y), Anchor::Middle, text, style);
    };
    write(right, 100.0, "town", strong);
    let heat = crate::number::energy(kpis.heat_delivered.mwh());
    write(right, 118.0, &format!("{heat}/a"), name);
    let it: f64 = inputs
        .study
        .data_centres
        .iter()
        .map(|c| c.it_load.mw())
        .sum();
    write(
        left,
        166.0,
        &fill("map.data-centre-mw", &[&short(it)]),
        strong,
    );
    write(left, 184.0, say("map.heat-pump-boilers-store"), name);
    let dn = inputs.design.trenches.iter().map(|t| t.dn).max();
    let size = dn.map_or(String::new(), |dn| fill("map.dn", &[&dn]));
    write(
        middle,
        52.0,
        &format!("{}{size}", distance(kpis.distance_to_town.m())),
        strong,
    );
    if let Some(snapshot) = coldest_snapshot(inputs)
        && let Some(supply) = snapshot.supply_temperature.first()
        && let Some(back) = snapshot.return_temperature.first()
    {
        let text = fill("map.supply-c-in-the-coldest", &[&whole(supply.c())]);
        write(middle, 80.0, &text, name);
        write(
            middle,
            144.0,
            &fill("map.return-c", &[&whole(back.c())]),
            name,
        );
    }
    canvas.finish(title, "")
}
