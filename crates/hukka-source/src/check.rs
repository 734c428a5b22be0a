//! Findings about a data centre whose pieces do not go together.

use crate::cooling::{MIN_LOOP_RISE_K, source_rise, taken_share};
use crate::error::Error;
use crate::published;
use hukka_model::{
    CapturePoint, CoolingKind, CoolingModel, DataCentre, Diagnostic, Resilience, Utilisation,
};
use hukka_units::{JOULES_PER_MWH, Ratio, Temperature};

/// Loops warmed by more are not built: the supply or the source temperature is another's.
const WIDEST_LOOP_K: f64 = 40.0;
/// Water near freezing needs glycol.
const COLDEST_RETURN_C: f64 = 4.0;
/// Cooling a loop below its supply by less is rounding.
const OVERCOOLING_K: f64 = 0.5;
/// Cold plates leave at least this part of the heat in air.
const DIRECT_TO_CHIP_MAX_SHARE: f64 = 0.95;

/// Stops at numbers that have no meaning.
pub(crate) fn numbers(centre: &DataCentre, steps: usize) -> Result<(), Error> {
    let out = |key, value, allowed| {
        Err(Error::OutOfRange {
            data_centre: centre.id.clone(),
            key,
            value,
            allowed,
        })
    };
    let shares = [
        ("idle_share", centre.idle_share),
        ("capture_share", centre.capture_share),
        ("power_loss_share", centre.power_loss_share),
        ("fan_share", centre.fan_share),
        ("free_cooling_share", centre.free_cooling_share),
    ];
    for (key, share) in shares {
        if !(0.0..=1.0).contains(&share.fraction()) {
            return out(key, share.fraction(), "0 to 1");
        }
    }
    if !(centre.it_load.is_finite() && centre.it_load.w() >= 0.0) {
        return out("it_load", centre.it_load.w(), "0 W or more");
    }
    if !(centre.chiller_cop.is_finite() && centre.chiller_cop.fraction() > 0.0) {
        return out("chiller_cop", centre.chiller_cop.fraction(), "above 0");
    }
    if !(centre.source_cooling.is_finite() && centre.source_cooling.kelvin() > 0.0) {
        return out(
            "source_cooling",
            centre.source_cooling.kelvin(),
            "above 0 K",
        );
    }
    for (key, t) in [
        ("source_temperature", centre.source_temperature),
        (
            "cooling_supply_temperature",
            centre.cooling_supply_temperature,
        ),
    ] {
        if !(t.is_finite() && t.k() > 0.0) {
            return out(key, t.k(), "a temperature above 0 K");
        }
    }
    if let Some(curve) = centre.power_loss_curve {
        // Smallest and largest value of a parabola are at its ends or its turning point.
        let [a, b, c] = curve.map(Ratio::fraction);
        let turn = if c.abs() > 0.0 { -b / (2.0 * c) } else { 0.0 };
        for x in [0.0, turn.clamp(0.0, 1.0), 1.0] {
            let loss = a + x * (b + c * x);
            if !(0.0..=1.0).contains(&loss) {
                return out("power_loss_curve", loss, "a loss of 0 to 1 at any load");
            }
        }
    }
    utilisation(&centre.id, &centre.utilisation, steps)?;
    for hall in &centre.halls {
        utilisation(&hall.id, &hall.utilisation, steps)?;
        if !(0.0..=1.0).contains(&hall.idle_share.fraction()) {
            return out("idle_share", hall.idle_share.fraction(), "0 to 1");
        }
        if hall
            .fill
            .iter()
            .any(|f| !(0.0..=1.0).contains(&f.fraction()))
            || hall.fill.is_empty()
        {
            return out(
                "fill",
                f64::from(u8::from(!hall.fill.is_empty())),
                "0 to 1, one or more",
            );
        }
        if !(hall.it_load.is_finite() && hall.it_load.w() >= 0.0) {
            return out("it_load", hall.it_load.w(), "0 W or more");
        }
    }
    Ok(())
}

fn utilisation(id: &str, utilisation: &Utilisation, steps: usize) -> Result<(), Error> {
    let values = match utilisation {
        Utilisation::Constant(value) => std::slice::from_ref(value),
        Utilisation::Hourly(values) if values.len() == steps => values.as_slice(),
        Utilisation::Hourly(values) => {
            return Err(Error::SeriesLength {
                subject: format!("utilisation of data centre {id}"),
                found: values.len(),
                expected: steps,
            });
        }
    };
    match values.iter().find(|u| !(0.0..=1.0).contains(&u.fraction())) {
        None => Ok(()),
        Some(wrong) => Err(Error::OutOfRange {
            data_centre: id.to_owned(),
            key: "utilisation",
            value: wrong.fraction(),
            allowed: "0 to 1",
        }),
    }
}

/// Everything odd about a data centre, as warnings and notes.
pub(crate) fn combination(centre: &DataCentre) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(odd) = odd_capture(centre) {
        found.push(odd);
    }
    found.extend(odd_temperatures(centre));
    if centre.capture == CapturePoint::CondenserWater {
        found.push(
            Diagnostic::note(
                "HK0456",
                "taking heat from condenser water makes the chiller run in hours when outdoor air \
                 would cool; its electricity is counted against the heat",
            )
            .about(subject(centre, "capture"))
            .help("take the heat before the chiller if its temperature allows"),
        );
    }
    found
}

fn odd_capture(centre: &DataCentre) -> Option<Diagnostic> {
    let fitting = fitting(centre.cooling);
    if !fitting.contains(&centre.capture) {
        let allowed: Vec<&str> = fitting.iter().map(|point| word(*point)).collect();
        return Some(
            Diagnostic::warning(
                "HK0451",
                format!(
                    "a data centre cooled by {} has no {}",
                    cooling_word(centre.cooling),
                    word(centre.capture)
                ),
            )
            .about(subject(centre, "capture"))
            .seen(word(centre.capture))
            .allowed(allowed.join(", "))
            .help("the run goes on with the share and temperature given; check both"),
        );
    }
    let share = centre.capture_share.fraction();
    (centre.cooling == CoolingKind::DirectToChip && share > DIRECT_TO_CHIP_MAX_SHARE).then(|| {
        Diagnostic::warning(
            "HK0457",
            "cold plates never catch this much: memory, disks and power supplies stay in air",
        )
        .about(subject(centre, "capture_share"))
        .seen(format!("{share:.2}"))
        .allowed("0.60 to 0.95")
    })
}

fn odd_temperatures(centre: &DataCentre) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let cooled = centre.source_temperature - centre.source_cooling;
    if let Some(coldest) = centre.coldest_source() {
        found.extend(match source_rise(centre) {
            None => Some(no_rise(centre, coldest)),
            Some(rise) if (coldest - cooled).kelvin() > OVERCOOLING_K => {
                Some(overcooled(centre, coldest, rise))
            }
            Some(rise) => left_in_the_stream(centre, rise),
        });
    }
    if cooled.c() < COLDEST_RETURN_C {
        found.push(
            Diagnostic::warning("HK0454", "the source stream would be cooled near freezing")
                .about(subject(centre, "source_cooling"))
                .seen(format!("{:.1} °C", cooled.c()))
                .allowed(format!("{COLDEST_RETURN_C:.0} °C or warmer without glycol")),
        );
    }
    found
}

fn no_rise(centre: &DataCentre, coldest: Temperature) -> Diagnostic {
    Diagnostic::warning(
        "HK0452",
        format!(
            "the {} is no warmer than the {:.1} °C the loop is supplied with",
            word(centre.capture),
            coldest.c()
        ),
    )
    .about(subject(centre, "source_temperature"))
    .seen(format!("{:.1} °C", centre.source_temperature.c()))
    .allowed(format!("above {:.1} °C", coldest.c() + MIN_LOOP_RISE_K))
    .help("lower cooling_supply_temperature_c or correct source_temperature_c")
}

fn overcooled(centre: &DataCentre, coldest: Temperature, rise: f64) -> Diagnostic {
    let cooled = centre.source_temperature - centre.source_cooling;
    Diagnostic::warning(
        "HK0453",
        format!(
            "the heat pump would cool the loop to {:.1} °C, below its supply of {:.1} °C",
            cooled.c(),
            coldest.c()
        ),
    )
    .about(subject(centre, "source_cooling"))
    .seen(format!("{:.1} K", centre.source_cooling.kelvin()))
    .allowed(format!("up to {rise:.1} K"))
    .help("the loop would have to be mixed warm again; a smaller source_cooling_k raises the COP")
}

fn left_in_the_stream(centre: &DataCentre, rise: f64) -> Option<Diagnostic> {
    let taken = taken_share(centre);
    (taken < 1.0).then(|| {
        let message = format!(
            "the heat pump cools the {} by less than it is warmed: {:.0} % of the captured \
             heat stays with the data centre's own cooling",
            word(centre.capture),
            100.0 * (1.0 - taken)
        );
        if rise > WIDEST_LOOP_K {
            return Diagnostic::warning("HK0458", message)
                .about(subject(centre, "source_temperature"))
                .seen(format!("a loop warmed by {rise:.1} K"))
                .allowed(format!("loops are warmed by 5 to {WIDEST_LOOP_K:.0} K"))
                .help(
                    "state cooling_supply_temperature_c, the water the loop is supplied with, and \
                     source_cooling_k",
                );
        }
        Diagnostic::note("HK0458", message)
            .about(subject(centre, "source_cooling"))
            .seen(format!("{:.1} K", centre.source_cooling.kelvin()))
            .allowed(format!("{rise:.1} K to take all of it"))
            .help("less cooling raises the COP, more cooling takes more heat")
    })
}

/// A data centre without heat in the year looked at.
pub(crate) fn nothing_offered(centre: &DataCentre, fill: f64) -> Diagnostic {
    Diagnostic::warning("HK0455", "the data centre offers no heat in this year")
        .about(subject(centre, "it_load"))
        .seen(format!(
            "{:.3} MW installed, fill {fill}, capture share {}",
            centre.it_load.mw(),
            centre.capture_share.fraction()
        ))
        .help("everything will be heated by boilers")
}

/// Whether cooling depends on somebody taking heat, or on every unit running.
pub(crate) fn resilience(centre: &DataCentre, found: &Resilience) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let alone = found.without_district_heating;
    if alone.hours > 0 {
        diagnostics.push(
            Diagnostic::warning(
                "HK0459",
                "the data centre cannot reject its heat by itself when nobody takes it",
            )
            .about(subject(centre, "rejection_capacity"))
            .seen(format!(
                "{} h of the year, up to {:.2} MW too little",
                alone.hours,
                alone.peak.mw()
            ))
            .allowed("none: cooling is a duty, taking heat is not")
            .help("raise rejection_capacity_mw to the heat of full load"),
        );
    }
    if let Some(one) = found.without_one_unit.filter(|unmet| unmet.hours > 0) {
        diagnostics.push(
            Diagnostic::warning(
                "HK0460",
                "the data centre cannot reject its heat when one cooling unit fails",
            )
            .about(subject(centre, "spare_cooling_units"))
            .seen(format!(
                "{} h of the year, up to {:.2} MW too little",
                one.hours,
                one.peak.mw()
            ))
            .help("N+1 needs one spare cooling unit"),
        );
    }
    diagnostics
}

/// A tower without humidity cools as dry coolers do.
pub(crate) fn dry_tower(centre: &DataCentre) -> Diagnostic {
    Diagnostic::note(
        "HK0462",
        format!(
            "the cooling towers of {} are counted at the dry temperature: the weather has no humidity",
            centre.id
        ),
    )
    .about("heat_rejection")
    .help("give `weather.humidity_column`, or an EPW file, for longer free cooling at the wet bulb")
}

/// How much of the published heat is outdoor air's own.
pub(crate) fn ambient_heat(
    centre: &DataCentre,
    fill: Ratio,
    outdoor: &[f64],
) -> Option<Diagnostic> {
    if centre.cooling_model != CoolingModel::DcEh {
        return None;
    }
    let left_out = published::left_out(centre, fill, outdoor);
    (left_out.hours > 0).then(|| {
        Diagnostic::note(
            "HK0461",
            format!(
                "in {} h the published model counts {:.0} MWh of heat that outdoor air above 20 °C \
                 brings along; it is left out",
                left_out.hours,
                left_out.energy_j / JOULES_PER_MWH
            ),
        )
        .about(subject(centre, "cooling_model"))
        .help("heat taken never exceeds what servers, fans, losses and chiller give")
    })
}

fn subject(centre: &DataCentre, key: &str) -> String {
    format!("data_centre {}: {key}", centre.id)
}

const fn fitting(cooling: CoolingKind) -> &'static [CapturePoint] {
    match cooling {
        CoolingKind::CrahChilledWater | CoolingKind::InRow => &[
            CapturePoint::ReturnAir,
            CapturePoint::ChilledWaterReturn,
            CapturePoint::CondenserWater,
        ],
        CoolingKind::RearDoor => &[
            CapturePoint::ChilledWaterReturn,
            CapturePoint::FacilityWater,
            CapturePoint::CondenserWater,
        ],
        CoolingKind::AirEconomiser | CoolingKind::DirectAirEconomiser => {
            &[CapturePoint::ExhaustAir, CapturePoint::ReturnAir]
        }
        CoolingKind::DirectToChip | CoolingKind::Immersion => &[CapturePoint::FacilityWater],
    }
}

const fn word(point: CapturePoint) -> &'static str {
    match point {
        CapturePoint::ExhaustAir => "exhaust_air",
        CapturePoint::ReturnAir => "return_air",
        CapturePoint::ChilledWaterReturn => "chilled_water_return",
        CapturePoint::CondenserWater => "condenser_water",
        CapturePoint::FacilityWater => "facility_water",
    }
}

const fn cooling_word(cooling: CoolingKind) -> &'static str {
    match cooling {
        CoolingKind::CrahChilledWater => "crah_chilled_water",
        CoolingKind::InRow => "in_row",
        CoolingKind::DirectAirEconomiser => "direct_air_economiser",
        CoolingKind::RearDoor => "rear_door",
        CoolingKind::AirEconomiser => "air_economiser",
        CoolingKind::DirectToChip => "direct_to_chip",
        CoolingKind::Immersion => "immersion",
    }
}
