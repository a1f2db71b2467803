"""python3 bench/judge WORLD REPORT [--json] [--detail SOURCES] [--top N]

Compares a run's reports/RUN/ with the truth of the world that it compared: links, household links, flags."""
import argparse
import json
import sys

import show
from files import Refused, read_json
from flags import score_flags
from households import score_households
from pairs import explain_false, score_pairs
from truth import Truth


def judge(world, report):
    """Everything as one dict. Raises Refused."""
    read_json(f"{report}/summary.json")  # a run without its manifest is no run
    truth, warnings = Truth(world), []
    scores = score_pairs(truth, report, warnings)
    relations = explain_false(truth, scores)
    pairs = [{**s.to_json(), "false_links": dict(relations[s.name].most_common()),
              "missed_examples": s.missed[:10], "false_examples": s.false[:10]} for s in scores]
    unknown = sum(s.unknown for s in scores)
    if unknown:
        warnings.append(f"links.csv: {unknown} pairs with a key that the truth does not know")
    return {"pairs": pairs, "households": score_households(truth, report),
            "flags": score_flags(truth, report, warnings), "warnings": truth.warnings + warnings}


def print_pairs(pairs, detail, top):
    print(show.table("Links (pairs of records of one person; only decision=link counts)",
                     ["sources", "true pairs", "links", "precision", "recall", "possible", "true possible"],
                     [[p["sources"], p["true_pairs"], p["links"], p["precision"], p["recall"], p["possible"],
                       p["true_possible"]] for p in pairs]))
    for p in pairs:
        if detail not in ("all", p["sources"]):
            continue
        print(f"\n{p['sources']}: misses: {show.counts(p['misses'])}; false links: {show.counts(p['false_links'])}")
        print(show.class_table("  recall by error class (of either record)", p["by_class"]))
        print(show.class_pair_table("  recall by pair of classes", p["by_class_pair"], top))


def print_flags(flags):
    print(show.table("\nFlags", ["rule", "real", "flags", "precision", "recall", "exceptions", "flagged"],
                     [[f["rule"], f["real"], f["flags"], f["precision"], f["recall"], f["exceptions"],
                       f["exceptions_flagged"]] for f in flags]))
    for f in flags:
        if f["missed_causes"] or f["false_causes"]:
            print(f"  {f['rule']}\n    missed: {show.counts(f['missed_causes'])}"
                  f"\n    false:  {show.counts(f['false_causes'])}")


def main():
    parser = argparse.ArgumentParser(prog="bench/judge", description=__doc__.split("\n\n")[1])
    parser.add_argument("world", help="what bidui-world wrote: the directory that holds truth/")
    parser.add_argument("report", help="reports/RUN/ of a workspace")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--detail", default="poverty~civil", help="classes for this pair of sources, or all")
    parser.add_argument("--top", type=int, default=10, help="classes listed")
    options = parser.parse_args()
    try:
        result = judge(options.world, options.report)
    except Refused as refused:
        print(f"judge: {refused}", file=sys.stderr)
        return 3
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
        return 0
    print_pairs(result["pairs"], options.detail, options.top)
    print(show.table("\nHousehold links (true: one person is a member of both)",
                     ["sources", "true pairs", "links", "precision", "recall", "possible", "shared exact"],
                     [[h["sources"], h["true_pairs"], h["links"], h["precision"], h["recall"], h["possible"],
                       h["shared_exact"]] for h in result["households"]]))
    print_flags(result["flags"])
    for warning in result["warnings"]:
        print(f"warning: {warning}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
