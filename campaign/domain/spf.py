"""SPF: what a record says about who may send for a domain (RFC 7208), as far as it can be told from the text alone."""

import re
from dataclasses import dataclass

MOST_LOOKUPS = 10  # section 4.6.4; with more, receivers take the record for broken
_ASKING = frozenset({"include", "a", "mx", "ptr", "exists"})
_SILENT = frozenset({"all", "ip4", "ip6"})
_TERM = re.compile(r"(?P<sign>[+?~-]?)(?P<name>[A-Za-z][A-Za-z0-9_.-]*)(?P<rest>[:/=].*)?")


@dataclass(frozen=True, slots=True)
class Spf:
    """One record. `end` is the sign of its `all` (`-`, `~`, `?`, `+`), empty where it has none.

    `lookups` are those of its own terms, `follows` the names whose records are asked for with it, `redirect` the one
    that decides in its place, `unknown` what no receiver understands; `senders` is the record up to its `all`.
    """

    senders: str
    end: str
    lookups: int
    follows: tuple[str, ...]
    redirect: str
    unknown: tuple[str, ...]


def records(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Pick the SPF records out of a name's TXT records (section 4.5)."""
    return tuple(one for one in texts if one.lower().split(" ", 1)[0] == "v=spf1")


def read(record: str) -> Spf:
    """Read a record; what stands behind `all` counts for nothing, a redirect beside it neither (sections 5.1, 6.1)."""
    kept, end, follows, redirect, unknown, lookups = [], "", [], "", [], 0
    words = record.split()[1:]
    for word in words:
        name, rest, sign = _parted(word)
        if name == "all":
            end = sign or "+"
            break
        kept.append(word)
        if rest.startswith("="):
            redirect = rest[1:] if name == "redirect" else redirect
        elif name not in _ASKING | _SILENT or (name == "include" and len(rest) < 2):
            unknown.append(word)
        elif name in _ASKING:
            lookups += 1
            follows += [rest[1:]] if name == "include" else []
    if end:
        redirect = ""
        kept = [one for one in kept if not one.lower().startswith("redirect=")]
    elif redirect:
        lookups += 1
        follows.append(redirect)
    return Spf(" ".join(["v=spf1", *kept]), end, lookups, tuple(follows), redirect, tuple(unknown))


def _parted(word: str) -> tuple[str, str, str]:
    """Cut a term into its name in lower case, what follows the name, and its sign."""
    found = _TERM.fullmatch(word)
    if found is None:
        return word, "", ""
    return found["name"].lower(), found["rest"] or "", found["sign"]
