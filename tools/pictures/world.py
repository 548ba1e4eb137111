"""A world to take pictures of: a campaign's second week, served at a free port of this machine until a block ends."""

import contextlib
import datetime as dt
import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, abort
from sqlalchemy import select
from werkzeug.serving import make_server

from campaign.domain.courtesy import ANSWERS
from campaign.domain.review import REFUSALS
from campaign.errors import CampaignError
from campaign.models.delivery import MailRow
from campaign.models.webhook import WebhookRow
from campaign.outside.files import resource
from campaign.outside.mail.mailer import Message
from campaign.outside.mail.outbox import OutboxMailer, file_name
from campaign.parts import Parts
from campaign.services import answer, invalidate, invite, judge, lend, pause, reach, unsubscribe, withdraw
from campaign.services.edit import By
from campaign.services.load import load
from campaign.services.migrate import migrate
from campaign.services.note import COMMAND_LINE
from campaign.services.question import question
from campaign.web import site
from tools.pictures.pages import MORE, NOW

# Who signs, what they write and what organisers find is made up once: for the tests.
sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

import busy
import databases
import held
import organisers
import people
import second

WEEKS, HOUR, MOMENT = dt.timedelta(days=30), dt.timedelta(hours=1), dt.timedelta(minutes=1)
COOKIE = "campaign-organiser"
SIGNATURES = 900
NAMES = {"en": "Kari Nordmann", "fi": "Aino Virtanen", "lt": "Ona Kazlauskienė", "pl": "Zofia Wiśniewska"}


@dataclass(frozen=True)
class World:
    """Where it is served, the tokens and ids in addresses, cookies by browser, and mails by kind and language."""

    base: str
    values: dict[str, str]
    cookies: dict[str, str]
    mails: dict[str, Message]


@contextlib.contextmanager
def served(home: Path) -> Iterator[World]:
    """Fill a new database in a folder and serve it; nothing leaves this machine."""
    port = _free_port()
    base = f"http://127.0.0.1:{port}"
    settings = databases.settings_for(f"sqlite:///{home / 'pictures.sqlite3'}", home, RATE_LIMITS="off", BASE_URL=base)
    with databases.real_parts(settings) as parts:
        parts.clock.at = NOW
        migrate(parts)
        load(parts, resource("config") / "campaigns" / people.CAMPAIGN)
        owner = busy.fill(parts, SIGNATURES)
        world = World(base, _tokens(parts) | _ids(parts), _cookies(parts, owner), _mails(parts))
        world.values["invitation"] = _invitation(parts, "editor@example.org")
        world.values["mail"] = _keep(home, parts)
        _close_another(parts)
        parts.clock.at = NOW
        server = make_server("127.0.0.1", port, _with_faults(site.build(parts)), threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield world
        finally:
            server.shutdown()
            thread.join()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _with_faults(app: Flask) -> Flask:
    """Add an address that answers with any error there is a page for."""

    def fail(lang: str, code: int) -> None:  # noqa: ARG001  the frame reads it
        if code == 500:
            raise RuntimeError("a fault to look at")
        abort(code)

    app.add_url_rule("/<lang>/error/of/<int:code>/", view_func=fail, endpoint="pictures-fault")
    return app


def _tokens(parts: Parts) -> dict[str, str]:
    """What stands in the links of mails, by what has become of them."""
    found = {}
    for name in ("answers", "answered"):  # of somebody who signed a month ago
        parts.clock.at = NOW - WEEKS
        people.confirmed(parts, "lithuania", email=f"{name}@example.org")
        people.work(parts)
        parts.clock.at = NOW
        question(parts)
        people.work(parts)
        found[name] = _token(parts, name, "answers")
    letters = answer.opened(parts, found["answered"], "en")
    answer.answer(parts, found["answered"], {one.delivery_id: ANSWERS[1] for one in letters})
    people.sign(parts, "lithuania", email="waiting@example.org", paragraph=held.SHORTER)
    people.work(parts)
    found["waiting"] = _token(parts, "waiting", "confirm")
    for name in ("used", "withdraw", "withdrawn", "unsubscribe", "unsubscribed"):
        people.confirmed(parts, "finland", email=f"{name}@example.org")
        parts.clock.move(MOMENT)
        people.work(parts)
        purpose = {"used": "confirm", "withdrawn": "withdraw", "unsubscribed": "unsubscribe"}.get(name, name)
        found[name] = _token(parts, name, purpose)
    ticked = {one.signature_id for one in withdraw.opened(parts, found["withdrawn"]).signatures}
    withdraw.withdraw(parts, found["withdrawn"], ticked)
    unsubscribe.unsubscribe(parts, found["unsubscribed"])
    found["trim"] = _token(parts, "per", "trim")
    edition = parts.editions.current(people.CAMPAIGN)
    found["own"] = held.held(parts, "lithuania", email="yours@example.org", city="Kirkenes")
    reach.reach(parts, edition, "yours@example.org", "")
    people.work(parts)
    found["yours"] = _token(parts, "yours", "yours")
    tablet = lend.lend(parts, edition, COMMAND_LINE, "The market square", 2)
    found["kiosk"] = tablet.rstrip("/").rpartition("/")[2]
    return found


def _token(parts: Parts, name: str, purpose: str) -> str:
    mails = people.mails(parts, f"{name}@example.org")
    return next(people.token(one, purpose) for one in reversed(mails) if f"/{purpose}/" in one.text)


def _ids(parts: Parts) -> dict[str, str]:
    """The ids of one thing of each kind that has a page."""
    edition = parts.editions.current(people.CAMPAIGN)
    with parts.reading() as session:
        hook = session.scalar(select(WebhookRow.id))
    batch = invalidate.listed(parts, edition)[0].id
    return {"signature": held.waiting(parts)[0].id, "batch": batch, "webhook": str(hook)}


def _cookies(parts: Parts, owner: organisers.Organiser) -> dict[str, str]:
    """An owner's, of somebody who has typed their password, and of somebody who has just been let in."""
    half = organisers.Organiser(parts, "half@example.org").accept("viewer")
    again = organisers.Organiser(parts, half.email)
    again.client.post("/organise/login/", data={"email": half.email, "password": organisers.PASSWORD})
    new = organisers.Organiser(parts, "new@example.org")
    new.client.post(new.invited("editor"), data={"password": organisers.PASSWORD})
    given = {"owner": owner, "half": again, "new": new}
    return {name: one.client.get_cookie(COOKIE).value for name, one in given.items()}


def _invitation(parts: Parts, email: str) -> str:
    return invite.invite(parts, COMMAND_LINE, email, "editor").rstrip("/").rpartition("/")[2]


def _mails(parts: Parts) -> dict[str, Message]:
    """The newest mail of each kind in each of some languages."""
    owner = invite.find(parts, "ona@example.org")
    for language in MORE:
        _way(parts, language, owner)
    with parts.reading() as session:
        kinds = {str(key): kind for key, kind in session.execute(select(MailRow.id, MailRow.kind))}
    sent = [one for one in people.mails(parts) if one.to_address.startswith("way-")]
    return {f"{kinds[one.message_id.strip('<>').partition('.')[0]]}-{one.language}": one for one in sent}


def _way(parts: Parts, language: str, owner: str) -> None:
    """Let one person be written all there is: asked, thanked, told that it is done, asked for less, asked again."""
    email = f"way-{language}@example.org"
    given = {"language": language, "email": email, "name": NAMES[language], "city": "Kirkenes"}

    def newest(purpose: str = "") -> Message:
        parts.clock.move(MOMENT)
        people.work(parts)
        return [one for one in people.mails(parts, email) if f"/{purpose}" in one.text][-1]

    parts.clock.at = NOW - WEEKS
    people.sign(parts, "lithuania", **given)
    people.press(parts, newest("confirm"), language)
    newest()
    people.sign(parts, "lithuania", **given)
    newest()
    for state, reason in (("estonia", ""), ("latvia", REFUSALS[0])):
        before = {one.id for one in held.waiting(parts)}
        people.sign(parts, state, **given, paragraph=held.PARAGRAPH)
        people.press(parts, newest("confirm"), language)
        [one] = [one.id for one in held.waiting(parts) if one.id not in before]
        if reason:
            judge.refuse(parts, owner, one, reason)
        else:
            judge.ask_to_trim(parts, owner, one, held.SHORTER)
        newest()
    parts.clock.at = NOW + HOUR
    question(parts)
    reach.reach(parts, parts.editions.current(people.CAMPAIGN), email, "")
    token = people.token(newest("withdraw"), "withdraw")
    withdraw.withdraw(parts, token, {one.signature_id for one in withdraw.opened(parts, token).signatures})
    newest()


def _keep(home: Path, parts: Parts) -> str:
    """Put the newest mails where the local mailbox shows them; the name of one."""
    mailer, newest = OutboxMailer(home), people.mails(parts)[-8:]
    for one in newest:
        mailer.hand_over(one, lambda: True)
    return file_name(newest[-1].message_id)


def _close_another(parts: Parts) -> None:
    """Let there be a second campaign, which takes no signatures today."""
    with contextlib.suppress(CampaignError):
        pause.pause(parts, second.loaded_too(parts), By(COMMAND_LINE, "to look at"))
