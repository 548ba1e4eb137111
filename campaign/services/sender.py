"""Sender: looks at what the sender's domain has published, without which letters end among junk, or nowhere."""

from campaign.domain import spf, tags
from campaign.domain.finding import Finding, Verdict
from campaign.errors import DnsError
from campaign.outside.dkim import key_bits
from campaign.outside.dns import Resolver
from campaign.parts import Parts
from campaign.settings import Settings

_LEAST_BITS, _GOOD_BITS = 1024, 2048  # RFC 8301, section 3.2
_MOST_STEPS = 8  # RFC 9989, section 4.10: a walk up the tree asks no more often
_RANK: dict[Verdict, int] = {"good": 0, "warn": 1, "bad": 2}


def domain(parts: Parts) -> Finding:
    """See whether answers, and mail that comes back, have anywhere to go."""
    for one in _domains(parts.settings):
        takes = parts.resolver.has_mail(one)
        if takes is None:
            return _unasked("domain")
        if not takes:
            do = _publish(one, "MX", "10 NAME") + ", NAME being the server that takes its mail"
            return Finding("domain", "bad", f"{one} takes no mail: answers and bounces are lost", do)
    return Finding("domain", "good", f"{' and '.join(_domains(parts.settings))} takes mail")


def sender_policy(parts: Parts) -> Finding:
    """See whether the domain of every envelope says who may send for it (SPF, RFC 7208)."""
    try:
        found = [_policy(parts, one) for one in _domains(parts.settings)]
    except DnsError:
        return _unasked("spf")
    worst = max(found, key=lambda one: _RANK[one.verdict])
    todo = "; ".join(one.do for one in found if one.do)
    return Finding("spf", worst.verdict, "; ".join(one.seen for one in found), todo)


def signing_key(parts: Parts) -> Finding:
    """See whether the key that the relay signs with is published and strong enough (DKIM, RFC 6376 and 8301)."""
    selector = parts.settings.dkim_selector
    if not selector:
        seen = "the relay signs, or nobody does; its key cannot be looked up without its selector"
        do = "set CAMPAIGN_DKIM_SELECTOR to what stands at s= in the DKIM-Signature of a mail that the relay sent"
        return Finding("dkim", "warn", seen, do)
    name = f"{selector}._domainkey.{_domains(parts.settings)[0]}"
    try:
        found = parts.resolver.txt(name)
    except DnsError:
        return _unasked("dkim")
    if len(found) != 1:
        return _key("bad", name, f"{len(found) or 'no'} records at {name}, where one belongs")
    return _key_finding(name, tags.read(found[0]))


def alignment(parts: Parts) -> Finding:
    """See whether receivers are told what to do with mail that only pretends to be ours (DMARC, RFC 9989)."""
    sender = _domains(parts.settings)[0]
    ours = f"_dmarc.{sender}"
    wanted = _publish(ours, "TXT", "v=DMARC1; p=quarantine")
    try:
        place, found = _walk(parts.resolver, sender)
    except DnsError:
        return _unasked("dmarc")
    if not found:
        return Finding("dmarc", "warn", f"no record at {ours}, nor at a domain above it", wanted)
    if len(found) > 1:
        return Finding("dmarc", "bad", f"{len(found)} records at {place}, which receivers take for none", wanted)
    said = tags.read(found[0])
    is_above = place != ours
    policy = ((said.get("sp") if is_above else "") or said.get("p", "")).lower()
    seen = f"p={policy or 'nothing'} at {place}"
    if is_above:
        seen += " (found going up name by name; receivers of the older RFC 7489 go by their list of suffixes)"
    if policy not in ("quarantine", "reject"):
        verdict: Verdict = "warn" if policy == "none" else "bad"
        return Finding("dmarc", verdict, seen, f"when spf and dkim are good, {wanted}")
    return Finding("dmarc", "good", seen)


def _domains(settings: Settings) -> tuple[str, ...]:
    """The domain that mails are from, and that of their envelopes where it is another."""
    addresses = (settings.mail_from, settings.bounce_address or settings.mail_from)
    return tuple(dict.fromkeys(one.rpartition("@")[2].lower() for one in addresses))


def _unasked(name: str) -> Finding:
    return Finding(name, "warn", "the DNS cannot be asked from here", "look again later, or from another network")


def _publish(name: str, kind: str, text: str) -> str:
    return f'publish: {name} {kind} "{text}"' if kind == "TXT" else f"publish: {name} {kind} {text}"


def _policy(parts: Parts, sender: str) -> Finding:
    found = spf.records(parts.resolver.txt(sender))
    if len(found) != 1:
        seen = f"{len(found) or 'no'} records at {sender}, where one belongs"
        return Finding("spf", "bad", seen, _first_policy(parts.settings, sender, is_merged=len(found) > 1))
    record = spf.read(found[0])
    if record.unknown:
        seen = f"{sender} says {record.unknown[0]}, which nobody understands"
        return Finding("spf", "bad", seen, f"take {record.unknown[0]} out of the TXT record of {sender}")
    lookups, broken, end = _followed(parts.resolver, record)
    if broken:
        seen = f"{sender} leads to {broken}, which has no record that receivers understand"
        return Finding("spf", "bad", seen, f"take {broken} out of the TXT record of {sender}")
    if lookups > spf.MOST_LOOKUPS:
        seen = f"{sender} takes more than {spf.MOST_LOOKUPS} lookups (RFC 7208, 4.6.4)"
        return Finding("spf", "bad", seen, f"take out of the TXT record of {sender} whoever sends nothing for it")
    seen = f"{sender} ends in {end}all, {lookups} of {spf.MOST_LOOKUPS} lookups" if end else f"{sender} ends in nothing"
    if end in ("-", "~"):
        return Finding("spf", "good", seen)
    return Finding("spf", "bad" if end == "+" else "warn", seen, _publish(sender, "TXT", f"{record.senders} ~all"))


def _first_policy(settings: Settings, sender: str, *, is_merged: bool) -> str:
    """Say which record to publish; a relay of the domain's own is named, another's provider knows the word for it."""
    relay = settings.smtp_url.host if settings.smtp_url is not None else ""
    merged = ", with what the others name, and no other" if is_merged else ""
    if f".{relay}".endswith(f".{sender}"):
        return _publish(sender, "TXT", f"v=spf1 a:{relay} ~all") + merged
    return (
        f"{_publish(sender, 'TXT', 'v=spf1 include:NAME ~all')}, NAME being what the provider of {relay} says{merged}"
    )


def _followed(resolver: Resolver, first: spf.Spf) -> tuple[int, str, str]:
    """Follow a record: how many lookups it takes, which name on the way is broken, and the sign that it ends in.

    A name with a macro in it (`%{i}`) is counted and not followed. Past the most there may be, nothing more is asked.
    """
    lookups, end, waiting = first.lookups, first.end, [(one, one == first.redirect) for one in first.follows]
    while waiting and lookups <= spf.MOST_LOOKUPS:
        name, is_last = waiting.pop()
        if "%" in name:
            continue
        found = spf.records(resolver.txt(name))
        record = spf.read(found[0]) if len(found) == 1 else None
        if record is None or record.unknown:
            return lookups, name, end
        lookups += record.lookups
        waiting += [(one, is_last and one == record.redirect) for one in record.follows]
        end = record.end if is_last else end
    return lookups, "", end


def _key_finding(name: str, said: dict[str, str]) -> Finding:
    kind, encoded = said.get("k", "rsa").lower(), said.get("p", "")
    if not encoded:
        return _key("bad", name, f"the key at {name} is revoked (its p= is empty)")
    try:
        bits = key_bits(kind, encoded)
    except ValueError:
        return _key("bad", name, f"what stands at {name} is no {kind} key")
    if kind == "rsa" and bits < _GOOD_BITS:
        return _key("bad" if bits < _LEAST_BITS else "warn", name, f"the key at {name} has {bits} bits")
    if "y" in said.get("t", "").lower().split(":"):
        return Finding("dkim", "warn", f"the key at {name} says it is a test (t=y)", f"take t=y out of {name}")
    return Finding("dkim", "good", f"{kind} key of {bits} bits at {name}")


def _key(verdict: Verdict, name: str, seen: str) -> Finding:
    do = _publish(name, "TXT", "v=DKIM1; k=rsa; p=KEY")
    return Finding("dkim", verdict, seen, f"{do}, KEY being the public key (2048 bits) that the relay shows")


def _walk(resolver: Resolver, sender: str) -> tuple[str, tuple[str, ...]]:
    """Find the DMARC records that hold for a domain: its own, else the first on the way up, and where they are.

    There is no list of public suffixes here: every name of two labels or more is asked, as RFC 9989 (4.10) does.
    """
    labels = sender.split(".")
    starts = [0, *range(max(1, len(labels) - _MOST_STEPS + 1), len(labels) - 1)]
    for start in starts:
        place = "_dmarc." + ".".join(labels[start:])
        found = tuple(one for one in resolver.txt(place) if one.split(";")[0].replace(" ", "") == "v=DMARC1")
        if found:
            return place, found
    return f"_dmarc.{sender}", ()
