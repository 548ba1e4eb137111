"""Rules of the lists: what is taken, and which one holds."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.domain import rule as rules
from campaign.domain.rule import Rule

LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
DOMAIN = (
    st.lists(LABEL, min_size=2, max_size=5).map(".".join).filter(lambda name: not name.rpartition(".")[2].isdigit())
)


@pytest.mark.parametrize(
    "typed",
    [
        "*", "*.", "*.*", "*.org", "*.co.uk", "*.com.pl", "a.*.org", "*a.example.org", "**.example.org", "org", "",
        ".", ".org", "-a.org", "a-.org", "a..org", "exa mple.org", "a@b.org", "10.0.0.1", "*.10.1", "a.org/x",
        "x" * 64 + ".org", ("a" * 50 + ".") * 6 + "org", "\x00.org", "ex*mple.org", "*.example.*",
    ],
)  # fmt: skip
def test_a_pattern_that_is_none_or_too_wide_is_not_taken(typed):
    assert rules.domain(typed) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Example.ORG", "example.org"),
        (" @example.org ", "example.org"),
        ("example.org.", "example.org"),
        ("*.Example.org", "*.example.org"),
        ("例え.jp", "xn--r8jz45g.jp"),
        ("*.mail.example.co.uk", "*.mail.example.co.uk"),
    ],
)
def test_a_domain_is_kept_as_it_is_compared(typed, kept):
    assert rules.domain(typed) == kept


@given(DOMAIN, LABEL)
def test_a_pattern_holds_for_all_below_it_and_not_for_itself_or_a_neighbour(name, label):
    pattern = rules.domain(f"*.{name}")
    if pattern is None:
        assert rules.is_registry(name)
        return
    below = f"{label}.{name}"
    assert pattern in rules.domains_over(below)
    assert pattern in rules.domains_over(f"deep.{below}")
    assert pattern not in rules.domains_over(name)
    assert pattern not in rules.domains_over(f"{label}{name}")
    assert rules.domain(below) == below in rules.domains_over(below) or len(below) > 253


@given(DOMAIN)
def test_whatever_a_domain_falls_under_can_be_kept_as_it_is_or_is_a_registrys(name):
    for value in rules.domains_over(name):
        assert rules.domain(value) == value or rules.is_registry(value.removeprefix("*."))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("192.0.2.7/24", "192.0.2.0/24"),
        ("192.0.2.7", "192.0.2.7/32"),
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("10.0.0.0/7", None),
        ("0.0.0.0/0", None),
        ("2001:db8::/32", "2001:db8::/32"),
        ("2001:db8::1", "2001:db8::1/128"),
        ("2000::/18", None),
        ("::ffff:192.0.2.0/120", None),
        ("192.0.2.0/33", None),
        ("192.0.2", None),
        ("example.org", None),
        ("", None),
    ],
)
def test_a_network_is_kept_as_cidr_and_not_too_wide(typed, kept):
    assert rules.network(typed) == kept


@given(st.ip_addresses(), st.integers(8, 128))
def test_a_client_falls_under_exactly_the_networks_that_hold_it(client, bits):
    if client.version == 4 and bits > 32:
        bits = 32
    if bits < rules.WIDEST[client.version] or (client.version == 6 and client.ipv4_mapped):
        return
    mine = rules.network(f"{client}/{bits}")
    assert mine is None or mine in rules.networks_over(str(client))
    flipped = ipaddress.ip_address(int(client) ^ (1 << (client.max_prefixlen - bits)))
    assert mine is None or flipped.version != client.version or mine not in rules.networks_over(str(flipped))


def test_an_address_in_ipv6_clothes_is_the_one_inside_and_what_is_no_address_falls_under_nothing():
    assert "192.0.2.0/24" in rules.networks_over("::ffff:192.0.2.7")
    assert rules.networks_over("fe80::1%eth0")[0] == "fe80::1/128"
    assert rules.networks_over("unknown") == ()


def test_people_are_told_apart_by_the_network_around_them():
    assert rules.around("192.0.2.7") == rules.around("192.0.2.200") == "192.0.2.0/24"
    assert rules.around("2001:db8:0:1::1") == rules.around("2001:db8:0:ff::1") == "2001:db8::/56"
    assert rules.around("") == ""


OVER = {
    "network": rules.networks_over("192.0.2.7"),
    "domain": rules.domains_over("mail.example.org"),
    "address": ("fingerprint",),
}


@pytest.mark.parametrize(
    ("held", "blocked_by"),
    [
        ((), None),
        ((("block", "domain", "mail.example.org"),), "domain"),
        ((("block", "domain", "*.example.org"),), "domain"),
        ((("block", "domain", "*.example.org"), ("allow", "domain", "mail.example.org")), None),
        ((("allow", "domain", "*.example.org"), ("block", "domain", "mail.example.org")), "domain"),
        ((("allow", "domain", "mail.example.org"), ("block", "domain", "mail.example.org")), "domain"),
        ((("block", "network", "192.0.0.0/16"), ("allow", "network", "192.0.2.0/24")), None),
        ((("block", "network", "192.0.2.0/24"), ("allow", "domain", "mail.example.org")), "network"),
        ((("block", "network", "192.0.2.0/24"), ("allow", "address", "fingerprint")), None),
        ((("allow", "network", "192.0.2.0/24"), ("block", "address", "fingerprint")), "address"),
        ((("block", "domain", "other.example"),), None),
    ],
)
def test_the_finest_rule_of_a_kind_decides_and_an_address_over_all(held, blocked_by):
    for those in (held, tuple(reversed(held))):
        assert rules.verdict((Rule(*one) for one in those), OVER).blocked_by == blocked_by
