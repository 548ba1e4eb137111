"""Passwords: hashed as dearly as OWASP asks, with a salt of their own, and held against accounts that are not there."""

from campaign.outside.passwords import Passwords

PASSWORD = "a heron walks on the wet roof"


def test_a_password_is_hashed_by_argon2id_in_nineteen_mebibytes_and_two_rounds():
    passwords = Passwords()
    hashed = passwords.hash(PASSWORD)
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.hash(PASSWORD) != hashed
    assert passwords.fits(PASSWORD, hashed)
    assert not passwords.fits(PASSWORD + ".", hashed)
    assert not passwords.fits(PASSWORD, "")


def test_a_hash_made_with_less_is_old():
    assert Passwords().is_old(Passwords(memory_kib=64, rounds=1).hash(PASSWORD))
    assert not Passwords().is_old(Passwords().hash(PASSWORD))
