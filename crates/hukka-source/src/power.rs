//! Electricity of servers, power supply, fans and pumps: all of it ends as heat. SI: watts.

/// Part of the power-supply loss at full load that is there at no load (transformer cores, UPS
/// electronics).
const NO_LOAD_LOSS_PART: f64 = 0.3;
/// Slowest fan and pump speed, share of full.
const MIN_RELATIVE_FLOW: f64 = 0.3;
/// Exponent of fan and pump power over flow.
const FLOW_POWER_EXPONENT: f64 = 2.5;

/// Power of servers that are busy to a degree.
///
/// `P = P_installed · (i + (1 − i) · u)` with idle share `i` and utilisation `u`.
///
/// # Valid for  `i` and `u` within 0–1; idle shares of servers are 0.3–0.5
/// # Source     linear server power model, as in ExaDigiT RAPS
pub fn it_power(installed: f64, idle_share: f64, utilisation: f64) -> f64 {
    installed * (idle_share + (1.0 - idle_share) * utilisation)
}

/// Power lost in the supply and used by fans and pumps, all ending as heat in the cooled space.
///
/// With `x = P_IT / P_installed`: losses `P_installed · l · (0.3 + 0.7 x)`, a constant and a
/// proportional part; fans and pumps `P_installed · f · max(x, 0.3)^2.5`, as flow follows the heat
/// at a constant temperature rise. `l` and `f` are the shares at full load.
///
/// # Assumptions  supply and fans are built in blocks that follow the installed load
/// # Valid for    `x` within 0–1
/// # Source       exponent 2.5 as in dc-eh; constant and proportional loss as in ExaDigiT RAPS
pub fn auxiliary_power(installed: f64, it_power: f64, loss_share: f64, fan_share: f64) -> f64 {
    supply_loss(installed, it_power, &loss_curve(loss_share))
        + fan_power(installed, it_power, fan_share)
}

/// The default loss curve: `l (0.3 + 0.7 x)`.
pub(crate) fn loss_curve(loss_share: f64) -> [f64; 3] {
    [
        loss_share * NO_LOAD_LOSS_PART,
        loss_share * (1.0 - NO_LOAD_LOSS_PART),
        0.0,
    ]
}

/// Power lost in transformers, UPS and distribution: `P_installed (a + b x + c x²)`.
///
/// # Valid for  load `x` within 0–1; a curve that is nowhere negative there
/// # Source     constant, proportional and resistive parts, as in UPS data sheets and IEC 62040-3
pub fn supply_loss(installed: f64, it_power: f64, [a, b, c]: &[f64; 3]) -> f64 {
    if installed <= 0.0 {
        return 0.0;
    }
    let load = it_power / installed;
    installed * (a + load * (b + c * load))
}

/// Fans and pumps that follow the heat: `P_installed · f · max(x, 0.3)^2.5`.
pub(crate) fn fan_power(installed: f64, it_power: f64, fan_share: f64) -> f64 {
    if installed <= 0.0 {
        return 0.0;
    }
    let load = it_power / installed;
    installed * fan_share * load.max(MIN_RELATIVE_FLOW).powf(FLOW_POWER_EXPONENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shares_hold_at_full_load() {
        let it = it_power(10e6, 0.4, 1.0);
        assert!((it - 10e6).abs() < 1e-6);
        assert!((auxiliary_power(10e6, it, 0.06, 0.05) - 1.1e6).abs() < 1e-6);
    }

    #[test]
    fn idle_servers_draw_their_idle_share() {
        assert!((it_power(10e6, 0.4, 0.0) - 4e6).abs() < 1e-6);
    }

    #[test]
    fn nothing_installed_uses_nothing() {
        assert!(auxiliary_power(0.0, 0.0, 0.06, 0.05).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn more_use_never_takes_less_power(
            idle in 0.0..1.0_f64, low in 0.0..1.0_f64, more in 0.0..1.0_f64,
            loss in 0.0..0.2_f64, fan in 0.0..0.2_f64,
        ) {
            let high = low + (1.0 - low) * more;
            let total = |u| { let it = it_power(1e6, idle, u); it + auxiliary_power(1e6, it, loss, fan) };
            prop_assert!(total(high) >= total(low) - 1e-6);
            prop_assert!(total(high) <= 1e6 * (1.0 + loss + fan) + 1e-6);
        }
    }
}
