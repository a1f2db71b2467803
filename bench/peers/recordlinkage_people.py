"""recordlinkage 0.16 with its ECM classifier: recordlinkage_people.py LEFT RIGHT FOLDER

Candidates by blocks; binary comparisons, for ECM knows no levels; string distances are jellyfish's, over characters."""
import sys
import warnings

import answer
import ecm
import people
import recordlinkage

BLOCKS = (["id17"], ["name", "birth_year"], ["birth", "sex"])


def compare(pairs, left, right):
    compare = recordlinkage.Compare()
    # Of three characters one may differ (.67), of two none: else every Wang Wei is every Wang.
    compare.string("name", "name", method="levenshtein", threshold=.6, label="name")
    compare.string("id17", "id17", method="damerau_levenshtein", threshold=.93, label="id17")
    compare.string("birth", "birth", method="damerau_levenshtein", threshold=.75, label="birth")
    compare.exact("id17", "id17", label="id17_exact")
    compare.exact("sex", "sex", label="sex")
    compare.exact("phone", "phone", label="phone")
    compare.exact("village", "village", label="village")
    return compare.compute(pairs, left, right)


def main(left_path, right_path, folder):
    warnings.simplefilter("ignore")  # of pandas, about recordlinkage's ways
    left, right = people.load_frames(left_path, right_path)
    index = recordlinkage.Index()
    for columns in BLOCKS:
        index.block(columns)
    pairs = index.index(left, right)
    weight = ecm.weights(compare(pairs, left, right).fillna(0).astype(int))
    likely = weight >= answer.weight_of(answer.LEAST_PROBABILITY)
    scored = [(l, r, w) for (l, r), w in zip(pairs[likely], weight[likely].tolist())]
    answer.write(folder, answer.one_to_one(scored), len(pairs))


if __name__ == "__main__":
    main(*sys.argv[1:4])
