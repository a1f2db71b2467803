"""recordlinkage 0.16 with ECM on FEBRL 3 or 4, after its own example: recordlinkage_febrl.py FOLDER FILE [FILE]

One file is deduplicated (pairs closed to clusters), two are linked one-to-one."""
import sys
import warnings

import answer
import ecm
import pandas
import recordlinkage

LEAST_WEIGHT = -10  # low, for the best F1 over all thresholds is wanted
BLOCKS = (["soc_sec_id"], ["date_of_birth"], ["given_name", "surname"], ["surname", "postcode"],
          ["given_name", "postcode"], ["address_1", "suburb"])


def compare(pairs, tables):
    compare = recordlinkage.Compare()
    for column in ("given_name", "surname", "address_1", "suburb"):
        compare.string(column, column, method="jarowinkler", threshold=.85, label=column)
    for column in ("date_of_birth", "soc_sec_id"):
        compare.string(column, column, method="damerau_levenshtein", threshold=.7, label=column)
    for column in ("state", "postcode", "street_number"):
        compare.exact(column, column, label=column)
    return compare.compute(pairs, *tables).fillna(0).astype(int)


def main(folder, *paths):
    warnings.simplefilter("ignore")
    tables = [pandas.read_csv(path, dtype=str, skipinitialspace=True).set_index("rec_id") for path in paths]
    index = recordlinkage.Index()
    for columns in BLOCKS:
        index.block(columns)
    pairs = index.index(*tables)
    weight = ecm.weights(compare(pairs, tables))
    scored = [(l, r, w) for (l, r), w in zip(pairs, weight.tolist()) if w >= LEAST_WEIGHT]
    answer.write(folder, (answer.one_to_one if len(paths) == 2 else answer.closed)(scored), len(pairs))


if __name__ == "__main__":
    main(*sys.argv[1:])
