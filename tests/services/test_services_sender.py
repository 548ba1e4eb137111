"""What the looks at the sender's domain find, and what they say to publish."""

import base64
import dataclasses

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from databases import real_parts, settings_for

from campaign.outside.dns import FakeResolver
from campaign.services import sender
from campaign.services.examine import examine

HOME = "letters.example.org"
KEY_NAME = f"mail2026._domainkey.{HOME}"
DMARC_NAME = f"_dmarc.{HOME}"
ED25519 = base64.b64encode(b"k" * 32).decode()
# Of 512 bits; the library makes none that small any more.
TINY = (
    "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALEyRfvMhFrQlNdGA9HLU6mw/ncI/kub25r7xMNYyeWa"
    "UxIclIW0wmR7WdG5m3MXAIunMw1qwd4VwKELBJme8S0CAwEAAQ=="
)
DEEP = {f"d{n}.example": (f"v=spf1 include:d{n + 1}.example ~all",) for n in range(1, 20)}


def key(bits: int) -> str:
    public = rsa.generate_private_key(65537, bits).public_key()
    return base64.b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


WEAK, STRONG = key(1024), key(2048)


@pytest.fixture
def looked(tmp_path):
    """Looks with a DNS of a test's own, from an installation whose database is never asked."""

    def look(at, texts, mail=None, **changed):
        given = {
            "DELIVERY": "live",
            "SMTP_URL": "smtp://relay.example.net",
            "MAIL_FROM": f"keep@{HOME}",
            "DKIM_SELECTOR": "mail2026",
        }
        settings = settings_for(f"sqlite:///{tmp_path}/none.sqlite3", tmp_path, **(given | changed))
        with real_parts(settings) as parts:
            return at(dataclasses.replace(parts, resolver=FakeResolver(texts, mail)))

    return look


@pytest.mark.parametrize(
    ("texts", "verdict", "seen", "do"),
    [
        ({HOME: ("v=spf1 ip4:192.0.2.1 -all", "other")}, "good", "ends in -all, 0 of 10 lookups", ""),
        ({HOME: ("v=spf1 a mx ~all",)}, "good", "ends in ~all, 2 of 10 lookups", ""),
        (
            {},
            "bad",
            "no records",
            f'publish: {HOME} TXT "v=spf1 include:NAME ~all", NAME being what the provider of rel',
        ),
        ({HOME: ("v=spf1 -all", "v=spf1 mx ~all")}, "bad", "2 records", "with what the others name, and no other"),
        ({HOME: ("v=spf1 mx +all",)}, "bad", "ends in +all", f'publish: {HOME} TXT "v=spf1 mx ~all"'),
        ({HOME: ("v=spf1 mx all",)}, "bad", "ends in +all", f'publish: {HOME} TXT "v=spf1 mx ~all"'),
        ({HOME: ("v=spf1 mx ?all",)}, "warn", "ends in ?all", f'publish: {HOME} TXT "v=spf1 mx ~all"'),
        ({HOME: ("v=spf1 mx",)}, "warn", "ends in nothing", f'publish: {HOME} TXT "v=spf1 mx ~all"'),
        ({HOME: ("v=spf1 ipv4:192.0.2.1 ~all",)}, "bad", "says ipv4:192.0.2.1", "take ipv4:192.0.2.1 out"),
        (
            {HOME: ("v=spf1 include:a.example ~all",), "a.example": ("v=spf1 mx include:b.example -all",)},
            "bad",
            "leads to b.example",
            f"take b.example out of the TXT record of {HOME}",
        ),
        (
            {
                HOME: ("v=spf1 include:a.example ~all",),
                "a.example": ("v=spf1 mx include:b.example +all",),
                "b.example": ("v=spf1 a ?all",),
            },
            "good",
            "ends in ~all, 4 of 10 lookups",
            "",
        ),
        ({HOME: ("v=spf1 redirect=a.example",), "a.example": ("v=spf1 a -all",)}, "good", "-all, 2 of 10 lookups", ""),
        ({HOME: ("v=spf1 redirect=a.example",), "a.example": ("v=spf1 a +all",)}, "bad", "ends in +all", ""),
        ({HOME: ("v=spf1 redirect=a.example",)}, "bad", "leads to a.example", "take a.example out"),
        (
            {HOME: ("v=spf1 include:a.example ~all",), "a.example": ("v=spf1 ip:192.0.2.1 -all",)},
            "bad",
            "leads to a.example",
            "take a.example out",
        ),
        ({HOME: ("v=spf1 include:%{i}.x.example exists:%{d} ~all",)}, "good", "2 of 10 lookups", ""),
        ({HOME: ("v=spf1" + " a" * 10 + " ~all",)}, "good", "10 of 10 lookups", ""),
        ({HOME: ("v=spf1" + " a" * 11 + " ~all",)}, "bad", "more than 10 lookups", "whoever sends nothing"),
        ({HOME: ("v=spf1 include:d1.example ~all",)} | DEEP, "bad", "more than 10 lookups", ""),
        ({HOME: (f"v=spf1 include:{HOME} ~all",)}, "bad", "more than 10 lookups", ""),
        ({HOME: None}, "warn", "cannot be asked", ""),
        ({HOME: ("v=spf1 include:a.example ~all",), "a.example": None}, "warn", "cannot be asked", ""),
    ],
)
def test_who_may_send_for_the_domain(looked, texts, verdict, seen, do):
    found = looked(sender.sender_policy, texts)
    assert (found.name, found.verdict) == ("spf", verdict)
    assert seen in found.seen
    assert do in found.do
    assert bool(found.do) == (verdict != "good")


def test_a_relay_of_the_domain_itself_is_named_in_the_record_to_publish(looked):
    found = looked(sender.sender_policy, {}, SMTP_URL=f"smtp://relay.{HOME}")
    assert found.do == f'publish: {HOME} TXT "v=spf1 a:relay.{HOME} ~all"'


def test_the_domain_of_the_envelope_is_looked_at_too_where_it_is_another(looked):
    texts = {HOME: ("v=spf1 mx ~all",), "back.example": ("v=spf1 mx ?all",)}
    found = looked(sender.sender_policy, texts, BOUNCE_ADDRESS="returned@Back.example")
    assert (found.verdict, found.do) == ("warn", 'publish: back.example TXT "v=spf1 mx ~all"')
    assert found.seen == f"{HOME} ends in ~all, 1 of 10 lookups; back.example ends in ?all, 1 of 10 lookups"
    assert looked(sender.sender_policy, texts, BOUNCE_ADDRESS=f"returned@{HOME}").verdict == "good"


def test_no_more_is_asked_than_the_standard_lets_receivers_ask(tmp_path):
    settings = settings_for(f"sqlite:///{tmp_path}/none.sqlite3", tmp_path, MAIL_FROM="a@d1.example")
    with real_parts(settings) as parts:
        resolver = FakeResolver(DEEP)
        sender.sender_policy(dataclasses.replace(parts, resolver=resolver))
    assert len(resolver.asked) == 11


@pytest.mark.parametrize(
    ("texts", "verdict", "seen"),
    [
        ((f"v=DKIM1; k=rsa; p={STRONG}",), "good", "rsa key of 2048 bits"),
        ((f"p={STRONG}",), "good", "rsa key of 2048 bits"),
        ((f"v=DKIM1; k=ed25519; p={ED25519}",), "good", "ed25519 key of 256 bits"),
        ((f"v=DKIM1; t=y:s; p={STRONG}",), "warn", "t=y"),
        ((f"v=DKIM1; p={WEAK}",), "warn", "1024 bits"),
        ((f"v=DKIM1; p={TINY}",), "bad", "512 bits"),
        (("v=DKIM1; k=rsa; p=",), "bad", "revoked"),
        (("v=DKIM1; k=rsa; p=KEY",), "bad", "no rsa key"),
        ((f"v=DKIM1; k=ed25519; p={STRONG}",), "bad", "no ed25519 key"),
        ((), "bad", "no records"),
        ((f"p={STRONG}", "p="), "bad", "2 records"),
        (None, "warn", "cannot be asked"),
    ],
)
def test_the_key_that_the_relay_signs_with(looked, texts, verdict, seen):
    found = looked(sender.signing_key, {KEY_NAME: texts})
    assert (found.name, found.verdict) == ("dkim", verdict)
    assert seen in found.seen
    assert bool(found.do) == (verdict != "good")
    if verdict == "bad":
        assert found.do.startswith(f'publish: {KEY_NAME} TXT "v=DKIM1; k=rsa; p=KEY", KEY being the public key')


def test_without_a_selector_nothing_is_asked_and_the_setting_is_named(looked):
    found = looked(sender.signing_key, {}, DKIM_SELECTOR="")
    assert (found.verdict, found.seen.startswith("the relay signs")) == ("warn", True)
    assert "CAMPAIGN_DKIM_SELECTOR" in found.do


@pytest.mark.parametrize(
    ("texts", "verdict", "seen"),
    [
        ({DMARC_NAME: ("v=DMARC1; p=reject",)}, "good", f"p=reject at {DMARC_NAME}"),
        ({DMARC_NAME: ("v=DMARC1;p=Quarantine; sp=none", "other")}, "good", "p=quarantine"),
        ({DMARC_NAME: ("v=DMARC1; p=none; rua=mailto:a@example.org",)}, "warn", "p=none"),
        ({DMARC_NAME: ("v=DMARC1; rua=mailto:a@example.org",)}, "bad", "p=nothing"),
        ({DMARC_NAME: ("v=DMARC1; p=reject", "v=DMARC1; p=none")}, "bad", "2 records"),
        ({DMARC_NAME: ("v=DMARC10; p=reject",)}, "warn", "no record"),
        ({"_dmarc.example.org": ("v=DMARC1; p=reject",)}, "good", "going up name by name"),
        ({"_dmarc.example.org": ("v=DMARC1; p=reject; sp=none",)}, "warn", "p=none at _dmarc.example.org"),
        ({"_dmarc.example.org": ("v=DMARC1; p=none; sp=reject",)}, "good", "p=reject"),
        ({"_dmarc.org": ("v=DMARC1; p=reject",)}, "warn", "no record"),
        ({}, "warn", f"no record at {DMARC_NAME}"),
        ({DMARC_NAME: None}, "warn", "cannot be asked"),
        ({"_dmarc.example.org": None}, "warn", "cannot be asked"),
    ],
)
def test_what_receivers_are_told_to_do_with_pretended_mail(looked, texts, verdict, seen):
    found = looked(sender.alignment, texts)
    assert (found.name, found.verdict) == ("dmarc", verdict)
    assert seen in found.seen
    if verdict != "good" and seen != "cannot be asked":
        assert f'publish: {DMARC_NAME} TXT "v=DMARC1; p=quarantine"' in found.do


def test_a_long_name_is_walked_up_in_no_more_than_eight_steps(tmp_path):
    name = ".".join("abcdefghijklm") + ".example"
    settings = settings_for(f"sqlite:///{tmp_path}/none.sqlite3", tmp_path, MAIL_FROM=f"a@{name}")
    with real_parts(settings) as parts:
        resolver = FakeResolver()
        sender.alignment(dataclasses.replace(parts, resolver=resolver))
    assert resolver.asked[0] == f"_dmarc.{name}"
    assert resolver.asked[1:] == [f"_dmarc.{'.'.join('abcdefghijklm'[n:])}.example" for n in range(7, 13)]


@pytest.mark.parametrize(
    ("mail", "verdict", "do"),
    [
        ({HOME: True, "back.example": True}, "good", ""),
        ({HOME: True, "back.example": False}, "bad", "publish: back.example MX 10 NAME"),
        ({HOME: False}, "bad", f"publish: {HOME} MX 10 NAME"),
        ({HOME: True}, "warn", "look again later"),
    ],
)
def test_answers_and_what_comes_back_have_somewhere_to_go(looked, mail, verdict, do):
    found = looked(sender.domain, {}, mail, BOUNCE_ADDRESS="returned@back.example")
    assert (found.name, found.verdict) == ("domain", verdict)
    assert do in found.do


def test_only_live_mail_is_judged_by_its_domain(looked):
    names = {one.name for one in looked(examine, {})}
    kept = looked(examine, {}, DELIVERY="outbox", SMTP_URL="")
    assert names - {one.name for one in kept} == {"domain", "spf", "dkim", "dmarc"}
    [mail] = [one for one in kept if one.name == "mail"]
    assert (mail.verdict, "nothing is sent" in mail.seen) == ("good", True)
