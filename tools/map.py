"""Make the map of the five states and their neighbours: templates/parts/map.html, from Natural Earth.

Run by hand: `.venv/bin/python tools/map.py`. Needs npm, which fetches world-atlas (Natural Earth, public domain).
What it writes is committed; the site never needs this script.
"""

import json
import math
import subprocess
import tarfile
import tempfile
from itertools import pairwise
from pathlib import Path

TARGET = Path(__file__).parent.parent / "templates" / "parts" / "map.html"
SOURCE = Path(__file__).parent / "map.html"
PACKAGE = "world-atlas@2"

# ISO 3166-1 numbers. Label: x and y from the middle of the shape (in units of the picture), and how it is anchored.
STATES = {"LT": "440", "LV": "428", "EE": "233", "PL": "616", "FI": "246"}
NEIGHBOURS = {"578", "752", "208", "276", "203", "703", "804", "112", "643", "528", "040", "348", "642", "498", "826"}
WIDTH, HEIGHT = 920, 1260
CENTRE = (20.2, 59.8)  # longitude, latitude in the middle of the picture
SCALE = 3180  # units of the picture to one radian of the sphere
PARALLELS = (51, 67)
MARGIN = 30  # units beyond the frame that are kept
COARSE, FINE = 2.6, 1.5  # units by which a line may be off: neighbours, states
SMALLEST = {True: 60, False: 400}  # square units of an island that is kept: of states, of neighbours

Point = tuple[float, float]
Ring = list[Point]


def fetch() -> dict:
    """Fetch the atlas by npm and return the countries at 1:50 million."""
    with tempfile.TemporaryDirectory() as folder:
        said = subprocess.run(
            ["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True, text=True
        )
        with tarfile.open(Path(folder) / said.stdout.split()[-1]) as archive:
            archive.extract("package/countries-50m.json", folder, filter="data")
        return json.loads((Path(folder) / "package" / "countries-50m.json").read_text())


def project(longitude: float, latitude: float) -> Point:
    """Put a place on the picture: Lambert's conformal cone."""
    first, second = (math.radians(one) for one in PARALLELS)
    turn = lambda angle: math.tan(math.pi / 4 + angle / 2)  # noqa: E731  one line of a formula
    n = math.log(math.cos(first) / math.cos(second)) / math.log(turn(second) / turn(first))
    f = math.cos(first) * turn(first) ** n / n
    away = lambda degrees: f / turn(math.radians(max(degrees, -80))) ** n  # noqa: E731
    angle = n * math.radians(longitude - CENTRE[0])
    middle = away(CENTRE[1])
    x = away(latitude) * math.sin(angle)
    y = away(latitude) * math.cos(angle) - middle
    return WIDTH / 2 + SCALE * x, HEIGHT / 2 + SCALE * y


def read_arcs(atlas: dict) -> list[Ring]:
    """Undo the quantising of every arc and put it on the picture."""
    (kx, ky), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append(project(x * kx + tx, y * ky + ty))
        arcs.append(line)
    return arcs


def simplify(line: Ring, tolerance: float) -> Ring:
    """Leave out points that lie within the tolerance of the line without them (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    (ax, ay), (bx, by) = line[0], line[-1]
    length = math.hypot(bx - ax, by - ay)

    def off(point: Point) -> float:
        x, y = point
        if length == 0:
            return math.hypot(x - ax, y - ay)
        return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length

    at = max(range(1, len(line) - 1), key=lambda one: off(line[one]))
    if off(line[at]) <= tolerance:
        return [line[0], line[-1]]
    return simplify(line[: at + 1], tolerance)[:-1] + simplify(line[at:], tolerance)


def rings(country: dict, arcs: list[Ring]) -> list[Ring]:
    """Join a country's arcs to closed rings; holes are left out."""
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    found = []
    for polygon in polygons:
        ring: Ring = []
        for number in polygon[0]:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            ring += arc[1:] if ring else arc
        found.append(ring)
    return found


def clip(ring: Ring) -> Ring:
    """Cut a ring at the frame and its margin (Sutherland and Hodgman)."""
    sides = (
        (0, -MARGIN, 1),
        (0, WIDTH + MARGIN, -1),
        (1, -MARGIN, 1),
        (1, HEIGHT + MARGIN, -1),
    )
    for axis, limit, sign in sides:
        cut: Ring = []
        for at, end in enumerate(ring):
            start = ring[at - 1]
            is_in, was_in = sign * (end[axis] - limit) >= 0, sign * (start[axis] - limit) >= 0
            if is_in != was_in:
                share = (limit - start[axis]) / (end[axis] - start[axis])
                cut.append(tuple(a + share * (b - a) for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]
            if is_in:
                cut.append(end)
        ring = cut
    return ring


def area(ring: Ring) -> float:
    """The area within a ring, in square units."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def path(shapes: list[Ring]) -> str:
    """Write rings as one path of whole numbers, each point from the one before."""
    said = []
    for ring in shapes:
        points = [(round(x), round(y)) for x, y in ring]
        if points[-1] == points[0]:
            points.pop()
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points) if a != b]
        said.append(f"M{points[0][0]} {points[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) + "z")
    return "".join(said).replace(" -", "-")


def draw(atlas: dict) -> dict[str, list[Ring]]:
    """Draw every country that is shown: its rings by ISO number."""
    arcs = read_arcs(atlas)
    countries = {one["id"]: one for one in atlas["objects"]["countries"]["geometries"] if "id" in one}
    fine = {
        number if number >= 0 else ~number
        for code in STATES.values()
        for ring in flat(countries[code])
        for number in ring
    }
    arcs = [simplify(arc, FINE if number in fine else COARSE) for number, arc in enumerate(arcs)]
    drawn = {}
    for code in (*STATES.values(), *sorted(NEIGHBOURS)):
        cut = [clip(ring) for ring in rings(countries[code], arcs)]
        least = SMALLEST[code in STATES.values()]
        drawn[code] = [ring for ring in cut if len(ring) > 2 and area(ring) >= least]
    return drawn


def flat(country: dict) -> list[list[int]]:
    """List the rings of arcs of a country, holes among them."""
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def main() -> None:
    """Put the shapes into the template of the map, and say how heavy it is."""
    drawn = draw(fetch())
    mass = path([ring for code in sorted(NEIGHBOURS) for ring in drawn[code]])
    words = SOURCE.read_text().replace("@mass@", mass)
    for code, number in STATES.items():
        words = words.replace(f"@{code}@", path(drawn[number]))
    TARGET.write_text(words)
    for code, number in STATES.items():
        xs = [x for ring in drawn[number] for x, _ in ring]
        ys = [y for ring in drawn[number] for _, y in ring]
        print(code, round(min(xs)), round(max(xs)), round(min(ys)), round(max(ys)))
    print(TARGET.name, len(words))


if __name__ == "__main__":
    main()
