import Simulation
import Testing

/// Messages per customer: classes over the period, and the busiest day and week.
@Suite struct FatigueTests {
    @Test func customersFallIntoClasses() throws {
        let counts = [0, 0, 1, 2, 3, 4, 5, 6, 10, 11, 20, 21, 25]
        let result = try simulate(
            counts.enumerated().map { index, count in
                // One message each hour, over two days.
                (name: "c\(index)", times: (0..<count).map { hour($0) })
            })
        #expect(Fatigue.classes == [0, 1, 2, 3, 5, 10, 20])
        #expect(result.fatigue.customers == [2, 1, 1, 1, 2, 2, 2, 2])
        #expect(result.fatigue.mostPerPeriod == 25)
        #expect(result.messages == counts.reduce(0, +))
        #expect(result.contacted == 11)
    }

    @Test func aDayIsALocalDayOfTheWorkspace() throws {
        // 15:00 UTC is midnight in Seoul.
        let late = ["2026-03-03T14:30:00Z", "2026-03-03T14:59:59Z", "2026-03-03T15:00:00Z"]
        #expect(try simulate([(name: "c", times: late)], zone: "UTC").fatigue.mostPerDay == 3)
        #expect(try simulate([(name: "c", times: late)], zone: "Asia/Seoul").fatigue.mostPerDay == 2)
    }

    @Test func aWeekBeginsOnMonday() throws {
        // 2026-03-08 is a Sunday, the seventh day of the period.
        let around = ["2026-03-07T10:00:00Z", "2026-03-08T10:00:00Z", "2026-03-09T10:00:00Z", "2026-03-15T10:00:00Z"]
        let fatigue = try simulate([(name: "c", times: around)]).fatigue
        #expect(fatigue.mostPerWeek == 2 && fatigue.mostPerPeriod == 4 && fatigue.mostPerDay == 1)
        let whole = try simulate([(name: "c", times: around + ["2026-03-12T10:00:00Z"])]).fatigue
        #expect(whole.mostPerWeek == 3)
    }

    @Test func theBusiestDayIsOfOneCustomer() throws {
        let time = "2026-03-03T10:00:00Z"
        let result = try simulate([
            (name: "a", times: [time]), (name: "b", times: [time]), (name: "c", times: [time, "2026-03-03T11:00:00Z"]),
        ])
        #expect(result.fatigue.mostPerDay == 2 && result.messages == 4 && result.contacted == 3)
    }

    @Test func nobodyIsNobody() throws {
        let result = try simulate([])
        #expect(result.customers == 0 && result.messages == 0 && result.contacted == 0)
        #expect(result.fatigue == Fatigue())
        #expect(result.campaigns.count == 1 && result.campaigns.allSatisfy { $0.considered == 0 })
    }

    private func hour(_ index: Int) -> String {
        let hours = index % 24
        return "2026-03-0\(2 + index / 24)T\(hours < 10 ? "0" : "")\(hours):00:00Z"
    }

    /// One message for each event.
    private func simulate(_ people: [(name: String, times: [String])], zone: String = "UTC") throws -> SimulationResult
    {
        let campaign = """
            kind: transactional
            schedule: { when: { event: buy }, re_entry: always }
            channels: [email]
            variants: { only: { share: 100%, email: { subject: Hello, body: There. } } }
            """
        let customers = people.map { "\($0.name),2026-01-01T00:00:00Z,,a@example.com,,true,false" }
        let events = people.flatMap { person in person.times.map { "\(person.name),buy,\($0),1" } }
        let store = try Store(
            files: StoreFiles.files(zone: zone, campaigns: ["receipt": campaign]),
            customers: ([StoreFiles.customerHeader] + customers).joined(separator: "\n") + "\n",
            events: ([StoreFiles.eventHeader] + events).joined(separator: "\n") + "\n")
        return try store.simulate("2026-03-02", "2026-03-20")
    }
}
