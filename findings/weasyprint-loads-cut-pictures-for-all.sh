#!/usr/bin/env bash
# Importing WeasyPrint makes Pillow load pictures that are cut short, in the whole program.
#
# Seen with WeasyPrint 70.0 and Pillow 12.0.0. Pillow raises OSError for a JPEG whose end is missing. weasyprint.images sets
# PIL.ImageFile.LOAD_TRUNCATED_IMAGES to True as it is imported, for every user of Pillow in the process: the same file then loads,
# grey where nothing was read. Who checks pictures with Pillow finds such a file broken or sound by what was imported before.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pillow==12.0.0
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
from io import BytesIO

from PIL import Image, ImageFile

whole = BytesIO()
Image.radial_gradient("L").save(whole, "JPEG")
half = whole.getvalue()[: len(whole.getvalue()) // 2]


def loads() -> str:
    try:
        Image.open(BytesIO(half)).load()
    except OSError as error:
        return f"OSError ({str(error).partition(' (')[0]})"
    return "loads"


print("before:", ImageFile.LOAD_TRUNCATED_IMAGES, loads())
import weasyprint  # noqa: E402

print("after:", ImageFile.LOAD_TRUNCATED_IMAGES, loads())
PYTHON
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
before: False OSError (image file is truncated)
after: True loads
SEEN
