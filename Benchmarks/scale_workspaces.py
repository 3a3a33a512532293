"""The campaigns that scale.py simulates, as YAML and as SQL.

Atoms are drawn by fixed strides from the event types, windows and numbers, so that every machine has the same ones.
"""

from dataclasses import dataclass
from pathlib import Path

TYPES = [
    "page_view", "product_view", "search", "add_to_cart", "app_open", "purchase", "wishlist_add", "email_open", "review",
    "coupon_use", "refund", "support_chat", "event_13", "event_14", "event_15", "event_16",
]
WINDOWS = [1, 3, 7, 14, 21, 30, 45, 60]
CONSENTS = ["email_consent", "sms_consent", "push_consent"]


@dataclass(frozen=True)
class Atom:
    """At least `number` events of a type within some days; none for 0."""

    event: str
    days: int
    number: int

    @property
    def column(self) -> str:
        return f"{self.event}_{self.days}"

    @property
    def yaml(self) -> str:
        measure = f"at_least: {self.number}" if self.number else "at_most: 0"
        return f"{{ event: {self.event}, {measure}, within: {self.days}d }}"

    @property
    def sql(self) -> str:
        return f"{self.column} >= {self.number}" if self.number else f"{self.column} = 0"


@dataclass(frozen=True)
class Consent:
    name: str

    @property
    def yaml(self) -> str:
        return f"{{ attribute: {self.name}, is: true }}"

    @property
    def sql(self) -> str:
        return self.name


@dataclass(frozen=True)
class Campaign:
    name: str
    include: str
    condition: str
    atoms: tuple


def draw(count: int, numbers: list[int], start: int) -> list[Atom]:
    """Distinct ones: the stride has no divisor in common with how many there are."""
    every = [Atom(event, days, number) for event in TYPES for days in WINDOWS for number in numbers]
    return [every[(start + index) * 77 % len(every)] for index in range(count)]


def other(atoms: list[Atom], place: int, taken: set[str]) -> Atom:
    """The first from a place on over an event that is not taken: about one event, atoms can exclude each other."""
    turned = (atoms[(place + step) % len(atoms)] for step in range(len(atoms)))
    return next(atom for atom in turned if atom.event not in taken)


def campaigns(count: int, atom_count: int) -> list[Campaign]:
    """`atom_count` distinct atoms: three of consent, three in ten of absence, the others of counts."""
    absences = draw(atom_count * 3 // 10, [0], 5)
    counts = draw(atom_count - len(absences) - len(CONSENTS), [1, 2, 3, 5], 0)
    consents = [Consent(name) for name in CONSENTS]
    found = []
    for index in range(count):
        a = counts[index % len(counts)]
        b = other(counts, index * 7 + index // len(counts) + 1, {a.event})
        c = other(absences, index * 3 + index // len(counts), {a.event, b.event})
        d = consents[index % len(consents)]
        if index % 3 == 0:
            include = f"all: [{{ any: [{a.yaml}, {b.yaml}] }}, {c.yaml}, {d.yaml}]"
            condition = f"({a.sql} OR {b.sql}) AND {c.sql} AND {d.sql}"
        elif index % 3 == 1:
            include = f"all: [{a.yaml}, {d.yaml}, {{ not: {b.yaml} }}]"
            condition = f"{a.sql} AND {d.sql} AND NOT ({b.sql})"
        else:
            include = f"all: [{{ any: [{a.yaml}, {c.yaml}] }}, {d.yaml}, {b.yaml}]"
            condition = f"({a.sql} OR {c.sql}) AND {d.sql} AND {b.sql}"
        found.append(Campaign(f"campaign-{index + 1:04}", include, condition, (a, b, c)))
    return found


def write_scheduled(folder: Path, catalog: Path, found: list[Campaign]) -> None:
    """Daily at noon. The first one's audience is a segment."""
    for campaign in found:
        include = "segment: one-segment" if campaign is found[0] else campaign.include
        write_campaign(folder, campaign.name, f"""audience:
  include:
    {include}
schedule:
  every: {{ days: daily, at: "12:00" }}
""")
    write_segment(folder, found[0])
    write_root(folder, catalog)


def write_governed(folder: Path, catalog: Path, found: list[Campaign]) -> None:
    """The same with a policy: priorities, frequency caps, a holdout, and quiet hours in the recipient's zone, which move
    what is sent at noon UTC for a good part of the recipients; every other campaign prefers push to e-mail."""
    for index, campaign in enumerate(found):
        channels = ["push", "email"] if index % 2 else ["email"]
        write_campaign(folder, campaign.name, f"""priority: {index * 37 % 100}
audience:
  include:
    {campaign.include}
schedule:
  every: {{ days: daily, at: "12:00" }}
""", channels)
    write_root(folder, catalog, """policy:
  quiet_hours: { from: "21:00", to: "08:00", channels: [push], then: next_allowed }
  frequency_caps:
    - { at_most: 3, per: 7d }
    - { channel: push, at_most: 1, per: 24h }
  holdout: 5%
""")


def write_triggered(folder: Path, catalog: Path, count: int) -> None:
    """Half fire when somebody enters the audience, half after an event."""
    for index, campaign in enumerate(campaigns(count, 40)):
        when = "enters: audience" if index % 2 == 0 else f"event: {TYPES[3 + index // 2 % 8]}"
        write_campaign(folder, campaign.name, f"""audience:
  include:
    {campaign.include}
schedule:
  when: {{ {when} }}
  delay: {1 + index % 5}h
  re_entry: {{ after: {7 + index % 3 * 7}d }}
""")
    write_root(folder, catalog)


@dataclass(frozen=True)
class Behaviour:
    """A condition that is more than counts, and who fulfils it at $t: one row a customer, `customer_id`."""

    name: str
    label: str
    yaml: str
    sql: str


# Those who exist at $t, and what they did in the 90 days before.
EXISTING = "JOIN people USING (customer_id) WHERE signed_up_at <= $t"
BOUGHT = "FROM typed WHERE event = 'purchase' AND time <= $t AND time > $t - INTERVAL 90 DAY"

BEHAVIOURS = [
    Behaviour(
        "sequence", "a cart without an order within a day",
        "{ sequence: [{ event: add_to_cart }, { absent: purchase, within: 24h }], within: 7d }",
        f"""SELECT DISTINCT customer_id FROM (
              SELECT c.customer_id FROM (
                SELECT customer_id, time FROM typed
                WHERE event = 'add_to_cart' AND time > $t - INTERVAL 7 DAY AND time <= $t - INTERVAL 24 HOUR) c
              ASOF LEFT JOIN (
                SELECT customer_id, time FROM typed
                WHERE event = 'purchase' AND time > $t - INTERVAL 7 DAY AND time <= $t) p
              ON c.customer_id = p.customer_id AND c.time < p.time
              WHERE p.time IS NULL OR p.time > c.time + INTERVAL 24 HOUR
            ) {EXISTING}"""),
    Behaviour(
        "rank", "the tenth who spent most in 90 days",
        "{ rank: { by: { event: purchase, sum: amount, within: 90d }, top: 10% } }",
        f"""SELECT customer_id FROM (
              SELECT customer_id, row_number() OVER (ORDER BY spent DESC, customer_id) AS place, count(*) OVER () AS n
              FROM (SELECT customer_id, sum(amount) AS spent {BOUGHT} GROUP BY customer_id) {EXISTING}
            ) WHERE place <= ceil(n / 10)"""),
    Behaviour(
        "rfm", "the best two of five groups in each of RFM",
        """{ rfm: { recency: { event: purchase, within: 90d }, frequency: { event: purchase, within: 90d },
      monetary: { event: purchase, sum: amount, within: 90d }, groups: 5,
      r: { at_least: 4 }, f: { at_least: 4 }, m: { at_least: 4 } } }""",
        f"""SELECT customer_id FROM (
              SELECT customer_id, ntile(5) OVER (ORDER BY latest, customer_id) AS r,
                ntile(5) OVER (ORDER BY bought, customer_id) AS f, ntile(5) OVER (ORDER BY spent, customer_id) AS m
              FROM (
                SELECT customer_id, max(time) AS latest, count(*) AS bought, sum(amount) AS spent {BOUGHT}
                GROUP BY customer_id) {EXISTING}
            ) WHERE r >= 4 AND f >= 4 AND m >= 4"""),
    Behaviour(
        "interval", "a median of at most 14 days between purchases",
        "{ purchase_interval: { event: purchase, median: local_days, occurrences: 4 }, at_most: 14 }",
        f"""SELECT customer_id FROM (
              SELECT customer_id, median(gap) AS gap FROM (
                SELECT customer_id, day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap FROM (
                  SELECT DISTINCT customer_id, time::DATE AS day FROM typed WHERE event = 'purchase' AND time <= $t))
              GROUP BY customer_id HAVING count(*) >= 4
            ) {EXISTING} AND gap <= 14"""),
]


def write_behaviour(folder: Path, catalog: Path, behaviour: Behaviour) -> None:
    """One campaign daily at noon, whose audience is a segment."""
    write_campaign(folder, behaviour.name, f"""audience:
  include: {{ segment: those }}
schedule:
  every: {{ days: daily, at: "12:00" }}
""")
    (folder / "those.yaml").write_text(f"segment: those\nwhere:\n  {behaviour.yaml}\n")
    write_root(folder, catalog)


MESSAGES = {
    "email": "{ subject: News, body: \"Hello, there is news.\" }",
    "push": "{ title: News, body: \"Hello, there is news.\" }",
}


def write_campaign(folder: Path, name: str, body: str, channels: list[str] = ["email"]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    messages = "".join(f"    {channel}: {MESSAGES[channel]}\n" for channel in channels)
    (folder / f"{name}.yaml").write_text(f"""campaign: {name}
kind: marketing
{body}channels: [{", ".join(channels)}]
variants:
  text:
    share: 100%
{messages}""")


def write_segment(folder: Path, campaign: Campaign) -> None:
    (folder / "one-segment.yaml").write_text(f"segment: one-segment\nwhere:\n  {campaign.include}\n")


def write_root(folder: Path, catalog: Path, policy: str = "") -> None:
    (folder / "pabal.yaml").write_text("pabal: 1\nworkspace: synthetic-shop\nzone: UTC\ncurrency: EUR\n" + policy)
    (folder / "catalog.yaml").write_text(catalog.read_text())


def counting_query(found: list[Campaign]) -> str:
    """How many are in each campaign's audience at $t: one row, a column for each campaign.

    Only events that some window can reach are read, and each (type, window) is counted once for all thresholds.
    """
    atoms = {atom.column: atom for campaign in found for atom in campaign.atoms}
    counts = ", ".join(
        f"count(*) FILTER (event = '{atom.event}' AND time > $t - INTERVAL {atom.days} DAY) AS {name}"
        for name, atom in sorted(atoms.items()))
    filled = ", ".join(f"coalesce({name}, 0) AS {name}" for name in sorted(atoms))
    answers = ", ".join(f"count(*) FILTER ({campaign.condition}) AS \"{campaign.name}\"" for campaign in found)
    reach = max(atom.days for atom in atoms.values())
    return f"""
        SELECT {answers} FROM (
          SELECT {', '.join(CONSENTS)}, {filled} FROM people LEFT JOIN (
            SELECT customer_id, {counts} FROM typed
            WHERE time <= $t AND time > $t - INTERVAL {reach} DAY GROUP BY customer_id
          ) USING (customer_id) WHERE signed_up_at <= $t)"""
