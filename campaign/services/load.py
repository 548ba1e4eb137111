"""Load: bring the database up to a campaign folder, all of it or nothing; loading twice changes nothing."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from campaign.domain import inventory, template
from campaign.domain import letter as letters
from campaign.domain import standing as standings
from campaign.domain.cause import Cause, Letter, OfficeKind, Official, State
from campaign.domain.inventory import Change
from campaign.errors import EditsUndoneError
from campaign.models.base import Base, without
from campaign.models.campaign import CampaignRow, ConsentTextRow, LetterRow, OfficialRow, StateRow
from campaign.models.change import ChangeRow
from campaign.outside.bundle.reader import read
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.services import history
from campaign.services.history import LOADED, Version
from campaign.services.hush import follow
from campaign.services.note import COMMAND_LINE, note
from campaign.services.transact import transact
from campaign.services.whole import whole


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What loading changed, a line each; which texts no native has read; and which edits of people it undid."""

    slug: str
    changes: tuple[str, ...]
    unread: tuple[str, ...]
    undone: tuple[Version, ...] = ()


def load(parts: Parts, folder: Path, *, is_dry: bool = False, is_over_edits: bool = False) -> LoadReport:
    """Check a campaign folder and bring the database up to it; with `is_dry`, only tell what that would change.

    Raises BundleError with every mistake, and EditsUndoneError where it would undo what somebody edited since a
    folder was last loaded and `is_over_edits` does not say that it may; then nothing is changed.
    """
    cause = read(folder)
    if is_dry:
        with parts.writing() as session:
            report = _load(parts, session, cause)
            session.rollback()
        return report
    return transact(parts, lambda session: _load(parts, session, cause, is_over_edits=is_over_edits))


def _load(parts: Parts, session: Session, cause: Cause, *, is_over_edits: bool = True) -> LoadReport:
    row = editions.locked(session, cause.slug)
    undone: tuple[Version, ...] = ()
    if row is not None:
        undone = history.undone(parts, session, row.id, inventory.changes(whole(session, cause.slug), cause))
    if undone and not is_over_edits:
        raise EditsUndoneError(tuple(_told(one) for one in undone))
    changes = bring(parts, session, cause, COMMAND_LINE, LOADED)
    if row is not None and changes:
        note(parts, session, COMMAND_LINE, "campaign.load", cause.slug, LOADED)
    return LoadReport(cause.slug, tuple(changes), cause.unread, undone)


def _told(one: Version) -> str:
    return f"{one.name}: edited by {one.who} on {one.at:%Y-%m-%d at %H:%M} UTC ({one.reason})"


def bring(parts: Parts, session: Session, cause: Cause, who: str, reason: str) -> list[str]:
    """Bring the database up to a cause that was found right, within a transaction; what changed, a line each.

    Every piece that differs is written down with what stood before, by whom and why; of a new campaign, nothing.
    """
    known = editions.locked(session, cause.slug)
    before = whole(session, cause.slug) if known is not None else None
    lines = _Load(parts, session, cause).bring()
    found = inventory.changes(before, cause)
    if known is not None:
        for one in found:
            _write_down(parts, session, known, one, (who, reason))
    return lines


def _write_down(parts: Parts, session: Session, row: CampaignRow, change: Change, by: tuple[str, str]) -> None:
    kind, which, language = change.name
    session.add(
        ChangeRow(
            campaign_id=row.id,
            revision=row.revision,
            at=parts.clock.now(),
            who=by[0],
            kind=kind,
            which=which,
            language=language,
            before=change.before,
            after=change.after,
            reason=by[1],
        )
    )


def letter_fields(cause: Cause, state: State, language: str, phase: dt.date) -> dict[str, object]:
    """Everything a letter in a language says that is not its signer's, for the standing that begins on a day."""
    kinds = {one.office: one for one in cause.office_kinds}
    fields: dict[str, object] = {one.id: _plain(one.value) for one in cause.facts}
    fields |= letters.event_fields(state.events)
    fields["standing"] = standings.standing(state.events, "apmbc", phase).status
    fields["cluster_standing"] = standings.standing(state.events, "ccm", phase).status
    fields["anonymous"] = cause.anonymous[language]
    fields["offices"] = {one.office: _office(one, kinds[one.office], language) for one in state.officials}
    return fields | _to_choose(cause, state, language)


def _to_choose(cause: Cause, state: State, language: str) -> dict[str, object]:
    """What a supporter may add, and the second letter, as templates; what there is none of makes no field.

    A version that had none of it keeps its name, so that those who signed it are not asked again.
    """
    points = [
        {"id": one.id, "title": one.title[language], "text": one.text[language]}
        for one in cause.points
        if language in one.text and (not one.states or state.slug in one.states)
    ]
    subjects = [subject for one in state.letters if one.language == language for subject in one.subjects]
    chase = next(({"subject": one.subject, "body": one.body} for one in cause.chases if one.language == language), None)
    found = {"points": points, "subjects": subjects, "chase": chase}
    return {name: value for name, value in found.items() if value}


def _plain(value: int | dt.date) -> object:
    return value if isinstance(value, int) else value.isoformat()


def _office(official: Official, kind: OfficeKind, language: str) -> dict[str, str]:
    salutation = official.salutation.get(language) or kind.salutation[language]
    title = official.title.get(language) or kind.title[language]
    addressee = official.addressee.get(language)
    if addressee is None and language not in official.title:
        addressee = kind.addressee.get(language)
    forms = {"masculine": salutation.masculine, "feminine": salutation.feminine}
    opening = forms.get(official.holder_gender) or salutation.neutral
    return {"title": title, "addressee": addressee or title, "salutation": opening}


class _Load:
    """One loading, in one transaction."""

    def __init__(self, parts: Parts, session: Session, cause: Cause) -> None:
        self.session = session
        self.cause = cause
        self.now = parts.clock.now()
        self.changes: list[str] = []

    def bring(self) -> list[str]:
        bare = without(self.cause, states=())
        campaign = editions.row(self.session, self.cause.slug)
        if campaign is None:
            campaign = CampaignRow(slug=self.cause.slug, revision=0, cause=bare, loaded_at=self.now)
            self.session.add(campaign)
            self.session.flush()
            self.changes.append(f"campaign {self.cause.slug} is new")
        elif campaign.cause != bare:
            campaign.cause = bare
            self.changes.append("the campaign's own texts changed")
        known = editions.state_rows(self.session, campaign.id)
        for position, state in enumerate(self.cause.states):
            self._state(campaign, known.pop(state.slug, None), position, state)
        for gone in known.values():
            if gone.retired_at is None:
                gone.retired_at = self.now
                self.changes.append(f"{gone.slug} is retired")
        if self.changes:
            campaign.revision += 1
            campaign.loaded_at = self.now
        return self.changes

    def _keep(self, row: Base, what: str, **values: object) -> None:
        """Set what differs, and say so."""
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in differing.items():
            setattr(row, name, value)
        if differing:
            self.changes.append(f"{what} changed")

    def _state(self, campaign: CampaignRow, row: StateRow | None, position: int, state: State) -> None:
        bare = without(state, officials=())  # letters stay: their rows do not say all of them
        if row is None:
            row = StateRow(campaign_id=campaign.id, slug=state.slug, code=state.code, position=position, state=bare)
            self.session.add(row)
            self.session.flush()
            self.changes.append(f"{state.slug} is new")
        else:
            self._keep(row, state.slug, code=state.code, position=position, state=bare, retired_at=None)
        self._officials(row, state)
        self._letters(row, state)
        self._consents(row, state)

    def _officials(self, row: StateRow, state: State) -> None:
        known = editions.official_rows(self.session, row.id)
        for position, official in enumerate(state.officials):
            found = known.pop(official.office, None)
            what = f"{state.slug}: {official.office}"
            if found is None:
                self.session.add(
                    OfficialRow(state_id=row.id, office=official.office, position=position, official=official)
                )
                self.changes.append(f"{what} is new")
            else:
                self._keep(found, what, position=position, official=official, retired_at=None)
        for gone in known.values():
            if gone.retired_at is None:
                gone.retired_at = self.now
                self.changes.append(f"{state.slug}: {gone.office} is retired")
        self.session.flush()
        for one in editions.official_rows(self.session, row.id).values():
            follow(self.session, one)

    def _letters(self, row: StateRow, state: State) -> None:
        known = editions.letter_rows(self.session, row.id)
        for phase in standings.phases(state.events, self.now.date()):
            for one in state.letters:
                fields = letter_fields(self.cause, state, one.language, phase)
                version = letters.version(one.language, one.subject, one.body, fields)
                found = known.pop((one.language, version), None)
                self._letter(row, found, one, (version, fields, phase))
        for (language, _), gone in known.items():
            if gone.is_offered:
                gone.is_offered = False
                self.changes.append(f"{state.slug}: a letter version in {language} is no longer offered")

    def _letter(
        self, row: StateRow, found: LetterRow | None, letter: Letter, said: tuple[str, dict[str, object], dt.date]
    ) -> None:
        version, fields, valid_from = said
        if found is None:
            self.session.add(
                LetterRow(
                    state_id=row.id,
                    language=letter.language,
                    subject=letter.subject,
                    body=letter.body,
                    is_offered=True,
                    created_at=self.now,
                    version=version,
                    fields=fields,
                    valid_from=valid_from,
                )
            )
            self.changes.append(f"{row.slug}: a new letter version in {letter.language}")
            return
        what = f"{row.slug}: the letter in {letter.language}"
        self._keep(found, what, is_offered=True, valid_from=valid_from)

    def _consents(self, row: StateRow, state: State) -> None:
        known = editions.consent_text_rows(self.session, row.id)
        for language in self.cause.languages:
            titles = (
                _office(one, kind, language)["title"]
                for one in state.officials
                for kind in self.cause.office_kinds
                if kind.office == one.office
            )
            fields = {"state": state.name[language], "offices": ", ".join(titles)}
            for consent in self.cause.consents:
                text = template.render(consent.text[language], language, fields).strip()
                version = hashlib.sha256(text.encode()).hexdigest()
                found = known.pop((consent.purpose, language, version), None)
                if found is not None:
                    self._keep(found, f"{state.slug}: {consent.purpose}", is_offered=True)
                    continue
                self.session.add(
                    ConsentTextRow(
                        state_id=row.id,
                        purpose=consent.purpose,
                        language=language,
                        text=text,
                        version=version,
                        is_required=consent.is_required,
                        is_offered=True,
                        created_at=self.now,
                    )
                )
                self.changes.append(f"{state.slug}: a new text for the consent {consent.purpose} in {language}")
        for gone in known.values():
            if gone.is_offered:
                gone.is_offered = False
                self.changes.append(f"{state.slug}: an older text for the consent {gone.purpose} is kept")
