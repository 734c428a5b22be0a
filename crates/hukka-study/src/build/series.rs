//! Series files named in the study.

use crate::codes;
use crate::context::Context;
use crate::files::SERIES_LIMIT;
use crate::keys;
use crate::node::Entries;
use crate::reader::Reader;
use crate::spec::plain;
use hukka_model::{Confidence, Diagnostic, TimeAxis};
use hukka_series::{GapRule, Gaps, SeriesQuantity, SeriesRequest};

/// The keys that name a file, its column and its time zone.
#[derive(Clone, Copy)]
pub(crate) struct SeriesKeys {
    pub(crate) file: &'static str,
    pub(crate) column: &'static str,
    pub(crate) zone: &'static str,
}

/// A series file that was read into memory.
pub(crate) struct SeriesFile<'n> {
    pub(crate) name: &'n str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) column: Option<&'n str>,
    pub(crate) zone: Option<&'n str>,
    /// Keys that name the column and the time zone, in full.
    column_key: String,
    zone_key: String,
    /// The zone was meant to be stated, and that has been complained about.
    pub(crate) is_zone_attempted: bool,
    /// The same of the column.
    is_column_attempted: bool,
    gaps: Gaps,
}

/// Reads `[series]`: what happens to hours that files lack.
pub(crate) fn gaps(root: &Entries, context: &mut Context) {
    const USUAL_HOURS: f64 = 6.0;
    let table = Reader::one(root, &keys::SERIES);
    let word = table.optional_text("gaps", context);
    let longest = table.optional("max_gap_h", context);
    let rule = word.and_then(GapRule::named).unwrap_or_default();
    if rule != GapRule::Error && longest.is_none() {
        context.assume(
            "series.max_gap_h",
            plain(USUAL_HOURS),
            "h",
            "a quarter of a day; study assumption",
            Confidence::Default,
        );
    }
    context.gaps = Gaps {
        rule,
        max_hours: longest.unwrap_or(USUAL_HOURS) as usize,
    };
}

impl SeriesFile<'_> {
    /// Where the series comes from, and whether it was made, not measured.
    pub(crate) fn provenance(&self) -> (String, bool) {
        if hukka_series::is_marked_synthetic(&self.bytes) {
            (format!("{} (synthetic, as the file says)", self.name), true)
        } else {
            (self.name.to_owned(), false)
        }
    }

    /// The values on the axis; problems go to the context.
    pub(crate) fn values(
        &self,
        quantity: &SeriesQuantity,
        axis: &TimeAxis,
        context: &mut Context,
    ) -> Option<Vec<f64>> {
        let (values, findings) = hukka_series::read_series(&self.request(quantity), axis);
        let findings = findings
            .into_iter()
            .filter(|finding| !self.is_echo(finding))
            .map(|finding| self.with_keys(finding));
        context.diagnostics.extend(findings);
        values
    }

    /// What follows only from a key that is misspelt or has a wrong value.
    fn is_echo(&self, finding: &Diagnostic) -> bool {
        match finding.subject.as_deref() {
            Some("time_zone") => self.is_zone_attempted,
            Some("column") => self.is_column_attempted,
            _ => false,
        }
    }

    /// Names the keys of this file in place of those of any series.
    fn with_keys(&self, mut finding: Diagnostic) -> Diagnostic {
        let keys = [("time_zone", &self.zone_key), ("column", &self.column_key)];
        for (general, key) in keys {
            if finding.subject.as_deref() == Some(general) {
                finding.subject = Some(key.clone());
            }
            finding.help = finding
                .help
                .map(|help| help.replace(&format!("`{general}`"), &format!("`{key}`")));
        }
        finding
    }

    pub(crate) fn request<'a>(&'a self, quantity: &'a SeriesQuantity) -> SeriesRequest<'a> {
        SeriesRequest {
            file: self.name,
            bytes: &self.bytes,
            column: self.column,
            time_zone: self.zone,
            quantity,
            gaps: self.gaps,
        }
    }
}

/// Reads the file behind a key; `None` without one, or when it cannot be read.
pub(crate) fn open<'n>(
    table: &Reader<'n>,
    keys: SeriesKeys,
    context: &mut Context,
) -> Option<SeriesFile<'n>> {
    let name = table.optional_text(keys.file, context)?;
    let column = table.optional_text(keys.column, context);
    let zone = table.optional_text(keys.zone, context);
    let at = table.place(keys.file, context);
    let subject = table.full(keys.file);
    match context.files.read(name, SERIES_LIMIT) {
        Ok(bytes) => Some(SeriesFile {
            name,
            bytes,
            column,
            zone,
            column_key: table.full(keys.column),
            zone_key: table.full(keys.zone),
            is_zone_attempted: table.is_attempted(keys.zone),
            is_column_attempted: table.is_attempted(keys.column),
            gaps: context.gaps,
        }),
        Err(problem) => {
            context.push(problem.at(at).about(subject));
            None
        }
    }
}

/// Reads the values behind a key onto the axis.
pub(crate) fn values(
    table: &Reader<'_>,
    keys: SeriesKeys,
    quantity: &SeriesQuantity,
    axis: Option<&TimeAxis>,
    context: &mut Context,
) -> Option<Vec<f64>> {
    open(table, keys, context)?.values(quantity, axis?, context)
}

/// A seed beside given values has nothing to make.
pub(crate) fn idle_seed(table: &Reader<'_>, beside: &str, context: &mut Context) {
    if table.has("seed") {
        let at = table.place("seed", context);
        context.push(
            Diagnostic::warning(codes::NO_EFFECT, "`seed` has no effect")
                .at(at)
                .about(table.full("seed"))
                .help(format!(
                    "`{beside}` gives the values; nothing is made from a seed"
                )),
        );
    }
}
