#!/usr/bin/env python3
"""Times `pabal validate` on made-up workspaces beside check-jsonschema and yamllint on the same files. README.md beside
this file says what is compared.

Processor time is user + system of the whole process; memory is its peak resident size.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
import venv
import zlib
from pathlib import Path

import replay
import workspaces

PACKAGES = ["check-jsonschema==0.39.0", "yamllint==1.38.0"]
SEGMENTS = 200
# What a machine that does nothing else must reach: campaigns, CPU seconds, MiB.
LIMITS = {1_000: (0.15, 300), 10_000: (1.5, 300)}
RATIO_MIN = 40


def tools(root: Path) -> Path | None:
    """The programs of the peers; None where they cannot be installed."""
    folder = root / ".build-bench/validate-tools"
    if not (folder / "bin/yamllint").exists():
        venv.create(folder, clear=True, with_pip=True)
        if subprocess.run([folder / "bin/pip", "install", "--quiet", *PACKAGES]).returncode:
            return None
    return folder / "bin"


def speed() -> float:
    """MiB/s of CRC-32: how fast the machine is at the moment."""
    block, started = bytes(1 << 20), time.process_time()
    for _ in range(200):
        zlib.crc32(block)
    return 200 / (time.process_time() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--no-limits", action="store_true", help="print only; for machines that are shared or slow")
    options = parser.parse_args()
    root = Path(__file__).resolve().parent.parent
    pabal = root / ".build/release/pabal"
    peers = tools(root)
    failures = []
    print(f"{'':<44}{'CPU s':>9}{'wall s':>9}{'peak MiB':>10}{'CPU ratio':>11}")

    def show(name: str, run: replay.Run, ratio: float | None = None) -> None:
        shown = "" if ratio is None else f"{ratio:.0f}×"
        print(f"{name:<44}{run.cpu:>9.2f}{run.wall:>9.2f}{run.peak_mib:>10.0f}{shown:>11}", flush=True)

    for campaigns, (cpu_max, peak_max) in LIMITS.items():
        folder = root / f".build-bench/validate-{campaigns}"
        shutil.rmtree(folder, ignore_errors=True)
        workspaces.write(folder, campaigns, SEGMENTS)
        # Nothing is being written any more while times are taken.
        os.sync()
        files = sorted(str(path) for path in folder.glob("area-*/*.yaml"))
        own = replay.median([replay.measure([str(pabal), "validate", str(folder)]) for _ in range(options.runs)])
        show(f"pabal validate, {campaigns:,} campaigns", own)
        print(f"  CRC-32 now: {speed():,.0f} MiB/s", flush=True)
        if own.cpu > cpu_max or own.peak_mib > peak_max:
            failures.append(f"{campaigns:,} campaigns: {own.cpu:.2f} CPU s (at most {cpu_max}), {own.peak_mib:.0f} MiB")
        laid_out = replay.median([replay.measure([str(pabal), "fmt", "--check", str(folder)]) for _ in range(options.runs)])
        show("  pabal fmt --check", laid_out, laid_out.cpu / own.cpu)
        # Their time grows with the number of files, and a tenth of an hour is enough to wait.
        if peers is None or campaigns > 1_000:
            continue
        schema = root / "schemas/campaign.schema.json"
        for name, command in [
            ("  check-jsonschema, with our schema", [str(peers / "check-jsonschema"), "--schemafile", str(schema), *files]),
            ("  yamllint", [str(peers / "yamllint"), "-d", "relaxed", str(folder)]),
        ]:
            peer = replay.measure(command)
            show(name, peer, peer.cpu / own.cpu)
            if peer.cpu < RATIO_MIN * own.cpu:
                failures.append(f"{name.strip()}: only {peer.cpu / own.cpu:.0f} times as much")
    if failures and not options.no_limits:
        sys.exit("validate: " + "; ".join(failures))


if __name__ == "__main__":
    main()
