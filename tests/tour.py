"""Every public page in every state that a person can bring it into, in one language.

What anybody may open is told by the routes themselves; what hangs on a link, or on what was typed, is reached as a
person reaches it. `Tour.unseen` names the public routes that were not reached: a new one needs a step here.
"""

import dataclasses
import datetime as dt

import afterwards
import held
import people
import tour_errors
import tour_places
from page import Form, Page
from sites import build_own
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from campaign.domain import schedule
from campaign.models.campaign import CampaignRow
from campaign.outside.mail.outbox import OutboxMailer
from campaign.parts import Parts
from campaign.services import judge

STATES = ("lithuania", "latvia", "poland", "estonia", "finland")
NOT_PUBLIC = ("/organise/", "/api/")
FOR_MACHINES = ("health.", "files.", "opened.")  # no page, and nothing that a page's reader opens
# What is typed -> a name for how the form then comes back.
WRONG: dict[str, dict[str, str | None]] = {
    "with nothing": {"name": "", "email": "", "country": "", "consent-letter": None},
    "in every field": {
        "name": "<b>Ona</b>",
        "email": "ona@",
        "country": "XX",
        "city": "see www.example.org",
        "postal_address": "x" * 600,
        "paragraph": "y" * 2000,
        "letter_language": "xx",
        "subject_choice": "9",
        "shown": "short",
        "short_name": "",
        "consent-letter": "0",
    },
    "where the address may be meant otherwise": {"email": "ona@gmial.com"},
}


class Tour:
    """One person's way through all of the site; each page is checked as it is met, and kept by its name."""

    def __init__(self, parts: Parts, language: str) -> None:
        """Begin at a site on given parts, which commit."""
        self.parts, self.language = parts, language
        self.email = f"tour-{language}@example.org"
        self.pages: dict[str, Page] = {}
        self.files: dict[str, TestResponse] = {}
        self.met = lambda _name, _page: None  # told of each page while its links are good
        self._endpoints: set[str] = set()
        self._app = tour_errors.with_faults(build_own(parts), self._endpoints)
        self.client = self._app.test_client(use_cookies=False)

    def take(self, *, is_short: bool = False) -> "Tour":
        """Go the whole way, or only as far as the letters have left."""
        self._read()
        self._sign()
        self._confirm()
        if not is_short:
            for step in (self._other_links, self._take_back, self._answer, self._trim, self._mailbox):
                step()
            tour_errors.meet(self)
            tour_places.see_own_page(self)
            tour_places.stand_at_a_stall(self)
            self._end()
        return self

    @property
    def unseen(self) -> list[str]:
        """The public routes that were not reached."""
        return sorted({rule.endpoint for rule in self.rules()} - self._endpoints)

    def rules(self) -> list[Rule]:
        """The public routes that answer GET."""
        return [
            rule
            for rule in self._app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
            and not rule.rule.startswith(NOT_PUBLIC)
            and not rule.endpoint.startswith((*FOR_MACHINES, "fault."))
        ]

    def open(self, name: str, path: str, status: int = 200) -> Page:
        """Open a page, check and keep it."""
        return self.keep(name, self._get(path), status)

    def send(self, name: str, path: str, fields: dict[str, str], status: int = 200) -> Page:
        """Send a form and keep the page that answers; one that leads on is followed."""
        answer = self.client.post(path, data=fields, headers={"Accept-Language": self.language})
        if answer.status_code == 303:
            answer = self._get(answer.headers["Location"])
        return self.keep(name, answer, status)

    def state(self, slug: str = "lithuania") -> str:
        """The address of a state's page."""
        return f"/{self.language}/keep-the-ban/{slug}/"

    def _get(self, path: str) -> TestResponse:
        return self.client.get(path, headers={"Accept-Language": self.language})

    def keep(self, name: str, answer: TestResponse, status: int) -> Page:
        """Check an answer, and keep it as a page."""
        page = Page(answer, status)
        assert name not in self.pages, name
        self.pages[name] = page
        self.met(name, page)
        return page

    def _read(self) -> None:
        """Open all that anybody may open without a link of their own; the letter of each state, and of one the rest."""
        for rule in self.rules():
            for state in STATES if rule.endpoint == "sign.show" else STATES[:1]:
                given = {"lang": self.language, "campaign": "keep-the-ban", "state": state}
                if rule.arguments <= given.keys() and not rule.endpoint.endswith(".cut"):
                    name = f"{rule.endpoint} {state}" if "state" in rule.arguments else rule.endpoint
                    if name not in self.pages and name not in self.files:
                        self.look(name, _address(rule, given))

    def look(self, name: str, path: str) -> None:
        """Open a page or a file, and keep it as what it is."""
        answer = self._get(path)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            self.keep(name, answer, 200)
        else:
            assert answer.status_code in (200, 302), (name, answer.status)
            self.files[name] = answer

    def filled(self, slug: str = "lithuania") -> dict[str, str]:
        """The form of a state, as it can be signed."""
        form = self.pages[f"sign.show {slug}"].form("sign")
        consent = form.choices["consent-letter"][0]
        person = {"name": "Ona Nordmann", "email": self.email, "country": "NO", "consent-letter": consent}
        return form.filled(**person, paragraph="I grew up near a minefield.\nIt was cleared when I was nine.")

    def _sign(self) -> None:
        path, filled = self.state(), self.filled()
        form = self.pages["sign.show lithuania"].form("sign")
        for how, typed in WRONG.items():
            changed = {name: value for name, value in typed.items() if name in {**form.fields, **form.choices}}
            page = self.send(f"form wrong {how}", path, Form.filled(form, **{**filled, **changed}), 422)
            assert page.problems
            assert [
                one for one in page.problems.values() if page.text.count(one) < 2
            ] == []  # each beside its field too
        preview = self.send("preview", path, filled | {"do": "preview"})
        self.send("form again", path, preview.form("sign").fields | {"do": "edit"})
        self.send("form of an older text", path, filled | {"text_version": "0" * 64}, 409)
        for slug in STATES[:2]:
            self.send(f"signed {slug}", self.state(slug), self.filled(slug))
        self.send(
            "code wrong", f"/{self.language}/keep-the-ban/code/", {"email": self.email, "mail_code": "222 222"}, 422
        )

    def _confirm(self) -> None:
        path = self.link("confirm")
        waiting = self.open("confirm open", path).form("confirm")
        self.send("confirm with nothing ticked", path, {}, 422)
        self.send("confirm other words", path, dict.fromkeys(waiting.fields, "0" * 64), 409)
        self.send("confirm done", path, waiting.fields)
        people.work(self.parts)
        self.open("confirm done, letters left", path)
        self.open("confirm broken", path[:-4] + "/", 404)
        for purpose in ("confirm", "withdraw", "unsubscribe", "answers", "trim"):
            self.open(f"{purpose} cut", f"/{self.language}/{purpose}/", 404)

    def _other_links(self) -> None:
        """What becomes of a link that was replaced, deleted, or too old."""
        old = self._new_link("second")
        self.parts.clock.move(dt.timedelta(minutes=30))
        new = self._new_link("second", "poland")
        self.open("confirm replaced", old, 404)
        self.send("confirm deleted", new, {"do": "delete"})
        expired = self._new_link("third")
        self.parts.clock.move(schedule.PENDING_LIFE + dt.timedelta(minutes=1))
        self.open("confirm expired", expired, 404)

    def _new_link(self, who: str, slug: str = "lithuania") -> str:
        email = f"{who}-{self.language}@example.org"
        people.sign(self.parts, slug, self.language, email=email)
        return self.link("confirm", email)

    def _take_back(self) -> None:
        withdraw, unsubscribe = self.link("withdraw"), self.link("unsubscribe")
        form = self.open("withdraw open", withdraw).form("withdraw")
        self.send("withdraw with nothing ticked", withdraw, {})
        self.send("withdraw one", withdraw, dict([*form.fields.items()][:1]))
        self.send("withdraw all", withdraw, form.fields)
        self.open("confirm done, taken back", self.link("confirm"))
        self.open("unsubscribe open", unsubscribe)
        self.send("unsubscribe done", unsubscribe, {})

    def _answer(self) -> None:
        afterwards.second_letters(self.parts, "lt", "en", self.language)
        path = f"/{self.language}/answers/{self._asked()}/"
        form = self.open("answers open", path).form("answers")
        groups = [name for name in form.choices if name.startswith("answer-")]
        self.send("answers with nothing chosen", path, {}, 422)
        page = self.send("answers said", path, dict.fromkeys(groups, "no"))
        chase = page.form("chase-1").fields | {"do": "chase"}
        self.send("answers other words", path, chase | {"digest": "0" * 64}, 409)
        self.send("answers second letter", path, chase)

    def _asked(self) -> str:
        email = f"asked-{self.language}@example.org"
        return afterwards.asked(self.parts, language=self.language, email=email)

    def _trim(self) -> None:
        email = f"trim-{self.language}@example.org"
        signature = held.held(self.parts, language=self.language, email=email)
        people.work(self.parts)
        self.open("confirm done, held", self.link("confirm", email))
        judge.ask_to_trim(self.parts, "somebody", signature, held.SHORTER)
        path = self.link("trim", email)
        form = self.open("trim open", path).form("trim")
        self.send("trim other words", path, form.fields | {"do": "yes", "digest": "0" * 64}, 409)
        self.send("trim done", path, form.fields | {"do": "yes"})

    def _mailbox(self) -> None:
        """The mails that stay on this machine; none is kept by a fake until here."""
        outbox = OutboxMailer(self.parts.settings.home)
        for one in people.mails(self.parts, self.email):
            outbox.hand_over(one, lambda: True)
        page = self.open("mailbox filled", "/mailbox/")
        self.open("mail", next(one for one in page.links if one.startswith("/mailbox/")))

    def _end(self) -> None:
        """What is left of a campaign that is paused, and then over."""
        filled, late = self.filled(), self._new_link("late")
        self._set(self.parts.clock.now())
        self.open("state paused", self.state())
        self.open("campaign paused", f"/{self.language}/keep-the-ban/")
        self.send("form paused", self.state(), filled, 503)
        self._set(None, self.parts.clock.now().date())
        self.parts.clock.move(dt.timedelta(days=2))
        self.open("state closed", self.state())
        self.open("campaign closed", f"/{self.language}/keep-the-ban/")
        self.send("form closed", self.state(), filled, 409)
        self.open("confirm late", late)
        self.send("confirm late, pressed", late, {}, 409)

    def _set(self, paused_at: dt.datetime | None, closes_on: dt.date | None = None) -> None:
        with self.parts.writing() as session:
            for row in session.scalars(select(CampaignRow)):
                row.paused_at, row.cause = paused_at, dataclasses.replace(row.cause, closes_on=closes_on)
                row.revision += 1
            session.commit()

    def link(self, purpose: str, email: str = "") -> str:
        """The path of a link in the newest mail that has one."""
        people.work(self.parts)
        found = [one for one in people.mails(self.parts, email or self.email) if f"/{purpose}/" in one.text]
        return f"/{self.language}/{purpose}/{people.token(found[-1], purpose)}/"


def _address(rule: Rule, given: dict[str, str]) -> str:
    """The address of a route with its arguments filled in."""
    built = rule.build({name: given[name] for name in rule.arguments})
    assert built is not None, rule
    return built[1]
