"""Workspaces of any number of files, the same on every machine: segments over a shop's events, campaigns over segments."""

from pathlib import Path

SETTINGS = """\
pabal: 1
workspace: large-shop
zone: Europe/London
currency: GBP
jurisdictions: [GB]
policy:
  quiet_hours: { from: "21:00", to: "08:00", channels: [sms, email], then: next_allowed }
  holdout: 5%
"""

EVENTS = ["purchase", "refund", "visit", "search", "review", "wishlist_add", "email_open", "support_chat"]

CATALOG = """\
catalog: large-shop
customer:
  key: customer_id
  attributes:
    country:       { type: text, values: [GB, IE, FR, DE, KR, JP, US] }
    email:         { type: email, personal: true, optional: true }
    phone:         { type: phone, personal: true, optional: true }
    email_consent: { type: consent }
    sms_consent:   { type: consent }
channels:
  email: { address: email, consent: email_consent }
  sms:   { address: phone, consent: sms_consent }
events:
""" + "".join(
    f"""\
  {event}:
    properties:
      order_id: {{ type: text }}
      product:  {{ type: text }}
      quantity: {{ type: integer }}
      amount:   {{ type: decimal, scale: 2 }}
""" for event in EVENTS) + """\
metrics:
  revenue: { event: purchase, sum: amount }
  reviews: { event: review, count: customers }
"""

COUNTRIES = ["GB", "IE", "FR", "DE", "KR", "JP", "US"]


def segment(index: int) -> str:
    event, other = EVENTS[index % 8], EVENTS[(index * 3 + 1) % 8]
    days = 7 + index * 5 % 360
    return f"""\
segment: segment-{index}
description: Did {event} lately and something else, number {index}.
where:
  all:
    - {{ event: {event}, within: {days}d, at_least: {1 + index % 9} }}
    - event: {other}
      where:
        product: {{ in: [red, green, "{index}"] }}
        quantity: {{ at_least: {1 + index % 5} }}
      at_most: {index % 4}
      within: {days * 2}d
    - any:
        - {{ attribute: country, is: {COUNTRIES[index % 7]} }}
        - {{ event: {event}, sum: amount, at_least: {10 + index} , within: {days + 30}d }}
"""


def campaign(index: int, segments: int) -> str:
    first, second, third = (index * step % segments for step in (1, 7, 11))
    schedule = (
        '  when: { enters: audience }\n  delay: 1d\n  send: { next: weekday, at: "10:00" }\n  re_entry: { after: 180d }\n'
        if index % 2 else f'  every: {{ days: weekdays, at: "{9 + index % 9:02}:30" }}\n')
    return f"""\
campaign: campaign-{index}
description: Brings people of segment {first} back, before they forget us.
owner: team-{index % 12}
kind: marketing
priority: {index % 100}

goal:
  metric: revenue
  conversion: {{ event: purchase, within: {7 + index % 30}d }}

audience:
  include: {{ segment: segment-{first} }}
  exclude:
    any:
      - {{ segment: segment-{second} }}
      - {{ segment: segment-{third} }}
      - {{ event: purchase, within: {1 + index % 40}d }}
  control_group: 10%

schedule:
{schedule}  expires: 5d

channels: [email, sms]
variants:
  we-miss-you:
    share: 50%
    email:
      subject: It has been a while
      preheader: New in since your last visit
      body: |
        Hello,

        we have filled three shelves since your last order. Here is a look at what came in, and a tenth off anything on
        them until the end of the month.

        The large shop
    sms: {{ text: "The large shop: three new shelves since your last visit. Reply STOP to opt out." }}
  plain-question:
    share: 50%
    email:
      subject: Did we do something wrong?
      body: |
        Hello,

        you used to order from us. If something put you off, we would like to know; one line is enough.

        The large shop
    sms: {{ text: "The large shop: anything we should fix? Reply to tell us, or STOP to opt out." }}
exit: {{ event: purchase }}
"""


def write(folder: Path, campaigns: int, segments: int) -> dict[str, str]:
    """Writes a workspace without errors; gives its files by their paths."""
    files = {"pabal.yaml": SETTINGS, "catalog.yaml": CATALOG}
    for index in range(segments):
        files[f"segments/segment-{index}.yaml"] = segment(index)
    for index in range(campaigns):
        files[f"team-{index % 12}/campaign-{index}.yaml"] = campaign(index, segments)
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return files
