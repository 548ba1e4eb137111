"""The list: every page a picture is taken of, how it is come to, and the addresses that are no pages.

A new page is one more line here; tests/house/test_house_pictures.py says when one is missing.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyotp
from playwright.sync_api import Page

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)  # so that a page looks the same tomorrow
EN, MORE = ("en",), ("en", "fi", "lt", "pl")
OURS = "/{lang}/keep-the-ban/"
STATE = OURS + "lithuania/"
KIOSK = "/{lang}/kiosk/{kiosk}/"
MINE = "My grandfather lost a leg on the road behind our house.\n\nNobody there asks for mines back."
PERSON = {"#name": "Ona Nordmann", "#email": "ona.nordmann@example.org", "#city": "Kirkenes"}
DESK = "/organise/"


@dataclass(frozen=True)
class Shot:
    """A page: its address, with names of what a world holds in braces, and what is done there before the picture."""

    name: str  # of its file, and what --only asks for
    path: str
    do: Callable[[Page], None] | None = None
    languages: tuple[str, ...] = EN
    who: str = "nobody"  # in which browser: nobody's, an owner's, of somebody half or newly in, on a stall's tablet


def _press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def _fill(page: Page) -> None:
    for field, value in (PERSON | {"#paragraph": MINE}).items():
        page.locator(field).fill(value)
    page.locator("#country").select_option("NO")
    page.locator("#sign input[type=checkbox][required]").check()


def _mistaken(page: Page) -> None:
    """Sign with a mailbox that is probably mistyped, no country and no tick."""
    page.locator("#name").fill(PERSON["#name"])
    page.locator("#email").fill("ona.nordmann@gmial.com")
    _press(page, "#sign > .actions button:not([name])")


def _previewed(page: Page) -> None:
    _fill(page)
    _press(page, "#sign button[value=preview]")


def _wrong_code(page: Page) -> None:
    page.locator("form [type=email]").fill("ona.nordmann@example.org")
    page.locator("form [name=mail_code]").fill("ABC DEF")
    _press(page, "main form button")


def _wrong_password(page: Page) -> None:
    page.locator("[type=email]").fill("marit@example.org")
    page.locator("[type=password]").fill("not this one")
    _press(page, "main form button")


def _unfolded(page: Page) -> None:
    page.locator("main details").evaluate_all("all => all.forEach(one => one.open = true)")


def _first_code(page: Page) -> None:
    secret = page.locator("#totp-secret").inner_text()
    page.locator("[name=code]").fill(pyotp.TOTP(secret).at(NOW))
    _press(page, "#new-factor button")


PUBLIC = (
    Shot("campaign", OURS, languages=MORE),
    Shot("state", STATE, languages=MORE),
    Shot("state-unfolded", STATE, _unfolded),
    Shot("422", STATE, _mistaken, MORE),
    Shot("preview", STATE, _previewed),
    Shot("sent", STATE + "sent/"),
    Shot("logged", STATE + "logged/"),
    Shot("state-paused", "/{lang}/small/latvia/"),
    Shot("code", OURS + "code/"),
    Shot("code-422", OURS + "code/", _wrong_code),
    Shot("confirm", "/{lang}/confirm/{waiting}/", languages=MORE),
    Shot("done", "/{lang}/confirm/{used}/"),
    Shot("withdraw", "/{lang}/withdraw/{withdraw}/"),
    Shot("withdrawn", "/{lang}/withdraw/{withdrawn}/"),
    Shot("unsubscribe", "/{lang}/unsubscribe/{unsubscribe}/"),
    Shot("unsubscribed", "/{lang}/unsubscribe/{unsubscribed}/"),
    Shot("answers", "/{lang}/answers/{answers}/"),
    Shot("answered", "/{lang}/answers/{answered}/"),
    Shot("trim", "/{lang}/trim/{trim}/"),
    Shot("yours-ask", OURS + "yours/"),
    Shot("yours-sent", OURS + "yours/sent/"),
    Shot("yours", "/{lang}/yours/{yours}/"),
    Shot("yours-corrected", "/{lang}/yours/{yours}/corrected/"),
    Shot("yours-data", "/{lang}/yours/{yours}/data/"),
    Shot("yours-correct", "/{lang}/yours/{yours}/correct/{own}/"),
    Shot("yours-erase", "/{lang}/yours/{yours}/erase/"),
    Shot("yours-cut", "/{lang}/yours/"),
    Shot("embed-count", OURS + "embed/"),
    Shot("embed", STATE + "embed/"),
    Shot("embed-422", STATE + "embed/", _mistaken),
    Shot("embed-sent", STATE + "embed/sent/"),
    Shot("embed-logged", STATE + "embed/logged/"),
    Shot("kiosk", KIOSK),
    Shot("kiosk-state", KIOSK + "lithuania/"),
    Shot("kiosk-422", KIOSK + "lithuania/", _mistaken),
    Shot("kiosk-sent", KIOSK + "lithuania/sent/"),
    Shot("kiosk-privacy", KIOSK + "privacy/"),
    Shot("link-cut", "/{lang}/confirm/"),
    Shot("link-unknown", "/{lang}/withdraw/nothing/"),
    Shot("campaigns", "/{lang}/"),
    Shot("evidence", OURS + "evidence/", languages=("en", "fi")),
    Shot("faq", OURS + "faq/"),
    Shot("interventions", OURS + "interventions/"),
    Shot("timeline", OURS + "timeline/"),
    Shot("glossary", OURS + "glossary/"),
    Shot("method", OURS + "method/"),
    Shot("told", OURS + "answers/"),
    Shot("privacy", "/{lang}/privacy/"),
    Shot("accessibility", "/{lang}/accessibility/"),
    Shot("mailbox", "/mailbox/"),
    Shot("mailbox-mail", "/mailbox/{mail}/"),
    *(
        Shot(f"error-{code}", f"/{{lang}}/error/of/{code}/")
        for code in (400, 403, 404, 405, 409, 413, 415, 429, 500, 503)
    ),
)

ORGANISERS = (
    Shot("organise-login", DESK + "login/"),
    Shot("organise-login-422", DESK + "login/", _wrong_password),
    Shot("organise-invitation", DESK + "invitation/{invitation}/"),
    Shot("organise-second-factor", DESK + "second-factor/", who="half"),
    Shot("organise-new-factor", DESK + "new-factor/", who="new"),
    Shot("organise-recovery", DESK + "new-factor/", _first_code, who="new"),
    *(
        Shot(f"organise-{name}", DESK + path, who="owner")
        for name, path in (
            ("overview", ""),
            ("exports", "exports/"),
            ("exports-people", "exports/?kind=people"),
            ("alarms", "alarms/"),
            ("words", "words/"),
            ("words-sources", "words/sources/"),
            ("words-unread", "words/unread/"),
            ("words-edit", "words/edit/?kind=letter&which=lithuania&language=lt"),
            ("words-history", "words/history/?kind=letter&which=lithuania&language=lt"),
            ("offices", "offices/"),
            ("office", "offices/lithuania/president/"),
            ("office-words", "offices/lithuania/president/words/"),
            ("offices-import", "offices/import/"),
            ("campaigns", "campaigns/"),
            ("settings", "campaigns/settings/"),
            ("review", "review/"),
            ("review-words", "review/words/"),
            ("signatures", "signatures/"),
            ("signature", "signatures/{signature}/"),
            ("people", "people/"),
            ("batches", "batches/"),
            ("batch", "batches/{batch}/"),
            ("lists", "lists/"),
            ("keys", "keys/"),
            ("webhooks", "webhooks/"),
            ("webhook", "webhooks/{webhook}/"),
            ("organisers", "organisers/"),
            ("audit", "audit/"),
            ("street", "street/"),
            ("embeds", "campaigns/embeds/"),
            ("style", "style/"),
            ("account", "account/"),
            ("again", "again/"),
            ("error-404", "nothing-here/"),
        )
    ),
)

SHOTS = PUBLIC + ORGANISERS

# Addresses that answer with something else than a page; by the blueprint, or as a whole.
NO_PAGES = {
    "health", "counts", "api_campaigns", "api_exports", "osdi_entry", "osdi_states", "osdi_signatures",
    "osdi_outreaches", "osdi_people", "osdi_counts", "files", "campaign.start", "organise_counts.take",
    "organise_register.take",
}  # fmt: skip


def unpictured(rules: list[tuple[str, str]], reached: set[str]) -> list[str]:
    """List the addresses among (address, endpoint) pairs that are pages, and that no picture is taken of."""
    pages = [(rule, name) for rule, name in rules if "." not in rule.rpartition("/")[2]]  # not a file
    return [rule for rule, name in pages if name not in reached | NO_PAGES and name.partition(".")[0] not in NO_PAGES]


def file_name(shot: Shot, language: str, width: str, scheme: str) -> Path:
    """Name a picture's file, without its folder."""
    return Path(f"{shot.name}-{language}-{width}-{scheme}.png")
