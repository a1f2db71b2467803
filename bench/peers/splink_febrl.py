"""Splink 5 on FEBRL 3 or 4, with the comparisons of its documentation for people: splink_febrl.py FOLDER FILE [FILE]

One file is deduplicated (pairs closed to clusters), two are linked one-to-one."""
import sys

import answer
import duckdb
import splink.comparison_library as comparisons
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

LEAST_PROBABILITY = .001  # low, for the best F1 over all thresholds is wanted


def settings(link_type):
    return SettingsCreator(
        link_type=link_type, unique_id_column_name="rec_id",
        comparisons=[
            comparisons.JaroWinklerAtThresholds("given_name", [.9, .75]).configure(term_frequency_adjustments=True),
            comparisons.JaroWinklerAtThresholds("surname", [.9, .75]).configure(term_frequency_adjustments=True),
            comparisons.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            comparisons.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            comparisons.JaroWinklerAtThresholds("address_1", [.9, .75]),
            comparisons.JaroWinklerAtThresholds("suburb", [.9, .75]),
            comparisons.DamerauLevenshteinAtThresholds("postcode", [1]),
            comparisons.ExactMatch("street_number"),
            comparisons.ExactMatch("state")],
        blocking_rules_to_generate_predictions=[
            block_on("soc_sec_id"), block_on("date_of_birth"), block_on("given_name", "surname"),
            block_on("surname", "postcode"), block_on("given_name", "postcode"), block_on("address_1", "suburb"),
            block_on("substr(surname, 1, 3)", "substr(given_name, 1, 3)")])


def load(connection, name, path):
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv(?, header = true, all_varchar = true)", [path])
    for (column,) in connection.execute(f"SELECT column_name FROM (DESCRIBE {name})").fetchall():
        connection.execute(f"UPDATE {name} SET {column} = nullif(trim({column}), '')")


def main(folder, *paths):
    connection = duckdb.connect()
    api = DuckDBAPI(connection)
    tables = []
    for name, path in zip(("a", "b"), paths):
        load(connection, name, path)
        tables.append(api.register(name, dataset_display_name=name))
    linker = Linker(tables, settings("link_only" if len(paths) == 2 else "dedupe_only"), log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")], recall=.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("soc_sec_id"), block_on("date_of_birth"), block_on("given_name", "surname")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    compared = linker.inference.compute_blocked_pairs_for_predict()
    count = connection.execute(f"SELECT count(*) FROM {compared.physical_name}").fetchall()[0][0]
    scored = linker.inference.predict(threshold_match_probability=LEAST_PROBABILITY)
    pairs = connection.execute(f"SELECT rec_id_l, rec_id_r, match_weight FROM {scored.physical_name}").fetchall()
    answer.write(folder, (answer.one_to_one if len(paths) == 2 else answer.closed)(pairs), count)


if __name__ == "__main__":
    main(*sys.argv[1:])
