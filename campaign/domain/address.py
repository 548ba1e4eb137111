"""A supporter's e-mail address: one we can mail as it stands, and the key that finds doubles."""

import re

from email_validator import EmailNotValidError, validate_email

MAX_CHARACTERS = 254  # RFC 5321, 4.5.3.1
MAX_LOCAL = 64
_MANY = re.compile(r"[,;\s]|@.*@")

# Providers that treat some spellings as one mailbox: domain -> (its main domain, drop dots, cut at).
# Only what the providers themselves say; everywhere else only the case is folded.
_PROVIDERS: dict[str, tuple[str, bool, str]] = {
    "gmail.com": ("gmail.com", True, "+"),
    "googlemail.com": ("gmail.com", True, "+"),
    "outlook.com": ("outlook.com", False, "+"),
    "hotmail.com": ("hotmail.com", False, "+"),
    "live.com": ("live.com", False, "+"),
    "icloud.com": ("icloud.com", False, "+"),
    "me.com": ("icloud.com", False, "+"),
    "mac.com": ("icloud.com", False, "+"),
    "fastmail.com": ("fastmail.com", False, "+"),
    "proton.me": ("proton.me", True, "+"),
    "protonmail.com": ("proton.me", True, "+"),
    "pm.me": ("proton.me", True, "+"),
}
_ROLES = frozenset(
    ("abuse", "postmaster", "noc", "mailer-daemon", "hostmaster", "webmaster", "noreply", "no-reply", "root")
)
_GATEWAYS = frozenset(
    (
        "txt.att.net", "mms.att.net", "vtext.com", "vzwpix.com", "tmomail.net", "messaging.sprintpcs.com",
        "email.uscc.net", "mymetropcs.com", "sms.myboostmobile.com", "text.republicwireless.com",
    )
)  # fmt: skip
_COMMON = (
    "gmail.com", "googlemail.com", "hotmail.com", "outlook.com", "live.com", "yahoo.com", "icloud.com", "proton.me",
    "protonmail.com", "gmx.de", "gmx.net", "web.de", "wp.pl", "onet.pl", "interia.pl", "inbox.lv", "inbox.lt",
    "mail.ee", "hot.ee", "suomi24.fi", "luukku.com", "online.no", "telia.com", "hotmail.se", "yahoo.se",
)  # fmt: skip
_KNOWN = frozenset((*_COMMON, "mail.com", "ymail.com", "gmx.com", "gmx.at", "me.com", "email.com", "hotmail.no"))


def fault(typed: str) -> str | None:
    """Say by its code why a trimmed address cannot be taken; None when it can.

    Refused are addresses that could not be mailed as they stand, source routes (`%` or `!` in the local part),
    literal IPs, bare hosts, and more than one address (RFC 5321; RFC 2606 for the reserved domains).
    """
    if not typed:
        return "E-EMAIL-EMPTY"
    if _MANY.search(typed) and typed.count("@") != 1:
        return "E-EMAIL-ONE"
    local = typed.rpartition("@")[0]
    if len(typed) > MAX_CHARACTERS or len(local) > MAX_LOCAL or "%" in local or "!" in local or "=?" in typed:
        return "E-EMAIL"
    if local and not local.isascii():
        return "E-EMAIL-ASCII"
    try:
        validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return "E-EMAIL"
    return None


def clean(typed: str) -> str:
    """Bring a taken address into the form it is mailed at: local part as typed, domain lower-case ASCII."""
    found = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    return f"{found.local_part}@{found.ascii_domain.lower()}"


def canonical(address: str) -> str:
    """Fold an address to what finds doubles: lower case, and the aliases that its provider folds."""
    local, _, domain = address.lower().rpartition("@")
    main, has_free_dots, cut = _PROVIDERS.get(domain, (domain, False, ""))
    if cut:
        local = local.partition(cut)[0] or local
    if has_free_dots:
        local = local.replace(".", "") or local
    return f"{local}@{main}"


def is_role_or_gateway(address: str) -> bool:
    """Tell whether nobody's own mailbox is there: a role of a mail system, or a gateway to text messages."""
    local, _, domain = address.lower().rpartition("@")
    return local in _ROLES or domain in _GATEWAYS


def is_free(domain: str) -> bool:
    """Tell whether anybody can have a mailbox at a domain (lower case)."""
    return domain in _KNOWN or domain in _PROVIDERS


def is_near(domain: str, known: str) -> bool:
    """Tell whether a domain is one slip of the pen from another: a letter wrong, missing, too much, or two swapped."""
    return domain != known and _is_one_slip(domain, known)


def free_mail() -> frozenset[str]:
    """Every domain at which anybody can have a mailbox, as far as it is known."""
    return _KNOWN | frozenset(_PROVIDERS)


def suggestion(address: str) -> str | None:
    """Guess the address that was meant when its domain is one slip away from a common one."""
    local, _, domain = address.rpartition("@")
    domain = domain.lower()
    if domain in _KNOWN or len(domain) < len("inbox.l"):
        return None
    near = [known for known in _COMMON if len(known) > len("gmx.de") and _is_one_slip(domain, known)]
    return f"{local}@{near[0]}" if near else None


def _is_one_slip(typed: str, known: str) -> bool:
    """One letter wrong, missing, too much, or two neighbours swapped (Damerau's four slips)."""
    if len(typed) == len(known):
        differing = [index for index in range(len(known)) if typed[index] != known[index]]
        is_swap = (
            len(differing) == 2
            and differing[1] == differing[0] + 1
            and typed[differing[0]] == known[differing[1]]
            and typed[differing[1]] == known[differing[0]]
        )
        return len(differing) == 1 or is_swap
    shorter, longer = sorted((typed, known), key=len)
    return len(longer) == len(shorter) + 1 and any(
        longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer))
    )
