"""Organisers' seats: a browser each, in which somebody came all the way in and goes on by the keyboard."""

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import programs
import pyotp
import visitor
from databases import real_parts, settings_for
from organisers import PASSWORD
from playwright.sync_api import Browser, Locator, Page
from sqlalchemy import update

from campaign.models.organiser import SessionRow
from campaign.outside.clock import SystemClock
from campaign.parts import Parts

DESK = {"width": 1280, "height": 900}
LONG_AGO = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Office:
    """The program as operators run it, with its worker: its address, its environment, and parts on its database."""

    base: str
    env: dict[str, str]
    parts: Parts

    def invite(self, email: str, role: str) -> str:
        """Invite somebody by the command line; the link."""
        done = programs.run("organiser", "add", email, "--role", role, env=self.env)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def let_time_pass(self) -> None:
        """Let every password have been typed a while ago."""
        with self.parts.writing() as session:
            session.execute(update(SessionRow).values(fresh_at=self.parts.clock.now() - LONG_AGO))
            session.commit()


@contextlib.contextmanager
def opened(address: str, home: Path, fill=None) -> Iterator[Office]:
    """Serve a database; `fill` puts into it, before, what a test needs."""
    with real_parts(settings_for(address, home)) as fake:
        parts = dataclasses.replace(fake, clock=SystemClock())
        if fill is not None:
            fill(parts)
        port = programs.free_port()
        base = f"http://127.0.0.1:{port}"
        env = {**programs.environment(address, home), "CAMPAIGN_BASE_URL": base}
        with programs.started("serve", "--port", str(port), env=env):
            visitor.until(lambda: programs.is_ready(base), seconds=60)
            yield Office(base, env, parts)


@contextlib.contextmanager
def taken(browser: Browser, link: str, *, has_scripts: bool = True) -> Iterator[Page]:
    """Come in by an invitation with the keyboard alone; the page after it. Any error on the console fails the test."""
    with browser.new_context(viewport=DESK, java_script_enabled=has_scripts, reduced_motion="reduce") as context:
        page, faults = context.new_page(), []
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(link)
        page.get_by_label("New password").fill(PASSWORD)
        go(page)
        code = pyotp.TOTP(page.locator("#totp-secret").inner_text()).now()
        page.get_by_label("Code").fill(code)
        go(page)
        assert page.locator(".codes li").count() >= 8
        follow(page, "I have kept them")
        yield page
        assert [one for one in faults if "403" not in one] == []


def go(page: Page, control: Locator | None = None) -> None:
    """Press Enter in a control, or where the focus is, and wait for the page that it leads to."""
    with page.expect_navigation():
        (control or page.locator(":focus")).press("Enter")


def follow(page: Page, name: str) -> None:
    """Follow a link by the keyboard."""
    go(page, page.get_by_role("link", name=name, exact=True).first)


def press(page: Page, name: str) -> None:
    """Press a button by the keyboard."""
    go(page, page.get_by_role("button", name=name).first)


def password_again(page: Page) -> None:
    """Type one's password once more, where it is asked for."""
    assert "/again/" in page.url
    page.get_by_label("Password").fill(PASSWORD)
    go(page)


def comes(page: Page, words: str) -> None:
    """Read a page anew until the worker has come so far that it says something."""

    def says() -> bool:
        page.reload()
        return words in page.locator("main").inner_text()

    visitor.until(says, seconds=40, every=0.5)
