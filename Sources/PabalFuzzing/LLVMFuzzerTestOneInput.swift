internal import Foundation

/// What libFuzzer calls for each input; `PABAL_FUZZ` names the target.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    // The fuzzer takes a trap for a finding, and nothing else.
    if let problem = target.problem(with: bytes) { preconditionFailure("\(target.rawValue): \(problem)") }
    return 0
}

private let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["PABAL_FUZZ"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        FileHandle.standardError.write(Data("PABAL_FUZZ must be one of \(names)\n".utf8))
        exit(64)
    }
    return target
}()
