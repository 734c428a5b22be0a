//! Times whole runs of the bundled examples: median of several, with the peak memory.

use anyhow::{Context as _, Result, ensure};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Example, runs, and the limits it must keep: seconds and megabytes.
const CASES: [(&str, usize, f64, f64); 2] =
    [("hamina", 7, 1.0, 1000.0), ("kotka", 3, 20.0, 1000.0)];

/// Measured weather and real prices beside the project; benches use them where they are.
const REAL_DATA: &str = "../shared/data";
const REAL_FILES: [&str; 2] = [
    "helsinki-vantaa_2023_temperature.csv",
    "day_ahead_prices_dk_se_no2_de_2023_hourly.csv",
];
const REAL_VARIANT: &str = r#"
[weather]
file = "helsinki-vantaa_2023_temperature.csv"
column = "outdoor_temperature_c"

[prices]
electricity = "day_ahead_prices_dk_se_no2_de_2023_hourly.csv"
electricity_column = "price_se3_eur_per_mwh"
"#;

/// Runs every bench and prints the table that `benches/README.md` shows.
pub(crate) fn run(root: &Path) -> Result<()> {
    let hukka = root.join("target/release/hukka");
    ensure!(hukka.is_file(), "build first: cargo build --release");
    println("| study | median s | min s | max s | peak MB | limit |");
    println("|---|---:|---:|---:|---:|---|");
    let mut broken = Vec::new();
    for (example, runs, limit_s, limit_mb) in CASES {
        for (label, arguments) in studies(root, example)? {
            let out = root.join("target/bench").join(example);
            let (mut seconds, megabytes) = time(&hukka, &arguments, &out, runs)?;
            seconds.sort_by(f64::total_cmp);
            let median = seconds[seconds.len().div_euclid(2)];
            let (min, max) = (seconds[0], seconds[seconds.len() - 1]);
            println(&format!(
                "| {label} | {median:.2} | {min:.2} | {max:.2} | {megabytes:.0} | {limit_s} s, {limit_mb} MB |"
            ));
            if median > limit_s || megabytes > limit_mb {
                broken.push(label);
            }
        }
    }
    ensure!(broken.is_empty(), "over the limit: {}", broken.join(", "));
    Ok(())
}

/// The example as it ships and, where the data is, on measured series; with the arguments to run.
fn studies(root: &Path, example: &str) -> Result<Vec<(String, Vec<String>)>> {
    let shipped = root.join("examples").join(example).display().to_string();
    let mut studies = vec![(example.to_owned(), vec![shipped.clone()])];
    let data = root.join(REAL_DATA);
    if !data.join(REAL_FILES[0]).is_file() {
        println(&format!(
            "(no {REAL_DATA}: {example} on measured series is left out)"
        ));
        return Ok(studies);
    }
    let copy = root.join("target/bench/studies").join(example);
    std::fs::create_dir_all(copy.join("variants"))?;
    for entry in std::fs::read_dir(&shipped)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), copy.join(entry.file_name()))?;
        }
    }
    for file in REAL_FILES {
        std::fs::copy(data.join(file), copy.join(file))?;
    }
    std::fs::write(copy.join("variants/real-2023.toml"), REAL_VARIANT)?;
    let arguments = vec![
        copy.display().to_string(),
        "--variant".into(),
        "real-2023".into(),
    ];
    studies.push((format!("{example}, measured 2023 series"), arguments));
    Ok(studies)
}

fn time(hukka: &Path, study: &[String], out: &Path, runs: usize) -> Result<(Vec<f64>, f64)> {
    let mut seconds = Vec::new();
    let mut peak_kb = 0.0_f64;
    for _ in 0..runs {
        let clock = Instant::now();
        let child = Command::new(hukka)
            .args(["run", "--quiet", "--force", "--out"])
            .arg(out)
            .args(study)
            .stdout(std::process::Stdio::null())
            .spawn()
            .context("cannot run hukka")?;
        let status = watch(child, &mut peak_kb)?;
        seconds.push(clock.elapsed().as_secs_f64());
        ensure!(
            status.success(),
            "hukka run {} failed: {status}",
            study.join(" ")
        );
    }
    Ok((seconds, peak_kb / 1024.0))
}

/// Waits for the run while reading its peak memory from the kernel, where there is one to ask.
fn watch(mut child: std::process::Child, peak_kb: &mut f64) -> Result<std::process::ExitStatus> {
    let status_file = format!("/proc/{}/status", child.id());
    loop {
        if let Ok(text) = std::fs::read_to_string(&status_file) {
            let high_water = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kilobytes = high_water
                .and_then(|rest| rest.split_whitespace().next())
                .and_then(|number| number.parse::<f64>().ok());
            *peak_kb = peak_kb.max(kilobytes.unwrap_or(0.0));
        }
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

fn println(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}
