"""What every peer hands over: links.csv (contracts §2) and facts.json with the number of pairs compared."""
import json
import math
import os

LEAST_PROBABILITY = .05


def weight_of(probability):
    """log2 odds; a probability of exactly 0 or 1 becomes a large finite weight."""
    p = min(max(probability, 1e-15), 1 - 1e-15)
    return math.log2(p / (1 - p))


def one_to_one(pairs):
    """Greedy by weight, the usual way to one-to-one: the best pair first, ties by identifiers.
    `pairs`: (left_id, right_id, weight)."""
    lefts, rights, kept = set(), set(), []
    for pair in sorted(pairs, key=lambda p: (-p[2], p[0], p[1])):
        if pair[0] not in lefts and pair[1] not in rights:
            lefts.add(pair[0])
            rights.add(pair[1])
            kept.append(pair)
    return kept


def closed(pairs):
    """The transitive closure for one deduplicated file: where a pair joins two clusters, every pair across them gets
    its weight, so that each threshold on the weights gives the clusters of that threshold."""
    cluster, all_pairs = {}, []
    for left, right, weight in sorted(pairs, key=lambda p: (-p[2], p[0], p[1])):
        a, b = cluster.setdefault(left, [left]), cluster.setdefault(right, [right])
        if a is b:
            continue
        all_pairs += [(x, y, weight) for x in a for y in b]
        a += b
        cluster.update((member, a) for member in b)
    return all_pairs


def write(folder, pairs, compared, least_weight=0.0):
    """`pairs`: (left_id, right_id, weight); those of least_weight (default: probability .5) or more are links."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "links.csv"), "w", encoding="utf-8") as file:
        file.write("left_id,right_id,weight,decision\n")
        file.writelines(f"{l},{r},{w:.4f},{'link' if w >= least_weight else 'possible'}\n" for l, r, w in pairs)
    with open(os.path.join(folder, "facts.json"), "w", encoding="utf-8") as file:
        json.dump({"compared": compared}, file)
