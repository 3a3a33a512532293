import CampaignPlan
import CivilTime
import ContractOracle
import TestSupport
import Timeline

/// A random plan with campaigns of every kind, a period in which its customers do things, and those customers.
struct FastCase {
    var plan: Plan
    let customers: [NaiveCustomer]
    let from: Int64
    let to: Int64
    /// The end of the data.
    let last: Int64
    /// Of the replay's counters.
    let levels: Int

    /// `triggered`: mostly campaigns that wait for events and entries.
    init(seed: UInt64, campaigns: Int? = nil, triggered: Bool = false) {
        var source = RandomPlan(seed: seed)
        var random = SeededGenerator(seed: seed &* 77 &+ 5)
        var customers = (0..<random.number(2...6)).map { _ in source.customer().withoutRecordings }
        let times = customers.flatMap { $0.events.map(\.time) }.filter(RandomMoments.usual.contains)
        let anchor = times.randomElement(using: &random) ?? random.number(RandomMoments.usual)
        let day: Int64 = 86_400_000
        from = anchor - random.number(0...40) * day - random.number(0...day)
        to = from + random.number(1...(random.chance(percent: 20) ? 300 : 80)) * day
        last = to + random.number(-20...5) * day
        levels = random.pick([1, 2, 3, 16])
        if triggered {
            for index in customers.indices {
                for _ in 0..<random.number(0...30) {
                    let type = random.pick(["cart", "ping", "purchase", "visit"])
                    let time = random.number(from - 10 * day...to)
                    customers[index].events.append(NaiveEvent(type: type, time: time, properties: [:]))
                }
            }
        }
        self.customers = customers
        var campaign = FastCampaign(
            plan: source.plan, roots: source.roots, exit: source.exit, from: from, to: to,
            triggeredPercent: triggered ? 80 : 0)
        let count = campaigns ?? random.number(1...5)
        let planned = (0..<count).flatMap { campaign.steps(number: $0, using: &random) }
        var plan = source.plan
        plan.schema.channels = FastCampaign.channels
        plan.conditions = campaign.conditions
        plan.campaigns = planned
        if random.chance(percent: 50) { plan.workspace.holdout = campaign.share(using: &random) }
        if random.chance(percent: 65) {
            plan.workspace.quietHours = campaign.quietHours(using: &random)
        }
        self.plan = plan
    }
}

/// Makes campaigns over the conditions of a random plan.
struct FastCampaign {
    private(set) var conditions: [Condition]
    private let usable: [ConditionIndex]
    private let always: ConditionIndex
    private let exit: ConditionIndex
    private let from: Int64
    private let to: Int64
    private let triggeredPercent: Int

    static let channels = [
        ChannelSchema(name: "email", address: "country", consent: "email_consent", nightConsent: nil),
        ChannelSchema(name: "onsite", address: nil, consent: nil, nightConsent: nil),
        ChannelSchema(name: "sms", address: "birthday", consent: "vip", nightConsent: "email_consent"),
    ]

    init(
        plan: Plan, roots: [ConditionIndex], exit: ConditionIndex, from: Int64, to: Int64, triggeredPercent: Int
    ) {
        self.triggeredPercent = triggeredPercent
        conditions = plan.conditions
        var found = Set(roots)
        var next = roots
        while let node = next.popLast() {
            for child in plan.conditions[node].children where found.insert(child).inserted { next.append(child) }
        }
        conditions += [.constant(true), .constant(false)]
        always = conditions.count - 2
        usable = found.sorted() + [conditions.count - 2, conditions.count - 2, conditions.count - 1]
        self.exit = exit
        self.from = from
        self.to = to
    }

    mutating func make(number: Int, using random: inout SeededGenerator) -> PlannedCampaign {
        let names = random.subset(of: Self.channels.map(\.name), least: 0, most: 3).shuffled(using: &random)
        let name = "campaign-\(number)"
        return PlannedCampaign(
            name: name, description: nil, owner: nil,
            kind: random.chance(percent: 70) ? .marketing : .transactional, priority: random.number(0...2),
            goal: random.chance(percent: 60) ? goal(using: &random) : nil,
            include: random.chance(percent: triggeredPercent / 2) ? always : random.pick(usable),
            exclude: random.chance(percent: triggeredPercent > 0 ? 20 : 50) ? random.pick(usable) : nil,
            controlGroup: random.chance(percent: 40) ? share(using: &random) : nil, schedule: schedule(using: &random),
            expires: random.pick([nil, 0, 3_600_000, 43_200_000, 172_800_000]),
            reEntry: random.pick([.always, .never, .after(86_400_000), .after(700_000_000), .after(1)]),
            exit: random.chance(percent: triggeredPercent > 0 ? 40 : 10) ? exit : nil, channels: names, salt: name,
            variantKey: key(&random),
            variants: variants(names, using: &random))
    }

    /// One campaign, or the steps of a journey.
    mutating func steps(number: Int, using random: inout SeededGenerator) -> [PlannedCampaign] {
        let whole = make(number: number, using: &random)
        guard whole.schedule.isTriggered, random.chance(percent: 30) else { return [whole] }
        let restarts = random.chance(percent: 40)
        let delays: [Int64] = [0, 3_600_000, 86_400_000, 9 * 86_400_000]
        return random.subset(of: delays, least: 1, most: 3).sorted().enumerated().map { place, delay in
            var step = whole
            step.step = StepPlan(
                name: "step-\(place)", number: place,
                condition: random.chance(percent: 30) ? random.pick(usable + [exit]) : nil, restarts: restarts)
            let next = random.chance(percent: 70) ? nil : whole.schedule.timing?.next
            step.schedule.timing = SendTiming(delay: delay, next: next)
            step.expires = random.pick([nil, 0, 43_200_000])
            if random.chance(percent: 30) { step.channels.reverse() }
            return step
        }
    }

    func share(using random: inout SeededGenerator) -> BucketShare {
        BucketShare(partsPerMillion: random.pick([0, 300_000, 500_000, 1_000_000]), key: key(&random))
    }

    func quietHours(using random: inout SeededGenerator) -> QuietHours? {
        let times = ["00:00", "02:30", "08:00", "12:00", "21:00"].compactMap { TimeOfDay(parsing: $0) }.shuffled(
            using: &random)
        return QuietHours(
            from: times[0], until: times[1],
            channels: random.subset(of: Self.channels.map(\.name), least: 1, most: 3),
            action: random.pick([.nextAllowed, .nextAllowed, .drop]))
    }

    private func key(_ random: inout SeededGenerator) -> AssignmentKey {
        AssignmentKey(k0: random.next(), k1: random.next())
    }

    private mutating func goal(using random: inout SeededGenerator) -> GoalPlan {
        let conversion = EventSelection(types: [random.pick(["cart", "ping", "purchase", "visit"])], tests: [])
        let within: Int64 = random.pick([1, 3_600_000, 3 * 86_400_000, 30 * 86_400_000])
        guard random.chance(percent: 70) else {
            return GoalPlan(metric: nil, conversion: conversion, within: within, converted: random.pick(usable))
        }
        conditions.append(.events(conversion, .elapsed(from: within, to: 0), .countAtLeast(1)))
        return GoalPlan(metric: nil, conversion: conversion, within: within, converted: conditions.count - 1)
    }

    private func schedule(using random: inout SeededGenerator) -> Schedule {
        let zone = random.chance(percent: 40) ? .recipient : ZoneReference.named(random.pick(RandomCatalog.zoneNames))
        let time = TimeOfDay(parsing: random.pick(["00:00", "00:30", "02:30", "07:59", "12:00", "22:15"])) ?? .midnight
        let instant = Instant(milliseconds: random.number(from - 86_400_000...to + 86_400_000))
        if triggeredPercent > 0, random.chance(percent: triggeredPercent) {
            return trigger(zone, time, using: &random)
        }
        switch random.number(1...20) {
        case 1...2: return .onceAtInstant(instant)
        case 3...4: return .once(TimeZoneRules.utc.local(at: instant), zone)
        case 5: return .onEntry(SendTiming(delay: 3_600_000, next: nil))
        case 6:
            return .onEvent(EventSelection(types: ["ping"], tests: []), SendTiming(delay: 0, next: nil))
        case 7...8: return .recurring(.monthDay(random.number(1...31)), at: time, from: nil, until: nil, zone)
        default:
            let days = random.subset(of: Weekday.allCases.map(\.rawValue), least: 1, most: 7)
                .compactMap { Weekday(rawValue: $0) }
            let first = random.chance(percent: 30) ? TimeZoneRules.utc.day(at: instant) : nil
            let rule = DayRule.weekdays(random.chance(percent: 50) ? Weekday.allCases : days)
            return .recurring(rule, at: time, from: first, until: nil, zone)
        }
    }

    private func trigger(
        _ zone: ZoneReference, _ time: TimeOfDay, using random: inout SeededGenerator
    ) -> Schedule {
        let days = random.subset(of: Weekday.allCases.map(\.rawValue), least: 1, most: 7)
            .compactMap { Weekday(rawValue: $0) }
        let timing = SendTiming(
            delay: random.pick([0, 0, 1, 3_600_000, 86_400_000, 20 * 86_400_000]),
            next: random.chance(percent: 50) ? NextTime(days: .weekdays(days), time: .at(time), zone: zone) : nil)
        if random.chance(percent: 40) { return .onEntry(timing) }
        let types = random.subset(of: ["cart", "ping", "purchase", "visit"], least: 1, most: 2)
        return .onEvent(EventSelection(types: types, tests: []), timing)
    }

    private func variants(_ channels: [String], using random: inout SeededGenerator) -> [VariantPlan] {
        let cuts = random.pick([[0, 1_000_000], [0, 400_000, 1_000_000], [0, 10, 500_000, 1_000_000]])
        let same = random.chance(percent: 60)
        return zip(cuts, cuts.dropFirst()).enumerated().map { index, range in
            let reached = same ? channels : random.subset(of: channels, least: 0, most: 3)
            return VariantPlan(
                name: "variant-\(index)", buckets: range.0..<range.1,
                messages: reached.sorted().map { MessagePlan(channel: $0, fields: []) })
        }
    }
}

extension NaiveCustomer {
    /// With all events known when they happen: others are never replayed by masks.
    var withoutRecordings: NaiveCustomer {
        var customer = self
        for index in customer.events.indices { customer.events[index].recorded = nil }
        return customer
    }
}
