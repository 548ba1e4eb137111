"""Everyone can say whether an office answered, and read what was told."""

import datetime as dt

import afterwards
import programs
import pytest
from databases import real_parts, settings_for
from test_browser_access import VIEWS, look, page, press

pytestmark = pytest.mark.browser

__all__ = ["page"]  # the page of the tests beside these


@pytest.fixture(scope="module")
def asked(databases, tmp_path_factory):
    """A site, and the address that the mail leads somebody to whose letters left weeks ago."""
    address, home = databases.copy("sqlite", "loaded"), tmp_path_factory.mktemp("home")
    with real_parts(settings_for(address, home)) as parts:
        parts.clock.move(dt.timedelta(days=-60))
        afterwards.second_letters(parts, "lt", "en", "fi")
        token = afterwards.asked(parts)
    with programs.served(env=programs.environment(address, home)) as base:
        yield base, token


@pytest.mark.parametrize("language", VIEWS)
def test_axe_finds_nothing_from_the_question_to_the_second_letter(page, asked, language):
    base, token = asked
    page.goto(f"{base}/{language}/answers/{token}/")
    found = look(page, language)
    if not page.locator("main input[type=radio]:checked").count():
        press(page)
        assert page.locator("[role=alert] a").count() == 1
        found += look(page, language)
    for number in range(page.locator("main fieldset").count()):
        page.locator("main fieldset").nth(number).locator("input[value=no]").check()
    press(page)
    assert page.locator("main [role=status]").count() == 1
    found += look(page, language)
    press(page, "chase")
    assert page.locator("main .tag").count() >= 1
    assert found + look(page, language) == []


@pytest.mark.parametrize("language", VIEWS)
def test_axe_finds_nothing_on_what_was_told(page, asked, language):
    page.goto(f"{asked[0]}/{language}/keep-the-ban/answers/")
    assert look(page, language) == []
