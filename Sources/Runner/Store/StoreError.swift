/// Why the store cannot be used, or not any more.
package enum StoreError: Error, Hashable {
    /// Another runner holds the folder; its process, if it said.
    case inUse(process: Int32?)
    /// Another runner has begun an epoch since: this one was stalled and must not write.
    case fenced(epoch: Int64)
    /// The folder was copied: whether the original still runs is not known.
    case copied
    /// It belongs to another workspace or environment.
    case otherOwner(String)
    /// Written by a newer version of the program.
    case newer(version: Int)
    /// Not a store, or a damaged one.
    case damaged(String)
    /// No room is left.
    case full
    /// The system could not write or synchronise: what is on the disk is not known.
    case notDurable(String)
    /// The folder or a file of it cannot be made or opened.
    case folder(String)
    /// A setting that durability needs was not taken over.
    case setting(String)
    /// A fault of the program.
    case program(String)
}
