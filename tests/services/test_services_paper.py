"""Paper: one letter for each office mailbox chosen, dated, addressed, and nowhere kept."""

import dataclasses
import datetime as dt
import io
import re

import people
import pypdf
import pytest
from sqlalchemy import select

from campaign.domain.letter import Block
from campaign.domain.signing import clean
from campaign.errors import CampaignClosedError, NotFoundError, TextChangedError
from campaign.models.base import Base
from campaign.outside.files import resource
from campaign.outside.pdf import TypstTypesetter
from campaign.services.paper import paper
from campaign.services.preview import preview

STATES = ("lithuania", "latvia", "poland", "estonia", "finland")


def made(parts, state="lithuania", **changed):
    """What Ona's form, with `changed` fields, gives to the typesetter, and what it would look like in a mail."""
    edition = parts.editions.current(people.CAMPAIGN)
    chosen = edition.state(state)
    signing = clean(people.typed(parts, state, **changed), chosen)
    paper(parts, edition, chosen, signing)
    return parts.pdf.papers[-1], preview(parts, edition, chosen, signing).letters


def everything(parts):
    with parts.reading() as session:
        tables = Base.metadata.sorted_tables
        return {table.name: sorted(str(tuple(row)) for row in session.execute(select(table))) for table in tables}


def test_every_mailbox_gets_one_letter_with_the_words_of_the_preview(loaded):
    set_, shown = made(loaded, paragraph="Mano žodžiai.")
    assert len(set_.letters) == len(shown) == 6
    for sheet, letter in zip(set_.letters, shown, strict=True):
        blocks = {block.kind: block.text for block in letter.sent.blocks}
        assert sheet.subject == letter.sent.subject
        assert "\n".join(sheet.window).startswith(blocks["addressees"])
        assert "\n".join(sheet.signature) == blocks["signature"]
        assert sheet.blocks == tuple(
            block for block in letter.sent.blocks if block.kind not in ("addressees", "signature")
        )
        assert Block("own", "Mano žodžiai.") in sheet.blocks


def test_it_is_addressed_by_post_where_the_address_is_known_and_by_title_elsewhere(loaded):
    windows = {sheet.window[0]: sheet.window for sheet in made(loaded)[0].letters}
    assert windows["Ministrui Pirmininkui"] == (
        "Ministrui Pirmininkui",
        "Lietuvos Respublikos Vyriausybės kanceliarija",
        "Gedimino pr. 11",
        "01103 Vilnius",
        "LITHUANIA",
    )
    assert windows["Krašto apsaugos ministrui"] == ("Krašto apsaugos ministrui",)
    # Two offices, one mailbox, one letter, one address.
    assert windows["Seimo Pirmininkui"][1:3] == ("Seimo Užsienio reikalų komitetui", "Lietuvos Respublikos Seimas")


@pytest.mark.parametrize(
    ("state", "language", "with_place", "without"),
    [
        ("lithuania", "lt", "Oslo, 2026 m. lapkričio 24 d.", "2026 m. lapkričio 24 d."),
        ("latvia", "lv", "Oslo, 2026. gada 24. novembrī", "2026. gada 24. novembrī"),
        ("poland", "pl", "Oslo, 24 listopada 2026 r.", "24 listopada 2026 r."),
        ("estonia", "et", "Oslo, 24. november 2026", "24. november 2026"),
        ("finland", "fi", "Oslo 24. marraskuuta 2026", "24. marraskuuta 2026"),
        ("finland", "sv", "Oslo den 24 november 2026", "24 november 2026"),
        ("finland", "en", "Oslo, 24 November 2026", "24 November 2026"),
    ],
)
def test_place_and_date_are_written_as_the_language_does(loaded, state, language, with_place, without):
    set_, _ = made(loaded, state, city="Oslo", letter_language=language)
    assert (set_.language, set_.letters[0].head) == (language, with_place)
    assert set_.day == dt.date(2026, 11, 24)
    assert made(loaded, state, letter_language=language)[0].letters[0].head == without


def test_who_shows_only_a_country_shows_no_place_either(loaded):
    set_, _ = made(loaded, city="Kirkenes", shown="country")
    assert "Kirkenes" not in repr(set_)
    assert "Ona" not in repr(set_)


def test_nothing_but_the_letter_gets_onto_paper(loaded):
    assert "ona@example.org" not in repr(made(loaded)[0])


def test_the_code_leads_to_the_page_of_the_state_in_the_language_of_the_letter(loaded):
    set_, _ = made(loaded, "finland", letter_language="sv")
    assert set_.home.address == "http://127.0.0.1:8000/sv/keep-the-ban/finland/"
    assert set_.home.address in set_.home.words


def test_only_the_offices_chosen_are_written_to(loaded):
    assert [sheet.window[0] for sheet in made(loaded, offices=("speaker",))[0].letters] == ["Seimo Pirmininkui"]


def test_nothing_is_stored_and_no_mail_is_written(loaded):
    before = everything(loaded)
    made(loaded, paragraph="Mano žodžiai.")
    assert everything(loaded) == before


def test_it_refuses_what_a_preview_refuses(loaded):
    edition = loaded.editions.current(people.CAMPAIGN)
    state = edition.state("lithuania")
    signing = clean(people.typed(loaded), state)
    closed = dataclasses.replace(edition, cause=dataclasses.replace(edition.cause, closes_on=dt.date(2026, 11, 1)))
    for error, whole, form in (
        (TextChangedError, edition, dataclasses.replace(signing, text_version="0" * 32)),
        (CampaignClosedError, closed, signing),
        (NotFoundError, edition, dataclasses.replace(signing, letter_language="xx")),
    ):
        with pytest.raises(error):
            paper(loaded, whole, state, form)
    assert loaded.pdf.papers == []


@pytest.mark.parametrize("state", STATES)
def test_every_letter_of_a_state_can_be_set(loaded, state):
    """In every language its offices read: each letter is whole, and keeps both standards."""
    parts = dataclasses.replace(loaded, pdf=TypstTypesetter(resource("templates") / "pdf"))
    edition = parts.editions.current(people.CAMPAIGN)
    chosen = edition.state(state)
    for language in chosen.letter_languages():
        typed = people.typed(parts, state, letter_language=language, offices=("president", "speaker"))
        signing = clean(typed, chosen)
        document = pypdf.PdfReader(io.BytesIO(paper(parts, edition, chosen, signing)))
        root = document.trailer["/Root"]
        told = root["/Metadata"].get_data().decode()
        said = _run_together("".join(page.extract_text() for page in document.pages))
        assert root["/Lang"] == language
        assert "<pdfuaid:part>1<" in told
        assert "<pdfaid:part>2<" in told
        for letter in preview(parts, edition, chosen, signing).letters:
            for block in letter.sent.blocks:
                for line in block.items or block.text.split("\n"):
                    assert _run_together(line) in said, (language, line)


def _run_together(text: str) -> str:
    """A text without its spaces and page numbers: lines may end after a hyphen, and paragraphs go on overleaf."""
    return re.sub(r"\s|^– \d –$", "", text, flags=re.MULTILINE)
