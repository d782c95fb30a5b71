"""The dictionary that the wording is read with is the same on every machine: Hunspell's British one."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.dictionary import british_dictionary


@pytest.mark.parametrize(("word", "is_right"), [("auditable", True), ("highlited", False), ("whilst", True)])
def test_words_are_judged_by_hunspell(word: str, is_right: bool) -> None:
    dictionary, why_not = british_dictionary()
    assert why_not == ""
    assert dictionary.check(word) is is_right


def test_a_users_own_words_and_ordering_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "enchant"
    own.mkdir()
    (own / "en_GB.dic").write_text("highlited\n")
    (own / "enchant.ordering").write_text("*:aspell\nen_GB:aspell,hunspell\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("ENCHANT_CONFIG_DIR", str(own))
    dictionary, _ = british_dictionary()
    assert dictionary.provider.name in ("hunspell", "nuspell")
    assert not dictionary.check("highlited")
    assert dictionary.check("auditable")
