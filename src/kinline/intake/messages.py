"""What this room says: that something was received, why something could not be taken, and what officers read."""

import re
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kinline.enquiries.messages import desk as enquiries
from kinrules.terms import Acknowledgement, Channel

LANGUAGES = ("uk", "ru", "en")

REFUSALS = {
    "intake.too-long": _(
        "We could NOT take your message: it is longer than {most} MB. Nothing was kept. "
        "Send it in smaller parts, leave files out, or call us."
    ),
    "intake.no-name": _(
        "We could NOT take this message: the channel gave it no number of its own. Nothing was kept. "
        "Send it again, or use another way to reach us."
    ),
    "channel.email-address": _("This is no single e-mail address. Check it, or use another way. Nothing was sent."),
    "channel.telephone-too-long": _(
        "This is longer than anybody listens to on the telephone. Say it in fewer words. Nothing was sent."
    ),
    "channel.sms-address": _("This is no telephone number. Check it, or use another way. Nothing was sent."),
    "channel.sms-link": _(
        "An SMS of ours never holds a link: cheats send such links in our name. Take it out. Nothing was sent."
    ),
    "channel.sms-too-long": _("An SMS has one part, and this text is longer. Make it shorter. Nothing was sent."),
    "intake.unknown-channel": _("There is no such channel. The list shows the channels that there are."),
    "conversation.said-more": _(
        "They have written again since you opened this page. Read what is new below; nothing was taken off the list."
    ),
    "conversation.not-checked": _(
        "Read your words once more and tick the box: they must tell neither what became of anybody nor any place. "
        "Nothing was sent."
    ),
    "conversation.not-in-writing": _("No text can be sent on this channel. Call them, or use another way."),
    "conversation.no-words": _("Write your answer first. Nothing was sent."),
    "conversation.link": _(
        "An SMS of ours never holds a link: cheats send such links in our name. Take it out. Nothing was sent."
    ),
    "conversation.too-long": _(
        "An SMS has one part: 70 signs, or 160 in Latin letters. Yours has {signs}. Make it shorter. Nothing was sent."
    ),
    "recording.no-words": _("Write what you hear in the recording first. Nothing was saved."),
    "recording.no-name": _("This can be no name: it has no letters, or too many. Nothing was saved."),
    "recording.written": _("Somebody has written this recording down already. Nothing was changed."),
    "conversation.joined": _("This conversation belongs to an enquiry already. Open the page again to see to which."),
}
LINK = re.compile(r"://|\bwww\.", re.IGNORECASE)

# What officers read.
WHY = {
    "danger": enquiries.LINES["danger"],
    "surrender": _("Somebody wants to surrender safely. Look at this at once."),
    "asked": _("They ask for a person."),
    "blocked": _("They have blocked us on this channel. Look for another way."),
    "recorded": _("A name was only spoken. Listen to it, and write it down."),
    "tries": _("Too many wrong codes were tried."),
    "not_understood": _("The machine did not understand them."),
    "unproven": _("Nobody vouches for the sender. No answer was sent."),
}
CHANNELS = enquiries.CHANNELS
SLOW: enquiries.Words = {
    Channel.WEB: _("The web page is slow at the moment."),
    Channel.TELEPHONE: _("The telephone is slow at the moment."),
    Channel.TELEGRAM: _("Telegram is slow at the moment."),
    Channel.EMAIL: _("E-mail is slow at the moment."),
    Channel.SMS: _("SMS is slow at the moment."),
}
DOWN: enquiries.Words = {
    Channel.TELEGRAM: _("Telegram cannot be heard. What families write there comes late. Tell the administrator."),
    Channel.EMAIL: _("The mailbox cannot be heard. What families write there comes late. Tell the administrator."),
}
DOWN_OTHERWISE = _("A channel cannot be heard. What families say there comes late. Tell the administrator.")
SLOW_OTHERWISE = _("A channel is slow at the moment.")
# What a family reads on another way, as one SMS at most: neither a name nor what was to be said.
UNREACHED: enquiries.Words = {
    Channel.TELEGRAM: _("We could not reach you on Telegram. Answer here or call us."),
    Channel.EMAIL: _("We could not reach you by e-mail. Answer here or call us."),
    Channel.SMS: _("We could not reach you by SMS. Answer here or call us."),
}
HEARD = {
    "message": _("They wrote"),
    "pressed": _("They pressed a button"),
    "bounce": _("A letter of ours did not arrive"),
    "auto": _("A machine answered for them"),
    "ignored": _("Something without words"),
    "again": _("The same came once more"),
    "edited": _("They changed what they wrote before"),
    "among": _("Somebody wrote among others"),
    "blocked": _("They blocked us"),
    "unblocked": _("They let us write again"),
}
WRITTEN = {
    Acknowledgement.RECEIVED.value: _("We wrote: received"),
    "message": _("We wrote"),
}
STATUSES = {
    "new": _("Waits to be sent"),
    "claimed": _("Being sent"),
    "sent": _("Sent"),
    "dead": _("Could not be sent"),
    "withdrawn": _("Not sent"),
}
TROUBLES = {
    "unreadable": _("It has no form that we know."),
    "too-long": _("Reading it took too long."),
    "memory": _("Reading it took too much memory."),
    "ended": _("The machine that read it broke down each time."),
    "reader-lost": _("The machine that read it broke down each time."),
    "garbled": _("The machine that read it gave no answer that makes sense."),
    "raised": _("The machine that read it met a fault of its own. Tell the system administrator."),
    "no-channel": _("There is no channel of this name any more. Tell the system administrator."),
}
TROUBLE_OTHERWISE = _("It could not be read.")
NOT_FETCHED = _("It still lies with the channel, and is fetched from there.")
CONFLICT = _("It came again under the same number with other words. Both are kept.")
_NOT_SO = _("The channel does not carry this text. Say it in other words, or by another way.")
_NO_ADDRESS = _("There is no such address on this channel. Look for another way.")
FAILURES = {
    "blocked": _("They have blocked us on this channel. Look for another way."),
    "deactivated": _("Their account on this channel is gone. Look for another way."),
    "removed": _("They have removed us from the chat. Look for another way."),
    "never-spoke-to-us": _("They never wrote to us on this channel, so we may not begin. Look for another way."),
    "no-such-chat": _NO_ADDRESS,
    "no-such-number": _NO_ADDRESS,
    "not-delivered": _("Their side says that it did not arrive. Look for another way."),
    "moved": _NO_ADDRESS,
    "forbidden": _("The channel does not let us write to them. Look for another way."),
    "not-accepted": _NOT_SO,
    "too-long": _NOT_SO,
    "too-large": _NOT_SO,
    "address-not-ascii": _("Our mail server cannot write to this address. Look for another way."),
    "cannot-be-written": _NOT_SO,
    "token": _("The channel does not let us in. Tell the system administrator, then try again."),
    "another-reader": _("Another machine uses our account on this channel. Tell the system administrator."),
    "left-too-often": _("The sender broke down before it could say what became of it. They may have it already."),
}
FAILURE_OTHERWISE = _("The channel could not be reached, however often it was tried. Try it again later.")
RECORDED = {
    "name": _("The name of the person sought"),
    "more": _("Something to be added to the enquiry"),
}
NOTICES = {
    "written_down": _("It is written down. A name is searched from now on."),
    "seen_to": _("It is recorded, and off the list."),
    "nothing_changed": _("Nothing was changed."),
    "replied": _("Your answer is on its way. If nothing else is open, take the conversation off the list."),
    "joined": _("The conversation belongs to the enquiry now. What was said is added to it."),
    "released": _("It will be read again in a moment."),
    "by_hand": _("It is recorded that a person has read it."),
    "retried": _("It will be sent again in a moment."),
    "closed": _("It is recorded by which way they were reached."),
}


@dataclass(frozen=True)
class Receipt:
    """The words of an acknowledgement of receipt, and the language they are in."""

    text: str
    language: str
    subject: str


def received(*, number: str, language: str, short: bool = False) -> Receipt:
    """The acknowledgement of receipt (A1): the same words whatever was said, and none of what was said.

    ``short`` words fit one SMS.
    """
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    with translation.override(spoken):
        if short:
            brief = gettext("NIB: received, no. {number}. A person will read it. We never ask for money.")
            return Receipt(brief.format(number=number), spoken, "")
        text = gettext(
            "We received your message. Its number is {number}. A person will read it.\n"
            "We never ask for money, and never for a password or the code of a bank card. "
            "Whoever asks for them in our name is not from us."
        ).format(number=number)
        subject = gettext("We received your message no. {number}").format(number=number)
    return Receipt(text, spoken, subject)


def in_private(*, language: str) -> tuple[str, str]:
    """What a group is told, and in which language: that the bureau speaks with one person at a time."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    with translation.override(spoken):
        return gettext(
            "The bureau speaks only in private: in a group others read along, and nothing written here is answered. "
            "Please write to this bot in a chat of your own."
        ), spoken


def unreached(channel: Channel, *, language: str) -> Receipt:
    """What is said on another way when one does not reach a family: that alone."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    with translation.override(spoken):
        return Receipt(str(UNREACHED[channel]), spoken, gettext("We could not reach you"))


def not_taken(*, language: str, megabytes: int) -> Receipt:
    """E1 for a letter that is too large; in all our languages where the sender's is not known."""
    spoken = [language] if language in LANGUAGES else LANGUAGES
    texts, subjects = [], []
    for each in spoken:
        with translation.override(each):
            text = gettext(
                "We could NOT take your letter: it is larger than {most} MB. "
                "We do not have it, and nobody will read it.\n"
                "Please send it in smaller parts or without files, or reach us another way: by telephone, on Telegram, "
                "on our web page.\n"
                "We never ask for money, and never for a password or the code of a bank card."
            )
            texts.append(text.format(most=megabytes))
            subjects.append(gettext("We could NOT take your letter"))
    return Receipt("\n\n".join(texts), spoken[0], " / ".join(subjects))
