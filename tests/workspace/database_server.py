"""A PostgreSQL server of its own: in a temporary directory, on a socket there and no port, gone when its user is."""
import csv
import glob
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

PROGRAMS = pathlib.Path(max(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(p.split("/")[4])))


class Server:
    """`with Server() as server`: "owner" connects without a password, everybody else with one."""

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bidui-pg-", dir="/tmp"))  # a socket's path must be short
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self):
        # The server refuses to run as root, and ends when this process does, however that ends.
        as_user = ["setpriv", "--pdeathsig", "INT"]
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            as_user += ["--reuid=postgres", "--regid=postgres", "--init-groups"]
        data = self.folder / "data"
        subprocess.run([*as_user, PROGRAMS / "initdb", "-D", data, "-U", "owner", "--auth=trust", "-E", "UTF8",
                        "--locale=C.UTF-8", "--no-sync"], check=True, capture_output=True, cwd=self.folder)
        (data / "pg_hba.conf").write_text("local all owner trust\nlocal all all scram-sha-256\n")
        self.process = subprocess.Popen([*as_user, PROGRAMS / "postgres", "-D", data, "-k", self.folder,
                                         "-c", "listen_addresses=", "-c", "fsync=off"], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=self.folder)
        self.said = []
        for line in self.process.stderr:
            self.said.append(line)
            if "ready to accept connections" in line:
                break
        else:
            raise AssertionError("".join(self.said))
        # What it says from here on goes nowhere, so that it never waits for a reader.
        subprocess.Popen(["cat"], stdin=self.process.stderr, stdout=subprocess.DEVNULL)
        self.process.stderr.close()

    def __exit__(self, *_):
        if hasattr(self, "process"):
            self.process.send_signal(signal.SIGINT)  # ends those who are connected; nothing where it is gone already
            self.process.wait(60)
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, text, **more):
        done = subprocess.run([PROGRAMS / "psql", "-X", "-h", self.folder, "-U", "owner", "-d", "postgres", "-qAt",
                               "-v", "ON_ERROR_STOP=1", "-c", text], capture_output=True, text=True, check=False, **more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def load(self, table, path):
        """The CSV file as a table of texts; a cell without anything is NULL."""
        with open(path, encoding="utf-8-sig", newline="") as file:
            columns = next(csv.reader(file))
        self.sql(f"""CREATE TABLE {table} ({", ".join(f'"{c}" text' for c in columns)})""")
        with open(path, "rb") as file:
            self.sql(f"COPY {table} FROM STDIN CSV HEADER", stdin=file)
