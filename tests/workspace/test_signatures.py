"""The signature, and the address of mail, in a letter are those of whoever signs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Workspace
from letters.letter.names import file_of_another, mail_of_another, names_another
from support.plain_letters import FORCE, LETTER, SETTINGS, SIGNATURE, TYPE, plain_workspace, with_field

pytestmark = pytest.mark.slow

SIGNER = "Michael Cunningham QPM"


@pytest.mark.parametrize(
    "text",
    [
        "Signature of Michael Cunningham", "Michael Cunningham's signature", "Mike Cunningham", "M.J. Cunningham CBE",
        "Signature of Mr Cunningham", "Cunningham, Michael", "MICHAEL CUNNINGHAM", "signed by michael cunningham",
        "Signature", "The Inspector's Signature", "Official Signature", "Hand-written signature in blue ink",
        "Signature of Her Majesty's Inspector of Constabulary", "Signature of the Police Commissioner for Kent",
        "Sir Michael John Cunningham-Smith",
    ],
)  # fmt: skip
def test_a_text_that_names_nobody_else(text: str) -> None:
    assert not names_another(text, SIGNER)


@pytest.mark.parametrize(
    "text",
    [
        "Signature of Wendy Williams", "Wendy Williams’s signature", "Signed by Sir Thomas Winsor",
        "Signature of Williams", "Signature of Mary Cunningham", "signed by wendy williams",
        "Sarah Cunningham", "HMI Parr",
        "Matt Parr CB, HM Inspector",
        "Signature: Zoë Billingham CBE",
    ],
)  # fmt: skip
def test_a_text_that_names_somebody_else(text: str) -> None:
    assert names_another(text, SIGNER)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoe Billingham", "Zoë Billingham CBE"), ("Sean O'Neill", "Seán O’Neill"),
        ("Wendy Jane Williams", "Wendy Williams"), ("J Wendy Williams", "Wendy Williams"),
        ("Rt Hon Alun Michael JP OStJ FRSA", "Alun Michael"),
        ("Bill Smith", "William Smith"), ("Tom Winsor", "Sir Thomas Winsor"),
        ("Dame Vera Baird QC", "Vera Baird"), ("Anne Jones", "Anne Smith-Jones"),
    ],
)  # fmt: skip
def test_one_person_written_in_two_ways(one: str, other: str) -> None:
    assert not names_another(one, other)
    assert not names_another(other, one)


def test_files_and_addresses_of_somebody_else() -> None:
    mine = ("signature.png", "michael-cunningham.png", "sig_mc.png", "hmi_signature.png", "IMG_2034.jpg", "scan 2.png")
    assert [file for file in mine if file_of_another(f"t/{file}", SIGNER)] == []
    assert file_of_another("t/wendy-williams.png", SIGNER)
    assert file_of_another("t/Signature of Wendy Williams 2.png", SIGNER)
    own = "michael.cunningham1 m.cunningham mcunningham mike.c enquiries hmi.wales private.office south-wales.pcc"
    assert [name for name in own.split() if mail_of_another(f"{name}@example.org", SIGNER)] == []
    assert mail_of_another("wendy.williams@example.org", SIGNER)
    assert mail_of_another("w.williams2@example.org", SIGNER)


# -- in letters


def signed(folder: Path, picture: str = "![Signature of Michael Cunningham](signature.png)") -> Workspace:
    there = plain_workspace(folder / "workspace")
    there.path(f"templates/{TYPE}/signature.png").write_bytes(SIGNATURE.read_bytes())
    there.replace(LETTER, "::: {.signature}\n", f"::: {{.signature}}\n{picture}\n")
    return there


def test_the_signature_of_who_signs_is_sound(tmp_path: Path) -> None:
    ran = signed(tmp_path).letters("check")
    assert (ran.status, ran.err) == (0, "")


def test_another_signatory_over_the_same_picture(tmp_path: Path) -> None:
    there = signed(tmp_path)
    there.replace(SETTINGS, "name: Michael Cunningham QPM", "name: Wendy Williams CBE")
    ran = there.letters("check")
    assert ran.status == 1
    said = (
        "'Signature of Michael Cunningham' stands above the name 'Wendy Williams CBE' (in the letter to North Example"
    )
    assert f"{LETTER}:23:1: {said}" in ran.err
    assert "hint: put the signature of Wendy Williams CBE there" in ran.err
    assert "or write {{ letter.signatory.picture }} in its place, with `picture: …` below `signatory:`" in ran.err
    address = "'michael.cunningham1@hmic.gsi.gov.uk' is given for Wendy Williams CBE, and seems to be somebody else's"
    assert f"{SETTINGS}:11:10: warning: {address} [W125]" in ran.err
    assert there.letters("build").status == 1
    assert not there.path(f"outputs/{TYPE}/x.pdf").exists()


@pytest.mark.parametrize("stage", ["draft", "ready"])
def test_the_name_of_the_file_is_read_where_the_description_names_nobody(tmp_path: Path, stage: str) -> None:
    there = signed(tmp_path, "![Signature](wendy-williams.png)")
    there.path(f"templates/{TYPE}/signature.png").rename(there.path(f"templates/{TYPE}/wendy-williams.png"))
    there.replace(FORCE, "stage: ready", f"stage: {stage}")
    ran = there.letters("check")
    assert f"{LETTER}:23:1: the picture 'wendy-williams.png' stands above the name 'Michael Cunningham QPM'" in ran.err
    there.replace(SETTINGS, "name: Michael Cunningham QPM", "name: Wendy Williams")
    assert "E125" not in there.letters("check").err


def test_a_signer_out_of_the_outcome(tmp_path: Path) -> None:
    there = signed(tmp_path)
    with_field(there, "signer", "{type: string}", "", "Alun Michael")
    there.replace(LETTER, "{{ letter.signatory.name }}", "{{ outcome.signer }}")
    assert "stands above the name 'Alun Michael'" in there.letters("check").err
    there.replace(FORCE, "signer: Alun Michael", "signer: Mr M Cunningham")
    assert "E125" not in there.letters("check").err


def test_a_copied_signature_where_who_signs_has_a_picture_of_their_own(tmp_path: Path) -> None:
    there = signed(tmp_path)
    there.path(f"templates/{TYPE}/ww.png").write_bytes(SIGNATURE.read_bytes())
    there.replace(SETTINGS, "name: Michael Cunningham QPM", "name: Wendy Williams CBE\n  picture: ww.png")
    ran = there.letters("check")
    assert "hint: write {{ letter.signatory.picture }} in its place, which is that of Wendy Williams CBE;" in ran.err
    there.replace(LETTER, "![Signature of Michael Cunningham](signature.png)", "{{ letter.signatory.picture }}")
    assert "E125" not in there.letters("check").err


def test_an_address_typed_into_a_letterhead(tmp_path: Path) -> None:
    there = signed(tmp_path)
    house = "templates/letterheads/hmicfrs/letterhead.md"
    there.replace(house, "{{ letter.signatory.email }}", "wendy.williams@example.org")
    ran = there.letters("check")
    assert ran.status == 0
    assert f"{house}:10:8: warning: 'wendy.williams@example.org' is given for Michael Cunningham QPM" in ran.err
    there.replace(house, "wendy.williams@", "enquiries@")
    assert there.letters("check").err == ""


def test_the_address_of_the_contact_is_held_against_the_contact(small: Workspace) -> None:
    settings = "templates/abuse-of-position-2017/letter.yaml"
    small.replace(settings, "  name: John Young", "  name: Anne Smith")
    ran = small.letters("build", "--format", "txt")
    assert ran.status == 0
    assert "'john.young@hmic.gsi.gov.uk' is given for Anne Smith, and seems to be somebody else's [W125]" in ran.err


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("cunningham", True), ("mcunningham", True), ("billingham2", True), ("williams", False), ("wwilliams", False),
        ("enquiries", False), ("kent", False), ("casework", False), ("hmicfrs", False), ("nottingham", False),
        ("secretary", False), ("wendy", False), ("pcc", False), ("feedback", False), ("wales", False),
        ("hmi.parr", False),
    ],
)  # fmt: skip
def test_an_address_of_one_name(small: Workspace, address: str, is_told: bool) -> None:
    settings = "templates/abuse-of-position-2017/letter.yaml"
    small.replace(settings, "name: Michael Cunningham QPM", "name: Wendy Williams CBE")
    small.replace(settings, "michael.cunningham1@hmic", f"{address}@hmic")
    small.replace("templates/abuse-of-position-2017/letter.md", "Signature of Michael Cunningham", "Signature")
    ran = small.letters("check")
    assert ("is given for Wendy Williams CBE, and seems to be somebody else's [W125]" in ran.err) is is_told
    assert ran.err.count("[W125]") == is_told


def test_an_address_of_one_name_typed_into_a_letterhead(tmp_path: Path) -> None:
    there = signed(tmp_path)
    house = "templates/letterheads/hmicfrs/letterhead.md"
    there.replace(house, "{{ letter.signatory.email }}", "billingham@example.org")
    assert f"{house}:10:8: warning: 'billingham@example.org' is given for Michael" in there.letters("check").err
