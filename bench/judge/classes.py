"""Counts of found and missed by error class and by pairs of classes."""
from collections import Counter
from itertools import combinations

CLEAN = "(clean)"
# Classes that take nothing away by which a person is known: beside them an error still stands alone.
MILD = {"phone_missing", "phone_other", "address_other", "id_decorated", "name_spaced", "name_remark"}
LEAST_ALONE = 0.97  # recall of single errors that is asked for


def split(errors):
    return [e for e in errors.split("|") if e]


def labels(*error_texts):
    """The sorted classes of all the given records together; [CLEAN] where there is none."""
    return sorted({e for text in error_texts for e in split(text)}) or [CLEAN]


class ClassTally:
    """Recall by class: add(classes, found) for each true pair. `alone`: where no other class but mild ones is there."""

    def __init__(self):
        self.total, self.found = Counter(), Counter()
        self.total_alone, self.found_alone = Counter(), Counter()

    def add(self, classes, found):
        names = list(classes) + [" + ".join(pair) for pair in combinations(classes, 2)]
        self.total.update(names)
        grave = [c for c in classes if c not in MILD]
        alone = grave if len(grave) == 1 else [c for c in classes if not grave]
        self.total_alone.update(alone)
        if found:
            self.found.update(names)
            self.found_alone.update(alone)

    def rows(self, pairs):
        """Dicts for single classes or for pairs of classes, most misses first."""
        rows = [{"class": name, "total": n, "missed": n - self.found[name], "recall": self.found[name] / n}
                for name, n in self.total.items() if (" + " in name) == pairs]
        for row in rows if not pairs else ():
            row["alone"] = self.total_alone[row["class"]]
            row["recall_alone"] = share(self.found_alone[row["class"]], row["alone"])
        return sorted(rows, key=lambda r: (-r["missed"], r["class"]))

    def to_json(self):
        return {"by_class": self.rows(False), "by_class_pair": self.rows(True)}


def share(part, whole):
    """None where there is nothing to divide by: shown as "–", never as 0 or 1."""
    return part / whole if whole else None


def f1(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision and recall else None
