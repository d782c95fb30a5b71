#!/usr/bin/env bash
# jsonschema-rs calls a number that is an instance of a subclass of float not valid, or unsupported: it depends on the question.
#
# Seen with jsonschema-rs 0.60.3. For {"type": "number"}, is_valid() is False for an instance of a subclass of float (which
# remembers, say, how it was typed), while iter_errors() raises ValueError: the one takes the value for a wrong one, the
# other for one that JSON has not. Python's own json writes such a value as the number it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jsonschema-rs==0.60.3
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import json

import jsonschema_rs


class Typed(float):
    pass


validator = jsonschema_rs.validator_for({"properties": {"rate": {"type": "number"}}})
print("json:", json.dumps({"rate": Typed(2.5)}))
print("is_valid:", validator.is_valid({"rate": 2.5}), validator.is_valid({"rate": Typed(2.5)}))
try:
    print(list(validator.iter_errors({"rate": Typed(2.5)})))
except ValueError as error:
    print("iter_errors:", error)
PYTHON
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
json: {"rate": 2.5}
is_valid: True False
iter_errors: Unsupported type: 'Typed'
SEEN
