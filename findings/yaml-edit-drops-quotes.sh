#!/usr/bin/env bash
# yaml-edit sets a text in quotation marks without them, and for many readers a date in quotes becomes a date.
#
# Seen with yaml-edit 0.2.0, read back by PyYAML 6.0.3. yaml-edit is lossless: what is not touched keeps its bytes, and
# so its quotation marks. The value that is set does not: it gets marks of yaml-edit's own choice, by item and by
# Scalar.set_value alike. The choice seems to mind readers of YAML 1.1, as "no" and "yes" are quoted, which are plain
# texts in YAML 1.2. But "2018-11-09", "13:45" and "2_000" are not, and PyYAML, a reader of YAML 1.1, finds a date, the
# number 825 (13 * 60 + 45) and the number 2000, where a text was and a text was set. yaml-edit reads them as texts
# itself: only another reader shows it. ScalarValue(text, style="double-quoted") keeps the marks.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check yaml-edit==0.2.0 pyyaml==6.0.3
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import yaml
from yaml_edit import Document

document = Document.parse('visit: "2018-10-02"  # as printed\nat: "12:30"\nlog: "1_000"\nanswer: "no"\ncode: "0755"\nplace: "Kent"\n')
for key, text in (("visit", "2018-11-09"), ("log", "2_000"), ("answer", "yes"), ("code", "0644")):
    document[key] = text
document["at"].as_scalar().set_value("13:45")
print(document, end="")
print("yaml-edit:", *(repr(value) for value in document.to_python().values()))
print("PyYAML:", *(repr(value) for value in yaml.safe_load(str(document)).values()))
PYTHON
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
visit: 2018-11-09  # as printed
at: 13:45
log: 2_000
answer: 'yes'
code: '0644'
place: "Kent"
yaml-edit: '2018-11-09' '13:45' '2_000' 'yes' '0644' 'Kent'
PyYAML: datetime.date(2018, 11, 9) 825 2000 'yes' '0644' 'Kent'
SEEN
