"""What a mail is: somebody's words, a machine's, or the news that a letter of ours could not be delivered.

Which error is worse: to answer a machine once too often is a nuisance, to take a person's words for a machine's leaves
them unread. So each mark here is one that no writer sets by hand.

Source: RFC 3464 (delivery reports), RFC 3798 (receipts), RFC 3834 (automatic answers), RFC 2919 and 2369 (lists).
"""

import re
from collections.abc import Iterator
from email.message import Message

from kinline.channels.base import Kind
from kinline.channels.email import bodies, headers

_SYSTEM = re.compile(
    r"^(?:mailer-daemon|postmaster|mail-daemon|mdaemon|mail\.?delivery\S*|bounces?)(?:[+@-]|$)", re.IGNORECASE
)
_FAILED = re.compile(
    r"undeliver|delivery (?:status notification \(failure|failure|failed|has failed|problem)|"
    r"returned (?:mail|to sender)|(?:mail|message) delivery failed|mail system error|failure notice|"
    r"could not be delivered|banned file|не ?доставлен|не вда[єл]|невозможно доставить|неможливо доставити|"
    r"возвращено отправителю|помилка доставки|ошибка доставки",
    re.IGNORECASE,
)
_LATE = re.compile(r"\bdelay|could not send message for past|still being retried|warning:|затрим|задерж", re.IGNORECASE)
_AWAY = re.compile(
    r"^\s*(?:re:\s*)?(?:out of (?:the )?office|auto(?:matic|mated)?[ -]?(?:reply|response|answer)|auto:|"
    r"vacation (?:reply|notice)|away from (?:my )?(?:mail|office)|автоответ|автовідповідь|"
    r"автоматич\w+ (?:ответ|відповідь)|(?:я )?(?:не в офисе|не в офісі|нет на месте|відсутн\w+ на місці)|abwesen)",
    re.IGNORECASE,
)
_BULK = {"bulk", "list", "junk", "auto_reply", "auto-reply"}
_BY_MACHINE = (
    "list-id",
    "list-unsubscribe",
    "list-post",
    "list-help",
    "x-autoreply",
    "x-auto-reply",
    "x-autorespond",
    "x-autoresponder",
    "x-autoreply-from",
    "x-mail-autoreply",
    "x-mailer-autoreply",
    "x-failed-recipients",
)
_FAILS = re.compile(r"^action\s*:\s*failed", re.IGNORECASE | re.MULTILINE)
_REPORTS = {"message/delivery-status", "message/global-delivery-status"}
_RETURNED = {"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"}
_ID_IN_TEXT = re.compile(r"^[>\s|]*message-id\s*:\s*(<[^<>\s]{1,250}>)", re.IGNORECASE | re.MULTILINE)
MOST_PARTS = 200


def kind_of(mail: Message, *, sender: str, text: str) -> tuple[Kind, str]:
    """Return the kind of a mail, and for a bounce or a receipt the message id of the letter it is about, else "".

    ``text`` is what the mail says, for those systems that write their reports for people only.
    """
    if _is_report(mail, "delivery-status") or any(headers.kind(part) in _REPORTS for part in parts(mail)):
        report = "\n".join(report_texts(mail))
        has_failed = bool(_FAILS.search(report)) or ("action" not in report.lower() and _says_failed(mail))
        return (Kind.BOUNCE if has_failed else Kind.AUTO), _about(mail, text)
    if _is_report(mail, "disposition-notification"):
        return Kind.AUTO, _about(mail, text)
    if headers.fields(mail, "x-failed-recipients") or (_is_from_system(mail, sender) and _says_failed(mail)):
        return (Kind.AUTO if _is_late(mail) else Kind.BOUNCE), _about(mail, text)
    return (Kind.AUTO, "") if _is_automatic(mail, sender) else (Kind.MESSAGE, "")


def parts(mail: Message) -> Iterator[Message]:
    """The parts of a mail and of what is in them, from the first on; a mail that holds too many is not gone through."""
    waiting, count = [mail], 0
    while waiting and count < MOST_PARTS:
        part = waiting.pop(0)
        count += 1
        yield part
        waiting += bodies.inside(part)


def report_texts(mail: Message) -> list[str]:
    """The fields of the delivery reports in a mail, as they stand."""
    texts = []
    for part in parts(mail):
        if headers.kind(part) in _REPORTS:
            texts += [_block(block) for block in bodies.inside(part) or [part]]
    return texts


def _block(block: Message) -> str:
    fields = "\n".join(f"{name}: {headers.words(str(value))}" for name, value in block.raw_items())
    inside = "" if block.is_multipart() else bodies.text_of(block)
    return f"{fields}\n{inside}".strip()


def _is_report(mail: Message, which: str) -> bool:
    value = next(iter(headers.fields(mail, "content-type")), "")
    return (
        headers.kind(mail) == "multipart/report"
        and headers.parameters(value).get("report-type", "").strip().lower() == which
    )


def _is_from_system(mail: Message, sender: str) -> bool:
    return bool(_SYSTEM.match(sender)) or _has_null_sender(mail)


def _has_null_sender(mail: Message) -> bool:
    return any(value.strip() in {"<>", "<MAILER-DAEMON>"} for value in headers.fields(mail, "return-path"))


def _says_failed(mail: Message) -> bool:
    return bool(_FAILED.search(headers.first(mail, "subject")))


def _is_late(mail: Message) -> bool:
    return bool(_LATE.search(headers.first(mail, "subject")))


def _is_automatic(mail: Message, sender: str) -> bool:
    submitted = headers.first(mail, "auto-submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    if headers.first(mail, "precedence").strip().lower() in _BULK:
        return True
    if any(headers.fields(mail, name) for name in _BY_MACHINE):
        return True
    local = sender.partition("@")[0].lower()
    if _is_from_system(mail, sender) or local.startswith("owner-") or local.endswith("-request"):
        return True
    return bool(_AWAY.search(headers.first(mail, "subject")))


def _about(mail: Message, text: str) -> str:
    """The message id of the letter that came back: in the copy of it, in the report, or in the words."""
    for part in parts(mail):
        if headers.kind(part) in _RETURNED:
            inner = next(iter(bodies.inside(part)), None)
            if inner is not None and (found := _ids(inner, "message-id")):
                return found
            if inner is None and (match := _ID_IN_TEXT.search(bodies.text_of(part))):
                return match[1]
    for part in parts(mail):
        if found := _ids(part, "original-message-id"):
            return found
    reports = "\n".join([*report_texts(mail), *_texts(mail)])
    if match := re.search(r"original-message-id\s*:\s*(<[^<>\s]{1,250}>)", reports, re.IGNORECASE):
        return match[1]
    if match := _ID_IN_TEXT.search(text):
        return match[1]
    return _ids(mail, "in-reply-to")


def _texts(mail: Message) -> list[str]:
    wanted = "message/disposition-notification"
    return [
        _block(each) for part in parts(mail) if headers.kind(part) == wanted for each in bodies.inside(part) or [part]
    ]


def _ids(mail: Message, name: str) -> str:
    found = [each for value in headers.fields(mail, name) for each in headers.message_ids(value)]
    return found[0] if found else ""
