"""What bench/peers shares between the programs; needs none of them: python3 peers_test.py (run by ctest)."""
import pathlib
import sys
import unittest

BENCH = pathlib.Path(__file__).resolve().parents[2] / "bench"
sys.path[:0] = [str(BENCH), str(BENCH / "peers")]
import answer  # noqa: E402
import report  # noqa: E402
import whole_process  # noqa: E402


class Answer(unittest.TestCase):
    def test_one_to_one_takes_the_best_first(self):
        pairs = [("a", "x", 3.0), ("a", "y", 5.0), ("b", "y", 4.0), ("b", "x", 1.0)]
        self.assertEqual(answer.one_to_one(pairs), [("a", "y", 5.0), ("b", "x", 1.0)])

    def test_ties_do_not_depend_on_the_order(self):
        pairs = [("b", "x", 1.0), ("a", "x", 1.0)]
        self.assertEqual(answer.one_to_one(pairs), answer.one_to_one(pairs[::-1]))

    def test_closed_pairs_have_the_weight_that_joined_them(self):
        closed = answer.closed([("a", "b", 9.0), ("c", "d", 8.0), ("b", "c", 2.0), ("a", "d", 1.0)])
        self.assertEqual({frozenset(p[:2]): p[2] for p in closed},
                         {frozenset(p): w for p, w in (("ab", 9.0), ("cd", 8.0), ("ac", 2.0), ("ad", 2.0), ("bc", 2.0),
                                                       ("bd", 2.0))})

    def test_weights_of_certainty_are_finite(self):
        self.assertAlmostEqual(answer.weight_of(.5), 0)
        self.assertGreater(answer.weight_of(1.0), 40)
        self.assertLess(answer.weight_of(0.0), -40)


class WholeProcess(unittest.TestCase):
    def test_status_and_cost(self):
        cost = whole_process.run([sys.executable, "-c", "raise SystemExit(7)"])
        self.assertEqual((cost.status, cost.timed_out), (7, False))
        self.assertGreater(cost.peak_mib, 1)

    def test_the_limit_ends_children_too(self):
        code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
        cost = whole_process.run([sys.executable, "-c", code], limit=.5)
        self.assertTrue(cost.timed_out)
        self.assertLess(cost.status, 0)
        self.assertLess(cost.seconds, 30)


class Report(unittest.TestCase):
    def test_medians_and_failures(self):
        costs = [whole_process.Cost(s, s / 2, 0, 100, 0, False) for s in (1.0, 9.0, 2.0)]
        judged = dict.fromkeys((*report.COLUMNS, "true_pairs", "links", "false_links", "missed", "by_class"), 0)
        judged["precision"] = None
        row = report.row("standard", "bidui", costs, judged, None)
        self.assertEqual((row["wall_s"], row["user_s"]), (2.0, 1.0))
        self.assertTrue(report.table_row(row).startswith("| bidui | – |"))
        self.assertTrue(report.table_row(row).endswith("| – |"))
        failed = report.failed_row("standard", "splink", "stopped after 600 s")
        self.assertEqual(report.table_row(failed).count("|"), report.table_row(row).count("|"))
        self.assertEqual(report.comparisons([row, failed]), [])


if __name__ == "__main__":
    unittest.main()
