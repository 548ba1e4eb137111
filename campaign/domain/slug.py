"""Slugs: what names a campaign in addresses."""

import re

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MAX_CHARACTERS = 40

# Names that addresses of the site have, or are likely to get; and those that some file systems keep for themselves,
# where a campaign's folder is written.
RESERVED = frozenset(
    (
        "accessibility", "admin", "answers", "api", "campaign", "campaigns", "code", "confirm", "embed", "errors",
        "feed", "feeds", "glossary", "healthz", "keys", "kiosk", "login", "logout", "mail", "mailbox", "metrics", "new",
        "null", "opened", "organise", "organiser", "privacy", "readyz", "robots", "root", "sent", "sitemap", "static",
        "trim", "unsubscribe", "well-known", "withdraw", "www", "yours",
        "en", "nb", "lt", "lv", "pl", "et", "fi", "sv",
        "aux", "con", "nul", "prn", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10)),
    )
)  # fmt: skip


def fault(slug: str) -> str | None:
    """Say by its code why a slug cannot name a campaign; None when it can."""
    if len(slug) > MAX_CHARACTERS or not SLUG.fullmatch(slug):
        return "E-SLUG"
    return "E-SLUG-RESERVED" if slug in RESERVED else None
