"""Keys in a schema of staff that nobody reads, such as `minimun`, each with what was probably meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from letters.problems import Code, nearest
from letters.workspace.outcome import as_list, as_mapping
from letters.workspace.raw import KeyPath
from letters.workspace.references import target
from letters.workspace.unread import Unread

#: What holds a schema, a list of them, and schemas by name.
_ONE = ("items", "contains", "additionalProperties", "propertyNames", "unevaluatedItems", "unevaluatedProperties")
_SCHEMA = frozenset({*_ONE, "if", "then", "else", "not", "contentSchema"})
_SCHEMAS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_BY_NAME = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"})
_ASSERTING = """type const enum format pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum
    multipleOf minItems maxItems uniqueItems minContains maxContains required dependentRequired minProperties
    maxProperties""".split()
_SAYING = """title description default deprecated readOnly writeOnly examples contentMediaType contentEncoding
    $ref $schema $id $anchor $comment $vocabulary $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor""".split()
#: All of JSON Schema (2020-12), and what each file has beside it; `severity` is a rule's alone.
_JSON_SCHEMA = _SCHEMA | _SCHEMAS | _BY_NAME | {*_ASSERTING, *_SAYING, "title_cy"}
OF_RECIPIENTS = frozenset({"suggest", "in_letters"})
#: What other forms of schemas say, and people from habit.
_MEANT = {
    "min": "minimum",
    "max": "maximum",
    "regex": "pattern",
    "values": "enum",
    "options": "enum",
    "additionalItems": "items",
    "dependencies": "dependentRequired",
    "optional": "required",
}
#: The formats that values are held against.
_FORMATS = """date date-time time duration email idn-email hostname idn-hostname ipv4 ipv6 uri uri-reference iri
    iri-reference uri-template json-pointer relative-json-pointer regex uuid""".split()
#: What YAML makes a key of: the words behind a comma between braces.
_CUT = "if it belongs to the text in front of the comma, put quotation marks around the whole text; else take it out"
#: A media type that is nearly this one was meant as it.
_MARKDOWN = "text/markdown"


def unknown_keywords(schema: Mapping[str, object], own: Collection[str] = ()) -> list[Unread]:
    """What neither JSON Schema has nor the tool in such a file, whose own keys are `own`; `x-…` is anybody's."""
    kept = {way[0] for way in _referred(schema, schema)}
    found = [*_of(schema, (), frozenset(own))]
    return [one for one in found if not (len(one.way) == 1 and one.way[0] in kept)]


def _of(part: object, way: KeyPath, own: frozenset[str]) -> Iterator[Unread]:
    for key, inner in as_mapping(part).items():
        here = (*way, key)
        known = _JSON_SCHEMA | own | ({"severity"} if _is_rule(way) else set())
        if key not in known and not str(key).startswith("x-"):
            hint = _hint(str(key), known) if inner is not None else _CUT
            yield Unread(Code.UNKNOWN_KEYWORD, here, f"`{key}` is not read", hint)
        elif key in _SCHEMA:
            yield from _of(inner, here, own)
        elif key in _SCHEMAS:
            for number, one in enumerate(as_list(inner)):
                yield from _of(one, (*here, number), own)
        elif key in _BY_NAME:
            for name, one in as_mapping(inner).items():
                yield from _of(one, (*here, name), own)
        else:
            yield from _of_value(key, inner, here)


def _of_value(key: str, value: object, here: KeyPath) -> Iterator[Unread]:
    if key == "format" and isinstance(value, str) and value not in _FORMATS:
        near = nearest(value.replace("e-mail", "email"), _FORMATS)
        hint = f"did you mean {near!r}? " if near else ""
        hint += "of the formats, date and email serve most; others are said by a `pattern:`"
        yield Unread(Code.UNKNOWN_KEYWORD, here, f"{value!r} is no format, and allows anything", hint, is_value=True)
    elif key == "contentMediaType" and value != _MARKDOWN and nearest(str(value), [_MARKDOWN]):
        message = f"{value!r} is not {_MARKDOWN}, and its text would be printed as it is typed"
        yield Unread(Code.UNKNOWN_KEYWORD, here, message, f"write `contentMediaType: {_MARKDOWN}`", is_value=True)


def _hint(key: str, known: Collection[str]) -> str:
    near = _MEANT.get(key) or nearest(key, sorted(known))
    meant = f"did you mean `{near}`?" if near else "what is described stands below `properties:`;"
    return f"{meant} a key of your own begins with x-, such as x-{key}"


def _is_rule(way: KeyPath) -> bool:
    return len(way) == 2 and way[0] == "allOf"


def _referred(schema: object, part: object) -> Iterator[KeyPath]:
    """The ways to all that references lead to: any place in a file may keep what is used in several."""
    for key, inner in part.items() if isinstance(part, Mapping) else enumerate(as_list(part)):
        found = target(schema, inner) if key == "$ref" and isinstance(inner, str) else None
        if found and found[1]:
            yield found[1]
        yield from _referred(schema, inner)
