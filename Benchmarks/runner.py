#!/usr/bin/env python3
"""Times `pabal run` with one occurrence for everybody of a synthesized shop: the list, a restart over it, and the sends.
README.md beside this file says what is measured.

Processor time is user + system of the whole process; memory is the peak of what a process has for itself, without
pages of mapped files (Linux; elsewhere the peak resident size).
"""

import argparse
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import replay
import scale

ENVIRONMENT = "benchmark"
NOON = "2026-07-15T12:00"
CLOCK, END = "2026-07-15T11:59", "2026-07-15T12:30"
# What a runner may have for itself, and how long it may need to go on, with a million rows in its ledger.
MEMORY_MIB_MAX = 512
RESTART_SECONDS_MAX = 5

CAMPAIGN = f"""campaign: everybody
kind: marketing
audience:
  include: {{ not: {{ event: page_view, at_least: 100000, within: 30d }} }}
schedule: {{ at: {NOON} }}
channels: [email, push, sms]
variants:
  plain:
    share: 50%
    email: {{ subject: Hello, body: There. }}
    push: {{ title: Hello, body: There. }}
    sms: {{ text: Hello there. }}
  warm:
    share: 50%
    email: {{ subject: Hello again, body: There. }}
    push: {{ title: Hello again, body: There. }}
    sms: {{ text: Hello again. }}
"""


class Bench:
    def __init__(self, arguments) -> None:
        self.binary = arguments.binary
        self.people = arguments.people
        self.sends = arguments.sends
        self.folder = replay.ROOT / ".build-bench" / "runner"
        self.complaints: list[str] = []

    def run(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.prepare()
        print(f"{'':<58}{'CPU s':>9}{'wall s':>9}{'peak MiB':>10}", flush=True)
        listing, _ = self.watched(lambda: self.sent() > 0)
        self.row(f"list {self.people:,} people, to the first message", listing)
        restart, _ = self.watched(self.mark())
        self.row("restart over the list, to the next message", restart)
        if restart.wall > RESTART_SECONDS_MAX:
            self.complaints.append(f"a restart took {restart.wall:.1f} s")
        before = self.sent()
        wanted = self.sends and min(before + self.sends, self.people)
        sending, ended = self.watched(lambda: wanted and self.sent() >= wanted)
        count = self.sent() - before
        rate = f", {count / sending.wall:,.0f} a second" if sending.wall else ""
        self.row(f"send {count:,} messages to files{rate}", sending)
        self.row("status", scale.measure([self.binary, "status", "--state", self.state]))
        check = scale.measure([self.binary, "ledger", "--check", "--state", self.state])
        self.row("check the ledger", check)
        self.compare(ended)

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def prepare(self) -> None:
        self.pabal("data", "synthesize", "--customers", self.people, "--events", self.people * 3, "--types", 4, "--out",
                   self.folder / "data.pabal", "--workspace", self.folder / "shop")
        (self.folder / "shop" / "everybody.yaml").write_text(CAMPAIGN)
        plan, key = self.folder / "plan.json", self.folder / "key"
        self.pabal("plan", self.folder / "shop", "--out", plan)
        public = json.loads(self.pabal("key", "new", "--out", key))
        (self.folder / "trust.json").write_text(json.dumps({
            "pabal_trust": 1, "people": {"approver": {"roles": ["approver"], "keys": [public]}},
            "environments": {ENVIRONMENT: {"threshold": 1, "roles": ["approver"]}}}))
        self.pabal("approve", plan, "--key", key, "--approver", "approver", "--environment", ENVIRONMENT, "--at",
                   "2026-07-01", "--expires", "2026-08-01")

    def pabal(self, *words) -> str:
        run = subprocess.run([self.binary, *map(str, words)], capture_output=True, text=True)
        if run.returncode:
            sys.exit(f"runner: {' '.join(map(str, words))} failed\n{run.stderr}")
        return run.stdout

    def sent(self) -> int:
        """How many messages lie in the outbox."""
        try:
            with os.scandir(self.state / "outbox") as entries:
                return sum(entry.name.endswith(".json") for entry in entries)
        except FileNotFoundError:
            return 0

    def mark(self):
        """Whether something was sent since."""
        before = self.sent()
        return lambda: self.sent() > before

    def watched(self, is_enough) -> tuple[replay.Run, bool]:
        """Runs until something holds, and then lets the runner finish what it has begun; and whether it ended itself.
        The time is that until it held."""
        command = [self.binary, "run", self.folder / "shop", "--plan", self.folder / "plan.json", "--trust",
                   self.folder / "trust.json", "--environment", ENVIRONMENT, "--state", self.state, "--data",
                   self.folder / "data.pabal", "--clock", CLOCK, "--until", END]
        start = time.perf_counter()
        log = self.folder / "log"
        with log.open("w") as output:
            process = subprocess.Popen([str(part) for part in command], stdout=output, stderr=output)
        peak, next_look, wall, told = 0.0, 0.0, None, False
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            peak = max(peak, scale.own_memory(process.pid))
            if not told and time.perf_counter() >= next_look:
                look = time.perf_counter()
                if is_enough():
                    wall, told = time.perf_counter() - start, True
                    process.send_signal(signal.SIGTERM)
                # To count many files takes its time, which is the disk's as well.
                next_look = time.perf_counter() + max(0.02, 20 * (time.perf_counter() - look))
            time.sleep(0.005)
        wall = wall or time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"runner: ended with {process.returncode}\n{log.read_text()}")
        resident = usage.ru_maxrss / (1024 * 1024 if platform.system() == "Darwin" else 1024)
        return replay.Run(usage.ru_utime + usage.ru_stime, wall, peak or resident), not told

    def row(self, label: str, run: replay.Run) -> None:
        print(f"{label:<58}{run.cpu:>9.2f}{run.wall:>9.2f}{run.peak_mib:>10.0f}", flush=True)
        if run.peak_mib > MEMORY_MIB_MAX:
            self.complaints.append(f"more than {MEMORY_MIB_MAX} MiB: {label}")

    def compare(self, ended: bool) -> None:
        """The ledger and the outbox must agree, message by message."""
        rows = accepted = 0
        ledger = self.folder / "ledger"
        self.pabal("ledger", "--state", self.state, "--out", ledger)
        outbox = set(os.listdir(self.state / "outbox"))
        with ledger.open() as lines:
            for line in lines:
                row = json.loads(line)
                rows += 1
                if row["state"] == "accepted":
                    accepted += 1
                    outbox.discard(row["key"] + ".json")
                elif ended and row["state"] not in ("suppressed", "expired"):
                    self.complaints.append(f"message {row['id']} is {row['state']} at the end")
        print(f"\n{rows:,} rows in the ledger, {accepted:,} accepted")
        if outbox:
            self.complaints.append(f"{len(outbox)} files that the ledger does not know")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=str(replay.ROOT / ".build" / "release" / "pabal"))
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--sends", type=int, default=20_000, help="stop after so many messages; 0: send all")
    parser.add_argument("--keep", action="store_true", help="leave everything in .build-bench/")
    arguments = parser.parse_args()
    bench = Bench(arguments)
    bench.run()
    if not arguments.keep:
        shutil.rmtree(bench.folder)
    if bench.complaints:
        sys.exit("runner: " + "; ".join(bench.complaints[:10]))


if __name__ == "__main__":
    main()
