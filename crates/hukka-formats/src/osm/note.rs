//! What was left out, mended or assumed, each with its place.

use super::raw::Point;

/// Kinds of notes, in the order they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    BuildingCut,
    BuildingIncomplete,
    BuildingUnclosed,
    BuildingCrossesItself,
    BuildingTiny,
    BuildingTwice,
    NotABuilding,
    HoleLost,
    UseUnknown,
    NumberUnreadable,
    NumberGuessed,
    StoreysFromHeight,
    StreetCut,
    StreetGap,
    StreetTwice,
    StreetTiny,
    JoinMissing,
    WaterCrossing,
    RailCrossing,
    Disconnected,
}

impl Kind {
    /// Word of the table and meaning for people.
    pub(super) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::BuildingCut => ("building_cut", "buildings cut by the edge, left out"),
            Self::BuildingIncomplete => (
                "building_incomplete",
                "buildings with nodes missing from the file, left out",
            ),
            Self::BuildingUnclosed => ("building_unclosed", "building outlines not closed"),
            Self::BuildingCrossesItself => (
                "building_crosses_itself",
                "building outlines that cross themselves",
            ),
            Self::BuildingTiny => ("building_tiny", "buildings below 1 m², left out"),
            Self::BuildingTwice => (
                "building_twice",
                "buildings drawn twice, the second left out",
            ),
            Self::NotABuilding => ("not_a_building", "outlines tagged building=no, left out"),
            Self::HoleLost => ("hole_lost", "courtyards that cannot be drawn, filled"),
            Self::UseUnknown => ("use_unknown", "buildings without a use: goes by footprint"),
            Self::NumberUnreadable => {
                ("number_unreadable", "numbers that cannot be read, left out")
            }
            Self::NumberGuessed => ("number_guessed", "numbers with units, lists or guesses"),
            Self::StoreysFromHeight => ("storeys_from_height", "storeys taken from the height"),
            Self::StreetCut => ("street_cut", "streets cut at the edge"),
            Self::StreetGap => ("street_gap", "streets with nodes missing from the file"),
            Self::StreetTwice => ("street_twice", "streets drawn twice, the second left out"),
            Self::StreetTiny => ("street_tiny", "streets without length, left out"),
            Self::JoinMissing => ("join_missing", "streets that cross without a node, joined"),
            Self::WaterCrossing => ("water_crossing", "streets across water"),
            Self::RailCrossing => ("rail_crossing", "streets across railways"),
            Self::Disconnected => ("disconnected", "parts not connected to the largest"),
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) kind: Kind,
    pub(super) id: String,
    pub(super) at: Option<Point>,
    pub(super) seen: String,
    pub(super) taken: String,
}

/// All findings of an import.
#[derive(Debug, Default)]
pub(super) struct Notes(Vec<Note>);

impl Notes {
    pub(super) fn add(
        &mut self,
        kind: Kind,
        (id, at): (&str, Option<Point>),
        seen: impl Into<String>,
        taken: impl Into<String>,
    ) {
        self.0.push(Note {
            kind,
            id: id.to_owned(),
            at,
            seen: seen.into(),
            taken: taken.into(),
        });
    }

    /// How many there are of each kind, in order.
    pub(super) fn counts(&self) -> Vec<(Kind, usize)> {
        let mut counts = std::collections::BTreeMap::new();
        for note in &self.0 {
            *counts.entry(note.kind).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }

    /// The table `import_report.csv`.
    pub(super) fn table(mut self) -> Result<Vec<u8>, csv::Error> {
        self.0
            .sort_by(|a, b| (a.kind, order(&a.id), a.at).cmp(&(b.kind, order(&b.id), b.at)));
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["what", "id", "longitude", "latitude", "seen", "taken"])?;
        for note in &self.0 {
            let degrees = note.at.map(Point::degrees);
            let longitude = degrees.map_or_else(String::new, |d| format!("{:.7}", d.0));
            let latitude = degrees.map_or_else(String::new, |d| format!("{:.7}", d.1));
            let (what, seen) = (note.kind.words().0, clean(&note.seen));
            writer.write_record([what, &note.id, &longitude, &latitude, &seen, &note.taken])?;
        }
        writer
            .into_inner()
            .map_err(|error| error.into_error().into())
    }
}

/// Ids by kind, number and part: w9 before w10.
pub(super) fn order(id: &str) -> (char, i64, &str) {
    let mut letters = id.chars();
    let kind = letters.next().unwrap_or(' ');
    let number = letters.as_str().split('-').find(|part| !part.is_empty());
    (kind, number.and_then(|n| n.parse().ok()).unwrap_or(0), id)
}

/// Text of the map without control characters, not longer than a line.
pub(super) fn clean(text: &str) -> String {
    let sound: String = text.chars().filter(|c| !c.is_control()).collect();
    crate::findings::short(&sound)
}
