"""A signatory is one object: who signs, the offices, the picture and the address are those of one person, always."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image, ImageOps

from conftest import Workspace
from letters.batch.formats import FORMATS
from support.plain_letters import FORCE, LETTER, SETTINGS, SIGNATURE, TYPE, plain_workspace

pytestmark = pytest.mark.slow

FOLDER = "templates/signatories"
MICHAEL, WENDY = f"{FOLDER}/michael-cunningham", f"{FOLDER}/wendy-williams"
SECOND = "forces/y.yaml"
_FILE = """\
name: NAME
offices: [Her Majesty's Inspector of Constabulary, Her Majesty's Inspector of Fire & Rescue Services]
picture: SLUG.png
address: 6th Floor, Globe House, 89 Eccleston Square, London SW1V 1PN
telephone: 020 3513 0500
fax: 020 3513 0650
email: MAIL@hmic.gsi.gov.uk
"""
_PRINTED = """\
::: {.signature}
{% if letter.signatory.picture %}
{{ letter.signatory.picture }}
{% endif %}
:::
"""


def turned(data: bytes) -> bytes:
    """Another picture of the same size."""
    made = BytesIO()
    ImageOps.mirror(Image.open(BytesIO(data))).save(made, "PNG")
    return made.getvalue()


def flipped(data: bytes) -> bytes:
    """A third one."""
    made = BytesIO()
    ImageOps.flip(Image.open(BytesIO(data))).save(made, "PNG")
    return made.getvalue()


def file(name: str, slug: str, mail: str) -> str:
    return _FILE.replace("NAME", name).replace("SLUG", slug).replace("MAIL", mail)


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><path d="M0 0L90 90" stroke="#000"/></svg>'


def square(grey: int) -> bytes:
    """What may stand beside the drawing."""
    made = BytesIO()
    Image.new("L", (90, 90), grey).save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def there(tmp_path: Path) -> Workspace:
    """Two ready letters: Michael Cunningham signs the type, and Wendy Williams that to `y`."""
    there = plain_workspace(tmp_path / "workspace")
    there.write(f"{MICHAEL}.yaml", file("Michael Cunningham QPM", "michael-cunningham", "michael.cunningham1"))
    there.write(f"{WENDY}.yaml", file("Wendy Williams CBE", "wendy-williams", "wendy.williams"))
    there.path(f"{MICHAEL}.png").write_bytes(SIGNATURE.read_bytes())
    there.path(f"{WENDY}.png").write_bytes(turned(SIGNATURE.read_bytes()))
    settings = there.read(SETTINGS)
    there.write(SETTINGS, settings[: settings.index("signatory:")] + "signatory: michael-cunningham\n")
    there.replace(LETTER, "::: {.signature}\n:::\n", _PRINTED)
    second = there.read(FORCE).replace("North Example Police", "South Example Police")
    there.write(SECOND, second.replace("    stage: ready\n", "    stage: ready\n    signatory: wendy-williams\n"))
    return there


def read(there: Workspace, slug: str, form: str) -> bytes:
    return there.path(f"outputs/{TYPE}/{slug}.{form}").read_bytes()


def changed(there: Workspace) -> list[str]:
    """The letters that a build makes, less what is known to be the same."""
    ran = there.letters("build")
    assert ran.status == 0, ran.err
    return re.findall(r"^changed: (\w+), ", ran.out, re.MULTILINE)


def test_each_letter_has_name_address_and_picture_of_who_signs_it_in_every_format(there: Workspace) -> None:
    ran = there.letters("check")
    assert (ran.status, ran.err) == (0, "")
    assert changed(there) == ["x", "y"]
    michael, wendy = ("Michael Cunningham QPM", "michael.cunningham1@"), ("Wendy Williams CBE", "wendy.williams@")
    for slug, own, other in (("x", michael, wendy), ("y", wendy, michael)):
        for form, row in FORMATS.items():
            words = " ".join(row.read(read(there, slug, form)).words)
            assert all(text in words for text in own), (slug, form)
            assert not any(text in words for text in other), (slug, form)
        alt = f"Signature of {own[0]}"
        assert f'alt="{alt}"' in read(there, slug, "html").decode()
        with ZipFile(BytesIO(read(there, slug, "docx"))) as members:
            assert f'descr="{alt}"' in members.read("word/document.xml").decode()
            pictures = [members.read(name) for name in members.namelist() if name.startswith("word/media/")]
        assert there.path(f"{MICHAEL if slug == 'x' else WENDY}.png").read_bytes() in pictures
        assert there.path(f"{WENDY if slug == 'x' else MICHAEL}.png").read_bytes() not in pictures


def test_only_ready_letters_are_signed(there: Workspace) -> None:
    there.replace(SECOND, "stage: ready", "stage: draft")
    assert changed(there) == ["x", "y"]
    assert "Signature of" in read(there, "x", "html").decode()
    assert "Signature of" not in read(there, "y", "html").decode()
    there.path(f"{WENDY}.png").write_bytes(flipped(SIGNATURE.read_bytes()))
    assert changed(there) == []


def test_a_changed_file_or_picture_makes_its_letters_anew_and_no_others(there: Workspace) -> None:
    assert changed(there) == ["x", "y"]
    assert changed(there) == []
    there.replace(f"{WENDY}.yaml", "0500", "0501")
    assert changed(there) == ["y"]
    there.path(f"{MICHAEL}.png").write_bytes(flipped(SIGNATURE.read_bytes()))
    assert changed(there) == ["x"]
    there.replace(f"{WENDY}.yaml", "wendy-williams.png", "wendy-williams.svg")
    there.write(f"{WENDY}.svg", DRAWING)
    there.path(f"{WENDY}.png").write_bytes(square(0))
    assert changed(there) == ["y"]
    there.path(f"{WENDY}.png").write_bytes(square(90))
    assert changed(there) == ["y"]
    there.write(f"{FOLDER}/tom-winsor.yaml", "name: Sir Thomas Winsor\n")
    assert changed(there) == []
    there.replace(SECOND, "    signatory: wendy-williams\n", "")
    assert changed(there) == ["y"]


def test_explain_and_diff_name_the_lines_that_say_who_signs(there: Workspace) -> None:
    changed(there)
    out = there.letters("explain", "y").out
    assert re.search(rf"Wendy Williams CBE\n.*from .*\n +decided by +{SECOND}:8 .*\n +decided by +{WENDY}.yaml:1 ", out)
    assert re.search(rf"Direct Line: 020 3513 0500\n.*from .*\n +decided by +{WENDY}.yaml:5 ", out)
    out = there.letters("explain", "x").out
    assert re.search(
        rf"Michael Cunningham QPM\n.*\n +decided by +{MICHAEL}.yaml:1 .*\n +decided by +{SETTINGS}:5 ", out
    )
    there.replace(f"{WENDY}.yaml", "0500", "0501")
    assert f"from {WENDY}.yaml:5" in there.letters("diff").out
    there.replace(f"{WENDY}.yaml", "0501", "0500")
    there.replace(SECOND, "    signatory: wendy-williams\n", "")
    assert f"from {SECOND}" in there.letters("diff").out


def test_a_ready_letter_with_a_picture_is_reviewed_and_another_picture_is_a_change(there: Workspace) -> None:
    changed(there)
    there.replace(SECOND, "    signatory: wendy-williams\n", "")
    assert "letters build makes them: y" in there.letters("review").out
    changed(there)
    there.letters("review")
    ran = there.letters("review", "--done", "--by", "A")
    assert (ran.status, ran.err) == (0, "")
    picture = there.path(f"{MICHAEL}.png")
    picture.write_bytes(flipped(picture.read_bytes()))
    out = there.letters("diff").out
    assert (
        f"the PDF, Word and HTML look changed\n    the picture michael-cunningham.png\n    from {MICHAEL}.png\n" in out
    )
    assert "letters build makes them: x, y" in there.letters("review").out
    changed(there)
    out = there.letters("review").out
    assert re.search(r"in 2 letters: layout, appearance\n", out)
    assert "michael-cunningham" not in out


def test_a_type_may_say_all_of_it_and_one_letter_still_be_signed_by_another(there: Workspace) -> None:
    own = file("Michael Cunningham QPM", "signature", "michael.cunningham1").replace("\n", "\n  ").rstrip()
    there.replace(SETTINGS, "signatory: michael-cunningham", f"signatory:\n  {own}")
    there.path(f"templates/{TYPE}/signature.png").write_bytes(SIGNATURE.read_bytes())
    ran = there.letters("check")
    assert ran.status == 0, ran.err
    changed(there)
    assert 'alt="Signature of Michael Cunningham QPM"' in read(there, "x", "html").decode()
    assert 'alt="Signature of Wendy Williams CBE"' in read(there, "y", "html").decode()
    there.replace(SETTINGS, "picture: signature.png", "picture: tom-winsor.png")
    there.path(f"templates/{TYPE}/signature.png").rename(there.path(f"templates/{TYPE}/tom-winsor.png"))
    assert "the picture 'tom-winsor.png' stands above the name 'Michael Cunningham QPM'" in there.letters("check").err


def test_editors_are_told_who_may_sign(there: Workspace) -> None:
    assert there.letters("schema").status == 0
    for name in ("force", "letter"):
        schema = there.read(f".letters/{name}.schema.json")
        assert '"const": "wendy-williams"' in schema
        assert '"title": "Wendy Williams CBE"' in schema
    assert '"offices_cy"' in there.read(".letters/signatory.schema.json")
    assert "# signatory: michael-cunningham | wendy-williams" in _new(there)


def _new(there: Workspace) -> str:
    assert there.letters("new", "kent").status == 0
    return there.read("forces/kent.yaml")


# -- a picture never stands above the name of another


def test_another_name_in_the_file_of_a_signatory(there: Workspace) -> None:
    there.replace(f"{MICHAEL}.yaml", "name: Michael Cunningham QPM", "name: Zoë Billingham CBE")
    ran = there.letters("check")
    assert ran.status == 1
    assert (
        f"{MICHAEL}.yaml:1:7: this is the file michael-cunningham.yaml, and Zoë Billingham CBE is somebody" in ran.err
    )
    assert f"{MICHAEL}.yaml:3:10: the picture 'michael-cunningham.png' stands above the name 'Zoë Bill" in ran.err
    assert f"{MICHAEL}.yaml:7:8: warning: 'michael.cunningham1@hmic.gsi.gov.uk' is given for Zoë Billingham" in ran.err
    assert there.letters("build").status == 1
    assert not there.path(f"outputs/{TYPE}/x.pdf").exists()


def test_the_picture_of_another_in_the_file_of_a_signatory(there: Workspace) -> None:
    there.replace(f"{MICHAEL}.yaml", "michael-cunningham.png", "wendy-williams.png")
    ran = there.letters("check")
    assert f"{MICHAEL}.yaml:3:10: the picture 'wendy-williams.png' stands above the name 'Michael Cunn" in ran.err


def test_one_picture_of_two_people(there: Workspace) -> None:
    there.path(f"{WENDY}.png").write_bytes(SIGNATURE.read_bytes())
    ran = there.letters("build")
    assert f"{WENDY}.yaml:3:10: Wendy Williams CBE and Michael Cunningham QPM have the same picture" in ran.err
    assert not there.path("outputs").exists() or not list(there.path("outputs").rglob("*.pdf"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "![Signature of Michael Cunningham](../signatories/michael-cunningham.png)",
            "'Signature of Michael Cunningham'",
        ),
        ("![Signature](../signatories/michael-cunningham.png)", "the picture 'michael-cunningham.png'"),
        ("![Signature of Wendy Williams](/signatories/michael-cunningham.png)", "the picture 'michael-cunningham.png'"),
        ("![Signature of Michael Cunningham](signature.png)", "'Signature of Michael Cunningham'"),
        ("![Signature](michael-cunningham.png)", "the picture 'michael-cunningham.png'"),
        ("![Signature](signature.png)", "the picture 'signature.png' is that of all letters, and Wendy Williams CBE"),
    ],
)
def test_a_picture_that_letter_md_names_above_another_name(there: Workspace, typed: str, said: str) -> None:
    for name in ("signature.png", "michael-cunningham.png"):
        there.path(f"templates/{TYPE}/{name}").write_bytes(SIGNATURE.read_bytes())
    there.replace(LETTER, "{{ letter.signatory.picture }}", typed)
    ran = there.letters("check")
    line = there.read(LETTER).split("\n").index(typed) + 1
    assert f"{LETTER}:{line}:1: {said}" in ran.err
    assert "(in the letter to South Example Police) [E125]" in ran.err
    if "(signature.png)" in typed:  # that of all letters, which the template names itself
        assert "hint: write {{ letter.signatory.picture }} in its place, which is that of whoever signs" in ran.err


def test_a_picture_that_names_nobody_stays_where_the_usual_signatory_signs(there: Workspace) -> None:
    there.path(f"templates/{TYPE}/signature.png").write_bytes(SIGNATURE.read_bytes())
    there.replace(LETTER, "{{ letter.signatory.picture }}", "![Signature](signature.png)")
    there.replace(SECOND, "    signatory: wendy-williams\n", "")
    assert there.letters("check").status == 0


def test_the_names_of_signatures_are_read_of_any_order_of_files(there: Workspace) -> None:
    """Swapped pictures: each file is whole, and both are wrong."""
    there.path(f"{MICHAEL}.png").rename(there.path(f"{FOLDER}/x.png"))
    there.path(f"{WENDY}.png").rename(there.path(f"{MICHAEL}.png"))
    there.path(f"{FOLDER}/x.png").rename(there.path(f"{WENDY}.png"))
    there.replace(f"{MICHAEL}.yaml", "michael-cunningham.png", "wendy-williams.png")
    there.replace(f"{WENDY}.yaml", "wendy-williams.png", "michael-cunningham.png")
    assert there.letters("check").err.count("[E125]") == 2


# -- what is missing or astray


def test_a_signatory_that_is_not_there_stops_the_letters_that_it_should_sign(there: Workspace) -> None:
    there.replace(SECOND, "wendy-williams", "wendy-wiliams")
    ran = there.letters("build")
    assert f"{SECOND}:8:16: there is no signatory 'wendy-wiliams' [E233]" in ran.err
    assert "hint: did you mean 'wendy-williams'?" in ran.err
    assert there.path(f"outputs/{TYPE}/x.pdf").exists()
    assert not there.path(f"outputs/{TYPE}/y.pdf").exists()
    there.replace(SETTINGS, "michael-cunningham", "Michael Cunningham QPM")
    assert "did you mean 'michael-cunningham'? that is the file of Michael Cunningham QPM" in there.letters("check").err


def test_a_broken_file_of_a_signatory_stops_no_others(there: Workspace) -> None:
    there.path(f"{WENDY}.png").write_bytes(b"no picture")
    ran = there.letters("build")
    assert f"{WENDY}.png: is damaged, or no PNG file [E215]" in ran.err
    assert "the signatory 'wendy-williams' cannot be used [E233]" in ran.err
    assert there.path(f"outputs/{TYPE}/x.pdf").exists()
    assert not there.path(f"outputs/{TYPE}/y.pdf").exists()


def test_what_a_signatory_left_out_can_be_asked_for(there: Workspace) -> None:
    there.replace(f"{WENDY}.yaml", "picture: wendy-williams.png\n", "")
    there.path(f"{WENDY}.png").unlink()
    assert there.letters("check").status == 0
    there.replace(f"{WENDY}.yaml", "fax: 020 3513 0650\n", "")
    ran = there.letters("check")
    assert "letterhead.md:9:6: prints a value that is empty (in the letter to South Example Police) [E211]" in ran.err
    assert f"write it into {WENDY}.yaml" in ran.err


@pytest.mark.parametrize("knows", [(MICHAEL,), (WENDY,), (MICHAEL, WENDY), ()], ids=["he", "she", "both", "neither"])
def test_what_only_some_signatories_have_is_asked_for_and_no_branch_is_called_dead(
    there: Workspace, knows: tuple[str, ...]
) -> None:
    house = "templates/letterheads/hmicfrs/letterhead.md"
    fax = "Fax: {{ letter.signatory.fax }}\n"
    there.replace(house, fax, f"{{% if letter.signatory.fax %}}\n{fax}{{% else %}}\nNo fax.\n{{% endif %}}\n")
    for person in {MICHAEL, WENDY} - {*knows}:
        there.replace(f"{person}.yaml", "fax: 020 3513 0650\n", "")
        there.replace(f"{person}.yaml", f"picture: {person.rpartition('/')[2]}.png\n", "")
        there.path(f"{person}.png").unlink()
    ran = there.letters("check")
    assert (ran.status, ran.err) == (0, "")


def test_a_type_that_says_itself_who_signs_may_leave_something_out(small: Workspace) -> None:
    house, fax = "templates/letterheads/hmicfrs/letterhead.md", "Fax: {{ letter.signatory.fax }}\n"
    settings = small.path("templates/abuse-of-position-2017/letter.yaml")
    settings.write_text(re.sub(r"  fax: .*\n", "", settings.read_text("utf-8")), "utf-8")
    assert (
        "or write it below `signatory:` in templates/abuse-of-position-2017/letter.yaml" in small.letters("check").err
    )
    small.replace(house, fax, f"{{% if letter.signatory.fax %}}\n{fax}{{% endif %}}\n")
    ran = small.letters("check")
    assert (ran.status, ran.err) == (0, "")


def test_the_picture_of_a_signatory_in_another_part(there: Workspace) -> None:
    there.replace(
        LETTER, "{{ outcome.body }}", "::: {.figure}\n{{ letter.signatory.picture }}\n:::\n\n{{ outcome.body }}"
    )
    assert "the picture of a signatory stands outside of the part `signature`" in there.letters("check").err


def test_a_signatory_that_the_letter_does_not_print(there: Workspace) -> None:
    house = "templates/letterheads/hmicfrs/letterhead.md"
    there.write(
        house, re.sub(r"\{% for.*?endfor %\}|\{\{ letter\.signatory\.\w+ \}\}", "x", there.read(house), flags=re.S)
    )
    there.write(
        LETTER, there.read(LETTER).replace(_PRINTED, "").replace("{{ letter.signatory.name }}", "The Inspector")
    )
    assert "this letter does not use 'signatory' [E116]" in there.letters("check").err
