import CampaignCompiler
import CampaignPlan
import CampaignSyntax
import Diagnostics
import DiagnosticsRendering
import Experiments
import Foundation
import TestSupport
import Testing

/// The plan of a workspace: what it says, and that it always says the same.
@Suite struct PlanTests {
    private func plan(_ files: [WorkspaceFile]) throws -> Plan {
        let compilation = compile(files)
        let findings = HumanRenderer().render(compilation.diagnostics, in: compilation.sources)
        return try #require(compilation.plan, "\(findings)")
    }

    private func rich(shuffledBy seed: UInt64? = nil) throws -> Plan {
        var workspace = RichWorkspace(shuffledBy: seed)
        return try plan(workspace.files())
    }

    @Test func theWholeText() throws {
        let text = IndentedJSON(String(decoding: try rich().canonicalBytes, as: UTF8.self)).text
        expectSnapshot(text, named: "rich-plan")
    }

    @Test func sameBytesInEveryRun() throws {
        let first = try rich()
        for _ in 0..<50 { #expect(try rich().canonicalBytes == first.canonicalBytes) }
        #expect(first.digest == sha256(first.canonicalBytes))
        #expect(first.digest.count == 64)
    }

    @Test func orderWithoutMeaningChangesNothing() throws {
        var expected = try rich()
        expected.files = []
        let seed = testSeed("shuffled workspaces")
        for offset in 0..<60 {
            var shuffled = try rich(shuffledBy: seed &+ UInt64(offset))
            #expect(shuffled.files.map(\.path) == shuffled.files.map(\.path).sorted())
            shuffled.files = []
            guard shuffled.canonicalBytes == expected.canonicalBytes else {
                let was = IndentedJSON(String(decoding: expected.canonicalBytes, as: UTF8.self)).text
                let now = IndentedJSON(String(decoding: shuffled.canonicalBytes, as: UTF8.self)).text
                Issue.record("seed \(seed &+ UInt64(offset))\n\(lineDifference(from: was, to: now))")
                return
            }
        }
    }

    /// `pabal fmt` changes no plan, not even its digest; a changed word or comment does.
    ///
    /// Every other file is edited each time; `PABAL_TEST_FULL=1` makes more than 10,000 edits in all.
    @Test(arguments: ["campaigns", "campaigns/store-kr"])
    func layoutIsNotPartOfTheDigest(_ folder: String) throws {
        func laidOut(_ file: WorkspaceFile) -> WorkspaceFile {
            let source = SourceText(path: file.path, bytes: file.bytes ?? [])
            return WorkspaceFile(path: file.path, bytes: format(source, FileID(index: 0)).bytes)
        }
        var edits = LayoutEdits(seed: testSeed("layouts of plans"))
        let files = SampleWorkspace.files(folder)
        let isFull = ProcessInfo.processInfo.environment["PABAL_TEST_FULL"] == "1"
        let rounds = isFull ? 10_000 / files.count : 100
        var compared = 0
        for _ in 0..<rounds {
            let edited = files.map {
                WorkspaceFile(path: $0.path, bytes: edits.applied(to: $0.bytes ?? [], edits: 0...1))
            }
            let kept = zip(files, edited).map {
                parseYAML(SourceText(path: "", bytes: $1.bytes ?? []), FileID(index: 0)).1.isEmpty ? $1 : $0
            }
            guard let plan = compile(kept).plan else { continue }
            compared += 1
            #expect(compile(kept.map(laidOut)).plan?.digest == plan.digest)
        }
        #expect(compared > rounds / 4)
        let digest = try plan(files).digest
        let commented = files.map { WorkspaceFile(path: $0.path, bytes: ($0.bytes ?? []) + Array("# a word\n".utf8)) }
        #expect(try plan(commented).digest != digest)
    }

    @Test func equalConditionsAreOneNode() throws {
        let plan = try rich()
        #expect(Set(plan.conditions).count == plan.conditions.count)
        let segment = try #require(plan.segments.first { $0.name == "active" })
        let holiday = try #require(plan.campaigns.first { $0.name == "holiday" })
        #expect(holiday.include == segment.condition)
        for (index, condition) in plan.conditions.enumerated() {
            let children = condition.children
            #expect(children.allSatisfy { $0 < index })
            #expect(children == Set(children).sorted())
        }
    }

    @Test func everyNodeIsReached() throws {
        let plan = try rich()
        var needed = Set(plan.segments.map(\.condition))
        for campaign in plan.campaigns {
            needed.formUnion(
                [campaign.include, campaign.exclude, campaign.exit, campaign.goal?.converted].compactMap { $0 })
        }
        for index in plan.conditions.indices.reversed() where needed.contains(index) {
            needed.formUnion(plan.conditions[index].children)
        }
        #expect(needed.count == plan.conditions.count)
    }

    @Test func variantsCoverAllBuckets() throws {
        for campaign in try rich().campaigns {
            var next = 0
            for variant in campaign.variants {
                #expect(variant.buckets.lowerBound == next)
                next = variant.buckets.upperBound
            }
            #expect(next == assignmentBucketCount)
        }
    }

    @Test func theTextIsCanonical() throws {
        for plan in [try rich(), try plan(SampleWorkspace.files())] {
            let bytes = plan.canonicalBytes
            #expect(bytes.last == 0x0A)
            let parsed = try JSONSerialization.jsonObject(with: Data(bytes))
            #expect(parsed is [String: Any])
            let problems = CanonicalJSONProblems(String(decoding: bytes.dropLast(), as: UTF8.self)).list
            #expect(problems == [])
        }
    }

    @Test func plansComeBackFromTheirBytes() throws {
        for plan in [try rich(), try plan(SampleWorkspace.files())] {
            #expect(try Plan(canonicalBytes: plan.canonicalBytes) == plan)
        }
    }

    @Test func assignmentKeysAreThoseOfTheContract() {
        let key = assignmentKey("variant/weekly-digest")
        let words = AssignmentKeyWords(k0: key.k0, k1: key.k1)
        #expect(sipHash24(key: words, message: Array("17850".utf8).span) == 0xf45f_b3e7_2144_51e3)
        #expect(assignmentBucket(key: words, customerKey: Array("17850".utf8)) == 954_585)
    }

    @Test func saltsAreThoseOfTheContract() throws {
        let plan = try rich()
        let second = try #require(plan.campaigns.first { $0.name == "second-order" })
        #expect(second.variantKey == assignmentKey("variant/second"))
        let digest = try #require(plan.campaigns.first { $0.name == "digest" })
        #expect(digest.controlGroup == BucketShare(partsPerMillion: 100_000, key: assignmentKey("control/digest")))
        #expect(plan.workspace.holdout == BucketShare(partsPerMillion: 25_000, key: assignmentKey("holdout/rich")))
    }

    /// As long a chain as there are files: nothing may recurse along it.
    @Test func longChainsOfSegments() throws {
        var files = SampleWorkspace.files()
        let count = 3_000
        for index in 0..<count {
            let condition = index == 0 ? "event: purchase, at_least: 77" : "segment: chain-\(index - 1)"
            let text =
                "segment: chain-\(index)\nwhere: { all: [{ \(condition) }, { event: refund, at_most: \(count - index) }] }\n"
            files.append(WorkspaceFile(path: "chain/chain-\(index).yaml", bytes: Array(text.utf8)))
        }
        let compilation = compile(files)
        #expect(compilation.diagnostics.map(\.code.id) == ["PB2103"])
        let circle = "segment: chain-0\nwhere: { not: { segment: chain-\(count - 1) } }\n"
        files[files.count - count] = WorkspaceFile(path: "chain/chain-0.yaml", bytes: Array(circle.utf8))
        #expect(compile(files).diagnostics.map(\.code.id) == ["PB2102"])
    }

    @Test func nothingAtAll() {
        #expect(compile([]).diagnostics.map(\.code.id) == ["PB1015"])
        #expect(compile([WorkspaceFile(path: "pabal.yaml", bytes: [])]).diagnostics.map(\.code.id) == ["PB0012"])
    }
}
