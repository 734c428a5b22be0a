//! Prints the validation table of docs/methods/heat-pump.md.

#![expect(clippy::print_stdout, reason = "it prints a table")]

fn main() {
    print!("{}", hukka_physics::heat_pump::plants::validation_table());
}
