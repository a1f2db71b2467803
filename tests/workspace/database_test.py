"""database_test.py BIDUI WORLD: deliveries from a real PostgreSQL server, read by libpq and by ODBC.

They are what the CSV file of the same table gives; what the server refuses is said in words that hold no password, and
then nothing is imported."""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from database_server import Server

BIDUI, WORLD = sys.argv[1:3]
PASSWORD = "pa;ss}w0rd 密'\\"
SPOILT = "no-" + PASSWORD
ENV = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"READER": PASSWORD, "WRONG": SPOILT}
KINDS = ("postgresql", "odbc")


def bidui(*arguments, status=0, lang="en"):
    done = subprocess.run([BIDUI, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120,
                          env={**ENV, "BIDUI_LANG": lang})
    assert PASSWORD not in done.stdout + done.stderr, "a password was shown"
    assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout if status == 0 else done.stderr


def connection(kind, server, user, **password):
    if kind == "postgresql":
        return {"kind": kind, "host": str(server.folder), "dbname": "postgres", "user": user, **password}
    return {"kind": kind, **password,
            "connection": f"DRIVER={{PostgreSQL Unicode}};Server={server.folder};Port=5432;Database=postgres;UID={user};"
                          "UseDeclareFetch=1;Fetch=100"}


def new_workspace(folder, name, server):
    workspace = folder / name
    bidui("init", "-w", workspace, "--division", "340826")
    (workspace / "reader.password").write_text(PASSWORD + "\n")
    (workspace / "reader.password").chmod(0o600)
    databases = {}
    for kind in KINDS:
        databases[kind] = connection(kind, server, "owner")
        databases[f"{kind}-reader"] = connection(kind, server, "reader", password_env="READER")
        databases[f"{kind}-file"] = connection(kind, server, "reader", password_file="reader.password")
        databases[f"{kind}-wrong"] = connection(kind, server, "reader", password_env="WRONG")
        gone = connection(kind, server, "owner")
        databases[f"{kind}-gone"] = json.loads(json.dumps(gone).replace(str(server.folder), f"{server.folder}/gone"))
    (workspace / "databases.json").write_text(json.dumps(databases))
    return workspace


def read(workspace, source, *where, **more):
    return bidui("import", "-w", workspace, "--source", source, "--as-of", "2017-10-31", *where, **more)


def refused(workspace, *where, says, lang="en"):
    error = read(workspace, "civil", *where, status=3, lang=lang)
    assert says in error, f"{where}: {error}"
    assert json.loads(bidui("deliveries", "-w", workspace, "--json")) == [], "something was imported"
    return error


def told(report):
    """Of an import, all but where it came from and how long it took."""
    delivery = json.loads(report)
    file = delivery["files"][0]
    same = {key: delivery[key] for key in ("records", "repairs", "missing_keys", "repeated_keys")}
    if not delivery["quality"]["before"]:  # beside the one that it replaces it is told otherwise
        same["quality"] = delivery["quality"]
    return same | {key: file[key] for key in ("rows", "columns", "unmapped")}


def households(workspace, source, numbers):
    """What stands in the store, but for the name of the file."""
    return [bidui("lookup", "-w", workspace, "--household", f"{source}:{number}", "--all", "--json") for number in numbers]


def check_same(folder, server, world):
    table = next(world.glob("户籍人口信息.csv"))
    server.load("civil", table)
    server.sql(f"CREATE ROLE reader LOGIN PASSWORD $${PASSWORD}$$; GRANT SELECT ON civil TO reader;"
               "CREATE TABLE closed (a text); CREATE VIEW 人口 AS SELECT * FROM civil; GRANT SELECT ON 人口 TO reader")
    with open(table, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    numbers = sorted({row["户号"] for row in rows})[::200]
    by_file = new_workspace(folder, "file", server)
    wanted = told(read(by_file, "civil", table, "--json"))
    assert wanted["records"] > 2000, wanted
    shown = households(by_file, "civil", numbers)
    query = folder / "people.sql"
    query.write_text("\ufeffSELECT * -- all of it\nFROM civil; \n", encoding="utf-8")
    for kind in KINDS:
        workspace = new_workspace(folder, kind, server)
        hashes = set()
        for where in ((f"{kind}-reader", "--table", "civil"), (f"{kind}-file", "--table", "public.人口"),
                      (kind, "--query", query)):
            report = read(workspace, "civil", "--db", *where, "--again", "--json")
            file = json.loads(report)["files"][0]
            place = f"{where[0]}[{getattr(where[2], 'name', where[2])}]"
            assert (file["name"], file["kind"], file["header_row"]) == (place, "database", 0), file
            mine = told(report)
            assert mine == {key: wanted[key] for key in mine}, f"{where}: {mine}\n{wanted}"
            assert "quality" in mine or hashes
            hashes.add(json.loads(report)["content_hash"])
            found = households(workspace, "civil", numbers)
            for mine, theirs in zip(found, shown):
                assert without_rows(mine, place) == without_rows(theirs, table.name), f"{where}:\n{mine}\n{theirs}"
        assert len(hashes) == 1, hashes


def without_rows(text, place):
    """A file's first row is its header; a table has none."""
    def strip(value):
        if isinstance(value, dict):
            return {k: strip(v) for k, v in value.items() if k not in ("row", "delivery", "content_hash")}
        return [strip(v) for v in value] if isinstance(value, list) else value
    return strip(json.loads(text.replace(place, "PLACE")))


def check_odd_cells(folder, server):
    """Long ones, rejected ones, and signs that the protocol writes in another way; the same by both."""
    server.sql("""CREATE TABLE odd AS SELECT * FROM civil ORDER BY "人员编号" LIMIT 300;
        ALTER TABLE odd ADD COLUMN "备注" text;
        UPDATE odd SET "备注" = repeat('长', 5000) WHERE "人员编号" < (SELECT min("人员编号") || '5' FROM odd);
        UPDATE odd SET "备注" = E'a\\tb\\\\n\\\\N\\nc\\r' WHERE "人员编号" = (SELECT max("人员编号") FROM odd);
        INSERT INTO odd ("人员编号", "姓名", "公民身份号码", "户号", "备注") VALUES ('L', '甲', '1', '2', repeat('x', 70000));
        INSERT INTO odd ("人员编号") VALUES (NULL), ('合计')""")
    reports = []
    for kind in KINDS:
        workspace = new_workspace(folder, f"odd-{kind}", server)
        report = read(workspace, "civil", "--db", kind, "--table", "odd", "--json")
        rows = json.loads(report)["files"][0]["rows"]
        assert (rows["loaded"], rows["skipped_by_reason"]) == (300, {"blank": 1, "subtotal": 1}), rows
        assert rows["rejected_by_reason"] == {"field_too_long": 1}, rows
        reports.append((told(report), json.loads(report)["content_hash"]))
    assert reports[0] == reports[1], reports


def check_refusals(folder, server):
    server.sql('CREATE TABLE 照 ("编号" text, "照片" bytea); GRANT SELECT ON 照 TO reader')
    query = folder / "query.sql"
    for kind in KINDS:
        workspace = new_workspace(folder, f"refused-{kind}", server)
        refused(workspace, "--db", f"{kind}-gone", "--table", "civil", says="cannot connect")
        error = refused(workspace, "--db", f"{kind}-wrong", "--table", "civil", says="the password")
        assert SPOILT not in error and PASSWORD not in error
        refused(workspace, "--db", f"{kind}-wrong", "--table", "civil", says="不接受用户名或密码", lang="zh")
        refused(workspace, "--db", f"{kind}-reader", "--table", "nowhere", says="no such table")
        refused(workspace, "--db", f"{kind}-reader", "--table", "closed", says="SELECT")
        refused(workspace, "--db", f"{kind}-reader", "--table", "照", says='"照片" is binary')
        refused(workspace, "--db", f"{kind}-reader", "--table", '照"; DROP TABLE "照', says="no such table")
        for text, says in (("SELECT nothing FROM civil WHERE '340826199001011234' = ''", "cannot run the query"),
                           ("DELETE FROM civil", "writes" if kind == "odbc" else "gives no columns"),
                           ("DELETE FROM civil RETURNING *", "writes"),
                           ("SELECT 1; COMMIT; DROP TABLE civil", "writes" if kind == "odbc" else "cannot run"),
                           # The server ends the connection when most rows are gone out.
                           ("SELECT c.*, CASE WHEN row_number() OVER () = 9000 THEN pg_terminate_backend(pg_backend_pid())"
                            " END FROM civil c, generate_series(1, 4)", "lost in mid-read"),
                           # What could not be converted is not repeated.
                           ("SELECT c.*, CASE WHEN row_number() OVER () = 9000 THEN \"姓名\"::int END"
                            " FROM civil c, generate_series(1, 4)", "22P02")):
            query.write_text(text, encoding="utf-8")
            error = refused(workspace, "--db", kind, "--query", query, says=says)
            assert "340826199001011234" not in error, error
        for spoilt, says in (({"password": PASSWORD}, "no password may stand here"),
                             ({"kind": "odbc", "connection": f"DSN=x;Pwd={PASSWORD}"}, "no password may stand here"),
                             ({"kind": "postgresql", "password_env": "NOBODY"}, "no variable NOBODY"),
                             ({"kind": "oracle"}, "postgresql or odbc")):
            databases = json.loads((workspace / "databases.json").read_text())
            (workspace / "databases.json").write_text(json.dumps(databases | {"spoilt": spoilt}))
            refused(workspace, "--db", "spoilt", "--table", "civil", says=says)
        (workspace / "reader.password").chmod(0o644)
        refused(workspace, "--db", f"{kind}-file", "--table", "civil", says="chmod 600")
        refused(workspace, "--db", "unknown", "--table", "civil", says="postgresql-reader")
    for wrong in (["--db", "postgresql"], [], ["--table", "civil"], ["--db", "postgresql", "--table", "civil", query]):
        read(workspace, "civil", *wrong, status=2)
    assert int(server.sql("SELECT count(*) FROM civil")) > 2000


with tempfile.TemporaryDirectory() as temporary, Server() as postgresql:
    temporary = pathlib.Path(temporary)
    subprocess.run([WORLD, "--people", "3000", "--seed", "5", "--out", temporary / "world"], check=True,
                   capture_output=True)
    check_same(temporary, postgresql, temporary / "world")
    check_odd_cells(temporary, postgresql)
    check_refusals(temporary, postgresql)
    print("the same by file, libpq and ODBC; refusals leave nothing")
