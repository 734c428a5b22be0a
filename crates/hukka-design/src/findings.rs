//! What the design has to say about the input: one place for every code and its words.

use crate::lines::LineGraph;
use crate::route_bound::RouteBound;
use hukka_model::Diagnostic;
use hukka_units::grouped;

/// Codes of this crate and what they mean.
pub const CODES: &[(&str, &str)] = &[
    (
        "HK0501",
        "streets or pipes do not reach the rest of the network",
    ),
    ("HK0502", "streets are drawn twice"),
    ("HK0503", "a building lies more than 1 km from any street"),
    ("HK0504", "a site is joined across a gap between streets"),
    (
        "HK0505",
        "no street or pipe that reaches a consumer can be joined",
    ),
    ("HK0506", "a site is off the existing pipe network"),
    (
        "HK0507",
        "no consumer pays for its pipe; a network is assumed to be judged",
    ),
    (
        "HK0508",
        "no heat pump size earns its investment; a small one is assumed",
    ),
    ("HK0509", "boilers given do not cover the design day"),
    ("HK0510", "buildings are given without streets or pipes"),
    ("HK0511", "a heat flow is beyond the largest pipe"),
    ("HK0512", "a service pipe is longer than the study allows"),
    ("HK0513", "an assumption of the design"),
    ("HK0514", "existing pipes are too thin for their heat flow"),
    (
        "HK0515",
        "a data centre or energy centre has no position on the map",
    ),
    ("HK0516", "supply water is not warmer than return water"),
    ("HK0517", "nobody is connected"),
    ("HK0518", "a heat pump cannot run in any hour"),
    (
        "HK0519",
        "what stands today has no position; it is taken to stand beside the data centre",
    ),
    (
        "HK0520",
        "how far the choice of streets and consumers is from the best one at most",
    ),
];

/// Diagnostics as they are found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Diagnostic>,
    has_no_streets: bool,
}

impl Findings {
    /// All of them, in the order found.
    pub(crate) fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// How good the choice of routes is, with the bound that tells it.
    pub(crate) fn routes(&mut self, bound: &RouteBound, heat_cost: f64) {
        let Some(gap) = bound.gap() else { return };
        self.push(
            Diagnostic::note(
                "HK0520",
                format!(
                    "the streets and consumers chosen are worth {:.0} EUR a year at a cost of heat \
                     of {:.1} EUR/MWh; no other choice is worth more than {:.0} EUR: at most {:.2} % \
                     of the yearly cost of {:.0} EUR is left to gain",
                    bound.value,
                    heat_cost * hukka_units::JOULES_PER_MWH,
                    bound.most,
                    100.0 * gap,
                    bound.cost,
                ),
            )
            .about("design"),
        );
    }

    /// A rule the design applied, for the reader of the report.
    pub(crate) fn assumed(&mut self, subject: &str, text: impl Into<String>) {
        self.push(Diagnostic::note("HK0513", text).about(subject));
    }

    pub(crate) fn apart(&mut self, parts: usize, streets: f64, pipes: f64) {
        for (what, length, key) in [
            ("streets", streets, "place.streets"),
            ("existing pipes", pipes, "existing_pipe"),
        ] {
            if length > 0.0 {
                self.push(
                    Diagnostic::warning(
                        "HK0501",
                        format!(
                            "{} m of {what} do not reach the network with most of the heat \
                             ({parts} separate parts); nothing is built or kept there",
                            grouped(length, 0)
                        ),
                    )
                    .about(key)
                    .help("join the lines at shared points, or leave them out"),
                );
            }
        }
    }

    pub(crate) fn duplicates(&mut self, streets: &LineGraph) {
        if streets.duplicates > 0 {
            self.push(
                Diagnostic::note(
                    "HK0502",
                    format!(
                        "{} pieces of street ({} m) are drawn twice; each is counted once",
                        streets.duplicates,
                        grouped(streets.duplicate_length, 0)
                    ),
                )
                .about("place.streets"),
            );
        }
    }

    pub(crate) fn lost_building(&mut self, id: &str, distance: f64) {
        self.push(
            Diagnostic::error("HK0503", "the building is far from any street")
                .about(format!("building {id}"))
                .seen(format!("{} m to the nearest street", grouped(distance, 0)))
                .allowed("at most 1,000 m")
                .help("check the coordinates (longitude before latitude), or remove the building"),
        );
    }

    pub(crate) fn gap(&mut self, name: &str, nearest: f64, gap: f64) {
        self.push(
            Diagnostic::warning(
                "HK0504",
                format!(
                    "the street nearest to {name} ({} m) does not reach the consumers; \
                     a transmission pipe crosses the gap of {} m to their streets",
                    grouped(nearest, 0),
                    grouped(gap, 0)
                ),
            )
            .about(name)
            .help("join the streets on the map if they are joined in reality"),
        );
    }

    pub(crate) fn disconnected(&mut self, name: &str, nearest: f64, gap: f64) {
        self.push(
            Diagnostic::error(
                "HK0505",
                format!("{name} is disconnected: its street does not reach the consumers"),
            )
            .about(name)
            .seen(format!(
                "{} m to its street, {} m to the nearest street that reaches consumers",
                grouped(nearest, 0),
                grouped(gap, 0)
            ))
            .allowed("a gap of at most 100 m between streets")
            .help(
                "join the streets on the map, add the missing street or crossing to \
                 `place.streets`, or correct the position",
            ),
        );
    }

    pub(crate) fn nobody_on_lines(&mut self, data_centre: &str) {
        self.push(
            Diagnostic::error(
                "HK0505",
                "the data centre is disconnected: no street or pipe reaches a consumer",
            )
            .about(format!("data centre {data_centre}"))
            .help("check that streets and buildings are of the same place, and `design.max_service_m`"),
        );
    }

    pub(crate) fn off_network(&mut self, name: &str, pipe: &str, distance: f64) {
        self.push(
            Diagnostic::error(
                "HK0506",
                format!("{name} is disconnected from the pipe network"),
            )
            .about(name)
            .seen(format!(
                "{} m to the nearest pipe, {pipe}",
                grouped(distance, 0)
            ))
            .allowed("at most 100 m when no streets are given")
            .help("give `place.streets` along which it can be joined, or draw the pipe"),
        );
    }

    pub(crate) fn no_streets(&mut self) {
        if !self.has_no_streets {
            self.has_no_streets = true;
            self.push(
                Diagnostic::error("HK0510", "buildings are given, but no streets and no pipes")
                    .about("place.streets")
                    .help(
                        "add `streets = \"streets.geojson\"` to [place], or use [[lumped_demand]]",
                    ),
            );
        }
    }

    pub(crate) fn nowhere(&mut self, data_centre: &str) {
        self.push(
            Diagnostic::error("HK0515", "no position of a data centre or plant on the map")
                .about(format!("data centre {data_centre}"))
                .help("add `position = [longitude, latitude]` to [[data_centre]]"),
        );
    }

    pub(crate) fn plant_beside(&mut self, data_centre: &str, has_boilers: bool) {
        let (what, who) = if has_boilers {
            ("boilers", "they are")
        } else {
            ("pipes", "the boilers are")
        };
        self.push(
            Diagnostic::warning(
                "HK0519",
                format!(
                    "existing {what} but no plant position: {who} taken to stand beside the data \
                     centre {data_centre}"
                ),
            )
            .about("place.plants")
            .help("state `place.plants`, a GeoJSON file with the plant as a point"),
        );
    }

    pub(crate) fn long_service(&mut self, id: &str, distance: f64, limit: f64) {
        self.push(
            Diagnostic::warning(
                "HK0512",
                "a building that must be connected is farther from the street than allowed",
            )
            .about(format!("building {id}"))
            .seen(format!("{} m", grouped(distance, 0)))
            .allowed(format!("{} m (`design.max_service_m`)", grouped(limit, 0))),
        );
    }

    pub(crate) fn nothing_pays(&mut self, factor: Option<f64>) {
        let until = factor.map_or_else(
            || "all of them are connected".to_owned(),
            |f| {
                format!(
                    "those are connected who would pay at {} times the heat price",
                    grouped(f, 2)
                )
            },
        );
        self.push(
            Diagnostic::warning(
                "HK0507",
                format!("no consumer pays for its pipe at the study's heat price; {until}, to have a network to judge"),
            )
            .about("prices.heat_eur_per_mwh"),
        );
    }

    pub(crate) fn nobody(&mut self) {
        self.push(
            Diagnostic::error("HK0517", "no consumer can be connected")
                .about("demand")
                .help("see the reasons of the unconnected; loosen `design.min_building_mwh` or `design.max_service_m`"),
        );
    }

    pub(crate) fn beyond_catalogue(&mut self, power: &str) {
        self.push(
            Diagnostic::warning(
                "HK0511",
                format!(
                    "a heat flow of {power} is beyond the largest pipe of the catalogue (DN 1000)"
                ),
            )
            .about("network")
            .help("widen the spread between supply and return, or split the demand"),
        );
    }

    pub(crate) fn thin_pipe(&mut self, id: &str, over: f64) {
        self.push(
            Diagnostic::warning(
                "HK0514",
                format!(
                    "an existing pipe carries {} times what it can at the allowed gradient and \
                     velocity, if all heat takes the shortest way",
                    grouped(over, 2)
                ),
            )
            .about(format!("existing pipe {id}")),
        );
    }

    pub(crate) fn flat_curve(&mut self) {
        self.push(
            Diagnostic::warning(
                "HK0516",
                "supply water is hardly warmer than return water in the design hour; \
                 pipes are sized for a difference of 1 K",
            )
            .about("network.supply_temperature"),
        );
    }

    pub(crate) fn idle_pump(&mut self, id: &str, capacity: &str) {
        self.push(
            Diagnostic::warning(
                "HK0508",
                format!("no size of the heat pump earns its investment; {capacity} is assumed, to have one to judge"),
            )
            .about(format!("heat pump {id}")),
        );
    }

    pub(crate) fn dead_pump(&mut self, id: &str) {
        self.push(
            Diagnostic::warning(
                "HK0518",
                "the heat pump cannot run in any hour: its temperatures or efficiency allow no COP",
            )
            .about(format!("heat pump {id}"))
            .help("check source temperature, pinch, efficiency and return temperature"),
        );
    }

    pub(crate) fn short_boilers(&mut self, missing: &str, load: &str) {
        self.push(
            Diagnostic::warning(
                "HK0509",
                format!(
                    "the boilers given are {missing} short of the design day's {load} \
                     without the heat pump"
                ),
            )
            .about("boiler")
            .help("add a boiler without `heat_capacity_mw`, and the design sizes it"),
        );
    }
}
