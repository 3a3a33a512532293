import CampaignPlan
import Foundation

/// Reads a data set's header and holds it against itself, the schema and the files' sizes. Columns will be
/// verified on so many threads.
func openStore(at folder: String, threads: Int) throws -> ColumnStore {
    let header = try readHeader(of: folder)
    let checker = HeaderChecker(folder: folder, header: header)
    guard let schema = header.schema.schema else { throw checker.damaged("the schema has an unknown type") }
    let descriptors = try checker.descriptors()
    try checker.check(descriptors, against: schema)
    for descriptor in header.columns {
        try FileStatus.check(path: folder + "/" + descriptor.file, byteCount: descriptor.bytes)
    }
    return ColumnStore(folder: folder, header: header, schema: schema, descriptors: descriptors, threads: threads)
}

private func readHeader(of folder: String) throws -> DatasetHeader {
    let path = folder + "/" + DatasetFormat.headerFile
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
        throw DatasetError(path: folder, .missing)
    }
    guard isFolder.boolValue, FileManager.default.fileExists(atPath: path) else {
        throw DatasetError(path: folder, .notADataset)
    }
    let bytes = try contents(of: path)
    let checksumPath = folder + "/" + DatasetFormat.headerChecksumFile
    guard try contents(of: checksumPath) == Array(Checksum.line(Checksum.crc32(bytes)).utf8) else {
        throw DatasetError(path: path, .damaged("the checksum does not match"))
    }
    do {
        let preamble = try DatasetHeaderPreamble(decoding: bytes)
        guard preamble.format == DatasetFormat.name else { throw DatasetError(path: folder, .notADataset) }
        guard preamble.version == DatasetFormat.version else {
            throw DatasetError(
                path: folder,
                .newer("format \(preamble.version), this build reads format \(DatasetFormat.version)"))
        }
        return try DatasetHeader(decoding: bytes)
    } catch let error as DecodingError {
        throw DatasetError(path: path, .damaged("the header cannot be read: \(error.place)"))
    }
}

private func contents(of path: String) throws -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else {
        throw DatasetError(path: path, .damaged("the file is missing"))
    }
    do {
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
        throw DatasetError(path: path, .fileSystem("cannot read the file"))
    }
}

extension DecodingError {
    /// Where in the JSON, in a few words.
    fileprivate var place: String {
        let context: Context?
        switch self {
        case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found),
            .dataCorrupted(let found):
            context = found
        @unknown default: context = nil
        }
        let path = context?.codingPath.map(\.stringValue).joined(separator: ".") ?? ""
        return path.isEmpty ? "no such JSON" : "at `\(path)`"
    }
}
