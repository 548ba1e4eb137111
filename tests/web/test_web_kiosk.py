"""A tablet that many people sign on: its own frame, no way off it, nothing kept, and a link that ends."""

import datetime as dt
from dataclasses import replace

import pytest
from page import Page, visit
from person import Person
from sites import build
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from campaign.models.supporter import SignatureRow
from campaign.models.tally import OpeningRow
from campaign.services import lend
from campaign.services.note import COMMAND_LINE
from campaign.web import opening

pytestmark = pytest.mark.parametrize("database", ["sqlite"])


@pytest.fixture
def start(loaded) -> str:
    """The path of a tablet's first page."""
    return lent(loaded)


def lent(parts, days: int = 2) -> str:
    edition = parts.editions.current("keep-the-ban")
    link = lend.lend(parts, edition, COMMAND_LINE, "Rotušės aikštė", days)
    return link.removeprefix(parts.settings.base_url)


def ways_off(page: Page, start: str) -> list[str]:
    """Every address in a page that leads off the tablet, whatever the language."""
    own = start.partition("/kiosk/")[2]
    found = [one.get(name) for one in page.root.iter() for name in ("href", "action", "formaction")]
    inside = ("#", "/static/")
    return [one for one in found if one and not one.startswith(inside) and f"/kiosk/{own}" not in one]


def test_no_page_of_a_tablet_leads_off_it_or_may_be_kept(loaded, client, start):
    ona = Person(loaded, client, f"{start}lithuania/")
    refused = ona.post(email="ona.example.org")
    previewed = ona.post(do="preview")
    pages = [visit(client, start + path) for path in ("", "lithuania/", "lithuania/sent/", "privacy/")]
    pages += [Page(refused, 422), Page(previewed), visit(client, f"{start}no-such-state/", 404)]
    for page in pages:
        assert ways_off(page, start) == [], page.heading
        assert page.answer.headers["Cache-Control"] == "no-store"
        assert 'content="noindex, nofollow"' in page.html
        assert [one.get("src").rpartition("/")[2] for one in page.all("script")] == ["kiosk.js"]


@pytest.mark.parametrize(
    ("sent", "status"), [({"paragraph": "a" * 70_000}, 413), ({"name": "a\0b"}, 400), ({"name": "Ona"}, 503)]
)
def test_what_is_refused_before_the_tablet_is_known_does_not_lead_off_it_either(loaded, start, sent, status):
    def gone():
        raise OperationalError("SELECT 1", {}, Exception("the server closed the connection"))

    client = build(replace(loaded, reading=gone, writing=gone)).test_client()
    page = Page(client.post(f"{start}lithuania/", data=sent), status)
    assert ways_off(page, start) == []
    assert start in page.links
    assert [one.get("src").rpartition("/")[2] for one in page.all("script")] == ["kiosk.js"]


def test_a_form_on_a_tablet_remembers_nothing_and_makes_nothing_to_take_home(loaded, client, start):
    path = f"{start}lithuania/"
    shown, previewed = visit(client, path), Page(Person(loaded, client, path).post(do="preview"))
    for page in (shown, previewed):
        assert page.by_id("sign").get("autocomplete") == "off"
        assert {one.get("autocomplete") for one in page.root.iter()} <= {None, "off"}
        assert {value for _, value, _ in page.form("sign").buttons} <= {"", "preview", "edit"}
        assert "mailto:" not in page.html
    for do in ("pdf", "sent-mail", "sent-paper", "other"):
        assert Person(loaded, client, path).post(do=do).status_code == 404


def test_a_signature_comes_of_its_tablet_whatever_the_form_says(loaded, client, start):
    ona = Person(loaded, client, f"{start}lithuania/")
    (device,) = lend.listed(loaded, loaded.editions.current("keep-the-ban"))
    assert device.source == f"kiosk-rotuses-aikste-{device.id[:4]}"
    assert ona.post(query="?source=other", source="third").status_code == 303
    answer = client.post(ona.path, data=ona.filled(email="two@example.org"))
    assert answer.headers["Location"] == f"{ona.path}sent/"
    sent = visit(client, answer.headers["Location"])
    assert f'content="20;url={start}"' in sent.html
    assert start in sent.links
    with loaded.reading() as session:
        assert set(session.scalars(select(SignatureRow.source))) == {device.source}
    ona.press(ona.link())  # the mail leads to the site itself
    assert lend.listed(loaded, loaded.editions.current("keep-the-ban"))[0].confirmed is None  # too few to be told


def test_nobody_elsewhere_signs_as_if_on_a_tablet(loaded, client, start):
    (device,) = lend.listed(loaded, loaded.editions.current("keep-the-ban"))
    ona = Person(loaded, client)
    assert ona.post(query=f"?source={device.source}").status_code == 303
    assert ona.post(source=device.source, email="two@example.org").status_code == 303
    with loaded.reading() as session:
        assert set(session.scalars(select(SignatureRow.source))) == {""}


def test_an_opening_on_a_tablet_is_counted_as_the_tablets(loaded, start):
    app = build(loaded)
    assert "opened.gif" not in visit(app.test_client(), f"{start}lithuania/").html

    opening.of(app).write()
    with loaded.reading() as session:
        assert session.scalar(select(OpeningRow.source)).startswith("kiosk-")


def test_a_tablet_speaks_every_language_of_the_campaign(client, start):
    _, _, rest = start.removeprefix("/").partition("/")
    for language in ("nb", "lt", "lv", "pl", "et", "fi", "sv"):
        assert ways_off(visit(client, f"/{language}/{rest}"), start) == []
    form = visit(client, f"/fi/{rest}lithuania/")
    assert f'formaction="/en/{rest}lithuania/"' in form.html


def test_sixty_people_sign_on_one_tablet_within_an_hour(loaded):
    limited = replace(loaded, settings=replace(loaded.settings, has_rate_limits=True))
    client = build(limited).test_client(use_cookies=False)
    ona = Person(limited, client, f"{lent(limited)}lithuania/")
    filled = ona.filled()
    for number in range(60):
        answer = client.post(ona.path, data=filled | {"email": f"{number}@example.org", "name": f"Ona {number}"})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{ona.path}sent/")
        loaded.clock.move(dt.timedelta(seconds=55))
    with loaded.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignatureRow)) == 60
        marked = [row for row in session.scalars(select(SignatureRow)) if "many_from_network" in row.marks]
    assert len(marked) == 50  # for organisers to see, and no reason to refuse anybody


@pytest.mark.parametrize("how", ["days", "hand"])
def test_a_link_that_has_ended_says_so_and_takes_nothing(loaded, client, start, how):
    edition = loaded.editions.current("keep-the-ban")
    filled = Person(loaded, client, f"{start}lithuania/").filled()
    if how == "days":
        loaded.clock.move(dt.timedelta(days=2))
    else:
        (device,) = lend.listed(loaded, edition)
        lend.end(loaded, edition, COMMAND_LINE, device.id)
    for path in ("", "lithuania/", "privacy/"):
        page = visit(client, start + path, 410)
        assert "over" in page.heading
        assert ways_off(page, start) == []
    assert client.post(f"{start}lithuania/", data=filled).status_code == 410
    with loaded.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignatureRow)) == 0


def test_a_link_nobody_made_opens_nothing(client, start):
    token = start.split("/")[3]
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", token.lower()):
        assert client.get(f"/en/kiosk/{wrong}/").status_code == 404
