#!/usr/bin/env python3
"""Makes customers.csv.gz and events.csv.gz of the sample workspace.

Usage: generate.py [FOLDER]

FOLDER holds `online_retail/customers.csv` and `online_retail/events.csv.gz`. Without it PABAL_TEST_DATA of the
environment names it, else it is `../shared/data` beside the repository. The same input gives the same bytes: no clock,
no randomness, and everything generated is a function of the customer's number.
"""

import csv
import gzip
import hashlib
import io
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

EVENT_COLUMNS = [  # in our file, in the source
    ("customer_id", "customer_id"),
    ("event", "event"),
    ("timestamp", "timestamp"),
    ("order_id", "order_id"),
    ("product", "product_id"),
    ("quantity", "quantity"),
    ("amount", "amount"),
    ("unit_price", "unit_price"),
    ("country", "country"),
]

CUSTOMER_COLUMNS = [
    "customer_id", "country", "zone", "email", "phone", "push_token", "email_consent", "sms_consent", "push_consent",
]

# "Unspecified" has none: it stays blank, and the workspace's zone applies.
ZONES = {
    "Australia": "Australia/Sydney",
    "Austria": "Europe/Vienna",
    "Bahrain": "Asia/Bahrain",
    "Belgium": "Europe/Brussels",
    "Brazil": "America/Sao_Paulo",
    "Canada": "America/Toronto",
    "Channel Islands": "Europe/Jersey",
    "Cyprus": "Asia/Nicosia",
    "Czech Republic": "Europe/Prague",
    "Denmark": "Europe/Copenhagen",
    "EIRE": "Europe/Dublin",
    "European Community": "Europe/Brussels",
    "Finland": "Europe/Helsinki",
    "France": "Europe/Paris",
    "Germany": "Europe/Berlin",
    "Greece": "Europe/Athens",
    "Iceland": "Atlantic/Reykjavik",
    "Israel": "Asia/Jerusalem",
    "Italy": "Europe/Rome",
    "Japan": "Asia/Tokyo",
    "Lebanon": "Asia/Beirut",
    "Lithuania": "Europe/Vilnius",
    "Malta": "Europe/Malta",
    "Netherlands": "Europe/Amsterdam",
    "Norway": "Europe/Oslo",
    "Poland": "Europe/Warsaw",
    "Portugal": "Europe/Lisbon",
    "RSA": "Africa/Johannesburg",
    "Saudi Arabia": "Asia/Riyadh",
    "Singapore": "Asia/Singapore",
    "Spain": "Europe/Madrid",
    "Sweden": "Europe/Stockholm",
    "Switzerland": "Europe/Zurich",
    "USA": "America/New_York",
    "United Arab Emirates": "Asia/Dubai",
    "United Kingdom": "Europe/London",
    "Unspecified": "",
}


def draw(purpose: str, customer: str) -> int:
    """A number in 0..<1,000,000 that only this purpose and this customer decide."""
    digest = hashlib.sha256(f"{purpose}/{customer}".encode()).digest()
    return int.from_bytes(digest[:8], "big") * 1_000_000 >> 64


def chance(purpose: str, customer: str, percent: int) -> bool:
    return draw(purpose, customer) < percent * 10_000


def truth(value: bool) -> str:
    return "true" if value else "false"


def contact(customer: str) -> dict[str, str]:
    token = hashlib.sha256(f"token/{customer}".encode()).hexdigest()[:16]
    return {
        "email": f"customer.{customer}@example.com" if chance("email", customer, 97) else "",
        # +44 7700 900000 to 900999 is reserved for fiction; a thousand numbers, so people share them.
        "phone": f"+447700900{draw('phone-number', customer) // 1000:03d}" if chance("phone", customer, 72) else "",
        "push_token": f"sample-{token}" if chance("push", customer, 35) else "",
        "email_consent": truth(chance("email-consent", customer, 82)),
        "sms_consent": truth(chance("sms-consent", customer, 46)),
        "push_consent": truth(chance("push-consent", customer, 71)),
    }


def write(path: Path, columns: list[str], rows) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    # No name and no time in the gzip header: they would change the bytes.
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.getvalue().encode())
    print(f"{path.name}: {count:,} rows, {path.stat().st_size:,} bytes")


def main() -> None:
    default = os.environ.get("PABAL_TEST_DATA") or HERE.parents[2] / "shared" / "data"
    source = Path(sys.argv[1] if len(sys.argv) > 1 else default) / "online_retail"

    with open(source / "customers.csv", newline="", encoding="utf-8") as file:
        customers = [
            {"customer_id": row["customer_id"], "country": row["country"], "zone": ZONES[row["country"]]}
            | contact(row["customer_id"])
            for row in csv.DictReader(file)
        ]
    write(HERE / "customers.csv.gz", CUSTOMER_COLUMNS, ([row[name] for name in CUSTOMER_COLUMNS] for row in customers))

    with gzip.open(source / "events.csv.gz", "rt", newline="", encoding="utf-8") as file:
        events = csv.DictReader(file)
        names = [name for _, name in EVENT_COLUMNS]
        write(
            HERE / "events.csv.gz", [name for name, _ in EVENT_COLUMNS],
            ([row[name] for name in names] for row in events))


if __name__ == "__main__":
    main()
