"""A site whose every letter has subjects and talking points to choose from, and the page of somebody who writes one."""

import offers
import programs
import pytest
from databases import real_parts, settings_for
from playwright.sync_api import ConsoleMessage
from writer import DESK, PHONE


@pytest.fixture(scope="module")
def offering(databases, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    address = databases.copy("sqlite", "loaded")
    with real_parts(settings_for(address, home)) as parts:
        offers.give(parts)
    with programs.served(env=programs.environment(address, home)) as base:
        yield base


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def writing(request, browser, offering):
    """A visitor's page; whatever it says on its console as an error, or throws, fails the test."""
    with browser.new_context(viewport=request.param, locale="en-GB", reduced_motion="reduce") as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=offering)
        faults = []
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if is_fault(message) else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
        assert faults == []


def is_fault(message: ConsoleMessage) -> bool:
    """A form that comes back with what is wrong in it is none, though a browser says so."""
    return message.type == "error" and "422" not in message.text
