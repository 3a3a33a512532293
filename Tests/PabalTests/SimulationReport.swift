import Foundation

/// What `simulate --output json=FILE` writes, as far as tests look at it.
struct SimulationReport: Decodable {
    struct Period: Decodable {
        let days: Int
    }

    struct Fatigue: Decodable {
        let classEnds: [Int]
        let customers: [Int]
        let mostPerDay: Int
        let mostPerWeek: Int
        let mostPerPeriod: Int
    }

    struct Variant: Decodable {
        let name: String
        let sent: [String: Int]
    }

    struct Occurrence: Decodable {
        let at: String
        let considered: Int
        let refused: [String: Int]
        let pending: Int
        let sent: Int
    }

    struct Campaign: Decodable {
        let name: String
        let triggered: Bool
        let considered: Int
        let refused: [String: Int]
        let pending: Int
        let sent: Int
        let recipients: Int
        let eligible: Int
        let converted: Int
        let sentPerDay: [Int]
        let variants: [Variant]
        let occurrences: [Occurrence]
    }

    let customers: Int
    let contacted: Int
    let messages: Int
    let period: Period
    let campaigns: [Campaign]
    let fatigue: Fatigue

    init(_ json: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Self.self, from: Data(json))
    }
}
