"""Ground: looks at what an installation stands on: its database, schema, secret, clock and disk."""

import os
import shutil

from sqlalchemy import text

from campaign.domain.finding import Finding
from campaign.outside import schema
from campaign.parts import Parts, hold_key
from campaign.queries import installation

_LEAST_FREE = 1_000_000_000  # bytes
_MOST_SKEW = 60.0  # seconds


def database(parts: Parts) -> Finding:
    """See whether what is committed would outlive a power cut."""
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


def migrations(parts: Parts) -> Finding:
    """See whether the schema is the newest one."""
    at, newest = schema.current(parts.engine), schema.head()
    if at == newest:
        return Finding("migrations", "good", at)
    return Finding("migrations", "bad", f"at {at or 'nothing'}, newest {newest}", "run: campaign migrate")


def keys(parts: Parts) -> Finding:
    """See whether the secret is the one that made this database; raises KeyMismatchError when it is not."""
    with parts.reading() as session:
        row = installation.row(session)
    hold_key(parts.keys, row.key_check if row is not None else None)
    seen = f"id {parts.keys.key_id} fits"
    if not parts.settings.secret_key and not (parts.settings.home / "secret.copied").exists():
        return Finding("keys", "warn", f"{seen}, not copied yet", "run: campaign keys show")
    return Finding("keys", "good", seen)


def clock(parts: Parts) -> Finding:
    """Compare this machine's clock with the database's."""
    if parts.settings.is_embedded:
        return Finding("clock", "good", f"{parts.clock.now().isoformat(timespec='seconds')}, nothing to compare with")
    with parts.reading() as session:
        theirs = session.execute(text("SELECT now()")).scalar_one()
    skew = abs((parts.clock.now() - theirs).total_seconds())
    if skew > _MOST_SKEW:
        return Finding("clock", "bad", f"{skew:.0f} s off the database's", "set this machine's clock by NTP")
    return Finding("clock", "good", f"{skew:.1f} s off the database's")


def disk(parts: Parts) -> Finding:
    """See whether the home can take more."""
    home = parts.settings.home
    free = shutil.disk_usage(home).free
    seen = f"{free // 1_000_000:,} MB free at the home"
    if free < _LEAST_FREE or not os.access(home, os.W_OK):
        return Finding("disk", "bad", seen, "make room, or move CAMPAIGN_HOME")
    return Finding("disk", "good", seen)
