"""The form under a letter: its fields, what they hold, and what is wrong with them."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, HiddenField, StringField, TextAreaField
from wtforms.form import BaseForm

from campaign.domain import signing
from campaign.domain.edition import OfficialEdition, StateEdition
from campaign.errors import InputRefusedError, Problem

OFFICE = "office-"
CONSENT = "consent-"
TEXTS = ("name", "email", "country", "city", "postal_address", "paragraph", "short_name", "email_seen")
CHOICES = ("letter_language", "subject_choice", "shown", "answers")
POINT = "point-"
PLACE = "place-"


def _fields(state: StateEdition, language: str) -> dict[str, Any]:
    """Name the fields in the order of the page."""
    return {
        "name": StringField(),
        "email": EmailField(),
        "country": StringField(),
        "city": StringField(),
        "postal_address": TextAreaField(),
        "paragraph": TextAreaField(),
        **{OFFICE + one.office: BooleanField() for one in state.officials},
        "letter_language": StringField(default=state.letter_languages()[0]),
        "subject_choice": StringField(default="0"),
        **{POINT + one: BooleanField() for one in state.point_ids},
        **{PLACE + one: StringField(default=str(place)) for place, one in enumerate(state.point_ids, 1)},
        "shown": StringField(default="name"),
        "short_name": StringField(),
        "answers": StringField(default="mine"),
        **{CONSENT + one.purpose: BooleanField() for one in state.consents_in(language)},
        "email_seen": HiddenField(),
    }


class SigningForm(BaseForm):
    """What a person fills in to sign; filled from a body's fields, or as it stands at the first visit.

    The rules are the domain's: the form only carries values in and problems out. It needs no form key:
    there is no session to protect, and the border refuses posts from other sites.
    """

    def __init__(self, state: StateEdition, language: str, fields: Mapping[str, str] | None = None) -> None:
        """Take the state written to, the page's language and a body's fields; None at the first visit."""
        super().__init__(_fields(state, language))
        self.state = state
        self.language = language
        self.fields = dict(fields or {})
        self.problems: tuple[Problem, ...] = ()
        self.process(None if fields is None else MultiDict(self.fields))
        ticked = self._offices()
        for one in state.officials:
            self[OFFICE + one.office].data = one.office in ticked
        for consent in state.consents_in(language):  # a tick is to the words that were read, in one language
            name = CONSENT + consent.purpose
            self[name].data = self.fields.get(name) == consent.version

    def raw(self, *, source: str, network: str) -> signing.RawSigning:
        """Return what was typed, as it came; `source` is the address's, `network` the client's address.

        A choice that did not come at all is the one that stands at the first visit.
        """
        return signing.RawSigning(
            **{name: self.fields.get(name, "") for name in TEXTS},
            **{name: self.fields.get(name, self[name].data) for name in CHOICES},
            offices=self._offices(),
            points=self._points(),
            consents=self._named(CONSENT),
            text_version=self.fields.get("text_version", ""),
            language=self.language,
            source=source,
            network=network,
        )

    def _points(self) -> tuple[str, ...]:
        """The talking points ticked, in the order of their places; those without a place come last."""

        def place(point: str) -> int:
            said = self.fields.get(PLACE + point, "")
            return int(said) if said.isascii() and said.isdigit() and len(said) <= 2 else 100

        return tuple(sorted(self._named(POINT), key=place))

    def _named(self, start: str) -> dict[str, str]:
        return {name.removeprefix(start): value for name, value in self.fields.items() if name.startswith(start)}

    def _offices(self) -> tuple[str, ...]:
        """The offices ticked; all of them when the boxes were not in what was sent."""
        ticked = tuple(self._named(OFFICE))
        if ticked or "offices_shown" in self.fields:
            return ticked
        return tuple(one.office for one in self.state.officials)

    def clean(self, *, source: str, network: str) -> signing.Signing:
        """Check the whole form by the domain's rules and keep its problems.

        Raises InputRefusedError when it cannot be taken.
        """
        try:
            return signing.clean(self.raw(source=source, network=network), self.state)
        except InputRefusedError as refused:
            self.problems = refused.problems
            raise

    def problem(self, name: str) -> Problem | None:
        """The first thing wrong with a field, or None."""
        return next((one for one in self.problems if one.field == name), None)

    def anchor(self, name: str) -> str:
        """The id of the control that a problem's link leads to: of a group, its first.

        Of a group that has none it is the field beside it.
        """
        if name == "offices":
            shown = self.shown_offices()
            return OFFICE + shown[0].office if shown else "letter_language"
        if name == "points":
            return POINT + self.state.point_ids[0] if self.state.point_ids else "paragraph"
        return name

    def shown_offices(self) -> list[OfficialEdition]:
        """The offices in the order of their boxes: first those that have an address, then those that wait for one.

        Those that asked for no letters have none.
        """
        shown = (one for one in self.state.officials if not one.is_silent)
        return sorted(shown, key=lambda one: not one.is_mailable)

    def is_refused_only_to_ask(self) -> bool:
        """Whether the one thing in the way is a question, so that signing again is the answer."""
        return [one.code for one in self.problems] == ["E-EMAIL-SUGGEST"]
