"""Changing the language of a form in a real browser without scripts: nothing typed is lost, nor where one came from."""

import programs
import pytest
from databases import real_parts, settings_for

from campaign.models.supporter import SignatureRow

pytestmark = pytest.mark.browser


def test_a_form_goes_on_in_another_language_and_keeps_its_source(browser, databases, tmp_path):
    address = databases.copy("sqlite", "loaded")
    with programs.served(env=programs.environment(address, tmp_path)) as base:
        context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
        page = context.new_page()
        page.goto(f"{base}/en/keep-the-ban/latvia/?source=tram-7")
        page.locator("#sign [autocomplete=name]").fill("Ona Nordmann")
        page.locator("#sign [autocomplete=email]").fill("ona@example.org")
        page.locator("#sign textarea[name=paragraph]").fill("I grew up near\na minefield.")
        page.locator("#sign input[type=checkbox][required]").check()
        page.locator("#sign summary").last.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.locator("#sign button[formaction^='/nb/']").click()
        assert page.url == f"{base}/nb/keep-the-ban/latvia/"
        assert page.locator("#sign [autocomplete=name]").input_value() == "Ona Nordmann"
        assert page.locator("#sign textarea[name=paragraph]").input_value() == "I grew up near\na minefield."
        assert not page.locator("#sign input[type=checkbox][required]").is_checked()
        page.locator("#sign [autocomplete=country]").select_option("NO")
        page.locator("#sign input[type=checkbox][required]").check()
        page.locator("#sign [autocomplete=email]").press("Enter")
        assert page.url == f"{base}/nb/keep-the-ban/latvia/sent/"
        context.close()
        with real_parts(settings_for(address, tmp_path)) as parts, parts.reading() as session:
            assert session.query(SignatureRow).one().source == "tram-7"
