"""The audiences of the sample campaigns, written by hand as SQL, and the instants at which they are asked.

An audience is a campaign's `include` without its `exclude`, before hold-out, consent and everything else that follows.
Change a sample campaign, and change it here; `replay.py` compares the counts with `pabal audience`.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Callable
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")

# `$t` is the instant (UTC), `$today` its local day. Purchases visible at `$t`, grouped by customer:
PURCHASES = {
    "one_order": "min(order_no) = max(order_no)",
    "last_bought": "max(ts)",
    "last_day": "max(day)",
    "spent_90": "sum(amount) FILTER (ts > $t - INTERVAL 90 DAY)",
    "orders_90": "count(DISTINCT order_no) FILTER (ts > $t - INTERVAL 90 DAY)",
    "most_180": "max(quantity) FILTER (ts > $t - INTERVAL 180 DAY)",
    "cheap_180": "sum(unit_price) FILTER (ts > $t - INTERVAL 180 DAY) < 5 * count(*) FILTER (ts > $t - INTERVAL 180 DAY)",
    "crafts_365": "bool_or(product IN ('22086', '22142', '22144', '22577', '22578', '22910') AND ts > $t - INTERVAL 365 DAY)",
    "hearts_60": "bool_or(product = '85123A' AND ts > $t - INTERVAL 60 DAY)",
    "stands_60": "bool_or(product = '22423' AND ts > $t - INTERVAL 60 DAY)",
}

# Refunds visible at `$t`, likewise; null for whoever had none.
REFUNDS = {
    "back_180": "sum(amount) FILTER (ts > $t - INTERVAL 180 DAY)",
    "refunds": "count(*)",
}

NOT_REFUND_HEAVY = "coalesce(back_180, 0) > -100"
ABROAD = "country NOT IN ('United Kingdom', 'Channel Islands', 'Unspecified')"


def local(day: date, at: time) -> datetime:
    return datetime.combine(day, at, ZONE).astimezone(timezone.utc)


def days(first: date, end: date) -> list[date]:
    return [first + timedelta(n) for n in range((end - first).days)]


def daily(first: date, end: date) -> list[datetime]:
    """What a triggered campaign is asked at: noon of every day."""
    return [local(day, time(12)) for day in days(first, end)]


def weekly(weekdays: set[int], at: time) -> Callable[[date, date], list[datetime]]:
    return lambda first, end: [local(day, at) for day in days(first, end) if day.isoweekday() in weekdays]


def monthly(day_of_month: int, at: time, since=date.min, until=date.max) -> Callable[[date, date], list[datetime]]:
    def is_due(day: date) -> bool:
        is_last = (day + timedelta(1)).month != day.month
        return since <= day <= until and (day.day == day_of_month or (is_last and day.day < day_of_month))

    return lambda first, end: [local(day, at) for day in days(first, end) if is_due(day)]


def once(day: date, at: time) -> Callable[[date, date], list[datetime]]:
    return lambda first, end: [local(day, at)] if first <= day < end else []


@dataclass(frozen=True)
class Audience:
    instants: Callable[[date, date], list[datetime]]
    # Names in PURCHASES and REFUNDS that `where` needs.
    purchases: tuple[str, ...]
    refunds: tuple[str, ...]
    # Days before `$t` from which purchases matter; None: all of them.
    reach: int | None
    where: str


AUDIENCES = {
    "cakestand-for-heart-holders": Audience(
        weekly({4}, time(17, 30)), ("hearts_60", "stands_60"), ("back_180",), 60,
        f"hearts_60 AND NOT stands_60 AND {NOT_REFUND_HEAVY}"),
    "first-order-thank-you": Audience(daily, ("one_order",), (), None, "one_order"),
    "second-order-nudge": Audience(
        daily, ("one_order", "last_bought"), ("back_180",), None,
        f"one_order AND last_bought <= $t - INTERVAL 30 DAY AND {NOT_REFUND_HEAVY}"),
    "win-back": Audience(
        daily, ("last_bought",), ("back_180",), None,
        f"last_bought <= $t - INTERVAL 90 DAY AND {NOT_REFUND_HEAVY} AND NOT {ABROAD}"),
    "lapsed-abroad": Audience(
        weekly({2}, time(10)), ("last_bought",), ("back_180",), None,
        f"{ABROAD} AND last_bought <= $t - INTERVAL 60 DAY AND {NOT_REFUND_HEAVY}"),
    "big-spenders-preview": Audience(
        weekly({1}, time(18)), ("spent_90",), ("back_180",), 90, f"spent_90 >= 2000 AND {NOT_REFUND_HEAVY}"),
    "month-end-thank-you": Audience(
        monthly(31, time(9, 30)), ("orders_90",), ("refunds",), 90, "orders_90 >= 3 AND coalesce(refunds, 0) = 0"),
    "weekday-digest": Audience(
        weekly({1, 2, 3, 4, 5}, time(12)), ("last_day",), ("back_180",), 15,
        f"last_day > $today - 14 AND last_day <= $today - 1 AND {NOT_REFUND_HEAVY}"),
    "christmas-last-orders": Audience(
        once(date(2011, 12, 5), time(18)), ("crafts_365", "last_bought"), (), 365,
        "crafts_365 AND last_bought <= $t - INTERVAL 7 DAY"),
    "wholesale-price-list": Audience(
        monthly(1, time(7, 30), date(2011, 3, 1), date(2011, 11, 30)), ("most_180", "cheap_180"), (), 180,
        "most_180 >= 96 AND cheap_180"),
    # Everybody: no condition, so nothing to group.
    "refund-confirmation": Audience(daily, (), (), None, "true"),
}


def load(connection, data) -> None:
    """Customers, purchases and refunds as small typed tables, the local day worked out once."""
    connection.execute(f"""
        CREATE TEMP TABLE lines AS SELECT * FROM read_csv('{data}/events.csv.gz', header = true, all_varchar = true);
        CREATE TYPE product AS ENUM (SELECT DISTINCT product FROM lines ORDER BY 1);
        CREATE TABLE customers AS SELECT customer_id::INTEGER AS customer_id, country
          FROM read_csv('{data}/customers.csv.gz', header = true, all_varchar = true);
        CREATE TEMP TABLE typed AS SELECT customer_id::INTEGER AS customer_id, event, utc AS ts,
            timezone('Europe/London', timezone('UTC', utc))::DATE AS day,
            dense_rank() OVER (ORDER BY order_id)::INTEGER AS order_no, product::product AS product,
            quantity::INTEGER AS quantity, amount::DECIMAL(18, 2) AS amount, unit_price::DECIMAL(18, 3) AS unit_price
          FROM (SELECT *, strptime("timestamp", '%Y-%m-%dT%H:%M:%SZ') AS utc FROM lines);
        CREATE TABLE purchases AS SELECT * EXCLUDE event FROM typed WHERE event = 'purchase' ORDER BY ts;
        CREATE TABLE refunds AS SELECT * EXCLUDE event FROM typed WHERE event = 'refund' ORDER BY ts;
        DROP TABLE typed;
        DROP TABLE lines;
    """)


def columns(audiences: list[Audience], instants: str = "") -> str:
    """The tables that these audiences need, one row a customer (and instant, where `instants` is a table of them)."""
    purchases = dict.fromkeys(name for audience in audiences for name in audience.purchases)
    refunds = dict.fromkeys(name for audience in audiences for name in audience.refunds)
    reaches = [audience.reach for audience in audiences if audience.purchases]
    bound = "" if None in reaches or not reaches else f" AND ts > $t - INTERVAL {max(reaches)} DAY"
    keys = "t, today, customer_id" if instants else "customer_id"

    def grouped(table: str, measures: dict[str, str], names, limit: str) -> str:
        selected = ", ".join(f"{measures[name]} AS {name}" for name in names)
        source = f"{instants} JOIN {table} ON ts <= t{limit}" if instants else f"{table} WHERE ts <= $t{limit}"
        return f"(SELECT {keys}, {selected} FROM {source} GROUP BY {keys})"

    parts = []
    if purchases:
        parts.append(grouped("purchases", PURCHASES, purchases, bound))
    parts.append("JOIN customers USING (customer_id)" if parts else "customers")
    if refunds:
        parts.append(f"LEFT JOIN {grouped('refunds', REFUNDS, refunds, '')} USING ({keys})")
    text = " ".join(parts)
    return text.replace("$today", "today").replace("$t", "t") if instants else text


def named(condition: str) -> str:
    return condition.replace("$today", "today").replace("$t", "t")


def ask_each(connection, first: date, end: date) -> tuple[int, dict]:
    """One query per campaign and instant."""
    counts, queries = {}, 0
    for name, audience in AUDIENCES.items():
        sql = f"SELECT count(*) FROM {columns([audience])} WHERE {audience.where}"
        counts[name] = {}
        for instant in audience.instants(first, end):
            counts[name][instant] = connection.execute(sql, values(sql, instant)).fetchone()[0]
            queries += 1
    return queries, counts


def ask_together(connection, first: date, end: date) -> tuple[int, dict]:
    """One query per instant, for all campaigns that are due then."""
    due: dict[datetime, list[str]] = {}
    for name, audience in AUDIENCES.items():
        for instant in audience.instants(first, end):
            due.setdefault(instant, []).append(name)
    counts = {name: {} for name in AUDIENCES}
    for instant, names in sorted(due.items()):
        # Whoever never bought has no row of purchases, so "everybody" is asked of the customers themselves.
        asked = [name for name in names if AUDIENCES[name].purchases]
        found = [f"(SELECT count(*) FROM customers) AS \"{name}\"" for name in names if name not in asked]
        found += [f"count(*) FILTER ({AUDIENCES[name].where}) AS \"{name}\"" for name in asked]
        sql = f"SELECT {', '.join(found)} FROM {columns([AUDIENCES[name] for name in asked] or [AUDIENCES[names[0]]])}"
        cursor = connection.execute(sql, values(sql, instant))
        for description, count in zip(cursor.description, cursor.fetchone()):
            counts[description[0]][instant] = count
    return len(due), counts


def ask_by_campaign(connection, first: date, end: date) -> tuple[int, dict]:
    """One query per campaign, joined with a table of all its instants."""
    counts, queries = {}, 0
    for name, audience in AUDIENCES.items():
        instants = audience.instants(first, end)
        rows = ", ".join(f"(TIMESTAMP '{i:%Y-%m-%d %H:%M:%S}', DATE '{i.astimezone(ZONE):%Y-%m-%d}')" for i in instants)
        counts[name] = dict.fromkeys(instants, 0)
        if not rows:
            continue
        table = f"(VALUES {rows}) AS instants(t, today)"
        source = columns([audience], table) if audience.purchases else f"{table} CROSS JOIN customers"
        sql = f"SELECT t, count(*) FROM {source} WHERE {named(audience.where)} GROUP BY t"
        for instant, count in connection.execute(sql).fetchall():
            counts[name][instant.replace(tzinfo=timezone.utc)] = count
        queries += 1
    return queries, counts


def values(sql: str, instant: datetime) -> dict:
    found = {}
    if "$today" in sql:
        found["today"] = instant.astimezone(ZONE).date()
    if "$t" in sql.replace("$today", ""):
        found["t"] = instant.replace(tzinfo=None)
    return found


FORMS = {
    "each": ("one query per campaign and instant", ask_each),
    "together": ("one query per instant, all campaigns due", ask_together),
    "by-campaign": ("one query per campaign, all its instants", ask_by_campaign),
}
