"""Every error type of the product, each with a stable code."""

import dataclasses
import datetime as dt
from dataclasses import dataclass


class CampaignError(Exception):
    """Something a person can be told in words; `code` is stable and never shown as prose."""

    code = "E-CAMPAIGN"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field: its name in the form, a stable code, and values for the words.

    `code` is also the key of its sentence in the catalogues, in lower case: E-NAME-URL is `problem.e-name-url`.
    """

    field: str
    code: str
    values: dict[str, str] = dataclasses.field(default_factory=dict)


class InputRefusedError(CampaignError):
    """What a person typed cannot be taken; nothing was stored (422)."""

    code = "E-INPUT"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems, in the order of the form's fields."""
        super().__init__(", ".join(f"{problem.field}: {problem.code}" for problem in problems))
        self.problems = problems


class FormDamagedError(CampaignError):
    """The request did not arrive as our form sends it; `status` is 400, 413 or 415."""

    code = "E-FORM"

    def __init__(self, code: str, status: int = 400, field_name: str = "") -> None:
        """Keep the stable code, the HTTP status and the field the words may name."""
        super().__init__(code)
        self.code = code
        self.status = status
        self.field_name = field_name


class TextChangedError(CampaignError):
    """The text a person saw is not the one that stands now; they must read it again (409)."""

    code = "E-TEXT-CHANGED"


class CampaignClosedError(CampaignError):
    """The campaign is not open for new signatures (409)."""

    code = "E-CAMPAIGN-CLOSED"


class CampaignPausedError(CampaignClosedError):
    """The campaign takes no signatures for a while (503); what was signed before is kept, and can be confirmed."""

    code = "E-CAMPAIGN-PAUSED"


class TooManyTriesError(CampaignError):
    """Something was tried too often lately (429); `seconds` is how long to wait."""

    code = "E-TOO-MANY-TRIES"

    def __init__(self, seconds: int) -> None:
        """Keep how long to wait."""
        super().__init__(f"wait {seconds} seconds")
        self.seconds = seconds


class ForbiddenError(CampaignError):
    """An organiser's role does not have the permission (403)."""

    code = "E-FORBIDDEN"


class KeyRefusedError(CampaignError):
    """A program came without a key that opens something (401); the code says what was wrong with it."""

    code = "E-KEY"

    def __init__(self, code: str = "E-KEY") -> None:
        """Keep the stable code."""
        super().__init__(code)
        self.code = code


class NotFoundError(CampaignError):
    """There is no such campaign, state, office or row (404)."""

    code = "E-NOT-FOUND"


class TokenError(CampaignError):
    """A link that is not complete, not ours, replaced, expired or meant for something else (404)."""

    code = "E-TOKEN"


class StaleMoveError(CampaignError):
    """A row was not in the state it should have been moved from; somebody else moved it first."""

    code = "E-STALE-MOVE"


class DecidedError(CampaignError):
    """Somebody decided about it before; nothing was changed (409). `by` is an organiser's id or a word, or empty."""

    code = "E-DECIDED"

    def __init__(self, by: str, at: dt.datetime | None, outcome: str) -> None:
        """Keep who decided, when (aware UTC), and what."""
        super().__init__(f"already {outcome}" + (f" by {by}" if by else ""))
        self.by = by
        self.at = at
        self.outcome = outcome


class UnavailableError(CampaignError):
    """The database cannot take it now; nothing was recorded (503)."""

    code = "E-UNAVAILABLE"


class DnsError(CampaignError):
    """The DNS cannot be asked, or does not say."""

    code = "E-DNS"


class SettingsError(CampaignError):
    """One or more settings are wrong; the message names each and what was expected."""

    code = "E-SETTINGS"


class KeyMismatchError(CampaignError):
    """The secret does not fit the database; nothing may be written with it."""

    code = "E-KEY-MISMATCH"


class SealError(CampaignError):
    """A sealed value cannot be opened: another key, another row, or damaged."""

    code = "E-SEAL"


class MessageBlockedError(CampaignError):
    """A finished message is not what its fields say; it must not leave."""

    code = "E-MESSAGE-BLOCKED"


class LetterError(CampaignError):
    """A letter's text uses something it may not, or a field that nobody defines."""

    code = "E-LETTER"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a campaign folder: the file, the line (1-based, 0 for the whole file), and what is wrong."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        """Show it the way compilers do, so that editors can jump to it."""
        return f"{self.file}:{self.line}: {self.what}"


class BundleError(CampaignError):
    """A campaign folder has mistakes; nothing was changed."""

    code = "E-BUNDLE"

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        """Keep every mistake, in the order of files and lines."""
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a campaign's words as they would be: the piece's file, the field, the line of a text (or 0), what.

    `place` is the way to the field through names and positions: ("title", "lv"), ("officials", 0, "email"), ("body",).
    """

    file: str
    place: tuple[str | int, ...]
    line: int
    what: str

    def __str__(self) -> str:
        """Name the field, not a line of a file that nobody has written."""
        names = [str(one + 1) if isinstance(one, int) else one for one in self.place]
        where = [" ".join(names), f"line {self.line}" if self.line else ""]
        return ": ".join([self.file, ", ".join(one for one in where if one) or "all of it", self.what])


class WordsRefusedError(CampaignError):
    """What a campaign would say after a change breaks the rules; nothing was changed (422)."""

    code = "E-WORDS"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep every fault, in the order of files and fields."""
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class StaleEditError(CampaignError):
    """Somebody else changed the same piece since it was opened; nothing was changed, and both texts are kept (409)."""

    code = "E-STALE-EDIT"


class EditsUndoneError(CampaignError):
    """A folder says otherwise than what people edited here since; nothing was changed."""

    code = "E-EDITS-UNDONE"

    def __init__(self, edits: tuple[str, ...]) -> None:
        """Keep every edit that would be undone, a line each."""
        super().__init__("\n".join(edits))
        self.edits = edits
