#!/usr/bin/env python3
"""bench/judge/links.py TRUTH LINKS [--json] [--top N] [--misses FILE] [--false FILE]

Judges the output of `bidui link` (contracts §2). TRUTH is a CSV with left_id, right_id and, if it has them, errors;
rows without right_id are ignored. Pairs count either way round, so that one deduplicated file is judged too."""
import argparse
import json
import sys

import show
from classes import CLEAN, ClassTally, f1, labels, share
from files import Refused, read_table


def read_truth(path):
    """{pair: errors}."""
    try:
        return {(l, r): e for l, r, e in read_table(path, ("left_id", "right_id", "errors")) if r}
    except Refused as refused:
        if "no column errors" not in str(refused):
            raise
    return {(l, r): "" for l, r in read_table(path, ("left_id", "right_id")) if r}


def read_found(path, truth):
    """{pair: (weight, decision)}, each pair in the truth's order where the truth has it."""
    found = {}
    for left, right, weight, decision in read_table(path, ("left_id", "right_id", "weight", "decision")):
        pair = (right, left) if (right, left) in truth and (left, right) not in truth else (left, right)
        found[pair] = (float(weight), decision)
    return found


def best_f1(found, truth):
    """(F1, weight) at the best of all thresholds, possible links included; None for no links."""
    best, good = (None, None), 0
    for count, (pair, (weight, _)) in enumerate(sorted(found.items(), key=lambda item: -item[1][0]), 1):
        good += pair in truth
        score = 2 * good / (count + len(truth))
        if best[0] is None or score > best[0]:
            best = (score, weight)
    return best


def fate(pair, found, lefts, rights):
    if pair in found:
        return "possible"
    others = [n for n, there in (("left", pair[0] in lefts), ("right", pair[1] in rights)) if there]
    return " and ".join(others) + " linked elsewhere" if others else "not found"


def judge_links(truth, found):
    """(figures, missed pairs with their fate, false links)."""
    links = {pair for pair, (_, decision) in found.items() if decision == "link"}
    lefts, rights = {l for l, _ in links}, {r for _, r in links}
    classes, missed = ClassTally(), []
    for pair, errors in truth.items():
        classes.add(labels(errors), pair in links)
        if pair not in links:
            missed.append((*pair, errors, fate(pair, found, lefts, rights)))
    good = len(truth) - len(missed)
    precision, recall = share(good, len(links)), share(good, len(truth))
    best, weight = best_f1(found, truth)
    fates = {}
    for miss in missed:
        fates[miss[3]] = fates.get(miss[3], 0) + 1
    false = [(*pair, found[pair][0]) for pair in sorted(links - truth.keys())]
    return {"true_pairs": len(truth), "links": len(links), "false_links": len(false), "missed": len(missed),
            "precision": precision, "recall": recall, "f1": f1(precision, recall), "best_f1": best,
            "best_weight": weight, "possible": len(found) - len(links),
            "true_possible": sum(p in truth for p in found.keys() - links), "misses": fates,
            **classes.to_json()}, missed, false


def write_rows(path, header, rows):
    if path:
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(",".join(map(str, row)) + "\n" for row in [header, *rows])


def main():
    parser = argparse.ArgumentParser(description="Judges the output of bidui link.")
    parser.add_argument("truth")
    parser.add_argument("links")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--top", type=int, default=12)
    parser.add_argument("--misses", help="write the missed pairs here")
    parser.add_argument("--false", help="write the false links here")
    options = parser.parse_args()
    try:
        truth = read_truth(options.truth)
        result, missed, false = judge_links(truth, read_found(options.links, truth))
    except Refused as refused:
        print(f"links.py: {refused}", file=sys.stderr)
        return 3
    write_rows(options.misses, ("left_id", "right_id", "errors", "fate"), missed)
    write_rows(options.false, ("left_id", "right_id", "weight"), false)
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
        return 0
    names = ("true_pairs", "links", "false_links", "missed", "precision", "recall", "f1", "best_f1", "best_weight",
             "possible", "true_possible")
    print(show.table("", list(names), [[result[n] for n in names]]))
    print(f"  misses: {show.counts(result['misses'])}")
    if any(r["class"] != CLEAN for r in result["by_class"]):
        print(show.class_table("  recall by error class", result["by_class"]))
        print(show.class_pair_table("  recall by pair of classes", result["by_class_pair"], options.top))
    return 0


if __name__ == "__main__":
    sys.exit(main())
