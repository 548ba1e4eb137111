"""Sign: take a signature, pending until its mailbox presses; the answer never tells who signed before."""

from dataclasses import dataclass, replace

import structlog
from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain import schedule
from campaign.domain.edition import Edition, LetterEdition, StateEdition
from campaign.domain.rule import around
from campaign.domain.signing import Signing
from campaign.errors import NotFoundError, TextChangedError
from campaign.models.supporter import ConsentRow, MailboxRow, SignatureRow, SupporterRow
from campaign.outside.keys import new_id
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import supporter as supporters
from campaign.services.admit import admit
from campaign.services.budget import ask, mailbox_of, may_mail
from campaign.services.sealed import put_signer, signed_digest
from campaign.services.transact import transact

log = structlog.get_logger()


def sign(parts: Parts, edition: Edition, state: StateEdition, signing: Signing) -> None:
    """Take a signature: one transaction with the row and the mail that asks its mailbox to confirm.

    The same is answered whoever signed before. Raises CampaignClosedError outside the campaign's dates,
    CampaignPausedError while it is paused, TextChangedError when the letter is not the one that was read,
    UnavailableError when nothing was recorded.
    """
    letter = signable(parts, edition, state, signing)
    if _is_nobodys(signing.email, edition):
        log.info("sign.role_or_gateway", state=state.state.code)
        return
    transact(parts, lambda session: _sign(parts, session, edition, state, letter, signing))


def _sign(
    parts: Parts, session: Session, edition: Edition, state: StateEdition, letter: LetterEdition, signing: Signing
) -> None:
    """Sign, unless organisers' lists keep this signer out: then nothing is stored, and nobody is told."""
    found = admit(parts, session, edition.campaign_id, email=signing.email, network=signing.network)
    if found.blocked_by is not None:
        log.info("sign.blocked", state=state.state.code, by=found.blocked_by)
        return
    known = replace(signing, network="") if found.is_network_allowed else signing
    _Act(parts, session, edition, state, letter, known).sign()


def signable(parts: Parts, edition: Edition, state: StateEdition, signing: Signing) -> LetterEdition:
    """Find the letter version that a form signs.

    Raises CampaignClosedError, CampaignPausedError, TextChangedError, NotFoundError.
    """
    today = parts.clock.now().date()
    edition.check_open(today)
    if signing.text_version != state.text_version(today):
        raise TextChangedError(state.state.slug)
    letter = state.letter(signing.letter_language, today)
    if letter is None:
        raise NotFoundError(f"letter in {signing.letter_language}")
    return letter


def _is_nobodys(email: str, edition: Edition) -> bool:
    offices = {
        addresses.canonical(address)
        for state in edition.states
        for one in state.officials
        if (address := one.email or one.official.email)
    }
    return addresses.is_role_or_gateway(email) or addresses.canonical(email) in offices


@dataclass(frozen=True, slots=True)
class _Act:
    """One signing, in one transaction. Mailbox before supporter: everybody locks in this order."""

    parts: Parts
    session: Session
    edition: Edition
    state: StateEdition
    letter: LetterEdition
    signing: Signing

    def sign(self) -> None:
        mailbox = mailbox_of(self.parts, self.session, addresses.canonical(self.signing.email))
        if mailbox.suppressed_at is not None:
            return
        supporter = self._supporter()
        live = supporters.live_signature(self.session, supporter.id, self.state.id)
        if live is None:
            self._add(supporter)
            ask(self.parts, self.session, supporter, mailbox, "confirm")
        elif live.status == "confirmed":
            self._say_already(supporter, mailbox)
        else:
            self._sign_again(live, supporter, mailbox)

    def _supporter(self) -> SupporterRow:
        keys, edition = self.parts.keys, self.edition
        address_key = keys.address_key(addresses.canonical(self.signing.email), edition.cause.slug)
        found = supporters.by_address_key(self.session, edition.campaign_id, address_key)
        if found is None:
            found = SupporterRow(
                id=new_id(),
                campaign_id=edition.campaign_id,
                address_key=address_key,
                key_id=keys.key_id,
                confirm_generation=0,
                is_demo=False,
                created_at=self.parts.clock.now(),
            )
            found.email_sealed = keys.seal(self.signing.email, "supporter", "email_sealed", found.id)
            found.domain_key = keys.domain_key(self.signing.email.rpartition("@")[2])
            self.session.add(found)
        found.language = self.signing.language
        self.session.flush()
        return found

    def _digest(self) -> str:
        signing = self.signing
        own = signing.has_own_answers
        return signed_digest(self.parts.keys, self.letter.version, signing.signer, signing.offices, has_own_answers=own)

    def _add(self, supporter: SupporterRow) -> None:
        row = SignatureRow(
            id=new_id(),
            campaign_id=self.edition.campaign_id,
            state_id=self.state.id,
            supporter_id=supporter.id,
            status="pending",
            created_at=self.parts.clock.now(),
        )
        self._fill(row)

    def _fill(self, row: SignatureRow) -> None:
        signing, session = self.signing, self.session
        put_signer(self.parts.keys, row, signing.signer)
        row.letter_id = self.letter.id
        row.language = signing.language
        row.source = signing.source
        row.offices = signing.offices
        row.has_own_answers = signing.has_own_answers
        row.digest = self._digest()
        row.network_key, row.marks = self._marks()
        session.add(row)
        session.flush()
        for given in supporters.consents(session, row.id):
            session.delete(given)
        session.flush()
        now = self.parts.clock.now()
        session.add_all(ConsentRow(signature_id=row.id, consent_text_id=one, given_at=now) for one in signing.consents)

    def _marks(self) -> tuple[str | None, tuple[str, ...]]:
        signing, now = self.signing, self.parts.clock.now()
        if not signing.network or not self.parts.settings.has_rate_limits:
            return None, signing.marks
        key = self.parts.keys.network_key(around(signing.network), now.date())
        lately = supporters.count_from_network(self.session, key, now - schedule.MANY_WITHIN)
        many = ("many_from_network",) if lately >= schedule.MANY_SIGNS else ()
        return key, (*signing.marks, *many)

    def _sign_again(self, live: SignatureRow, supporter: SupporterRow, mailbox: MailboxRow) -> None:
        """What was typed last stands, but only where its mailbox will be shown it: a press is for what it saw."""
        waits = deliveries.queued_mail(self.session, supporter.id, "confirm") is not None
        since = supporter.mailed_at
        is_impatient = since is not None and self.parts.clock.now() - since < schedule.JOIN_WITHIN
        is_same = live.digest == self._digest()
        if is_same and (waits or is_impatient):
            return
        if not waits and not may_mail(self.parts, mailbox):
            return
        if not is_same:
            self._fill(live)
        ask(self.parts, self.session, supporter, mailbox, "confirm")

    def _say_already(self, supporter: SupporterRow, mailbox: MailboxRow) -> None:
        last = deliveries.last_mail(self.session, supporter.id, "already")
        if last is None or last.created_at.date() != self.parts.clock.now().date():
            ask(self.parts, self.session, supporter, mailbox, "already")
