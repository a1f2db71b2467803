#!/usr/bin/env python3
"""`bidui import --watch` and `bidui run`: what may be taken and when, where it goes, in which order;
killed at any point no file is lost and none imported twice. Nothing here waits for a clock: a watch
says what it did in a line, and --once ends."""
import glob
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

BIDUI = sys.argv[1]
ENV = {**os.environ, "LANG": "zh_CN.UTF-8"}
HEADER = "户编号,人编号,姓名,证件号码"
DONE, HELD, WRONG, FAILED = 0, 1, 2, 3


def run(*arguments, status=DONE):
    ended = subprocess.run([BIDUI, *arguments], capture_output=True, text=True, env=ENV, check=False)
    assert ended.returncode == status, (arguments, ended.returncode, ended.stdout, ended.stderr)
    return ended.stdout


def once(status=DONE, settle="0", ws="ws", *more):
    return run("import", "-w", ws, "--watch", "drop", "--once", "--settle", settle, *more, status=status)


def write(path, rows, header=HEADER):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(header + "\n" + "".join(row + "\n" for row in rows))


def deliveries(ws="ws"):
    return {d["name"]: d for d in json.loads(run("deliveries", "-w", ws, "--json"))}


def moved(where, name):
    found = glob.glob(f"drop/{where}/*/{glob.escape(name)}")
    assert len(found) == 1, (where, name, found)
    return found[0]


def report(where, name):
    with open(moved(where, name) + ".report.txt", encoding="utf-8") as file:
        return file.read()


def start(*arguments):
    return subprocess.Popen([BIDUI, *arguments], stdout=subprocess.PIPE, text=True, env=ENV)


def what_is_taken():
    write("drop/poverty/20171120.csv", ["H1,P1,王,", "H1,P2,,"])
    write("drop/housing@county/危房2017年11月20日.csv", ["F1,李"], "档案号,户主姓名")
    write("drop/civil-2017.10.31.csv", ["C1,F1,王,"], "人员编号,户号,姓名,公民身份号码")
    write("drop/全县/名单20171121.csv", ["H1,P1,王,,一般贫困户,未脱贫"], HEADER + ",贫困户属性,脱贫属性")
    for name in (".x20171120.csv", "~$x20171120.csv", "x20171120.csv.part", "x20171120.tmp"):
        write("drop/" + name, ["H1,P1,王,"])
    write("drop/poverty/undated.csv", ["H1,P1,王,"])
    write("drop/which20171120.csv", ["1,2"], "甲,乙")
    write("drop/poverty/20171122.csv", ["H1,P1,王,,新增"], HEADER + ",操作")
    said = once(FAILED)
    assert set(deliveries()) == {"poverty:340826:2017-11-20", "poverty:340826:2017-11-21",
                                 "housing@county:340826:2017-11-20", "civil:340826:2017-10-31"}, said
    assert "必填字段为空" in report("done", "20171120.csv")
    assert os.path.exists(moved("done", "20171120.csv") + ".rejects.csv")
    run("report", "verify", "-w", "ws", moved("done", "20171120.csv") + ".rejects.csv")
    assert "没有数据的截止日期" in report("failed", "undated.csv")
    assert "没有认出表头" in report("failed", "which20171120.csv")
    assert "整份名单还是只有变动" in report("failed", "20171122.csv")
    assert sorted(f for f in os.listdir("drop") if os.path.isfile("drop/" + f)) == [
        ".bidui-watch.lock", ".x20171120.csv", "x20171120.csv.part", "x20171120.tmp", "~$x20171120.csv"]
    write("drop/poverty/again20171120.csv", ["H1,P1,王,", "H1,P2,,"])
    once()
    assert "同一文件已经导入过" in report("done", "again20171120.csv")
    os.utime(moved("failed", "undated.csv"), (1511200000, 1511200000))
    os.rename(moved("failed", "undated.csv"), "drop/poverty/undated.csv")
    once(DONE, "0", "ws", "--as-of", "modified", "--replace")


def when_it_is_taken():
    """A file that somebody has open, or that changed just now, is left."""
    write("drop/poverty/20180120.csv", ["H1,P1,王,"])
    with open("drop/poverty/20180120.csv", "a", encoding="utf-8") as writer:
        once(FAILED)
        writer.write("H1,P3,李,\n")
        writer.flush()
        once(FAILED)
        assert os.path.exists("drop/poverty/20180120.csv")
    assert "暂留原处" in once(FAILED, settle="100000")
    once()
    assert deliveries()["poverty:340826:2018-01-20"]["rows"]["loaded"] == 2


def in_which_order():
    """Changes after what they change, however they are called."""
    write("drop/poverty/a变动20180220.csv", ["H1,P1,王二,,变更", "H1,P3,,,删除"], HEADER + ",操作")
    write("drop/poverty/b20180201.csv", ["H1,P1,王,", "H1,P3,李,"])
    once()
    assert deliveries()["poverty:340826:2018-02-20"]["rows"]["loaded"] == 1


def while_it_watches():
    watch = start("import", "-w", "ws", "--watch", "drop", "--settle", "100000")
    assert "开始看管" in watch.stdout.readline()
    once(FAILED)  # one watch for a folder
    write("drop/poverty/20180301.csv", ["H1,P1,王,"])  # closed when written
    assert "20180301.csv  已导入" in watch.stdout.readline()
    write("elsewhere/x.csv", ["H1,P1,王,", "H2,P4,赵,"])
    os.rename("elsewhere/x.csv", "drop/poverty/20180302.csv")  # renamed at once
    assert "20180302.csv  已导入" in watch.stdout.readline()
    write("elsewhere/y.csv", ["C1,F1,王,", "C2,F2,赵,"], "人员编号,户号,姓名,公民身份号码")
    os.makedirs("elsewhere/civil")
    os.rename("elsewhere/y.csv", "elsewhere/civil/20180302.csv")
    os.rename("elsewhere/civil", "drop/civil")  # a folder that was not there: settled, or written to again
    with open("drop/civil/20180302.csv", "a", encoding="utf-8"):
        pass
    watch.send_signal(signal.SIGTERM)
    assert watch.wait() == DONE
    once()
    assert "civil:340826:2018-03-02" in deliveries()


def killed_at_any_point():
    """SIGKILL after ever longer: each file stands at one place, and is one delivery in the end."""
    run("init", "-w", "killed", "--division", "340826")
    days = [f"2018-04-{day:02}" for day in range(1, 9)]
    for n, day in enumerate(days):
        write(f"drop/poverty/k{day}.csv", [f"H{i},P{i},王{n},"for i in range(300)])
    delay, kills = 0.01, 0
    while glob.glob("drop/poverty/k*.csv"):
        watch = start("import", "-w", "killed", "--watch", "drop", "--once", "--settle", "0")
        try:
            watch.communicate(timeout=delay)
        except subprocess.TimeoutExpired:
            watch.kill()
            watch.communicate()
            kills += 1
        delay *= 1.15
        for day in days:
            places = [p for p in glob.glob(f"drop/**/k{day}*.csv", recursive=True) if "rejects" not in p]
            assert len(places) == 1, places
        assert delay < 60, "it never gets on"
    assert kills > 5, kills
    assert set(deliveries("killed")) == {f"poverty:340826:{day}" for day in days}
    assert all(d["rows"]["loaded"] == 300 for d in deliveries("killed").values())
    assert not glob.glob("drop/failed/*/k*")


def with_a_service():
    """The service that has the workspace open does the work."""
    subprocess.run([BIDUI, "user", "add", "-w", "ws", "ann", "--name", "安", "--role", "county"], text=True,
                   input="correct horse battery\n", env=ENV, check=True, capture_output=True)
    serve = start("serve", "-w", "ws", "--plain", "--listen", "127.0.0.1:0")
    assert "127.0.0.1" in serve.stdout.readline()
    write("drop/poverty/20180501.csv", ["H1,P1,王,"])
    once()
    assert "poverty:340826:2018-05-01" in deliveries()
    plan_of("ws", {"watch": {"folder": "../drop", "settle": 0}})
    assert "R0001" in run("run", "-w", "ws")
    serve.send_signal(signal.SIGTERM)
    serve.communicate()


def plan_of(ws, plan):
    with open(f"{ws}/run.json", "w", encoding="utf-8") as file:
        json.dump(plan, file)


def what_is_due():
    run("init", "-w", "due", "--division", "340826")
    run("run", "-w", "due", status=FAILED)  # no plan
    plan_of("due", {"compare": "sometimes"})
    run("run", "-w", "due", status=FAILED)
    write("drop/poverty/20180601.csv", ["H1,P1,王,"])
    write("./civil.csv", ["C1,F1,王,"], "人员编号,户号,姓名,公民身份号码")
    plan = {"watch": {"folder": "../drop", "settle": 0}, "report": {"out": "../out"},
            "imports": [{"source": "civil", "as_of": "2018-05-31", "file": "../civil.csv"}]}
    plan_of("due", plan)
    first = run("run", "-w", "due").splitlines()
    assert [line.split("  ")[1] for line in first[1:]] == ["投放目录", "导入 civil", "比对", "报告"], first
    run("report", "verify", "-w", "due", "out/R0001")
    second = run("run", "-w", "due")
    assert "没有变化" in second and "不必再比对" in second and "已有" in second, second
    plan["imports"].append({"source": "death", "as_of": "today", "file": "gone.csv"})
    plan_of("due", plan)
    write("drop/poverty/20180602.csv", ["H1,P1,王,", "H1,P2,李,"])
    third = run("run", "-w", "due", status=FAILED)  # the rest is done all the same
    assert "R0002" in third and "没有这个文件" in third, third
    assert os.path.exists("out/R0002/manifest.json")
    assert not glob.glob("due/.run.said*")


with tempfile.TemporaryDirectory() as place:
    os.chdir(place)
    run("init", "-w", "ws", "--division", "340826")
    run("import", "-w", "ws", "--watch", "drop", "--once", status=FAILED)
    os.mkdir("drop")
    for part in (what_is_taken, when_it_is_taken, in_which_order, while_it_watches, killed_at_any_point,
                 with_a_service, what_is_due):
        begun = time.monotonic()
        part()
        print(f"{part.__name__} {time.monotonic() - begun:.1f} s")
