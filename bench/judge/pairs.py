"""links.csv against the truth: pairs of records of one person, for each pair of sources."""
import os
from collections import Counter
from itertools import combinations, combinations_with_replacement

from classes import ClassTally, f1, labels, share
from files import Refused, read_table
from truth import source_rank


def read_links(report, truth, warnings):
    """(left source, right source) -> {(left key, right key): decision}, sources in the order of the contracts."""
    columns = ("left_source", "left_key", "right_source", "right_key", "decision")
    links, turned, repeated = {}, 0, 0
    for ls, lk, rs, rk, decision in read_table(os.path.join(report, "links.csv"), columns):
        if decision not in ("link", "possible"):
            raise Refused(f"links.csv: decision '{decision}' is neither link nor possible")
        if source_rank(ls) > source_rank(rs):
            ls, lk, rs, rk, turned = rs, rk, ls, lk, turned + 1
        if ls == rs and lk > rk:
            lk, rk = rk, lk
        pairs = links.setdefault((ls, rs), {})
        if (lk, rk) in pairs:
            repeated += 1
        if pairs.get((lk, rk)) != "link":
            pairs[lk, rk] = decision
    for count, what in ((turned, "pairs with the sources in the wrong order"), (repeated, "pairs listed twice")):
        if count:
            warnings.append(f"links.csv: {count} {what}")
    unknown = sorted({s for pair in links for s in pair} - set(truth.records))
    if unknown:
        warnings.append(f"links.csv: sources without truth: {', '.join(unknown)}")
    return links


def true_pairs(truth, left, right):
    """All pairs of records of one person, as (left key, right key)."""
    if left == right:
        for keys in truth.by_person(left).values():
            yield from combinations(sorted(keys), 2)
        return
    small, large = truth.by_person(left), truth.by_person(right)
    for person, keys in small.items():
        for left_key in keys:
            for right_key in large.get(person, ()):
                yield left_key, right_key


class PairScore:
    """One pair of sources. Only `link` counts; possible links are counted beside."""

    def __init__(self, truth, left, right, found):
        self.name = f"{left}~{right}"
        lefts, rights = truth.records[left], truth.records[right]
        self.false, self.unknown = [], 0
        self.links = self.possible = self.true_links = self.true_possible = 0
        for (left_key, right_key), decision in found.items():
            a, b = lefts.get(left_key), rights.get(right_key)
            self.unknown += a is None or b is None
            same = bool(a and b and a[0] and a[0] == b[0])
            if decision == "link":
                self.links += 1
                self.true_links += same
                if not same:
                    self.false.append((left_key, right_key))
            else:
                self.possible += 1
                self.true_possible += same
        self._misses(truth, left, right, found)

    def _misses(self, truth, left, right, found):
        lefts, rights = truth.records[left], truth.records[right]
        partners = {k for (k, _), d in found.items() if d == "link"}
        rivals = {k for (_, k), d in found.items() if d == "link"}
        self.classes, self.total, self.missed, self.fate = ClassTally(), 0, [], Counter()
        for pair in true_pairs(truth, left, right):
            self.total += 1
            decision = found.get(pair)
            classes = labels(lefts[pair[0]][1], rights[pair[1]][1])
            self.classes.add(classes, decision == "link")
            if decision == "link":
                continue
            self.missed.append(pair)
            self.fate["possible only" if decision else
                      "left has another link" if pair[0] in partners else
                      "right has another link" if pair[1] in rivals else "neither has a link"] += 1

    def to_json(self):
        precision, recall = share(self.true_links, self.links), share(self.true_links, self.total)
        return {"sources": self.name, "true_pairs": self.total, "links": self.links, "precision": precision,
                "recall": recall, "f1": f1(precision, recall), "possible": self.possible,
                "true_possible": self.true_possible,
                "recall_with_possible": share(self.true_links + self.true_possible, self.total),
                "unknown_keys": self.unknown, "misses": dict(self.fate.most_common()), **self.classes.to_json()}


def relation_of(a, b):
    """How two different people of a false link stand to each other, the closest first."""
    if not a or not b:
        return "a key unknown to the truth"
    parents = a["mother"] and a["mother"] == b["mother"] or a["father"] and a["father"] == b["father"]
    kin = ("twin" if parents and a["birth"] == b["birth"] else
           "sibling" if parents else
           "spouse" if a["spouse"] == b["person_id"] else
           "parent or child" if a["person_id"] in (b["father"], b["mother"]) or
           b["person_id"] in (a["father"], a["mother"]) else
           "household" if a["household_id"] and a["household_id"] == b["household_id"] else "stranger")
    likeness = [w for w in ("name", "birth") if a[w] and a[w] == b[w]]
    return kin + (", same " + " and ".join(likeness) if likeness else "")


def explain_false(truth, scores):
    """score name -> Counter of relations between the two people of each false link."""
    people = {}
    for score in scores:
        left, right = score.name.split("~")
        people[score.name] = [(truth.records[left].get(l, ("", ""))[0], truth.records[right].get(r, ("", ""))[0])
                              for l, r in score.false]
    wanted = {p for pairs in people.values() for pair in pairs for p in pair if p}
    facts = truth.persons(wanted) if wanted else {}
    return {name: Counter(relation_of(facts.get(a), facts.get(b)) for a, b in pairs)
            for name, pairs in people.items()}


def score_pairs(truth, report, warnings):
    """PairScore for each pair of sources, also of a source with itself where the truth or the run has such pairs."""
    links = read_links(report, truth, warnings)
    scores = []
    for left, right in combinations_with_replacement(truth.sources(), 2):
        score = PairScore(truth, left, right, links.get((left, right), {}))
        if left != right or score.links or score.possible:
            scores.append(score)
    return scores
