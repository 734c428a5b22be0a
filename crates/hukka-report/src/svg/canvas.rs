//! A drawing as text.

use core::fmt::Write as _;

/// Where a text hangs on its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// Starts there.
    Start,
    /// Is centred there.
    Middle,
    /// Ends there.
    End,
}

/// A drawing that grows shape by shape.
#[derive(Debug, Clone)]
pub(crate) struct Canvas {
    width: f64,
    height: f64,
    body: String,
}

/// Text safe between tags and in attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// A coordinate with at most one decimal.
fn n(value: f64) -> String {
    let text = format!("{value:.1}");
    match text.strip_suffix(".0") {
        Some("-0") => "0".to_owned(),
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

impl Canvas {
    /// An empty drawing.
    pub(crate) fn new(width: f64, height: f64) -> Self {
        Self {
            width,
            height,
            body: String::new(),
        }
    }

    /// Adds markup made elsewhere in this crate.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.body.push_str(markup);
    }

    /// A straight line; `style` holds further attributes.
    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), style: &str) {
        let _ = write!(
            self.body,
            r#"<line x1="{}" y1="{}" x2="{}" y2="{}" {style}/>"#,
            n(from.0),
            n(from.1),
            n(to.0),
            n(to.1)
        );
    }

    /// A rectangle; a negative size is drawn as nothing.
    pub(crate) fn rect(&mut self, at: (f64, f64), size: (f64, f64), style: &str) {
        let _ = write!(
            self.body,
            r#"<rect x="{}" y="{}" width="{}" height="{}" {style}/>"#,
            n(at.0),
            n(at.1),
            n(size.0.max(0.0)),
            n(size.1.max(0.0))
        );
    }

    /// A circle.
    pub(crate) fn circle(&mut self, at: (f64, f64), radius: f64, style: &str) {
        let _ = write!(
            self.body,
            r#"<circle cx="{}" cy="{}" r="{}" {style}/>"#,
            n(at.0),
            n(at.1),
            n(radius)
        );
    }

    /// An open line through points.
    pub(crate) fn polyline(&mut self, points: &[(f64, f64)], style: &str) {
        let _ = write!(
            self.body,
            r#"<path d="{}" fill="none" {style}/>"#,
            path(points)
        );
    }

    /// A closed, filled shape.
    pub(crate) fn polygon(&mut self, points: &[(f64, f64)], style: &str) {
        let _ = write!(self.body, r#"<path d="{}z" {style}/>"#, path(points));
    }

    /// A path from its own description.
    pub(crate) fn path(&mut self, description: &str, style: &str) {
        let _ = write!(self.body, r#"<path d="{description}" {style}/>"#);
    }

    /// A text, escaped here.
    pub(crate) fn text(&mut self, at: (f64, f64), anchor: Anchor, text: &str, style: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#"text-anchor="middle" "#,
            Anchor::End => r#"text-anchor="end" "#,
        };
        let _ = write!(
            self.body,
            r#"<text x="{}" y="{}" {anchor}{style}>{}</text>"#,
            n(at.0),
            n(at.1),
            escape(text)
        );
    }

    /// The finished drawing with its title for those who cannot see it.
    pub(crate) fn finish(&self, title: &str, attributes: &str) -> String {
        format!(
            r#"<svg viewBox="0 0 {} {}" role="img" aria-label="{}" {attributes}>{}</svg>"#,
            n(self.width),
            n(self.height),
            escape(title),
            self.body
        )
    }
}

/// The description of a line through points, relative steps.
fn path(points: &[(f64, f64)]) -> String {
    let mut out = String::new();
    for (i, (x, y)) in points.iter().enumerate() {
        let command = if i == 0 { 'M' } else { 'L' };
        let _ = write!(out, "{command}{} {}", n(*x), n(*y));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_break_out() {
        let mut canvas = Canvas::new(10.0, 10.0);
        canvas.text((0.0, 0.0), Anchor::Start, "<script>\"x\"</script>", "");
        let svg = canvas.finish("a \"b\" <c>", "");
        assert!(!svg.contains("<script>"));
        assert!(svg.contains("aria-label=\"a &quot;b&quot; &lt;c&gt;\""));
    }
}
