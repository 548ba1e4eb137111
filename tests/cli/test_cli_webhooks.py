"""Webhooks from the command line: nothing that leads inside, and what there is, without its secret."""

import json

import programs
from databases import real_parts, settings_for
from webhooks import SECRET, hook


def test_a_webhook_is_listed_tried_and_ended_and_none_leads_inside(own_database, tmp_path):
    env = programs.environment(own_database, tmp_path)
    with real_parts(settings_for(own_database, tmp_path)) as parts:
        hook_id = hook(parts, "signature.confirmed")

    def run(*arguments):
        return programs.run("webhook", *arguments, env=env)

    refused = run("add", "https://127.0.0.1/", "--event", "signature.confirmed")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "E-WEBHOOK-URL" in refused.stderr
    listed = run("list", "--json")
    assert SECRET not in listed.stdout
    [found] = json.loads(listed.stdout)["webhooks"]
    assert (found["id"], found["status"], found["events"]) == (hook_id, "live", ["signature.confirmed"])
    call_id = run("test", hook_id).stdout.strip()
    [call] = json.loads(run("calls", hook_id, "--json").stdout)["calls"]
    assert (call["id"], call["event"], call["status"]) == (call_id, "test", "queued")
    assert run("end", hook_id).returncode == 0
    assert hook_id in run("list").stdout
    assert "ended" in run("list").stdout
    assert run("test", hook_id).returncode == 1
    assert run("calls", "nobody").returncode == 1
