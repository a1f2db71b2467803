"""A naive baseline with rapidfuzz: the best match within blocks: rapidfuzz_people.py LEFT RIGHT FOLDER

No model, no training: the mean of the similarities of name, ID number and birth date (over characters, a missing
value counts .5), best first, from LEAST_SIMILARITY on."""
import sys

import answer
import duckdb
import numpy
import people
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, OSA

LEAST_SIMILARITY = .8
BLOCKS = ("l.id17 = r.id17", "l.name = r.name AND l.birth_year = r.birth_year",
          "l.birth = r.birth AND l.sex = r.sex AND l.character_1 = r.character_1",
          "l.birth = r.birth AND l.phone = r.phone", "l.name = r.name AND l.village = r.village")
SCORERS = {"name": JaroWinkler.normalized_similarity, "id17": OSA.normalized_similarity,
           "birth": OSA.normalized_similarity}


def candidates(connection):
    """A pandas frame: left_id, right_id and both sides' fields, empty where missing."""
    fields = ", ".join(f"coalesce({s}.{f}, '') AS {f}_{s}" for f in SCORERS for s in "lr")
    rules = " UNION ".join(f"SELECT l.rowid AS a, r.rowid AS b FROM left_people l JOIN right_people r ON {rule}"
                           for rule in BLOCKS)
    return connection.execute(
        f"SELECT l.unique_id AS left_id, r.unique_id AS right_id, {fields} FROM ({rules}) "
        "JOIN left_people l ON l.rowid = a JOIN right_people r ON r.rowid = b").df()


def similarity(pairs, field, scorer):
    left, right = pairs[f"{field}_l"].to_numpy(), pairs[f"{field}_r"].to_numpy()
    known = (left != "") & (right != "")
    return numpy.where(known, process.cpdist(left, right, scorer=scorer, workers=1), .5)


def main(left_path, right_path, folder):
    connection = duckdb.connect()
    people.load(connection, left_path, right_path)
    pairs = candidates(connection)
    score = numpy.mean([similarity(pairs, field, scorer) for field, scorer in SCORERS.items()], axis=0)
    good = score >= LEAST_SIMILARITY
    scored = zip(pairs["left_id"][good], pairs["right_id"][good], score[good].tolist())
    answer.write(folder, answer.one_to_one(scored), len(pairs), least_weight=LEAST_SIMILARITY)


if __name__ == "__main__":
    main(*sys.argv[1:4])
