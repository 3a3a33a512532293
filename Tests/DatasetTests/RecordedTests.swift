import CampaignPlan
import Dataset
import Diagnostics
import Testing

/// When events became known, as far as the source says.
@Suite struct RecordedTests {
    private static let columns = ["recorded_at": "loaded"]
    private static let events = """
        \(Shop.eventHeader),loaded
        c1,purchase,2022-01-02T00:00:00Z,mug,12.5,,2,,2022-01-05T00:00:00.001Z
        c1,purchase,2022-01-01T00:00:00Z,cup,-3,gift,,,2022-01-01T00:00:00Z
        c2,purchase,2022-01-01T00:00:00Z,cup,-3,gift,,,
        c2,view,2022-01-01T10:00:00,mug,,,,2022-02-01T00:00:00Z,2021-12-31T00:00:00Z

        """

    private func recorded(_ events: String, columns: [String: String] = columns, _ event: String) throws -> [Int64?]? {
        let shop = try Shop()
        let (summary, findings) = try shop.importSources(events: events, eventColumns: columns)
        #expect(Shop.lines(findings) == [])
        #expect(summary != nil)
        let dataset = try Dataset.open(at: shop.target)
        let table = try dataset.events(event)
        let recorded = try table.recorded()
        return recorded.map { recorded in
            (0..<table.rowCount).map { recorded[$0] == DatasetFormat.missingNumber ? nil : recorded[$0] }
        }
    }

    @Test func keepsOnlyWhatIsLaterThanTheEvent() throws {
        #expect(try recorded(Self.events, "purchase") == [nil, 1_641_340_800_001, nil])
    }

    @Test func knowsNothingWhereNoRowIsLate() throws {
        #expect(try recorded(Self.events, "view") == nil)
    }

    /// A column of that name says nothing before the source says what it is.
    @Test func readsNoColumnThatIsNotNamed() throws {
        let events = Self.events.replacing(",loaded", with: ",recorded_at")
        #expect(try recorded(events, columns: [:], "purchase") == nil)
    }

    @Test func refusesWhatIsNoInstant() throws {
        let (summary, findings) = try Shop().importSources(
            events: Self.events.replacing("2022-01-05T00:00:00.001Z", with: "later"), eventColumns: Self.columns)
        #expect(summary == nil)
        #expect(
            Shop.lines(findings) == [
                "events.csv:2: error[PB8001]: `loaded` is not an instant: `later`" + BadRowTests.help
            ])
    }

    @Test func wantsTheColumnThatIsNamed() throws {
        let (summary, findings) = try Shop().importSources(
            events: Self.events, eventColumns: ["recorded_at": "written"])
        #expect(summary == nil)
        #expect(findings.map(\.message) == ["no column `written` for when events became known"])
    }

    /// The place of the column does not change what else is read, and threads and memory nothing at all.
    @Test func readsTheSameOtherwise() throws {
        let (plain, late) = (try Shop(), try Shop())
        _ = try plain.importSources(events: Self.events)
        _ = try late.importSources(events: Self.events, eventColumns: Self.columns)
        #expect(try Dataset.open(at: plain.target).dump() == Dataset.open(at: late.target).dump())
    }
}
