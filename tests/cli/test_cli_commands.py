"""The command line as operators and organisers use it: data on stdout, words on stderr, honest exit codes."""

import csv
import io
import json
import shutil

import people
import programs
import pytest
from databases import BUNDLED

COMMANDS = (
    (),
    ("serve",),
    ("migrate",),
    ("worker",),
    ("load",),
    ("letters",),
    ("stats",),
    ("export",),
    ("official",),
    ("official", "list"),
    ("official", "set"),
    ("official", "verify"),
    ("official", "takes"),
    ("bounce",),
    ("demo",),
    ("keys",),
    ("keys", "show"),
    ("keys", "check"),
    ("doctor",),
)


@pytest.fixture
def env(own_database, tmp_path):
    return programs.environment(own_database, tmp_path)


@pytest.fixture
def good(env):
    """Runs a command that must succeed, and gives what it printed."""

    def run(*arguments):
        done = programs.run(*arguments, env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def bad(env):
    """Runs a command that must fail with one line on stderr and no data, and gives that line."""

    def run(*arguments, code=1):
        done = programs.run(*arguments, env=env)
        assert done.returncode == code
        assert done.stdout == ""
        assert "Traceback" not in done.stderr
        return done.stderr

    return run


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(command, tmp_path):
    done = programs.run(*command, "--help", env=programs.environment(f"sqlite:///{tmp_path}/none.sqlite3", tmp_path))
    assert done.returncode == 0
    assert "Example:" in done.stdout
    assert f"campaign {' '.join(command)}".strip() in done.stdout.partition("Example:")[2]


def test_version(tmp_path):
    done = programs.run("--version", env=programs.environment(f"sqlite:///{tmp_path}/none.sqlite3", tmp_path))
    assert done.returncode == 0
    assert done.stdout.startswith("campaign, version ")


def test_wrong_usage_is_two_and_wrong_settings_are_named_at_once(tmp_path):
    env = programs.environment(f"sqlite:///{tmp_path}/none.sqlite3", tmp_path, RETRY_SECONDS="soon", DELIVERY="live")
    assert programs.run("stats", "--nonsense", env=env).returncode == 2
    done = programs.run("stats", env=env)
    assert done.returncode == 1
    for name in ("CAMPAIGN_RETRY_SECONDS", "CAMPAIGN_SMTP_URL", "CAMPAIGN_MAIL_FROM"):
        assert name in done.stderr


def test_stats_are_one_document_of_the_promised_shape(good, own_parts):
    people.confirmed(own_parts)
    people.sign(own_parts, "latvia")
    people.work(own_parts)
    document = json.loads(good("stats", "--json"))
    assert document["campaign"] == people.CAMPAIGN
    assert (document["confirmed"], document["pending"]) == (1, 1)
    assert set(document["states"]) == {"LT", "LV", "PL", "EE", "FI"}
    assert set(document["states"]["LT"]) == {
        "confirmed",
        "pending",
        "withdrawn",
        "letters_sent",
        "letters_waiting",
        "letters_held",
        "letters_refused",
        "letters_unknown",
    }
    assert document["states"]["LT"]["letters_sent"] == len(people.letters(own_parts))
    assert "1 confirmed, 1 pending" in good("stats")


def test_counts_come_by_what_is_asked(good, bad, own_parts):
    people.confirmed(own_parts, source="street")
    people.confirmed(own_parts, "latvia", email="per@example.org")
    rows = list(csv.DictReader(io.StringIO(good("export", "counts", "--by", "state,country,source"))))
    assert rows == [
        {"state": "LT", "country": "NO", "source": "street", "confirmed": "1"},
        {"state": "LV", "country": "NO", "source": "", "confirmed": "1"},
    ]
    assert json.loads(good("export", "counts", "--state", "lithuania", "--format", "json")) == [
        {"state": "LT", "confirmed": 1}
    ]
    assert json.loads(good("export", "counts", "--since", "2030-01-01", "--format", "json")) == []
    bad("export", "counts", "--by", "password")
    bad("export", "counts", "--since", "2026-02-01", "--until", "2026-01-01")
    bad("export", "counts", "--since", "9999-99-99", code=2)
    bad("export", "counts", "--state", "atlantis")
    bad("export", "counts", "--campaign", "nothing")


def test_signatures_come_without_people_unless_a_reason_is_given(good, own_parts, tmp_path):
    people.confirmed(own_parts, name="Zyxwv Canary", email="canary@example.org", paragraph="=1+1 is two")
    plain = good("export", "signatures")
    assert "canary" not in plain.lower()
    [row] = csv.DictReader(io.StringIO(plain))
    assert (row["state"], row["status"], row["country"]) == ("LT", "confirmed", "NO")
    path = tmp_path / "people.csv"
    good("export", "signatures", "--people", "an access request", "--output", str(path))
    [row] = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    assert (row["name"], row["email"], row["paragraph"]) == ("Zyxwv Canary", "canary@example.org", "'=1+1 is two")
    with own_parts.reading() as session:
        from sqlalchemy import text  # noqa: PLC0415

        audit = session.execute(text("SELECT what, reason FROM audit")).all()
    assert audit == [("export.people", "an access request")]


def test_an_office_is_set_then_verified_and_held_letters_go(good, bad, own_parts):
    people.confirmed(own_parts, "poland")
    set_president = ("official", "set", "PL", "president", "--email", "office@example.pl", "--source")
    bad(*set_president, "hearsay")
    bad("official", "set", "PL", "president", "--email", "nobody", "--source", "https://example.pl/")
    bad("official", "verify", "PL", "foreign-minister")
    bad("official", "verify", "PL", "king", code=2)
    bad("official", "verify", "XX", "president")
    good(*set_president, "https://example.pl/contact")
    listed = json.loads(good("official", "list", "--json"))["officials"]
    assert len(listed) == 35
    [found] = [one for one in listed if (one["state"], one["office"]) == ("PL", "president")]
    assert (found["status"], found["letters"]) == ("set", "held")
    good("official", "verify", "poland", "president")
    assert json.loads(good("stats", "--json"))["states"]["PL"]["letters_waiting"] == 1
    assert "office@example.pl" in good("official", "list")


def test_an_office_takes_what_it_asked_for_and_its_mailbox_follows(good, bad, env, own_parts):
    people.confirmed(own_parts, "lithuania")
    bad("official", "takes", "LT", "speaker", "silence", code=2)
    bad("official", "takes", "LT", "speaker", "nothing", "--reason", "x", code=2)
    bad("official", "takes", "LT", "speaker", "silence", "--reason", " ")
    done = programs.run("official", "takes", "LT", "speaker", "silence", "--reason", "their mail of today", env=env)
    assert (done.returncode, done.stdout) == (0, "")
    assert "speaker, foreign-affairs-committee of LT: silence; 1 waiting letters were stopped" in done.stderr
    listed = json.loads(good("official", "list", "--json"))["officials"]
    silent = {(one["state"], one["office"]) for one in listed if (one["takes"], one["letters"]) == ("silence", "none")}
    assert silent == {("LT", "speaker"), ("LT", "foreign-affairs-committee")}
    good("official", "takes", "lithuania", "prime-minister", "digest", "--reason", "their mail of today")
    assert "digest" in good("official", "list")


def test_loading_twice_changes_nothing_and_a_mistake_changes_nothing(good, env, tmp_path):
    before = good("stats", "--json")
    assert "nothing to change" in programs.run("load", str(BUNDLED), env=env).stderr
    folder = tmp_path / "copy"
    shutil.copytree(BUNDLED, folder)
    state = folder / "states" / "lithuania.yaml"
    state.write_text(state.read_text(encoding="utf-8").replace("code: LT", "code: XYZ"), encoding="utf-8")
    done = programs.run("load", str(folder), env=env)
    assert done.returncode == 1
    assert "states/lithuania.yaml:" in done.stderr
    assert set(json.loads(good("stats", "--json"))["states"]) == set(json.loads(before)["states"])


def test_the_doctor_says_a_line_each_and_what_to_do(env, database):
    """The tests' PostgreSQL forgets on a power cut, and the doctor sees that."""
    done = programs.run("doctor", env=env)
    lines = done.stdout.splitlines()
    bad = [line.split()[1] for line in lines if line.startswith("bad")]
    assert bad == (["database"] if database == "postgresql" else [])
    assert done.returncode == (1 if bad else 0)
    names = [line.split()[1] for line in lines]
    assert names == [
        "settings",
        "database",
        "migrations",
        "keys",
        "campaign",
        "texts",
        "mail",
        "rehearsal",
        "returns",
        "letters",
        "clock",
        "disk",
    ]
    assert all("->" in line for line in lines if not line.startswith("good"))
    document = json.loads(programs.run("doctor", "--json", env=env).stdout)
    assert [one["name"] for one in document["findings"]] == names


def test_another_secret_is_refused(good, env):
    assert "fits" in programs.run("keys", "check", env=env).stderr
    other = env | {"CAMPAIGN_SECRET_KEY": "another secret, just as long as the first"}
    for command in (("keys", "check"), ("stats",), ("worker",), ("serve", "--port", str(programs.free_port()))):
        done = programs.run(*command, env=other)
        assert done.returncode == 1
        assert "not the one this database was made with" in done.stderr
    assert "0123456789" not in good("keys", "show")


def test_demo_fills_a_database_that_holds_nobody(env, own_parts):
    done = programs.run("demo", "--signatures", "30", env=env)
    assert done.returncode == 0, done.stderr
    figures = json.loads(programs.run("stats", "--json", env=env).stdout)
    assert figures["confirmed"] == 30
    assert all(one["letters_waiting"] == 0 for one in figures["states"].values())


def test_demo_refuses_a_database_that_holds_real_people(env, own_parts):
    people.sign(own_parts)
    done = programs.run("demo", "--signatures", "30", env=env)
    assert done.returncode == 1
    assert "real supporters" in done.stderr


def test_a_new_home_is_told_what_to_do_first(bare_database, tmp_path):
    env = programs.environment(bare_database, tmp_path)
    done = programs.run("stats", env=env)
    assert (done.returncode, done.stdout) == (1, "")
    assert "run: campaign migrate" in done.stderr
    programs.run("migrate", env=env)
    done = programs.run("stats", env=env)
    assert done.returncode == 1
    assert "run: campaign load" in done.stderr


def test_migrating_twice_says_so(bare_database, tmp_path):
    env = programs.environment(bare_database, tmp_path)
    assert "brought up" in programs.run("migrate", env=env).stderr
    assert "up to date" in programs.run("migrate", env=env).stderr
