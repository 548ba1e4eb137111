"""Words edited in a browser: looked over, proofed, saved; what was signed before keeps its text."""

import datetime as dt

import pytest
from organisers import PASSWORD, Organiser
from page import Page
from people import CAMPAIGN

from campaign.domain import inventory
from campaign.domain.piece import Name
from campaign.services.whole import whole

EDIT = "/organise/words/edit/"


class Edited(Page):
    """A page on which templates are shown as they are written."""

    def _check_words(self, _typed):
        assert len(self.all("h1")) == 1
        assert self.heading in self.title


@pytest.fixture
def ona(loaded):
    return Organiser(loaded).accept("editor")


def stands(parts, name):
    with parts.reading() as session:
        return inventory.words(whole(session, CAMPAIGN))[name]


def asked(name):
    kind, which, language = name
    return f"{EDIT}?kind={kind}&which={which}&language={language}"


def filled(ona, name, **fields):
    """The form of a piece, with some of its fields typed anew."""
    form = Edited(ona.client.get(asked(name))).form("words")
    return form.fields | {
        f"{field}-{name.language}" if name.language else field: text for field, text in fields.items()
    }


def preview(ona, sent, status=200):
    return Edited(ona.client.post(EDIT, data={**sent, "do": "preview"}), status)


def save(ona, sent, reason="a native read it", **more):
    return ona.client.post(EDIT, data={**sent, "do": "save", "reason": reason, **more})


def test_every_text_is_listed_with_what_no_native_has_read(ona):
    page = ona.page("/organise/words/")
    assert "Latvian: 24 files" in page.text
    assert asked(Name("letter", "latvia", "lv")) in page.links
    sources = Edited(ona.client.get("/organise/words/sources/"))
    assert "campaign dump writes the folder" in sources.text


PIECES = (
    (Name("letter", "latvia", "lv"), "subject", "/lv/keep-the-ban/latvia/"),
    (Name("page", "faq", "lv"), "title", "/lv/keep-the-ban/faq/"),
    (Name("campaign", "title", "lv"), "text", "/lv/keep-the-ban/"),
    (Name("campaign", "organisation"), "text", "/lv/keep-the-ban/"),
    (Name("state", "latvia/lede", "lv"), "text", "/lv/keep-the-ban/latvia/"),
    (Name("consent", "news", "lv"), "text", "/lv/keep-the-ban/latvia/"),
    (Name("point", "children", "lv"), "title", "/lv/keep-the-ban/latvia/"),
)


def test_every_kind_of_text_is_edited_and_the_public_page_shows_it(loaded, ona):
    for number, (name, field, path) in enumerate(PIECES):
        new = f"Labdien {'abcdefg'[number]}"
        sent = filled(ona, name, **{field: f"{stands(loaded, name).fields[field]} {new}"})
        shown = preview(ona, sent)
        done = save(ona, shown.form("save").fields, password=PASSWORD)
        assert done.status_code == 303, (name, done.get_data(as_text=True))
        assert stands(loaded, name).fields[field].endswith(new)
        assert new in ona.client.get(path).get_data(as_text=True), name
    history = Edited(ona.client.get("/organise/words/history/?kind=letter&which=latvia&language=lv"))
    assert "ona@example.org" in history.text
    assert "a native read it" in history.text


def test_a_change_is_shown_side_by_side_with_what_follows_before_it_is_saved(loaded, ona):
    name = Name("letter", "latvia", "lv")
    before = stands(loaded, name)
    page = preview(ona, filled(ona, name, subject="Latvija un mīnas"))
    assert page.all("del")
    assert page.all("ins")
    assert "latvia gets new letter versions in lv" in page.text
    assert "a name that looks like a command" in page.text
    assert "Robert'); DROP TABLE signature;--" in page.text
    assert "{{ name }} {% if x %}" in page.text
    assert stands(loaded, name) == before


@pytest.mark.parametrize(
    ("name", "field", "text", "sentence"),
    [
        (Name("letter", "latvia", "lv"), "subject", "{{ nobody }}", "nobody defines the field `nobody`; fields are "),
        (Name("letter", "latvia", "lv"), "body", "Only this.", "a letter needs one paragraph that is exactly"),
        (Name("page", "faq", "lv"), "body", "<script>1</script>", "HTML is not allowed"),
        (Name("campaign", "title", "lv"), "text", "", "is empty"),
        (Name("letter", "latvia", "lv"), "subject", "{{ true | date }}", "stands after a field alone"),
        (Name("state", "latvia/lede", "lv"), "text", "{% if standing %}" * 99 + "{% endif %}" * 99, "nested more than"),
        (Name("letter", "latvia", "en"), "subject", "{{ adopted_on | year }}", "Another text would be wrong then"),
    ],
)
def test_words_that_break_a_rule_come_back_with_what_was_typed_and_why(loaded, ona, name, field, text, sentence):
    before = stands(loaded, name)
    page = preview(ona, filled(ona, name, **{field: text}), 422)
    assert any(sentence in one for one in page.problems.values()), page.problems
    assert page.form("words").fields[f"{field}-{name.language}"].strip() == text
    assert stands(loaded, name) == before


def test_texts_that_must_agree_are_changed_in_all_languages_together(loaded, ona):
    sent = Edited(ona.client.get(f"{EDIT}?kind=letter&which=latvia&language=all")).form("words").fields
    sent |= {name: "{{ adopted_on | year }}" for name in sent if name.startswith("subject-")}
    done = save(ona, preview(ona, sent).form("save").fields, password=PASSWORD)
    assert done.status_code == 303
    assert stands(loaded, Name("letter", "latvia", "pl")).fields["subject"] == "{{ adopted_on | year }}"


def test_what_somebody_else_saved_meanwhile_is_shown_beside_ones_own_and_nothing_is_lost(loaded, ona):
    name = Name("campaign", "title", "lv")
    sent = filled(ona, name, text="Mans virsraksts")
    assert save(ona, filled(ona, name, text="Cits virsraksts")).status_code == 303
    page = Edited(save(ona, sent), 409)
    assert "Cits" in page.text
    assert "Mans" in page.text
    form = page.form("words").fields
    assert form["text-lv"] == "Mans virsraksts"
    assert stands(loaded, name).fields["text"] == "Cits virsraksts"
    assert save(ona, form).status_code == 303
    assert stands(loaded, name).fields["text"] == "Mans virsraksts"


def test_saving_needs_a_reason_and_for_letters_a_password_just_typed(loaded, ona):
    name = Name("letter", "latvia", "lv")
    sent = filled(ona, name, subject="Latvija un mīnas")
    page = Edited(save(ona, sent, reason=" "), 422)
    assert list(page.problems) == ["reason"]
    loaded.clock.move(dt.timedelta(minutes=11))
    page = preview(ona, sent)
    assert "password" in page.form("save").fields
    page = Edited(save(ona, page.form("save").fields, password="wrong"), 422)
    assert list(page.problems) == ["password"]
    assert page.form("save").fields["subject-lv"] == "Latvija un mīnas"
    assert save(ona, page.form("save").fields, password=PASSWORD).status_code == 303


def test_an_earlier_version_is_taken_again_as_a_new_change(loaded, ona):
    name = Name("campaign", "title", "lv")
    before = stands(loaded, name).fields["text"]
    save(ona, filled(ona, name, text="Cits virsraksts"))
    history = Edited(ona.client.get("/organise/words/history/?kind=campaign&which=title&language=lv"))
    (again,) = [one for one in history.links if "side=before" in one]
    form = Edited(ona.client.get(again)).form("words").fields
    assert form["text-lv"] == before
    assert save(ona, form, reason="it was better").status_code == 303
    assert stands(loaded, name).fields["text"] == before


def test_what_a_native_has_read_is_marked_with_a_reason(loaded, ona):
    form = Edited(ona.client.get("/organise/words/unread/?language=lv")).form("unread-texts").fields
    ticked = {**form, "read:letters/latvia/lv.md:lv": "on"}
    assert ona.client.post("/organise/words/unread/", data={**ticked, "reason": ""}).status_code == 422
    done = ona.client.post("/organise/words/unread/", data={**ticked, "reason": "a teacher in Riga"})
    assert done.status_code == 303
    page = Edited(ona.client.get("/organise/words/unread/?language=lv"))
    assert "letters/latvia/lv.md" not in page.text
    assert "letters/estonia/lv.md" in page.text
