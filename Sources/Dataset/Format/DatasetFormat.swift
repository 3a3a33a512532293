/// The format of a data set folder, version 1.
///
/// A folder holds `header.json`, `header.crc` and one file per column, each a raw little-endian array that is mapped
/// into memory. There is one table per event type, sorted by (customer, time, input order), rather than one of all
/// events: a plan names a few types, so only theirs are read, and every property column is dense and typed.
///
/// - `header.json`: canonical JSON (keys sorted, no spaces; integers, booleans and strings only): version, digests
///   given by the importer, schema, counts, and for each column its role, file, element, count, bytes, number of
///   missing values and the CRC-32 of every block of 1 MiB. `header.crc` is the CRC-32 of `header.json`, eight
///   lower-case hexadecimal digits and a line feed.
/// - Customers: key texts as bytes and offsets, sorted bytewise; the position is the customer's dense id. One column
///   per attribute.
/// - Per event type: `customers` (ascending ids of those with such an event), `starts` (where the rows of each begin,
///   and the end), `times`, `order` (the row number in the source, which orders events of one instant across types)
///   and one column per property; where the source says when rows were recorded, `recorded`: Int64 milliseconds since
///   1970 for rows that became known after their time, else missing.
/// - Times are UInt32 seconds since the header's epoch where every time of the data set is a whole second and fits,
///   else Int64 milliseconds since 1970.
/// - Values: numbers are Int64 (missing: the least Int64), texts UInt32 codes into a dictionary (missing: the greatest
///   UInt32). Each attribute has a dictionary of its own; properties of one name share theirs, so that codes compare
///   across event types. Dictionaries are NFC texts, sorted bytewise.
/// - Offsets, starts and order are UInt32 where they fit, else UInt64.
///
/// Columns are found by role. A role that a reader does not know makes the data set unreadable for it unless the
/// column is marked optional: so later versions can add attribute history and presence bits.
package enum DatasetFormat {
    package static let name = "pabal-dataset"
    package static let version = 1
    package static let headerFile = "header.json"
    package static let headerChecksumFile = "header.crc"
    package static let columnSuffix = ".column"
    /// Bytes that share a CRC-32.
    package static let blockBytes = 1 << 20
    /// How many blocks so many bytes are.
    static func blockCount(of bytes: Int) -> Int { bytes / blockBytes + (bytes % blockBytes).signum() }
    /// The bytes of a block among so many.
    static func block(_ block: Int, of bytes: Int) -> Range<Int> {
        block * blockBytes..<min((block + 1) * blockBytes, bytes)
    }
    package static let missingCode = UInt32.max
    package static let missingNumber = Int64.min
}

#if _endian(big)
    #error("columns are little-endian arrays that are read in place")
#endif
