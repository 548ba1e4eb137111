"""The desk: what every part of a reading shares - the folder, the languages, the facts, and the mistakes so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from campaign.errors import Mistake
from campaign.outside.bundle import front, words
from campaign.outside.bundle.passage import Kind, Kinds
from campaign.outside.bundle.sheet import Sheet
from campaign.outside.bundle.words import Languages


class Files(Protocol):
    """Where files come from: a folder, or a drawer with a cause laid open."""

    mistakes: list[Mistake]

    def names(self, where: str) -> tuple[str, ...]:
        """List what lies in a subfolder, sorted."""

    def refuse_others(self, where: str, known: frozenset[str], what: str) -> None:
        """Report everything in a subfolder that does not belong there."""

    def sheet(self, file: str) -> Sheet | None:
        """Read a YAML file."""

    def document(self, file: str) -> front.Document | None:
        """Read a file of front matter and text."""


@dataclass(slots=True)
class Desk:
    """One reading of one folder. `kinds` and `values` are the facts' fields.

    `kinds` is None where facts.yaml cannot be read, `values` also where a fact has mistakes.
    `states` holds both for each state's own texts.
    """

    folder: Files
    languages: Languages
    declined: dict[str, frozenset[str]] = field(
        default_factory=dict
    )  # office of offices.yaml -> languages of addressee
    kinds: dict[str, Kind] | None = None
    values: dict[str, object] | None = None
    states: dict[str, tuple[Kinds, dict[str, object] | None]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    @property
    def mistakes(self) -> list[Mistake]:
        """Every mistake found so far, in the order of finding."""
        return self.folder.mistakes

    def found(self, mistakes: Iterable[Mistake]) -> bool:
        """Keep mistakes, and tell whether there were any."""
        before = len(self.mistakes)
        self.mistakes.extend(mistakes)
        return len(self.mistakes) > before

    def sheet(self, file: str, section: str = "") -> Sheet | None:
        """Read a YAML file, and note which of its languages no native has read; None when it cannot be read."""
        sheet = self.sheet_of(file)
        if sheet is not None:
            self.note_unread(sheet, section)
        return sheet

    def sheet_of(self, file: str) -> Sheet | None:
        """Read a YAML file before it is known which languages there are."""
        return self.folder.sheet(file)

    def note_unread(self, sheet: Sheet, section: str = "") -> None:
        """Note which languages of a file no native has read."""
        self.found(words.unread(sheet, self.languages, section))
        self.unread += (f"{sheet.file}: {language}" for language in sheet.texts("unread"))

    def files(self, section: str, ending: str) -> dict[str, str]:
        """Find a section's folder with one file for each language due, and tell what is missing or does not belong."""
        here = self.folder.names(section)
        lacking = [f"{one}{ending}" for one in self.languages.missing.get(section, ())]
        stems = tuple(one.removesuffix(ending) for one in here if one.endswith(ending))
        due = {one: f"{one}{ending}" for one in self.languages.due(section) or stems}
        known = f"files are {', '.join(sorted(due.values()))}"
        self.folder.refuse_others(section, frozenset((*due.values(), *lacking)), known)
        for name in (one for one in lacking if one in here):
            what = f"campaign.yaml declares this language missing for {section}, and its file is here all the same"
            self.mistakes.append(Mistake(f"{section}/{name}", 0, what))
        for language, name in due.items():
            if name not in here:
                declare = "" if language == "en" else f", or declare {language} missing for {section} in campaign.yaml"
                what = f"this file is missing; write it{declare}"
                self.mistakes.append(Mistake(f"{section}/{name}", 0, what))
        return {language: f"{section}/{name}" for language, name in due.items() if name in here}

    def document(self, file: str) -> front.Document | None:
        """Read a file of front matter and text; None when it cannot be read."""
        document = self.folder.document(file)
        if document is not None:
            for name in ("has_native_reader", "checked"):
                if (name,) not in document.sheet.lines:
                    self.mistakes.append(document.sheet.mistake(f"the fields above the text need `{name}`"))
            if document.sheet.at(("has_native_reader",)) is not True:
                self.unread.append(file)
        return document
