#!/usr/bin/env bash
# Aspell's Welsh dictionary knows a'r, o'r and mae'n in two halves, and is only ever asked for the whole.
#
# Seen with aspell-cy 0.50-3-8, libenchant-2-2 2.3.3 (both of Debian 12) and pyenchant 3.3.0. Of 23 common joins of
# Welsh, such as a'r ("and the"), three are known: i'r, gyda'r, i'w. One would take the others for missing. They are
# there, all 23, in two entries each: a and 'r, mae and 'n, as if a word ended before an apostrophe. The rule file of
# the same package lets an apostrophe stand inside a word, so Aspell, and Enchant, which gives it whole words, ask for
# a'r. Hardly a paragraph of Welsh has none. A program that asks again for the two parts needs no list of its own for
# these, and still refuses a'q or mae'd.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyenchant==3.3.0
export ENCHANT_CONFIG_DIR="$folder" PYTHONIOENCODING=utf-8
if ! "$folder/venv/bin/python" -c 'import enchant, sys; sys.exit(not enchant.dict_exists("cy"))' 2> "$folder/missing"; then
  echo "This needs Debian's packages libenchant-2-2 and aspell-cy."
  exit 77
fi
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import enchant

broker = enchant.Broker()
broker.set_ordering("cy", "aspell")
welsh = broker.request_dict("cy")


def in_halves(word: str) -> bool:
    """Whether what stands before the apostrophe and what begins with it are both known."""
    before, after = word.split("'")
    return welsh.check(before) and welsh.check("'" + after)


joins = "a'r o'r i'r y'r â'r na'r sy'n mae'n dyma'r dyna'r gyda'r wedi'i wedi'u i'w o'i a'u a'i i'n i'ch a'n a'ch o'u o'ch".split()
print(welsh.provider.name, len(joins))
print("known whole:", *(join for join in joins if welsh.check(join)))
print("known in halves:", sum(in_halves(join) for join in joins))
print("no joins, not known in halves:", *(word for word in ("a'q", "mae'd", "xo'r") if not in_halves(word)))
PYTHON
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
aspell 23
known whole: i'r gyda'r i'w
known in halves: 23
no joins, not known in halves: a'q mae'd xo'r
SEEN
