//! Simple controls at the start: those of time and tank level at once, those of a junction's
//! pressure once it is known.

use super::links::{Draft, Order, valve_kind};
use super::nodes::{WaterNodes, lines};
use super::options::time_s;
use super::sections::{no_such, number, too_short, wrong_word};
use super::{Inp, WaterNodeKind, WaterOrder, WaterSwitch};

/// Gives an order to a link; a number sets a valve as its own line would.
pub(super) fn give(inp: &mut Inp<'_, '_>, drafts: &mut [Draft], index: usize, order: Order) {
    match effect(inp, &drafts[index], order) {
        Some(WaterOrder::Valve(kind)) => drafts[index].set_valve(kind),
        Some(_) => drafts[index].obey(order),
        None => {}
    }
}

/// What an order does to a link; `None` if the link does not obey.
fn effect(inp: &mut Inp<'_, '_>, draft: &Draft, order: Order) -> Option<WaterOrder> {
    let id = draft.link.id.as_str();
    if draft.is_check_valve {
        let why = "EPANET refuses to order a check valve";
        inp.found.unused("an order to a check valve", why, id);
        return None;
    }
    let valve = lines(inp, "VALVES")
        .into_iter()
        .find(|(_, words)| words[0] == id && words.len() >= 6);
    let is_curve = valve
        .as_ref()
        .is_some_and(|(_, words)| words[4].eq_ignore_ascii_case("GPV"));
    match (order, valve) {
        // An open valve of this kind follows its curve; a number means nothing to it.
        (Order::Open, Some((line, words))) if is_curve => {
            Some(WaterOrder::Valve(valve_kind(inp, (line, &words), words[5])))
        }
        (Order::Setting(_), Some(_)) if is_curve => None,
        (Order::Setting(value), Some((line, words))) => Some(WaterOrder::Valve(valve_kind(
            inp,
            (line, &words),
            &value.to_string(),
        ))),
        (Order::Open, _) => Some(WaterOrder::Open),
        (Order::Setting(value), None) if value > 0.0 => Some(WaterOrder::Speed(value)),
        _ => Some(WaterOrder::Closed),
    }
}

/// Applies the controls that hold at time 0, in the order of the file; returns those that wait for
/// the pressure of a junction.
pub(super) fn apply(
    inp: &mut Inp<'_, '_>,
    nodes: &WaterNodes,
    drafts: &mut [Draft],
) -> Vec<WaterSwitch> {
    let mut switches = Vec::new();
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
            When::Now(true) => give(inp, drafts, index, order),
            When::Now(false) => {}
            When::Pressure(node, is_above, pressure_pa) => {
                if let Some(order) = effect(inp, &drafts[index], order) {
                    switches.push(WaterSwitch {
                        node,
                        is_above,
                        pressure_pa,
                        link: index,
                        order,
                    });
                }
            }
        }
    }
    switches
}

/// When a control acts.
enum When {
    /// At the start, or not.
    Now(bool),
    /// When the pressure of a node is above (or below) this many Pa.
    Pressure(usize, bool, f64),
}

fn is_kind(word: &str) -> bool {
    ["PIPE", "PUMP", "VALVE"]
        .iter()
        .any(|kind| word.eq_ignore_ascii_case(kind))
}

/// When a control acts.
fn holds(inp: &mut Inp<'_, '_>, nodes: &WaterNodes, line: usize, words: &[&str]) -> When {
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
            return When::Now(false);
        };
        let is_clock = words[4].eq_ignore_ascii_case("CLOCKTIME");
        let start = if is_clock {
            inp.options.clock_start_s
        } else {
            0.0
        };
        return When::Now((seconds - start).abs() < 0.5);
    }
    let Some(node) = nodes.names.find(words[5]) else {
        inp.found.push(no_such(place, words[1], "node", words[5]));
        return When::Now(false);
    };
    let is_above = words
        .get(6)
        .is_some_and(|word| word.eq_ignore_ascii_case("ABOVE"));
    let Some(level) = words.get(7).and_then(|word| number(word)) else {
        inp.found
            .push(too_short(place, words[1], "IF NODE ID ABOVE VALUE"));
        return When::Now(false);
    };
    if nodes.view[node].kind == WaterNodeKind::Junction {
        let pressure_pa = level * inp.options.pressure_head_m() * inp.options.pa_per_m();
        return When::Pressure(node, is_above, pressure_pa);
    }
    let Some(tank) = nodes.tanks.iter().find(|tank| tank.node == node) else {
        inp.found.simplified(
            "a control by the level of a reservoir is not applied",
            words[1],
        );
        return When::Now(false);
    };
    let level = level * inp.options.length_m();
    When::Now(if is_above {
        tank.level_m >= level
    } else {
        tank.level_m <= level
    })
}
