"""households.csv against the truth: two households are linked in truth if one person is a member of both."""
import os
from collections import Counter, defaultdict
from itertools import combinations

from classes import f1, share
from files import read_table
from truth import source_rank


def true_household_pairs(left, right):
    """Counter of (left household, right household) -> number of people they share."""
    homes = defaultdict(list)
    for household, people in right.items():
        for person in people:
            homes[person].append(household)
    shared = Counter()
    for household, people in left.items():
        for person in people:
            for other in homes.get(person, ()):
                shared[household, other] += 1
    return shared


def read_household_links(report):
    """(left source, right source) -> {(left, right): (shared, level)}."""
    columns = ("left_source", "left_household", "right_source", "right_household", "shared", "level")
    links = defaultdict(dict)
    for ls, lh, rs, rh, shared, level in read_table(os.path.join(report, "households.csv"), columns):
        if source_rank(ls) > source_rank(rs):
            ls, lh, rs, rh = rs, rh, ls, lh
        links[ls, rs][lh, rh] = (int(shared), level)
    return links


def household_sources(truth):
    """source -> memberships, without sources whose "households" are their records (a house has an owner, no members)."""
    return {source: homes for source, homes in truth.memberships().items()
            if not homes.keys() <= truth.records.get(source, {}).keys()}


def score_households(truth, report):
    """One dict for each pair of sources that have households. Level L1 rests on possible links only: counted beside."""
    memberships, links = household_sources(truth), read_household_links(report)
    rows = []
    for left, right in combinations(sorted(memberships, key=source_rank), 2):
        true = true_household_pairs(memberships[left], memberships[right])
        listed = links.get((left, right), {})
        found = {pair: shared for pair, (shared, level) in listed.items() if level != "L1"}
        good = [pair for pair in found if pair in true]
        precision, recall = share(len(good), len(found)), share(len(good), len(true))
        rows.append({"sources": f"{left}~{right}", "true_pairs": len(true), "links": len(found),
                     "precision": precision, "recall": recall, "f1": f1(precision, recall),
                     "possible": len(listed) - len(found),
                     "shared_exact": share(sum(found[pair] == true[pair] for pair in good), len(good))})
    return rows
