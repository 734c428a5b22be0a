//! The report in a real browser: it draws, says nothing on the console and asks for nothing.

use crate::support::{SharedRun, hamina, kotka, text};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

fn browser() -> Option<PathBuf> {
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ]
    .into_iter()
    .map(PathBuf::from)
    .find(|path| path.is_file())
}

/// Loads a page; gives the drawn document, what the console said, and the addresses asked for.
fn load(browser: &PathBuf, run: &SharedRun) -> (String, Vec<String>, Vec<String>) {
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("net.json");
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-default-apps",
            "--enable-logging=stderr",
            "--virtual-time-budget=15000",
            "--dump-dom",
        ])
        .arg(format!(
            "--user-data-dir={}",
            home.path().join("profile").display()
        ))
        .arg(format!("--log-net-log={}", log.display()))
        .arg(format!(
            "file://{}",
            run.folder.join("report.html").display()
        ))
        .output()
        .unwrap();
    let console = text(&output.stderr)
        .lines()
        .filter(|line| line.contains("CONSOLE"))
        .map(str::to_owned)
        .collect();
    let net_log = fs::read_to_string(&log).unwrap();
    assert!(
        net_log.contains("report.html"),
        "the browser's net log does not show the page"
    );
    let requests = net_log
        .split('"')
        .filter(|word| word.starts_with("http://") || word.starts_with("https://"))
        .map(str::to_owned)
        .collect();
    (text(&output.stdout), console, requests)
}

/// Whether the page shows a NaN; packed series may hold the letters by chance.
fn shows_nan(page: &str) -> bool {
    let is_packed =
        |c: Option<u8>| c.is_some_and(|c| c.is_ascii_alphanumeric() || b"+/".contains(&c));
    let bytes = page.as_bytes();
    page.match_indices("NaN").any(|(at, text)| {
        let before = at.checked_sub(1).map(|i| bytes[i]);
        let after = bytes.get(at + text.len()).copied();
        !is_packed(before) && !is_packed(after)
    })
}

#[test]
fn reports_draw_offline_without_a_word_on_the_console() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no Chromium here; `make test` installs it");
        return;
    };
    for run in [kotka(), hamina()] {
        let (document, console, requests) = load(&browser, run);
        assert!(
            document.contains("<svg") && document.contains("<canvas"),
            "nothing drawn"
        );
        assert!(
            document.contains("data-drawn=\"yes\""),
            "the script did not finish"
        );
        assert!(console.is_empty(), "{console:#?}");
        let own: Vec<_> = requests
            .iter()
            .filter(|address| !is_browser_s_own(address))
            .collect();
        assert!(own.is_empty(), "{own:#?}");
    }
}

/// Addresses the browser itself looks up at every start, whatever the page.
fn is_browser_s_own(address: &str) -> bool {
    [
        "google.com",
        "googleapis.com",
        "gstatic.com",
        "gvt1.com",
        "googleusercontent.com",
    ]
    .iter()
    .any(|host| address.contains(host))
}

#[test]
fn reports_stay_under_three_megabytes_and_load_nothing() {
    for run in [kotka(), hamina()] {
        let report = run.read("report.html");
        assert!(report.len() < 3_000_000, "{} bytes", report.len());
        for loader in [
            "src=\"http",
            "href=\"http",
            "url(http",
            "@import",
            "fetch(",
            "XMLHttpRequest",
        ] {
            assert!(!report.contains(loader), "the report contains {loader}");
        }
        assert!(!shows_nan(&report));
    }
}

#[test]
fn a_reader_can_follow_one_kilowatt_hour() {
    let report = kotka().read("report.html");
    for word in [
        "Follow one kilowatt-hour",
        "The servers draw 1 kWh",
        "reach the capture point",
        "the heat pump lifts it",
        "fed into the network",
        "reach the flats",
        "OpenStreetMap",
    ] {
        assert!(report.contains(word), "{word} is missing");
    }
    assert!(
        report.contains("synthetic"),
        "synthetic series must be marked"
    );
}
