"""What a provider of calls signs, says and reads; no database, no network."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kinline.channels.telephone import cloud
from kinline.channels.telephone.cloud import Phase, Standing
from kinline.channels.telephone.keeping import Plan
from kinline.channels.telephone.markup import Writer
from kinline.channels.telephone.menu import menu

VECTORS = Path(__file__).parents[4] / "shared/data/telephone/twilio/request_validator_vectors.json"
DOOR = "https://hooks.bureau.example/hooks/voice"


@pytest.fixture(scope="module")
def stated() -> dict:
    if not VECTORS.exists():
        pytest.skip("the provider's own vectors lie in ../shared/data, which is not here")
    return json.loads(VECTORS.read_text())


def form(fields: list[tuple[str, str]]) -> bytes:
    return cloud.urlencode(fields).encode()


def test_every_signature_of_the_providers_own_vectors_is_right(stated):
    body, secret = form(list(stated["params"].items())), stated["auth_token"]

    right = [cloud.is_signed(each["uri"], body, shown=each["signature"], secret=secret) for each in stated["vectors"]]

    assert len(right) == 5
    assert right == [each["valid"] for each in stated["vectors"]]


def test_a_field_that_comes_twice_with_one_value_counts_once(stated):
    twice, url = stated["duplicate_params"], stated["vectors"][0]["uri"]

    body = form([tuple(each) for each in twice["params"]])

    assert cloud.is_signed(url, body, shown=twice["signature"], secret=stated["auth_token"])


def test_a_body_that_is_no_form_is_signed_by_its_digest(stated):
    said, url = stated["body"], stated["vectors"][0]["uri"]
    signed = f"{url}&bodySHA256={said['sha256']}"
    known = {"shown": said["signature_of_uri_plus_bodySHA256"], "secret": stated["auth_token"]}

    assert cloud.is_signed(signed, said["body"].encode(), **known)
    assert not cloud.is_signed(signed, said["body"].encode() + b" ", **known)


@pytest.mark.parametrize(
    "changed", [b"CallSid=CA1&Digits=2", b"CallSid=CA1", b"CallSid=CA1&Digits=1&x=", b"\xff", b"x"]
)
def test_whatever_is_changed_is_not_signed(changed):
    shown = cloud.signature(DOOR, [("CallSid", "CA1"), ("Digits", "1")], secret="s")

    assert cloud.is_signed(DOOR, b"CallSid=CA1&Digits=1", shown=shown, secret="s")
    assert not cloud.is_signed(DOOR, changed, shown=shown, secret="s")
    assert not cloud.is_signed(f"{DOOR}?step=9", b"CallSid=CA1&Digits=1", shown=shown, secret="s")


def test_without_a_secret_nobody_is_believed():
    shown = cloud.signature(DOOR, [], secret="")

    assert not cloud.is_signed(DOOR, b"", shown=shown, secret="")


@pytest.mark.parametrize("shown", ["", "é", "\ud800", "=" * 999])
def test_a_strange_signature_is_wrong_and_nothing_else(shown):
    assert not cloud.is_signed(DOOR, b"a=b", shown=shown, secret="s")


def test_where_a_call_stands_is_read_as_it_was_written():
    standing = Standing(step=7, after="born-again", languages=("uk", "ru"), silences=2, phase=Phase.TAPE)

    assert Standing.read(standing.query) == standing


@pytest.mark.parametrize("query", ["", "step=-1", "step=x&at=elsewhere&in=<>&after=../x", "silences=999999999"])
def test_an_address_that_says_nothing_is_a_call_that_begins(query):
    assert Standing.read(query) == Standing()


@pytest.mark.parametrize("number", ["+266696687", "anonymous", ""])
def test_a_number_that_stands_for_none_is_none(number):
    assert cloud.event([("CallSid", "CA1"), ("From", number)]).number == ""


def test_a_recording_without_length_is_silence():
    said = [("CallSid", "CA1"), ("RecordingSid", "RE0000001"), ("RecordingDuration", "0")]

    assert cloud.event(said).recording == ""


def written(after: str, *, language: str = "uk", **how: float) -> ET.Element:
    plan = Plan(after, language, (f"{after}-1", "stop"), menu().after(after))
    return ET.fromstring(Writer(DOOR).ask([plan], then=Standing(step=2, after=after, languages=(language,)), **how))


def test_keys_are_gathered_while_the_prompts_are_played():
    document = written("born")

    gather = document.find("Gather")
    assert [play.text for play in gather] == [f"{DOOR}/prompts/uk/born-1.wav", f"{DOOR}/prompts/uk/stop.wav"]
    assert (gather.get("numDigits"), gather.get("finishOnKey"), gather.get("timeout")) == ("8", "#", "6")
    assert gather.get("action") == f"{DOOR}?step=2&after=born&in=uk&silences=0&at=keys"
    assert document.find("Redirect").text == gather.get("action")


def test_a_voice_is_recorded_after_our_own_tone():
    document = written("who")

    record = document.find("Record").attrib
    assert [part.tag for part in document] == ["Gather", "Play", "Record", "Redirect"]
    assert document.find("Play").text.endswith("/uk/tone.wav")
    assert (record["finishOnKey"], record["maxLength"], record["timeout"], record["playBeep"]) == (
        "#0",
        "120",
        "4",
        "false",
    )


def test_what_is_written_is_escaped():
    assert b"&amp;" in Writer(DOOR).ask((), then=Standing())
    assert b"<Number>&lt;b&gt;</Number>" in Writer(DOOR).pass_on("<b>", plans=(), then=Standing())
    assert ET.fromstring(Writer(DOOR).pass_on("sip:staff@h", plans=(), then=Standing())).find("Dial/Sip") is not None
