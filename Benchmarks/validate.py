#!/usr/bin/env python3
"""Times `pabal validate` on made-up workspaces beside check-jsonschema and yamllint on the same files. README.md beside
this file says what is compared.

Processor time is user + system of the whole process; memory is its peak resident size.
"""

import argparse
import shutil
import subprocess
import sys
import time
import venv
import zlib
from pathlib import Path

import replay

PACKAGES = ["check-jsonschema==0.39.0", "yamllint==1.38.0"]
SEGMENTS = 200
# What a machine that does nothing else must reach: campaigns, CPU seconds, MiB.
LIMITS = {1_000: (0.15, 300), 10_000: (1.5, 300)}
RATIO_MIN = 40

SETTINGS = """\
pabal: 1
workspace: many-campaigns
zone: Europe/London
currency: GBP
policy:
  quiet_hours: { from: "21:00", to: "08:00", channels: [sms], then: next_allowed }
  holdout: 5%
"""

CATALOG = """\
catalog: many-campaigns
customer:
  key: customer_id
  attributes:
    country: { type: text }
    email: { type: email, personal: true, optional: true }
    phone: { type: phone, personal: true, optional: true }
    email_consent: { type: consent }
    sms_consent: { type: consent }
channels:
  email: { address: email, consent: email_consent }
  sms: { address: phone, consent: sms_consent }
events:
""" + "".join(f"  event_{number}: {{ properties: {{ amount: {{ type: decimal, scale: 2 }}, item: {{ type: text }} }} }}\n"
              for number in range(20)) + """\
metrics:
  revenue: { event: event_0, sum: amount }
  buyers: { event: event_0, count: customers, per: month }
"""

COUNTRIES = ["KR", "US", "JP", "GB", "FR", "DE"]


def segment(number: int) -> str:
    event, days = f"event_{number % 20}", 7 + number
    if number % 3 == 0:
        where = f"\n  all:\n    - {{ event: {event} }}\n    - {{ event: {event}, at_most: 0, within: {days}d }}\n"
    elif number % 3 == 1:
        where = f" {{ event: {event}, sum: amount, at_least: {number * 10}, within: {days}d }}\n"
    else:
        where = (f"\n  any:\n    - {{ attribute: country, in: [{', '.join(COUNTRIES[: 1 + number % 6])}] }}\n"
                 f"    - {{ event: {event}, at_least: {1 + number % 9}, within: {days}d }}\n")
    return f"segment: segment-{number}\ndescription: Segment {number} of a made-up workspace.\nwhere:{where}"


def campaign(number: int) -> str:
    included, excluded = number % SEGMENTS, (number * 7 + 3) % SEGMENTS
    if number % 2:
        schedule = (f"  when: {{ enters: audience }}\n  delay: {1 + number % 5}d\n"
                    '  send: { next: weekday, at: "10:00" }\n  expires: 5d\n  re_entry: { after: 180d }\n')
    else:
        day = ["mon", "tue", "wed", "thu", "fri"][number % 5]
        schedule = f'  every: {{ days: [{day}], at: "{9 + number % 9:02}:30" }}\n  re_entry: {{ after: {7 + number % 60}d }}\n'
    variants = "".join(f"""\
  variant-{letter}:
    share: 50%
    email:
      subject: Offer {number}{letter} for you
      preheader: New in since your last visit
      body: |
        Hello,

        we have filled {number} shelves since your last order. Here is a look at what came in, and a tenth off anything
        on them until the end of the month.

        The shop
    sms: {{ text: "The shop: {number} new shelves since your last visit. Reply STOP to opt out." }}
""" for letter in "ab")
    return f"""\
campaign: campaign-{number}
description: Campaign {number} of a made-up workspace writes to one segment and not to another.
owner: team-{number % 12}
kind: marketing
priority: {1 + number % 99}

goal:
  metric: revenue
  conversion: {{ event: event_{number % 20}, within: 30d }}

audience:
  include: {{ segment: segment-{included} }}
  exclude:
    any:
      - {{ segment: segment-{excluded} }} # they need help, not offers
      - {{ event: event_{(number + 5) % 20}, at_least: {2 + number % 7}, within: {1 + number % 30}d }}
  control_group: 10%

schedule:
{schedule}
channels: [email, sms]
variants:
{variants}exit: {{ event: event_{(number + 11) % 20} }}
"""


def make(folder: Path, campaigns: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "segments").mkdir(parents=True)
    (folder / "pabal.yaml").write_text(SETTINGS)
    (folder / "catalog.yaml").write_text(CATALOG)
    for number in range(SEGMENTS):
        (folder / f"segments/segment-{number}.yaml").write_text(segment(number))
    for number in range(campaigns):
        area = folder / f"area-{number % 40}"
        area.mkdir(exist_ok=True)
        (area / f"campaign-{number}.yaml").write_text(campaign(number))


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
    parser.add_argument("--runs", type=int, default=5)
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
        make(folder, campaigns)
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
