//! The flow of energy from the servers to the homes, drawn to scale.

use crate::svg::{Anchor, Canvas};

/// A place in the flow.
#[derive(Debug, Clone)]
pub(crate) struct Stop {
    /// Column, from the left.
    pub(crate) column: usize,
    /// What it is.
    pub(crate) name: String,
    /// Energy, MWh a year.
    pub(crate) mwh: f64,
    /// Second and third line: the figures as shown.
    pub(crate) figures: [String; 2],
    /// Colour.
    pub(crate) colour: String,
}

/// Energy on its way from one stop to another.
#[derive(Debug, Clone)]
pub(crate) struct Ribbon {
    /// Index of the start.
    pub(crate) from: usize,
    /// Index of the end.
    pub(crate) to: usize,
    /// Energy, MWh a year.
    pub(crate) mwh: f64,
    /// Colour.
    pub(crate) colour: String,
}

const WIDTH: f64 = 920.0;
const LEFT: f64 = 8.0;
const RIGHT: f64 = 104.0;
const NODE: f64 = 9.0;
const TOP: f64 = 14.0;
const TALLEST: f64 = 330.0;
/// Room a stop needs for its three lines of text.
const LABEL: f64 = 46.0;
const GAP: f64 = 12.0;

struct Placed {
    x: f64,
    y: f64,
    height: f64,
}

/// The drawing; stops of a column are stacked in the order given.
pub(crate) fn draw(stops: &[Stop], ribbons: &[Ribbon], title: &str) -> String {
    let columns = stops.iter().map(|stop| stop.column).max().unwrap_or(0) + 1;
    let fullest = (0..columns)
        .map(|c| {
            stops
                .iter()
                .filter(|s| s.column == c)
                .map(|s| s.mwh)
                .sum::<f64>()
        })
        .fold(0.0, f64::max);
    let scale = if fullest > 0.0 {
        TALLEST / fullest
    } else {
        0.0
    };
    let placed = place(stops, columns, scale);
    let bottom = placed
        .iter()
        .map(|p| p.y + p.height.max(LABEL))
        .fold(0.0, f64::max);
    let mut canvas = Canvas::new(WIDTH, bottom + 8.0);
    draw_ribbons(&mut canvas, &placed, ribbons, scale);
    for (stop, place) in stops.iter().zip(&placed) {
        let style = format!(r#"fill="{}""#, stop.colour);
        canvas.rect((place.x, place.y), (NODE, place.height.max(1.0)), &style);
    }
    for (stop, place) in stops.iter().zip(&placed) {
        let middle = place.y + f64::midpoint(0.0, place.height.max(LABEL - 4.0));
        let at = place.x + NODE + 6.0;
        let lines = [&stop.name, &stop.figures[0], &stop.figures[1]];
        let classes = ["stop", "stop figure", "stop figure"];
        for (i, (text, class)) in lines.into_iter().zip(classes).enumerate() {
            let y = middle - 9.0 + 14.0 * i as f64;
            canvas.text((at, y), Anchor::Start, text, &format!(r#"class="{class}""#));
        }
    }
    canvas.finish(title, "")
}

fn place(stops: &[Stop], columns: usize, scale: f64) -> Vec<Placed> {
    let spread = (WIDTH - LEFT - RIGHT - NODE) / columns.saturating_sub(1).max(1) as f64;
    let mut next = vec![TOP; columns];
    stops
        .iter()
        .map(|stop| {
            let height = stop.mwh.max(0.0) * scale;
            let y = next[stop.column];
            next[stop.column] += height.max(LABEL) + GAP;
            Placed {
                x: LEFT + spread * stop.column as f64,
                y,
                height,
            }
        })
        .collect()
}

/// Ribbons leave and arrive in the order given, from the top of each stop.
fn draw_ribbons(canvas: &mut Canvas, placed: &[Placed], ribbons: &[Ribbon], scale: f64) {
    let mut leaving = vec![0.0; placed.len()];
    let mut arriving = vec![0.0; placed.len()];
    for ribbon in ribbons {
        let thickness = ribbon.mwh.max(0.0) * scale;
        let (from, to) = (&placed[ribbon.from], &placed[ribbon.to]);
        let start = (from.x + NODE, from.y + leaving[ribbon.from]);
        let end = (to.x, to.y + arriving[ribbon.to]);
        leaving[ribbon.from] += thickness;
        arriving[ribbon.to] += thickness;
        let bend = f64::midpoint(start.0, end.0);
        let description = format!(
            "M{:.1} {:.1}C{bend:.1} {:.1} {bend:.1} {:.1} {:.1} {:.1}v{thickness:.1}C{bend:.1} {:.1} {bend:.1} {:.1} {:.1} {:.1}z",
            start.0,
            start.1,
            start.1,
            end.1,
            end.0,
            end.1,
            end.1 + thickness,
            start.1 + thickness,
            start.0,
            start.1 + thickness,
        );
        let style = format!(r#"fill="{}" opacity="0.38""#, ribbon.colour);
        canvas.path(&description, &style);
    }
}
