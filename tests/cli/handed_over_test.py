"""handed_over_test.py BIDUI WORLD: commands that write, while the service has the workspace open.

What they did is to be seen by the service at once; their paths, streams, language and exit status are the caller's."""
import atexit
import json
import os
import pathlib
import pty
import re
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

BIDUI, WORLD = sys.argv[1:3]
PASSWORD = "long enough for a test"
CHINESE = {**os.environ, "BIDUI_LANG": "zh"}
ENGLISH = {**os.environ, "BIDUI_LANG": "en"}


def bidui(*arguments, status=0, env=CHINESE, **more):
    done = subprocess.run([BIDUI, *map(str, arguments)], capture_output=True, text=True, check=False, env=env,
                          timeout=120, **more)
    assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


services = []
atexit.register(lambda: [service.kill() for service in services])


def serve(workspace, cwd=None):
    service = subprocess.Popen([BIDUI, "serve", "-w", workspace, "--listen", "127.0.0.1:0", "--plain"], cwd=cwd,
                               stdout=subprocess.PIPE, text=True, env=ENGLISH)
    services.append(service)
    port = int(re.search(r"127\.0\.0\.1:(\d+)", service.stdout.readline()).group(1))
    return service, port


def ask(port, method, path, body=None, **headers):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method,
                                     data=None if body is None else json.dumps(body).encode(),
                                     headers={"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.headers, json.loads(answer.read())


def sign_in(port):
    headers, _ = ask(port, "POST", "/api/v1/sessions", {"account": "ann", "password": PASSWORD})
    return headers["Set-Cookie"].split(";")[0]


def deliveries(world):
    return json.loads((world / "deliveries.json").read_text(encoding="utf-8"))


def import_arguments(workspace, entry):
    return "import", "-w", workspace, "--source", entry["source"], "--as-of", entry["as_of"], entry["file"]


def review_by_keyboard(workspace):
    """A reviewer who sits at a question: the process and its terminal."""
    process, terminal = pty.fork()
    if process == 0:
        os.execve(BIDUI, [BIDUI, "review", "-w", str(workspace), "--as", "王"], CHINESE)
    shown = b""
    while not shown.endswith(b"> "):
        shown += os.read(terminal, 4096)
    return process, terminal


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    world = folder / "world"
    subprocess.run([WORLD, "--people", "2000", "--seed", "3", "--out", world], check=True, capture_output=True)
    # A path longer than a socket's name may be.
    (folder / ("x" * 120)).mkdir()
    workspace = folder / ("x" * 120) / "ws"
    bidui("init", "-w", workspace, "--division", "340826")
    bidui("user", "add", "-w", workspace, "ann", "--name", "安", "--role", "county", input=PASSWORD + "\n")
    # The service was started with a relative path; the callers' relative paths are their own.
    service, port = serve("ws", cwd=workspace.parent)
    assert (workspace / "service.sock").stat().st_mode & 0o777 == 0o600
    for entry in deliveries(world):
        done = bidui(*import_arguments(os.path.relpath(workspace, world), entry), cwd=world)
        assert "导入" in done.stdout, done.stdout
    assert "比对" in bidui("compare", "-w", workspace).stdout
    assert "links" in bidui("compare", "-w", workspace, env=ENGLISH).stdout
    cookie = sign_in(port)
    assert [r["run"] for r in ask(port, "GET", "/api/v1/runs", Cookie=cookie)[1]["runs"]] == ["R0002", "R0001"]

    # Standard input that was read before the command was handed over is read where it runs.
    page = folder / "page.html"
    asked = ("report", "household", "-w", workspace, "--name", "-", "--by", "安", "--out", page)
    told = bidui(*asked, input="没有此人\n", status=3).stderr
    assert "都没有找到" in told, told

    # Flags, seen by the service at once.
    flag = json.loads(bidui("flag", "list", "-w", workspace, "--json").stdout)
    flag = flag["flags"][0]["flag_id"]
    bidui("flag", "assign", "-w", workspace, flag, "--as", "county", "--by", "安", "--to", "某村")
    assert ask(port, "GET", f"/api/v1/flags/{flag}", Cookie=cookie)[1]["flag"]["state"] == "assigned"

    # Mistakes: the caller's status and words.
    assert "no such" in bidui("flag", "assign", "-w", workspace, "NONE", "--as", "county", "--by", "a", status=3,
                              env=ENGLISH).stderr.lower()
    bidui("compare", "-w", workspace, "--no-such-option", status=2)
    # A second service is refused, not handed over.
    assert "另一个" in bidui("serve", "-w", workspace, "--plain", status=3).stderr

    # Somebody at the keyboard keeps nobody waiting; an account that changes is signed out.
    bidui("review", "sample", "-w", workspace, "--size", 20)
    reviewer, terminal = review_by_keyboard(workspace)
    bidui("user", "set", "-w", workspace, "ann", "--scope", "340826")
    try:
        ask(port, "GET", "/api/v1/runs", Cookie=cookie)
        raise AssertionError("a changed account is still signed in")
    except urllib.error.HTTPError as refused:
        assert refused.code == 401
    os.write(terminal, b"1")
    while b"2/20" not in os.read(terminal, 4096):
        pass
    # Output that nobody reads ends the command, not the service.
    subprocess.run(f"{BIDUI} compare -w '{workspace}' 2>&1 | true", shell=True, check=True, env=CHINESE)
    # A caller who is interrupted leaves nothing half done.
    interrupted = subprocess.Popen([BIDUI, "compare", "-w", workspace, "--full"], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
    interrupted.send_signal(signal.SIGINT)
    interrupted.wait()
    bidui("compare", "-w", workspace)
    bidui("audit", "verify", "-w", workspace)
    assert service.poll() is None

    # The service ends although somebody sits at a question: the command fails, the socket is gone.
    service.send_signal(signal.SIGTERM)
    ended = service.wait(60)
    assert ended == 0, ended
    _, status = os.waitpid(reviewer, 0)
    assert os.waitstatus_to_exitcode(status) == 3
    assert not (workspace / "service.sock").exists()
    report = json.loads(bidui("review", "report", "-w", workspace, "--json").stdout)
    assert report["reviewers"][0]["answered"] == 1, report["reviewers"]

    # The socket of a service that was killed is in nobody's way.
    service, port = serve(workspace)
    service.send_signal(signal.SIGKILL)
    service.wait()
    assert (workspace / "service.sock").exists()
    bidui("compare", "-w", workspace)
    service, port = serve(workspace)
    bidui("compare", "-w", workspace)
    service.send_signal(signal.SIGTERM)
    assert service.wait(60) == 0
print("ok")
