"""flags.csv against the contradictions that the world knows of, rule by rule."""
import json
import os
from collections import Counter, defaultdict

from classes import f1, labels, share
from files import Refused, read_json, read_table

# Rules with one flag for each of several persons of a subject: the evidence's "each", the truth's `other`.
EACH = {"MEMBER_MISSING_IN_PR", "NATURAL_CHANGE_BIRTH", "NATURAL_CHANGE_MARRIAGE_IN", "NATURAL_CHANGE_OUT"}
NOT_SCORED = "not_scored"
# Rules whose two records say the same of each other: a flag on either is the flag.
EITHER = {"DUP_ACROSS_COUNTIES", "PERSON_TWO_IDS", "ID_SHARED_BY_TWO", "TK_AND_DB", "DB_URBAN_RURAL_DOUBLE",
          "HOUSE_SUBSIDY_REPEATED", "RELOCATION_TWICE"}
COLUMNS = ("rule", "source", "subject", "subject_kind", "status", "evidence")


def person_of(truth, reference):
    """"civil:C1" -> the person behind it, so that a person registered twice counts under either key."""
    source, _, key = reference.partition(":")
    person = truth.records.get(source, {}).get(key, ("", ""))[0]
    return person or reference


def flag_identity(truth, rule, source, subject, each):
    return (rule, source, subject, person_of(truth, each) if rule in EACH and each else "")


def read_flags(truth, report, expected, warnings):
    """Set of identities of the flags that stand; `gone` flags do not. And those that a flag explains: one cause, one
    flag, but the other rule is answered, too."""
    flags, explained, seen, repeated = set(), set(), set(), 0
    for rule, source, subject, kind, status, evidence in read_table(os.path.join(report, "flags.csv"), COLUMNS):
        if kind not in ("record", "household"):
            raise Refused(f"flags.csv: subject_kind '{kind}'")
        if status == "gone":
            continue
        content = json.loads(evidence) if rule in EACH or '"explains"' in evidence else {}
        each = content.get("each", "")
        identity = flag_identity(truth, rule, source, subject, each)
        repeated += identity in seen
        seen.add(identity)
        flags.add(expected.twin.get(identity, identity))
        for other in content.get("explains", ()):
            explained.add(flag_identity(truth, other, source, subject, each))
    if repeated:
        warnings.append(f"flags.csv: {repeated} flags repeat the identity of another")
    return flags, explained


def delivered_sources(truth, report):
    """The sources that the run compared; all that the truth knows where its manifest does not say."""
    deliveries = read_json(os.path.join(report, "summary.json")).get("deliveries")
    return {d["source"] for d in deliveries} if deliveries else set(truth.records)


class Expected:
    """identity -> what the truth says of it: "" for real, NOT_SCORED, or the exception's name; and who else is in it."""

    def __init__(self, truth, delivered):
        """`delivered`: the sources of the run; what the truth knows of another cannot be asked for."""
        self.verdict, self.others, self.kind, self.twin = {}, defaultdict(set), {}, {}
        for rule, source, subject, kind, other, exception in truth.contradictions():
            if source not in delivered or (":" in other and other.partition(":")[0] not in delivered):
                exception = NOT_SCORED
            identity = flag_identity(truth, rule, source, subject, other)
            if rule in EITHER and other:
                first = self.twin.get(identity, identity)
                self.twin.setdefault((rule, *other.split(":", 1), ""), first)
                identity = first
            self.kind[identity] = kind
            self.others[identity].add(other)
            known = self.verdict.get(identity)
            if known is None or exception == "" or (exception == NOT_SCORED and known != ""):
                self.verdict[identity] = exception


class Causes:
    """The error classes of the records that a contradiction rests on."""

    def __init__(self, truth):
        self.truth, self.members = truth, truth.memberships()

    def _errors_of(self, source, key):
        return self.truth.records.get(source, {}).get(key, ("", ""))[1]

    def of(self, identity, kind, others):
        _, source, subject, _ = identity
        texts = [self._errors_of(*o.split(":", 1)) for o in others if ":" in o]
        if kind == "household":
            people = self.truth.by_person(source) if source in self.truth.records else {}
            texts += [self._errors_of(source, key) for person in self.members.get(source, {}).get(subject, ())
                      for key in people.get(person, ())]
        else:
            texts.append(self._errors_of(source, subject))
        return labels(*texts)


def score_rule(rule, flags, explained, expected, causes):
    """One dict. Flags that the truth does not score are left out of both sides; what a flag of another rule explains
    counts where it is real, and never against the rule."""
    of_rule = {i: v for i, v in expected.verdict.items() if i[0] == rule}
    raised = {i for i in flags if i[0] == rule}
    real = {i for i, v in of_rule.items() if v == ""}
    raised |= explained & real
    scored = {i for i in raised if of_rule.get(i) != NOT_SCORED}
    good = scored & real
    missed, false, exceptions = Counter(), Counter(), {}
    for identity in real - raised:
        missed.update(f"{identity[1]}: {c}" for c in
                      causes.of(identity, expected.kind[identity], expected.others[identity]))
    for identity in scored - real:
        why = of_rule.get(identity)
        false.update(f"{identity[1]}: {c}" for c in
                     ([f"exception {why}"] if why else causes.of(identity, "household" if identity[3] else "record", ())))
    for name in sorted({v for v in of_rule.values() if v and v != NOT_SCORED}):
        cases = {i for i, v in of_rule.items() if v == name}
        exceptions[name] = {"cases": len(cases), "flagged": len(cases & raised)}
    precision, recall = share(len(good), len(scored)), share(len(good), len(real))
    cases = sum(e["cases"] for e in exceptions.values())
    return {"rule": rule, "real": len(real), "flags": len(raised), "scored": len(scored), "true": len(good),
            "precision": precision, "recall": recall, "f1": f1(precision, recall),
            "exceptions": cases, "exceptions_flagged": sum(e["flagged"] for e in exceptions.values()),
            "by_source": by_source(real, scored), "by_exception": exceptions,
            "missed_causes": dict(missed.most_common(12)), "false_causes": dict(false.most_common(12)),
            "missed_examples": sorted(":".join(i[1:3]) for i in real - raised)[:10],
            "false_examples": sorted(":".join(i[1:3]) for i in scored - real)[:10]}


def by_source(real, scored):
    sources = sorted({i[1] for i in real | scored})
    return {s: {"real": sum(i[1] == s for i in real), "scored": sum(i[1] == s for i in scored),
                "true": sum(i[1] == s for i in real & scored)} for s in sources}


def score_flags(truth, report, warnings):
    expected, causes = Expected(truth, delivered_sources(truth, report)), Causes(truth)
    flags, explained = read_flags(truth, report, expected, warnings)
    known = {i[0] for i in expected.verdict}
    unknown = sorted({i[0] for i in flags} - known)
    if unknown:
        warnings.append(f"flags.csv: rules without truth: {', '.join(unknown)}")
    return [score_rule(rule, flags, explained, expected, causes) for rule in sorted(known)]
