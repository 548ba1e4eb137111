"""A person at the site: opens the page, fills in its own form, reads the mail and presses."""

import re
from dataclasses import dataclass

from flask.testing import FlaskClient
from page import Form, Page, visit
from sqlalchemy import select
from werkzeug.test import TestResponse

from campaign.models.base import Base
from campaign.outside.mail.mailer import Message
from campaign.parts import Parts
from campaign.services.post import post

STATE = "/en/keep-the-ban/lithuania/"


@dataclass
class Person:
    """Signs with the form that the page really has."""

    parts: Parts
    client: FlaskClient
    path: str = STATE
    name: str = "Ona Nordmann"
    email: str = "ona@example.org"

    def form(self) -> Form:
        """The form of the state's page."""
        return visit(self.client, self.path).form("sign")

    def filled(self, **changed: str | None) -> dict[str, str]:
        """The form filled in as it can be signed, but for what is changed; None takes a tick away."""
        form = self.form()
        given = {
            "name": self.name,
            "email": self.email,
            "country": "NO",
            "consent-letter": form.choices["consent-letter"][0],
        }
        return Form.filled(form, **{**given, **changed})

    def post(self, query: str = "", **changed: str | None) -> TestResponse:
        """Send the form."""
        return self.client.post(self.path + query, data=self.filled(**changed))

    def sign(self, **changed: str | None) -> None:
        """Send the form and see it taken."""
        answer = self.post(**changed)
        assert (answer.status_code, answer.headers["Location"]) == (303, self.path + "sent/")

    def mail(self) -> Message:
        """Let the worker hand over what is due, and read the newest mail to this address."""
        while post(self.parts) is not None:
            pass
        return [one for one in self.parts.mailer.accepted if one.to_address == self.email][-1]

    def link(self, purpose: str = "confirm") -> str:
        """The path of a link in the newest mail."""
        return link_in(self.mail(), purpose)

    def press(self, path: str, form: str = "confirm", **changed: str | None) -> TestResponse:
        """Press the first button of a page from a mail."""
        return self.client.post(path, data=visit(self.client, path).form(form).filled(**changed))

    def confirm(self) -> str:
        """Sign, read the mail and press; the path of the link."""
        self.sign()
        path = self.link()
        assert self.press(path).status_code == 303
        return path


def link_in(message: Message, purpose: str) -> str:
    """The path of a link in a mail; it must stand on a line of its own."""
    found = re.search(rf"^http://127\.0\.0\.1:8000(/[a-z]{{2}}/{purpose}/[^/\s]+/)$", message.text, re.MULTILINE)
    assert found is not None, message.text
    return found[1]


def rows(parts: Parts) -> dict[str, list[str]]:
    """Everything that every table holds: two of these are equal when nothing was changed in between."""
    with parts.reading() as session:
        return {
            table.name: sorted(str(tuple(row)) for row in session.execute(select(table)))
            for table in Base.metadata.sorted_tables
        }


def refused(answer: TestResponse) -> Page:
    """A form that came back with what is wrong with it."""
    page = Page(answer, 422)
    assert page.title.startswith("Error: ")
    assert page.by_id("problems").get("autofocus") is not None
    return page
