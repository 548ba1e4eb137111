"""Editing: the rules of the folder hold, what stood before is kept, and nobody's change is lost."""

import dataclasses
import datetime as dt

import pytest
from bundles import small
from sqlalchemy import select

from campaign.domain import inventory
from campaign.domain import piece as piece_of
from campaign.domain.piece import Name
from campaign.errors import InputRefusedError, StaleEditError, WordsRefusedError
from campaign.models.audit import AuditRow
from campaign.models.base import without
from campaign.models.change import ChangeRow
from campaign.outside.bundle.reader import check, read
from campaign.outside.files import resource
from campaign.queries import edition as editions
from campaign.services.edit import By, draft, edit
from campaign.services.load import load
from campaign.services.whole import whole

TODAY = dt.date(2026, 11, 24)
ONA = By("ona", "a native read it")
LETTER = Name("letter", "latvia", "lv")
BUNDLED = "keep-the-ban"


@pytest.fixture
def own(parts, tmp_path):
    """The small campaign, loaded; with the folder it came from."""
    bundle = small(tmp_path)
    load(parts, bundle.root)
    return bundle


def stands(parts, slug="small"):
    with parts.reading() as session:
        return whole(session, slug)


def rewrite(name, **fields):
    """A change of some fields of a piece."""

    def make(cause):
        return piece_of.put(cause, name, {**inventory.pieces(cause)[name].fields, **fields}, TODAY)

    return make


def history(parts):
    with parts.reading() as session:
        return list(session.scalars(select(ChangeRow).order_by(ChangeRow.id)))


def test_the_database_gives_the_whole_campaign_as_its_folder_says_it(loaded):
    assert stands(loaded, BUNDLED) == read(resource("config") / "campaigns" / BUNDLED)


def test_a_campaign_that_was_read_is_right_by_the_same_rules_and_read_the_same_again(tmp_path):
    for folder in (resource("config") / "campaigns" / BUNDLED, small(tmp_path).root):
        cause = read(folder)
        assert check(cause) == cause


def test_letters_of_an_older_database_are_made_again_from_the_versions_offered(parts, own):
    before = stands(parts)
    with parts.writing() as session:
        row = editions.state_rows(session, editions.row(session, "small").id)["latvia"]
        row.state = without(row.state, letters=())
        session.commit()
    after = stands(parts)
    plain = [dataclasses.replace(one, checked=TODAY) for one in before.states[0].letters]
    assert [dataclasses.replace(one, checked=TODAY) for one in after.states[0].letters] == plain


def test_an_edit_changes_the_page_and_keeps_what_stood_before(parts, own):
    before = parts.editions.current("small")
    done = edit(parts, "small", ONA, rewrite(Name("campaign", "title", "lv"), text="Raksti tagad"))
    after = parts.editions.current("small")
    assert after.cause.title["lv"] == "Raksti tagad"
    assert after.revision == before.revision + 1 == done.revision
    (row,) = history(parts)
    assert (row.who, row.kind, row.which, row.language) == ("ona", "campaign", "title", "lv")
    assert (row.before, row.after, row.reason) == ("Uzraksti vēstuli", "Raksti tagad", "a native read it")
    with parts.reading() as session:
        lines = [(one.who, one.what, one.which) for one in session.scalars(select(AuditRow))]
    assert ("ona", "words.edit", "small: campaign title lv") in lines


def test_an_edit_that_changes_nothing_leaves_no_trace(parts, own):
    before = parts.editions.current("small").revision
    done = edit(parts, "small", ONA, lambda cause: cause)
    assert done.changes == ()
    assert done.revision == before == parts.editions.current("small").revision
    assert history(parts) == []


@pytest.mark.parametrize(
    ("name", "fields", "place", "what"),
    [
        (LETTER, {"subject": "{{ nobody }}"}, ("subject",), "nobody defines the field `nobody`"),
        (LETTER, {"body": "{{ addressees }}\n\n{{ salutation }}\n\nOne.\n\nTwo {% for a in b %}.\n\n"}, ("body",), ""),
        (Name("campaign", "title", "lv"), {"text": ""}, ("title", "lv"), "is empty"),
        (Name("campaign", "name", "lv"), {"text": "a\nb"}, ("name", "lv"), "one line"),
        (Name("consent", "letter", "lv"), {"text": "Yes."}, ("consents", 0, "text", "lv"), "{{ offices }}"),
        (Name("page", "faq", "en"), {"body": "<b>no</b>"}, ("body",), "HTML is not allowed"),
        (Name("campaign", "title", "lv"), {"text": "a\u202eb"}, ("title", "lv"), "nobody can see"),
        (Name("state", "latvia/lede", "lv"), {"text": "{{ vote_on.year }}"}, ("lede", "lv"), "not allowed"),
    ],
)
def test_words_that_break_a_rule_are_refused_by_the_field_they_are_in(parts, own, name, fields, place, what):
    with pytest.raises(WordsRefusedError) as refused:
        edit(parts, "small", ONA, rewrite(name, **fields))
    assert place in [one.place for one in refused.value.faults]
    assert any(what in one.what for one in refused.value.faults)
    assert history(parts) == []


def test_a_fault_names_the_line_of_a_text_as_it_was_typed(parts, own):
    body = "{{ addressees }}\n\n{{ salutation }}\n\nI ask.\n\n{{ nobody }}\n\n{{ paragraph }}\n\n{{ signature }}"
    with pytest.raises(WordsRefusedError) as refused:
        draft(parts, "small", rewrite(LETTER, body=body))
    assert str(refused.value.faults[0]).startswith("letters/latvia/lv.md: body, line 7: nobody defines")


def test_a_piece_that_somebody_else_changed_meanwhile_is_not_written_over(parts, own):
    name = Name("campaign", "title", "lv")
    seen = {name: inventory.pieces(stands(parts))[name].version}
    edit(parts, "small", By("jonas", "shorter"), rewrite(name, text="Raksti"), seen=seen)
    with pytest.raises(StaleEditError):
        edit(parts, "small", ONA, rewrite(name, text="Raksti tagad"), seen=seen)
    assert stands(parts).title["lv"] == "Raksti"


def test_changes_of_two_pieces_do_not_stand_in_each_others_way(parts, own):
    one, other = Name("campaign", "title", "lv"), Name("campaign", "title", "nb")
    seen = {name: piece.version for name, piece in inventory.pieces(stands(parts)).items()}
    edit(parts, "small", ONA, rewrite(one, text="Raksti"), seen={one: seen[one]})
    edit(parts, "small", ONA, rewrite(other, text="Skriv"), seen={other: seen[other]})
    assert stands(parts).title == {"en": "Write a letter", "lv": "Raksti", "nb": "Skriv"}


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_an_edit_needs_a_reason(parts, own, reason):
    with pytest.raises(InputRefusedError):
        edit(parts, "small", By("ona", reason), rewrite(Name("campaign", "title", "lv"), text="Raksti"))


def test_a_folder_that_is_loaded_again_writes_down_what_it_changes(parts, own):
    own.change("campaign.yaml", "lv: Uzraksti vēstuli", "lv: Raksti")
    load(parts, own.root)
    (row,) = history(parts)
    assert (row.who, row.before, row.after) == ("command line", "Uzraksti vēstuli", "Raksti")


def test_a_draft_stores_nothing(parts, own):
    made = draft(parts, "small", rewrite(Name("campaign", "title", "lv"), text="Raksti"))
    assert [one.after for one in made.changes] == ["Raksti"]
    assert stands(parts).title["lv"] == "Uzraksti vēstuli"


def test_words_that_were_changed_are_read_by_no_native_until_somebody_says_so(parts, own):
    name = Name("campaign", "title", "lv")
    edit(parts, "small", ONA, lambda cause: piece_of.marked(cause, name, is_read=True))
    assert "campaign.yaml: lv" not in stands(parts).unread
    edit(parts, "small", ONA, rewrite(name, text="Raksti"))
    assert "campaign.yaml: lv" in stands(parts).unread
    assert (history(parts)[0].kind, history(parts)[0].which) == ("native", "campaign.yaml")
