extension Code {
    package static let scheduleCodes: [Code] = [neverFires]
    package static let neverFires = Code("PB4001", .error, title: "empty list", cause: "x", example: "x", fix: "x")
}
