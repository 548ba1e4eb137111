"""Mails kept in a home: each once, whole or not at all, and read back as a person sees them."""

import os
import subprocess
import sys

import pytest
from mails import LETTER, NOON, confirmation, go, letter

from campaign.errors import NotFoundError
from campaign.outside.mail.mailer import Handover, Outcome
from campaign.outside.mail.outbox import MailboxReader, OutboxMailer, file_name


def kept(home):
    folder = home / "outbox"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_a_message_becomes_one_file_named_by_its_id(tmp_path):
    assert OutboxMailer(tmp_path).hand_over(LETTER, go) == Handover(Outcome.ACCEPTED)
    assert kept(tmp_path) == ["letter.1@campaign.example.eml"]
    assert (tmp_path / "outbox" / kept(tmp_path)[0]).read_bytes().startswith(b"From: ")


def test_the_same_message_twice_is_one_file(tmp_path):
    mailer = OutboxMailer(tmp_path)
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    assert mailer.hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    assert OutboxMailer(tmp_path).hand_over(LETTER, go).outcome is Outcome.ACCEPTED
    assert len(kept(tmp_path)) == 1


def test_nobody_else_on_the_machine_can_read_kept_mail(tmp_path):
    OutboxMailer(tmp_path).hand_over(LETTER, go)
    folder = tmp_path / "outbox"
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / kept(tmp_path)[0]).stat().st_mode & 0o077 == 0


def test_no_file_shows_before_the_caller_has_said_yes(tmp_path):
    shown = []

    def look():
        shown.extend(MailboxReader(tmp_path).newest())
        return True

    assert OutboxMailer(tmp_path).hand_over(LETTER, look).outcome is Outcome.ACCEPTED
    assert shown == []
    assert len(MailboxReader(tmp_path).newest()) == 1


def test_a_lost_claim_leaves_nothing(tmp_path):
    assert OutboxMailer(tmp_path).hand_over(LETTER, lambda: False) == Handover(Outcome.ABANDONED)
    assert kept(tmp_path) == []


def test_an_error_while_writing_down_leaves_nothing(tmp_path):
    def fail():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        OutboxMailer(tmp_path).hand_over(LETTER, fail)
    assert kept(tmp_path) == []


def test_a_blocked_message_leaves_nothing(tmp_path):
    handover = OutboxMailer(tmp_path).hand_over(letter(reply_to_name="a =?utf-8?q?b?="), go)
    assert handover == Handover(Outcome.BLOCKED, "Reply-To name")
    assert kept(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_temporary(tmp_path):
    (tmp_path / "outbox").write_text("a file is in the way")
    asked = []
    handover = OutboxMailer(tmp_path).hand_over(LETTER, lambda: bool(asked.append(1)))
    assert handover == Handover(Outcome.TEMPORARY, "file exists write")
    assert asked == []


def test_a_name_that_cannot_be_given_is_temporary_and_leaves_no_half_file(tmp_path):
    (tmp_path / "outbox" / "letter.1@campaign.example.eml").mkdir(parents=True)
    handover = OutboxMailer(tmp_path).hand_over(LETTER, go)
    assert handover == Handover(Outcome.TEMPORARY, "is a directory rename")
    assert kept(tmp_path) == ["letter.1@campaign.example.eml"]


def test_a_disk_that_takes_no_more_is_temporary_and_leaves_no_half_file(tmp_path):
    """In a process of its own: the limit on file sizes is a process's."""
    program = (
        "import resource, sys, pathlib; sys.path[:0] = sys.argv[2:]\n"
        "from mails import go, letter\n"
        "from campaign.outside.mail.outbox import OutboxMailer\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "mailer = OutboxMailer(pathlib.Path(sys.argv[1]))\n"
        "print(mailer.hand_over(letter(text='a line\\n' * 1000), go).outcome.value)\n"
        "print(mailer.hand_over(letter(), go).outcome.value)\n"
    )
    command = [sys.executable, "-B", "-c", program, str(tmp_path), *sys.path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["temporary", "accepted"]
    assert kept(tmp_path) == ["letter.1@campaign.example.eml"]


@pytest.mark.parametrize(
    ("message_id", "name"),
    [
        ("<a.b@campaign.example>", "a.b@campaign.example.eml"),
        ("a.b@campaign.example", "a.b@campaign.example.eml"),
        ("../../etc/passwd@x", "=2e./..=2fetc=2fpasswd@x.eml".replace("/..", "=2f..")),
        ("a/b@x", "a=2fb@x.eml"),
        ("a=b@x", "a=3db@x.eml"),
    ],
)
def test_a_file_name_stays_in_its_folder(message_id, name):
    assert file_name(message_id) == name


def test_different_ids_have_different_names():
    ids = ["a/b@x", "a=2fb@x", "a_b@x", "a+b@x", "A@x", "a" * 160 + "@x", "a" * 161 + "@x"]
    assert len({file_name(one) for one in ids}) == len(ids)
    assert max(len(file_name(one)) for one in ids) <= 200


def test_a_kept_mail_is_read_as_its_reader_sees_it(tmp_path):
    OutboxMailer(tmp_path).hand_over(
        confirmation(to_name="Žaneta Łuka", reply_to_address="letters@campaign.example", subject="Ačiū, Žaneta"), go
    )
    (mail,) = MailboxReader(tmp_path).newest()
    assert mail.name == "confirm.1@campaign.example.eml"
    assert mail.sender == "Keep the ban <letters@campaign.example>"
    assert mail.recipient == "Žaneta Łuka <ona@example.org>"
    assert mail.reply_to == "letters@campaign.example"
    assert mail.subject == "Ačiū, Žaneta"
    assert mail.date == NOON
    assert mail.language == "nb"
    assert mail.text == confirmation().text
    assert mail.html == confirmation().html
    assert MailboxReader(tmp_path).one(mail.name) == mail


def test_a_letter_has_no_html(tmp_path):
    OutboxMailer(tmp_path).hand_over(letter(reply_to_name="", reply_to_address=""), go)
    (mail,) = MailboxReader(tmp_path).newest()
    assert (mail.html, mail.reply_to, mail.text) == ("", "", LETTER.text + "\n")


def test_the_newest_mail_comes_first_and_no_more_than_asked_for(tmp_path):
    mailer = OutboxMailer(tmp_path)
    for index in range(5):
        mailer.hand_over(letter(message_id=f"{index}@campaign.example", subject=f"no. {index}"), go)
        os.utime(tmp_path / "outbox" / f"{index}@campaign.example.eml", (1_000 + index, 1_000 + index))
    reader = MailboxReader(tmp_path)
    assert [mail.subject for mail in reader.newest()] == ["no. 4", "no. 3", "no. 2", "no. 1", "no. 0"]
    assert [mail.subject for mail in reader.newest(2)] == ["no. 4", "no. 3"]


def test_no_more_than_200_mails_are_listed(tmp_path):
    OutboxMailer(tmp_path).hand_over(LETTER, go)
    folder = tmp_path / "outbox"
    raw = (folder / "letter.1@campaign.example.eml").read_bytes()
    for index in range(220):
        (folder / f"copy{index}.eml").write_bytes(raw)
    assert len(MailboxReader(tmp_path).newest()) == 200
    assert len(MailboxReader(tmp_path).newest(1000)) == 200


def test_a_home_without_mail_lists_none(tmp_path):
    assert MailboxReader(tmp_path).newest() == ()


@pytest.mark.parametrize(
    "raw", [b"", b"no mail", b"Subject: =?utf-8?b?!?=\r\n\r\n", b"\xff\xfe\x00", b"From: a@x, b@x\r\n\r\n"]
)
def test_a_file_that_is_no_mail_of_ours_is_left_out(tmp_path, raw):
    OutboxMailer(tmp_path).hand_over(LETTER, go)
    (tmp_path / "outbox" / "other.eml").write_bytes(raw)
    (tmp_path / "outbox" / "folder.eml").mkdir()
    assert [mail.name for mail in MailboxReader(tmp_path).newest()] == ["letter.1@campaign.example.eml"]
    with pytest.raises(NotFoundError):
        MailboxReader(tmp_path).one("other.eml")


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../secret.eml", "..%2fsecret.eml", "/etc/passwd", "a/../secret.eml", ".hidden.eml", "none.eml",
     "secret.txt", "secret.eml\n", "secret.eml\0", "outbox/../secret.eml", "ü.eml", "a" * 300 + ".eml"],
)  # fmt: skip
def test_only_the_name_of_a_kept_mail_is_read(tmp_path, name):
    OutboxMailer(tmp_path).hand_over(LETTER, go)
    raw = (tmp_path / "outbox" / "letter.1@campaign.example.eml").read_bytes()
    (tmp_path / "secret.eml").write_bytes(raw)
    (tmp_path / "outbox" / ".hidden.eml").write_bytes(raw)
    with pytest.raises(NotFoundError):
        MailboxReader(tmp_path).one(name)
