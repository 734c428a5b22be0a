//! Stacked columns, and horizontal bars from a lower to an upper value.

use crate::colour;
use crate::svg::{Anchor, Axis, Canvas, Frame, Plot};

/// One stack of a column chart: a mark below and its pieces from the bottom up.
#[derive(Debug, Clone)]
pub(crate) struct Bar {
    /// Mark on the axis.
    pub(crate) mark: String,
    /// Height and colour of every piece; negative pieces grow downwards.
    pub(crate) pieces: Vec<(f64, String)>,
}

/// Stacked columns side by side.
pub(crate) fn columns(frame: Frame, label: &str, bars: &[Bar], about: usize) -> Plot {
    let reach = |bar: &Bar, sign: f64| {
        bar.pieces
            .iter()
            .map(|piece| (piece.0 * sign).max(0.0))
            .sum::<f64>()
    };
    let high = bars.iter().map(|bar| reach(bar, 1.0)).fold(0.0, f64::max);
    let low = bars.iter().map(|bar| reach(bar, -1.0)).fold(0.0, f64::max);
    let x = Axis {
        min: 0.0,
        max: bars.len().max(1) as f64,
        label: String::new(),
        marks: bars
            .iter()
            .enumerate()
            .map(|(i, bar)| (i as f64, bar.mark.clone()))
            .collect(),
    };
    let mut plot = Plot::new(frame, x, Axis::round(label, -low, high, about));
    for (i, bar) in bars.iter().enumerate() {
        let (mut up, mut down) = (0.0, 0.0);
        for (value, colour) in &bar.pieces {
            let base = if *value >= 0.0 { &mut up } else { &mut down };
            let (from, to) = (*base, *base + value);
            *base = to;
            let left = plot.px(i as f64 + 0.16);
            let right = plot.px(i as f64 + 0.84);
            let top = plot.py(from.max(to));
            let height = plot.py(from.min(to)) - top;
            let style = format!(r#"fill="{colour}""#);
            plot.canvas
                .rect((left, top), (right - left, height), &style);
        }
    }
    if low > 0.0 {
        let (left, right) = (plot.px(0.0), plot.px(bars.len() as f64));
        let zero = plot.py(0.0);
        let style = format!(r#"stroke="{}""#, colour::INK);
        plot.canvas.line((left, zero), (right, zero), &style);
    }
    plot
}

/// One horizontal bar.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    /// Name on the left.
    pub(crate) name: String,
    /// Pieces from one value to another, with colour and a text beside the far end.
    pub(crate) pieces: Vec<(f64, f64, String, String)>,
}

const ROW: f64 = 27.0;

/// Horizontal bars below each other over one axis.
pub(crate) fn spans(label: &str, all: &[Span], centre: Option<(f64, &str)>) -> Canvas {
    let values = all
        .iter()
        .flat_map(|span| span.pieces.iter().flat_map(|p| [p.0, p.1]));
    let (low, high) = values.fold((0.0_f64, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
    let has_left_text = all.iter().flat_map(|span| &span.pieces).any(|p| p.1 < p.0);
    let x = if has_left_text {
        Axis::exact(label, low - 0.24 * (high - low), high, 6)
    } else {
        Axis::round(label, low, high, 6)
    };
    let frame = Frame {
        height: 60.0 + ROW * all.len() as f64,
        left: 230.0,
        right: if has_left_text { 130.0 } else { 90.0 },
        top: 20.0,
        ..Frame::default()
    };
    let y = Axis {
        min: 0.0,
        max: all.len().max(1) as f64,
        label: String::new(),
        marks: vec![],
    };
    let mut plot = Plot::new(frame, x, y);
    for (i, span) in all.iter().enumerate() {
        let row = all.len() as f64 - i as f64;
        let (top, bottom) = (plot.py(row - 0.18), plot.py(row - 0.82));
        let middle = f64::midpoint(top, bottom) + 4.5;
        let name = r#"class="name""#;
        plot.canvas
            .text((frame.left - 10.0, middle), Anchor::End, &span.name, name);
        for (from, to, colour, text) in &span.pieces {
            let (a, b) = (plot.px(*from), plot.px(*to));
            let style = format!(r#"fill="{colour}""#);
            plot.canvas.rect(
                (a.min(b), top),
                ((a - b).abs().max(0.8), bottom - top),
                &style,
            );
            let (at, anchor) = if to >= from {
                (b + 6.0, Anchor::Start)
            } else {
                (b - 6.0, Anchor::End)
            };
            plot.canvas
                .text((at, middle), anchor, text, r#"class="tick""#);
        }
    }
    let dark = format!(r#"stroke="{}""#, colour::INK);
    let (value, text) = centre.unwrap_or((0.0, ""));
    let x = plot.px(value);
    plot.canvas.line(
        (x, frame.top - 4.0),
        (x, frame.height - frame.bottom),
        &dark,
    );
    plot.canvas.text(
        (x, frame.top - 8.0),
        Anchor::Middle,
        text,
        r#"class="tick""#,
    );
    plot.canvas
}
