#!/usr/bin/env python3
"""Every command that writes tables for people, over records whose texts are formulas: no cell of what
they write would be run by a spreadsheet; each export has a manifest that holds; nothing is in full
unless it was asked for."""
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile

BIDUI = sys.argv[1]
HOSTILE = ["=cmd|'/c calc'!A0", "+1+1", "-2-3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1-1",
           "＠x", "王=甲", " =1+1", "\u200b=1", "'=1"]
MACHINE = {"links.csv", "households.csv", "flags.csv", "lineage.csv", "entities.csv"}  # contracts §3


def run(*arguments, status=0):
    ended = subprocess.run([BIDUI, *arguments], capture_output=True, text=True,
                           env={**os.environ, "LANG": "zh_CN.UTF-8"}, check=False)
    assert ended.returncode == status, (arguments, ended.returncode, ended.stdout, ended.stderr)
    return ended.stdout


def id_number(day, number):
    digits = "340826" + day + f"{number:03}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


def write(name, header, rows):
    with open(name, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header.split(","), *rows])


def write_deliveries():
    day = lambda i: f"1970{1 + i % 12:02}{1 + i % 28:02}"
    poverty, civil, allowance = [], [], []
    for i, text in enumerate(HOSTILE * 4):
        name = text + ("王伟" if i % 2 else "")
        place = [text + "镇", text + "村"] if i % 3 else ["下仓镇", "永丰村"]
        poverty.append([f"H{i}", f"{text}{i}", name, "男", id_number(day(i), i), day(i), "户主", *place,
                        "低保贫困户", "未脱贫", "+8613800138000", text])
        if i % 5:
            civil.append([f"C{i}", f"F{i}", "户主", name + "二", "男", day(i), id_number(day(i), i),
                          "下仓镇", text + "村", text])
        if i % 2:
            allowance.append([text + str(i), "1", "农村低保", text + "李", "男", day(i),
                              id_number(day(i), i), "户主", "A", *place, "201412", "在保"])
    poverty += [[t, t, "", "男", t, t, "户主", t, t, "", "", "", t] for t in HOSTILE]
    write("p.csv", "户编号,人编号,姓名,性别,证件号码,出生日期,与户主关系,乡(镇),行政村,贫困户属性,脱贫属性,联系电话,备注",
          poverty)
    write("c.csv", "人员编号,户号,与户主关系,姓名,性别,出生日期,公民身份号码,乡镇,村居委会,住址详址", civil)
    write("a.csv", "保障证号,序号,救助类别,家庭成员姓名,性别,出生日期,身份证件号码,与申请人关系,保障类别,"
          "乡镇,行政村,起保年月,状态", allowance)
    os.makedirs("=x")
    write("=x/=1.csv", "户编号,人编号,姓名,证件号码", [["H", "P", "甲", ""], ["H", "P2", "", ""]])


def would_run(cell):
    """As a spreadsheet looks at a CSV cell: by hand, not by the program's own rule."""
    if re.fullmatch(r"-[0-9][0-9.,]*|-|－|[+-][0-9]+", cell):
        return False
    return bool(re.match(r"[\t\r\n]|[\s\u200b-\u200d\u2060\ufeff]*[=+\-@＝＋－＠]", cell))


def check_csv(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    bad = [cell for cell in cells if would_run(cell)]
    assert not bad, (path, bad[:5])
    return cells


def check_workbook(path):
    """All text stands in cells of text, in the format for text: not even an edit runs it."""
    book = zipfile.ZipFile(path)
    styles = book.read("xl/styles.xml").decode()
    text = {"49", *re.findall(r'numFmtId="(\d+)" formatCode="@"', styles)}
    formats = re.findall(r'<xf numFmtId="(\d+)"', re.search(r"<cellXfs.*?</cellXfs>", styles, re.S)[0])
    cells = 0
    for name in book.namelist():
        if not name.startswith("xl/worksheets/sheet"):
            continue
        sheet = book.read(name).decode()
        assert "<f>" not in sheet and "<f " not in sheet, path
        for style, kind in re.findall(r'<c r="[A-Z]+\d+"(?: s="(\d+)")?(?: t="(\w+)")?', sheet):
            assert kind in ("", "inlineStr", "s"), (path, kind)
            if kind:
                cells += 1
                assert style and formats[int(style)] in text, (path, name, style)
    return cells


def check_tree(path):
    """All tables below a file or folder; how many there were."""
    files = [path]
    if os.path.isdir(path):
        files = [os.path.join(folder, f) for folder, _, names in os.walk(path) for f in names]
    tables = 0
    for file in files:
        if os.path.basename(file) in MACHINE:
            continue
        if file.endswith(".csv"):
            text = "".join(check_csv(file))
        elif file.endswith(".xlsx"):
            check_workbook(file)
            book = zipfile.ZipFile(file)
            text = "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xml"))
        else:
            continue
        tables += 1
        assert not re.search(r"3408261970\d{4}\d{3}[\dX]", text), (file, "a number in full")
    assert tables > 0, path
    return tables


def check_export(path):
    tables = check_tree(path)
    checked = json.loads(run("report", "verify", "-w", "ws", path, "--json"))
    assert checked["holds"] and checked["masked"], checked
    assert len(checked["files"]) >= tables, checked
    return checked


def main():
    write_deliveries()
    run("init", "-w", "ws", "--division", "340826")
    run("import", "-w", "ws", "--source", "poverty", "--as-of", "2017-11-20", "--rejects", "rejects.csv", "p.csv")
    run("import", "-w", "ws", "--source", "poverty@x", "--as-of", "2017-11-20", "--rejects", "named.csv",
        "=x/=1.csv")
    run("import", "-w", "ws", "--source", "civil", "--as-of", "2017-10-31", "c.csv")
    run("import", "-w", "ws", "--source", "allowance", "--as-of", "2017-11-20", "a.csv")
    check_export("rejects.csv")
    check_export("named.csv")
    run("compare", "-w", "ws")
    run("report", "-w", "ws", "--out", "report")
    run("report", "-w", "ws")
    run("flag", "assign", "-w", "ws", "--rule", "ID_NAME_CONFLICT", "--as", "county", "--by", "=1+1", "--note", "=1+1",
        "--to", "@村")
    for out in ("ledger.xlsx", "ledger", "tasks.csv"):
        run("flag", "export", "-w", "ws", "--out", out)
        run("flag", "export", "-w", "ws", "--out", "one-" + out, "--village", "=cmd|'/c calc'!A0村")
    run("review", "-w", "ws", "sample", "--size", "20")
    run("review", "-w", "ws", "export", "review.csv")
    run("sample", "-w", "ws", "draw", "--size", "30")
    for out in ("visits.xlsx", "visits.csv"):
        run("sample", "-w", "ws", "export", out)
    run("reconcile", "-w", "ws", "poverty", "allowance", "--kind", "poverty_attribute=category",
        "--by", "village", "--out", "reconcile")
    for by in ("village", "township"):
        run("tally", "-w", "ws", "poverty", "--by", by, "--across", "poverty_attribute", "--out",
            f"tally-{by}.csv")
    for path in ("report", "ws/reports/R0001", "ledger.xlsx", "ledger", "tasks.csv", "one-ledger.xlsx",
                 "one-ledger", "one-tasks.csv", "review.csv", "visits.xlsx", "visits.csv", "reconcile",
                 "tally-village.csv", "tally-township.csv"):
        checked = check_export(path)
        assert checked["run"] == "R0001", checked
    for text in ("'=cmd|'/c calc'!A0村", "'＝1+1村"):
        assert text in check_csv("tally-village.csv"), text

    # In full only when asked for, and the manifest says so.
    run("sample", "-w", "ws", "export", "full.csv", "--reveal", "入户", "--as", "李")
    assert not json.loads(run("report", "verify", "-w", "ws", "full.csv", "--json"))["masked"]
    check_csv("full.csv")

    # A list comes back as it went, with what was filled in: the note is what was written.
    with open("tasks.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) > 5, rows
    for column, text in (("核查结果", "属实"), ("核查人", "李"), ("核查日期", "2017-12-01"), ("原因", "情况属实"), ("说明", "'=1+1")):
        rows[1][rows[0].index(column)] = text
    with open("back.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    run("flag", "import", "-w", "ws", "back.csv", "--by", "李", "--on", "2017-12-02")
    shown = run("flag", "show", "-w", "ws", rows[1][rows[0].index("疑点编号")])
    assert "=1+1" in shown and "'=1+1" not in shown, shown

    # What was altered, or is gone, is told; so is a manifest that was made to fit.
    with open("tasks.csv", "a", encoding="utf-8") as file:
        file.write("x\n")
    run("report", "verify", "-w", "ws", "tasks.csv", status=1)
    os.remove("reconcile/villages.csv")
    run("report", "verify", "-w", "ws", "reconcile", status=1)
    with open("review.csv.manifest.json", encoding="utf-8") as file:
        manifest = file.read()
    with open("review.csv.manifest.json", "w", encoding="utf-8") as file:
        file.write(manifest.replace('"masked": true', '"masked": false'))
    assert not json.loads(run("report", "verify", "-w", "ws", "review.csv", "--json", status=1))["sealed"]
    run("report", "verify", "-w", "ws", "=x", status=3)


with tempfile.TemporaryDirectory() as place:
    os.chdir(place)
    main()
