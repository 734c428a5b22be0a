//! A plot: a frame with two axes in which data are drawn in their own units.

use crate::colour;
use crate::svg::{Anchor, Axis, Canvas};

/// Where the frame lies in the drawing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    /// Width of the drawing.
    pub(crate) width: f64,
    /// Height of the drawing.
    pub(crate) height: f64,
    /// Space left of the frame.
    pub(crate) left: f64,
    /// Space right of the frame.
    pub(crate) right: f64,
    /// Space above.
    pub(crate) top: f64,
    /// Space below.
    pub(crate) bottom: f64,
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            width: 920.0,
            height: 270.0,
            left: 56.0,
            right: 16.0,
            top: 26.0,
            bottom: 40.0,
        }
    }
}

/// A frame with axes.
#[derive(Debug, Clone)]
pub(crate) struct Plot {
    /// The drawing.
    pub(crate) canvas: Canvas,
    frame: Frame,
    x: Axis,
    y: Axis,
}

const TICK: &str = r#"class="tick""#;

impl Plot {
    /// Draws the axes.
    pub(crate) fn new(frame: Frame, x: Axis, y: Axis) -> Self {
        let canvas = Canvas::new(frame.width, frame.height);
        let mut plot = Self {
            canvas,
            frame,
            x,
            y,
        };
        plot.draw_axes();
        plot
    }

    /// Position of a value across.
    pub(crate) fn px(&self, x: f64) -> f64 {
        let frame = &self.frame;
        let share = (x - self.x.min) / (self.x.max - self.x.min);
        frame.left + share * (frame.width - frame.left - frame.right)
    }

    /// Position of a value down.
    pub(crate) fn py(&self, y: f64) -> f64 {
        let frame = &self.frame;
        let share = (y - self.y.min) / (self.y.max - self.y.min);
        frame.height - frame.bottom - share * (frame.height - frame.top - frame.bottom)
    }

    /// Both positions.
    pub(crate) fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (self.px(x), self.py(y))
    }

    fn draw_axes(&mut self) {
        let frame = self.frame;
        let (bottom, right) = (frame.height - frame.bottom, frame.width - frame.right);
        let rule = format!(r#"stroke="{}""#, colour::RULE);
        for (value, text) in self.y.marks.clone() {
            let y = self.py(value);
            self.canvas.line((frame.left, y), (right, y), &rule);
            self.canvas
                .text((frame.left - 7.0, y + 4.0), Anchor::End, &text, TICK);
        }
        let is_calendar = self.x.label.is_empty();
        let marks = self.x.marks.clone();
        for (i, (value, text)) in marks.iter().enumerate() {
            let x = self.px(*value);
            let tick = format!(r#"stroke="{}""#, colour::GREY);
            self.canvas.line((x, bottom), (x, bottom + 4.0), &tick);
            if is_calendar {
                let next = marks.get(i + 1).map_or(self.x.max, |mark| mark.0);
                let middle = f64::midpoint(x, self.px(next));
                self.canvas
                    .text((middle, bottom + 17.0), Anchor::Middle, text, TICK);
            } else {
                self.canvas
                    .text((x, bottom + 17.0), Anchor::Middle, text, TICK);
            }
        }
        let base = format!(r#"stroke="{}""#, colour::GREY);
        self.canvas
            .line((frame.left, bottom), (right, bottom), &base);
        let (x_label, y_label) = (self.x.label.clone(), self.y.label.clone());
        let axis = r#"class="axis""#;
        self.canvas
            .text((right, bottom + 34.0), Anchor::End, &x_label, axis);
        self.canvas
            .text((2.0, frame.top - 11.0), Anchor::Start, &y_label, axis);
    }

    /// A line through data.
    pub(crate) fn line(&mut self, points: &[(f64, f64)], style: &str) {
        let points: Vec<(f64, f64)> = points.iter().map(|(x, y)| self.at(*x, *y)).collect();
        self.canvas.polyline(&points, style);
    }

    /// A filled band between a lower and an upper line over the same positions.
    pub(crate) fn band(&mut self, x: &[f64], lower: &[f64], upper: &[f64], style: &str) {
        let up = x.iter().zip(upper).map(|(x, y)| self.at(*x, *y));
        let down = x.iter().zip(lower).rev().map(|(x, y)| self.at(*x, *y));
        let points: Vec<(f64, f64)> = up.chain(down).collect();
        self.canvas.polygon(&points, style);
    }

    /// A text at data coordinates, shifted in drawing units.
    pub(crate) fn text(
        &mut self,
        at: (f64, f64),
        shift: (f64, f64),
        anchor: Anchor,
        text: &str,
        style: &str,
    ) {
        let (x, y) = self.at(at.0, at.1);
        self.canvas
            .text((x + shift.0, y + shift.1), anchor, text, style);
    }
}
