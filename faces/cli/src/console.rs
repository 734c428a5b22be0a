//! Words on the terminal: bars for people, plain lines in a pipe.

use hukka::{Progress, Stage};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Prints one line to standard output; a closed pipe is not an error.
pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Prints text as it is.
pub(crate) fn text(text: &str) {
    let _ = write!(std::io::stdout().lock(), "{text}");
}

/// Prints a problem to standard error.
pub(crate) fn error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "error: {text}");
}

/// Prints findings to standard error, coloured on a terminal.
pub(crate) fn findings(rendered: &str) {
    let _ = write!(std::io::stderr().lock(), "{rendered}");
}

/// Whether standard error is a terminal that may show colours.
pub(crate) fn is_colourful() -> bool {
    #[expect(
        clippy::disallowed_methods,
        reason = "NO_COLOR is how people ask for plain text"
    )]
    let refused = std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty());
    std::io::stderr().is_terminal() && !refused
}

/// A flag that Ctrl-C sets; a second Ctrl-C ends at once.
pub(crate) fn stop_flag() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&flag);
    // Without a handler Ctrl-C still ends the run: only a stray temporary folder may stay.
    let _ = ctrlc::set_handler(move || {
        if seen.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    });
    flag
}

/// Stage by stage progress on standard output.
pub(crate) struct StageLines {
    bar: ProgressBar,
    is_quiet: bool,
    stop: Arc<AtomicBool>,
}

impl StageLines {
    pub(crate) fn new(is_quiet: bool, stop: Arc<AtomicBool>) -> Self {
        let shows_bar = !is_quiet && std::io::stderr().is_terminal();
        let target = if shows_bar {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(1), target);
        if let Ok(style) = ProgressStyle::with_template("  {prefix:9} {bar:40} {percent:>3} %") {
            bar.set_style(style);
        }
        Self {
            bar,
            is_quiet,
            stop,
        }
    }

    /// One finished stage, or anything that looks like one.
    pub(crate) fn stage_line(&self, name: &str, what: &str, seconds: f64) {
        if !self.is_quiet {
            self.bar
                .suspend(|| line(&format!("  {name:9} {what:<78} {seconds:>5.1} s")));
        }
    }
}

impl Progress for StageLines {
    fn started(&mut self, stage: Stage) {
        self.bar.set_prefix(stage.name());
        self.bar.set_position(0);
    }

    fn progress(&mut self, _stage: Stage, done: usize, total: usize) {
        self.bar.set_length(total as u64);
        self.bar.set_position(done as u64);
    }

    fn finished(&mut self, stage: Stage, what: &str, seconds: f64) {
        self.stage_line(stage.name(), what, seconds);
        if stage >= Stage::Assess {
            self.bar.finish_and_clear();
        }
    }

    fn should_stop(&mut self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}

impl Drop for StageLines {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
