import CampaignPlan
import Testing
import Timeline

/// Events that became known only after they happened: nothing sees them before, and their order is that of their times.
@Suite struct LateEventTests {
    private func select(_ type: String) -> EventSelection { EventSelection(types: [type], tests: []) }

    private func intervals(_ condition: Condition, _ person: DecisionPerson) -> [Interval] {
        var plan = DecisionPlan()
        let root = plan.add(condition)
        let bound = plan.bound
        var evaluator = Evaluator(bound)
        evaluator.begin(person.timeline(bound.layout))
        return evaluator.intervals(of: root)
    }

    private func at(_ day: Int) -> Int64 { decisionInstant("2026-01-01T00:00Z") + Int64(day - 1) * decisionDay }

    /// `[max(s, recorded), s + d)`.
    @Test func countsFromTheRecordingToTheEndOfItsOwnWindow() {
        var person = DecisionPerson()
        person.did("visit", "2026-01-01T00:00Z", recorded: "2026-01-04T00:00Z")
        let within = { (days: Int64) in
            Condition.events(self.select("visit"), .elapsed(from: days * decisionDay, to: 0), .countAtLeast(1))
        }
        #expect(intervals(within(7), person) == [Interval(from: at(4), to: at(8))])
        #expect(intervals(within(3), person) == [])
        #expect(
            intervals(.events(select("visit"), .ever, .countAtLeast(1)), person) == [Interval(from: at(4), to: .max)])
    }

    @Test func aRecordingBeforeTheEventSaysNothing() {
        var person = DecisionPerson()
        person.did("visit", "2026-01-03T00:00Z", recorded: "2026-01-01T00:00Z")
        #expect(
            intervals(.events(select("visit"), .ever, .countAtLeast(1)), person) == [Interval(from: at(3), to: .max)])
    }

    /// The visit came first, though it was heard of last.
    @Test func orderIsThatOfTheTimes() {
        var person = DecisionPerson()
        person.did("purchase", "2026-01-02T00:00Z")
        person.did("visit", "2026-01-01T00:00Z", recorded: "2026-01-05T00:00Z")
        let steps = { (first: String, second: String) in
            Condition.sequence(
                SequencePattern(
                    steps: [.init(selection: self.select(first)), .init(selection: self.select(second))], absence: nil,
                    window: .ever, startsLast: false))
        }
        #expect(intervals(steps("visit", "purchase"), person) == [Interval(from: at(5), to: .max)])
        #expect(intervals(steps("purchase", "visit"), person) == [])
    }

    /// A segment is entered when it is known to hold, and left again when something else becomes known.
    @Test func segmentsAreEnteredAtTheRecording() {
        var plan = DecisionPlan()
        let silent = plan.not(plan.events("purchase", .elapsed(from: 10 * decisionDay, to: 0)))
        plan.campaign(.onEntry(SendTiming(delay: 0, next: nil)), include: silent)
        var person = DecisionPerson()
        person.did("purchase", "2026-01-01T00:00Z")
        person.did("purchase", "2026-01-09T00:00Z", recorded: "2026-01-12T00:00Z")
        #expect(
            january(plan, person) == [
                "digest#0 2026-01-11T00:00:00Z send email", "digest#1 2026-01-19T00:00:00Z send email",
            ])
    }

    /// Two that became known at once are one trigger; one that is heard of after the period is none.
    @Test func eventsTriggerWhenTheyBecomeKnown() {
        var plan = DecisionPlan()
        plan.campaign(.onEvent(select("visit"), SendTiming(delay: decisionHour, next: nil)))
        var person = DecisionPerson()
        person.did("visit", "2026-01-02T00:00Z", recorded: "2026-01-05T00:00Z")
        person.did("visit", "2026-01-03T00:00Z", recorded: "2026-01-05T00:00Z")
        person.did("visit", "2026-01-04T00:00Z")
        person.did("visit", "2026-01-06T00:00Z", recorded: "2026-03-01T00:00Z")
        #expect(
            january(plan, person) == [
                "digest#0 2026-01-04T01:00:00Z send email", "digest#1 2026-01-05T01:00:00Z send email",
            ])
    }

    /// What is bought and only then heard of does not exit before.
    @Test func exitsSeeWhatIsKnownAtTheSend() {
        var plan = DecisionPlan()
        let exit = plan.events("purchase", .sinceTrigger)
        plan.campaign(
            .onEvent(select("visit"), SendTiming(delay: 2 * decisionDay, next: nil)), exit: exit)
        var person = DecisionPerson()
        person.did("visit", "2026-01-02T00:00Z")
        person.did("purchase", "2026-01-03T00:00Z", recorded: "2026-01-05T00:00Z")
        person.did("visit", "2026-01-10T00:00Z")
        person.did("purchase", "2026-01-11T00:00Z", recorded: "2026-01-12T00:00Z")
        #expect(
            january(plan, person) == [
                "digest#0 2026-01-04T00:00:00Z send email", "digest#1 2026-01-12T00:00:00Z exited",
            ])
    }

    /// An evaluator that had somebody with late events has everybody after them as they are.
    @Test func thoseWhoComeLaterAreTheirOwn() {
        var plan = DecisionPlan()
        let root = plan.events("visit")
        let bound = plan.bound
        var evaluator = Evaluator(bound)
        var late = DecisionPerson()
        late.did("visit", "2026-01-01T00:00Z", recorded: "2026-01-04T00:00Z")
        var plain = DecisionPerson()
        plain.did("visit", "2026-01-02T00:00Z")
        for (person, start) in [(late, at(4)), (plain, at(2)), (late, at(4)), (DecisionPerson(), Int64.max)] {
            evaluator.begin(person.timeline(bound.layout))
            let found = evaluator.intervals(of: root)
            #expect(found == (start == .max ? [] : [Interval(from: start, to: .max)]))
        }
    }

    private func january(_ plan: DecisionPlan, _ person: DecisionPerson) -> [String] {
        decisionLines(plan, person, "2026-01-01T00:00Z", "2026-02-01T00:00Z")
    }
}
