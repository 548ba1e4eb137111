"""The DNS asked for real: by dnspython, of a small name server on the loopback."""

import contextlib
import socket
import threading
import time

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from campaign.errors import DnsError
from campaign.outside import dns as outside

LONG = f'"v=DKIM1; k=rsa; p={"A" * 200}" "{"B" * 190}"'
ZONE = {
    ("example.org.", "TXT"): ['"v=spf1 -all"', '"other"'],
    ("mail._domainkey.example.org.", "TXT"): [LONG],
    ("alias.example.org.", "TXT"): [],  # a CNAME, below
    ("example.org.", "MX"): ["10 mx.example.org."],
    ("null.example.org.", "MX"): ["0 ."],
    ("plain.example.org.", "A"): ["192.0.2.1"],
    ("six.example.org.", "AAAA"): ["2001:db8::1"],
}


class NameServer:
    """Answers from the zone; `broken.…` gets a failure, `silent.…` nothing."""

    def __enter__(self):
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        self.port = self._socket.getsockname()[1]
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()
        self._socket.close()

    def _serve(self):
        while not self._stop.is_set():
            with contextlib.suppress(TimeoutError):
                query, peer = self._socket.recvfrom(4096)
                answer = self._answer(dns.message.from_wire(query))
                if answer is not None:
                    self._socket.sendto(answer.to_wire(), peer)

    def _answer(self, query):
        [question] = query.question
        name, kind = question.name.to_text(), question.rdtype.name
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if name.startswith("silent."):
            return None
        if name.startswith("broken."):
            answer.set_rcode(dns.rcode.SERVFAIL)
            return answer
        if name.startswith("alias."):
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "CNAME", "example.org."))
            name = "example.org."
        if ZONE.get((name, kind)):
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *ZONE[name, kind]))
        elif not any(name == one for one, _ in ZONE):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer


@pytest.fixture
def resolver():
    with NameServer() as server:
        yield outside.DnsResolver(("127.0.0.1",), server.port)


def test_every_record_of_a_name_comes_whole(resolver):
    assert sorted(resolver.txt("example.org")) == ["other", "v=spf1 -all"]
    assert resolver.txt("mail._domainkey.example.org") == (f"v=DKIM1; k=rsa; p={'A' * 200}{'B' * 190}",)
    assert sorted(resolver.txt("alias.example.org.")) == ["other", "v=spf1 -all"]


def test_a_name_that_is_not_there_has_no_records_and_one_without_texts_neither(resolver):
    assert resolver.txt("nothing.example.org") == ()
    assert resolver.txt("plain.example.org") == ()


@pytest.mark.parametrize("name", ["broken.example.org", "a..b", "a" * 64 + ".example.org"])
def test_a_name_that_the_dns_says_nothing_of_is_an_error(resolver, name):
    with pytest.raises(DnsError):
        resolver.txt(name)
    assert resolver.has_mail(name) is None


def test_nobody_waits_longer_than_three_seconds_for_an_answer(resolver):
    before = time.monotonic()
    with pytest.raises(DnsError, match="LifetimeTimeout"):
        resolver.txt("silent.example.org")
    assert time.monotonic() - before < outside.LIFETIME_SECONDS + 1.5


@pytest.mark.parametrize(
    ("domain", "takes"),
    [
        ("example.org", True),
        ("plain.example.org", True),
        ("six.example.org", True),
        ("null.example.org", False),
        ("nothing.example.org", False),
    ],
)
def test_a_domain_takes_mail_by_its_exchange_or_its_address(resolver, domain, takes):
    assert resolver.has_mail(domain) is takes


def test_the_machine_is_asked_for_its_name_servers_only_with_the_first_question():
    assert vars(outside.DnsResolver()) == {"_nameservers": (), "_port": 53}


def test_the_fake_answers_from_its_dictionary():
    fake = outside.FakeResolver({"a.example": ("x",), "b.example": None}, {"a.example": True})
    assert (fake.txt("a.example"), fake.txt("c.example")) == (("x",), ())
    assert (fake.has_mail("a.example"), fake.has_mail("b.example")) == (True, None)
    with pytest.raises(DnsError):
        fake.txt("b.example")
    assert fake.asked == ["a.example", "c.example", "a.example", "b.example", "b.example"]
