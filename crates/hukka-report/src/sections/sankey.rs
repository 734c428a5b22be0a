//! The flow of energy from the servers to the homes, drawn to scale.
//!
//! The main stream runs along the top, its texts above it. What joins it rises from below: a
//! single inflow of a column has its text below it, several have theirs on the left, below all
//! that rises there. What leaves falls away, its text below it to the left, where nothing falls
//! deeper. The last column has its texts on the right. So no text lies on a band, however thin a
//! flow is.

use crate::svg::{Anchor, Canvas};

/// What a stop is to the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Part of the main stream: first in its column.
    Main,
    /// Joins the main stream, alone in its column.
    Inflow,
    /// Joins the main stream, one of several in its column.
    Side,
    /// Leaves it unused.
    Loss,
    /// In the last column.
    End,
}

/// A place in the flow.
#[derive(Debug, Clone)]
pub(crate) struct Stop {
    /// Column, from the left.
    pub(crate) column: usize,
    /// What it is to the flow.
    pub(crate) role: Role,
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
const RIGHT: f64 = 112.0;
const NODE: f64 = 9.0;
/// Height of the tallest column of bars.
const TALLEST: f64 = 300.0;
/// A line of text.
const LINE: f64 = 14.0;
/// Room between a bar and its text, and between a text and the next bar.
const GAP: f64 = 6.0;
/// Most letters in a line of a name.
const LETTERS: usize = 16;

/// A bar and its text.
struct Placed {
    x: f64,
    y: f64,
    height: f64,
    lines: Vec<String>,
    anchor: Anchor,
    text_x: f64,
    /// Top of the first line.
    text_y: f64,
}

/// A band from the right edge of a bar to the left edge of another.
struct Band {
    start: (f64, f64),
    end: (f64, f64),
    thickness: f64,
}

/// The drawing; stops of a column are stacked in the order given.
pub(crate) fn draw(stops: &[Stop], ribbons: &[Ribbon], title: &str) -> String {
    let scale = scale(stops);
    let placed = place(stops, scale);
    let bottom = placed
        .iter()
        .map(|p| (p.y + p.height).max(p.text_y + LINE * p.lines.len() as f64))
        .fold(0.0, f64::max);
    let mut canvas = Canvas::new(WIDTH, bottom + 8.0);
    for (ribbon, band) in ribbons.iter().zip(bands(&placed, ribbons, scale)) {
        let style = format!(r#"fill="{}" fill-opacity="0.38""#, ribbon.colour);
        canvas.path(&outline(&band), &style);
    }
    for (stop, place) in stops.iter().zip(&placed) {
        let style = format!(r#"fill="{}""#, stop.colour);
        canvas.rect((place.x, place.y), (NODE, place.height.max(1.0)), &style);
    }
    for place in &placed {
        let names = place.lines.len() - 2;
        for (i, text) in place.lines.iter().enumerate() {
            let y = place.text_y + LINE * (i as f64 + 1.0) - 3.0;
            let class = if i < names { "stop" } else { "stop figure" };
            let style = format!(r#"class="{class}""#);
            canvas.text((place.text_x, y), place.anchor, text, &style);
        }
    }
    canvas.finish(title, "")
}

/// Pixels per megawatt-hour.
fn scale(stops: &[Stop]) -> f64 {
    let columns = stops.iter().map(|stop| stop.column + 1).max().unwrap_or(0);
    let fullest = (0..columns)
        .map(|c| {
            let column = stops.iter().filter(|stop| stop.column == c);
            column.map(|stop| stop.mwh.max(0.0)).sum::<f64>()
        })
        .fold(0.0, f64::max);
    if fullest > 0.0 {
        TALLEST / fullest
    } else {
        0.0
    }
}

/// A name in at most two lines, cut where it is too long.
fn wrapped(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= LETTERS {
        return vec![name.to_owned()];
    }
    let at = letters[..=LETTERS].iter().rposition(|c| *c == ' ');
    let (first, rest) = match at {
        Some(space) if space > 0 => (&letters[..space], &letters[space + 1..]),
        _ => (&letters[..LETTERS], &letters[LETTERS..]),
    };
    let mut second: String = rest.iter().take(LETTERS).collect();
    if rest.len() > LETTERS {
        second.pop();
        second.push('…');
    }
    vec![first.iter().collect(), second]
}

fn place(stops: &[Stop], scale: f64) -> Vec<Placed> {
    let columns = stops.iter().map(|stop| stop.column + 1).max().unwrap_or(1);
    let spread = (WIDTH - LEFT - RIGHT - NODE) / columns.saturating_sub(1).max(1) as f64;
    let top = 2.0 + 3.0 * LINE + GAP;
    let mut next = vec![top; columns];
    let mut rising = vec![top; columns + 1];
    stops
        .iter()
        .map(|stop| {
            let mut lines = wrapped(&stop.name);
            lines.extend(stop.figures.iter().cloned());
            let text = LINE * lines.len() as f64;
            let height = stop.mwh.max(0.0) * scale;
            let x = LEFT + spread * stop.column as f64;
            let mut y = next[stop.column];
            if stop.role == Role::Side {
                y = y.max(rising[stop.column]);
            }
            let bottom = y + height.max(1.0);
            let (text_y, used, anchor, text_x) = match stop.role {
                Role::Main => (top - GAP - text, bottom, Anchor::Start, x),
                Role::Inflow => (bottom + GAP, bottom + GAP + text, Anchor::Start, x),
                Role::Side => {
                    let y = y + (height - text).max(0.0) / 2.0;
                    (y, bottom.max(y + text), Anchor::End, x - GAP)
                }
                Role::Loss => (bottom + GAP, bottom + GAP + text, Anchor::End, x + NODE),
                Role::End => {
                    let y = y + (height - text).max(0.0) / 2.0;
                    (y, bottom.max(y + text), Anchor::Start, x + NODE + 6.0)
                }
            };
            next[stop.column] = used + 2.0 * GAP;
            if stop.role == Role::Inflow {
                rising[stop.column + 1] = used + GAP;
            }
            Placed {
                x,
                y,
                height,
                lines,
                anchor,
                text_x,
                text_y,
            }
        })
        .collect()
}

/// Bands leave and arrive in the order given, from the top of each stop.
fn bands(placed: &[Placed], ribbons: &[Ribbon], scale: f64) -> Vec<Band> {
    let mut leaving = vec![0.0; placed.len()];
    let mut arriving = vec![0.0; placed.len()];
    ribbons
        .iter()
        .map(|ribbon| {
            let thickness = ribbon.mwh.max(0.0) * scale;
            let (from, to) = (&placed[ribbon.from], &placed[ribbon.to]);
            let band = Band {
                start: (from.x + NODE, from.y + leaving[ribbon.from]),
                end: (to.x, to.y + arriving[ribbon.to]),
                thickness,
            };
            leaving[ribbon.from] += thickness;
            arriving[ribbon.to] += thickness;
            band
        })
        .collect()
}

fn outline(band: &Band) -> String {
    let Band {
        start,
        end,
        thickness,
    } = band;
    let bend = f64::midpoint(start.0, end.0);
    let (below_end, below_start) = (end.1 + thickness, start.1 + thickness);
    format!(
        "M{:.1} {:.1}C{bend:.1} {:.1} {bend:.1} {:.1} {:.1} {:.1}V{below_end:.1}C{bend:.1} {below_end:.1} {bend:.1} {below_start:.1} {:.1} {below_start:.1}z",
        start.0, start.1, start.1, end.1, end.0, end.1, start.0,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rough width of a text.
    fn width(lines: &[String]) -> f64 {
        let letters = lines.iter().map(|line| line.chars().count()).max();
        7.2 * letters.unwrap_or(0) as f64
    }

    /// Left, top, right, bottom.
    type Patch = (f64, f64, f64, f64);

    fn text_patch(place: &Placed) -> Patch {
        let wide = width(&place.lines);
        let left = match place.anchor {
            Anchor::End => place.text_x - wide,
            _ => place.text_x,
        };
        let bottom = place.text_y + LINE * place.lines.len() as f64;
        (left, place.text_y, left + wide, bottom)
    }

    fn overlap(a: Patch, b: Patch) -> bool {
        a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
    }

    /// Thin upright slices of a band.
    fn slices(band: &Band) -> Vec<Patch> {
        (0..60)
            .map(|i| {
                let at = |t: f64| {
                    let (s, u) = (1.0 - t, t);
                    let bend = 3.0 * s * s * u + 3.0 * s * u * u;
                    let middle = f64::midpoint(band.start.0, band.end.0);
                    let x = s.powi(3) * band.start.0 + bend * middle + u.powi(3) * band.end.0;
                    let fall = 3.0 * s * u * u + u.powi(3);
                    (x, band.start.1 + (band.end.1 - band.start.1) * fall)
                };
                let (a, b) = (at(f64::from(i) / 60.0), at(f64::from(i + 1) / 60.0));
                (a.0, a.1.min(b.1), b.0, a.1.max(b.1) + band.thickness)
            })
            .collect()
    }

    fn stop(column: usize, role: Role, name: &str, mwh: f64) -> Stop {
        Stop {
            column,
            role,
            name: name.to_owned(),
            mwh,
            figures: ["12.34 kWh".to_owned(), "12,345 MWh".to_owned()],
            colour: "#000".to_owned(),
        }
    }

    fn assert_nothing_overlaps(stops: &[Stop], ribbons: &[Ribbon]) {
        let scale = scale(stops);
        let placed = place(stops, scale);
        let texts: Vec<Patch> = placed.iter().map(text_patch).collect();
        for (i, a) in texts.iter().enumerate() {
            assert!(a.0 >= -1.0 && a.2 <= WIDTH && a.1 >= 0.0, "{a:?}");
            for (j, b) in texts.iter().enumerate().skip(i + 1) {
                assert!(!overlap(*a, *b), "{} {}", stops[i].name, stops[j].name);
            }
            for (j, bar) in placed.iter().enumerate() {
                let bar = (bar.x, bar.y, bar.x + NODE, bar.y + bar.height.max(1.0));
                assert!(
                    !overlap(*a, bar),
                    "{} on the bar of {}",
                    stops[i].name,
                    stops[j].name
                );
            }
            for (ribbon, band) in ribbons.iter().zip(bands(&placed, ribbons, scale)) {
                let is_on = slices(&band).into_iter().any(|slice| overlap(*a, slice));
                let (from, to) = (&stops[ribbon.from].name, &stops[ribbon.to].name);
                assert!(!is_on, "{} on the band {from} to {to}", stops[i].name);
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_lies_on_a_band_a_bar_or_another_text(
            fans in 0.0..0.4_f64, missed in 0.0..1.0_f64, used in 0.0..1.0_f64,
            boilers in proptest::collection::vec(0.0..20.0_f64, 0..5), lost in 0.0..1.0_f64,
            cop in 1.5..8.0_f64,
        ) {
            let heat = 1.0 + fans;
            let captured = heat * (1.0 - missed);
            let taken = captured * used;
            let electricity = taken / (cop - 1.0);
            let fed = taken + electricity + boilers.iter().sum::<f64>();
            let mut stops = vec![
                stop(0, Role::Main, "Servers", 1.0),
                stop(0, Role::Inflow, "Fans, UPS", fans),
                stop(1, Role::Main, "Waste heat", heat),
                stop(2, Role::Main, "Captured", captured),
                stop(2, Role::Loss, "Not captured", heat - captured),
                stop(3, Role::Main, "Taken", taken),
                stop(3, Role::Inflow, "Electricity", electricity),
                stop(3, Role::Loss, "Rejected", captured - taken),
                stop(4, Role::Main, "Heat pump", taken + electricity),
                stop(5, Role::Main, "Network", fed),
                stop(6, Role::End, "Homes", fed * (1.0 - lost)),
                stop(6, Role::End, "Network loss", fed * lost),
            ];
            let mut pairs = vec![
                (0, 2, 1.0), (1, 2, fans), (2, 3, captured), (2, 4, heat - captured),
                (3, 5, taken), (3, 7, captured - taken), (5, 8, taken), (6, 8, electricity),
                (8, 9, taken + electricity), (9, 10, fed * (1.0 - lost)), (9, 11, fed * lost),
            ];
            for mwh in boilers {
                pairs.push((stops.len(), 9, mwh));
                stops.push(stop(4, Role::Side, "Wood-chip boiler by the river bank", mwh));
            }
            let ribbons: Vec<Ribbon> = pairs
                .into_iter()
                .map(|(from, to, mwh)| Ribbon { from, to, mwh, colour: "#000".to_owned() })
                .collect();
            assert_nothing_overlaps(&stops, &ribbons);
        }
    }

    #[test]
    fn long_names_take_two_lines() {
        assert_eq!(wrapped("Heat pump"), ["Heat pump"]);
        assert_eq!(
            wrapped("Wood-chip boiler north"),
            ["Wood-chip boiler", "north"]
        );
        let cut = wrapped("averyveryverylongidwithoutanyspaceatallinit");
        assert_eq!(cut, ["averyveryverylon", "gidwithoutanysp…"]);
    }
}
