#!/usr/bin/env python3
"""Times pabal on synthesized data of any size: synthesis, import, simulation and audiences, beside DuckDB where it has
an answer. README.md beside this file says what is compared.

Processor time is user + system of the whole process; memory is the peak of what a process has for itself, without
pages of mapped files, which the system may drop at any time (Linux; elsewhere the peak resident size).
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from datetime import datetime, timedelta
from pathlib import Path

import replay
import scale_workspaces as workspaces

START = datetime(2026, 1, 1)
DAYS, FIRST, INSTANTS = 180, 90, 90
# What a simulation may have for itself, whatever the size of the data.
MEMORY_MIB_MAX = 1024


def measure(command: list, result: Path | None = None) -> replay.Run:
    """Runs a command to its end."""
    if result:
        shutil.rmtree(result, ignore_errors=True)
    peak = 0.0
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen([str(part) for part in command], stdout=output, stderr=output)
        done = threading.Event()

        def watch() -> None:
            nonlocal peak
            while not done.wait(0.005):
                peak = max(peak, own_memory(process.pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        done.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            output.seek(0)
            sys.exit(f"scale: {' '.join(map(str, command))} failed\n{output.read().decode(errors='replace')}")
    resident = usage.ru_maxrss / (1024 * 1024 if platform.system() == "Darwin" else 1024)
    return replay.Run(usage.ru_utime + usage.ru_stime, wall, peak or resident)


def own_memory(pid: int) -> float:
    """MiB that are not pages of files; 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(("RssAnon:", "RssShmem:"))) / 1024


def repeated(runs: int, command: list, result: Path | None = None) -> replay.Run:
    return replay.median([measure(command, result) for _ in range(runs)])


class Table:
    """Prints each pair as soon as it is measured."""

    def __init__(self) -> None:
        print(f"{'':<62}{'CPU s':>9}{'wall s':>9}{'peak MiB':>10}{'CPU ratio':>11}", flush=True)

    def row(self, label: str, run: replay.Run, peer: replay.Run | None = None) -> None:
        ratio = f"{run.cpu / peer.cpu:.2f}" if peer and peer.cpu else ""
        memory = f"{run.peak_mib:.0f}" if run.peak_mib else ""
        print(f"{label:<62}{run.cpu:>9.2f}{run.wall:>9.2f}{memory:>10}{ratio:>11}", flush=True)


# DuckDB, each task in a process of its own


def duckdb_import(folder: Path) -> None:
    import duckdb

    connection = duckdb.connect(str(folder / "shop.duckdb"))
    connection.execute(f"""
        CREATE TABLE customers AS SELECT * FROM read_csv('{folder}/shop/customers.csv', header = true) ORDER BY customer_id;
        CREATE TABLE events AS SELECT * FROM read_csv('{folder}/shop/events.csv', header = true, columns = {{
            customer_id: 'VARCHAR', event: 'VARCHAR', timestamp: 'TIMESTAMP', product: 'VARCHAR', quantity: 'INTEGER',
            amount: 'DECIMAL(18, 2)'}}) ORDER BY customer_id, "timestamp";
    """)
    connection.close()


def duckdb_prepare(folder: Path) -> None:
    """The narrowest types, so that queries have least to read."""
    import duckdb

    connection = duckdb.connect(str(folder / "shop.duckdb"))
    connection.execute(f"""
        CREATE TYPE event_type AS ENUM ({', '.join(f"'{name}'" for name in workspaces.TYPES)});
        CREATE TABLE typed AS SELECT substr(customer_id, 2)::INTEGER AS customer_id, event::event_type AS event,
            "timestamp" AS time, amount FROM events ORDER BY customer_id, time;
        CREATE TABLE people AS SELECT substr(customer_id, 2)::INTEGER AS customer_id, email_consent, sms_consent,
            push_consent, signed_up_at::TIMESTAMP AS signed_up_at FROM customers ORDER BY customer_id;
    """)
    connection.close()


def duckdb_ask(folder: Path, count: int, atoms: int, places: list[int], result: str) -> None:
    """How many are in each audience at some of the instants; says what the queries alone took."""
    import duckdb

    found = workspaces.campaigns(max(count, 1), atoms)[:count]
    connection = duckdb.connect(str(folder / "shop.duckdb"), read_only=True)
    query = workspaces.counting_query(found)
    counts = {}
    before, started = replay.own_cpu(), time.perf_counter()
    for place in places:
        cursor = connection.execute(query, {"t": instant(place)})
        counts[place] = dict(zip((campaign.name for campaign in found), cursor.fetchone()))
    answer = {"cpu": replay.own_cpu() - before, "wall": time.perf_counter() - started, "counts": counts}
    Path(result).write_text(json.dumps(answer))


def duckdb_behaviour(folder: Path, name: str, places: list[int], result: str) -> None:
    """Who fulfils a condition at some of the instants, as keys; says what the queries alone took."""
    import duckdb

    behaviour = next(found for found in workspaces.BEHAVIOURS if found.name == name)
    connection = duckdb.connect(str(folder / "shop.duckdb"), read_only=True)
    people = {}
    before, started = replay.own_cpu(), time.perf_counter()
    for place in places:
        people[place] = connection.execute(behaviour.sql, {"t": instant(place)}).fetchnumpy()["customer_id"]
    answer = {"cpu": replay.own_cpu() - before, "wall": time.perf_counter() - started, "people": {
        place: sorted(f"c{key:08}" for key in keys) for place, keys in people.items()}}
    Path(result).write_text(json.dumps(answer))


def instant(place: int) -> datetime:
    return START + timedelta(days=FIRST + place, hours=12)


class Bench:
    def __init__(self, arguments) -> None:
        self.binary = arguments.binary
        self.runs = arguments.runs
        self.events = arguments.events
        self.customers = arguments.customers or max(1, arguments.events // 50)
        self.folder = replay.ENVIRONMENT / f"scale-{self.events}-{self.customers}"
        self.first = f"{START + timedelta(days=FIRST):%Y-%m-%d}"
        self.end = f"{START + timedelta(days=FIRST + INSTANTS):%Y-%m-%d}"
        self.differing = 0
        self.too_large = []

    def run(self) -> None:
        # Everything is made anew: files of an older version would say nothing about this one.
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        shop, data = self.folder / "shop", self.folder / "data"
        self.table = Table()
        straight = measure(self.synthesize(self.events, self.customers, "--out", self.folder / "straight"))
        self.table.row("pabal data synthesize --out", straight)
        self.table.row("pabal data synthesize --csv", measure(self.synthesize(
            self.events, self.customers, "--csv", shop)))
        imported = repeated(self.runs, [self.binary, "data", "import", shop, "--out", data], result=data)
        self.table.row("pabal data import", imported)
        self.table.row("  duckdb, create tables from the same files", self.duckdb("import"), imported)
        self.duckdb("prepare")
        self.scheduled(100, 40, [0, INSTANTS // 2, INSTANTS - 1])
        self.governed(100, 40)
        self.scheduled(1_000, 200, [INSTANTS // 2])
        self.triggered(50)
        self.audience()
        for behaviour in workspaces.BEHAVIOURS:
            self.behaviour(behaviour)

    def synthesize(self, events: int, customers: int, *target) -> list:
        return [self.binary, "data", "synthesize", "--events", events, "--customers", customers, "--types", 16, "--days",
                DAYS, "--seed", 1, *target]

    def simulate(self, workspace: Path, data: Path) -> list:
        return [self.binary, "simulate", workspace, "--data", data, "--from", self.first, "--to", self.end, "--output",
                f"json={workspace}.json"]

    def simulated(self, label: str, workspace: Path, data: Path) -> replay.Run:
        run = repeated(self.runs, self.simulate(workspace, data))
        self.table.row(label, run)
        if run.peak_mib > MEMORY_MIB_MAX:
            self.too_large.append(label.strip())
        return run

    def duckdb(self, *task) -> replay.Run:
        return measure([sys.executable, __file__, "--events", self.events, "--customers", self.customers, "--work", *task])

    def scheduled(self, count: int, atoms: int, places: list[int]) -> None:
        workspace = self.folder / f"campaigns-{count}"
        workspaces.write_scheduled(workspace, self.folder / "shop" / "catalog.yaml", workspaces.campaigns(count, atoms))
        run = self.simulated(
            f"pabal simulate, {count:,} campaigns, {atoms} atoms, {INSTANTS} instants", workspace, self.folder / "data")
        alone, counts = self.ask(count, atoms, places)
        times = INSTANTS / len(places)
        self.table.row(
            f"  duckdb, one query an instant, {len(places)} run and times {times:.0f}",
            replay.Run(alone.cpu * times, alone.wall * times, alone.peak_mib), run)
        self.compare(Path(f"{workspace}.json"), counts)

    def ask(self, count: int, atoms: int, places: list[int]) -> tuple[replay.Run, dict]:
        result = self.folder / "counts.json"
        whole = self.duckdb("ask", count, atoms, ",".join(map(str, places)), result)
        answer = json.loads(result.read_text())
        return replay.Run(answer["cpu"], answer["wall"], whole.peak_mib), answer["counts"]

    def compare(self, result: Path, counts: dict) -> None:
        """Everybody in the audience of each campaign, decided or not, against DuckDB's count."""
        compared = differing = 0
        for campaign in json.loads(result.read_text())["campaigns"]:
            for place, by_name in counts.items():
                occurrence = campaign["occurrences"][int(place)]
                inside = occurrence["considered"] - occurrence["refused"].get("not_in_audience", 0)
                compared += 1
                differing += inside != by_name[campaign["name"]]
        total = sum(sum(by_name.values()) for by_name in counts.values())
        print(f"  counts at {len(counts)} of {INSTANTS} instants: {compared - differing:,} of {compared:,} equal ({total:,} people)")
        self.differing += differing

    def governed(self, count: int, atoms: int) -> None:
        workspace = self.folder / "governed"
        workspaces.write_governed(workspace, self.folder / "shop" / "catalog.yaml", workspaces.campaigns(count, atoms))
        self.simulated(
            "  with priorities, frequency caps, quiet hours, holdout", workspace, self.folder / "data")

    def triggered(self, count: int) -> None:
        workspace = self.folder / "triggered"
        workspaces.write_triggered(workspace, self.folder / "shop" / "catalog.yaml", count)
        self.simulated(f"pabal simulate, {count} triggered campaigns", workspace, self.folder / "data")

    def audience(self) -> None:
        at = f"{instant(INSTANTS // 2):%Y-%m-%dT%H:%M:%SZ}"
        command = [self.binary, "audience", "one-segment", "--workspace", self.folder / "campaigns-100", "--data",
                   self.folder / "data", "--at", at, "--count"]
        run = repeated(self.runs, command)
        self.table.row("pabal audience, one segment", run)
        alone, counts = self.ask(1, 40, [INSTANTS // 2])
        self.table.row("  duckdb, one query", alone, run)
        answer = int(subprocess.check_output([str(part) for part in command], text=True))
        expected = next(iter(counts[str(INSTANTS // 2)].values()))
        print(f"  counts: {answer:,} and {expected:,}")
        self.differing += answer != expected

    def behaviour(self, behaviour: workspaces.Behaviour) -> None:
        """One condition at all instants, and who fulfils it at the one in the middle."""
        workspace, places = self.folder / behaviour.name, [0, INSTANTS // 2, INSTANTS - 1]
        workspaces.write_behaviour(workspace, self.folder / "shop" / "catalog.yaml", behaviour)
        run = self.simulated(f"pabal simulate, {behaviour.label}", workspace, self.folder / "data")
        result = self.folder / "people.json"
        whole = self.duckdb("behaviour", behaviour.name, ",".join(map(str, places)), result)
        answer = json.loads(result.read_text())
        times = INSTANTS / len(places)
        self.table.row(
            f"  duckdb, one query an instant, {len(places)} run and times {times:.0f}",
            replay.Run(answer["cpu"] * times, answer["wall"] * times, whole.peak_mib), run)
        people = answer["people"]
        self.compare(Path(f"{workspace}.json"), {
            place: {behaviour.name: len(keys)} for place, keys in people.items()})
        at = f"{instant(INSTANTS // 2):%Y-%m-%dT%H:%M:%SZ}"
        command = [self.binary, "audience", "those", "--workspace", workspace, "--data", self.folder / "data", "--at", at]
        alone = repeated(self.runs, command)
        self.table.row("  pabal audience, the same at one instant", alone)
        asked = self.duckdb("behaviour", behaviour.name, INSTANTS // 2, result)
        answer = json.loads(result.read_text())
        self.table.row("  duckdb, one query", replay.Run(answer["cpu"], answer["wall"], asked.peak_mib), alone)
        listed = subprocess.check_output([str(part) for part in command], text=True).split()
        is_same = listed == people[str(INSTANTS // 2)]
        print(f"  the same {len(listed):,} people: {'yes' if is_same else 'NO'}")
        self.differing += not is_same

    def growth(self, sizes: list[int]) -> None:
        """How time and memory grow with the data; the straight way, without sources."""
        for events in sizes:
            data = self.folder / f"grown-{events}"
            customers = max(1, events // 50)
            self.table.row(f"pabal data synthesize --out, {events:,} events", measure(
                self.synthesize(events, customers, "--out", data), result=data))
            self.simulated(
                f"  pabal simulate, 100 campaigns, {customers:,} customers", self.folder / "campaigns-100", data)
            shutil.rmtree(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=str(replay.ROOT / ".build" / "release" / "pabal"))
    parser.add_argument("--events", type=int, default=20_000_000)
    parser.add_argument("--customers", type=int, help="default: one for 50 events")
    parser.add_argument("--quick", action="store_true", help="a twentieth of the events")
    parser.add_argument("--growth", action="store_true", help="also a quarter, the whole and five times the events")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", action="store_true", help="leave the data in .build-bench/")
    parser.add_argument("--work", nargs="+", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    replay.ensure_duckdb()
    if arguments.quick:
        arguments.events //= 20
    bench = Bench(arguments)
    if arguments.work:
        work(bench, arguments.work)
        return

    import duckdb

    checksum = statistics.median(checksum_speed() for _ in range(5))
    print(f"{bench.events:,} events, {bench.customers:,} customers, {len(workspaces.TYPES)} types, {DAYS} days; "
          f"{os.cpu_count()} cores, DuckDB {duckdb.__version__}; "
          f"one core's CRC-32 here: {checksum:.1f} GiB/s\n")
    bench.run()
    if arguments.growth:
        bench.growth([bench.events // 4, bench.events, bench.events * 5])
    if not arguments.keep:
        shutil.rmtree(bench.folder)
    complaints = [f"{bench.differing} counts differ"] if bench.differing else []
    complaints += [f"more than {MEMORY_MIB_MAX} MiB: {label}" for label in bench.too_large]
    if complaints:
        sys.exit("scale: " + "; ".join(complaints))


def checksum_speed() -> float:
    """How fast this machine is at the moment, so that figures of different machines and hours can be set side by side."""
    block = bytes(1 << 28)
    start = time.process_time()
    zlib.crc32(block)
    return len(block) / (1 << 30) / (time.process_time() - start)


def work(bench: Bench, task: list[str]) -> None:
    if task[0] == "import":
        duckdb_import(bench.folder)
    elif task[0] == "prepare":
        duckdb_prepare(bench.folder)
    elif task[0] == "behaviour":
        duckdb_behaviour(bench.folder, task[1], [int(place) for place in task[2].split(",")], task[3])
    else:
        places = [int(place) for place in task[3].split(",")]
        duckdb_ask(bench.folder, int(task[1]), int(task[2]), places, task[4])


if __name__ == "__main__":
    main()
