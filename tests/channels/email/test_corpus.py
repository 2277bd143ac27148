"""Every odd mail that others have collected is read; where they say what is in it, we find the same.

The mails are not part of the project: they lie beside it, in ../shared/data/mail, each folder with its source.
"""

import json
import re
from pathlib import Path

import pytest

from kinline.channels import text
from kinline.channels.base import Inbound, Kind
from kinline.channels.email import CHANNEL

pytestmark = pytest.mark.once  # reading a mail touches no database

CORPUS = Path(__file__).parents[4] / "shared/data/mail"
MAILS = sorted(path for path in CORPUS.rglob("*") if path.is_file())
EXPECTED = CORPUS / "imap_tools/expected.json"

# Where we differ from what is expected, on purpose: the field and why.
DIFFERENT = {
    "attachment_emails/attachment_with_encoded_name.eml": (
        "files",
        "a name with a sign that its charset does not have",
    ),
    "plain_emails/raw_email8.eml": ("files", "a name with a sign that its charset does not have"),
    "error_emails/missing_content_disposition.eml": ("files", "a picture without a disposition is a picture"),
    "text_with_content_id.eml": ("files", "a text that has an id is read, and is no file"),
    "multipart_report_emails/multipart_report_multiple_status.eml": ("files", "what came back is one file"),
    "error_emails/invalid_subject_characters.eml": ("subject", "bytes without a label are read, not dropped"),
    "rfc2822/example14.eml": ("subject", "a blank between a word and an encoded word is a blank"),
    "rfc2822/example13.eml": ("address text", "blanks before a colon are allowed, so there is a sender"),
    "plain_emails/mix_caps_content_type.eml": ("address", "the address itself, without the name before it"),
    "error_emails/content_transfer_encoding_7-bit.eml": ("text", "bytes that are UTF-8 are read as such"),
    "error_emails/content_transfer_encoding_plain.eml": ("text", "bytes that ASCII has not are read, not dropped"),
    "plain_emails/raw_email6.eml": ("text", "bytes that ASCII has not are read, not dropped"),
    "attachment_2_base64.eml": ("text", "a letter inside, whose text they take without decoding it"),
}
# In reports they take the words of the letter that came back as well; ours are a file.
REPORTS = ("multipart_report_emails/", "mime_emails/raw_email_with_mimepart_without_content_type.eml")


def expectations() -> dict[str, dict]:
    return json.loads(EXPECTED.read_text(encoding="utf-8")) if EXPECTED.exists() else {}


def differences(inbound: Inbound, wanted: dict, *, is_report: bool) -> set[str]:
    """The fields in which what was read is not what is expected."""
    files = sorted((each.type, each.name) for each in inbound.attachments)
    others = sorted(
        (each["content_type"], text.file_name(each["filename"], otherwise="")) for each in wanted["attachments"]
    )
    found = {
        "subject": inbound.subject == text.line(wanted["subject"]),
        "address": inbound.address.lower() == wanted["from_"].lower(),
        "text": is_report
        or not wanted["text"].strip()
        or letters(wanted["text"]) == letters(inbound.text + inbound.quoted),
        "files": [kind for kind, _ in files] == [kind for kind, _ in others]
        and all(name in ("", ours) for (_kind, ours), (_other, name) in zip(files, others, strict=False)),
    }
    return {field for field, agrees in found.items() if not agrees}


def letters(words: str) -> list[str]:
    """The signs of a text, whatever its lines and quotation marks, in any order: what was quoted stands apart."""
    return sorted(re.sub(r"[\s>]+", "", text.readable(words)))


@pytest.mark.skipif(not MAILS, reason="the collected mails are not beside the project (../shared/data/mail)")
def test_every_collected_mail_is_read_without_an_exception(caplog: pytest.LogCaptureFixture):
    read = {path: CHANNEL.read(path.read_bytes()) for path in MAILS}

    assert len(read) >= 290
    assert all(len(found) == 1 and found[0].wire_id for found in read.values())
    assert caplog.records == []
    unread = {path.name for path, [found] in read.items() if found.kind is Kind.UNREADABLE and path.suffix == ".eml"}
    assert unread == set()


@pytest.mark.parametrize("name", sorted(expectations()) or [pytest.param("", marks=pytest.mark.skip("no mails here"))])
def test_a_collected_mail_says_what_is_expected(name: str):
    wanted = expectations()[name]

    [inbound] = CHANNEL.read((CORPUS / "imap_tools/messages" / name).read_bytes())

    found = differences(inbound, wanted, is_report=name.startswith(REPORTS))
    fields, _why = DIFFERENT.get(name, ("", ""))
    assert found == set(fields.split())


@pytest.mark.parametrize(
    ("name", "kind", "about"),
    [
        ("multi_address_bounce1.eml", Kind.BOUNCE, "<118707422.15521266992174819.JavaMail.root@lvmail01>"),
        ("multipart_report_multiple_status.eml", Kind.BOUNCE, "<4c2a146147ac8_61ff157c4ec1652df@s.h.c.mail>"),
        ("report_422.eml", Kind.AUTO, "<15655788.13.1200472642578.JavaMail.Administrator@mail.ttttt.com.au>"),
        ("report_530.eml", Kind.BOUNCE, "<200712232303.lBNN3jDq002941@mail12.rrrr.com.au>"),
    ],
)
def test_a_collected_report_is_tied_to_the_letter_that_failed(name: str, kind: Kind, about: str):
    path = CORPUS / "mikel-mail/emails/multipart_report_emails" / name
    if not path.exists():
        pytest.skip("the collected mails are not beside the project (../shared/data/mail)")

    [inbound] = CHANNEL.read(path.read_bytes())

    assert (inbound.kind, inbound.about) == (kind, about)
