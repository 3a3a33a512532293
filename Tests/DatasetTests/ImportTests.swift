import CampaignPlan
import CivilTime
import Dataset
import Diagnostics
import TestSupport
import Testing

/// What sources become.
@Suite struct ImportTests {
    private func check(
        customers: String = Shop.customers, events: String = Shop.events, zone: String = "UTC",
        sourceLocation: SourceLocation = #_sourceLocation, becomes expected: String
    ) throws {
        let shop = try Shop()
        let (summary, findings) = try shop.importSources(customers: customers, events: events, zone: zone)
        #expect(Shop.lines(findings) == [], sourceLocation: sourceLocation)
        #expect(summary != nil, sourceLocation: sourceLocation)
        let text = try Dataset.open(at: shop.target).dump()
        #expect(text == expected, sourceLocation: sourceLocation)
    }

    @Test func sortsByCustomerTimeAndInputOrder() throws {
        try check(
            becomes: """
                c1 age=- birthday=- consent=- country=US name=- since=1622518200000 vip=- zone=-
                c2 age=41 birthday=3711 consent=0 country=KR name=Kim since=1577836800000 vip=1 zone=Asia/Seoul
                purchase: 2
                c1 2022-01-01T00:00:00Z #2 amount=-300 note=gift product=cup quantity=-
                c1 2022-01-02T00:00:00Z #0 amount=1250 note=- product=mug quantity=2
                view: 1
                c2 2022-01-01T10:00:00Z #1 product=mug until=1643673600000
                """)
    }

    @Test func keepsTheOrderOfRowsOfOneInstantAndExactDuplicates() throws {
        let row = "c1,view,2022-01-01T00:00:00Z,mug,,,,"
        try check(
            customers: "id,since,country,name,zone,age,vip,consent,birthday\nc1,2020-01-01T00:00:00Z,KR,,,,,,",
            events: """
                \(Shop.eventHeader)
                \(row)
                c1,view,2021-12-31T23:59:59Z,a,,,,
                \(row)
                c1,view,2022-01-01T00:00:00Z,a,,,,
                """,
            becomes: """
                c1 age=- birthday=- consent=- country=KR name=- since=1577836800000 vip=- zone=-
                purchase: 0
                view: 4
                c1 2021-12-31T23:59:59Z #1 product=a until=-
                c1 2022-01-01T00:00:00Z #0 product=mug until=-
                c1 2022-01-01T00:00:00Z #2 product=mug until=-
                c1 2022-01-01T00:00:00Z #3 product=a until=-
                """)
    }

    @Test func storesMillisecondsWhereATimeHasThem() throws {
        let shop = try Shop()
        _ = try shop.importSources(
            events: """
                \(Shop.eventHeader)
                c1,view,2022-01-01T00:00:00.250Z,a,,,,
                c1,view,0001-01-01T00:00:00Z,a,,,,
                c1,view,9999-12-31T23:59:59.999Z,a,,,,
                """)
        let dataset = try Dataset.open(at: shop.target)
        #expect(dataset.summary.hasMilliseconds)
        let table = try dataset.events("view")
        #expect(
            table.rows(of: 0).map { table.time($0).description } == [
                "0001-01-01T00:00:00Z", "2022-01-01T00:00:00.250Z", "9999-12-31T23:59:59.999Z",
            ])
        #expect(dataset.firstTime == table.time(0))
        #expect(dataset.lastTime == table.time(2))
    }

    @Test func readsInstantsWithoutAnOffsetInTheSourcesZone() throws {
        let shop = try Shop()
        _ = try shop.importSources(zone: "Asia/Seoul")
        let table = try Dataset.open(at: shop.target).events("view")
        #expect(table.time(0).description == "2022-01-01T01:00:00Z")
    }

    @Test func comparesTextsAfterNormalisation() throws {
        // The same letter composed and decomposed: one text, in the catalog's list as well.
        let shop = try Shop()
        let (_, findings) = try shop.importSources(
            customers: "id,since,country,name\nc1,2020-01-01T00:00:00Z,Øst,e\u{301}\nc2,2020-01-01T00:00:00Z,KR,\u{E9}",
            events: "customer_id,event,timestamp,product,amount\n")
        #expect(!findings.hasErrors)
        let dataset = try Dataset.open(at: shop.target)
        let names = try dataset.dictionary(attribute: "name")
        #expect(names.count == 1)
        #expect(names[0].utf8.elementsEqual("\u{E9}".utf8))
        let column = try dataset.attribute("name")
        let codes = column.codes
        #expect(codes[0] == 0)
        #expect(codes[1] == 0)
    }

    @Test func sharesTheTextsOfPropertiesOfOneName() throws {
        let shop = try Shop()
        _ = try shop.importSources()
        let dataset = try Dataset.open(at: shop.target)
        let products = try dataset.dictionary(property: "product")
        #expect((0..<products.count).map { products[$0] } == ["cup", "mug"])
        #expect(try dataset.events("view").property("product")[0] == 1)
        #expect(try dataset.events("purchase").property("product")[1] == 1)
        #expect(products.code(of: "mug") == 1)
        #expect(products.code(of: "mu") == nil)
    }

    @Test func takesSourcesWithoutRows() throws {
        let shop = try Shop()
        let (summary, findings) = try shop.importSources(
            customers: Shop.customerHeader, events: Shop.eventHeader + "\n")
        #expect(Shop.lines(findings) == [])
        #expect(summary?.customers == 0)
        let dataset = try Dataset.open(at: shop.target)
        #expect(dataset.customerCount == 0)
        #expect(dataset.firstTime == nil)
        #expect(dataset.customer(named: "c1") == nil)
        #expect(try dataset.events("view").rows(of: 0).isEmpty)
        #expect(try dataset.dump() == "purchase: 0\nview: 0")
    }

    @Test func leavesOutUnlistedTypesAndColumnsWithAWarning() throws {
        let shop = try Shop()
        let (summary, findings) = try shop.importSources(
            events: """
                weather,customer_id,event,timestamp,product,amount,note,quantity,until
                wet,nobody,click,soon,,,,,
                wet,c1,view,2022-01-01T00:00:00Z,mug,,,,
                dry,c1,buy,2022-01-01T00:00:00Z,mug,,,,
                dry,c1,click,2022-01-01T00:00:00Z,mug,,,,
                """)
        #expect(
            Shop.lines(findings) == [
                "events.csv: warning[PB8051]: left out 3 events of 2 types that the catalog does not list"
                    + " | `click`: 2 | `buy`: 1"
            ])
        #expect(summary?.skippedEvents.map(\.name) == ["buy", "click"])
        #expect(summary?.skippedEvents.map(\.rows) == [1, 2])
        #expect(try Dataset.open(at: shop.target).events("view").order()[0] == 1)
    }

    @Test func describesTheDataset() throws {
        let shop = try Shop()
        let (made, _) = try shop.importSources()
        let summary = try Dataset.open(at: shop.target).summary
        #expect(summary.customers == 2)
        #expect(summary.rows == 3)
        #expect(summary.events.map(\.name) == ["purchase", "view"])
        #expect(summary.events.map(\.customers) == [1, 1])
        #expect(summary.events.first?.properties.map(\.missing) == [0, 1, 0, 1])
        #expect(summary.events.first?.properties.map(\.texts) == [nil, 1, 2, nil])
        #expect(summary.attributes.map(\.missing) == [1, 1, 1, 0, 1, 0, 1, 1])
        #expect(summary.attributes.filter(\.isPersonal).map(\.name) == ["birthday", "name"])
        #expect(summary.catalogDigest == "catalog")
        #expect(summary.sourcesDigest == "sources")
        #expect(summary.firstTime?.description == "2022-01-01T00:00:00Z")
        #expect(summary.lastTime?.description == "2022-01-02T00:00:00Z")
        #expect(summary.bytes == made?.bytes)
        #expect(!summary.hasMilliseconds)
    }

    @Test func keepsTheSchema() throws {
        let shop = try Shop()
        _ = try shop.importSources()
        #expect(try Dataset.open(at: shop.target).schema == Shop.schema)
    }

    @Test func makesTheSameBytesAgain() throws {
        let shops = [try Shop(), try Shop()]
        for shop in shops { _ = try shop.importSources() }
        let files = try shops[0].folder.files()
        #expect(files.count > 20)
        for file in files { #expect(try shops[0].folder.read(file) == shops[1].folder.read(file), "\(file)") }
    }
}
