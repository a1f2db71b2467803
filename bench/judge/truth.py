"""The truth of a world (docs/world.md), arranged for look-up by source and record key."""
import os
import sys
from collections import defaultdict

from files import read_table

# The order of sources in links.csv (contracts §3): these first, auxiliary ones by name, civil last.
FIRST = {"poverty": 0, "allowance": 1, "housing": 2, "relocation": 3}


def source_rank(source):
    return (FIRST.get(source, 5 if source == "civil" else 4), source)


class Truth:
    """records[source][key] = (person, errors); errors is "a|b" or "". A source with a key twice keeps the first and
    says so in `warnings`."""

    def __init__(self, world):
        self.folder = os.path.join(world, "truth")
        self.records = {}
        self.warnings = []
        self._by_person = {}
        repeated = 0
        for source, key, person, errors in read_table(os.path.join(self.folder, "records.csv"),
                                                      ("source", "key", "person_id", "errors")):
            keys = self.records.setdefault(source, {})
            if key in keys:
                repeated += 1
            else:
                keys[key] = (person, sys.intern(errors))
        if repeated:
            self.warnings.append(f"truth/records.csv: {repeated} keys repeated within their source")

    def sources(self):
        return sorted(self.records, key=source_rank)

    def by_person(self, source):
        """person -> keys of the source's records of that person; records of nobody are left out."""
        if source not in self._by_person:
            people = defaultdict(list)
            for key, (person, _) in self.records[source].items():
                if person:
                    people[person].append(key)
            self._by_person[source] = dict(people)
        return self._by_person[source]

    def memberships(self):
        """source -> household -> set of persons."""
        households = {}
        for source, household, person in read_table(os.path.join(self.folder, "households.csv"),
                                                    ("source", "source_household", "person_id")):
            households.setdefault(source, {}).setdefault(household, set()).add(person)
        return households

    def contradictions(self):
        return read_table(os.path.join(self.folder, "contradictions.csv"),
                          ("rule", "source", "subject", "subject_kind", "other", "legitimate_exception"))

    def persons(self, wanted):
        """person -> dict of a few facts, for the persons in `wanted` only."""
        columns = ("person_id", "name", "birth", "household_id", "father", "mother", "spouse", "twin")
        return {row[0]: dict(zip(columns, row))
                for row in read_table(os.path.join(self.folder, "persons.csv"), columns) if row[0] in wanted}
