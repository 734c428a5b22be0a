//! Random parks and windows by the exact engine and by the general solver:
//! `exact_random [CASES] [FIRST_SEED]`.

#![expect(clippy::print_stdout, reason = "a long check prints its findings")]
#![expect(
    clippy::unwrap_used,
    reason = "a check may fail on what it does not expect"
)]
#![expect(dead_code, reason = "shared with the tests")]

#[path = "../tests/it/chains.rs"]
mod chains;
#[path = "../tests/it/judge.rs"]
mod judge;

fn main() {
    let number = |index: usize, otherwise: u64| {
        std::env::args()
            .nth(index)
            .and_then(|text| text.parse().ok())
            .unwrap_or(otherwise)
    };
    let (cases, first) = (number(1, 100_000), number(2, 0));
    let mut failures = 0;
    for seed in first..first + cases {
        if let Err(failure) = judge::check(seed) {
            failures += 1;
            println!("{failure}");
        }
    }
    println!("{failures} failures of {cases} cases");
    if cases == 1 {
        let chain = chains::random(first);
        println!("{chain:#?}");
        println!(
            "{:#?}",
            hukka_dispatch::exact::solve(&chain, &hukka_dispatch::exact::Options::default())
        );
    }
}
