"""Every organisers' page, with something in all of it: axe finds nothing, and none scrolls sideways on a tablet."""

import threading

import busy
import held
import people
import pytest
from databases import real_parts, settings_for
from sites import build
from sqlalchemy import select
from test_browser_access import AXE, OPTIONS
from werkzeug.serving import make_server

from campaign.models.webhook import WebhookRow
from campaign.services import invalidate

pytestmark = pytest.mark.browser

TABLET, DESK = 768, 1280
# Each page once narrow and once wide, light in the one and dark in the other.
VIEWS = ((TABLET, "light"), (DESK, "dark"), (TABLET, "dark"), (DESK, "light"))
PAGES = (
    "", "exports/", "exports/?kind=people", "exports/?kind=signatures", "alarms/",
    "words/", "words/sources/", "words/unread/", "words/edit/?kind=letter&which=lithuania&language=lt",
    "words/history/?kind=letter&which=lithuania&language=lt",
    "offices/", "offices/lithuania/president/", "offices/lithuania/president/words/", "offices/import/",
    "campaigns/", "campaigns/settings/", "review/", "review/words/", "signatures/", "batches/", "lists/", "people/",
    "keys/", "webhooks/", "organisers/", "audit/", "account/", "again/",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(databases, tmp_path_factory):
    """A busy site, served by a thread: its address, the pages that have a number, and an owner's cookie."""
    address = databases.copy("sqlite", "loaded")
    with real_parts(settings_for(address, tmp_path_factory.mktemp("home"))) as parts:
        owner = busy.fill(parts, 200)
        server = make_server("127.0.0.1", 0, build(parts), threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        cookie = owner.client.get_cookie("campaign-organiser")
        yield f"http://127.0.0.1:{server.server_port}", numbered(parts), cookie
        server.shutdown()
        thread.join()


def numbered(parts):
    """The pages of one thing: a signature that waits, each batch, the webhook."""
    edition = parts.editions.current(people.CAMPAIGN)
    with parts.reading() as session:
        hook = session.scalar(select(WebhookRow.id))
    batches = [f"batches/{one.id}/" for one in invalidate.listed(parts, edition)]
    return [f"signatures/{held.waiting(parts)[0].id}/", *batches, f"webhooks/{hook}/"]


def faults(page, name, width, scheme):
    """What is wrong with a page in one view, with every fold open."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    wider = page.evaluate("document.documentElement.scrollWidth") - width
    found = [f"{name} is wider than {width}"] if wider > 0 else []
    for one in page.evaluate("options => axe.run(options).then(answer => answer.violations)", OPTIONS):
        found += [f"{name} {width} {scheme}: {one['id']} at {node['target']}" for node in one["nodes"][:3]]
    return found


@pytest.mark.parametrize("half", [0, 1])
def test_axe_finds_nothing_on_any_organisers_page_and_none_scrolls_sideways(browser, site, half):
    base, more, cookie = site
    found, said = [], []
    with browser.new_context(reduced_motion="reduce") as context:
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        for number, name in enumerate([*PAGES, *more][half::2]):
            answer = page.goto(f"{base}/organise/{name}")
            assert answer.status == 200, name
            assert "/again/" not in page.url or name == "again/", name
            page.evaluate(AXE)
            page.locator("main details").evaluate_all("all => all.forEach(one => one.open = true)")
            for width, scheme in VIEWS[:2] if number % 2 else VIEWS[2:]:
                found += faults(page, name, width, scheme)
    assert found == []
    assert said == []
