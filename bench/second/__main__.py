"""python3 bench/second OUT [--rows N] [--variant V] [--seed S] [--list]

A second, independent generator of the task of shared/figures.md §1: OUT/a.csv (N/5 rows, 90 % of them in B), OUT/b.csv (N rows) and
OUT/truth.csv (left_id, right_id, errors)."""
import argparse
import csv
import os
import random
import sys

from population import World
from variants import CELLS, VARIANTS
from writing import Confusions, Observer

IN_BOTH = .9  # of A


def write_file(path, table, rows, rng, encoding):
    with open(path, "w", newline="", encoding=encoding, errors="replace") as file:
        writer = csv.writer(file)
        writer.writerow([header for header, _ in table])
        writer.writerows([CELLS[what](rng, *row) for _, what in table] for row in rows)


def choose_a(world, rng, size):
    """Whole households, poor villages first served, until there are `size` people."""
    poor = {id(v): rng.random() ** 2 for v in world.villages}
    homes = sorted(world.households, key=lambda h: rng.random() / (poor[id(h.place)] + .02))
    people = [p for home in homes for p in home.members]
    return people[:size]


def main():
    parser = argparse.ArgumentParser(description="Two Chinese registries with their truth.")
    parser.add_argument("out", nargs="?")
    parser.add_argument("--rows", type=int, default=20000, help="of B; A has a fifth")
    parser.add_argument("--small", type=int, help="rows of A, if not a fifth")
    parser.add_argument("--variant", default="standard", choices=VARIANTS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="the variants' names")
    options = parser.parse_args()
    if options.list or not options.out:
        return print("\n".join(VARIANTS))
    variant, rng = VARIANTS[options.variant], random.Random(f"{options.seed}")
    size = options.small or options.rows // 5
    absent = round(size * (1 - IN_BOTH))
    world = World(rng, options.rows + absent, homonyms=variant.get("homonyms", .15), minority=variant.get("minority", .03))
    registered = choose_a(world, rng, size)
    away = {id(p) for p in rng.sample(registered, absent)}
    everybody = [p for home in world.households for p in home.members]
    present = [p for p in everybody if id(p) not in away]
    rng.shuffle(present)
    rng.shuffle(registered)
    observer = Observer(rng, Confusions(), world, variant.get("factor", 1))
    clean = Observer(rng, observer.confusions, world, 0, {"phone_missing": .15})
    b_keys = {id(p): f"R{i:07d}" for i, p in enumerate(present, 1)}
    b_rows = [(b_keys[id(p)], p, clean.write(p)[0]) for p in present]
    a_rows, truth = [], []
    for i, person in enumerate(registered, 1):
        values, errors = observer.write(person)
        a_rows.append((f"K{i:07d}", person, values))
        if id(person) in b_keys:
            truth.append((f"K{i:07d}", b_keys[id(person)], "|".join(errors)))
    os.makedirs(options.out, exist_ok=True)
    encoding = variant.get("encoding", "utf-8")
    write_file(f"{options.out}/a.csv", variant["a"], a_rows, rng, encoding)
    write_file(f"{options.out}/b.csv", variant["b"], b_rows, rng, encoding)
    with open(f"{options.out}/truth.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("left_id", "right_id", "errors"), *truth])


if __name__ == "__main__":
    sys.exit(main())
