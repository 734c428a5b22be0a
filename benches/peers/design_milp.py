"""Solves a design problem with linear pipes as a plain mixed-integer programme with HiGHS.

    python design_milp.py CASE.json forced|economic SECONDS

The formulation is topotherm's single time step (two directed arcs a trench, one binary each, one
large-M for all pipes, no further inequalities), written from its definition: topotherm itself is
not on PyPI. Cold start, one thread.
"""

import json
import sys
import time
from pathlib import Path

import highspy


def recovery(interest, years):
    growth = (1 + interest) ** years
    return interest * growth / (growth - 1)


def main():
    case, mode, limit = json.loads(Path(sys.argv[1]).read_text()), sys.argv[2], float(sys.argv[3])
    economics, linear = case["economics"], case["linear"]
    hours = economics["flh_source_h"]
    crf = recovery(economics["interest"], economics["pipe_life_a"])
    model = highspy.Highs()
    for key, value in (("output_flag", False), ("threads", 1), ("time_limit", limit), ("mip_rel_gap", 0.0), ("mip_abs_gap", 1.0)):
        model.setOptionValue(key, value)
    balance = {node["id"]: [] for node in case["nodes"]}
    for edge in case["edges"]:
        metres, most = edge["length_m"], linear["p_max_kw"]
        built = []
        for start, end in ((edge["a"], edge["b"]), (edge["b"], edge["a"])):
            flow = model.addVariable(lb=0, ub=most, obj=crf * metres * linear["cost_a_eur_per_m_kw"])
            arc = model.addBinary(obj=crf * metres * linear["cost_b_eur_per_m"])
            model.addConstr(flow <= most * arc)
            model.addConstr(flow >= metres * (linear["loss_a_kw_per_m_kw"] * flow + linear["loss_b_kw_per_m"] * arc))
            balance[start].append(-1 * flow)
            balance[end].append((1 - metres * linear["loss_a_kw_per_m_kw"]) * flow - metres * linear["loss_b_kw_per_m"] * arc)
            built.append(arc)
        model.addConstr(built[0] + built[1] <= 1)
    for source in case["sources"]:
        price = source["capex_eur_per_kw"] * recovery(source["interest"], source["life_a"]) + source["price_eur_per_mwh"] * hours / 1000
        balance[source["node"]].append(model.addVariable(lb=0, ub=source["capacity_kw"], obj=price))
    revenue, connected = 0.0, []
    for consumer in case["consumers"]:
        worth = economics["heat_price_eur_per_mwh"] * consumer["annual_mwh"]
        is_on = model.addVariable(lb=1 if mode == "forced" else 0, ub=1, obj=-worth, type=highspy.HighsVarType.kInteger)
        balance[consumer["node"]].append(-consumer["peak_kw"] * is_on)
        connected.append((is_on, worth))
    for terms in balance.values():
        if terms:
            model.addConstr(model.qsum(terms) == 0)
    start = time.process_time()
    model.run()
    seconds = time.process_time() - start
    info, solution = model.getInfo(), model.getSolution().col_value
    has_point = len(solution) > 0 and info.primal_solution_status == 2
    value = info.objective_function_value if has_point else None
    if has_point:
        revenue = sum(worth for variable, worth in connected if solution[variable.index] > 0.5)
    cost = value + revenue if has_point else None
    print(json.dumps({"program": f"HiGHS {model.version()}", "value_eur_a": value, "bound_eur_a": info.mip_dual_bound,
                      "gap_on_cost": (value - info.mip_dual_bound) / cost if has_point else None, "cpu_s": seconds}))


if __name__ == "__main__":
    main()
