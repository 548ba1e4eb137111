"""A piece: one text of a campaign that a person changes by itself, in a form that can be read, kept and taken again."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from campaign.domain.cause import Cause, Chase, Consent, Letter, Page, Point, State, Words

T = TypeVar("T")
Document = TypeVar("Document", Letter, Chase, Page)


class Name(NamedTuple):
    """What a piece is called: the kind, which one of its kind, and the language where it has one."""

    kind: str
    which: str
    language: str = ""

    def __str__(self) -> str:
        """Name it as people and the audit trail do: `letter latvia en`."""
        return " ".join(one for one in self if one)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece with its fields by name, each a text; `text` is all of it."""

    name: Name
    fields: Mapping[str, str]

    @property
    def text(self) -> str:
        """The whole piece as one text: its subjects or its title above an empty line, then what it says."""
        return written(self.name.kind, self.fields)

    @property
    def version(self) -> str:
        """Name what it says in one word, so that a form can tell whether it still stands."""
        return version(self.text)


# The fields of each kind that is edited as words, in the order of its form.
FIELDS: dict[str, tuple[str, ...]] = {
    "letter": ("subject", "subjects", "body"),
    "chase": ("subject", "body"),
    "point": ("title", "text"),
    "page": ("title", "body"),
    "campaign": ("text",),
    "consent": ("text",),
    "state": ("text",),
}
CAMPAIGN_WORDS = ("name", "title", "lede", "anonymous")
CAMPAIGN_LINES = ("organisation", "contact")  # the same in every language
STATE_WORDS = ("name", "write_to", "lede", "parliament", "share")
_SUBJECT, _TITLE = "Subject: ", "Title: "


def version(text: str) -> str:
    """Name a text by what it says: 16 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def written(kind: str, fields: Mapping[str, str]) -> str:
    """Write a piece's fields as one text, from which `read` takes them again."""
    if kind in ("letter", "chase"):
        subjects = [fields["subject"], *fields.get("subjects", "").splitlines()]
        head = "\n".join(f"{_SUBJECT}{one}" for one in subjects)
        return f"{head}\n\n{fields['body']}"
    if kind in ("point", "page"):
        return f"{_TITLE}{fields['title']}\n\n{fields['text' if kind == 'point' else 'body']}"
    return fields["text"]


def read(kind: str, text: str) -> dict[str, str]:
    """Take the fields of a piece out of its one text; a head that is missing leaves its field empty."""
    lines = text.replace("\r\n", "\n").split("\n")
    label = {"letter": _SUBJECT, "chase": _SUBJECT, "point": _TITLE, "page": _TITLE}.get(kind)
    if label is None:
        return {"text": text.strip("\n")}
    head: list[str] = []
    while lines and lines[0].startswith(label.rstrip()):
        head.append(lines.pop(0).removeprefix(label.rstrip()).strip())
    body = "\n".join(lines).strip("\n")
    first, further = (head[0] if head else ""), "\n".join(head[1:])
    if kind == "letter":
        return {"subject": first, "subjects": further, "body": body}
    if kind == "chase":
        return {"subject": first, "body": body}
    return {"title": first, ("text" if kind == "point" else "body"): body}


def clean(fields: Mapping[str, str]) -> dict[str, str]:
    """Bring what a form sent into the form that files have: LF, no blanks at either end."""
    return {name: text.replace("\r\n", "\n").replace("\r", "\n").strip() for name, text in fields.items()}


def put(cause: Cause, name: Name, fields: Mapping[str, str], today: dt.date, *, is_read: bool = False) -> Cause:
    """Put a piece's new words into a cause; `is_read` says that a native has read all of what is new.

    Words of a kind or a name that there is none of change nothing.
    """
    made = _PUT.get(name.kind)
    if made is None:
        return cause
    changed = made(cause, name, clean(fields), today)
    return marked(changed, name, is_read=is_read) if name.language else changed


def file_of(name: Name) -> str:
    """The file of a campaign's folder that a piece stands in."""
    kind, which, language = name
    return {
        "letter": f"letters/{which}/{language}.md",
        "chase": f"chase/{language}.md",
        "page": f"pages/{language}/{which}.md",
        "point": f"points/{language}.yaml",
        "state": f"states/{which.split('/')[0]}.yaml",
        "native": which,
    }.get(kind, "campaign.yaml")


def entry_of(file: str, language: str) -> str:
    """How the list of unread texts names a language of a file; documents are in one language each."""
    return file if file.endswith(".md") else f"{file}: {language}"


def marked(cause: Cause, name: Name, *, is_read: bool) -> Cause:
    """Mark the file of a piece, in its language, as read by a native, or as not."""
    file = file_of(name)
    if file.endswith(".md"):
        return _flagged(cause, file, is_read=is_read)
    entry = entry_of(file, name.language)
    others = [one for one in cause.unread if one != entry]
    return replace(cause, unread=tuple(sorted(others if is_read else [*others, entry])))


def _flagged(cause: Cause, file: str, *, is_read: bool) -> Cause:
    def of_state(state: State) -> State:
        letters = (_flag(one, f"letters/{state.slug}/{one.language}.md" == file, is_read) for one in state.letters)
        return replace(state, letters=tuple(letters))

    return replace(
        cause,
        states=tuple(of_state(one) for one in cause.states),
        pages=tuple(_flag(one, f"pages/{one.language}/{one.name}.md" == file, is_read) for one in cause.pages),
        chases=tuple(_flag(one, f"chase/{one.language}.md" == file, is_read) for one in cause.chases),
    )


def _flag(thing: Document, is_it: bool, is_read: bool) -> Document:  # noqa: FBT001  two truths, each named by its use
    return replace(thing, has_native_reader=is_read) if is_it else thing


def _each(things: tuple[T, ...], is_it: Callable[[T], bool], change: Callable[[T], T]) -> tuple[T, ...]:
    return tuple(change(one) if is_it(one) else one for one in things)


def _words(words: Words, language: str, text: str) -> Words:
    return {**words, language: text}


def _letter(cause: Cause, name: Name, fields: Mapping[str, str], today: dt.date) -> Cause:
    subjects = tuple(line.strip() for line in fields["subjects"].splitlines() if line.strip())

    def change(one: Letter) -> Letter:
        return replace(one, subject=fields["subject"], subjects=subjects, body=fields["body"], checked=today)

    def letters(one: State) -> State:
        return replace(one, letters=_each(one.letters, lambda a: a.language == name.language, change))

    return replace(cause, states=_each(cause.states, lambda one: one.slug == name.which, letters))


def _chase(cause: Cause, name: Name, fields: Mapping[str, str], today: dt.date) -> Cause:
    def change(one: Chase) -> Chase:
        return replace(one, subject=fields["subject"], body=fields["body"], checked=today)

    return replace(cause, chases=_each(cause.chases, lambda one: one.language == name.language, change))


def _page(cause: Cause, name: Name, fields: Mapping[str, str], today: dt.date) -> Cause:
    def change(one: Page) -> Page:
        return replace(one, title=fields["title"], body=fields["body"], checked=today)

    return replace(cause, pages=_each(cause.pages, lambda one: (one.name, one.language) == name[1:], change))


def _point(cause: Cause, name: Name, fields: Mapping[str, str], _today: dt.date) -> Cause:
    def change(one: Point) -> Point:
        title, text = (_words(getattr(one, part), name.language, fields[part]) for part in ("title", "text"))
        return replace(one, title=title, text=text)

    return replace(cause, points=_each(cause.points, lambda one: one.id == name.which, change))


def _campaign(cause: Cause, name: Name, fields: Mapping[str, str], _today: dt.date) -> Cause:
    if not name.language:
        changed: object = fields["text"]
    else:
        changed = _words(getattr(cause, name.which), name.language, fields["text"])
    return replace(cause, **{name.which: changed})  # type: ignore[arg-type]


def _consent(cause: Cause, name: Name, fields: Mapping[str, str], _today: dt.date) -> Cause:
    def change(one: Consent) -> Consent:
        return replace(one, text=_words(one.text, name.language, fields["text"]))

    return replace(cause, consents=_each(cause.consents, lambda one: one.purpose == name.which, change))


def _state(cause: Cause, name: Name, fields: Mapping[str, str], _today: dt.date) -> Cause:
    slug, _, part = name.which.partition("/")

    def change(one: State) -> State:
        return replace(one, **{part: _words(getattr(one, part), name.language, fields["text"])})  # type: ignore[arg-type]

    return replace(cause, states=_each(cause.states, lambda one: one.slug == slug, change))


_PUT: dict[str, Callable[[Cause, Name, Mapping[str, str], dt.date], Cause]] = {
    "letter": _letter,
    "chase": _chase,
    "page": _page,
    "point": _point,
    "campaign": _campaign,
    "consent": _consent,
    "state": _state,
}
