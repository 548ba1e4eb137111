"""Long pages: which language is shown, how figures are filled in, and what Markdown may do."""

import datetime as dt

import pytest

from campaign.domain.cause import Cause, Fact, Page
from campaign.errors import LetterError
from campaign.web.public.reading import read

DAY = dt.date(2026, 11, 24)
BODY = "Some *words* first.\n\n## One & two\n\n{{ mines | number }} mines.\n\n### Deeper\n\nText.\n\n## Three\n\nEnd.\n"


def cause(*pages: Page, facts: tuple[Fact, ...] = ()) -> Cause:
    return Cause(
        slug="keep-the-ban",
        languages=("en", "nb"),
        name={"en": "Keep the Ban"},
        title={"en": "Ask them back"},
        lede={"en": "Write."},
        organisation="Nobody",
        contact="nobody@example.org",
        goals=(),
        counts="exact",
        anonymous={"en": "a supporter"},
        consents=(),
        office_kinds=(),
        states=(),
        facts=facts,
        interventions=(),
        pages=pages,
    )


def page(body: str, language: str = "en", title: str = "Evidence") -> Page:
    return Page(name="evidence", language=language, title=title, body=body, checked=DAY)


MINES = Fact(id="mines", value=55000, what={"en": "Mines"}, source=("https://example.org/",), checked=DAY)


def test_a_page_is_cut_at_its_second_rank_headings():
    found = read(cause(page(BODY), facts=(MINES,)), "evidence", "en")
    assert found.opening == "<p>Some <em>words</em> first.</p>\n"
    assert [(one.id, one.heading) for one in found.sections] == [("part-1", "One &amp; two"), ("part-2", "Three")]
    assert "<h3>Deeper</h3>" in found.sections[0].body
    assert found.sections[1].body == "<p>End.</p>\n"


def test_figures_are_written_in_the_language_of_the_page():
    both = cause(page(BODY), page(BODY, "nb", "Grunner"), facts=(MINES,))
    assert "55,000 mines" in read(both, "evidence", "en").sections[0].body
    assert "55\N{NO-BREAK SPACE}000 mines" in read(both, "evidence", "nb").sections[0].body


def test_a_page_that_is_not_translated_is_shown_in_english_and_says_so():
    found = read(cause(page("Text.")), "evidence", "nb")
    assert (found.language, found.title) == ("en", "Evidence")


def test_a_page_without_headings_has_no_sections():
    found = read(cause(page("Only this.")), "evidence", "en")
    assert (found.opening, found.sections) == ("<p>Only this.</p>\n", ())


def test_there_is_no_page_that_nobody_wrote():
    assert read(cause(), "evidence", "en") is None


def test_a_figure_that_no_fact_has_is_an_error():
    with pytest.raises(LetterError):
        read(cause(page(BODY)), "evidence", "en")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "before <img src=x onerror=alert(1)> after",
        "[press](javascript:alert(1))",
        "[press](data:text/html;base64,PHNjcmlwdD4=)",
        "## <b onclick=alert(1)>heading</b>",
    ],
)
def test_html_in_a_page_is_shown_as_text_and_no_link_runs_anything(hostile):
    found = read(cause(page(hostile)), "evidence", "en")
    shown = found.opening + "".join(one.heading + one.body for one in found.sections)
    assert not any(f"<{tag}" in shown for tag in ("script", "img", "b "))
    assert "<a " not in shown
