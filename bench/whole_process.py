"""Runs a command as a whole process and says what it cost. Standard library only, unlike /usr/bin/time no package."""
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass


@dataclass
class Cost:
    seconds: float  # wall
    user: float
    system: float
    peak_mib: float  # of the largest process; never less than the caller itself had taken when it started it
    status: int  # exit status; negative: the signal that ended it
    timed_out: bool


def run(command, limit=None, **popen):
    """The command's Cost. After `limit` seconds its whole process group is killed. `popen` goes to subprocess.Popen."""
    begin = time.monotonic()
    process = subprocess.Popen(command, start_new_session=limit is not None, **popen)
    expired = threading.Event()

    def stop():
        expired.set()
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    timer = threading.Timer(limit, stop) if limit is not None else None
    if timer:
        timer.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
    finally:
        if timer:
            timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(time.monotonic() - begin, usage.ru_utime, usage.ru_stime, usage.ru_maxrss / 1024,
                process.returncode, expired.is_set())
