import CampaignPlan
import CivilTime
import Testing
import Timeline

/// A timeline holds what the plan reads, and nothing else.
@Suite struct BindLayoutTests {
    private func events(_ layout: TimelineLayout) -> [String] {
        layout.events.map { "\($0.event) \($0.properties)\($0.needsOrder ? " ordered" : "")" }
    }

    @Test func readsWhatConditionsName() {
        var plan = DecisionPlan()
        _ = plan.events("visit")
        _ = plan.events("purchase", tests: [PropertyTest(property: "product", test: .missing(false))])
        _ = plan.add(.attribute("country", .missing(true)))
        #expect(events(plan.bound.layout) == [#"purchase ["product"]"#, "visit []"])
        #expect(plan.bound.layout.attributes == ["country"])
    }

    @Test func mergedTypesNeedTheirOrder() {
        var plan = DecisionPlan()
        _ = plan.add(
            .events(
                EventSelection(types: ["purchase", "refund"], tests: []), .ever,
                .aggregate(.sum, property: "amount", .missing(false))))
        _ = plan.events("visit")
        #expect(
            events(plan.bound.layout) == [#"purchase ["amount"] ordered"#, #"refund ["amount"] ordered"#, "visit []"])
    }

    @Test func readsWhatCampaignsNeed() throws {
        var plan = DecisionPlan()
        let once = Schedule.onceAtInstant(Instant(milliseconds: 0))
        plan.campaign(once, channels: ["sms", "onsite", "pigeon"])
        #expect(plan.bound.layout.attributes == ["night_consent", "phone", "sms_consent"])
        #expect(plan.bound.layout.events.isEmpty)
        plan.campaign(
            named: "visits",
            .onEvent(
                EventSelection(types: ["visit"], tests: []),
                SendTiming(delay: 0, next: NextTime(days: .weekdays([.monday]), time: .at(.midnight), zone: .recipient))
            ))
        #expect(
            plan.bound.layout.attributes == [
                "email", "email_consent", "night_consent", "phone", "sms_consent", "zone",
            ])
        #expect(events(plan.bound.layout) == ["visit []"])
    }

    @Test func quietHoursReadTheZone() throws {
        var plan = DecisionPlan()
        #expect(plan.bound.layout.attributes == [])
        plan.quietHours = QuietHours(
            from: .midnight, until: try #require(TimeOfDay(parsing: "08:00")), channels: ["sms"], action: .drop)
        #expect(plan.bound.layout.attributes == ["zone"])
    }

    @Test func localDaysOfRecipientsReadTheZone() throws {
        var plan = DecisionPlan()
        _ = plan.events("visit", .past(try #require(CalendarSpan(parsing: "1 day")), .recipient))
        #expect(plan.bound.layout.attributes == ["zone"])
    }

    @Test func rowsCanBeCopiedIntoPlace() {
        var plan = DecisionPlan()
        let big = plan.events(
            "purchase", tests: [PropertyTest(property: "amount", test: .number(.within(min: 2, max: nil)))])
        let bound = plan.bound
        var evaluator = Evaluator(bound)
        for customer in 1...3 {
            evaluator.timeline.reset(existsFrom: .min, key: Array("\(customer)".utf8).span)
            evaluator.timeline.reserve(slot: 0, rows: customer)
            evaluator.timeline.fillTimes(slot: 0) { storage, start in
                for row in 0..<customer { storage[start + row] = Int64(row * 100) }
            }
            evaluator.timeline.fillProperty(slot: 0, property: 0) { storage, start in
                for row in 0..<customer { storage[start + row] = Int64(row) }
            }
            evaluator.begin()
            let found = evaluator.intervals(of: big)
            #expect(found == (customer == 3 ? [Interval(from: 200, to: .max)] : []))
        }
    }
}
