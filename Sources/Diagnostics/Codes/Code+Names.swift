extension Code {
    package static let nameCodes: [Code] = [emptyList]
    package static let emptyList = Code("PB2110", .error, title: "empty list", cause: "x", example: "x", fix: "x")
}
