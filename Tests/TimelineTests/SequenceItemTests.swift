import CampaignPlan
import ContractOracle
import Testing

/// Sequences of derived events, and of events at certain local times.
@Suite struct SequenceItemTests: ChecksByHand {
    private func atLeast(_ amount: Int64) -> PropertyTest {
        PropertyTest(property: "amount", test: .number(.within(min: amount, max: nil)))
    }

    private func sequence(
        _ first: EventSelection, then: SequencePattern.Step? = nil, absent: SequencePattern.Step? = nil,
        window: EventWindow = .ever, startsLast: Bool = false
    ) -> SequencePattern {
        SequencePattern(
            steps: [.init(selection: first)] + [then].compactMap { $0 }, absence: absent, window: window,
            startsLast: startsLast)
    }

    private func visit(_ time: String, _ amount: Int64? = nil) -> (String, String, [String: NaiveValue]) {
        ("visit", time, amount.map { ["amount": .number($0)] } ?? [:])
    }

    /// 18:30 in London is 19:30 in summer time there, and half past two in the morning in Seoul.
    @Test func stepsLookAtLocalHours() {
        let people = customer([
            visit("2011-01-10T17:59:59"), ("ping", "2011-01-10T20:00", [:]), visit("2011-01-11T18:30"),
            ("ping", "2011-01-12T08:00", [:]),
        ])
        let evening = PropertyTest(
            .hour, in: .named("Europe/London"), test: .number(.within(min: 18, max: nil)))
        let pattern = sequence(select("visit", [evening]), then: .init(selection: select("ping")))
        check(
            .sequence(pattern), people,
            ["2011-01-10T20:00": false, "2011-01-12T07:59": false, "2011-01-12T08:00": true])
        checkTriggers(pattern, people, ["2011-01-12T08:00"])
        let night = PropertyTest(.hour, in: .named("Asia/Seoul"), test: .number(.within(min: 3, max: 4)))
        // The first visit was at 02:59:59 in Seoul.
        check(
            .sequence(sequence(select("visit", [night]), then: .init(selection: select("ping")))), people,
            ["2011-01-10T20:00": false, "2011-01-12T08:00": true])
        check(
            .sequence(sequence(select("visit"), absent: .init(selection: select("visit", [evening])))), people,
            ["2011-01-11T18:29": true, "2011-01-11T18:30": true])
    }

    private var largeOrder: NaiveCustomer {
        customer([
            line("2011-01-10T10:00", "tea", 60), visit("2011-01-10T11:00"), line("2011-01-10T12:00", "tea", 50),
            line("2011-01-10T14:00", "tea", -50), line("2011-01-10T15:00", "tea", 90),
        ])
    }

    /// An order is a step at its first line for as long as its lines so far are worth enough.
    @Test func totalsChangeWhatStepsAre() {
        let pattern = sequence(select("order", [atLeast(100)]), then: .init(selection: select("visit")))
        check(
            .sequence(pattern), largeOrder,
            [
                "2011-01-10T11:00": false, "2011-01-10T11:59": false, "2011-01-10T12:00": true,
                "2011-01-10T13:59": true, "2011-01-10T14:00": false, "2011-01-10T15:00": true, "2012-01-01T00:00": true,
            ])
        // Begun when the order was, which its later lines do not change.
        var recent = pattern
        recent.window = .elapsed(from: 3 * Self.hour, to: 0)
        check(
            .sequence(recent), largeOrder,
            ["2011-01-10T12:00": true, "2011-01-10T12:59": true, "2011-01-10T13:00": false, "2011-01-10T15:00": false])
        // As soon as that is known, and again when it is known anew.
        checkTriggers(pattern, largeOrder, ["2011-01-10T12:00", "2011-01-10T15:00"])
        checkTriggers(recent, largeOrder, ["2011-01-10T12:00"])
    }

    @Test func sinceATriggerCountsTheFirstLine() {
        var pattern = sequence(select("order", [atLeast(100)]), then: .init(selection: select("visit")))
        pattern.window = .sinceTrigger
        check(
            .sequence(pattern), largeOrder, trigger: "2011-01-10T09:59",
            [
                "2011-01-10T11:59:59.999": false, "2011-01-10T12:00": true, "2011-01-10T13:59:59.999": true,
                "2011-01-10T14:00": false,
            ])
        check(.sequence(pattern), largeOrder, trigger: "2011-01-10T10:00", ["2011-01-10T12:00": false])
    }

    /// The later line of an order has its key; that of another one does not.
    @Test func sameComparesKeys() {
        let same = SequencePattern.Step(selection: select("purchase"), same: ["order"])
        check(
            .sequence(sequence(select("order"), then: same)), orders,
            ["2011-01-10T11:59": false, "2011-01-10T12:00": true])
        checkTriggers(sequence(select("order"), then: same), orders, ["2011-01-10T12:00"])
        // What follows is an order of its own.
        check(
            .sequence(sequence(select("order"), then: .init(selection: select("order"), same: ["order"]))), orders,
            ["2012-01-01T00:00": false])
        check(
            .sequence(sequence(select("order"), then: .init(selection: select("order")))), orders,
            ["2011-01-10T10:59": false, "2011-01-10T11:00": true])
    }

    /// Numbers of lines are compared as they are at the instant: both orders have one until the first gets its second.
    @Test func sameComparesWhatChanges() {
        let same = SequencePattern.Step(selection: select("order"), same: ["lines"])
        check(
            .sequence(sequence(select("order"), then: same)), orders,
            ["2011-01-10T11:00": true, "2011-01-10T11:59": true, "2011-01-10T12:00": false])
        checkTriggers(sequence(select("order"), then: same), orders, ["2011-01-10T11:00"])
    }

    @Test func ordersCanBeAbsent() {
        let people = customer([
            visit("2011-01-10T09:30"), line("2011-01-10T10:00", "tea", 60), line("2011-01-10T13:00", "tea", 50),
            line("2011-01-10T15:00", "tea", -50),
        ])
        let large = select("order", [atLeast(100)])
        // Nothing is missed at 12:30, but then the order of ten o'clock becomes large.
        let timed = sequence(select("visit"), absent: .init(selection: large, within: 3 * Self.hour))
        check(
            .sequence(timed), people,
            [
                "2011-01-10T12:29": false, "2011-01-10T12:30": true, "2011-01-10T13:00": false,
                "2011-01-10T15:00": true,
            ])
        checkTriggers(timed, people, ["2011-01-10T12:30", "2011-01-10T15:00"])
        let sofar = sequence(select("visit"), absent: .init(selection: large))
        check(
            .sequence(sofar), people,
            [
                "2011-01-10T09:30": true, "2011-01-10T12:59": true, "2011-01-10T13:00": false,
                "2011-01-10T15:00": true,
            ])
        // What was undone was complete all the same.
        checkTriggers(sofar, people, ["2011-01-10T09:30"])
    }

    /// An order and its first line are at one place in the input, so one is no later start than the other.
    @Test func anOrderBeginsWhereItsFirstLineIs() {
        let first = EventSelection(types: ["order", "purchase"], tests: [atLeast(60)])
        let then = SequencePattern.Step(selection: select("visit"), same: ["amount"])
        let pattern = sequence(first, then: then, startsLast: true)
        for amount: Int64 in [60, 110] {
            let people = customer([
                line("2011-01-10T10:00", "tea", 60), line("2011-01-10T12:00", "tea", 50),
                visit("2011-01-10T13:00", amount), line("2011-01-10T14:00", "x", 60),
            ])
            check(
                .sequence(pattern), people,
                ["2011-01-10T12:59": false, "2011-01-10T13:00": true, "2011-01-10T14:00": false])
        }
    }

    /// Of two orders of one instant the later one in the input is the last.
    @Test func ordersOfOneInstantHaveAnOrder() {
        let same = SequencePattern.Step(selection: select("purchase"), same: ["order"])
        for (order, holds) in [("tea", false), ("x", true)] {
            let people = customer([
                line("2011-01-10T10:00", "tea", 5), line("2011-01-10T10:00", "x", 5),
                line("2011-01-10T12:00", order, 5),
            ])
            for tests in [[], [atLeast(5)]] {
                let pattern = sequence(select("order", tests), then: same, startsLast: true)
                check(.sequence(pattern), people, ["2011-01-10T12:00": holds])
            }
        }
    }

    /// A line that is heard of late makes its order large from then on, and earlier where it was the first.
    @Test func lateLinesCountFromTheirRecording() {
        var people = customer([
            line("2011-01-10T10:00", "tea", 60), visit("2011-01-10T11:00"), line("2011-01-10T12:00", "tea", 50),
        ])
        people.events[0].recorded = at("2011-01-10T16:00")
        let pattern = sequence(select("order", [atLeast(100)]), then: .init(selection: select("visit")))
        check(.sequence(pattern), people, ["2011-01-10T15:59": false, "2011-01-10T16:00": true])
        checkTriggers(pattern, people, ["2011-01-10T16:00"])
        people.events[0].recorded = nil
        people.events[2].recorded = at("2011-01-10T17:00")
        check(.sequence(pattern), people, ["2011-01-10T16:59": false, "2011-01-10T17:00": true])
        checkTriggers(pattern, people, ["2011-01-10T17:00"])
        // Of any size it was complete before.
        checkTriggers(sequence(select("order"), then: .init(selection: select("visit"))), people, ["2011-01-10T11:00"])
    }
}
