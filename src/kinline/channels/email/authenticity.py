"""Whether the mail server of the bureau itself vouches that a mail came from where its From says.

Only what a server writes that the bureau has named as its own is believed; nobody's word is, unless one is named.
Whatever is ambiguous - two From fields, an address inside a name, a comment, a NUL - is vouched for by nobody: servers
and readers have been made to see two different senders in such mails.

Source: RFC 8601 (Authentication-Results); RFC 7489 (DMARC); "Composition Kills", USENIX Security 2020.
"""

import re
from collections.abc import Collection
from email.message import Message

from kinline.channels.email import headers

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}"
_PLAIN = re.compile(
    r'\s*(?:(?:"[^"\\<>@\x00-\x1f\x7f]*"|[^"<>@,;:()\\\x00-\x1f\x7f]*)\s*'
    rf"<({_LOCAL})@([A-Za-z0-9.-]{{1,255}})>|({_LOCAL})@([A-Za-z0-9.-]{{1,255}}))\s*"
)
_COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)")
_DMARC = re.compile(r"^dmarc\s*=\s*([a-z]+)", re.IGNORECASE)
_FROM = re.compile(r"\bheader\.from\s*=\s*\"?([A-Za-z0-9.-]+)\"?", re.IGNORECASE)
_MOST_COMMENTS = 5


def is_vouched_for(mail: Message, *, trusted: Collection[str]) -> bool:
    """Whether every result of DMARC that a server of ``trusted`` wrote is a pass for the domain of the only From."""
    domain = _domain(mail)
    servers = {name.lower() for name in trusted}
    if not domain or not servers:
        return False
    results = [
        result
        for field in headers.fields(mail, "authentication-results")
        for result in _results(field, servers)
        if _DMARC.match(result)
    ]
    return bool(results) and all(_is_pass(result, domain) for result in results)


def _domain(mail: Message) -> str:
    """The domain of the one plain address of the one From, or ""."""
    fields = headers.fields(mail, "from")
    found = _PLAIN.fullmatch(fields[0]) if len(fields) == 1 else None
    if found is None or "@" in headers.words(fields[0].partition("<")[0] if found[1] else ""):
        return ""
    return (found[2] or found[4]).lower().rstrip(".")


def _results(field: str, servers: set[str]) -> list[str]:
    """The results in one field, if a trusted server wrote it; comments are taken out, for they may say anything."""
    for _round in range(_MOST_COMMENTS):
        field = _COMMENT.sub(" ", field)
    if "(" in field or '"' in field.replace('""', ""):
        field = re.sub(r'"[^"]*"', '""', field)
    server, *results = field.split(";")
    name = server.split()[0].lower() if server.split() else ""
    return [result.strip() for result in results] if name in servers else []


def _is_pass(result: str, domain: str) -> bool:
    passed, of = _DMARC.match(result), _FROM.search(result)
    return bool(passed and passed[1].lower() == "pass" and of and of[1].lower().rstrip(".") == domain)
