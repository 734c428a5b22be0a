//! What the template draws: tables, and figures that always have one behind them.

use serde::Serialize;

/// One column's head.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Column {
    /// Name.
    pub(crate) name: String,
    /// Unit; empty for text and plain counts.
    pub(crate) unit: String,
    /// Numbers are aligned right.
    pub(crate) is_number: bool,
}

/// A table.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Table {
    /// What it shows.
    pub(crate) caption: String,
    /// Heads.
    pub(crate) columns: Vec<Column>,
    /// Cells as shown.
    pub(crate) rows: Vec<Vec<String>>,
    /// Last row, set apart.
    pub(crate) total: Option<Vec<String>>,
    /// A sentence below.
    pub(crate) note: Option<String>,
    /// Class of the look, when it is not the common one.
    pub(crate) look: &'static str,
}

impl Table {
    /// A table with a caption and no columns yet.
    pub(crate) fn new(caption: impl Into<String>) -> Self {
        Self {
            caption: caption.into(),
            ..Self::default()
        }
    }

    /// Adds a column of text.
    #[must_use]
    pub(crate) fn text(mut self, name: impl Into<String>) -> Self {
        self.columns.push(Column {
            name: name.into(),
            unit: String::new(),
            is_number: false,
        });
        self
    }

    /// Adds a column of numbers.
    #[must_use]
    pub(crate) fn number(mut self, name: impl Into<String>, unit: &str) -> Self {
        self.columns.push(Column {
            name: name.into(),
            unit: unit.to_owned(),
            is_number: true,
        });
        self
    }

    /// Adds a row.
    pub(crate) fn push<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
    }

    /// Gives the table a look of its own.
    #[must_use]
    pub(crate) fn looking(mut self, look: &'static str) -> Self {
        self.look = look;
        self
    }

    /// Adds the sentence below.
    #[must_use]
    pub(crate) fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// One entry of a figure's key.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Key {
    /// Colour.
    pub(crate) colour: String,
    /// What it stands for.
    pub(crate) label: String,
}

/// A drawing with a title that says what it shows, and the table behind it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figure {
    /// Id in the page.
    pub(crate) id: String,
    /// What it shows, as a sentence.
    pub(crate) title: String,
    /// Units and how to read it.
    pub(crate) note: String,
    /// Key, when labels in the drawing do not suffice.
    pub(crate) keys: Vec<Key>,
    /// The drawing: markup made by [`crate::svg`], every text in it escaped.
    pub(crate) svg: String,
    /// The numbers.
    pub(crate) table: Table,
}
