//! `frontier.json`, `frontier.csv`, `frontier.html` and the lines on the screen.

use super::{Frontier, FrontierPoint};
use crate::RunInfo;
use crate::run_folder::OutputFile;
use hukka_model::Study;
use hukka_units::grouped;
use serde_json::{Value, json};

/// The files of a frontier.
pub fn files_of_frontier(study: &Study, frontier: &Frontier, info: &RunInfo) -> Vec<OutputFile> {
    [
        (
            "frontier.json",
            format!("{:#}\n", json(study, frontier, info)),
        ),
        ("frontier.csv", csv(frontier)),
        ("frontier.html", html(study, frontier)),
    ]
    .map(|(path, text)| OutputFile {
        path: path.to_owned(),
        bytes: text.into_bytes(),
    })
    .to_vec()
}

fn json(study: &Study, frontier: &Frontier, info: &RunInfo) -> Value {
    let next = frontier.recommendation.next;
    json!({
        "schema": "hukka-frontier/1",
        "run": { "version": info.version, "run_id": info.run_id, "command": info.command },
        "study": { "id": study.id, "name": study.name },
        "method": "every point is designed, simulated, dispatched and assessed again; demand and \
                   source are the study's",
        "recommended": frontier.recommendation.point,
        "own": frontier.own,
        "why": frontier.recommendation.why,
        "next": next.map(|(point, cost)| json!({ "point": point, "eur_per_t": cost })),
        "points": frontier.points.iter().map(one).collect::<Vec<_>>(),
        "by_distance": frontier.by_distance.iter().map(one).collect::<Vec<_>>(),
        "notes": frontier.notes,
    })
}

fn one(point: &FrontierPoint) -> Value {
    json!({
        "heat_pump_mw": point.heat_pump_mw,
        "store_mwh": point.store_mwh,
        "supply_shift_k": point.choice.shift_k,
        "distance_km": point.distance_km,
        "lcoh_eur_per_mwh": point.lcoh_eur_mwh,
        "npv_eur": point.npv_eur,
        "investment_eur": point.investment_eur,
        "share_covered": point.share_covered,
        "use_share": point.use_share,
        "carbon_saved_t": point.carbon_saved_t,
        "mean_cop": point.mean_cop,
        "unserved_mwh": point.unserved_mwh,
        "cold_consumers": point.cold_consumers,
        "is_feasible": point.is_feasible,
        "is_on_front": point.is_on_front,
    })
}

fn csv(frontier: &Frontier) -> String {
    let mut out = String::from(
        "set,heat_pump_mw,store_mwh,supply_shift_k,distance_km,lcoh_eur_per_mwh,npv_eur,\
         investment_eur,share_covered,use_share,carbon_saved_t,mean_cop,unserved_mwh,\
         cold_consumers,is_feasible,is_on_front\n",
    );
    let sets = [
        ("grid", &frontier.points),
        ("distance", &frontier.by_distance),
    ];
    for (set, points) in sets {
        for p in points {
            out.push_str(&format!(
                "{set},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
                p.heat_pump_mw,
                p.store_mwh,
                p.choice.shift_k,
                p.distance_km,
                p.lcoh_eur_mwh,
                p.npv_eur,
                p.investment_eur,
                p.share_covered,
                p.use_share,
                p.carbon_saved_t,
                p.mean_cop,
                p.unserved_mwh,
                p.cold_consumers,
                p.is_feasible,
                p.is_on_front
            ));
        }
    }
    out
}

/// A number with a sign that reads as one.
fn number(value: f64, digits: usize) -> String {
    let text = grouped(value.abs(), digits);
    if value < 0.0 && text.chars().any(|c| ('1'..='9').contains(&c)) {
        format!("−{text}")
    } else {
        text
    }
}

/// The front by cost, the points by name.
fn front(frontier: &Frontier) -> Vec<(usize, &FrontierPoint)> {
    let mut front: Vec<(usize, &FrontierPoint)> = frontier
        .points
        .iter()
        .enumerate()
        .filter(|(_, point)| point.is_on_front)
        .collect();
    front.sort_by(|a, b| {
        a.1.lcoh_eur_mwh
            .total_cmp(&b.1.lcoh_eur_mwh)
            .then(a.0.cmp(&b.0))
    });
    front
}

/// What a point is, in columns.
fn cells(point: &FrontierPoint) -> [String; 8] {
    [
        number(point.heat_pump_mw, 2),
        number(point.store_mwh, 0),
        number(point.choice.shift_k, 0),
        number(point.lcoh_eur_mwh, 1),
        number(100.0 * point.share_covered, 1),
        number(point.carbon_saved_t, 0),
        number(point.npv_eur / 1e6, 2),
        number(point.investment_eur / 1e6, 2),
    ]
}

const HEADS: [&str; 8] = [
    "heat pump, MW",
    "store, MWh",
    "supply, K",
    "cost, €/MWh",
    "covered, %",
    "CO2 saved, t/a",
    "NPV, M€",
    "investment, M€",
];

/// The result for people.
pub fn frontier_lines(frontier: &Frontier) -> Vec<String> {
    let best = frontier.recommendation.point;
    let line = |cells: &[String]| -> String {
        let texts: Vec<String> = cells.iter().map(|cell| format!("{cell:>14}")).collect();
        texts.join(" ")
    };
    let mut lines = vec![format!("    {}", line(&HEADS.map(str::to_owned)))];
    for (n, point) in front(frontier) {
        let mark = match (n == best, n == frontier.own) {
            (true, _) => "→",
            (false, true) => "·",
            _ => " ",
        };
        lines.push(format!("  {mark} {}", line(&cells(point))));
    }
    lines.push(String::new());
    lines.push(format!(
        "  {} of {} points on the front; → recommended, · the study's own sizes",
        front(frontier).len(),
        frontier.points.len()
    ));
    lines.extend(
        frontier
            .recommendation
            .why
            .iter()
            .map(|why| format!("    {why}")),
    );
    lines.extend(how_far(frontier));
    lines.extend(frontier.notes.iter().map(|note| format!("  note: {note}")));
    lines
}

/// The largest distance at which the best size still pays.
fn how_far(frontier: &Frontier) -> Vec<String> {
    if frontier.by_distance.is_empty() {
        return vec![
            "  how far: see the curve of cost by distance in the report of the run".to_owned(),
        ];
    }
    let parts: Vec<String> = frontier
        .by_distance
        .iter()
        .map(|p| {
            format!(
                "{} km {} M€",
                number(p.distance_km, 1),
                number(p.npv_eur / 1e6, 1)
            )
        })
        .collect();
    let farthest = frontier.by_distance.iter().rfind(|p| p.npv_eur >= 0.0);
    let answer = farthest.map_or_else(
        || "it pays at no distance looked at".to_owned(),
        |p| {
            format!(
                "it pays at {} km, the farthest of those looked at",
                number(p.distance_km, 1)
            )
        },
    );
    vec![
        format!("  how far, NPV at the best size: {}", parts.join(" · ")),
        format!("    {answer}"),
    ]
}

const STYLE: &str = "body{font:15px/1.45 system-ui,sans-serif;margin:2rem;color:#111;background:#fff}\
table{border-collapse:collapse;margin:1rem 0}th,td{border-bottom:1px solid #bbb;padding:.3rem .7rem;\
text-align:right}svg{max-width:100%;height:auto}@media print{body{margin:1cm;font-size:10pt}}";

/// A page of its own: the chart, the front, the recommendation.
fn html(study: &Study, frontier: &Frontier) -> String {
    let heads: String = HEADS
        .iter()
        .map(|head| format!("<th>{head}</th>"))
        .collect::<Vec<String>>()
        .concat();
    let rows: String = front(frontier)
        .iter()
        .map(|(n, point)| {
            let cells: String = cells(point)
                .iter()
                .map(|cell| format!("<td>{cell}</td>"))
                .collect::<Vec<String>>()
                .concat();
            let mark = if *n == frontier.recommendation.point {
                "recommended"
            } else if *n == frontier.own {
                "study"
            } else {
                ""
            };
            format!("<tr>{cells}<td>{mark}</td></tr>\n")
        })
        .collect::<Vec<String>>()
        .concat();
    let why: String = frontier
        .recommendation
        .why
        .iter()
        .chain(&frontier.notes)
        .map(|why| format!("<li>{}</li>", escaped(why)))
        .collect::<Vec<String>>()
        .concat();
    let far: String = frontier
        .by_distance
        .iter()
        .map(|p| {
            format!(
                "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                number(p.distance_km, 1),
                number(p.heat_pump_mw, 2),
                number(p.lcoh_eur_mwh, 1),
                number(p.npv_eur / 1e6, 2)
            )
        })
        .collect::<Vec<String>>()
        .concat();
    let far = if far.is_empty() {
        String::new()
    } else {
        format!(
            "<h2>How far can it go?</h2><table><thead><tr><th>distance, km</th><th>best heat pump, MW</th><th>cost, €/MWh</th><th>NPV, M€</th></tr></thead><tbody>{far}</tbody></table>"
        )
    };
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Frontier: {name}</title><style>{STYLE}</style></head><body>\n<h1>Frontier: {name}</h1>\n{chart}\n<ul>{why}</ul>\n<table><thead><tr>{heads}<th></th></tr></thead><tbody>\n{rows}</tbody></table>\n{far}</body></html>\n",
        name = escaped(&study.name),
        chart = chart(frontier)
    )
}

/// Cost over coverage: filled dots on the front, rings beaten, a square recommended; the larger a
/// dot, the more CO2 is saved.
fn chart(frontier: &Frontier) -> String {
    const WIDTH: f64 = 720.0;
    const HEIGHT: f64 = 420.0;
    const ROOM: f64 = 60.0;
    let shown: Vec<(usize, &FrontierPoint)> = frontier
        .points
        .iter()
        .enumerate()
        .filter(|(_, point)| point.is_feasible)
        .collect();
    let range = |of: &dyn Fn(&FrontierPoint) -> f64| {
        let values = shown.iter().map(|(_, point)| of(point));
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| {
            (a.min(v), b.max(v))
        });
        let room = ((high - low) * 0.05).max(1e-6);
        (low - room, high + room)
    };
    let (x0, x1) = range(&|p| 100.0 * p.share_covered);
    let (y0, y1) = range(&|p| p.lcoh_eur_mwh);
    let most = shown
        .iter()
        .map(|(_, p)| p.carbon_saved_t)
        .fold(1.0, f64::max);
    let x = |p: &FrontierPoint| {
        ROOM + (100.0 * p.share_covered - x0) / (x1 - x0) * (WIDTH - 2.0 * ROOM)
    };
    let y = |p: &FrontierPoint| {
        HEIGHT - ROOM - (p.lcoh_eur_mwh - y0) / (y1 - y0) * (HEIGHT - 2.0 * ROOM)
    };
    let dots: String = shown
        .iter()
        .map(|(n, p)| {
            let radius = 3.0 + 6.0 * (p.carbon_saved_t / most).clamp(0.0, 1.0);
            let (cx, cy) = (x(p), y(p));
            if *n == frontier.recommendation.point {
                format!(
                    "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"16\" height=\"16\" fill=\"#111\"><title>recommended</title></rect>",
                    cx - 8.0,
                    cy - 8.0
                )
            } else if p.is_on_front {
                format!("<circle cx=\"{cx:.1}\" cy=\"{cy:.1}\" r=\"{radius:.1}\" fill=\"#0072b2\"/>")
            } else {
                format!("<circle cx=\"{cx:.1}\" cy=\"{cy:.1}\" r=\"{radius:.1}\" fill=\"none\" stroke=\"#888\"/>")
            }
        })
        .collect::<Vec<String>>().concat();
    let ends = format!(
        "<text x=\"{ROOM}\" y=\"{by:.0}\">{}</text><text x=\"{rx:.0}\" y=\"{by:.0}\" text-anchor=\"end\">{}</text><text x=\"{lx:.0}\" y=\"{bottom:.0}\" text-anchor=\"end\">{}</text><text x=\"{lx:.0}\" y=\"{ROOM}\" text-anchor=\"end\">{}</text>",
        number(x0, 0),
        number(x1, 0),
        number(y0, 0),
        number(y1, 0),
        by = HEIGHT - ROOM + 20.0,
        rx = WIDTH - ROOM,
        lx = ROOM - 6.0,
        bottom = HEIGHT - ROOM
    );
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"cost of heat over coverage\" font-size=\"13\"><path d=\"M{ROOM} {ROOM}V{b:.0}H{r:.0}\" fill=\"none\" stroke=\"#111\"/>{dots}{ends}<text x=\"{m:.0}\" y=\"{t:.0}\" text-anchor=\"middle\">share of heat covered, %</text><text x=\"{ROOM}\" y=\"{top:.0}\">cost of heat, €/MWh; larger dots save more CO2; ring: beaten; square: recommended</text></svg>",
        b = HEIGHT - ROOM,
        r = WIDTH - ROOM,
        m = WIDTH * 0.5,
        t = HEIGHT - 16.0,
        top = ROOM - 24.0
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
