//! A flame graph drawn as SVG, without scripts or fonts of its own, so that a browser shows the
//! file as it is. Sizes are pixels.

use super::FlameGraph;
use std::fmt::Write;

/// Width of the picture.
const WIDTH: f64 = 1200.0;

/// Height of a row.
const ROW: usize = 17;

/// Space at the edges.
const MARGIN: f64 = 10.0;

/// Height of the title.
const TITLE: usize = 30;

/// Width of a character of the monospaced font, by which names are cut.
const CHARACTER: f64 = 6.6;

/// Parts narrower than this are not drawn: they would not be seen, and there may be many.
const NARROWEST: f64 = 0.2;

impl FlameGraph {
    /// The flame graph as SVG. The outermost actions are at the bottom; the width of a part is its
    /// share of all cost, callees included. A tooltip tells the name, cost, percentage and number
    /// of calls.
    pub fn to_svg(&self) -> String {
        let total = self.total();
        let rows = self.depth();
        let height = TITLE + rows * ROW + MARGIN as usize;
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
             viewBox=\"0 0 {WIDTH} {height}\" font-family=\"monospace\" font-size=\"11\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#fffdf5\"/>\n\
             <text x=\"{MARGIN}\" y=\"20\" font-size=\"14\">{total} instructions</text>\n"
        );
        let picture = Picture {
            total: total.max(1) as f64,
            base: height - MARGIN as usize,
        };
        let mut left = MARGIN;
        for (name, part) in &self.parts {
            left += picture.draw(&mut out, name, part, left, 0);
        }
        out.push_str("</svg>\n");
        out
    }

    /// Rows needed.
    fn depth(&self) -> usize {
        let parts = self.parts.values();
        parts.map(|part| part.depth() + 1).max().unwrap_or(0)
    }
}

/// The scale of the picture.
struct Picture {
    /// The cost that the whole width stands for.
    total: f64,
    /// The y coordinate at which the outermost row ends.
    base: usize,
}

impl Picture {
    /// Draws a part and everything in it; returns its width.
    fn draw(
        &self,
        out: &mut String,
        name: &str,
        part: &FlameGraph,
        left: f64,
        depth: usize,
    ) -> f64 {
        let cost = part.total();
        let share = cost as f64 / self.total;
        let width = share * (WIDTH - 2.0 * MARGIN);
        if width < NARROWEST {
            return width;
        }
        let top = self.base.saturating_sub((depth + 1) * ROW);
        let color = color(name);
        let percent = share * 100.0;
        let times = match part.count {
            0 => String::new(),
            count => format!(", {count} calls"),
        };
        let text = escape(name);
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "<g><title>{text}: {cost} instructions, {percent:.2} %{times}</title>\
             <rect x=\"{left:.1}\" y=\"{top}\" width=\"{width:.1}\" height=\"{}\" fill=\"{color}\" \
             stroke=\"#fffdf5\"/>",
            ROW - 1
        );
        let room = (width / CHARACTER) as usize;
        if room >= 4 {
            let shown = match name.chars().count() > room {
                true => name.chars().take(room - 1).chain(['…']).collect(),
                false => name.to_owned(),
            };
            let (x, y) = (left + 3.0, top + 12);
            let shown = escape(&shown);
            let _ = write!(out, "<text x=\"{x:.1}\" y=\"{y}\">{shown}</text>");
        }
        out.push_str("</g>\n");
        let mut within = left;
        for (name, part) in &part.parts {
            within += self.draw(out, name, part, within, depth + 1);
        }
        width
    }
}

/// A color derived from the name by FNV-1a, so that a function looks the same in every picture:
/// warm for functions of the contract, cold for host functions.
fn color(name: &str) -> String {
    let seed = name.bytes().fold(2_166_136_261u32, |seed, byte| {
        (seed ^ u32::from(byte)).wrapping_mul(16_777_619)
    });
    let [a, b, ..] = seed.to_be_bytes().map(u32::from);
    match name.starts_with("env.") {
        true => format!("rgb({},{},{})", 130 + a / 6, 175 + b / 8, 215 + a / 8),
        false => format!("rgb({},{},{})", 215 + a / 8, 110 + b / 2, 50 + a / 6),
    }
}

/// Escapes text for XML. Names of functions contain `<` and `>`.
fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}
