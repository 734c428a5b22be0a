//! Which inputs of a back-test study are published and which are assumed.
//!
//! Every line of such a study says so in its comment: `key = value  # assumed: why`.

use serde::Serialize;

/// Where an input comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Read in a public source.
    Published,
    /// Worked out from published figures.
    Derived,
    /// Neither: a guess, said aloud.
    Assumed,
}

/// One input of a study and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatedInput {
    /// `lumped_demand.annual_mwh`.
    pub key: String,
    /// As written.
    pub value: String,
    /// Published, derived or assumed.
    pub standing: Standing,
    /// Source or reason.
    pub why: String,
}

/// Names and places need no source.
const PLAIN: [&str; 9] = [
    "schema",
    "name",
    "description",
    "id",
    "latitude",
    "longitude",
    "time_zone",
    "country",
    "data_centre",
];

/// Reads the inputs of a study with their standing; a line that does not say is an error.
pub(super) fn stated_inputs(study: &str) -> Result<Vec<StatedInput>, String> {
    let mut section = "";
    let mut inputs = Vec::new();
    for line in study.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
            continue;
        }
        let Some((key, rest)) = line.split_once('=') else {
            return Err(format!("`{line}` is no key = value on one line"));
        };
        let key = key.trim();
        if PLAIN.contains(&key) {
            continue;
        }
        let unsaid = || format!("{section}.{key} does not say where it comes from");
        let (value, comment) = rest.rsplit_once(" # ").ok_or_else(unsaid)?;
        let (tag, why) = comment.split_once(':').ok_or_else(unsaid)?;
        let standing = match tag.trim() {
            "published" => Standing::Published,
            "derived" => Standing::Derived,
            "assumed" => Standing::Assumed,
            _ => return Err(unsaid()),
        };
        inputs.push(StatedInput {
            key: format!("{section}.{key}"),
            value: value.trim().to_owned(),
            standing,
            why: why.trim().to_owned(),
        });
    }
    Ok(inputs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_tells_where_an_input_comes_from() {
        let text = "name = 'x'\n[[boiler]]\nid = \"a\"\nheat_capacity_mw = 3  # assumed: reserve\n";
        let inputs = stated_inputs(text).unwrap();
        assert_eq!(inputs.len(), 1);
        assert_eq!(inputs[0].key, "boiler.heat_capacity_mw");
        assert_eq!(inputs[0].value, "3");
        assert_eq!(inputs[0].standing, Standing::Assumed);
        assert_eq!(inputs[0].why, "reserve");
    }

    #[test]
    fn an_input_without_a_standing_is_refused() {
        for comment in ["", "  # reserve", "  # guessed: reserve"] {
            let text = format!("[[boiler]]\nheat_capacity_mw = 3{comment}\n");
            let error = stated_inputs(&text).unwrap_err();
            assert!(error.contains("boiler.heat_capacity_mw"), "{error}");
        }
    }
}
