"""What every service is handed: two doors to the database, the mailer, clock, keys, words and settings."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from campaign.domain.edition import Edition
from campaign.errors import KeyMismatchError, NotFoundError
from campaign.outside.clock import Clock, SystemClock
from campaign.outside.database import WRITING, make_engine
from campaign.outside.dns import DnsResolver, Resolver
from campaign.outside.files import resource
from campaign.outside.keys import Keys, read_secret
from campaign.outside.mail.imap import BounceBox, ImapBox
from campaign.outside.mail.mailer import Mailer
from campaign.outside.mail.outbox import OutboxMailer
from campaign.outside.mail.rehearsal import RehearsalMailer
from campaign.outside.mail.smtp import Patience, SmtpMailer
from campaign.outside.passwords import Passwords
from campaign.outside.pdf import Typesetter, TypstTypesetter
from campaign.outside.templates import MailTemplates
from campaign.outside.webhook import HttpsPoster, Poster
from campaign.outside.words import Catalogues
from campaign.queries import edition as editions
from campaign.settings import Settings

FINAL_SECONDS = 300.0  # for the answer to a whole letter (RFC 5321, 4.5.3.2.6); a beating worker keeps its lease
Door = Callable[[], AbstractContextManager[Session]]


class Shelf:
    """Keeps the edition of each campaign in memory for as long as the database has the same revision of it."""

    def __init__(self, reading: Door) -> None:
        """Read through a door to the database."""
        self._reading = reading
        self._kept: dict[str, Edition] = {}

    def current(self, slug: str) -> Edition:
        """The edition of a campaign that stands now.

        Raises NotFoundError when there is no such campaign.
        """
        with self._reading() as session:
            revision = editions.revision(session, slug)
            if revision is None:
                raise NotFoundError(f"there is no campaign {slug} here; run: campaign load DIR")
            kept = self._kept.get(slug)
            if kept is None or kept.revision != revision:
                kept = self._kept[slug] = editions.whole(session, slug)
            return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of one process. `reading` gives plain transactions, `writing` ones that may change things."""

    settings: Settings
    engine: Engine
    reading: Door
    writing: Door
    mailer: Mailer
    clock: Clock
    keys: Keys
    words: Catalogues
    templates: MailTemplates
    pdf: Typesetter = field(default_factory=lambda: TypstTypesetter(resource("templates") / "pdf"))
    passwords: Passwords = field(default_factory=Passwords)
    resolver: Resolver = field(default_factory=DnsResolver)
    poster: Poster = field(default_factory=lambda: HttpsPoster(DnsResolver()))
    bounces: BounceBox | None = None
    editions: Shelf = field(init=False)

    def __post_init__(self) -> None:
        """Put up the shelf of editions."""
        object.__setattr__(self, "editions", Shelf(self.reading))


def doors(engine: Engine) -> tuple[Door, Door]:
    """Make the two doors to a database: for reading, and for writing."""
    reading = sessionmaker(engine, expire_on_commit=False)
    writing = sessionmaker(engine.execution_options(**{WRITING: True}), expire_on_commit=False)
    return reading, writing


def make_keys(settings: Settings) -> Keys:
    """Take the secret from the settings, or from the home where the embedded database keeps it."""
    return Keys(settings.secret_key or read_secret(settings.home))


def make_mailer(settings: Settings) -> Mailer:
    """Make the mailer that the settings ask for."""
    mailer: Mailer = OutboxMailer(settings.home)
    if settings.delivery == "live" and settings.smtp_url is not None:
        mailer = SmtpMailer(settings.smtp_url, patience=Patience(final_seconds=FINAL_SECONDS))
    return RehearsalMailer(mailer, settings.test_to) if settings.test_to else mailer


def make_parts(settings: Settings) -> Parts:
    """Make the real parts from settings."""
    if settings.is_embedded:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = make_engine(settings.database_url)
    reading, writing = doors(engine)
    words = Catalogues()
    return Parts(
        settings=settings,
        engine=engine,
        reading=reading,
        writing=writing,
        mailer=make_mailer(settings),
        clock=SystemClock(),
        keys=make_keys(settings),
        words=words,
        templates=MailTemplates(Path(resource("templates")), words),
        bounces=ImapBox(settings.bounce_url) if settings.bounce_url is not None else None,
    )


def hold_key(keys: Keys, expected: str | None) -> None:
    """Hold the secret against the check value that the database keeps.

    Raises KeyMismatchError when another secret made this database.
    """
    if expected is not None and expected != keys.check_value:
        raise KeyMismatchError(
            "CAMPAIGN_SECRET_KEY (or secret.key in the home) is not the one this database was made with"
        )
