//! The page in a real browser, when there is one.

use crate::fixture::Fixture;
use hukka_report::html;
use std::process::Command;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

fn browser() -> Option<&'static str> {
    BROWSERS.into_iter().find(|name| {
        Command::new(name)
            .arg("--version")
            .output()
            .is_ok_and(|output| output.status.success())
    })
}

/// Changes every control once, so that an error behind one of them would reach the console.
const POKE: &str = r#"<script>
document.querySelectorAll("select").forEach(function (select) {
  for (var i = 0; i < select.options.length; i++) { select.selectedIndex = i; select.dispatchEvent(new Event("change")); }
});
document.querySelectorAll("input").forEach(function (input) { input.value = 3; input.dispatchEvent(new Event("input")); });
document.querySelectorAll('#pipes path').forEach(function (path) { path.dispatchEvent(new PointerEvent("pointerover", { bubbles: true })); });
document.querySelectorAll("button").forEach(function (button) { button.click(); });
window.dispatchEvent(new Event("beforeprint"));
window.dispatchEvent(new Event("afterprint"));
document.body.dataset.poked = "yes";
</script></body>"#;

#[test]
fn the_page_draws_and_answers_without_a_word_on_the_console() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no Chromium to open the page with");
        return;
    };
    for (name, fixture) in [
        ("with-map", Fixture::town(60)),
        ("without-map", Fixture::lumped()),
    ] {
        let page = html(&fixture.inputs()).unwrap().replace("</body>", POKE);
        let path = crate::page::keep(name, &page);
        let output = Command::new(browser)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--enable-logging=stderr",
            ])
            .args(["--virtual-time-budget=3000", "--dump-dom"])
            .arg(format!("file://{path}"))
            .output()
            .unwrap();
        let log = String::from_utf8_lossy(&output.stderr);
        assert!(!log.contains("CONSOLE"), "{log}");
        let drawn = String::from_utf8_lossy(&output.stdout);
        assert!(
            drawn.contains("data-poked=\"yes\""),
            "{name}: the script stopped"
        );
        assert!(drawn.contains("23 Jan"), "{name}: the week has no name");
    }
}
