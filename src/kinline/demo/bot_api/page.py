"""The stand-in by hand: a page on which one writes to the bot as an invented person, and reads what it answers.

``/person/17`` is the telephone of person 17. For programs: ``/person/17.json`` is what the bot wrote,
and a form field ``text``, ``press`` or ``phone`` posted to ``/person/17`` is what the person does.
"""

import json
import re
from html import escape

from kinline.demo.bot_api.people import Person
from kinline.demo.bot_api.servers import Document, Servers

Page = tuple[int, str, bytes, dict[str, str]]

_PERSON = re.compile(r"/person/(\d{1,12})(\.json)?")
_FRAME = """<!doctype html><html lang="uk"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Stand-in for Telegram</title><style>
body{{font:16px/1.4 system-ui;max-width:36rem;margin:1rem auto;padding:0 1rem}}
p{{white-space:pre-wrap;padding:.5rem .75rem;border-radius:.75rem;background:#e8eef4}}p.mine{{background:#dff0d8;
margin-left:4rem}}form{{display:inline}}input[name=text]{{width:70%}}button,input{{font:inherit;padding:.25rem .5rem}}
</style>{}"""
_WHO = """<h1>Stand-in for Telegram</h1><p>Nobody here is real. Every number is a person with a telephone.</p>
<a href="/person/17">Open the telephone of person 17</a>; any other number in the address is another person."""


def respond(servers: Servers, path: str, form: dict[str, str]) -> Page:
    """The page at ``path``; what was posted in ``form`` is done first."""
    if path == "/":
        return 200, "text/html; charset=utf-8", _FRAME.format(_WHO).encode(), {}
    found = _PERSON.fullmatch(path)
    if not found:
        return 404, "text/plain", b"Not Found", {}
    person = Person(servers, int(found[1]))
    if form:
        _act(person, form)
        return 303, "text/plain", b"", {"Location": path}
    if found[2]:
        heard = json.dumps([_shown(said) for said in person.sees()], ensure_ascii=False)
        return 200, "application/json", heard.encode(), {}
    return 200, "text/html; charset=utf-8", _FRAME.format(_telephone(person, path)).encode(), {"Refresh": "5"}


def _act(person: Person, form: dict[str, str]) -> None:
    if "press" in form:
        person.presses(form["press"])
    elif "phone" in form:
        person.shares_contact(form["phone"])
    elif form.get("text"):
        person.writes(form["text"])


def _telephone(person: Person, path: str) -> str:
    said = "".join(_bubble(message, path) for message in person.sees())
    box = '<input name="text" autofocus autocomplete="off"> <button>Send</button>'
    return f'<h1>Person {person.number}</h1>{said}<form method="post" action="{path}">{box}</form>'


def _bubble(message: Document, path: str) -> str:
    side = "" if message["from"]["is_bot"] else ' class="mine"'
    shown = escape(_shown(message)["text"] or "(a file)")
    pressed = "".join(
        f'<form method="post" action="{path}"><button name="press" value="{words}">{words}</button></form> '
        for words in map(escape, _shown(message)["buttons"])
    )
    return f"<p{side}>{shown}</p>{pressed}"


def _shown(message: Document) -> Document:
    markup = message.get("reply_markup", {})
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    text = message.get("text") or message.get("caption") or message.get("contact", {}).get("phone_number", "")
    return {
        "id": message["message_id"],
        "from": "bureau" if message["from"]["is_bot"] else "person",
        "text": text,
        "buttons": [button["text"] for row in rows for button in row],
    }
