"""The judge on a world small enough to count by hand: python3 judge_test.py (run by ctest)."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

JUDGE = pathlib.Path(__file__).resolve().parents[2] / "bench" / "judge"
sys.path.insert(0, str(JUDGE))
import links as links_module  # noqa: E402
from files import Refused  # noqa: E402

TRUTH = {
    "records.csv": """source,key,row,person_id,household_id,errors,note
poverty,a1,2,P1,H1,,
poverty,a2,3,P2,H1,id_missing|name_homophone,
poverty,a3,4,P3,H2,id_missing,
allowance,b1,2,P1,H1,,
civil,c1,2,P1,H1,,
civil,c2,3,P2,H1,,
civil,c3,4,P3,H2,,
civil,c4,5,P4,H2,,
civil,c5,6,P4,H2,,second registration
""",
    "persons.csv": """person_id,name,birth,household_id,father,mother,spouse,twin
P1,甲,1950-01-01,H1,,,P2,0
P2,乙,1951-01-01,H1,,,P1,0
P3,丙,1980-01-01,H2,,P2,,1
P4,丁,1980-01-01,H2,,P2,,1
""",
    "households.csv": """source,source_household,person_id,household_id
poverty,A1,P1,H1
poverty,A1,P2,H1
poverty,A2,P3,H2
allowance,B1,P1,H1
civil,C1,P1,H1
civil,C1,P2,H1
civil,C2,P3,H2
civil,C2,P4,H2
""",
    "contradictions.csv": """rule,source,subject,subject_kind,other,planted,legitimate_exception,note
MEMBER_MISSING_IN_PR,poverty,A2,household,civil:c4,1,,
MEMBER_MISSING_IN_PR,poverty,A1,household,civil:c3,0,married_out,
ID_INVALID,poverty,a1,record,,1,,
ID_INVALID,poverty,a2,record,,1,,
ID_INVALID,poverty,a3,record,,1,not_scored,
""",
}
REPORT = {
    "links.csv": """left_source,left_key,right_source,right_key,weight,probability,decision,level,via
poverty,a1,civil,c1,20,1,link,L3,direct
poverty,a2,civil,c2,-1,.3,possible,L1,direct
poverty,a3,civil,c4,20,1,link,L2,direct
poverty,a1,allowance,b1,20,1,link,L3,entity
""",
    "households.csv": """left_source,left_household,right_source,right_household,shared,left_size,right_size,level
poverty,A1,civil,C1,1,2,2,L3
poverty,A2,civil,C1,1,1,2,L2
poverty,A1,allowance,B1,1,2,1,L1
""",
    "flags.csv": """flag_id,rule,source,subject,subject_kind,status,severity,level,division,evidence
1,MEMBER_MISSING_IN_PR,poverty,A2,household,new,high,L2,,"{""each"":""civil:c5""}"
2,MEMBER_MISSING_IN_PR,poverty,A1,household,new,high,L2,,"{""each"":""civil:c3""}"
3,ID_INVALID,poverty,a1,record,same,low,,,{}
4,ID_INVALID,poverty,a3,record,new,low,,,{}
5,ID_INVALID,civil,c1,record,new,low,,,{}
6,ID_INVALID,poverty,a2,record,gone,low,,,{}
""",
    "summary.json": "{}",
}


def write(folder, files):
    os.makedirs(folder, exist_ok=True)
    for name, text in files.items():
        pathlib.Path(folder, name).write_text(text, encoding="utf-8")


def run(program, *arguments):
    return subprocess.run([sys.executable, str(program), *arguments], capture_output=True, text=True, check=False)


class JudgeTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.world, self.report = os.path.join(self.folder.name, "world"), os.path.join(self.folder.name, "run")
        write(os.path.join(self.world, "truth"), TRUTH)
        write(self.report, REPORT)

    def tearDown(self):
        self.folder.cleanup()

    def judged(self):
        done = run(JUDGE, self.world, self.report, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def pair(self, name):
        return next(p for p in self.judged()["pairs"] if p["sources"] == name)

    def rule(self, name):
        return next(f for f in self.judged()["flags"] if f["rule"] == name)

    def test_only_decided_links_count(self):
        pair = self.pair("poverty~civil")
        self.assertEqual((pair["true_pairs"], pair["links"], pair["possible"], pair["true_possible"]), (3, 2, 1, 1))
        self.assertAlmostEqual(pair["precision"], 1 / 2)
        self.assertAlmostEqual(pair["recall"], 1 / 3)

    def test_misses_say_why(self):
        self.assertEqual(self.pair("poverty~civil")["misses"], {"possible only": 1, "left has another link": 1})

    def test_false_links_name_the_relation(self):
        self.assertEqual(self.pair("poverty~civil")["false_links"], {"twin, same birth": 1})

    def test_recall_by_class_and_pair_of_classes(self):
        pair = self.pair("poverty~civil")
        classes = {c["class"]: (c["total"], c["missed"]) for c in pair["by_class"] + pair["by_class_pair"]}
        self.assertEqual(classes, {"(clean)": (1, 0), "id_missing": (2, 2), "name_homophone": (1, 1),
                                   "id_missing + name_homophone": (1, 1)})

    def test_other_sources_and_turned_pairs(self):
        self.assertEqual(self.pair("poverty~allowance")["recall"], 1)
        text = REPORT["links.csv"].replace("poverty,a1,allowance,b1", "allowance,b1,poverty,a1")
        write(self.report, {"links.csv": text})
        self.assertEqual(self.pair("poverty~allowance")["recall"], 1)
        self.assertIn("wrong order", self.judged()["warnings"][0])

    def test_nothing_to_divide_by_is_no_figure(self):
        self.assertIsNone(self.pair("allowance~civil")["precision"])

    def test_households(self):
        rows = {h["sources"]: h for h in self.judged()["households"]}
        civil = rows["poverty~civil"]
        self.assertEqual((civil["true_pairs"], civil["links"], civil["precision"], civil["recall"]), (2, 2, .5, .5))
        self.assertEqual(civil["shared_exact"], 0)  # says 1, is 2
        self.assertEqual((rows["poverty~allowance"]["links"], rows["poverty~allowance"]["possible"]), (0, 1))

    def test_a_person_registered_twice_counts_under_either_key(self):
        rule = self.rule("MEMBER_MISSING_IN_PR")
        self.assertEqual((rule["real"], rule["flags"], rule["true"], rule["recall"]), (1, 2, 1, 1))

    def test_flagged_exceptions_are_named(self):
        self.assertEqual(self.rule("MEMBER_MISSING_IN_PR")["by_exception"], {"married_out": {"cases": 1, "flagged": 1}})

    def test_gone_flags_and_unscored_cases_do_not_count(self):
        rule = self.rule("ID_INVALID")
        self.assertEqual((rule["real"], rule["flags"], rule["scored"], rule["true"]), (2, 3, 2, 1))

    def add_truth(self, *rows):
        with open(os.path.join(self.world, "truth", "contradictions.csv"), "a", encoding="utf-8") as file:
            file.writelines(row + "\n" for row in rows)

    def test_either_of_two_records_may_be_the_subject(self):
        self.add_truth("PERSON_TWO_IDS,civil,c5,record,civil:c4,1,,", "PERSON_TWO_IDS,civil,c2,record,civil:c1,1,,")
        with open(os.path.join(self.report, "flags.csv"), "a", encoding="utf-8") as file:
            file.write("7,PERSON_TWO_IDS,civil,c4,record,new,low,,,{}\n8,PERSON_TWO_IDS,civil,c5,record,new,low,,,{}\n"
                       "9,PERSON_TWO_IDS,civil,c3,record,new,low,,,{}\n")
        rule = self.rule("PERSON_TWO_IDS")
        self.assertEqual((rule["real"], rule["flags"], rule["true"], rule["recall"]), (2, 2, 1, 0.5))

    def test_what_a_flag_explains_counts_where_it_is_real_and_never_against(self):
        self.add_truth("ID_NAME_CONFLICT,civil,c5,record,,1,,", "ID_NAME_CONFLICT,civil,c4,record,,1,,")
        with open(os.path.join(self.report, "flags.csv"), "a", encoding="utf-8") as file:
            file.write('7,ID_COPIED,civil,c5,record,new,low,,,"{""explains"":[""ID_NAME_CONFLICT""]}"\n'
                       '8,ID_COPIED,civil,c3,record,new,low,,,"{""explains"":[""ID_NAME_CONFLICT""]}"\n')
        rule = self.rule("ID_NAME_CONFLICT")
        self.assertEqual((rule["real"], rule["flags"], rule["true"]), (2, 1, 1))

    def test_truths_of_sources_that_were_not_compared_are_not_asked_for(self):
        self.add_truth("HAS_VEHICLE,poverty,A1,household,vehicle:v1,1,,", "HAS_VEHICLE,poverty,A2,household,,1,,")
        deliveries = [{"source": source} for source in ("poverty", "allowance", "civil")]
        write(self.report, {"summary.json": json.dumps({"deliveries": deliveries})})
        self.assertEqual(self.rule("HAS_VEHICLE")["real"], 1)
        self.assertEqual(self.rule("MEMBER_MISSING_IN_PR")["real"], 1)

    def test_causes_of_missed_flags(self):
        self.assertEqual(self.rule("ID_INVALID")["missed_causes"],
                         {"poverty: id_missing": 1, "poverty: name_homophone": 1})

    def test_missing_files_are_refused_by_name(self):
        for name in REPORT:
            with self.subTest(name):
                os.rename(os.path.join(self.report, name), os.path.join(self.report, "away"))
                done = run(JUDGE, self.world, self.report)
                self.assertEqual(done.returncode, 3)
                self.assertIn(name, done.stderr)
                os.rename(os.path.join(self.report, "away"), os.path.join(self.report, name))

    def test_a_missing_column_is_refused(self):
        write(self.report, {"flags.csv": "flag_id,rule\n"})
        self.assertIn("no column source", run(JUDGE, self.world, self.report).stderr)

    def test_the_text_shows_every_part(self):
        text = run(JUDGE, self.world, self.report).stdout
        for word in ("poverty~civil", "Household links", "MEMBER_MISSING_IN_PR", "id_missing"):
            self.assertIn(word, text)


class LinksTest(unittest.TestCase):
    TRUTH = {("a", "x"): "id_missing", ("b", "y"): "", ("c", "z"): ""}

    def test_figures(self):
        found = {("a", "x"): (9.0, "link"), ("b", "z"): (5.0, "link"), ("b", "y"): (-1.0, "possible")}
        result, missed, false = links_module.judge_links(self.TRUTH, found)
        self.assertEqual((result["links"], result["false_links"], result["missed"]), (2, 1, 2))
        self.assertEqual(result["best_f1"], 2 * 2 / 6)
        self.assertEqual([m[3] for m in missed], ["possible", "right linked elsewhere"])
        self.assertEqual(false, [("b", "z", 5.0)])

    def test_an_error_stands_alone_beside_mild_ones_only(self):
        truth = {("a", "x"): "id_missing|phone_missing", ("b", "y"): "id_missing|birth_year_off", ("c", "z"): "phone_missing"}
        result, _, _ = links_module.judge_links(truth, {("b", "y"): (9.0, "link")})
        rows = {r["class"]: r for r in result["by_class"]}
        self.assertEqual((rows["id_missing"]["alone"], rows["id_missing"]["recall_alone"]), (1, 0))
        self.assertEqual((rows["id_missing"]["total"], rows["id_missing"]["recall"]), (2, 0.5))
        self.assertEqual((rows["birth_year_off"]["alone"], rows["birth_year_off"]["recall_alone"]), (0, None))
        self.assertEqual(rows["phone_missing"]["alone"], 1)

    def test_pairs_of_one_file_count_either_way_round(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "links.csv")
            pathlib.Path(path).write_text("left_id,right_id,weight,probability,decision\nx,a,9,1,link\n")
            self.assertEqual(links_module.read_found(path, self.TRUTH), {("a", "x"): (9.0, "link")})

    def test_truth_without_classes(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "truth.csv")
            pathlib.Path(path).write_text("left_id,right_id\na,x\nb,\n")
            self.assertEqual(links_module.read_truth(path), {("a", "x"): ""})
            with self.assertRaises(Refused):
                links_module.read_truth(path + ".not")


if __name__ == "__main__":
    unittest.main()
