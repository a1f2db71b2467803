"""review_terminal_test.py BIDUI WORLD: judges pairs through a pseudo-terminal, as a person would, quits, goes on.

Makes a small world with bidui-world, so that nobody real is shown."""
import json
import os
import pty
import subprocess
import sys
import tempfile

BIDUI, WORLD = sys.argv[1:3]


def bidui(*arguments):
    return subprocess.run([BIDUI, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def type_keys(keys, *arguments):
    """What the program prints while `keys` are typed, one at each question."""
    process, terminal = pty.fork()
    if process == 0:
        os.execv(BIDUI, [BIDUI, *map(str, arguments)])
    shown = b""
    for key in keys:
        while not shown.endswith(b"> "):
            shown += os.read(terminal, 4096)
        os.write(terminal, key.encode())
        shown += os.read(terminal, 1)
    try:
        while chunk := os.read(terminal, 4096):
            shown += chunk
    except OSError:
        pass  # the program ended
    _, status = os.waitpid(process, 0)
    assert status == 0, status
    return shown.decode(errors="replace")


with tempfile.TemporaryDirectory() as folder:
    world, workspace = os.path.join(folder, "world"), os.path.join(folder, "ws")
    subprocess.run([WORLD, "--people", "2000", "--seed", "3", "--out", world], check=True, capture_output=True)
    bidui("init", "-w", workspace, "--division", "340826")
    with open(os.path.join(world, "deliveries.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            if entry["source"] in ("poverty", "civil"):
                bidui("import", "-w", workspace, "--source", entry["source"], "--as-of", entry["as_of"],
                      os.path.join(world, entry["file"]))
    bidui("compare", "-w", workspace)
    bidui("review", "sample", "-w", workspace, "--size", 20)
    judge = "review", "-w", workspace, "--as", "王"
    first = type_keys("12b3q", *judge)  # b goes back to the second pair, which 3 answers anew
    assert "1/20" in first and "3/20" in first, first
    report = json.loads(bidui("review", "report", "-w", workspace, "--json"))
    assert report["reviewers"] == [{"person": "王", "answered": 2, "cannot_tell": 1}], report["reviewers"]
    again = type_keys("q", *judge)
    assert "3/20" in again and "1/20" not in again, again
print("ok")
