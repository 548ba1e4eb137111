"""Dumping: a folder that says what the database does, loads the same again, and keeps its comments."""

import dataclasses
import datetime as dt
import shutil

import pytest
from bundles import SMALL_CAUSE, small

from campaign.domain import inventory, piece
from campaign.domain.piece import Name
from campaign.errors import EditsUndoneError
from campaign.outside.bundle import dump as files
from campaign.outside.bundle import writer
from campaign.outside.bundle.reader import check, read
from campaign.outside.bundle.spread import Leaf
from campaign.outside.files import resource
from campaign.services.dump import dump
from campaign.services.edit import By, edit
from campaign.services.load import load
from campaign.services.rewrite import Rewriting, mark_read, rewrite
from campaign.services.whole import whole

TODAY = dt.date(2026, 11, 24)
BUNDLED = resource("config") / "campaigns" / "keep-the-ban"
ONA = By("ona", "a native read it")
TITLE = Name("campaign", "title", "lv")
AWKWARD = (
    "Why: because, # not a comment",
    "\"quoted\" and 'quoted'",
    "- looks like a list",
    "yes",
    "2",
    "null",
    "@ and % and `",
    "a  wide   gap",
    "{braces} [brackets] & * ! | >",
    "ąčęėįšųūž 日本語 עברית 👩‍🌾",
    "tilde ~ and \\ backslash",
    "w" * 300,
    "long " * 80 + "end",
)


@pytest.fixture
def own(parts, tmp_path):
    bundle = small(tmp_path)
    load(parts, bundle.root)
    return bundle


def test_a_dump_of_what_was_loaded_differs_in_no_file(loaded):
    assert dump(loaded, "keep-the-ban", BUNDLED, is_check=True) == ()


@pytest.mark.parametrize("folder", [BUNDLED, SMALL_CAUSE], ids=["bundled", "small"])
def test_a_campaign_dumped_into_an_empty_folder_is_read_the_same_again(folder, tmp_path):
    cause = read(folder)
    files.write(files.differences(cause, tmp_path / "new"), tmp_path / "new")
    assert read(tmp_path / "new") == cause
    assert files.differences(cause, tmp_path / "new") == ()


def test_after_a_dump_loading_the_folder_changes_nothing(parts, own):
    rewrite(parts, "small", ONA, Rewriting({TITLE: {"text": "Raksti tagad"}}))
    assert [str(one) for one in dump(parts, "small", own.root)] == ["campaign.yaml: title differs"]
    assert load(parts, own.root).changes == ()


def test_a_check_changes_no_file(parts, own):
    rewrite(parts, "small", ONA, Rewriting({TITLE: {"text": "Raksti tagad"}}))
    before = own.text("campaign.yaml")
    assert len(dump(parts, "small", own.root, is_check=True)) == 1
    assert own.text("campaign.yaml") == before


def test_comments_and_whatever_else_still_stands_are_kept(parts, own):
    own.change("campaign.yaml", "name:\n", "# what people read first\nname:\n")
    rewrite(parts, "small", ONA, Rewriting({TITLE: {"text": "Raksti tagad"}}))
    before = own.text("campaign.yaml").splitlines()
    dump(parts, "small", own.root)
    after = own.text("campaign.yaml").splitlines()
    differing = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert differing == [("  lv: Uzraksti vēstuli", "  lv: Raksti tagad")]


def test_of_a_letter_only_what_changed_is_written_anew(parts, own):
    letter = Name("letter", "latvia", "lv")
    with parts.reading() as session:
        before = inventory.words(whole(session, "small"))[letter]
    rewrite(parts, "small", ONA, Rewriting({letter: {"subject": "Cits temats"}}))
    dump(parts, "small", own.root)
    assert 'subject: "Cits temats"' in own.text("letters/latvia/lv.md")
    assert own.text("letters/latvia/lv.md").endswith(before.fields["body"] + "\n")


def test_files_of_what_a_campaign_no_longer_says_go(parts, own):
    own.write("letters/latvia/fi.md", "---\n---\n")
    own.write("README.md", "for us\n")
    dump(parts, "small", own.root)
    assert not (own.root / "letters/latvia/fi.md").exists()
    assert own.text("README.md") == "for us\n"


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_awkward_words_come_back_as_they_were(text, tmp_path):
    shutil.copytree(SMALL_CAUSE, tmp_path / "small")
    cause = read(tmp_path / "small")
    changed = check(dataclasses.replace(cause, name={**cause.name, "lv": text}, organisation=text))
    assert changed.organisation == text
    files.write(files.differences(changed, tmp_path / "small"), tmp_path / "small")
    assert read(tmp_path / "small") == changed


def test_a_list_that_grew_and_shrank_keeps_the_comments_of_what_stays():
    old = "events:\n  # the first\n  - id: a\n    on: 2025\n  # the second\n  - id: b\n    on: 2026\n"
    values = {"events": [{"id": "b", "on": "2026"}, {"id": "c", "on": "2027-01-01"}]}
    written = writer.written("states/latvia.yaml", Leaf(values), old)
    assert "id: b\n    on: 2026\n" in written
    assert "id: c\n    on: 2027-01-01\n" in written
    assert "id: a" not in written


def test_every_piece_of_the_bundled_campaign_is_written_and_read_again_as_one_text():
    for name, one in inventory.words(read(BUNDLED)).items():
        assert piece.read(name.kind, one.text) == dict(one.fields), name


def test_a_folder_that_would_undo_an_edit_is_refused_and_names_it(parts, own):
    rewrite(parts, "small", ONA, Rewriting({TITLE: {"text": "Raksti tagad"}}))
    with pytest.raises(EditsUndoneError) as refused:
        load(parts, own.root)
    (told, *others) = refused.value.edits
    assert told.startswith("campaign title lv: edited by ona on ")
    assert told.endswith("(a native read it)")
    assert others == []
    with parts.reading() as session:
        assert whole(session, "small").title["lv"] == "Raksti tagad"


def test_a_folder_may_undo_edits_when_told_to_and_then_need_not_be_told_again(parts, own):
    rewrite(parts, "small", ONA, Rewriting({TITLE: {"text": "Raksti tagad"}}))
    report = load(parts, own.root, is_over_edits=True)
    assert [one.name for one in report.undone] == [TITLE]
    own.change("campaign.yaml", "lv: Uzraksti vēstuli", "lv: Raksti")
    assert load(parts, own.root).undone == ()


def test_a_folder_that_says_the_same_as_an_edit_is_loaded(parts, own):
    rewrite(parts, "small", ONA, Rewriting({TITLE: {"text": "Raksti tagad"}}))
    own.change("campaign.yaml", "lv: Uzraksti vēstuli", "lv: Raksti tagad")
    own.change("campaign.yaml", "nb: Skriv et brev", "nb: Skriv")
    assert load(parts, own.root).changes == ("the campaign's own texts changed",)


def test_that_a_native_read_something_is_an_edit_that_is_not_undone_in_silence(parts, own):
    mark_read(parts, "small", ONA, (("campaign.yaml", "lv"),))
    with pytest.raises(EditsUndoneError):
        load(parts, own.root)
    dump(parts, "small", own.root)
    assert load(parts, own.root).changes == ()


def test_a_dry_run_tells_what_would_change_and_changes_nothing(parts, own):
    own.change("campaign.yaml", "nb: Skriv et brev", "nb: Skriv")
    edit(parts, "small", ONA, lambda cause: dataclasses.replace(cause, closes_on=dt.date(2027, 6, 1)))
    report = load(parts, own.root, is_dry=True)
    assert report.changes == ("the campaign's own texts changed",)
    assert [str(one.name) for one in report.undone] == ["setting closes_on"]
    with parts.reading() as session:
        assert whole(session, "small").title["nb"] == "Skriv et brev"
