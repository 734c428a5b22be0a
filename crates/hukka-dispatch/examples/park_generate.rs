//! Writes a made-up dispatch case: `park_generate FOLDER [steps] [seed] [lp|milp] [step_h] [start_hour]`.
use hukka_dispatch::park::{Synthetic, synthetic_case};
use hukka_model::DispatchMode;
use std::path::PathBuf;

#[expect(clippy::disallowed_methods, reason = "an example writes files")]
fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = |index: usize| arguments.get(index).map(String::as_str);
    let number = |index: usize, otherwise: f64| {
        text(index)
            .and_then(|text| text.parse().ok())
            .unwrap_or(otherwise)
    };
    let folder = PathBuf::from(text(0).unwrap_or("park"));
    let case = synthetic_case(&Synthetic {
        steps: number(1, 8760.0) as usize,
        seed: number(2, 1.0) as u64,
        mode: match text(3) {
            Some("milp") => DispatchMode::Milp,
            _ => DispatchMode::Lp,
        },
        step_h: number(4, 1.0),
        start_hour: number(5, 0.0),
    });
    let files = hukka_formats::write_dispatch_case(&case);
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join(hukka_formats::CASE_FILE), files.case)?;
    std::fs::write(folder.join(hukka_formats::SERIES_FILE), files.series)
}
