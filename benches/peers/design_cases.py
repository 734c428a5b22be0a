"""Makes design problems (hukka-design-problem/1): jittered street grids, and real streets of the examples.

    python design_cases.py grid CONSUMERS SOURCES SEED FILE
    python design_cases.py kotka|helsinki CONSUMERS SOURCES SEED FILE
"""

import json
import math
import random
import sys
from collections import defaultdict
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
# Sizes and trench costs of topotherm's defaults; capacities at 200 Pa/m, 80/50 °C.
SIZES = [  # dn, inner m, outer m, casing m, kW, EUR/m, W/m
    (25, 0.0285, 0.0337, 0.11, 55.6, 718, 18.39), (32, 0.0372, 0.0424, 0.125, 106.9, 763, 18.98),
    (40, 0.0431, 0.0483, 0.125, 158.0, 786, 21.76), (50, 0.0545, 0.0603, 0.14, 294.4, 880, 24.4),
    (65, 0.0703, 0.0761, 0.16, 576.9, 907, 28.82), (80, 0.0825, 0.0889, 0.18, 879.9, 1061, 29.89),
    (100, 0.1071, 0.1143, 0.225, 1748.8, 1090, 31.44), (125, 0.1325, 0.1397, 0.25, 3058.6, 1256, 36.47),
    (150, 0.1603, 0.1683, 0.28, 5040.2, 1332, 43.19), (200, 0.2101, 0.2191, 0.355, 10234.1, 1836, 47.01),
    (250, 0.263, 0.273, 0.45, 18406.0, 2036, 45.32), (300, 0.3127, 0.3239, 0.5, 28297.0, 2183, 52.02),
    (350, 0.3444, 0.3556, 0.56, 34325.1, 2651, 50.59), (400, 0.3938, 0.4064, 0.63, 44878.3, 2902, 53.66),
    (500, 0.4954, 0.508, 0.8, 71022.7, 3580, 52.08), (600, 0.5958, 0.61, 0.9, 102727.4, 4507, 63.16)]
BLOCK = 90.0
MISSING = 0.15


def largest_part(edges):
    around = defaultdict(list)
    for a, b, *_ in edges:
        around[a].append(b)
        around[b].append(a)
    seen, best = set(), set()
    for start in around:
        if start in seen:
            continue
        part, stack = {start}, [start]
        while stack:
            for other in around[stack.pop()]:
                if other not in part:
                    part.add(other)
                    stack.append(other)
        seen |= part
        best = max(best, part, key=len)
    return best


def grid(consumers, rng):
    """Nodes, streets and consumers (x, y, node of the street) of a grid with streets missing."""
    side = max(3, round(math.sqrt(consumers / 2.2)))
    corners = [(i * BLOCK + rng.gauss(0, 8), j * BLOCK + rng.gauss(0, 8)) for i in range(side) for j in range(side)]
    pairs = [(i * side + j, k) for i in range(side) for j in range(side)
             for k in ([(i + 1) * side + j] if i + 1 < side else []) + ([i * side + j + 1] if j + 1 < side else [])]
    while True:
        kept = [pair for pair in pairs if rng.random() > MISSING]
        if len(largest_part(kept)) == side * side:
            break
    nodes, streets, points = list(corners), [], []
    per = defaultdict(int)
    for _ in range(consumers):
        per[rng.randrange(len(kept))] += 1
    for e, (a, b) in enumerate(kept):
        (x1, y1), (x2, y2) = corners[a], corners[b]
        length = math.hypot(x2 - x1, y2 - y1)
        steps = sorted({max(1, min(round(length / 12) - 1, round(rng.uniform(0.05, 0.95) * length / 12)))
                        for _ in range(per[e])})
        before, at, hooks = a, 0.0, []
        for step in steps:
            share = step * 12 / length
            nodes.append((x1 + (x2 - x1) * share, y1 + (y2 - y1) * share))
            hooks.append(len(nodes) - 1)
            streets.append((before, hooks[-1], step * 12 - at))
            before, at = hooks[-1], step * 12.0
        streets.append((before, b, max(1.0, length - at)))
        for k in range(per[e]):
            hook = hooks[k % len(hooks)]
            off = rng.uniform(10, 22) * rng.choice([-1, 1])
            x, y = nodes[hook]
            points.append((x - (y2 - y1) / length * off, y + (x2 - x1) / length * off, hook))
    peaks = [math.exp(rng.gauss(math.log(40), 0.6)) for _ in points]
    return nodes, streets, points, peaks


def real(place, consumers, rng):
    """The same of an example's map: buildings drawn at random, each on its nearest street point."""
    def features(name):
        return json.loads((EXAMPLES / place / name).read_text())["features"]

    streets, ids, nodes = {}, {}, []
    origin = features("streets.geojson")[0]["geometry"]["coordinates"][0]

    def plane(point):
        return ((point[0] - origin[0]) * math.cos(math.radians(origin[1])) * 111320, (point[1] - origin[1]) * 111320)

    def node(point):
        key = (round(point[0], 7), round(point[1], 7))
        if key not in ids:
            ids[key] = len(nodes)
            nodes.append(plane(point))
        return ids[key]

    for feature in features("streets.geojson"):
        if feature["properties"].get("highway") in ("footway", "cycleway", "path", "steps", "pedestrian"):
            continue
        line = [node(point) for point in feature["geometry"]["coordinates"]]
        for a, b in zip(line, line[1:]):
            if a != b:
                streets[min(a, b), max(a, b)] = math.dist(nodes[a], nodes[b])
    part = largest_part(list(streets))
    streets = {pair: length for pair, length in streets.items() if pair[0] in part}
    near = sorted(part)
    buildings = features("buildings.geojson")
    rng.shuffle(buildings)
    points, peaks = [], []
    for feature in buildings:
        ring = feature["geometry"]["coordinates"][0]
        ring = ring[0] if isinstance(ring[0][0], list) else ring
        corners = [plane(point) for point in ring]
        area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, corners[1:]))) / 2
        centre = tuple(sum(c[k] for c in corners) / len(corners) for k in (0, 1))
        hook = min(near, key=lambda n: math.dist(nodes[n], centre))
        if area < 60 or math.dist(nodes[hook], centre) > 120:
            continue
        storeys = feature["properties"].get("storeys") or (5 if place == "helsinki" else 1.5)
        points.append((*centre, hook))
        peaks.append(max(5.0, area * storeys * 0.045 * rng.uniform(0.7, 1.4)))
        if len(points) == consumers:
            break
    return nodes, [(a, b, length) for (a, b), length in streets.items()], points, peaks


def line(xs, ys):
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum((x - mean_x) ** 2 for x in xs)
    return slope, mean_y - slope * mean_x


def problem(name, place, sources, rng):
    nodes, streets, points, peaks = place
    nodes, peaks = list(nodes), [round(p, 2) for p in peaks]
    annual = [round(p * rng.uniform(1.7, 2.35), 3) for p in peaks]
    edges = [(a, b, length, "street") for a, b, length in streets]
    consumers = []
    for (x, y, hook), peak, heat in zip(points, peaks, annual):
        nodes.append((x, y))
        edges.append((hook, len(nodes) - 1, max(5.0, math.dist(nodes[hook], (x, y))), "service"))
        consumers.append({"node": len(nodes) - 1, "peak_kw": peak, "annual_mwh": heat})
    total = sum(peaks)
    on_street = sorted({n for a, b, *_ in streets for n in (a, b)})
    ends = [min(on_street, key=lambda n: sum(nodes[n])), max(on_street, key=lambda n: sum(nodes[n]))][:sources]
    plants = [(1.25, 700.0, 32.0)] if sources == 1 else [(0.6, 700.0, 28.0), (1.2, 120.0, 60.0)]
    built = []
    for k, (end, (share, capex, price)) in enumerate(zip(ends, plants)):
        nodes.append((nodes[end][0] + 10, nodes[end][1] + 10))
        edges.append((len(nodes) - 1, end, 14.1, "service"))
        built.append({"id": k, "name": f"plant {k}", "node": len(nodes) - 1, "capacity_kw": round(share * total, 1),
                      "capex_eur_per_kw": capex, "interest": 0.04, "life_a": 20, "price_eur_per_mwh": price})
    used = [size for size in SIZES if size[4] <= max(600, 1.05 * total)]
    cost = line([s[4] for s in used], [s[5] for s in used])
    loss = line([s[4] for s in used], [s[6] / 1000 for s in used])
    keys = ("dn", "inner_m", "outer_m", "casing_m", "capacity_kw", "cost_eur_per_m", "loss_w_per_m")
    return {
        "format": "hukka-design-problem/1", "name": name, "origin": "benches/peers/design_cases.py", "licence": "CC0-1.0",
        "nodes": [{"id": i, "x": round(x, 2), "y": round(y, 2)} for i, (x, y) in enumerate(nodes)],
        "edges": [{"id": i, "a": a, "b": b, "length_m": round(m, 2), "kind": kind} for i, (a, b, m, kind) in enumerate(edges)],
        "consumers": [{"id": i} | consumer for i, consumer in enumerate(consumers)],
        "sources": built,
        "catalogue": [dict(zip(keys, size)) for size in SIZES],
        "linear": {"cost_a_eur_per_m_kw": round(cost[0], 4), "cost_b_eur_per_m": round(cost[1], 2),
                   "loss_a_kw_per_m_kw": max(loss[0], 0.0), "loss_b_kw_per_m": round(loss[1], 6),
                   "p_max_kw": round((1.9 if sources == 1 else 1.4) * total, 1)},
        "economics": {"interest": 0.04, "pipe_life_a": 40, "flh_source_h": round(1000 * sum(annual) / total, 2),
                      "heat_price_eur_per_mwh": 95.0, "loss_price_eur_per_mwh": 35.0, "simultaneity": 1.0},
    }


def main():
    kind, consumers, sources, seed, target = sys.argv[1:6]
    rng = random.Random(int(seed))
    place = grid(int(consumers), rng) if kind == "grid" else real(kind, int(consumers), rng)
    case = problem(f"{kind}{consumers}-{sources}-{seed}", place, int(sources), rng)
    Path(target).write_text(json.dumps(case))
    print(json.dumps({"name": case["name"], "nodes": len(case["nodes"]), "edges": len(case["edges"]),
                      "consumers": len(case["consumers"])}))


if __name__ == "__main__":
    main()
