#!/usr/bin/env python3
"""Makes up customers.csv.gz and events.csv.gz of the Korean sample workspace: 480 customers, a year and a half.

Usage: generate.py

Nobody in it exists. Everything comes from a generator with a fixed seed, so that every run gives the same bytes. What
is planted, so that campaigns have something to find: a third of the readers fall silent for good; carts are bought
within a day by 45 %; first orders are cancelled by 3 %; those who buy cosmetics come again after about 45 days.
"""

import csv
import gzip
import io
import random
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
START, END = datetime(2025, 1, 1), datetime(2026, 7, 1)
CUSTOMERS = 480
CITIES = ["서울", "부산", "대구", "인천", "광주", "대전", "수원", "제주"]
CATEGORIES = {"뜨개": 18000, "도자기": 42000, "목공": 65000, "그림": 24000, "화장품": 31000, "캠핑": 98000}
CONTENTS = {"야근": 12, "이직": 9, "만들기": 14, "정리": 7}
SOURCES = ["", "", "naver_search", "instagram", "bigin_crm", "bigin_crm_weekly", "crm", "friend"]
DEVICES = ["ios", "android", "android", "web"]
HOURS = [1, 1, 0, 0, 0, 1, 2, 5, 8, 7, 6, 7, 12, 9, 6, 6, 6, 7, 9, 11, 13, 14, 11, 5]

CUSTOMER_COLUMNS = [
    "customer_id", "signed_up_at", "tenure_years", "city", "name", "email", "phone", "push_token", "email_consent",
    "sms_consent", "kakao_consent", "push_consent", "night_consent",
]
EVENT_COLUMNS = [
    "customer_id", "event", "timestamp", "url", "source", "device", "content", "category", "product", "order_id",
    "amount", "coupon_id", "expires_at", "plan",
]


class Shop:
    def __init__(self):
        self.random = random.Random(20260101)
        self.events = []
        self.orders = 0
        self.coupons = 0

    def add(self, customer, event, at, **values):
        if START <= at < END:
            self.events.append((at, len(self.events), customer, event, values))

    def moment(self, day):
        hour = self.random.choices(range(24), HOURS)[0]
        return day + timedelta(hours=hour, seconds=self.random.randrange(3600))

    def chance(self, percent):
        return self.random.random() * 100 < percent

    def buy(self, customer, at, product, category):
        self.orders += 1
        order = f"o{self.orders:05}"
        for line in range(self.random.choice([1, 1, 1, 2, 3])):
            price = int(CATEGORIES[category] * self.random.uniform(0.6, 1.8)) // 100 * 100
            self.add(customer, "purchase", at, order_id=order, product=product if line == 0 else f"{category}-{line}",
                     category=category, amount=price)
        if self.chance(3):
            self.add(customer, "cancel", at + timedelta(hours=self.random.randrange(1, 40)), order_id=order)

    def coupon(self, customer, at):
        self.coupons += 1
        name = f"c{self.coupons:05}"
        expires = (at + timedelta(days=self.random.choice([7, 14, 30]))).replace(hour=23, minute=59, second=0)
        self.add(customer, "coupon_issued", at, coupon_id=name, expires_at=expires.isoformat())
        if self.chance(35):
            used = at + (expires - at) * self.random.random()
            self.add(customer, "coupon_used", used, coupon_id=name)

    def visit(self, customer, at, favourite):
        random = self.random
        self.add(customer, "visit", at, url=random.choice(["/", "/best", "/stories", "/sale?utm=1"]),
                 source=random.choice(SOURCES), device=random.choice(DEVICES))
        if self.chance(55):
            category = random.choices(list(CONTENTS), CONTENTS.values())[0]
            self.add(customer, "content_view", at + timedelta(minutes=2),
                     content=f"{category}-{random.randrange(1, 40)}", category=category)
        if self.chance(40):
            product = f"{favourite}-{random.randrange(1, 30)}"
            self.add(customer, "product_view", at + timedelta(minutes=5), product=product, category=favourite)
            if self.chance(25):
                self.add(customer, "add_to_cart", at + timedelta(minutes=7), product=product, category=favourite)
                if self.chance(45):
                    self.buy(customer, at + timedelta(minutes=random.randrange(9, 1300)), product, favourite)

    def live(self, customer, signed_up):
        random = self.random
        favourite = random.choice(list(CATEGORIES))
        every = random.choice([2, 4, 7, 7, 12, 25])
        silent_from = signed_up + timedelta(days=random.randrange(5, 150)) if self.chance(33) else END
        day = max(signed_up, START)
        while day < min(silent_from, END):
            midnight = day.replace(hour=0, minute=0, second=0)
            at = self.moment(midnight)
            if at >= signed_up:
                self.visit(customer, at, favourite)
            day = midnight + timedelta(days=max(1, round(random.expovariate(1 / every))))
        if favourite == "화장품":
            day = max(signed_up, START) + timedelta(days=random.randrange(40))
            while day < silent_from:
                self.buy(customer, self.moment(day.replace(hour=0, minute=0, second=0)), "화장품-1", favourite)
                day += timedelta(days=random.gauss(45, 3))
        for _ in range(random.choice([0, 0, 1, 2])):
            self.coupon(customer, self.moment(START + timedelta(days=random.randrange(0, 540))))
        if self.chance(6):
            self.add(customer, "plan_changed", self.moment(START + timedelta(days=random.randrange(540))),
                     plan=random.choice(["basic", "pro", "pro"]))


def write(name, columns, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    with open(HERE / name, "wb") as file, gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
        packed.write(text.getvalue().encode())


def main():
    shop = Shop()
    random = shop.random
    customers = []
    for number in range(1, CUSTOMERS + 1):
        key = f"kr{number:04}"
        signed_up = START + timedelta(days=random.randrange(-200, 540), seconds=random.randrange(86400))
        if signed_up >= START:
            shop.add(key, "signup", signed_up)
        yes = lambda percent: "true" if shop.chance(percent) else "false"
        customers.append([
            key, signed_up.isoformat(), random.choice(["", 1, 2, 3, 4, 6, 9, 14]), random.choice(CITIES),
            f"회원{number}" if shop.chance(80) else "", f"{key}@example.com" if shop.chance(90) else "",
            f"+821000{number:06}" if shop.chance(92) else "", f"token-{key}" if shop.chance(60) else "",
            yes(60), yes(45), yes(55), yes(70), yes(8),
        ])
        shop.live(key, signed_up)
    write("customers.csv.gz", CUSTOMER_COLUMNS, customers)
    rows = []
    for at, _, customer, event, values in sorted(shop.events):
        values = dict(values, customer_id=customer, event=event, timestamp=at.isoformat(timespec="seconds"))
        rows.append([values.get(column, "") for column in EVENT_COLUMNS])
    write("events.csv.gz", EVENT_COLUMNS, rows)
    print(f"{len(customers)} customers, {len(rows)} events")


if __name__ == "__main__":
    main()
