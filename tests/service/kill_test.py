"""kill_test.py BIDUI WORLD SOURCE_DIR [KILLS]: kill -9 while people look up and take steps.

What was answered is there afterwards: the audit log verifies, holds an entry for every answer, every step about a
flag that was acknowledged stands, and sent again under its key it gets the answer that it got then."""
import http.client
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading

BIDUI, WORLD, SOURCE = sys.argv[1:4]
KILLS = int(sys.argv[4]) if len(sys.argv) > 4 else 2
PASSWORD = "long enough for a test"


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, f"{command}: status {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


class Client:
    def __init__(self, port):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        status, headers, session = self.ask("POST", "/api/v1/sessions", {"account": "tow", "password": PASSWORD})
        assert status == 201, session
        self.cookie = headers["Set-Cookie"].split(";")[0]
        self.csrf = session["csrf"]

    def ask(self, method, path, body=None, key=None):
        headers = {"Content-Type": "application/json"}
        if hasattr(self, "cookie"):
            headers.update({"Cookie": self.cookie, "X-CSRF-Token": self.csrf})
        if key:
            headers["Idempotency-Key"] = key
        self.http.request(method, path, json.dumps(body), headers)
        answer = self.http.getresponse()
        text = answer.read()
        return answer.status, answer.headers, json.loads(text) if text else None


def work(port, flags, told, seed):
    """Until the service is gone: look-ups, and now and then a flag that is assigned."""
    chance = random.Random(seed)
    try:
        client = Client(port)
        while True:
            if flags and chance.random() < .2:
                flag = flags.pop()
                order = {"flags": [flag], "action": "assign", "assignee": "someone", "date": "2099-01-01"}
                status, _, answer = client.ask("POST", "/api/v1/flags/steps", order, f"key-of-{flag}")
                assert status == 200, answer
                told["assigned"].append((flag, order, answer))
            else:
                status, _, answer = client.ask("POST", "/api/v1/lookups", {"name": "王伟"})
                assert status == 200, answer
            told["answers"].append(1)
            told["enough"].set() if len(told["answers"]) >= told["wanted"] else None
    except (ConnectionError, http.client.HTTPException, OSError):
        pass


def round_of(workspace, number, flags, assigned, answered):
    service = subprocess.Popen([BIDUI, "serve", "-w", workspace, "--listen", "127.0.0.1:0", "--plain"],
                               stdout=subprocess.PIPE, text=True, env={**os.environ, "BIDUI_LANG": "en"})
    port = int(re.search(r"127\.0\.0\.1:(\d+)", service.stdout.readline()).group(1))
    again = Client(port)
    for flag, order, answer in assigned[-3:]:
        assert again.ask("POST", "/api/v1/flags/steps", order, f"key-of-{flag}")[2] == answer
        order = {**order, "assignee": "another"}
        assert again.ask("POST", "/api/v1/flags/steps", order, f"key-of-{flag}")[0] == 409
    told = {"assigned": [], "answers": [], "enough": threading.Event(), "wanted": random.Random(number).randrange(20, 80)}
    clients = [threading.Thread(target=work, args=(port, flags, told, 10 * number + c)) for c in range(4)]
    for client in clients:
        client.start()
    assert told["enough"].wait(60)
    service.send_signal(signal.SIGKILL)
    service.wait()
    for client in clients:
        client.join()
    assigned += told["assigned"]
    answered += len(told["answers"])
    check = json.loads(run(BIDUI, "audit", "-w", workspace, "verify", "--json"))
    assert check["holds"], check
    entries = int(check["head"].split("-")[0])
    assert entries >= answered, (entries, answered)
    known = json.loads(run(BIDUI, "flag", "list", "-w", workspace, "--state", "assigned", "--json"))
    there = {flag["flag_id"] for flag in known["flags"]}
    acknowledged = {flag for flag, _, _ in assigned}
    assert acknowledged <= there, acknowledged - there
    return answered


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    workspace = folder / "ws"
    run(WORLD, "--people", "3000", "--seed", "5", "--out", folder / "world")
    run(BIDUI, "init", "-w", workspace, "--division", "340826")
    for line in run(sys.executable, f"{SOURCE}/script/list_deliveries", folder / "world/deliveries.json").splitlines():
        source, as_of, coverage, *files = line.split("\t")
        run(BIDUI, "import", "-w", workspace, "--source", source, "--as-of", as_of, "--coverage", coverage,
            *(folder / "world" / f for f in files))
    run(BIDUI, "compare", "-w", workspace, "--no-report")
    raised = json.loads(run(BIDUI, "flag", "list", "-w", workspace, "--json"))["flags"]
    town = raised[0]["division"][:9]
    run(BIDUI, "user", "add", "-w", workspace, "tow", "--name", "tow", "--role", "township", "--scope", town,
        input=PASSWORD + "\n")
    open_flags = [flag["flag_id"] for flag in raised if flag["division"].startswith(town)]
    done, answers = [], 0
    for kill in range(KILLS):
        answers = round_of(workspace, kill, open_flags, done, answers)
    print(f"{KILLS} kills, {answers} answers, {len(done)} steps: all there")
