"""backup_test.py BIDUI WORLD: backup, restore and check of a workspace, at rest, while it is served, killed and damaged."""
import atexit
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

BIDUI, WORLD = sys.argv[1:3]
CHINESE = {**os.environ, "BIDUI_LANG": "zh"}
ENGLISH = {**os.environ, "BIDUI_LANG": "en"}


def bidui(*arguments, status=0, env=CHINESE, typed=""):
    done = subprocess.run([BIDUI, *map(str, arguments)], capture_output=True, text=True, check=False, env=env, timeout=120,
                          input=typed)
    assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def states(workspace):
    return {flag["flag_id"]: flag["state"] for flag in json.loads(bidui("flag", "list", "-w", workspace, "--json").stdout)["flags"]}


def assign(workspace, flag):
    bidui("flag", "assign", "-w", workspace, flag, "--as", "township", "--by", "李", "--to", "王")


def restore(backup, workspace, key, status=0, env=CHINESE):
    shutil.copy(key, f"{workspace}.key")
    return bidui("restore", backup, "-w", workspace, status=status, env=env)


def flip(file, at=None):
    """One bit of it."""
    with open(file, "r+b") as opened:
        size = opened.seek(0, os.SEEK_END)
        opened.seek(size // 2 if at is None else at)
        byte = opened.read(1)
        opened.seek(-1, os.SEEK_CUR)
        opened.write(bytes([byte[0] ^ 1]))


def check_goes_and_comes_back(folder, workspace, key):
    backup = folder / "at rest"
    said = bidui("backup", "-w", workspace, backup).stdout
    assert "备份里没有密钥" in said and "同一磁盘" in said, said
    assert not list(backup.rglob("*.key")) and key.read_bytes() not in (backup / "store/STORE").read_bytes()
    bidui("backup", "-w", workspace, backup, status=3)  # it is there already
    restored = folder / "restored"
    restore(backup, restored, key)
    assert states(restored) == states(workspace)
    assert (restored / "bidui.json").read_bytes() == (workspace / "bidui.json").read_bytes()
    assert json.loads(bidui("check", "-w", restored, "--json").stdout)["holds"]
    restore(backup, restored, key, status=3)  # there is something already
    assert not pathlib.Path(f"{restored}.partial").exists()
    return backup


def check_damage_is_named(folder, backup, key):
    for number, name in enumerate(["bidui.json", "store/db/CURRENT", next(backup.glob("store/db/*.sst")).relative_to(backup),
                                   next(backup.glob("reports/*/links.csv")).relative_to(backup)]):
        damaged = folder / f"damaged{number}"
        shutil.copytree(backup, damaged)
        flip(damaged / name)
        target = folder / f"of damaged{number}"
        assert str(name) in restore(damaged, target, key, status=3).stderr
        (damaged / name).unlink()
        assert str(name) in restore(damaged, target, key, status=3, env=ENGLISH).stderr
        assert not target.exists() and not pathlib.Path(f"{target}.partial").exists()
        shutil.rmtree(damaged)
    listed = json.loads((backup / "backup.json").read_text())
    listed["files"][0]["path"] = "../outside"
    outside = folder / "outside list"
    outside.mkdir()
    (outside / "backup.json").write_text(json.dumps(listed))
    assert "backup.json" in restore(outside, folder / "of outside", key, status=3).stderr


def check_key_is_needed(folder, backup, key):
    target = folder / "without key"
    assert "密钥" in bidui("restore", backup, "-w", target, status=3).stderr
    other = folder / "other"
    bidui("init", "-w", other, "--division", "340826")
    assert "密钥" in bidui("restore", backup, "-w", target, "--key-file", f"{other}.key", status=3).stderr
    assert not target.exists() and not pathlib.Path(f"{target}.partial").exists()
    bidui("restore", backup, "-w", target, "--key-file", key)


def check_while_it_is_served(folder, workspace, key):
    service = subprocess.Popen([BIDUI, "serve", "-w", workspace, "--listen", "127.0.0.1:0", "--plain"], stdout=subprocess.PIPE,
                               text=True, env=ENGLISH)
    atexit.register(service.kill)
    assert re.search(r"127\.0\.0\.1:(\d+)", service.stdout.readline())
    open_flags = [flag for flag, state in states(workspace).items() if state == "open"][:12]
    done = []

    def work():
        for flag in open_flags:
            assign(workspace, flag)
            done.append(flag)

    worker = threading.Thread(target=work)
    worker.start()
    backups = []
    while worker.is_alive():
        before = list(done)
        backups.append((folder / f"served{len(backups)}", before))
        bidui("backup", "-w", workspace, backups[-1][0])
    worker.join()
    assert len(done) == len(open_flags)
    for backup, before in backups[-2:]:
        restored = folder / f"of {backup.name}"
        restore(backup, restored, key)
        there = states(restored)
        assert all(there[flag] == "assigned" for flag in before)
        assert json.loads(bidui("audit", "-w", restored, "verify", "--json").stdout)["holds"]
    service.send_signal(signal.SIGTERM)
    assert service.wait(60) == 0


def check_kills(folder, workspace, key, former):
    chance = random.Random(7)
    listed = (former / "backup.json").read_bytes()
    target = folder / "killed"
    finished = 0
    delay = .001
    while finished < 3:
        process = subprocess.Popen([BIDUI, "backup", "-w", workspace, target], stdout=subprocess.DEVNULL, env=CHINESE)
        try:
            process.wait(delay * chance.random())
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        delay *= 1.3
        if target.exists():  # then it is whole
            finished += 1
            restore(target, folder / f"of killed{finished}", key)
            shutil.rmtree(target)
    assert (former / "backup.json").read_bytes() == listed
    restore(former, folder / "of former", key)


def findings(workspace, status, env=CHINESE):
    check = json.loads(bidui("check", "-w", workspace, "--json", status=status, env=env).stdout)
    assert check["holds"] == (status == 0)
    return {finding["kind"]: finding for finding in check["findings"]}


def check_what_does_not_hold_is_found(folder, backup, key):
    def again(name):
        restore(backup, folder / name, key)
        return folder / name

    assert findings(again("sound"), 0) == {}
    workspace = again("file")
    flip(max(workspace.glob("store/db/*.sst"), key=lambda file: file.stat().st_size))
    found = findings(workspace, 1, ENGLISH)
    assert "store" in found and ".sst" in found["store"]["place"] and "restore" in found["store"]["advice"], found
    assert "与写入时不同" in bidui("check", "-w", workspace, status=1).stdout
    workspace = again("mode")
    os.chmod(f"{workspace}.key", 0o644)
    assert "chmod 600" in findings(workspace, 1)["mode"]["advice"]
    workspace = again("tables")
    bidui("report", "R0001", "-w", workspace)
    assert findings(workspace, 0) == {}
    flip(workspace / "reports/R0001/report.html")
    assert "R0001" in findings(workspace, 1)["reports"]["advice"]
    workspace = again("reports")
    run = next((workspace / "reports").iterdir())
    run.rename(workspace / "reports/R0999")
    found = findings(workspace, 0)  # both harmless
    assert run.name in found["reports"]["advice"] and "R0999" in found["leftover"]["place"], found


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    world = folder / "world"
    subprocess.run([WORLD, "--people", "2000", "--seed", "3", "--out", world], check=True, capture_output=True)
    workspace, key = folder / "ws", folder / "ws.key"
    bidui("init", "-w", workspace, "--division", "340826")
    for entry in json.loads((world / "deliveries.json").read_text(encoding="utf-8")):
        bidui("import", "-w", workspace, "--source", entry["source"], "--as-of", entry["as_of"], world / entry["file"])
    bidui("compare", "-w", workspace)
    bidui("user", "add", "-w", workspace, "sec", "--name", "sec", "--role", "security_admin", typed="long enough for a test\n")
    former = check_goes_and_comes_back(folder, workspace, key)
    check_damage_is_named(folder, former, key)
    check_key_is_needed(folder, former, key)
    check_while_it_is_served(folder, workspace, key)
    check_kills(folder, workspace, key, former)
    check_what_does_not_hold_is_found(folder, former, key)
