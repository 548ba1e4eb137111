"""The local mailbox: mails that were kept on this machine instead of being sent."""

import contextlib
import re

from flask import Blueprint, render_template
from markupsafe import Markup

from campaign.errors import NotFoundError
from campaign.outside.mail.outbox import MailboxReader
from campaign.web import here

blueprint = Blueprint("mailbox", __name__)

_LINK = re.compile(r"https?://[^\s<>\"]+")


@blueprint.get("/mailbox/")
def show() -> str:
    """List the newest mails."""
    _frame()
    return render_template("public/mailbox.html", mails=_reader().newest())


@blueprint.get("/mailbox/<name>/")
def one(name: str) -> str:
    """Show one mail as plain text, its links to press. Raises NotFoundError."""
    _frame()
    mail = _reader().one(name)
    return render_template("public/mail.html", mail=mail, text=_linked(mail.text))


def _frame() -> None:
    """Put a campaign's frame around the page, where there is one in the language of the browser."""
    with contextlib.suppress(NotFoundError):
        here.first()


def _reader() -> MailboxReader:
    return MailboxReader(here.parts().settings.home)


def _linked(text: str) -> Markup:
    """Escape a mail's text and make its addresses links."""
    parts = []
    end = 0
    for found in _LINK.finditer(text):
        parts += [Markup.escape(text[end : found.start()]), Markup('<a href="{0}">{0}</a>').format(found[0])]
        end = found.end()
    return Markup().join([*parts, Markup.escape(text[end:])])
