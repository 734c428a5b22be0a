//! Nodes, ways and relations as the file has them.

/// A spot in ten-millionths of a degree, the resolution of OpenStreetMap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Point {
    pub(super) lon: i32,
    pub(super) lat: i32,
}

impl Point {
    /// A spot in degrees, if it is on the globe.
    pub(super) fn from_degrees(lon: f64, lat: f64) -> Option<Self> {
        let is_sound = lon.abs() <= 180.0 && lat.abs() <= 90.0;
        is_sound.then(|| Self {
            lon: (lon * 1e7).round() as i32,
            lat: (lat * 1e7).round() as i32,
        })
    }

    pub(super) fn degrees(self) -> (f64, f64) {
        (f64::from(self.lon) / 1e7, f64::from(self.lat) / 1e7)
    }
}

/// Keys and values of an element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tags(pub(super) Vec<(String, String)>);

impl Tags {
    /// Value of a key, without blanks around it; empty ones count as absent.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == key);
        found.map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    pub(super) fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) id: i64,
    pub(super) tags: Tags,
    pub(super) nodes: Vec<i64>,
}

/// A relation with its ways; `true` for those that bound a hole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    pub(super) id: i64,
    pub(super) tags: Tags,
    pub(super) ways: Vec<(i64, bool)>,
}

/// A rectangle of longitude and latitude.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) low: Point,
    pub(super) high: Point,
}

impl Bounds {
    pub(super) fn holds(&self, point: Point) -> bool {
        (self.low.lon..=self.high.lon).contains(&point.lon)
            && (self.low.lat..=self.high.lat).contains(&point.lat)
    }

    /// The rectangle with a margin on each side, ten-millionths of a degree.
    pub(super) const fn wider(&self, by: i32) -> Self {
        Self {
            low: Point {
                lon: self.low.lon.saturating_sub(by),
                lat: self.low.lat.saturating_sub(by),
            },
            high: Point {
                lon: self.high.lon.saturating_add(by),
                lat: self.high.lat.saturating_add(by),
            },
        }
    }
}

/// What is kept of a file.
#[derive(Debug, Default)]
pub(super) struct Raw {
    nodes: Vec<(i64, Point)>,
    pub(super) ways: Vec<Way>,
    pub(super) relations: Vec<Relation>,
    /// Elements of one kind and number that stand in the file again.
    pub(super) repeated: usize,
    /// Nodes that are not on the globe.
    pub(super) lost_nodes: usize,
}

impl Raw {
    pub(super) fn add_node(&mut self, id: i64, point: Option<Point>) {
        match point {
            Some(point) => self.nodes.push((id, point)),
            None => self.lost_nodes += 1,
        }
    }

    /// Orders elements by number; of those with one number the last stays.
    pub(super) fn settle(&mut self) {
        let before = self.nodes.len() + self.ways.len() + self.relations.len();
        last_of_each(&mut self.nodes, |node| node.0);
        last_of_each(&mut self.ways, |way| way.id);
        last_of_each(&mut self.relations, |relation| relation.id);
        self.repeated = before - (self.nodes.len() + self.ways.len() + self.relations.len());
    }

    /// Where a node is, if the file has it.
    pub(super) fn point(&self, id: i64) -> Option<Point> {
        let at = self.nodes.binary_search_by_key(&id, |node| node.0).ok()?;
        Some(self.nodes[at].1)
    }

    pub(super) fn way(&self, id: i64) -> Option<&Way> {
        let at = self.ways.binary_search_by_key(&id, |way| way.id).ok()?;
        Some(&self.ways[at])
    }

    /// The rectangle around all nodes.
    pub(super) fn extent(&self) -> Option<Bounds> {
        let mut points = self.nodes.iter().map(|node| node.1);
        let first = points.next()?;
        let start = Bounds {
            low: first,
            high: first,
        };
        Some(points.fold(start, |all, point| Bounds {
            low: Point {
                lon: all.low.lon.min(point.lon),
                lat: all.low.lat.min(point.lat),
            },
            high: Point {
                lon: all.high.lon.max(point.lon),
                lat: all.high.lat.max(point.lat),
            },
        }))
    }
}

fn last_of_each<T>(list: &mut Vec<T>, id: impl Fn(&T) -> i64) {
    list.reverse();
    list.sort_by_key(&id);
    list.dedup_by_key(|element| id(element));
}

/// Whether a way's own tags make it of use.
pub(super) fn is_useful(tags: &Tags) -> bool {
    ["building", "highway", "waterway", "railway"]
        .iter()
        .any(|key| tags.get(key).is_some())
        || tags.is("natural", "water")
}
