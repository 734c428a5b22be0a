//! The hourly model of an air-cooled data centre with an indirect economiser published as dc-eh.
//!
//! Per megawatt of installed servers, megawatts, °C and m³/s, as published. Its heat is that of the
//! exhaust air, cooled to 20 °C: a definition, not the whole heat of the servers.

/// Specific heat of air, MJ/(kg K).
const HEAT_CAPACITY: f64 = 1.005e-3;
/// Density of air, kg/m³.
const DENSITY: f64 = 1.2;
/// Air temperature rise over the servers, kelvin.
const SERVER_RISE: f64 = 15.0;
/// Supply air, °C.
const SUPPLY_C: f64 = 20.0;
/// Pinch of the air exchanger, kelvin.
const PINCH: f64 = 3.0;
/// Share of the room's air that passes by the servers.
const BYPASS: f64 = 0.1;
const FAN_EFFICIENCY: f64 = 0.75;
/// Pressure drops of room coils, exchanger and outdoor air, pascal.
const ROOM_DROP: f64 = 700.0;
const EXCHANGER_DROP: f64 = 400.0;
const OUTDOOR_DROP: f64 = 350.0;
/// Fan power over volume flow.
const FAN_EXPONENT: f64 = 2.5;
/// Air behind the evaporator of the heat pump, °C.
pub const EVAPORATOR_OUT_C: f64 = 20.0;

/// One hour of the published model, per megawatt installed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hour {
    /// Whether the economiser cools.
    pub is_economiser: bool,
    /// Air through the servers, m³/s.
    pub server_flow: f64,
    /// Air through the room, m³/s.
    pub room_flow: f64,
    /// Fans of the room coils, MW.
    pub room_fan: f64,
    /// Fans of the exchanger, MW.
    pub exchanger_fan: f64,
    /// Air into the servers, °C.
    pub server_in_c: f64,
    /// Air out of the servers, °C.
    pub server_out_c: f64,
    /// Air back from the room, °C.
    pub return_c: f64,
    /// Outdoor air behind the exchanger, °C.
    pub exchanger_out_c: f64,
    /// Outdoor air through the exchanger, m³/s; none in chiller mode.
    pub outdoor_flow: f64,
    /// Fan of the outdoor air, MW.
    pub outdoor_fan: f64,
    /// Chiller with its pumps and tower, MW.
    pub chiller: f64,
    /// Air that leaves the building, m³/s.
    pub exhaust_flow: f64,
    /// Its temperature, °C.
    pub exhaust_c: f64,
    /// Heat of the exhaust air above 20 °C, MW: the published definition.
    pub heat: f64,
}

impl Hour {
    /// Electricity of cooling, fans included, MW.
    pub fn cooling(&self) -> f64 {
        self.room_fan + self.exchanger_fan + self.outdoor_fan + self.chiller
    }

    /// Heat of the exhaust air that is outdoor air's own, MW: it is warmer than 20 °C by itself.
    pub fn ambient_heat(&self, outdoor_c: f64) -> f64 {
        if self.heat > 0.0 {
            self.exhaust_flow * DENSITY * HEAT_CAPACITY * (outdoor_c - EVAPORATOR_OUT_C).max(0.0)
        } else {
            0.0
        }
    }
}

/// The published model at an outdoor temperature and a load per installed megawatt.
///
/// Economiser while `T_out < 17 °C`. Flows `V_IT = Q/(ρ c_p 15 K)`, `V_room = V_IT/0.9`; fans
/// `P = V_max Δp/η (V/V_max)^2.5`; `T_ret = 0.9 T_server,out + 0.1 T_server,in + …`,
/// `T_hx = T_ret − 3 K`, `V_out = V_room (T_ret − 20)/(T_hx − T_out)`. Chiller `COP(T_out)` cubic.
/// Heat `V ρ c_p (T_ex − 20)` if `T_ex ≥ 20 °C`. In chiller mode the exhaust is condenser air at
/// full flow, so above 20 °C outdoors it carries heat of the outdoor air too.
///
/// # Valid for  load 0–1, outdoor −30 to 40 °C
/// # Source     dc-eh; assumptions of RenewIT D4.5, chiller of Depoorter and Oró
pub fn hour(outdoor_c: f64, load: f64) -> Hour {
    let stream = DENSITY * HEAT_CAPACITY;
    let full = 1.0 / (stream * SERVER_RISE) / (1.0 - BYPASS);
    let fan = |drop: f64, flow: f64| {
        full * drop / FAN_EFFICIENCY * 1e-6 * (flow / full).powf(FAN_EXPONENT)
    };
    let is_economiser = outdoor_c < SUPPLY_C - PINCH;
    let server_flow = load / (stream * SERVER_RISE);
    let room_flow = server_flow / (1.0 - BYPASS);
    let room_fan = fan(ROOM_DROP, room_flow);
    let exchanger_fan = if is_economiser {
        fan(EXCHANGER_DROP, room_flow)
    } else {
        0.0
    };
    let loss = 1.0 - FAN_EFFICIENCY;
    let warmed = |power: f64, flow: f64| {
        if flow > 0.0 {
            loss * power / (flow * stream)
        } else {
            0.0
        }
    };
    let server_in_c = SUPPLY_C + warmed(room_fan, room_flow);
    let server_out_c = server_in_c + SERVER_RISE;
    let return_c =
        (1.0 - BYPASS) * server_out_c + BYPASS * server_in_c + warmed(exchanger_fan, room_flow);
    let mut hour = Hour {
        is_economiser,
        server_flow,
        room_flow,
        room_fan,
        exchanger_fan,
        server_in_c,
        server_out_c,
        return_c,
        exchanger_out_c: 0.0,
        outdoor_flow: 0.0,
        outdoor_fan: 0.0,
        chiller: 0.0,
        exhaust_flow: 0.0,
        exhaust_c: 0.0,
        heat: 0.0,
    };
    if is_economiser {
        hour.exchanger_out_c = return_c - PINCH;
        hour.outdoor_flow = room_flow * (return_c - SUPPLY_C) / (hour.exchanger_out_c - outdoor_c);
        hour.outdoor_fan = fan(OUTDOOR_DROP, hour.outdoor_flow);
        hour.exhaust_flow = hour.outdoor_flow;
        hour.exhaust_c = hour.exchanger_out_c + warmed(hour.outdoor_fan, hour.outdoor_flow);
    } else {
        let heat = load + loss * room_fan;
        hour.chiller = heat / chiller_cop(outdoor_c);
        hour.exhaust_flow = full;
        hour.exhaust_c = outdoor_c + (heat + hour.chiller) / (full * stream);
    }
    if hour.exhaust_c >= EVAPORATOR_OUT_C {
        hour.heat = hour.exhaust_flow * stream * (hour.exhaust_c - EVAPORATOR_OUT_C);
    }
    hour
}

/// COP of chiller, pumps and tower over outdoor temperature in °C.
///
/// # Source  Depoorter and Oró, as in dc-eh
fn chiller_cop(outdoor_c: f64) -> f64 {
    5.82023 + outdoor_c * (-0.062_245_1 + outdoor_c * (-8.052_06e-4 + outdoor_c * 1.082_01e-5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[expect(
        clippy::disallowed_methods,
        reason = "a test may read a reference case"
    )]
    #[test]
    fn every_column_of_the_published_year_is_met() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/cases/dc/dceh_example_year_every7h.csv");
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: {} is absent", path.display());
            return;
        };
        let (mut rows, mut worst) = (0, 0.0_f64);
        for line in text.lines().skip(1) {
            let v: Vec<f64> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
            let found = hour(v[1], v[2]);
            let columns = [
                (f64::from(u8::from(found.is_economiser)), 3),
                (found.server_flow, 5),
                (found.room_flow, 6),
                (found.room_fan, 7),
                (found.exchanger_fan, 8),
                (found.server_in_c, 9),
                (found.server_out_c, 10),
                (found.return_c, 11),
                (found.exchanger_out_c, 12),
                (found.outdoor_flow, 13),
                (found.outdoor_fan, 14),
                (found.chiller, 15),
                (found.cooling(), 16),
                (found.exhaust_flow, 17),
                (found.exhaust_c, 18),
                (found.heat, 19),
            ];
            for (value, column) in columns {
                let gap = (value - v[column]).abs() / v[column].abs().max(1e-6);
                worst = worst.max(gap);
                assert!(gap < 1e-6, "{line}: column {column} is {value}");
            }
            rows += 1;
        }
        eprintln!("dc-eh: {rows} rows, largest deviation {worst:.1e}");
        assert_eq!(rows, 1252);
    }

    #[test]
    fn a_hot_day_counts_outdoor_heat_and_says_how_much() {
        let hot = hour(30.0, 0.6);
        let made = 0.6 + hot.cooling();
        assert!(hot.heat > made, "{hot:?}");
        assert!(hot.heat - hot.ambient_heat(30.0) < made, "{hot:?}");
        assert!(hour(10.0, 0.6).ambient_heat(10.0).abs() < 1e-12);
    }

    #[test]
    fn no_load_gives_no_heat_above_the_outdoor_air() {
        assert!(hour(5.0, 0.0).heat.abs() < 1e-12);
        assert!(hour(18.0, 0.0).heat.abs() < 1e-12);
    }
}
