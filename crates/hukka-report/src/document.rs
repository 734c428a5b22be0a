//! The document both faces show: sections and what stands in them, declared once.
//!
//! `report.html` and `report.pdf` walk the same blocks in the same order, so that neither can say
//! what the other does not.

use crate::figure::{Figure, Table};
use crate::inputs::Inputs;
use crate::sections::map::{self, Map};
use crate::sections::place::MapSheet;
use crate::sections::verdict::{Verdict, verdict};
use crate::sections::year::{CarpetSheet, WeekSheet};
use crate::sections::{
    climate, distance, flat, machine, method, money, network, owners, place, register, risk,
    uncertainty, year,
};
use crate::texts::{fill, say};
use serde::Serialize;

const MAP_TITLE: &str = "document.map-title";
const SKETCH_TITLE: &str = "document.sketch-title";

/// Where the rows of a table are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Rows {
    /// In their place.
    Shown,
    /// Folded on the page, in the appendix on paper.
    Folded,
    /// Folded on the page, not on paper: too long to be read there.
    PageOnly,
}

/// One thing in a section.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Block {
    /// A heading inside a section.
    Heading {
        /// Id in the page.
        id: &'static str,
        /// Words.
        text: String,
    },
    /// A paragraph.
    Text {
        /// Words.
        text: String,
    },
    /// A warning in a frame.
    Flag {
        /// First words, set apart.
        lead: String,
        /// The rest.
        text: String,
    },
    /// A small remark.
    Note {
        /// Words.
        text: String,
    },
    /// Numbered sentences.
    Steps {
        /// Sentences.
        items: Vec<String>,
    },
    /// A list.
    List {
        /// Items.
        items: Vec<String>,
    },
    /// Names and values.
    Pairs {
        /// Name and value.
        rows: Vec<(String, String)>,
    },
    /// A table.
    Table {
        /// The table.
        table: Table,
        /// Where its rows are shown.
        rows: Rows,
    },
    /// A figure with the table behind it.
    Figure {
        /// The figure.
        figure: Figure,
        /// Whether the table stands open under the figure.
        is_open: bool,
    },
    /// The map.
    Map(Box<MapSheet>),
    /// All hours of the year.
    Carpet(Box<CarpetSheet>),
    /// One week, hour by hour.
    Week(Box<WeekSheet>),
    /// Text to copy; on the page only.
    Copy {
        /// The text.
        text: String,
    },
}

impl Block {
    pub(crate) fn heading(id: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        Self::Heading { id, text }
    }

    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    pub(crate) fn note(text: impl Into<String>) -> Self {
        Self::Note { text: text.into() }
    }

    pub(crate) fn table(table: Table) -> Self {
        let rows = Rows::Shown;
        Self::Table { table, rows }
    }

    pub(crate) fn folded(table: Table) -> Self {
        let rows = Rows::Folded;
        Self::Table { table, rows }
    }

    pub(crate) fn page_only(table: Table) -> Self {
        let rows = Rows::PageOnly;
        Self::Table { table, rows }
    }

    pub(crate) fn figure(figure: Figure) -> Self {
        let is_open = false;
        Self::Figure { figure, is_open }
    }

    pub(crate) fn open_figure(figure: Figure) -> Self {
        let is_open = true;
        Self::Figure { figure, is_open }
    }
}

/// A numbered section.
#[derive(Debug, Serialize)]
pub(crate) struct Section {
    /// Number as shown.
    pub(crate) number: usize,
    /// Heading.
    pub(crate) title: &'static str,
    /// Content, top to bottom.
    pub(crate) blocks: Vec<Block>,
}

/// Everything a report shows.
pub(crate) struct Document {
    /// Name of the study.
    pub(crate) title: String,
    /// Year, hours, time zone.
    pub(crate) subtitle: String,
    /// Version of hukka.
    pub(crate) version: String,
    /// Id of the run.
    pub(crate) run_id: String,
    /// The first page.
    pub(crate) verdict: Verdict,
    /// Whether the study has a map.
    pub(crate) has_map: bool,
    /// Owners of the data shown.
    pub(crate) attributions: Vec<String>,
    /// The sections after the verdict, from 2.
    pub(crate) sections: Vec<Section>,
    /// The map of the first page and of the script.
    pub(crate) map: Map,
}

/// Collects the document.
pub(crate) fn document(inputs: &Inputs<'_>) -> Document {
    let title = if crate::geojson::has_map(inputs) {
        say(MAP_TITLE)
    } else {
        say(SKETCH_TITLE)
    };
    let map = map::draw(inputs, title);
    let verdict = verdict(inputs);
    let mut far = distance::blocks(inputs);
    far.extend(network::blocks(inputs));
    let mut worth = money::blocks(inputs);
    // The owners' accounts stand after the payments, before the years.
    let after_payments = worth
        .iter()
        .position(|block| matches!(block, Block::Figure { figure, .. } if figure.id == "cash"))
        .unwrap_or(worth.len());
    worth.splice(after_payments..after_payments, owners::blocks(inputs));
    worth.extend(uncertainty::blocks(inputs));
    let parts = [
        (
            say("document.the-place"),
            place::blocks(inputs, &map, title),
        ),
        (say("document.a-year-of-heat"), year::blocks(inputs)),
        (say("document.from-server-to-flat"), flat::blocks(inputs)),
        (say("document.the-machine"), machine::blocks(inputs)),
        (say("document.is-it-too-far"), far),
        (say("document.money"), worth),
        (say("document.climate-and-law"), climate::blocks(inputs)),
        (say("document.risks"), risk::blocks(inputs)),
        (
            say("document.assumptions"),
            register::blocks(inputs, &verdict),
        ),
        (say("document.method-and-words"), method::blocks()),
    ];
    Document {
        title: inputs.study.name.clone(),
        subtitle: subtitle(inputs),
        version: inputs.run.version.clone(),
        run_id: inputs.run.run_id.clone(),
        verdict,
        has_map: crate::geojson::has_map(inputs),
        attributions: inputs.study.attributions.clone(),
        sections: parts
            .into_iter()
            .enumerate()
            .map(|(i, (title, blocks))| Section {
                number: i + 2,
                title,
                blocks,
            })
            .collect(),
        map,
    }
}

fn subtitle(inputs: &Inputs<'_>) -> String {
    let axis = &inputs.study.axis;
    let middle = axis.calendar.get(axis.len().div_euclid(2));
    let year = middle.map_or_else(String::new, |hour| {
        fill("document.study-year", &[&hour.year])
    });
    fill(
        "document.heat-reuse-study-hours-times",
        &[
            &year,
            &(crate::number::whole(axis.len() as f64)),
            &axis.time_zone,
        ],
    )
}
