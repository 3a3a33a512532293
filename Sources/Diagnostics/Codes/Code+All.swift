extension Code {
    /// Every code, sorted by id.
    package static let all: [Code] =
        yamlCodes + structureCodes + nameCodes + messageCodes + scheduleCodes + experimentCodes + policyCodes
        + dataCodes
        + commandCodes + approvalCodes + runnerCodes

    /// The code with this id, whatever its letters' case.
    package static func named(_ id: String) -> Code? {
        all.first { $0.id == id.uppercased() }
    }
}
