"""Organisers as tests need them: invited, let in, and pressing buttons of their pages."""

import re

import pyotp
from page import Page
from sites import build

from campaign.parts import Parts
from campaign.services import invite
from campaign.services.note import COMMAND_LINE

_ACCOUNT = "/organise/account/"
PASSWORD = "a heron walks on the wet roof"
_KEY = re.compile(r'name="form_key" value="([^"]+)"')
_SECRET = re.compile(r'id="totp-secret">([A-Z2-7]+)<')


class Organiser:
    """Somebody at a browser of their own, which keeps its cookies."""

    def __init__(self, parts: Parts, email: str = "ona@example.org") -> None:
        """Sit down at a browser that has never been here."""
        self.parts = parts
        self.email = email
        self.client = build(parts).test_client()
        self.secret = ""
        self.codes: list[str] = []
        self._keys: dict[str, str] = {}

    def invited(self, role: str) -> str:
        """Be invited from the command line; the path of the link."""
        return invite.invite(self.parts, COMMAND_LINE, self.email, role).removeprefix(self.parts.settings.base_url)

    def accept(self, role: str) -> "Organiser":
        """Come all the way in by an invitation."""
        answer = self.client.post(self.invited(role), data={"password": PASSWORD})
        assert answer.status_code == 303, answer.get_data(as_text=True)
        shown = self.client.get("/organise/new-factor/").get_data(as_text=True)
        self.secret = _SECRET.search(shown)[1]
        done = self.client.post("/organise/new-factor/", data={"code": self.code(), "form_key": _KEY.search(shown)[1]})
        assert done.status_code == 200
        self.codes = re.findall(r"<li><code>([0-9a-f-]+)</code>", done.get_data(as_text=True))
        return self

    def code(self, steps: int = 0) -> str:
        """The code that an authenticator shows, so many steps of 30 seconds from now."""
        return pyotp.TOTP(self.secret).at(int(self.parts.clock.now().timestamp()) + 30 * steps)

    def key(self, path: str = "") -> str:
        """The form key of a page; where none is named, of one's account, left open for as long as one is logged in."""
        cookie = self.client.get_cookie("campaign-organiser")
        session = cookie.value if cookie and not path else ""
        if session not in self._keys:
            self._keys[session] = _KEY.search(self.client.get(path or _ACCOUNT).get_data(as_text=True))[1]
        return self._keys[session] if session else self._keys.pop("")

    def log_in(self, password: str = PASSWORD, code: str = "") -> int:
        """Log in with password and code; the last status."""
        half = self.client.post("/organise/login/", data={"email": self.email, "password": password})
        if half.status_code != 303:
            return half.status_code
        key = self.key("/organise/second-factor/")
        done = self.client.post("/organise/second-factor/", data={"code": code or self.code(), "form_key": key})
        return done.status_code

    def page(self, path: str) -> Page:
        """Open a page, which must be in order."""
        return Page(self.client.get(path))

    def press(self, path: str, **fields: str):
        """Press a button of a page of one's own."""
        return self.client.post(path, data={"form_key": self.key(), **fields})
