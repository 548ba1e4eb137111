"""Pretend: fill a database with made-up supporters to try things on; never one that holds real ones."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable

from sqlalchemy.orm import Session

from campaign.domain import schedule
from campaign.domain.edition import Edition, StateEdition
from campaign.domain.pretended import Crowd, Pretended, fates
from campaign.errors import CampaignError
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import ConsentRow, SignatureRow, SupporterRow
from campaign.models.tally import JournalRow
from campaign.parts import Parts
from campaign.queries import bulk
from campaign.queries import opening as openings
from campaign.queries import supporter as supporters
from campaign.services import roll
from campaign.services.pretend_letters import letters
from campaign.services.transact import transact

BATCH = 2_000  # confirmed signatures in one transaction
_SEED = 20250508
_OPENINGS = 7.5  # for each signature
Row = dict[str, object]


class Heap:
    """Rows of one batch, by table, in the order in which they are added."""

    def __init__(self) -> None:
        """Begin with none."""
        self.supporters: list[Row] = []
        self.signatures: list[Row] = []
        self.consents: list[Row] = []
        self.lines: list[Row] = []
        self.letters: list[Row] = []
        self.opened: Counter[openings.Opened] = Counter()

    def add(self, session: Session) -> None:
        """Add them all."""
        bulk.trust_memory(session)
        for table, rows in (
            (SupporterRow, self.supporters),
            (SignatureRow, self.signatures),
            (ConsentRow, self.consents),
            (JournalRow, self.lines),
            (DeliveryRow, self.letters),
        ):
            bulk.add_all(session, table, rows)
        openings.add(session, self.opened)


def pretend(parts: Parts, edition: Edition, signatures: int, progress: Callable[[int], None]) -> int:
    """Make up so many confirmed signatures over 90 days, and some more that are pending or were taken back.

    Everything of a person is sealed as real ones are. Letters are written down as if they had left, been refused or
    wait for an address; none holds an address or the fingerprint of a text, so that none can leave. The same people
    come each time; a second call goes on after them. Raises CampaignError where the database holds real supporters,
    or mail is live.
    """
    if parts.settings.delivery == "live":
        raise CampaignError("made-up supporters have no place where mail is live")
    with parts.reading() as session:
        if supporters.has_any(session, is_demo=False):
            raise CampaignError("this database holds real supporters; use another CAMPAIGN_HOME")
        first = bulk.count_demo(session)
    made = 0
    while made < signatures:
        size = min(BATCH, signatures - made)
        batch = Batch(parts, edition, first, made).made(size)
        transact(parts, batch.add)
        made += size
        progress(made)
    while roll.roll(parts):
        pass
    return made


class Batch:
    """Makes the rows of one batch, told by how many supporters there were before the call, and how many it made."""

    def __init__(self, parts: Parts, edition: Edition, before: int, made: int) -> None:
        """Begin with a chance of its own, so that the same batch is the same each time."""
        self._parts, self._edition = parts, edition
        self._now = parts.clock.now()
        self._number = (before + made) * 16  # more than there are rows with ids for one
        self._chance = random.Random(f"{_SEED}/{edition.cause.slug}/{before}/{made}")  # noqa: S311  the same people every time
        self._crowd = Crowd(self._now, len(edition.states), edition.cause.languages)
        self._rows = Heap()
        self._keys: dict[tuple[object, ...], str] = {}

    def made(self, confirmed: int) -> Heap:
        """Make rows for so many confirmed signatures, and for the others beside them."""
        before: Pretended | None = None
        for fate in fates(self._chance, confirmed):
            one = self._crowd.one(self._chance, fate, before)
            if not one.is_same_person:
                self._supporter(one)
            self._sign(one, self._edition.states[one.state])
            before = one
        return self._rows

    def _id(self) -> str:
        """An id like any other, but rising, so that very many rows are added where the last ones were."""
        self._number += 1
        return f"{self._number:012x}{self._chance.getrandbits(80):020x}"

    def _supporter(self, one: Pretended) -> None:
        keys, made_id = self._parts.keys, self._id()
        address = f"demo-{made_id}@{one.domain}"
        is_pending = one.fate == "pending"
        self._rows.supporters.append(
            {
                "id": made_id,
                "campaign_id": self._edition.campaign_id,
                "address_key": keys.address_key(address, self._edition.cause.slug),
                "key_id": keys.key_id,
                "email_sealed": keys.seal(address, "supporter", "email_sealed", made_id),
                "domain_key": self._key(keys.domain_key, one.domain),
                "language": one.language,
                "confirm_generation": 1,
                "confirm_expires_at": one.at + schedule.PENDING_LIFE,
                "confirm_used_at": None if is_pending else one.at,
                "mailed_at": one.at,
                "pressed_at": None if is_pending else one.at,
                "reminded_at": self._now,  # nobody is to be written to
                "is_demo": True,
                "created_at": one.at,
            }
        )

    def _sign(self, one: Pretended, state: StateEdition) -> None:
        language = state.state.languages[0]
        letter = state.letter(language, one.at.date()) or state.letter(language, self._now.date())
        if letter is None:
            return
        row = self._signature(one, state, letter.id)
        self._rows.signatures.append(row)
        self._rows.consents += [
            {"signature_id": row["id"], "consent_text_id": consent.id, "given_at": one.at}
            for consent in state.consents_in(one.language)
            if consent.is_required
        ]
        if one.fate != "pending":
            self._count(one, row)
            self._rows.letters += letters(self._parts, state, row, self._chance, self._id)
        self._open(one, state)

    def _signature(self, one: Pretended, state: StateEdition, letter_id: int) -> Row:
        keys, made_id = self._parts.keys, self._id()
        return {
            "id": made_id,
            "campaign_id": self._edition.campaign_id,
            "state_id": state.id,
            "supporter_id": self._rows.supporters[-1]["id"],
            "letter_id": letter_id,
            "status": one.fate,
            "language": one.language,
            "country": one.country,
            "source": one.source,
            "offices": self._offices(state),
            "shown": "name",
            "has_own_answers": self._chance.random() < 0.8,
            "marks": ("demo",),
            "network_key": self._network(one),
            "digest": keys.digest("demo", made_id),
            "key_id": keys.key_id,
            "name_sealed": keys.seal(one.name, "signature", "name_sealed", made_id),
            "city_sealed": keys.seal(one.city, "signature", "city_sealed", made_id) if one.city else None,
            "created_at": one.at,
            "confirmed_at": None if one.fate == "pending" else one.at,
            "withdrawn_at": one.taken_back_at,
        }

    def _offices(self, state: StateEdition) -> tuple[str, ...]:
        """Most write to three or four; some to all."""
        every = [one.office for one in state.officials]
        wanted = self._chance.choice((1, 2, 3, 3, 4, 4, len(every)))
        return tuple(office for place, office in enumerate(every) if place < wanted)

    def _network(self, one: Pretended) -> str | None:
        """The fingerprint of a network, kept for two days as of everybody."""
        if self._now - one.at > dt.timedelta(days=2):
            return None
        network = f"198.{18 + one.network // 256 % 2}.{one.network % 256}.{one.network // 512 * 16}/28"
        return self._key(self._parts.keys.network_key, network, one.at.date())

    def _key(self, made_by: Callable[..., str], *of: object) -> str:
        """Make a fingerprint once for all who share it."""
        if of not in self._keys:
            self._keys[of] = made_by(*of)
        return self._keys[of]

    def _count(self, one: Pretended, row: Row) -> None:
        """Write the lines of the journal: one for confirming, one more for taking back."""
        line = {name: row[name] for name in ("campaign_id", "state_id", "country", "language", "source")}
        line |= {"signature_id": row["id"], "day": one.at.date(), "hour": one.at.hour}
        self._rows.lines.append({**line, "at": one.at, "delta": 1})
        if one.taken_back_at is not None:
            self._rows.lines.append({**line, "at": one.taken_back_at, "delta": -1})

    def _open(self, one: Pretended, state: StateEdition) -> None:
        times = int(self._chance.expovariate(1 / _OPENINGS)) + 1
        key = (self._edition.campaign_id, state.id, one.at.date(), one.at.hour, one.language, one.source)
        self._rows.opened[key] += times
