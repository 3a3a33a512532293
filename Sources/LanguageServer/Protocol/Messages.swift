internal import Foundation

/// What a message is before its parameters are looked at.
struct Envelope: Decodable {
    /// Nil for a notification.
    let id: RequestID?
    /// Nil for the answer to a request of ours.
    let method: String?
}

/// The parameters of a message.
struct Parameters<Value: Decodable>: Decodable {
    let params: Value
}

/// Why a request has no result. The codes are those of JSON-RPC 2.0 and of the Language Server Protocol.
struct RequestFailure: Error, Equatable {
    let code: Int
    let message: String

    static func unreadable(_ message: String) -> RequestFailure { .init(code: -32700, message: message) }
    static func invalidRequest(_ message: String) -> RequestFailure { .init(code: -32600, message: message) }
    static func unknownMethod(_ method: String) -> RequestFailure {
        .init(code: -32601, message: "the method `\(method)` is unknown")
    }
    static func invalidParameters(_ method: String) -> RequestFailure {
        .init(code: -32602, message: "the parameters of `\(method)` cannot be read")
    }
    static let notInitialized = RequestFailure(code: -32002, message: "the first request must be `initialize`")
    static let cancelled = RequestFailure(code: -32800, message: "the request was cancelled")
    /// What was asked for cannot be done, and why, for people.
    static func refused(_ message: String) -> RequestFailure { .init(code: -32803, message: message) }
}

/// Messages to the client, with their headers.
enum OutgoingMessage {
    private struct Response<Result: Encodable>: Encodable {
        let jsonrpc = "2.0"
        let id: RequestID
        let result: Result
    }

    private struct Failure: Encodable {
        struct Content: Encodable {
            let code: Int
            let message: String
        }
        let jsonrpc = "2.0"
        let id: RequestID?
        let error: Content

        private enum CodingKeys: CodingKey { case jsonrpc, id, error }

        /// An id that could not be read is null, not absent.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(jsonrpc, forKey: .jsonrpc)
            try container.encode(id, forKey: .id)
            try container.encode(error, forKey: .error)
        }
    }

    private struct Call<Value: Encodable>: Encodable {
        let jsonrpc = "2.0"
        /// Nil for a notification.
        let id: RequestID?
        let method: String
        let params: Value
    }

    static func result(_ result: some Encodable, to id: RequestID) -> [UInt8] {
        framed(Response(id: id, result: result))
    }

    static func failure(_ failure: RequestFailure, to id: RequestID?) -> [UInt8] {
        framed(Failure(id: id, error: .init(code: failure.code, message: failure.message)))
    }

    static func notification(_ method: String, _ params: some Encodable) -> [UInt8] {
        framed(Call(id: nil, method: method, params: params))
    }

    static func request(_ id: RequestID, _ method: String, _ params: some Encodable) -> [UInt8] {
        framed(Call(id: id, method: method, params: params))
    }

    /// Keys are sorted, so that the same answer has the same bytes.
    private static func framed(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Nothing that is written holds a number that JSON lacks, so encoding does not fail.
        guard let body = try? encoder.encode(value) else { return [] }
        return Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
    }
}

/// `null`, where there is nothing to say.
struct Nothing: Encodable {
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encodeNil()
    }
}
