// swift-tools-version: 6.2
// One section a target, bottom to top, each with its tests; arrows only point to targets above in this file.

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// Swift's own libraries become part of the program: a start costs 8 ms instead of 19, and it runs where Swift is not. The
// modules are compiled for the shared libraries, as the tests need them, and do not name the parts of Foundation. Twice,
// since they refer to each other.
let foundationParts = [
    "Foundation", "FoundationInternationalization", "FoundationEssentials", "_FoundationICU", "_FoundationCShims",
    "_FoundationCollections", "CoreFoundation",
]
let swiftInside: LinkerSetting = .unsafeFlags(
    ["-static-stdlib"] + (foundationParts + foundationParts).map { "-l\($0)" }, .when(platforms: [.linux]))

let algorithms: Target.Dependency = .product(name: "Algorithms", package: "swift-algorithms")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")

let package = Package(
    name: "pabal",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "pabal", targets: ["pabal"]),
        // Linked with libFuzzer by `make fuzz`.
        .library(name: "PabalFuzzing", type: .static, targets: ["PabalFuzzing"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // CLibYAML: the YAML parser
        .systemLibrary(
            name: "CLibYAML", pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),

        // CZlib: gzip
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

        // CDeflate: CRC-32, three times as fast as zlib's
        .systemLibrary(
            name: "CDeflate", pkgConfig: "libdeflate",
            providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),

        // CMemory: how the C library takes memory from the system
        .systemLibrary(name: "CMemory"),

        // CZoneData: the time-zone database as bytes
        .target(name: "CZoneData", exclude: ["generate.py", "zones.bin"]),

        // CivilTime: zones, civil days, weekdays
        .target(name: "CivilTime", dependencies: ["CZoneData"], swiftSettings: settings),
        .testTarget(name: "CivilTimeTests", dependencies: ["CivilTime"], swiftSettings: settings),

        // Diagnostics: source files, spans, codes, findings
        .target(name: "Diagnostics", dependencies: [algorithms], swiftSettings: settings),

        // DiagnosticsRendering: findings as text and JSON
        .target(name: "DiagnosticsRendering", dependencies: ["Diagnostics", crypto], swiftSettings: settings),
        .testTarget(
            name: "DiagnosticsTests", dependencies: ["Diagnostics", "DiagnosticsRendering", "TestSupport"],
            exclude: ["Snapshots"], swiftSettings: settings),

        // CampaignSyntax: strict YAML to located documents
        .target(
            name: "CampaignSyntax", dependencies: ["CivilTime", "Diagnostics", "CLibYAML"], swiftSettings: settings),
        .testTarget(
            name: "CampaignSyntaxTests",
            dependencies: ["CampaignSyntax", "Diagnostics", "TestSupport"], swiftSettings: settings),

        // CampaignPlan: the flat, printable plan
        .target(name: "CampaignPlan", dependencies: ["CivilTime", algorithms], swiftSettings: settings),
        .testTarget(
            name: "CampaignPlanTests", dependencies: ["CampaignPlan", "CivilTime", "TestSupport"],
            swiftSettings: settings),

        // LanguageSchemas: JSON Schemas from the language's declarations
        .target(
            name: "LanguageSchemas", dependencies: ["CampaignPlan", "CampaignSyntax", "Diagnostics"],
            swiftSettings: settings),
        .testTarget(
            name: "LanguageSchemasTests",
            dependencies: ["LanguageSchemas", "CampaignPlan", "CampaignSyntax", "TestSupport"], swiftSettings: settings),

        // Approvals: who may let a plan run
        .target(name: "Approvals", dependencies: ["CampaignPlan", "CivilTime", crypto], swiftSettings: settings),
        .testTarget(
            name: "ApprovalsTests", dependencies: ["Approvals", "CampaignPlan", "CivilTime", "TestSupport"],
            swiftSettings: settings),

        // CampaignSemantics: names, types, rules
        .target(
            name: "CampaignSemantics", dependencies: ["CampaignSyntax", "CampaignPlan", "CivilTime", "Diagnostics"],
            swiftSettings: settings),
        .testTarget(
            name: "CampaignSemanticsTests",
            dependencies: [
                "CampaignSemantics", "CampaignSyntax", "CampaignPlan", "CivilTime", "Diagnostics",
                "DiagnosticsRendering",
                "TestSupport",
            ],
            exclude: ["Snapshots"], swiftSettings: settings),

        // CampaignCompiler: parse, check, lower
        .target(
            name: "CampaignCompiler",
            dependencies: [
                "CampaignSemantics", "CampaignSyntax", "CampaignPlan", "CivilTime", "Diagnostics", algorithms, crypto,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "CampaignCompilerTests",
            dependencies: [
                "CampaignCompiler", "CampaignSyntax", "CampaignPlan", "Diagnostics", "DiagnosticsRendering",
                "Experiments", "TestSupport",
            ], exclude: ["Snapshots"], swiftSettings: settings),

        // Dataset: columnar import and reading
        .target(
            name: "Dataset",
            dependencies: ["CampaignPlan", "CivilTime", "Diagnostics", "CDeflate", "CZlib", algorithms],
            // Columns leave as spans that borrow the column.
            swiftSettings: settings + [.enableExperimentalFeature("Lifetimes")]),
        .testTarget(
            name: "DatasetTests", dependencies: ["Dataset", "CampaignPlan", "CivilTime", "Diagnostics", "TestSupport"],
            swiftSettings: settings),

        // Experiments: assignment and statistics on plain numbers
        .target(name: "Experiments", swiftSettings: settings),
        .testTarget(name: "ExperimentsTests", dependencies: ["Experiments"], swiftSettings: settings),

        // ContractOracle: what conditions and simulations mean, the slow way; tests only
        .target(
            name: "ContractOracle", dependencies: ["CampaignPlan", "CivilTime"], path: "Tests/ContractOracle",
            swiftSettings: settings),

        // Timeline: the pure engine
        .target(
            name: "Timeline", dependencies: ["CampaignPlan", "CivilTime", "Experiments", algorithms],
            swiftSettings: settings),
        .testTarget(
            name: "TimelineTests",
            dependencies: ["Timeline", "CampaignPlan", "CivilTime", "ContractOracle", "TestSupport"],
            swiftSettings: settings),

        // Simulation: the engine over a dataset
        .target(
            name: "Simulation", dependencies: ["Timeline", "Dataset", "CampaignPlan", "CivilTime"],
            swiftSettings: settings),
        // ShopSupport: workspaces with their data, compiled and imported in process; tests only
        .target(
            name: "ShopSupport",
            dependencies: [
                "CampaignCompiler", "CampaignPlan", "CampaignSemantics", "Dataset", "Diagnostics",
                "DiagnosticsRendering",
                "Simulation", "TestSupport",
            ], path: "Tests/ShopSupport", swiftSettings: settings),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "CampaignCompiler", "CampaignPlan", "CampaignSemantics", "CivilTime", "ContractOracle", "Dataset",
                "Diagnostics", "DiagnosticsRendering", "ShopSupport", "Simulation", "TestSupport", "Timeline",
            ],
            swiftSettings: settings),

        // Reports: results for people
        .target(
            name: "Reports",
            dependencies: [
                "Approvals", "Simulation", "Dataset", "Timeline", "CampaignPlan", "CivilTime", "DiagnosticsRendering",
            ],
            swiftSettings: settings),

        // Channels: delivery, and the outbox that writes files
        .target(name: "Channels", dependencies: [crypto], swiftSettings: settings),

        // FaultyDisk: a layer under SQLite that lets it fail; tests only
        .target(
            name: "FaultyDisk", path: "Tests/FaultyDisk",
            linkerSettings: [.linkedLibrary("sqlite3")]),

        // Runner: store, clock, lifecycle
        .target(
            name: "Runner",
            dependencies: ["CampaignPlan", "Channels", "CivilTime", "Dataset", "Timeline", algorithms, crypto, grdb],
            swiftSettings: settings),
        .testTarget(
            name: "RunnerTests",
            dependencies: [
                "CampaignCompiler", "CampaignPlan", "CampaignSemantics", "Channels", "CivilTime", "Dataset",
                "Diagnostics", "DiagnosticsRendering", "Experiments", "FaultyDisk", "Runner", "ShopSupport",
                "Simulation", "TestSupport", "Timeline", grdb,
            ], exclude: ["Snapshots"], swiftSettings: settings),

        // LanguageServer: the files while somebody writes them
        .target(
            name: "LanguageServer",
            dependencies: [
                "CampaignCompiler", "CampaignPlan", "CampaignSyntax", "CivilTime", "Diagnostics", "Reports",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "LanguageServerTests",
            dependencies: ["LanguageServer", "CampaignCompiler", "CampaignSyntax", "Diagnostics", "TestSupport"],
            swiftSettings: settings),

        // PabalCommands, pabal: the command line
        .target(
            name: "PabalCommands",
            dependencies: [
                "Approvals", "CMemory", "CampaignCompiler", "CampaignPlan", "CampaignSemantics", "CampaignSyntax",
                "Channels",
                "CivilTime", "Dataset", "Diagnostics", "DiagnosticsRendering", "LanguageSchemas", "LanguageServer",
                "Reports",
                "Runner", "Simulation", argumentParser, crypto,
            ], swiftSettings: settings),
        .executableTarget(
            name: "pabal", dependencies: ["PabalCommands"], swiftSettings: settings, linkerSettings: [swiftInside]),
        .testTarget(
            name: "PabalTests", dependencies: ["CivilTime", "TestSupport", crypto], exclude: ["Fixtures", "Snapshots"],
            swiftSettings: settings),

        // PabalFuzzing: what takes bytes from outside, for libFuzzer
        .target(
            name: "PabalFuzzing",
            dependencies: [
                "CampaignCompiler", "CampaignPlan", "CampaignSyntax", "CivilTime", "Diagnostics",
                "DiagnosticsRendering",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "PabalFuzzingTests", dependencies: ["PabalFuzzing", "CampaignCompiler", "TestSupport"],
            exclude: ["Corpus"], swiftSettings: settings),

        // TestSupport: snapshots, generators, the built binary
        .target(name: "TestSupport", swiftSettings: settings),
    ]
)
