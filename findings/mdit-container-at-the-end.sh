#!/usr/bin/env bash
# The container plugin of mdit-py-plugins raises IndexError for a text that ends in a blank line of a quotation.
#
# Seen with mdit-py-plugins 0.7.0 and markdown-it-py 4.3.0. CommonMark takes any text, and so does the parser alone. With
# the plugin, a container that is opened in a quotation looks, for its end, at the first character of each line there; of
# the last line "> " without a line end there is none. One line end more, or a word in the line, and the text is read:
# an open container ends with what it stands in, as the plugin says.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mdit-py-plugins==0.7.0 markdown-it-py==4.3.0
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
from markdown_it import MarkdownIt
from mdit_py_plugins.container import container_plugin

plain, containers = MarkdownIt(), MarkdownIt()
container_plugin(containers, "note")
for text in ("> ::: note\n> ", "- ::: note\n  ", "> ::: note\n> \n", "> ::: note\n> word", "::: note\n"):
    for name, parser in (("plain", plain), ("with containers", containers)):
        try:
            print(repr(text), name, len(parser.parse(text)), "tokens")
        except IndexError as error:
            print(repr(text), name, "IndexError:", error)
PYTHON
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
'> ::: note\n> ' plain 5 tokens
'> ::: note\n> ' with containers IndexError: string index out of range
'- ::: note\n  ' plain 7 tokens
'- ::: note\n  ' with containers 6 tokens
'> ::: note\n> \n' plain 5 tokens
'> ::: note\n> \n' with containers 4 tokens
'> ::: note\n> word' plain 5 tokens
'> ::: note\n> word' with containers 7 tokens
'::: note\n' plain 3 tokens
'::: note\n' with containers 2 tokens
SEEN
