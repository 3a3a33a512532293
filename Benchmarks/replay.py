#!/usr/bin/env python3
"""Times a year of the sample workspace: `pabal simulate` beside DuckDB answering the same audiences at the same instants.

Processor time is user + system of the whole process with its children; the median of several runs after one that
warms up, which for pabal imports the data into its cache. README.md beside this file says what is compared.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKSPACE = ROOT / "campaigns"
ENVIRONMENT = ROOT / ".build-bench"
DUCKDB = "duckdb==2.0.0"


@dataclass(frozen=True)
class Run:
    cpu: float
    wall: float
    peak_mib: float


def ensure_duckdb() -> None:
    """Goes on in an environment of its own if this Python has no DuckDB."""
    try:
        import duckdb  # noqa: F401

        return
    except ImportError:
        pass
    python = ENVIRONMENT / "bin" / "python"
    if Path(sys.prefix).resolve() == ENVIRONMENT.resolve():
        sys.exit(f"replay: {ENVIRONMENT} has no DuckDB; delete it and try again")
    if not python.exists():
        print(f"installing {DUCKDB} into {ENVIRONMENT.name}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", DUCKDB, "tzdata"], check=True)
    os.execv(python, [str(python), *sys.argv])


def measure(command: list[str]) -> Run:
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        if process.returncode != 0:
            output.seek(0)
            sys.exit(f"replay: {' '.join(command)} failed\n{output.read().decode(errors='replace')}")
    peak = usage.ru_maxrss / (1024 * 1024 if platform.system() == "Darwin" else 1024)
    return Run(usage.ru_utime + usage.ru_stime, wall, peak)


def median(runs: list[Run]) -> Run:
    return Run(*(statistics.median(getattr(run, field) for run in runs) for field in ("cpu", "wall", "peak_mib")))


def own_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def work(form: str, first: date, end: date, result: str) -> None:
    """In a process of its own: load once, ask everything, say what each took."""
    import duckdb

    import audiences

    connection = duckdb.connect()
    audiences.load(connection, WORKSPACE / "data")
    loaded, started = own_cpu(), time.perf_counter()
    queries, counts = audiences.FORMS[form][1](connection, first, end)
    found = {
        "queries": queries,
        "cpu": own_cpu() - loaded,
        "wall": time.perf_counter() - started,
        "counts": {
            name: {f"{instant:%Y-%m-%dT%H:%M:%SZ}": count for instant, count in by_instant.items()}
            for name, by_instant in counts.items()
        },
    }
    Path(result).write_text(json.dumps(found))


def ask_duckdb(form: str, arguments) -> tuple[Run, Run, int, dict]:
    """The queries alone, the process as a whole, the number of queries, the counts."""
    alone, whole, found = [], [], {}
    with tempfile.TemporaryDirectory() as folder:
        result = os.path.join(folder, "result.json")
        command = [
            sys.executable, __file__, "--from", str(arguments.first), "--to", str(arguments.end), "--work", form,
            "--result", result,
        ]
        for _ in range(arguments.duckdb_runs):
            run = measure(command)
            found = json.loads(Path(result).read_text())
            whole.append(run)
            alone.append(Run(found["cpu"], found["wall"], run.peak_mib))
    return median(alone), median(whole), found["queries"], found["counts"]


def compare(binary: str, counts: dict) -> int:
    """Counts at the first, middle and last instant of each campaign; how many differ."""
    differing = 0
    print(f"\n{'audience':<30}{'instant':<22}{'duckdb':>8}{'pabal':>8}")
    for name, by_instant in sorted(counts.items()):
        instants = sorted(by_instant)
        for instant in dict.fromkeys([instants[0], instants[len(instants) // 2], instants[-1]] if instants else []):
            command = [binary, "audience", name, "--workspace", str(WORKSPACE), "--at", instant, "--count"]
            answer = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
            differs = answer != str(by_instant[instant])
            differing += differs
            print(f"{name:<30}{instant:<22}{by_instant[instant]:>8}{answer:>8}{'  differs' if differs else ''}")
    return differing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=str(ROOT / ".build" / "release" / "pabal"))
    parser.add_argument("--from", dest="first", type=date.fromisoformat, default=date(2011, 1, 1))
    parser.add_argument("--to", dest="end", type=date.fromisoformat, default=date(2011, 12, 10))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--duckdb-runs", type=int, default=3)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    parser.add_argument("--result", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    ensure_duckdb()
    if arguments.work:
        work(arguments.work, arguments.first, arguments.end, arguments.result)
        return

    import audiences
    import duckdb

    rows = []  # label, queries, what it took, what it is compared with
    with tempfile.TemporaryDirectory() as folder:
        command = [
            arguments.binary, "simulate", str(WORKSPACE), "--from", str(arguments.first), "--to", str(arguments.end),
            "--output", f"json={folder}/result.json",
        ]
        # The cache may be deleted at any time; without it the first run imports.
        shutil.rmtree(WORKSPACE / ".pabal", ignore_errors=True)
        importing = measure(command)
        pabal = median([measure(command) for _ in range(arguments.runs)])
    rows.append(("pabal simulate", "", pabal, pabal))
    rows.append(("  with import", "", importing, importing))

    all_counts = {}
    for form, (label, _) in audiences.FORMS.items():
        alone, whole, queries, all_counts[form] = ask_duckdb(form, arguments)
        rows.append((f"duckdb, {label}", f"{queries:,}", alone, pabal))
        rows.append(("  with loading", "", whole, importing))
    print(f"{arguments.first} to {arguments.end}, {os.cpu_count()} cores, DuckDB {duckdb.__version__}\n")
    print(f"{'':<52}{'queries':>8}{'CPU s':>9}{'wall s':>9}{'peak MiB':>10}{'CPU ratio':>11}")
    for label, queries, run, peer in rows:
        ratio = f"{run.cpu / peer.cpu:.1f}" if peer.cpu else ""
        print(f"{label:<52}{queries:>8}{run.cpu:>9.2f}{run.wall:>9.2f}{run.peak_mib:>10.0f}{ratio:>11}")

    if any(counts != all_counts["each"] for counts in all_counts.values()):
        sys.exit("replay: DuckDB's forms disagree with one another")
    differing = compare(arguments.binary, all_counts["each"])
    if differing:
        sys.exit(f"replay: {differing} counts differ")


if __name__ == "__main__":
    main()
