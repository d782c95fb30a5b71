#!/usr/bin/env bash
# For jsonschema-rs, ŵ is no letter of a word in \w, and one in \b of the same pattern.
#
# Seen with jsonschema-rs 0.61.0; regress 2026.9.1, which reads patterns as ECMA-262 does, stands beside it. JSON Schema
# asks for patterns of ECMA-262, where \w is A-Z, a-z, 0-9 and _, and \b is the edge of such a run. jsonschema-rs has
# that \w, but a \b that goes by the letters of all of Unicode. So \w\B\W (no edge between a letter of a word and what
# is none) is a match in "Gŵ", though by any one notion of a word it matches nothing; and "Gŵyr" fits ^G\b for whoever
# follows ECMA-262, and is refused here. The choice of engine (FancyRegexOptions, RegexOptions) changes nothing. Names
# in English do not show it. In a pattern for Welsh names, \p{L} is safe, and \b is not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jsonschema-rs==0.61.0 regress==2026.9.1
PYTHONIOENCODING=utf-8 "$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import jsonschema_rs
import regress

cases = [
    (r"^\w+$", "Gŵyr"),
    (r"\w\B\W", "Gŵ"),
    (r"^G\b", "Gŵyr"),
    (r"\byr$", "Gŵyr"),
    (r"\bŵy", "ŵyn"),
    (r"^Gower\b", "Gower"),
]
for pattern, text in cases:
    options = (None, jsonschema_rs.FancyRegexOptions(), jsonschema_rs.RegexOptions())
    ours = {jsonschema_rs.is_valid({"pattern": pattern}, text, pattern_options=option) for option in options}
    ecma = regress.Regex(pattern, "u").find(text) is not None
    print(f"{pattern} in {text}: ECMA-262 {ecma}, jsonschema-rs {ours}")
PYTHON
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
^\w+$ in Gŵyr: ECMA-262 False, jsonschema-rs {False}
\w\B\W in Gŵ: ECMA-262 False, jsonschema-rs {True}
^G\b in Gŵyr: ECMA-262 True, jsonschema-rs {False}
\byr$ in Gŵyr: ECMA-262 True, jsonschema-rs {False}
\bŵy in ŵyn: ECMA-262 False, jsonschema-rs {True}
^Gower\b in Gower: ECMA-262 True, jsonschema-rs {True}
SEEN
