import Foundation
package import Testing

/// Data sets that are too large for the repository.
package enum TestData {
    /// `PABAL_TEST_DATA`, or the folder `shared/data` beside the package.
    package static var root: String {
        ProcessInfo.processInfo.environment["PABAL_TEST_DATA"]
            ?? URL(filePath: packageRoot).appending(path: "../shared/data").standardizedFileURL
            .path(percentEncoded: false)
    }

    /// The absolute path of a data set's folder; nil when it is not there.
    package static func folder(_ name: String) -> String? {
        let path = URL(filePath: root).appending(path: name).path(percentEncoded: false)
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        return exists && isFolder.boolValue ? path : nil
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test, with the reason, where a data set is missing: `@Test(.testData("cdnow"))`.
    package static func testData(_ names: String...) -> Self {
        let missing = names.filter { TestData.folder($0) == nil }
        let reason = "skipped: no \(missing.joined(separator: ", ")) in \(TestData.root); set PABAL_TEST_DATA"
        return .enabled(if: missing.isEmpty, Comment(rawValue: reason))
    }
}
