"""Workspaces of any number of files, the same on every machine: segments over events, campaigns over segments."""

from pathlib import Path

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


def campaign(number: int, segments: int) -> str:
    included, excluded = number % segments, (number * 7 + 3) % segments
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


def write(folder: Path, campaigns: int, segments: int) -> dict[str, str]:
    """Writes a workspace without findings; gives its files by their paths."""
    files = {"pabal.yaml": SETTINGS, "catalog.yaml": CATALOG}
    for number in range(segments):
        files[f"segments/segment-{number}.yaml"] = segment(number)
    for number in range(campaigns):
        files[f"area-{number % 40}/campaign-{number}.yaml"] = campaign(number, segments)
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return files
