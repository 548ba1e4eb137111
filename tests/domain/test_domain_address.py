"""Addresses: one, that can be mailed as it stands; and the key that finds doubles."""

import pytest

from campaign.domain import address


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "E-EMAIL-EMPTY"),
        ("a", "E-EMAIL"),
        ("a@", "E-EMAIL"),
        ("@b.org", "E-EMAIL"),
        ("a@b", "E-EMAIL"),
        ("a@.org", "E-EMAIL"),
        ("a..b@x.org", "E-EMAIL"),
        ("a@x..org", "E-EMAIL"),
        ("a@example.org\nb", "E-EMAIL"),
        ("a@example.org,b@example.org", "E-EMAIL-ONE"),
        ("a@example.org b@example.org", "E-EMAIL-ONE"),
        ("a@[127.0.0.1]", "E-EMAIL"),
        ("a@localhost", "E-EMAIL"),
        ("a@intranet", "E-EMAIL"),
        ("a@test", "E-EMAIL"),
        ("a@x.invalid", "E-EMAIL"),
        ("a@x.onion", "E-EMAIL"),
        ("jörg@example.org", "E-EMAIL-ASCII"),
        ("victim%good.org@evil.org", "E-EMAIL"),
        ("good.org!victim@evil.org", "E-EMAIL"),
        ("<victim@good.org>attacker@evil.org", "E-EMAIL-ONE"),
        ("a" * 65 + "@example.org", "E-EMAIL"),
        ("a@" + "b" * 64 + ".org", "E-EMAIL"),
        ("a@" + "b." * 130 + "org", "E-EMAIL"),
        ("<script>@example.org", "E-EMAIL"),
        ('a@example.org"><img>', "E-EMAIL"),
    ],
)
def test_what_cannot_be_mailed_is_refused_by_its_code(typed, code):
    assert address.fault(typed) == code


@pytest.mark.parametrize(
    ("typed", "mailed"),
    [
        ("A.B+x@Example.ORG", "A.B+x@example.org"),
        ("x@例え.jp", "x@xn--r8jz45g.jp"),
        ("a@аpple.com", "a@xn--pple-43d.com"),
        ("-oQ/tmp@example.org", "-oQ/tmp@example.org"),
    ],
)
def test_the_local_part_is_kept_and_the_domain_is_ascii(typed, mailed):
    assert address.fault(typed) is None
    assert address.clean(typed) == mailed


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("f.irst@gmail.com", "first+x@googlemail.com", True),
        ("A.B@example.org", "a.b@example.org", True),
        ("a.b@example.org", "ab@example.org", False),
        ("a+x@example.org", "a@example.org", False),
        ("a.b@outlook.com", "ab@outlook.com", False),
        ("ab+x@outlook.com", "ab@outlook.com", True),
    ],
)
def test_only_what_providers_fold_is_one_mailbox(one, other, is_same):
    assert (address.canonical(one) == address.canonical(other)) is is_same


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("a@gmial.com", "a@gmail.com"),
        ("a@hotmail.con", "a@hotmail.com"),
        ("a@gmail.com", None),
        ("a@mail.com", None),
        ("a@example.org", None),
        ("a@regjeringen.no", None),
    ],
)
def test_one_slip_in_a_common_domain_is_asked_about(typed, suggested):
    assert address.suggestion(typed) == suggested
