"""page_test.py BIDUI WORLD SOURCE_DIR [SCREENSHOTS]: the page in real Chromium on a real service.

A county of 6,000 people is made, imported and compared, `bidui serve` is started on a port that is free, and
tests/web/*_test.mjs walk each page's main path, on a desk's screen and on a phone's."""
import collections
import csv
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

BIDUI, WORLD, SOURCE = sys.argv[1:4]
ROLES = ("county", "data_officer", "auditor", "security_admin", "log_auditor", "township")
ALONE = "欧阳长庚"  # on a payroll, in no household
HOSTILE = "340826195507071018"  # of one whose name is a script
PASSWORD = "long enough for a test"


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, f"{command}: status {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def fill(workspace, world):
    run(BIDUI, "init", "-w", workspace, "--division", "340826")
    lists = run(sys.executable, f"{SOURCE}/script/list_deliveries", world / "deliveries.json")
    for line in lists.splitlines():
        source, as_of, coverage, *files = line.split("\t")
        run(BIDUI, "import", "-w", workspace, "--source", source, "--as-of", as_of, "--coverage", coverage,
            *(world / f for f in files))
    payroll = world / "payroll.csv"
    payroll.write_text("人员编号,姓名,身份证号,单位名称\n"
                       f"1,{ALONE},340826193102041014,县农机站\n"
                       f"2,<script>window.hacked=1</script>,{HOSTILE},<b>县农机站</b>\n", "utf-8")
    run(BIDUI, "import", "-w", workspace, "--source", "payroll", "--as-of", "2018-01-05", payroll)
    run(BIDUI, "compare", "-w", workspace, "--no-report")
    run(BIDUI, "compare", "-w", workspace)


def flags_of(workspace, *more):
    return json.loads(run(BIDUI, "flag", "list", "-w", workspace, *more, "--json"))["flags"]


def add_accounts(workspace):
    """The township's account is of the one that has most to do."""
    towns = collections.Counter(flag["division"][:9] for flag in flags_of(workspace))
    for role in ROLES:
        scope = ("--scope", towns.most_common(1)[0][0]) if role == "township" else ()
        run(BIDUI, "user", "add", "-w", workspace, role, "--name", role, "--role", role, *scope, input=PASSWORD + "\n")


def shared_name(world):
    """A name that several people of the civil registry bear."""
    for one in json.loads((world / "deliveries.json").read_text()):
        if one["source"] == "civil":
            rows = list(csv.DictReader((world / one["file"]).read_text("utf-8-sig").splitlines()))
    return collections.Counter(row["姓名"] for row in rows).most_common(1)[0][0]


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    workspace = folder / "ws"
    run(WORLD, "--people", "6000", "--seed", "3", "--out", folder / "world")
    fill(workspace, folder / "world")
    add_accounts(workspace)
    household = flags_of(workspace, "--rule", "MEMBER_MISSING_IN_PR")[0]["household"]
    service = subprocess.Popen([BIDUI, "serve", "-w", workspace, "--listen", "127.0.0.1:0", "--plain"],
                               stdout=subprocess.PIPE, text=True, env={**os.environ, "BIDUI_LANG": "en"})
    try:
        port = re.search(r"127\.0\.0\.1:(\d+)", service.stdout.readline()).group(1)
        accounts = {role: {"account": role, "password": PASSWORD} for role in ROLES}
        environment = {**os.environ, "BIDUI_URL": f"http://127.0.0.1:{port}", "BIDUI_ACCOUNTS": json.dumps(accounts),
                       "BIDUI_HOUSEHOLD": household, "BIDUI_NAME": shared_name(folder / "world"), "BIDUI_ALONE": ALONE,
                       "BIDUI_HOSTILE": HOSTILE}
        if len(sys.argv) > 4:
            environment["BIDUI_SCREENSHOTS"] = sys.argv[4]
        tests = sorted(str(t) for t in (pathlib.Path(SOURCE) / "tests/web").glob("*_test.mjs"))
        print(run("node", "--test", "--test-concurrency=2", *tests, env=environment)[-2000:])
    finally:
        service.send_signal(signal.SIGTERM)
        assert service.wait(30) == 0
