"""Payloads that another project collected: every one is read, and those with words give them."""

import json
from pathlib import Path

import pytest

from kinline.channels.base import Kind
from kinline.channels.telegram import CHANNEL, client
from kinline.channels.telegram.client import Answered, Refused, RetryAfter
from kinline.channels.wires import Reply
from kinline.intake.notices import Notice

# Pure: no database is asked.
pytestmark = pytest.mark.once

FOLDER = Path(__file__).parents[3].parent / "shared/data/telegram"
PAYLOADS = sorted(FOLDER.rglob("*.json"))
ABSENT = "no payloads at ../shared/data/telegram"

# What a person is heard to say: (text, number of files).
HEARD = {
    "update__message__01": ("hello there", 0),
    "update__de_private_chat_text_message__04": ("4", 0),
    "message__de_text__24": ("Лол кек 😂", 0),
    "message__de_sticker__25": ("😡", 0),
    "message__effect_id__50": ("El Psy Kongroo", 0),
    "message__de_media_forwarded__21": ("", 1),
    "message__de_media_group_forwarded__23": ("", 1),
    "message__de_image__26": ("", 1),
    "message__parse_caption_entities__32": (None, 1),
    "message__show_caption_above_media__51": (None, 1),
    "message__issue_481__30": ("Title\nAddress\ngeo:0.0,0.0", 0),
}
# Answers and parts of answers, which no update is, and one message without chat and number.
UNREADABLE = {"chat_member", "request__smoke", "request__migrate", "request__retry_after"}


def read_file(path: Path):
    return CHANNEL.read(path.read_bytes())


@pytest.mark.skipif(not PAYLOADS, reason=ABSENT)
@pytest.mark.parametrize("path", PAYLOADS, ids=lambda path: path.stem)
def test_every_payload_is_read(path):
    came = json.loads(path.read_bytes())

    heard = read_file(path)

    assert len(heard) == (len(came["result"]) if isinstance(came.get("result"), list) else 1)
    assert all(one.wire_id for one in heard)
    if "update_id" in came:
        assert heard[0].wire_id == str(came["update_id"])
        assert heard[0].kind is not Kind.UNREADABLE


@pytest.mark.skipif(not PAYLOADS, reason=ABSENT)
@pytest.mark.parametrize("path", PAYLOADS, ids=lambda path: path.stem)
def test_only_what_a_person_says_alone_with_the_bot_is_a_message(path):
    messages = [one for one in read_file(path) if one.kind is Kind.MESSAGE]

    assert bool(messages) == (path.stem in HEARD)
    for one in messages:
        text, files = HEARD[path.stem]
        assert text is None or one.text == text
        assert len(one.attachments) == files


@pytest.mark.skipif(not PAYLOADS, reason=ABSENT)
@pytest.mark.parametrize("path", PAYLOADS, ids=lambda path: path.stem)
def test_only_what_is_no_update_goes_to_a_person_unread(path):
    unread = [one for one in read_file(path) if one.kind is Kind.UNREADABLE]

    is_expected = path.stem.startswith(tuple(UNREADABLE)) or path.stem == "request__update_err__20"
    assert len(unread) == int(is_expected)


@pytest.mark.skipif(not PAYLOADS, reason=ABSENT)
def test_blocking_groups_and_albums_are_seen_in_the_payloads():
    heard = {path.stem: read_file(path)[0] for path in PAYLOADS}

    assert (heard["update__issue_523__08"].kind, heard["update__issue_523__08"].notice) == (Kind.BOUNCE, Notice.BLOCKED)
    assert heard["message__de_media_group_forwarded__23"].album == "12543417770506682"
    assert heard["update__dice_works__06"].notice == Notice.GROUP
    assert heard["message__gift_info__47"].notice == Notice.CHANNEL
    assert [heard[f"message__issue_427__{n}"].notice for n in (28, 29)] == ["", ""]


@pytest.mark.skipif(not PAYLOADS, reason=ABSENT)
@pytest.mark.parametrize(
    ("name", "status", "outcome"),
    [
        ("request__retry_after__18", 429, RetryAfter(123456)),
        ("request__migrate__17", 400, Refused("moved")),
        ("request__smoke_err__16", 403, Refused("blocked")),
    ],
)
def test_answers_of_telegram_are_understood(name, status, outcome):
    body = next(path for path in PAYLOADS if path.stem == name).read_bytes()

    assert client._understood(Reply(status, body)) == outcome


@pytest.mark.skipif(not PAYLOADS, reason=ABSENT)
def test_a_plain_yes_of_telegram_is_understood():
    body = next(path for path in PAYLOADS if path.stem == "request__smoke_ok__15").read_bytes()

    assert client._understood(Reply(200, body)) == Answered(True, raw=body)
