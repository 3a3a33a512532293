#!/usr/bin/env python3
"""Makes zones.bin, and the table of offsets that its tests expect, from the pinned release of `tzdata`.

Usage: python3 generate.py        (needs pip; writes both files in place; the same release gives the same bytes)

The two outputs have independent sources of truth: zones.bin packs the TZif bytes read here, while the expected offsets
come from Python's own `zoneinfo` reading the same release.

Layout of zones.bin, all integers little-endian:

    magic        4 bytes  "PBTZ"
    format       u8       1
    version      u8 length, ASCII: the IANA version, "2026f"
    names        u16      how many
    bodies       u16      how many
    each name, in ascending byte order:
        u8 length, ASCII name; u16 index of its body (links share the body of their target)
    each body:   u32      where it begins, from the start of the file
    each body:
        offsets      u8 how many; each i32: seconds east of UTC; the first holds before the first transition
        transitions  u16 how many; each i64: seconds since 1970-01-01T00:00:00Z, ascending
        one u8 a transition: the index of the offset that holds from it on
        rule         u8: 0 the last offset holds for ever; 1 a yearly rule follows, for after the last transition:
            i32 standard offset, i32 daylight offset, then the start of daylight time and its end, each as
            u8 month 1...12, u8 week 1...5 (5: the last), u8 weekday 0...6 (0: Sunday),
            i32 seconds after that day's 00:00 by the wall clock before the change (may be negative or over a day)

Changes of name or of the daylight flag alone, without a change of offset, are left out, except for a last transition
after which a yearly rule holds (Antarctica/Troll).
"""

import datetime
import importlib.util
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zoneinfo

RELEASE = "2026.6"

HERE = pathlib.Path(__file__).resolve().parent
EXPECTED = HERE.parent.parent / "Tests" / "CivilTimeTests" / "ExpectedOffsets.swift"

# Zones whose offsets the tests compare: rules on both hemispheres, odd offsets, negative daylight time, skipped days,
# changes at midnight, rules that were dropped, and rules that begin on the day before or after their weekday.
COMPARED = """
Africa/Cairo Africa/Casablanca Africa/Johannesburg Africa/Lagos Africa/Monrovia America/Anchorage America/Asuncion
America/Caracas America/Godthab America/Havana America/Los_Angeles America/Mexico_City America/New_York
America/Santiago America/Sao_Paulo America/St_Johns Antarctica/Troll Asia/Amman Asia/Beirut Asia/Dhaka Asia/Gaza
Asia/Jerusalem Asia/Kathmandu Asia/Kolkata Asia/Pyongyang Asia/Seoul Asia/Shanghai Asia/Tehran Asia/Tokyo
Atlantic/Azores Australia/Adelaide Australia/Lord_Howe Australia/Sydney Europe/Berlin Europe/Chisinau Europe/Dublin
Europe/Istanbul Europe/London Europe/Moscow Pacific/Apia Pacific/Auckland Pacific/Chatham Pacific/Kiritimati
Pacific/Norfolk UTC
""".split()


def parse_body(tzif):
    """(offsets, transitions, indices, footer) of the 64-bit part of one TZif file (RFC 9636)."""
    if tzif[:4] != b"TZif" or tzif[4:5] < b"2":
        raise ValueError("not a TZif file of version 2 or later")

    def counts(at):
        return struct.unpack(">6l", tzif[at + 20 : at + 44])

    isut, isstd, leaps, times, types, chars = counts(0)
    at = 44 + times * 5 + types * 6 + chars + leaps * 8 + isstd + isut
    isut, isstd, leaps, times, types, chars = counts(at)
    if leaps:
        raise ValueError("leap seconds are not supported")
    at += 44
    transitions = struct.unpack(f">{times}q", tzif[at : at + 8 * times])
    at += 8 * times
    indices = list(tzif[at : at + times])
    at += times
    offsets = [struct.unpack(">lBB", tzif[at + 6 * i : at + 6 * i + 6])[0] for i in range(types)]
    at += 6 * types + chars + isstd + isut
    footer = tzif[at:].decode("ascii")
    if not (footer.startswith("\n") and footer.endswith("\n")):
        raise ValueError("the footer is missing")
    return offsets, transitions, indices, footer.strip("\n")


def hms(text):
    """Seconds of a POSIX `[+-]h[:mm[:ss]]`."""
    sign = -1 if text.startswith("-") else 1
    parts = [int(part) for part in text.lstrip("+-").split(":")] + [0, 0]
    return sign * (parts[0] * 3600 + parts[1] * 60 + parts[2])


RULE = re.compile(
    r"(?:<[^>]+>|[A-Za-z]{3,})(?P<std>[-+]?[\d:]+)"
    r"(?:(?:<[^>]+>|[A-Za-z]{3,})(?P<dst>[-+]?[\d:]+)?,(?P<start>[^,]+),(?P<end>[^,]+))?"
)
CHANGE = re.compile(r"M(\d+)\.(\d)\.(\d)(?:/([-+]?[\d:]+))?")


def parse_footer(footer):
    """(standard, None) or (standard, (daylight, start, end)) of a POSIX TZ string; only M changes are in use."""
    match = RULE.fullmatch(footer)
    if not match:
        raise ValueError(f"unknown rule {footer!r}")
    standard = -hms(match["std"])
    if match["start"] is None:
        return standard, None
    daylight = -hms(match["dst"]) if match["dst"] else standard + 3600
    changes = []
    for text in (match["start"], match["end"]):
        change = CHANGE.fullmatch(text)
        if not change:
            raise ValueError(f"unknown change {text!r}")
        month, week, weekday = (int(change[i]) for i in (1, 2, 3))
        changes.append((month, week, weekday, hms(change[4] or "2")))
    return standard, (daylight, *changes)


def pack_body(tzif):
    offsets, transitions, indices, footer = parse_body(tzif)
    # Type 0 holds before the first transition, and is the only one when there are no transitions.
    standard, rule = parse_footer(footer)
    used, packed, current = [offsets[0]], [], offsets[0]
    for transition, index in zip(transitions, indices):
        starts_rule = rule is not None and transition == transitions[-1]
        if offsets[index] == current and not starts_rule:
            continue
        current = offsets[index]
        if current not in used:
            used.append(current)
        packed.append((transition, used.index(current)))
    if rule is None and standard != current:
        raise ValueError(f"the rule {footer!r} contradicts the last transition")
    if rule is not None and (not packed or current not in (standard, rule[0])):
        raise ValueError(f"the rule {footer!r} does not continue the transitions")
    body = struct.pack("<B", len(used)) + struct.pack(f"<{len(used)}i", *used)
    body += struct.pack("<H", len(packed)) + struct.pack(f"<{len(packed)}q", *(at for at, _ in packed))
    body += bytes(index for _, index in packed)
    if rule is None:
        return body + b"\0"
    daylight, start, end = rule
    return body + struct.pack("<Bii", 1, standard, daylight) + struct.pack("<BBBi", *start) + struct.pack("<BBBi", *end)


def pack(version, names, tzif_of):
    bodies, index_of, table = [], {}, b""
    for name in names:
        body = pack_body(tzif_of(name))
        if body not in index_of:
            index_of[body] = len(bodies)
            bodies.append(body)
        table += struct.pack("<B", len(name)) + name.encode("ascii") + struct.pack("<H", index_of[body])
    head = b"PBTZ" + struct.pack("<BB", 1, len(version)) + version.encode("ascii")
    head += struct.pack("<HH", len(names), len(bodies)) + table
    at, places = len(head) + 4 * len(bodies), b""
    for body in bodies:
        places += struct.pack("<I", at)
        at += len(body)
    return head + places + b"".join(bodies)


EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def offset_at(zone, seconds):
    local = (EPOCH + datetime.timedelta(seconds=seconds)).astimezone(zone)
    return int(local.utcoffset().total_seconds())


def changes_of(zone, first_year, last_year):
    """The offset at the start of first_year, and each (instant, offset) until the end of last_year, by bisection."""
    at = int((datetime.datetime(first_year, 1, 1, tzinfo=datetime.timezone.utc) - EPOCH).total_seconds())
    end = int((datetime.datetime(last_year + 1, 1, 1, tzinfo=datetime.timezone.utc) - EPOCH).total_seconds())
    first = offset = offset_at(zone, at)
    changes, step = [], 6 * 3600
    while at < end:
        after = offset_at(zone, at + step)
        if after != offset:
            low, high = at, at + step
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset_at(zone, middle) == offset else (low, middle)
            offset = after
            changes.append((high, offset))
        at += step
    return first, changes


def expected_source(version, zones):
    lines = []
    for name, zone in zones:
        first, changes = changes_of(zone, 1970, 2040)
        line = f"{name} {first}"
        for at, offset in changes:
            item = f"{at}:{offset}"
            if len(line) + 1 + len(item) > 112:
                lines.append(line)
                line = "    " + item
            else:
                line += " " + item
        lines.append(line)
    text = "\n".join("        " + line for line in lines)
    return f'''// Written by Sources/CZoneData/generate.py from Python's zoneinfo; not edited by hand.

/// The offsets of some zones from 1970 to 2040, by another implementation over the same release of the data.
///
/// Each zone is its name, its offset in seconds at 1970-01-01T00:00:00Z, and then `instant:offset` for each change, the
/// instant in seconds too; lines that begin with white space continue the zone.
enum ExpectedOffsets {{
    static let dataVersion = "{version}"

    static let table = """
{text}
        """
}}
'''


def main():
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder]
        subprocess.run([*pip, f"tzdata=={RELEASE}"], check=True)
        package = pathlib.Path(folder) / "tzdata"
        spec = importlib.util.spec_from_file_location("pinned_tzdata", package / "__init__.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        version = module.IANA_VERSION
        names = sorted((package / "zones").read_text(encoding="ascii").split())
        files = package / "zoneinfo"
        data = pack(version, names, lambda name: files.joinpath(name).read_bytes())
        (HERE / "zones.bin").write_bytes(data)

        zones = []
        for name in COMPARED:
            with files.joinpath(name).open("rb") as file:
                zones.append((name, zoneinfo.ZoneInfo.from_file(file, key=name)))
        EXPECTED.write_text(expected_source(version, zones), encoding="ascii")
        print(f"{version}: {len(names)} names, {len(data)} bytes; {len(zones)} zones compared")


if __name__ == "__main__":
    main()
