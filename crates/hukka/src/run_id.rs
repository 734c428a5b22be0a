//! The name of a run: the same inputs and options give the same id and the same bits.

use hukka_model::InputFile;

/// Twelve hexadecimal digits over the engine's version, the inputs' hashes and the overrides.
pub fn run_id(inputs: &[InputFile], overrides: &[(String, String)]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut field = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    field(crate::VERSION);
    for input in inputs {
        field(&input.path);
        field(&input.blake3);
    }
    for (key, value) in overrides {
        field(key);
        field(value);
    }
    hasher.finalize().to_hex().chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(hash: &str) -> Vec<InputFile> {
        vec![InputFile {
            path: "study.toml".into(),
            bytes: 3,
            blake3: hash.into(),
        }]
    }

    #[test]
    fn the_id_depends_on_inputs_and_overrides_only() {
        let overrides = [("network.depth_m".to_owned(), "1.2".to_owned())];
        assert_eq!(run_id(&input("aa"), &[]), run_id(&input("aa"), &[]));
        assert_ne!(run_id(&input("aa"), &[]), run_id(&input("ab"), &[]));
        assert_ne!(run_id(&input("aa"), &[]), run_id(&input("aa"), &overrides));
        assert_eq!(run_id(&input("aa"), &[]).len(), 12);
    }
}
