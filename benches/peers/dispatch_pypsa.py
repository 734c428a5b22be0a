"""Solves a dispatch case (LP, one store) with PyPSA and HiGHS."""

import json
import logging
import sys
import time
import warnings

import pandas as pd
import pypsa
from dispatch_case import heat_cost, load

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)


def build(case, series):
    hours = case["step_h"]
    net = pypsa.Network()
    net.set_snapshots(pd.RangeIndex(len(series)))
    net.snapshot_weightings.loc[:, :] = hours
    for bus in ("heat", "power", "source", "fuel"):
        net.add("Bus", bus)
    grid, price = case["grid"], series["electricity_price_eur_per_mwh"]
    net.add("Load", "demand", bus="heat", p_set=series["heat_demand_mw"])
    net.add("Generator", "buy", bus="power", p_nom=grid["max_buy_mw"],
            marginal_cost=price + grid["buy_fee_eur_per_mwh"])
    net.add("Generator", "sell", bus="power", p_nom=grid["max_sell_mw"], sign=-1,
            marginal_cost=-(price - grid["sell_fee_eur_per_mwh"]))
    net.add("Generator", "unserved", bus="heat", p_nom=1e6,
            marginal_cost=case["unserved_heat_penalty_eur_per_mwh"])
    net.add("Generator", "fuel", bus="fuel", p_nom=1e6)
    available = series["dc_heat_available_mw"]
    net.add("Generator", "source", bus="source", p_nom=1.0, p_max_pu=available)
    for unit in case["units"]:
        cost, most = heat_cost(unit, case["co2_price_eur_per_t"]), unit["max_heat_mw"]
        if unit["kind"] == "heat_pump":
            cop = series[unit["cop_column"]]
            electric = most / cop
            net.add("Link", unit["id"], bus0="power", bus1="heat", bus2="source", p_nom=electric.max(),
                    p_max_pu=electric / electric.max(), efficiency=cop, efficiency2=1.0 - cop,
                    marginal_cost=cost * cop)
        elif unit["kind"] == "electric_boiler":
            eff = unit["efficiency"]
            net.add("Link", unit["id"], bus0="power", bus1="heat", p_nom=most / eff, efficiency=eff,
                    marginal_cost=cost * eff)
        elif unit["kind"] == "chp_back_pressure":
            net.add("Link", unit["id"], bus0="fuel", bus1="heat", bus2="power", p_nom=most, efficiency=1.0,
                    efficiency2=unit["power_to_heat"], marginal_cost=cost)
        else:
            net.add("Generator", unit["id"], bus="heat", p_nom=most, marginal_cost=cost)
    store = case["storage"]
    net.add("StorageUnit", "tank", bus="heat", p_nom=store["max_discharge_mw"],
            max_hours=store["capacity_mwh"] / store["max_discharge_mw"],
            p_min_pu=-store["max_charge_mw"] / store["max_discharge_mw"],
            efficiency_store=store["charge_efficiency"], efficiency_dispatch=store["discharge_efficiency"],
            standing_loss=store["loss_fraction_per_h"], cyclic_state_of_charge=True)
    return net


def main():
    case, series = load(sys.argv[1])
    start = time.process_time()
    net = build(case, series)
    built = time.process_time()
    net.optimize(solver_name="highs", output_flag=False, threads=1)
    print(json.dumps({
        "program": f"PyPSA {pypsa.__version__}", "objective_eur": float(net.objective),
        "build_cpu_s": built - start, "solve_cpu_s": time.process_time() - built,
    }))


if __name__ == "__main__":
    main()
