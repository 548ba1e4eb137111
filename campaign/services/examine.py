"""Examine: look over an installation and say, a line each, what is well and what to do about the rest."""

import datetime as dt
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from campaign.errors import CampaignError
from campaign.outside import schema
from campaign.outside.mail.smtp import SmtpMailer
from campaign.parts import Parts, hold_key
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
from campaign.queries import installation

if TYPE_CHECKING:
    from collections.abc import Callable

Verdict = Literal["good", "warn", "bad"]
_LEAST_FREE = 1_000_000_000  # bytes
_MOST_SKEW = 60.0  # seconds
_OLD = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its name, a verdict, what was seen, and what to do where it is not good."""

    name: str
    verdict: Verdict
    seen: str
    do: str = ""


def examine(parts: Parts) -> tuple[Finding, ...]:
    """Look over everything; a look that fails is a finding, never an error."""
    looks: tuple[tuple[str, Callable[[Parts], Finding]], ...] = (
        ("settings", _settings),
        ("database", _database),
        ("migrations", _migrations),
        ("keys", _keys),
        ("campaign", _campaign),
        ("texts", _texts),
        ("mail", _mail),
        ("letters", _letters),
        ("clock", _clock),
        ("disk", _disk),
    )
    found = []
    for name, look in looks:
        try:
            found.append(look(parts))
        except (SQLAlchemyError, CampaignError, OSError) as error:
            words = getattr(error, "code", None) or type(error).__name__
            found.append(Finding(name, "bad", f"could not be looked at: {words}", "see the lines above"))
    return tuple(found)


def _settings(parts: Parts) -> Finding:
    settings = parts.settings
    seen = f"base address {settings.base_url}, delivery {settings.delivery}"
    if not settings.is_loopback and settings.base_url.startswith("http://"):
        return Finding("settings", "warn", seen, "serve over https and set CAMPAIGN_BASE_URL to that address")
    if not settings.has_rate_limits:
        return Finding("settings", "warn", f"{seen}, no rate limits", "set CAMPAIGN_RATE_LIMITS=on")
    return Finding("settings", "good", seen)


def _database(parts: Parts) -> Finding:
    with parts.reading() as session:
        if parts.settings.is_embedded:
            level = session.execute(text("PRAGMA synchronous")).scalar()
            is_safe = level == 2
        else:
            level = session.execute(text("SHOW fsync")).scalar()
            is_safe = level == "on"
    seen = f"{parts.engine.dialect.name}, synchronous {level}"
    if is_safe:
        return Finding("database", "good", seen)
    return Finding("database", "bad", seen, "turn fsync on, or acknowledged signatures may be lost")


def _migrations(parts: Parts) -> Finding:
    at, newest = schema.current(parts.engine), schema.head()
    if at == newest:
        return Finding("migrations", "good", at)
    return Finding("migrations", "bad", f"at {at or 'nothing'}, newest {newest}", "run: campaign migrate")


def _keys(parts: Parts) -> Finding:
    with parts.reading() as session:
        row = installation.row(session)
    hold_key(parts.keys, row.key_check if row is not None else None)
    seen = f"id {parts.keys.key_id} fits"
    if not parts.settings.secret_key and not (parts.settings.home / "secret.copied").exists():
        return Finding("keys", "warn", f"{seen}, not copied yet", "run: campaign keys show")
    return Finding("keys", "good", seen)


def _slug(parts: Parts) -> str | None:
    with parts.reading() as session:
        return next(iter(editions.slugs(session)), None)


def _campaign(parts: Parts) -> Finding:
    slug = _slug(parts)
    if slug is None:
        return Finding("campaign", "bad", "none is loaded", "run: campaign load DIR")
    edition = parts.editions.current(slug)
    waiting = sum(not one.is_mailable for state in edition.states for one in state.officials)
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
    if not isinstance(parts.mailer, SmtpMailer):
        return Finding("mail", "good", "mails are kept in the home, none leaves")
    probed = parts.mailer.probe()
    if not probed.is_usable:
        return Finding("mail", "bad", f"the relay cannot be used: {probed.reason}", "check CAMPAIGN_SMTP_URL")
    if not probed.is_encrypted:
        return Finding("mail", "warn", "the relay is spoken to in clear", "set tls=starttls in CAMPAIGN_SMTP_URL")
    return Finding("mail", "good", "the relay takes mail, encrypted")


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


def _clock(parts: Parts) -> Finding:
    if parts.settings.is_embedded:
        return Finding("clock", "good", f"{parts.clock.now().isoformat(timespec='seconds')}, nothing to compare with")
    with parts.reading() as session:
        theirs = session.execute(text("SELECT now()")).scalar_one()
    skew = abs((parts.clock.now() - theirs).total_seconds())
    if skew > _MOST_SKEW:
        return Finding("clock", "bad", f"{skew:.0f} s off the database's", "set this machine's clock by NTP")
    return Finding("clock", "good", f"{skew:.1f} s off the database's")


def _disk(parts: Parts) -> Finding:
    home = parts.settings.home
    free = shutil.disk_usage(home).free
    seen = f"{free // 1_000_000:,} MB free at the home"
    if free < _LEAST_FREE or not os.access(home, os.W_OK):
        return Finding("disk", "bad", seen, "make room, or move CAMPAIGN_HOME")
    return Finding("disk", "good", seen)
