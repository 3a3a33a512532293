import CivilTime
import Crypto
import Foundation
import TestSupport

/// The segments of one shared data set whose answers are known, as `answers.json` beside the data has them.
struct SharedAnswers {
    /// One question, and the answer that it has to have.
    struct Question {
        let segment: String
        let instant: Instant
        let count: Int
        let sha256: String
    }

    let questions: [Question]
    let segments: [String]
    /// How many questions there have to be: five instants in two conventions, or in one.
    let wanted: Int

    init(_ dataset: String, data: String) throws {
        let index = try Self.read([String: Index].self, Self.fixtures + "/index.json")[dataset]
        let answers = try Self.read(Answers.self, data + "/answers.json")
        guard let index else { throw Failure.unknownDataset(dataset) }
        segments = index.expressible.values.sorted()
        wanted = 10 * index.expressible.count - 5 * (index.inclusiveOnly?.count ?? 0)
        questions = try index.expressible.sorted { $0.key < $1.key }.flatMap { id, segment in
            guard let known = answers.segments[id] else { throw Failure.unknownSegment(id) }
            let zone = index.calendar?[id].flatMap { TimeZoneRules.named($0) }
            return try known.answers.sorted { $0.key < $1.key }.flatMap { text, answer in
                guard let instant = InstantText(parsing: text)?.instant(in: .utc) else { throw Failure.noInstant(text) }
                // A millisecond before midnight, yesterday is another day.
                let isMidnight = zone.map { $0.startOfDay($0.day(at: instant)) == instant } ?? false
                let before = Instant(milliseconds: instant.milliseconds - (isMidnight ? 0 : 1))
                let inclusive = Question(
                    segment: segment, instant: instant, count: answer.inclusive.count,
                    sha256: answer.inclusive.idsSha256)
                if index.inclusiveOnly?.contains(id) ?? false { return [inclusive] }
                return [
                    inclusive,
                    Question(
                        segment: segment, instant: before, count: answer.halfOpen.count,
                        sha256: answer.halfOpen.idsSha256),
                ]
            }
        }
    }

    /// The workspace of the data set, with its data by links.
    static func workspace(_ dataset: String, data: String) throws -> TemporaryDirectory {
        let folder = try TemporaryDirectory()
        let source = fixtures + "/" + dataset
        for path in try FileManager.default.subpathsOfDirectory(atPath: source) where path.hasSuffix(".yaml") {
            try folder.write([UInt8](Data(contentsOf: URL(filePath: "\(source)/\(path)"))), to: path)
        }
        for file in ["customers.csv", "events.csv", "events.csv.gz"]
        where FileManager.default.fileExists(atPath: "\(data)/\(file)") {
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder.path)/\(file)", withDestinationPath: "\(data)/\(file)")
        }
        return folder
    }

    static func sha256(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// How many segments of the data sets are expressible.
    static func expressibleCount() throws -> Int {
        try read([String: Index].self, fixtures + "/index.json").values.reduce(0) { $0 + $1.expressible.count }
    }

    private static let fixtures = packageRoot + "/Tests/PabalTests/Fixtures/answers"

    private static func read<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: Data(contentsOf: URL(filePath: path)))
    }

    private struct Index: Decodable {
        let expressible: [String: String]
        let calendar: [String: String]?
        let inclusiveOnly: [String]?
    }

    private struct Answers: Decodable {
        struct Segment: Decodable {
            let answers: [String: Conventions]
        }

        struct Conventions: Decodable {
            let halfOpen: Answer
            let inclusive: Answer
        }

        struct Answer: Decodable {
            let count: Int
            let idsSha256: String
        }

        let segments: [String: Segment]
    }

    private enum Failure: Error {
        case unknownDataset(String)
        case unknownSegment(String)
        case noInstant(String)
    }
}
