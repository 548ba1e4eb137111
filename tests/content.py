"""What may stand in what: HTML's content models, attributes and values, for the elements that pages here are made of.

A parser alone takes a list within a paragraph's span, or a name that no attribute has. An element, attribute, role or
type that stands in no table here is a fault too: look it up in the HTML standard, then give it a line.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

HTML = "{http://www.w3.org/1999/xhtml}"


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


PHRASING = _set(
    "a abbr b bdi br button canvas cite code data del em i img input ins kbd label mark output progress q s samp script"
    " select small"
    " span strong sub sup svg textarea time u var wbr"
)
FLOW = PHRASING | _set(
    "address article aside blockquote details dialog div dl fieldset figure footer form h1 h2 h3 h4 header hr main nav"
    " ol p pre section table ul"
)
NOTHING: frozenset[str] = frozenset()
# element -> the elements that may be its children; a div takes what its place wants, and so does a link.
CHILDREN: dict[str, frozenset[str]] = {
    "html": frozenset({"head", "body"}),
    "head": frozenset({"title", "meta", "link", "script", "noscript"}),
    "noscript": frozenset({"meta", "link"}),  # in the head; nowhere else is one
    "dl": frozenset({"dt", "dd", "div"}),
    "ol": frozenset({"li"}),
    "ul": frozenset({"li"}),
    "select": frozenset({"option", "optgroup"}),
    "optgroup": frozenset({"option"}),
    "table": frozenset({"caption", "thead", "tbody", "tfoot"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tfoot": frozenset({"tr"}),
    "tr": frozenset({"td", "th"}),
    "details": FLOW | {"summary"},
    "fieldset": FLOW | {"legend"},
    "figure": FLOW | {"figcaption"},
    **dict.fromkeys(("title", "option", "textarea", "script"), NOTHING),
    **dict.fromkeys(("br", "hr", "img", "input", "link", "meta", "wbr"), NOTHING),
    **dict.fromkeys(("summary", "legend"), PHRASING | {"h1", "h2", "h3", "h4"}),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "p", "pre"), PHRASING),
    **dict.fromkeys(PHRASING - {"a", "br", "img", "input", "script", "select", "svg", "textarea", "wbr"}, PHRASING),
    **dict.fromkeys(
        _set(
            "address article aside blockquote body caption dd dialog div dt figcaption footer form header li main nav"
            " section td th"
        ),
        FLOW,
    ),
}
WITHOUT_TEXT = _set("html head dl ol ul select optgroup table thead tbody tfoot tr")
FIRST = {"details": "summary", "fieldset": "legend", "table": "caption"}  # which may only come first
INTERACTIVE = _set("a button details input label select textarea")
SECTIONING = _set("article aside nav section")
HEADINGS = _set("h1 h2 h3 h4")
# element -> what may not stand anywhere within it.
NEVER_WITHIN: dict[str, frozenset[str]] = {
    "a": INTERACTIVE,
    "button": INTERACTIVE,
    "label": frozenset({"label"}),
    "form": frozenset({"form"}),
    "header": frozenset({"header", "footer", "main"}),
    "footer": frozenset({"header", "footer", "main"}),
    "caption": frozenset({"table"}),
    "dt": SECTIONING | HEADINGS | {"header", "footer"},
    "th": SECTIONING | HEADINGS | {"header", "footer"},
    "progress": frozenset({"progress"}),
    **dict.fromkeys(SECTIONING, frozenset({"main"})),
}

GLOBAL = _set("id class lang dir hidden tabindex title role autofocus spellcheck autocapitalize autocorrect")
ATTRIBUTES: dict[str, frozenset[str]] = {
    name: _set(those)
    for name, those in {
        "a": "href hreflang rel download target",
        "blockquote": "cite",
        "button": "form type name value formaction formmethod formnovalidate disabled",
        "canvas": "width height",
        "data": "value",
        "details": "open name",
        "dialog": "open",
        "fieldset": "form disabled name",
        "form": "method action enctype novalidate autocomplete target",
        "img": "src alt width height loading decoding",
        "input": "form type name value checked required readonly disabled maxlength minlength min max step"
        " pattern accept"
        " autocomplete inputmode placeholder list multiple size",
        "label": "for",
        "li": "value",
        "link": "rel href hreflang type title media sizes",
        "meta": "name content charset property http-equiv",
        "ol": "start reversed",
        "optgroup": "label",
        "option": "value selected disabled label",
        "output": "form for name",
        "progress": "value max",
        "q": "cite",
        "script": "src type defer async",
        "select": "form name required disabled autocomplete multiple size",
        "td": "colspan rowspan headers",
        "textarea": "form name rows cols maxlength minlength required readonly disabled autocomplete inputmode"
        " placeholder",
        "th": "scope colspan rowspan headers abbr",
        "time": "datetime",
    }.items()
}
NEEDED = {"img": ("src", "alt"), "a": ("href",), "html": ("lang",), "link": ("rel", "href"), "optgroup": ("label",)}
ARIA = frozenset(
    "aria-" + name
    for name in _set(
        "atomic busy checked controls current describedby details disabled errormessage expanded haspopup"
        " hidden invalid label labelledby level live modal owns pressed required roledescription selected sort"
        " valuemax valuemin valuenow valuetext"
    )
)
ROLES = _set("alert alertdialog dialog group img list listitem note presentation region search status timer")
VALUES = {
    ("button", "type"): frozenset({"submit", "button", "reset"}),
    ("form", "method"): frozenset({"get", "post"}),
    ("th", "scope"): frozenset({"col", "row", "colgroup", "rowgroup"}),
    ("input", "type"): _set(
        "text email tel url search password number date month datetime-local checkbox radio hidden button submit"
        " file range"
    ),
    ("*", "role"): ROLES,
    ("*", "dir"): frozenset({"ltr", "rtl", "auto"}),
    ("*", "autocapitalize"): frozenset({"off", "none", "on", "words", "sentences", "characters"}),
    ("*", "spellcheck"): frozenset({"true", "false"}),
    ("*", "autocorrect"): frozenset({"on", "off"}),
    ("*", "inputmode"): _set("none text tel url email numeric decimal search"),
    ("*", "aria-live"): frozenset({"off", "polite", "assertive"}),
    ("*", "aria-current"): frozenset({"page", "step", "location", "date", "time", "true", "false"}),
    ("*", "autocomplete"): _set(
        "on off name nickname email country street-address address-level2 postal-code tel one-time-code username"
        " current-password new-password organization given-name family-name url"
    ),
    ("*", "referrerpolicy"): frozenset({"no-referrer", "same-origin", "strict-origin"}),
}
LABELABLE = _set("button input meter output progress select textarea")
_FLAGS = _set("autofocus checked defer async disabled multiple novalidate open readonly required selected")
_NUMBERS = _set("maxlength minlength rows cols width height colspan rowspan start")
PATTERNS = {
    **dict.fromkeys(_NUMBERS, re.compile(r"\d+")),
    **dict.fromkeys(("lang", "hreflang"), re.compile(r"[a-z]{2,3}(-[A-Z]{2}|-[A-Z][a-z]{3})?|x-default")),
    **dict.fromkeys(("id", "for", "name"), re.compile(r"\S+")),
    "tabindex": re.compile(r"0|-1"),  # an order of its own is allowed, and never right
    "aria-hidden": re.compile(r"true|false"),
}
_DAY = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?"
_TIME = re.compile(rf"{_DAY}([T ]{_CLOCK}(Z|[+-]\d\d:?\d\d)?)?|{_CLOCK}|P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?")


def faults(root: Element) -> list[str]:
    """What is wrong with a page as a parser read it, in words; an empty list is a page in order."""
    found = list(_within(root, NOTHING, FLOW))
    labelable = {one.get("id") for one in root.iter() if name_of(one) in LABELABLE and one.get("type") != "hidden"}
    labels = {one.get("for") for one in root.iter(f"{HTML}label")}
    found += [f"<label for={name}> is of nothing that takes a label" for name in labels - labelable]
    mains = [one for one in root.iter(f"{HTML}main") if one.get("hidden") is None]
    return found if len(mains) == 1 else [*found, f"{len(mains)} <main>"]


def name_of(element: Element) -> str:
    """The name of an element, `svg` of all that is drawn, and nothing of a comment."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.removeprefix(HTML) if tag.startswith(HTML) else "svg" if tag else ""


def _within(element: Element, forbidden: frozenset[str], place: frozenset[str]) -> Iterator[str]:
    """Go through an element; `forbidden` may not stand in it at any depth, `place` is what its own place takes."""
    name = name_of(element)
    if name in ("", "svg"):
        return
    if name != "a" and name not in CHILDREN:
        yield f"<{name}> has no line here"
        return
    takes = place if name == "a" else CHILDREN[name]
    if name == "div" and "dt" in place:
        takes = frozenset({"dt", "dd"})
    yield from _attributes(element, name)
    yield from _order(element, name, takes)
    if _is_texted(element) and (name in WITHOUT_TEXT or takes == {"dt", "dd"}):
        yield f"<{name}> holds text"
    forbidden |= NEVER_WITHIN.get(name, NOTHING)
    for child in element:
        kind = name_of(child)
        if kind and kind not in takes:
            yield f"<{kind}> may not stand in <{name}>"
        elif kind in forbidden and not (kind == "input" and child.get("type") == "hidden"):
            yield f"<{kind}> may not stand anywhere in what is around <{name}>"
        yield from _within(child, forbidden, takes)


def _order(element: Element, name: str, takes: frozenset[str]) -> Iterator[str]:
    names = [kind for kind in map(name_of, element) if kind]
    first = FIRST.get(name)
    if first and first in names[1:]:
        yield f"<{first}> comes late in <{name}>"
    if name == "details" and names[:1] != ["summary"]:
        yield "<details> without <summary>"
    if takes == CHILDREN["dl"] or takes == {"dt", "dd"}:
        terms = [kind for kind in names if kind != "div"]
        if terms and (terms[0] != "dt" or terms[-1] != "dd"):
            yield f"<{name}> does not go from <dt> to <dd>"
    if (
        name in HEADINGS | {"title", "caption", "legend", "summary", "label"}
        and not "".join(element.itertext()).strip()
    ):
        yield f"<{name}> is empty"


def _is_texted(element: Element) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _attributes(element: Element, name: str) -> Iterator[str]:
    known = GLOBAL | ATTRIBUTES.get(name, NOTHING)
    for key, value in element.attrib.items():
        if key.startswith("data-"):
            continue
        if key not in known and key not in ARIA:
            yield f"<{name} {key}> is no attribute of it"
        elif not _is_value(name, key, value):
            yield f"<{name} {key}={value!r}> is no value of it"
    for key in NEEDED.get(name, ()):
        if element.get(key) is None:
            yield f"<{name}> without {key}"
    if name == "time" and not _TIME.fullmatch(element.get("datetime", "".join(element.itertext()).strip()) or "-"):
        yield f"<time> tells none: {element.get('datetime')}"


def _is_value(name: str, key: str, value: str) -> bool:
    choices = VALUES.get((name, key)) or VALUES.get(("*", key))
    if choices is not None:
        return value in choices
    if key in ("href", "src", "action", "formaction", "cite"):
        return _is_address(value)
    if key in _FLAGS:
        return value in ("", key)
    pattern = PATTERNS.get(key)
    return pattern is None or pattern.fullmatch(value) is not None


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    is_placed = parts.scheme not in ("http", "https") or bool(parts.netloc)
    return bool(value) and is_placed and not re.search(r'[\s<>"\\^`{|}]', value)
