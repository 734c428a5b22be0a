"""A neutral network case as a pandapipes net."""

import json

import pandapipes as pp


def load(path):
    """Read `hukka-network-case/1` and return (net, case)."""
    with open(path, encoding="utf-8") as file:
        case = json.load(file)
    net = pp.create_empty_network(fluid="water")
    ambient = case["ambient_temperature_k"]
    junction = {
        node["id"]: pp.create_junction(
            net, pn_bar=5.0, tfluid_k=330.0, height_m=node["z"], name=node["id"]
        )
        for node in case["nodes"]
    }
    for pipe in case["pipes"]:
        outer = pipe["outer_diameter_m"]
        pp.create_pipe_from_parameters(
            net,
            from_junction=junction[pipe["from"]],
            to_junction=junction[pipe["to"]],
            length_km=pipe["length_m"] / 1000.0,
            inner_diameter_mm=pipe["inner_diameter_m"] * 1000.0,
            outer_diameter_mm=outer * 1000.0,
            k_mm=pipe["roughness_mm"],
            loss_coefficient=pipe.get("zeta", 0.0),
            # pandapipes wants W/(m² K) on the outer surface, the case states W/(m K)
            u_w_per_m2k=pipe["u_w_per_mk"] / (3.141592653589793 * outer),
            text_k=pipe.get("t_ground_k", ambient),
            sections=1,
            name=pipe["id"],
        )
    for source in case["sources"]:
        supply, back = junction[source["supply_node"]], junction[source["return_node"]]
        if source["type"] == "pressure_slack":
            pp.create_circ_pump_const_pressure(
                net, back, supply, source["p_supply_bar"], source["dp_bar"],
                t_flow_k=source["t_supply_k"], name=source["id"],
            )
        else:
            pp.create_circ_pump_const_mass_flow(
                net, back, supply, p_flow_bar=None, mdot_flow_kg_per_s=source["mdot_kg_s"],
                t_flow_k=source["t_supply_k"], type="t", name=source["id"],
            )
    for consumer in case["consumers"]:
        by_mode = (
            {"treturn_k": consumer["t_return_k"]}
            if consumer["mode"] == "q_treturn"
            else {"controlled_mdot_kg_per_s": consumer["mdot_kg_s"]}
        )
        pp.create_heat_consumer(
            net, junction[consumer["supply_node"]], junction[consumer["return_node"]],
            qext_w=consumer["q_w"], name=consumer["id"], **by_mode,
        )
    return net, case
