import Foundation
import TestSupport

/// Python with `croniter`, `holidays` and its own zone data, to compare schedules with.
struct SchedulePeer {
    private let python: String

    /// Nil where they are not there and cannot be installed.
    static let shared: SchedulePeer? = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pabal-schedule-peer-1").path()
        let python = folder + "/bin/python"
        if works(python) { return SchedulePeer(python: python) }
        guard run("/usr/bin/env", ["python3", "-m", "venv", folder]) == 0,
            run(python, ["-m", "pip", "install", "--quiet", "croniter==7.0.0", "holidays==0.109", "tzdata"]) == 0,
            works(python)
        else { return nil }
        return SchedulePeer(python: python)
    }()

    /// What the peer finds wrong with lines `zone|kind|expression|seconds since 1970`; empty: nothing.
    func differences(_ lines: [String]) throws -> String {
        let folder = try TemporaryDirectory()
        let script = try folder.write(Self.script, to: "peer.py")
        let data = try folder.write(lines.joined(separator: "\n") + "\n", to: "instants")
        let run = try PabalBinary(path: python).run([script, data], environment: ["PYTHONTZPATH": ""], secondsMax: 600)
        return run.status == 0 ? run.stdout : "status \(run.status)\n\(run.stdout)\(run.stderr)"
    }

    private static func works(_ python: String) -> Bool {
        FileManager.default.fileExists(atPath: python) && run(python, ["-c", "import croniter, holidays, tzdata"]) == 0
    }

    private static func run(_ path: String, _ arguments: [String]) -> Int32 {
        (try? PabalBinary(path: path).run(arguments, secondsMax: 300).status) ?? -1
    }

    /// Looks at two days around every change of a zone's clocks, and at working days everywhere.
    private static let script = """
        import sys
        from collections import defaultdict
        from functools import lru_cache
        from datetime import datetime, timedelta, timezone
        from zoneinfo import ZoneInfo
        import holidays
        from croniter import croniter

        UTC = timezone.utc
        HOUR = timedelta(hours=1)

        @lru_cache
        def changes(zone):
            found, now = [], datetime(2020, 1, 1, tzinfo=UTC)
            while now < datetime(2041, 1, 1, tzinfo=UTC):
                if now.astimezone(zone).utcoffset() != (now + HOUR).astimezone(zone).utcoffset():
                    low, high = 0, 3600
                    while high - low > 1:
                        middle = (low + high) // 2
                        at = (now + timedelta(seconds=middle)).astimezone(zone).utcoffset()
                        low, high = (middle, high) if at == now.astimezone(zone).utcoffset() else (low, middle)
                    found.append(now + timedelta(seconds=high))
                now += HOUR
            return found

        def shown(wall, zone):
            instants = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
            return sorted(i for i in instants if i.astimezone(zone).replace(tzinfo=None) == wall)

        def meant(wall, zone, changes):
            instants = shown(wall, zone)
            if instants:
                return instants[0]
            after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC) - timedelta(hours=3)
            return min(c for c in changes if c > after)

        def walls(kind, text, start, end):
            if kind == "working":
                country, time = text.split()
                days = holidays.country_holidays(country, years=range(2019, 2032))
                hour, minute = map(int, time.split(":"))
                day = start.replace(hour=hour, minute=minute, second=0, microsecond=0) - timedelta(days=1)
                while day <= end:
                    if day >= start and day.weekday() < 5 and day.date() not in days:
                        yield day
                    day += timedelta(days=1)
                return
            iterator = croniter(text, start - timedelta(minutes=1), implement_cron_bug=True)
            while True:
                wall = iterator.get_next(datetime)
                if wall > end:
                    return
                yield wall

        found = defaultdict(set)
        for line in open(sys.argv[1]).read().splitlines():
            zone, kind, text, seconds = line.split("|")
            found[zone, kind, text].add(datetime.fromtimestamp(int(seconds), UTC))
        compared = 0
        for (name, kind, text), instants in sorted(found.items()):
            zone = ZoneInfo(name)
            edges = changes(zone)
            if kind == "working":
                spans = [(datetime(2020, 1, 3, tzinfo=UTC), datetime(2030, 12, 29, tzinfo=UTC))]
            else:
                spans = [(e - timedelta(days=2), e + timedelta(days=2)) for e in edges]
                spans.append((datetime(2028, 2, 20, tzinfo=UTC), datetime(2028, 3, 20, tzinfo=UTC)))
            for low, high in spans:
                start = low.astimezone(zone).replace(tzinfo=None) - timedelta(days=1)
                end = high.astimezone(zone).replace(tzinfo=None) + timedelta(days=1)
                expected = set()
                for wall in walls(kind, text, start, end):
                    expected.update(shown(wall, zone) if kind == "elapsed" else [meant(wall, zone, edges)])
                wanted = {i for i in expected if low <= i < high}
                have = {i for i in instants if low <= i < high}
                compared += len(wanted)
                for instant in sorted(wanted ^ have)[:3]:
                    print(name, kind, text, instant, "missing" if instant in wanted else "too much")
        if compared < 1000:
            print("only", compared, "instants were compared")

        """
}
