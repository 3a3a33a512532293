import CampaignPlan
import CampaignSyntax
import Foundation
import LanguageSchemas
import TestSupport
import Testing

@Suite struct SchemaTests {
    private static let kinds = DocumentKind.allCases.filter { $0 != .test }

    /// `schemas/` is what the declarations say now; `make schemas` writes it again.
    @Test(arguments: kinds) func committedSchemasHaveNotDrifted(_ kind: DocumentKind) throws {
        let path = "\(packageRoot)/schemas/\(kind.rawValue).schema.json"
        let stored = try String(contentsOfFile: path, encoding: .utf8)
        #expect(stored == schema(of: kind).indentedText, "run `make schemas`")
    }

    /// Every key that the decoder takes, with its words, and no key of a later build.
    @Test(arguments: kinds) func everyKeyIsThere(_ kind: DocumentKind) throws {
        guard case .object(let root) = schema(of: kind), case .object(let properties) = root["properties"] else {
            Issue.record("no object")
            return
        }
        let available = kind.declaration.fields.filter { $0.availability == .available }
        #expect(Set(properties.keys) == Set(available.map(\.name)))
        for field in available {
            guard case .object(let property) = properties[field.name] else {
                Issue.record("\(field.name) has no schema")
                continue
            }
            #expect(property["description"] == .string(field.doc))
            #expect(property["examples"] != nil)
        }
        #expect(root["additionalProperties"] == .bool(false))
    }

    /// References lead somewhere, so that the schema is whole.
    @Test(arguments: kinds) func referencesAreDefined(_ kind: DocumentKind) {
        let whole = schema(of: kind)
        guard case .object(let root) = whole else { return }
        var defined: Set<String> = []
        if case .object(let definitions) = root["definitions"] { defined = Set(definitions.keys) }
        let used = Set(references(whole))
        #expect(used.isSubset(of: defined))
        #expect(defined.isSubset(of: used))
    }

    private func references(_ value: JSON) -> [String] {
        switch value {
        case .object(let members):
            members.flatMap { key, value -> [String] in
                if key == "$ref", case .string(let text) = value {
                    return [String(text.dropFirst("#/definitions/".count))]
                }
                return references(value)
            }
        case .array(let elements): elements.flatMap(references)
        case .string, .integer, .bool: []
        }
    }

    private static let validator = PythonTool(packages: ["jsonschema", "PyYAML"])

    /// An independent validator: the schemas are schemas, take every file of the samples, and refuse what is no part of
    /// the language.
    @Test(.enabled(if: validator != nil, "skipped: no Python with jsonschema and PyYAML"))
    func anotherValidatorAgrees() throws {
        let program = """
            import glob, json, os, re, sys, jsonschema, yaml
            root = sys.argv[1]
            validators = {}
            for path in glob.glob(root + '/schemas/*.schema.json'):
                schema = json.load(open(path)); jsonschema.Draft7Validator.check_schema(schema)
                validators[os.path.basename(path).split('.')[0]] = jsonschema.Draft7Validator(schema)
            # As editors read YAML 1.2: dates and times of day are texts.
            class Editor(yaml.SafeLoader): yaml_implicit_resolvers = {}
            for tag, text in ('int', r'^-?[0-9]+$'), ('float', r'^-?[0-9]+[.][0-9]+$'), ('bool', '^(true|false)$'):
                Editor.add_implicit_resolver('tag:yaml.org,2002:' + tag, re.compile(text), None)
            files = [p for p in glob.glob(root + '/campaigns/**/*.yaml', recursive=True) if '/.' not in p]
            assert len(files) > 15, files
            def errors(document): return list(validators[next(iter(document))].iter_errors(document))
            for path in files:
                for loader in yaml.BaseLoader, Editor:
                    document = yaml.load(open(path), loader)
                    found = errors(document)
                    assert not found, (path, found[0].message, list(found[0].absolute_path))
                document['no_such_key'] = 1
                assert errors(document), path
            broken = [
                "{segment: x}", "{segment: x, where: [{never: a}]}", "{segment: x, where: {}}",
                "{segment: x, where: {attribute: a, iz: 3}}", "{segment: x, where: {all: {never: a}}}",
                "{segment: X Y, where: {never: a}}", "{segment: x, where: {event: a, within: 7 days}}",
                "{segment: x, where: {event: a, never: b}}", "{catalog: x}", "{pabal: one, workspace: x, zone: UTC}",
                "{campaign: x, kind: promotional}",
            ]
            for text in broken:
                document = yaml.load(text, yaml.BaseLoader)
                assert errors(document), text
            """
        let run = try #require(Self.validator).run(program, [packageRoot])
        #expect(run.status == 0, "\(run.stderr.suffix(3000))")
    }
}
