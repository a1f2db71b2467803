"""Splink 5 on DuckDB, tuned for Chinese registries: splink_people.py LEFT RIGHT FOLDER [--birth-date]

--birth-date adds the blocking rule on the birth date alone: more candidates, higher recall, slower.
DuckDB's string distances count UTF-8 bytes, so names are compared character by character in SQL."""
import sys

import answer
import duckdb
import people
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

ONE_CHARACTER = ("name_length_l = name_length_r AND " +
                 " + ".join(f"(character_{i}_l <> character_{i}_r)::int" for i in (1, 2, 3, 4)) + " <= 1")


def custom(column, *conditions):
    """A comparison with levels (SQL, label) between the exact level, with term frequencies where a column repeats,
    and the rest."""
    return comparisons.CustomComparison(output_column_name=column, comparison_levels=[
        levels.NullLevel(column),
        levels.ExactMatchLevel(column, term_frequency_adjustments=column in ("name", "address")),
        *(levels.CustomLevel(sql, label) for sql, label in conditions),
        levels.ElseLevel()])


def settings(birth_date_rule):
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            custom("name",
                   (f"{ONE_CHARACTER} AND character_1_l = character_1_r", "one character"),
                   (ONE_CHARACTER, "surname differs"),
                   ("contains(name_l, name_r) OR contains(name_r, name_l)", "character missing"),
                   ("character_1_l = character_1_r", "surname only")),
            # ASCII digits: bytes are characters here.
            custom("id17", ("damerau_levenshtein(id17_l, id17_r) <= 1", "one digit or a swap"),
                   ("id_date_l = id_date_r", "same date in it")),
            custom("birth", ("damerau_levenshtein(birth_l, birth_r) <= 1", "one digit or a swap"),
                   ("birth_l = birth_swapped_r", "day and month swapped"),
                   ("birth_day_l = birth_day_r AND abs(birth_year_l - birth_year_r) <= 1", "a year off"),
                   ("birth_year_l = birth_year_r", "same year")),
            comparisons.ExactMatch("sex"),
            comparisons.ExactMatch("phone"),
            custom("address", ("village_l = village_r AND house_l = house_r", "same house"),
                   ("village_l = village_r", "same village"))],
        blocking_rules_to_generate_predictions=[
            block_on("id17"),
            block_on("name", "birth_year"),
            block_on("birth", "sex", "character_1"),
            block_on("birth", "phone"),
            block_on("name", "village"),
            *([block_on("birth")] if birth_date_rule else [])],
        max_iterations=30)


def train(linker):
    sure = [block_on("id17"), block_on("name", "birth", "sex")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=.99)
    linker.training.estimate_u_using_random_sampling(max_pairs=1.1e6, seed=1)
    for rule in (block_on("id17"), block_on("birth", "village"), block_on("name", "village")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)


def main(left, right, folder, birth_date_rule):
    connection = duckdb.connect()
    people.load(connection, left, right)
    api = DuckDBAPI(connection)
    tables = [api.register(f"{side}_people", dataset_display_name=side) for side in ("left", "right")]
    linker = Linker(tables, settings(birth_date_rule), log_level=None)
    train(linker)
    compared = linker.inference.compute_blocked_pairs_for_predict()
    count = connection.execute(f"SELECT count(*) FROM {compared.physical_name}").fetchall()[0][0]
    scored = linker.inference.predict(threshold_match_probability=answer.LEAST_PROBABILITY)
    pairs = connection.execute(
        f"SELECT unique_id_l, unique_id_r, match_weight FROM {scored.physical_name}").fetchall()
    answer.write(folder, answer.one_to_one(pairs), count)


if __name__ == "__main__":
    main(*sys.argv[1:4], birth_date_rule="--birth-date" in sys.argv[4:])
