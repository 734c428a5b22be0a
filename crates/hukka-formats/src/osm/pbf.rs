//! OpenStreetMap's binary format: blocks of zlib over protocol buffers.
//!
//! Source: wiki.openstreetmap.org/wiki/PBF_Format.

use super::raw::{Bounds, Point, Raw, Relation, Tags, Way, is_useful};
use super::wire::{Broken, Message, Value, deltas, packed, signed};
use std::collections::BTreeSet;

/// Largest blob header and blob the format allows.
const LARGEST_HEADER: usize = 64 * 1024;
const LARGEST_BLOB: usize = 32 * 1024 * 1024;
/// Features of a file this reader understands.
const KNOWN_FEATURES: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error("it ends within the block at byte {at}: not complete")]
    Short { at: usize },
    #[error("block at byte {at}: {source}")]
    Garbled { at: usize, source: Broken },
    #[error("block at byte {at} is larger than the format allows")]
    TooLarge { at: usize },
    #[error("block at byte {at} is packed in a way other than zlib")]
    Packing { at: usize },
    #[error("block at byte {at} does not unpack: the file is damaged")]
    Damaged { at: usize },
    #[error("the file needs `{0}`, which this reader does not know")]
    Feature(String),
    #[error("the file has no header block")]
    NoHeader,
}

/// Whether bytes look like this format.
pub(super) fn is_pbf(bytes: &[u8]) -> bool {
    bytes
        .get(4..)
        .is_some_and(|rest| rest.starts_with(b"\x0a\x09OSMHeader"))
}

/// Reads what lies in a rectangle; all of the file without one.
pub(super) fn read(bytes: &[u8], keep: Option<&Bounds>) -> Result<Raw, Trouble> {
    let mut raw = Raw::default();
    let mut pass = Pass {
        keep,
        members: BTreeSet::new(),
        reads_relations: true,
    };
    // Ways without tags of their own matter when a building relation names them, and relations
    // come last: they are read first.
    blocks(bytes, &mut |block| pass.block(block, &mut raw))?;
    pass.reads_relations = false;
    blocks(bytes, &mut |block| pass.block(block, &mut raw))?;
    raw.settle();
    if keep.is_some() {
        let near = |way: &Way| way.nodes.iter().any(|id| raw.point(*id).is_some());
        let ways: Vec<Way> = raw.ways.iter().filter(|way| near(way)).cloned().collect();
        raw.ways = ways;
        let known = |r: &Relation| r.ways.iter().any(|(id, _)| raw.way(*id).is_some());
        let relations = raw.relations.iter().filter(|r| known(r)).cloned().collect();
        raw.relations = relations;
    }
    Ok(raw)
}

/// Unpacks block after block.
fn blocks(bytes: &[u8], take: &mut impl FnMut(&[u8]) -> Result<(), Broken>) -> Result<(), Trouble> {
    let mut at = 0;
    let mut has_header = false;
    while at < bytes.len() {
        let start = at;
        let garbled = |source| Trouble::Garbled { at: start, source };
        let size = bytes.get(at..at + 4).ok_or(Trouble::Short { at })?;
        let size = size
            .iter()
            .fold(0, |all, byte| all << 8 | usize::from(*byte));
        if size > LARGEST_HEADER {
            return Err(Trouble::TooLarge { at });
        }
        at += 4;
        let header = bytes.get(at..at + size).ok_or(Trouble::Short { at })?;
        at += size;
        let (kind, size) = blob_header(header).map_err(garbled)?;
        if size > LARGEST_BLOB {
            return Err(Trouble::TooLarge { at: start });
        }
        let blob = bytes.get(at..at + size).ok_or(Trouble::Short { at })?;
        at += size;
        match kind {
            b"OSMHeader" => {
                has_header = true;
                features(&unpack(blob, start)?).map_err(garbled)??;
            }
            b"OSMData" if has_header => take(&unpack(blob, start)?).map_err(garbled)?,
            b"OSMData" => return Err(Trouble::NoHeader),
            _ => {}
        }
    }
    if has_header {
        Ok(())
    } else {
        Err(Trouble::NoHeader)
    }
}

fn blob_header(bytes: &[u8]) -> Result<(&[u8], usize), Broken> {
    let (mut kind, mut size): (&[u8], usize) = (&[], 0);
    let mut message = Message(bytes);
    while let Some(field) = message.next()? {
        match field {
            (1, Value::Bytes(name)) => kind = name,
            (3, Value::Number(number)) => size = usize::try_from(number).map_err(|_| Broken)?,
            _ => {}
        }
    }
    Ok((kind, size))
}

fn unpack(blob: &[u8], at: usize) -> Result<Vec<u8>, Trouble> {
    let mut message = Message(blob);
    let garbled = |source| Trouble::Garbled { at, source };
    while let Some(field) = message.next().map_err(garbled)? {
        match field {
            (1, Value::Bytes(raw)) => return Ok(raw.to_vec()),
            (3, Value::Bytes(zlib)) => {
                return miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(zlib, LARGEST_BLOB)
                    .map_err(|_| Trouble::Damaged { at });
            }
            (4..=7, Value::Bytes(_)) => return Err(Trouble::Packing { at }),
            _ => {}
        }
    }
    Err(Trouble::Damaged { at })
}

fn features(bytes: &[u8]) -> Result<Result<(), Trouble>, Broken> {
    let mut message = Message(bytes);
    while let Some(field) = message.next()? {
        if let (4, Value::Bytes(name)) = field {
            let name = String::from_utf8_lossy(name);
            if !KNOWN_FEATURES.contains(&name.as_ref()) {
                return Ok(Err(Trouble::Feature(crate::findings::short(&name))));
            }
        }
    }
    Ok(Ok(()))
}

/// One way through the file: relations first, then everything else.
struct Pass<'k> {
    keep: Option<&'k Bounds>,
    members: BTreeSet<i64>,
    reads_relations: bool,
}

/// Strings and the grid of a block.
struct Block<'b> {
    strings: Vec<&'b [u8]>,
    granularity: i64,
    lat_offset: i64,
    lon_offset: i64,
}

impl Block<'_> {
    fn point(&self, lon: i64, lat: i64) -> Option<Point> {
        let fine = |offset: i64, value: i64, most: i64| {
            let nano = value.checked_mul(self.granularity)?.checked_add(offset)?;
            let units = nano.checked_add(50)?.div_euclid(100);
            let is_sound = units.abs() <= most;
            is_sound.then_some(units as i32)
        };
        Some(Point {
            lon: fine(self.lon_offset, lon, 1_800_000_000)?,
            lat: fine(self.lat_offset, lat, 900_000_000)?,
        })
    }

    fn text(&self, index: u64) -> Result<String, Broken> {
        let index = usize::try_from(index).map_err(|_| Broken)?;
        let bytes = self.strings.get(index).ok_or(Broken)?;
        Ok(String::from_utf8_lossy(bytes).into_owned())
    }

    fn tags(&self, keys: &[u64], values: &[u64]) -> Result<Tags, Broken> {
        if keys.len() != values.len() {
            return Err(Broken);
        }
        let pairs = keys.iter().zip(values);
        let tags: Result<_, Broken> = pairs
            .map(|(key, value)| Ok((self.text(*key)?, self.text(*value)?)))
            .collect();
        Ok(Tags(tags?))
    }
}

impl Pass<'_> {
    fn block(&mut self, bytes: &[u8], raw: &mut Raw) -> Result<(), Broken> {
        let mut block = Block {
            strings: Vec::new(),
            granularity: 100,
            lat_offset: 0,
            lon_offset: 0,
        };
        let mut groups = Vec::new();
        let mut message = Message(bytes);
        while let Some(field) = message.next()? {
            match field {
                (1, Value::Bytes(table)) => {
                    let mut table = Message(table);
                    while let Some(entry) = table.next()? {
                        if let (1, Value::Bytes(text)) = entry {
                            block.strings.push(text);
                        }
                    }
                }
                (2, Value::Bytes(group)) => groups.push(group),
                (17, Value::Number(number)) => block.granularity = number as i64,
                (19, Value::Number(number)) => block.lat_offset = number as i64,
                (20, Value::Number(number)) => block.lon_offset = number as i64,
                _ => {}
            }
        }
        for group in groups {
            let mut group = Message(group);
            while let Some((field, Value::Bytes(bytes))) = group.next()? {
                match (field, self.reads_relations) {
                    (1, false) => self.node(bytes, &block, raw)?,
                    (2, false) => self.dense(bytes, &block, raw)?,
                    (3, false) => self.way(bytes, &block, raw)?,
                    (4, true) => self.relation(bytes, &block, raw)?,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn add(&self, id: i64, point: Option<Point>, raw: &mut Raw) {
        let is_kept = point.is_none_or(|point| self.keep.is_none_or(|keep| keep.holds(point)));
        if is_kept {
            raw.add_node(id, point);
        }
    }

    fn node(&self, bytes: &[u8], block: &Block<'_>, raw: &mut Raw) -> Result<(), Broken> {
        let (mut id, mut lat, mut lon) = (0, 0, 0);
        let mut message = Message(bytes);
        while let Some(field) = message.next()? {
            match field {
                (1, Value::Number(number)) => id = signed(number),
                (8, Value::Number(number)) => lat = signed(number),
                (9, Value::Number(number)) => lon = signed(number),
                _ => {}
            }
        }
        self.add(id, block.point(lon, lat), raw);
        Ok(())
    }

    fn dense(&self, bytes: &[u8], block: &Block<'_>, raw: &mut Raw) -> Result<(), Broken> {
        let (mut ids, mut lats, mut lons) = (Vec::new(), Vec::new(), Vec::new());
        let mut message = Message(bytes);
        while let Some(field) = message.next()? {
            match field {
                (1, Value::Bytes(packed)) => ids = deltas(packed)?,
                (8, Value::Bytes(packed)) => lats = deltas(packed)?,
                (9, Value::Bytes(packed)) => lons = deltas(packed)?,
                _ => {}
            }
        }
        if ids.len() != lats.len() || ids.len() != lons.len() {
            return Err(Broken);
        }
        for ((id, lat), lon) in ids.into_iter().zip(lats).zip(lons) {
            self.add(id, block.point(lon, lat), raw);
        }
        Ok(())
    }

    fn way(&self, bytes: &[u8], block: &Block<'_>, raw: &mut Raw) -> Result<(), Broken> {
        let (mut id, mut nodes) = (0, Vec::new());
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        let mut message = Message(bytes);
        while let Some(field) = message.next()? {
            match field {
                (1, Value::Number(number)) => id = number as i64,
                (2, Value::Bytes(list)) => keys = packed(list)?,
                (3, Value::Bytes(list)) => values = packed(list)?,
                (8, Value::Bytes(list)) => nodes = deltas(list)?,
                _ => {}
            }
        }
        let tags = block.tags(&keys, &values)?;
        if is_useful(&tags) || self.members.contains(&id) {
            raw.ways.push(Way { id, tags, nodes });
        }
        Ok(())
    }

    fn relation(&mut self, bytes: &[u8], block: &Block<'_>, raw: &mut Raw) -> Result<(), Broken> {
        let mut id = 0;
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        let (mut roles, mut members, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
        let mut message = Message(bytes);
        while let Some(field) = message.next()? {
            match field {
                (1, Value::Number(number)) => id = number as i64,
                (2, Value::Bytes(list)) => keys = packed(list)?,
                (3, Value::Bytes(list)) => values = packed(list)?,
                (8, Value::Bytes(list)) => roles = packed(list)?,
                (9, Value::Bytes(list)) => members = deltas(list)?,
                (10, Value::Bytes(list)) => kinds = packed(list)?,
                _ => {}
            }
        }
        if roles.len() != members.len() || kinds.len() != members.len() {
            return Err(Broken);
        }
        let tags = block.tags(&keys, &values)?;
        if tags.get("building").is_none() {
            return Ok(());
        }
        let mut ways = Vec::new();
        for ((member, role), kind) in members.into_iter().zip(roles).zip(kinds) {
            if kind == 1 {
                ways.push((member, block.text(role)? == "inner"));
                self.members.insert(member);
            }
        }
        raw.relations.push(Relation { id, tags, ways });
        Ok(())
    }
}
