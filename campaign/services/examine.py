"""Examine: look over an installation and say, a line each, what is well and what to do about the rest."""

import datetime as dt
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from campaign.domain.finding import Finding
from campaign.errors import CampaignError
from campaign.outside.mail.rehearsal import RehearsalMailer
from campaign.outside.mail.smtp import SmtpMailer
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
from campaign.services import ground, returns, sender

__all__ = ["Finding", "examine"]

_OLD = dt.timedelta(days=1)
_Look = Callable[[Parts], Finding]
# Only live mail is judged by them; elsewhere the line of `mail` says that none leaves.
_AT_SENDER: tuple[tuple[str, _Look], ...] = (
    ("domain", sender.domain),
    ("spf", sender.sender_policy),
    ("dkim", sender.signing_key),
    ("dmarc", sender.alignment),
)


def examine(parts: Parts) -> tuple[Finding, ...]:
    """Look over everything; a look that fails is a finding, never an error."""
    return tuple(_looked(parts, name, look) for name, look in _looks(parts))


def _looks(parts: Parts) -> tuple[tuple[str, _Look], ...]:
    """Every look, in the order of their lines."""
    return (
        ("settings", _settings),
        ("database", ground.database),
        ("migrations", ground.migrations),
        ("keys", ground.keys),
        ("campaign", _campaign),
        ("texts", _texts),
        ("mail", _mail),
        ("rehearsal", _rehearsal),
        *(_AT_SENDER if parts.settings.delivery == "live" else ()),
        ("returns", returns.look),
        ("letters", _letters),
        ("clock", ground.clock),
        ("disk", ground.disk),
    )


def _looked(parts: Parts, name: str, look: _Look) -> Finding:
    try:
        return look(parts)
    except (SQLAlchemyError, CampaignError, OSError) as error:
        words = getattr(error, "code", None) or type(error).__name__
        return Finding(name, "bad", f"could not be looked at: {words}", "see the lines above")


def _settings(parts: Parts) -> Finding:
    settings = parts.settings
    seen = f"base address {settings.base_url}, delivery {settings.delivery}"
    if not settings.is_loopback and settings.base_url.startswith("http://"):
        return Finding("settings", "warn", seen, "serve over https and set CAMPAIGN_BASE_URL to that address")
    if not settings.has_rate_limits:
        return Finding("settings", "warn", f"{seen}, no rate limits", "set CAMPAIGN_RATE_LIMITS=on")
    return Finding("settings", "good", seen)


def _slug(parts: Parts) -> str | None:
    with parts.reading() as session:
        return next(iter(editions.slugs(session)), None)


def _campaign(parts: Parts) -> Finding:
    slug = _slug(parts)
    if slug is None:
        return Finding("campaign", "bad", "none is loaded", "run: campaign load DIR")
    edition = parts.editions.current(slug)
    offices = [one for state in edition.states for one in state.officials]
    waiting = sum(not one.is_mailable and not one.is_silent for one in offices)
    seen = f"{slug}, {len(edition.states)} states, {waiting} offices wait for a verified address"
    if waiting:
        return Finding("campaign", "warn", seen, "see: campaign official list")
    return Finding("campaign", "good", seen)


def _texts(parts: Parts) -> Finding:
    slug = _slug(parts)
    unread = parts.editions.current(slug).cause.unread if slug is not None else ()
    if not unread:
        return Finding("texts", "good", "all texts have been read by natives")
    return Finding("texts", "warn", f"no native has read {len(unread)} texts", "campaign load lists them")


def _mail(parts: Parts) -> Finding:
    mailer = parts.mailer.behind if isinstance(parts.mailer, RehearsalMailer) else parts.mailer
    if not isinstance(mailer, SmtpMailer):
        return Finding("mail", "good", "mails are kept in the home, nothing is sent")
    probed = mailer.probe()
    if not probed.is_usable:
        return Finding("mail", "bad", f"the relay cannot be used: {probed.reason}", "check CAMPAIGN_SMTP_URL")
    if not probed.is_encrypted:
        return Finding("mail", "warn", "the relay is spoken to in clear", "set tls=starttls in CAMPAIGN_SMTP_URL")
    return Finding("mail", "good", "the relay takes mail, encrypted")


def _rehearsal(parts: Parts) -> Finding:
    if not parts.settings.test_to:
        return Finding("rehearsal", "good", "off: letters go to offices, mails to supporters")
    seen = "on: every letter and every mail goes to one tester, and every page says so"
    return Finding(
        "rehearsal", "warn", seen, "before the campaign opens, take CAMPAIGN_TEST_TO out and start a new home"
    )


def _letters(parts: Parts) -> Finding:
    with parts.reading() as session:
        oldest = deliveries.oldest_waiting(session)
    if oldest is None:
        return Finding("letters", "good", "none waits for its turn")
    age = parts.clock.now() - oldest
    seen = f"the oldest waits since {oldest.isoformat(timespec='minutes')}"
    if age > _OLD:
        return Finding("letters", "warn", seen, "does a worker run? is CAMPAIGN_LETTERS_PER_HOUR enough?")
    return Finding("letters", "good", seen)
