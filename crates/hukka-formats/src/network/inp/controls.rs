//! Simple controls, as far as they hold at the start.

use super::Inp;
use super::links::{Draft, Order, valve_kind};
use super::nodes::{WaterNodes, lines};
use super::options::time_s;
use super::sections::{no_such, number, too_short, wrong_word};

/// Gives an order to a link; a number sets a valve as its own line would.
pub(super) fn give(inp: &mut Inp<'_, '_>, drafts: &mut [Draft], index: usize, order: Order) {
    let id = drafts[index].link.id.clone();
    if let Order::Setting(value) = order {
        let valve = lines(inp, "VALVES")
            .into_iter()
            .find(|(_, words)| words[0] == id);
        if let Some((line, words)) = valve.filter(|(_, words)| words.len() >= 6) {
            if !words[4].eq_ignore_ascii_case("GPV") {
                let kind = valve_kind(inp, (line, &words), &value.to_string());
                drafts[index].set_valve(kind);
            }
            return;
        }
    }
    drafts[index].obey(order);
}

/// Applies the controls that hold at time 0, in the order of the file.
pub(super) fn apply(inp: &mut Inp<'_, '_>, nodes: &WaterNodes, drafts: &mut [Draft]) {
    for (line, words) in lines(inp, "CONTROLS") {
        let place = inp.sections.place(line);
        if words.len() < 6
            || !words[0].to_ascii_uppercase().starts_with("LINK") && !is_kind(words[0])
        {
            inp.found.push(too_short(
                place,
                "[CONTROLS]",
                "LINK ID SETTING IF NODE ID ABOVE VALUE, or AT TIME VALUE",
            ));
            continue;
        }
        let Some(index) = drafts.iter().position(|draft| draft.link.id == words[1]) else {
            inp.found
                .push(no_such(place, "[CONTROLS]", "link", words[1]));
            continue;
        };
        let Some(order) = Order::by_word(words[2]) else {
            inp.found.push(wrong_word(
                place,
                words[1],
                "a setting",
                words[2],
                "OPEN, CLOSED or a number",
            ));
            continue;
        };
        match holds(inp, nodes, line, &words) {
            Some(true) => give(inp, drafts, index, order),
            Some(false) => {}
            None => inp.found.simplified(
                "a control that depends on the pressure found is not applied",
                words[1],
            ),
        }
    }
}

fn is_kind(word: &str) -> bool {
    ["PIPE", "PUMP", "VALVE"]
        .iter()
        .any(|kind| word.eq_ignore_ascii_case(kind))
}

/// Whether a control holds at the start; `None` if that depends on the answer.
fn holds(inp: &mut Inp<'_, '_>, nodes: &WaterNodes, line: usize, words: &[&str]) -> Option<bool> {
    let place = inp.sections.place(line);
    if words[3].eq_ignore_ascii_case("AT") {
        let Some(seconds) = time_s(&words[5..]) else {
            inp.found.push(wrong_word(
                place,
                words[1],
                "a time",
                &words[5..].join(" "),
                "a time such as 6:00 or 6 PM",
            ));
            return Some(false);
        };
        let is_clock = words[4].eq_ignore_ascii_case("CLOCKTIME");
        let start = if is_clock {
            inp.options.clock_start_s
        } else {
            0.0
        };
        return Some((seconds - start).abs() < 0.5);
    }
    let Some(node) = nodes.names.find(words[5]) else {
        inp.found.push(no_such(place, words[1], "node", words[5]));
        return Some(false);
    };
    let is_above = words
        .get(6)
        .is_some_and(|word| word.eq_ignore_ascii_case("ABOVE"));
    let Some(level) = words.get(7).and_then(|word| number(word)) else {
        inp.found
            .push(too_short(place, words[1], "IF NODE ID ABOVE VALUE"));
        return Some(false);
    };
    let tank = nodes.tanks.iter().find(|tank| tank.node == node)?;
    let level = level * inp.options.length_m();
    Some(if is_above {
        tank.level_m >= level
    } else {
        tank.level_m <= level
    })
}
