//! A pipe of ESDL: size from diameter or DN, heat loss from its layers.

use super::document::{Asset, number};
use crate::findings::Findings;
use hukka_model::catalogue::{CATALOGUE, InsulationSeries, PipeType};
use hukka_physics::pipe_loss::linear_loss_with_soil;
use hukka_units::{Length, LinearLossCoefficient};
use std::f64::consts::PI;

/// Assumed where a file says nothing of the ground.
const DEPTH_M: f64 = 0.8;
const SOIL_W_MK: f64 = 1.5;
/// Below this nothing solid insulates.
const LEAST_CONDUCTIVITY: f64 = 0.015;

/// Size and loss of a pipe.
pub(super) struct Size {
    pub(super) inner: Length,
    pub(super) outer: Option<Length>,
    pub(super) loss: LinearLossCoefficient,
}

/// Inner diameter as stated, or that of the DN; `None` if neither is there.
pub(super) fn stated_bore(asset: &Asset<'_>, subject: &str, found: &mut Findings) -> Option<f64> {
    let stated = number(asset.node, "innerDiameter", subject, found).filter(|d| d.abs() > 0.0);
    if let Some(bore) = stated {
        if (1e-3..=10.0).contains(&bore) {
            return Some(bore);
        }
        found.wrong(subject, "innerDiameter", &bore.to_string(), "0.001 to 10 m");
        return Some(0.1);
    }
    let size = by_dn(asset)?;
    let text = format!("{} mm, that of DN {}", size.inner_diameter.mm(), size.dn);
    found.assume("Pipe", "`innerDiameter`", &text, &asset.name);
    Some(size.inner_diameter.m())
}

fn by_dn(asset: &Asset<'_>) -> Option<&'static PipeType> {
    let name = asset.node.attribute("diameter")?;
    PipeType::by_dn(name.trim_start_matches("DN").parse().ok()?)
}

/// The catalogue's pipe whose bore is nearest.
fn nearest(bore_m: f64) -> &'static PipeType {
    CATALOGUE
        .iter()
        .min_by(|a, b| {
            let off = |pipe: &PipeType| (pipe.inner_diameter.m() - bore_m).abs();
            off(a).total_cmp(&off(b))
        })
        .unwrap_or(&CATALOGUE[0])
}

/// Size and loss of a pipe whose bore is known.
pub(super) fn size(asset: &Asset<'_>, bore_m: f64, found: &mut Findings) -> Size {
    let layers = layers(asset, found);
    let (pipe_u, casing_m, outer) = if layers.is_empty() {
        let like = nearest(bore_m);
        let text = format!("that of a DN {} pipe, insulation series 2", like.dn);
        found.assume("Pipe", "heat loss (`material`)", &text, &asset.name);
        let series = InsulationSeries::Series2;
        (
            like.loss_in(series).w_mk(),
            like.casing_in(series).m(),
            None,
        )
    } else {
        let casing = bore_m + layers.iter().map(|layer| 2.0 * layer.width_m).sum::<f64>();
        let steel = Length::from_m(bore_m + 2.0 * layers[0].width_m);
        (layered_u(bore_m, &layers), casing, Some(steel))
    };
    let ground = format!("depth {DEPTH_M} m in soil of {SOIL_W_MK} W/(m K)");
    found.assume("Pipe", "ground", &ground, &asset.name);
    let loss = linear_loss_with_soil(pipe_u, casing_m, DEPTH_M, SOIL_W_MK);
    Size {
        inner: Length::from_m(bore_m),
        outer,
        loss: LinearLossCoefficient::from_w_mk(loss),
    }
}

struct Layer {
    width_m: f64,
    conductivity: f64,
}

/// Layers from the water outward, as stated.
fn layers(asset: &Asset<'_>, found: &mut Findings) -> Vec<Layer> {
    let subject = format!("Pipe {}", asset.name);
    let mut out = Vec::new();
    let components = asset
        .node
        .children()
        .filter(|child| child.has_tag_name("material"))
        .flat_map(|material| material.children())
        .filter(|child| child.has_tag_name("component"));
    for component in components {
        let matter = component
            .children()
            .find(|child| child.has_tag_name("matter"));
        let width = number(component, "layerWidth", &subject, found);
        let conductivity =
            matter.and_then(|matter| number(matter, "thermalConductivity", &subject, found));
        match width.zip(conductivity) {
            Some((width_m, conductivity))
                if width_m > 0.0 && width_m < 5.0 && conductivity > 0.0 =>
            {
                if conductivity < LEAST_CONDUCTIVITY {
                    found.simplified(
                        format!("a layer's `thermalConductivity` below {LEAST_CONDUCTIVITY} W/(m K) is taken as stated, though no solid has it"),
                        &asset.name,
                    );
                }
                out.push(Layer {
                    width_m,
                    conductivity,
                });
            }
            _ => found.simplified(
                "a layer without width or conductivity is left out",
                &asset.name,
            ),
        }
    }
    out
}

/// Heat loss of concentric layers per metre and kelvin, W/(m K).
///
/// `1/u = Σ ln(r_out/r_in) / (2 π λ)`
///
/// # Assumptions  steady · the film of the water conducts perfectly
/// # Valid for    positive widths and conductivities
/// # Source       conduction through a hollow cylinder; EN 13941-1, annex D
fn layered_u(bore_m: f64, layers: &[Layer]) -> f64 {
    let mut inner = bore_m / 2.0;
    let mut resistance = 0.0;
    for layer in layers {
        let outer = inner + layer.width_m;
        resistance += (outer / inner).ln() / (2.0 * PI * layer.conductivity);
        inner = outer;
    }
    resistance.recip()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn insulation_decides_the_loss() {
        let layers =
            [(0.004, 52.15), (0.037_25, 0.027), (0.0036, 0.4)].map(|(width_m, conductivity)| {
                Layer {
                    width_m,
                    conductivity,
                }
            });
        let u = layered_u(0.1603, &layers);
        let foam: f64 = (0.121_4_f64 / 0.084_15).ln() / (2.0 * PI * 0.027);
        assert!((u * foam - 1.0).abs() < 0.02, "{u}");
    }
}
