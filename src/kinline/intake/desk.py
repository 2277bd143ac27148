"""Staff pages of the channels: who needs a person, post that no machine could read, messages that no channel took."""

from typing import Any
from uuid import uuid4

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import actions as outbox
from kinline.correspondence.outbox import queries as sending
from kinline.enquiries import queries as enquiries
from kinline.enquiries.models import Enquiry
from kinline.evidence import queries as evidence
from kinline.evidence import viewing
from kinline.intake import actions, drawing, messages, queries, recordings, threads, waiting
from kinline.intake.actions import person
from kinline.intake.forms import CloseForm, JoinForm, ReplyForm, SeenForm
from kinline.intake.models import Attachment, Conversation, Item
from kinline.ledger import actions as ledger
from kinline.ui import desk, refusals
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused

SECTIONS = (desk.Section(label=_("Messages"), url="/conversations/", permission=Permission.CONVERSATION_VIEW),)
MOST = 50
_PAGE = "conversations/<int:pk>/file/<int:file>/page/<int:page>/"


@require_safe
@desk.page(Permission.CONVERSATION_VIEW)
def people(request: desk.DeskRequest) -> HttpResponse:
    """Conversations to which a person was called, the soonest due first."""
    rows = [drawing.called(row, at=request.at) for row in waiting.for_people()[:MOST]]
    return render(request, "intake/people.html", drawing.lists(request, "people") | {"rows": rows})


@require_safe
@desk.page(Permission.CONVERSATION_VIEW, of=Conversation)
def conversation(request: desk.DeskRequest, held: Conversation) -> HttpResponse:
    """The whole thread of one conversation, and of the others of its enquiry; reading those is written down, too."""
    for each in threads.beside(held):
        if each != held:
            ledger.note_reading(each, actor=request.officer, at=request.at, purpose=Permission.CONVERSATION_VIEW.value)
    return _show(request, held)


@require_POST
@desk.page(Permission.CONVERSATION_ANSWER, of=Conversation)
def seen_to(request: desk.DeskRequest, held: Conversation) -> HttpResponse:
    """The officer has answered or called."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Refused("machine.unknown-verb", "the form does not say what was read")
    try:
        was_on = person.see_to(held, seen=form.cleaned_data["seen"], actor=request.officer, at=request.at)
    except Refused as refused:
        return _show(request, held, problem=refused)
    notices.success(request, messages.NOTICES["seen_to" if was_on else "nothing_changed"])
    return redirect("people")


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.CONVERSATION_ANSWER, of=Conversation)
def reply(request: desk.DeskRequest, held: Conversation) -> HttpResponse:
    """Write on the same channel; see it as the family gets it, with what must not be told here; then send it."""
    if held.channel not in person.IN_WRITING:
        raise Refused("conversation.not-in-writing", "no text can be sent on this channel")
    form = ReplyForm(request.POST or None, initial={"once": uuid4()})
    asks = False
    if form.is_valid():
        said = person.Reply(words=form.cleaned_data["words"], checked=form.cleaned_data["checked"])
        try:
            person.require_permitted(held, said.words)
            asks = "change" not in request.POST
            if "send" in request.POST:
                person.reply(held, said, once=str(form.cleaned_data["once"]), actor=request.officer, at=request.at)
                notices.success(request, messages.NOTICES["replied"])
                return redirect("conversation", pk=held.pk)
        except Refused as refused:
            form.add_error("words" if not asks else "checked", refusals.sentence(refused))
    context = drawing.about(held, at=request.at) | {"form": form, "asks": asks}
    return render(request, "intake/reply.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.CONVERSATION_JOIN, of=Conversation)
def join(request: desk.DeskRequest, held: Conversation) -> HttpResponse:
    """Find the enquiry by its reference, see whose it is, and join the conversation to it."""
    form, found = JoinForm(request.POST or None), None
    if form.is_valid():
        try:
            found = _the_enquiry(request, form.cleaned_data["reference"])
            if request.POST.get("sure") == str(found.pk):
                reason = form.cleaned_data["reason"]
                person.join(held, enquiry=found, reason=reason, actor=request.officer, at=request.at)
                notices.success(request, messages.NOTICES["joined"])
                return redirect("conversation", pk=held.pk)
        except Refused as refused:
            form.add_error("reference", refusals.sentence(refused))
    context = drawing.about(held, at=request.at) | {"form": form, "found": found}
    context["ways"] = drawing.ways(found) if found else []
    return render(request, "intake/join.html", context, status=422 if form.errors else 200)


@require_safe
@desk.page(Permission.CONVERSATION_VIEW, of=Conversation, reads=False)
def picture(request: desk.DeskRequest, held: Conversation, *, file: int, page: int, size: str) -> HttpResponse:
    """One page of what came along, as pixels of ours marked with who looks; that they do is written down first."""
    found = threads.attachment(held, file)
    if found is None:
        raise Http404
    _write_down(request, held, found, kind="conversation.see_file", page=page, size=size)
    pixels = evidence.picture(found.digest, page=page, size=size)
    if pixels is None:
        raise Http404
    mark = viewing.mark_of(request.officer.reference, at=request.at)
    shown = pixels if size == evidence.SMALL else viewing.marked(pixels, mark=mark)
    return HttpResponse(shown, content_type="image/jpeg", headers={"X-Content-Type-Options": "nosniff"})


@require_safe
@desk.page(Permission.CONVERSATION_VIEW, of=Conversation)
def file(request: desk.DeskRequest, held: Conversation, file: int) -> HttpResponse:
    """The original, for few; a voice for whoever answers. Downloaded and never shown; written down first."""
    found = threads.attachment(held, file)
    if found is None:
        raise Http404
    shown = evidence.of([found.digest]).get(found.digest)
    is_voice = shown is not None and shown.sort in threads.VOICES
    permissions.require(Permission.EVIDENCE_LISTEN if is_voice else Permission.EVIDENCE_OPEN, request.officer, held)
    _write_down(request, held, found, kind="conversation.open_file")
    return _download(evidence.original(found.stored_as), name=drawing.file_name(found))


@require_safe
@desk.page(Permission.INTAKE_VIEW)
def post(request: desk.DeskRequest) -> HttpResponse:
    """Post that no machine could read, the longest waiting first."""
    rows = [drawing.apart(item) for item in queries.for_a_person()[:MOST]]
    context = drawing.lists(request, "post") | {"rows": rows}
    return render(request, "intake/post.html", context)


@require_safe
@desk.page(Permission.INTAKE_VIEW, of=Item)
def post_bytes(request: desk.DeskRequest, item: Item) -> HttpResponse:
    """The bytes as they came: to be downloaded, never shown."""
    return _download(queries.raw_of(item), name=f"post-{item.pk}.bin")


@require_POST
@desk.page(Permission.INTAKE_RELEASE, of=Item, reads=False)
def post_release(request: desk.DeskRequest, item: Item) -> HttpResponse:
    """Try to read it again."""
    actions.release(item, actor=request.officer, at=request.at)
    notices.success(request, messages.NOTICES["released"])
    return redirect("post")


@require_POST
@desk.page(Permission.INTAKE_RELEASE, of=Item, reads=False)
def post_by_hand(request: desk.DeskRequest, item: Item) -> HttpResponse:
    """A person has read it."""
    actions.read_by_hand(item, actor=request.officer, at=request.at)
    notices.success(request, messages.NOTICES["by_hand"])
    return redirect("post")


@require_safe
@desk.page(Permission.OUTBOX_VIEW)
def unsent(request: desk.DeskRequest) -> HttpResponse:
    """Messages of ours that no channel took, the longest waiting first."""
    rows = [drawing.dead(message) for message in sending.dead()[:MOST]]
    context = drawing.lists(request, "unsent") | {"rows": rows}
    return render(request, "intake/unsent.html", context)


@require_safe
@desk.page(Permission.OUTBOX_VIEW, of=Outgoing)
def unsent_message(request: desk.DeskRequest, message: Outgoing) -> HttpResponse:
    """One message: to whom, what it says, and why it was not sent."""
    return _show_message(request, message, CloseForm())


@require_POST
@desk.page(Permission.OUTBOX_RETRY, of=Outgoing, reads=False)
def unsent_retry(request: desk.DeskRequest, message: Outgoing) -> HttpResponse:
    """Try again to send it."""
    was_dead = outbox.retry(message, actor=request.officer, at=request.at)
    notices.success(request, messages.NOTICES["retried" if was_dead else "nothing_changed"])
    return redirect("unsent")


@require_POST
@desk.page(Permission.OUTBOX_CLOSE, of=Outgoing)
def unsent_close(request: desk.DeskRequest, message: Outgoing) -> HttpResponse:
    """Another way was found."""
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _show_message(request, message, form)
    was_dead = outbox.close(message, way=form.cleaned_data["way"], actor=request.officer, at=request.at)
    notices.success(request, messages.NOTICES["closed" if was_dead else "nothing_changed"])
    return redirect("unsent")


def _show(request: desk.DeskRequest, held: Conversation, *, problem: Refused | None = None) -> HttpResponse:
    """The page; where an action was refused, with the sentence that says why, and the newest things said."""
    pages = threads.pages(threads.together(held))
    asked = request.GET.get("page", "")
    number = min(max(1, int(asked)), len(pages)) if asked.isdecimal() and asked.isascii() else len(pages)
    context: dict[str, Any] = drawing.about(held, at=request.at) | {
        "thread": [drawing.piece(each) for each in pages[number - 1]],
        "earlier": number - 1,
        "later": number + 1 if number < len(pages) else 0,
        "seen": threads.newest(held),
        "may_join": held.enquiry_id is None
        and permissions.allowed(Permission.CONVERSATION_JOIN, request.officer, held),
        "may_open": permissions.allowed(Permission.EVIDENCE_OPEN, request.officer, held),
        "may_write": held.channel in person.IN_WRITING,
        "problem": refusals.sentence(problem) if problem else "",
    }
    return render(request, "intake/conversation.html", context, status=desk.status_of(problem) if problem else 200)


def _show_message(request: desk.DeskRequest, message: Outgoing, form: CloseForm) -> HttpResponse:
    context = drawing.message(message) | {"form": form, "conversation": threads.conversation_of(message)}
    return render(request, "intake/message.html", context, status=422 if form.errors else 200)


def _the_enquiry(request: desk.DeskRequest, reference: str) -> Enquiry:
    """The enquiry with this reference; that the officer reads whose it is is written down."""
    found = enquiries.search.by_short(reference).first()
    if found is None:
        raise Refused("enquiry.no-such-reference", "no enquiry has this reference")
    permissions.require(Permission.ENQUIRY_VIEW, request.officer, found)
    ledger.note_reading(found, actor=request.officer, at=request.at, purpose=Permission.CONVERSATION_JOIN.value)
    return found


def _write_down(request: desk.DeskRequest, held: Conversation, found: Attachment, *, kind: str, **more: Any) -> None:
    """That this officer opens this file, before it is opened."""
    facts = {"file": found.pk, "digest": found.digest} | more
    ledger.append(kind=kind, subject=ledger.reference(held), actor=request.officer, at=request.at, facts=facts)


def _download(content: bytes, *, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


urlpatterns = [
    path("conversations/", people, name="people"),
    *recordings.urlpatterns,
    path("conversations/post/", post, name="post"),
    path("conversations/post/<int:pk>/bytes/", post_bytes, name="post_bytes"),
    path("conversations/post/<int:pk>/release/", post_release, name="post_release"),
    path("conversations/post/<int:pk>/by-hand/", post_by_hand, name="post_by_hand"),
    path("conversations/unsent/", unsent, name="unsent"),
    path("conversations/unsent/<int:pk>/", unsent_message, name="unsent_message"),
    path("conversations/unsent/<int:pk>/retry/", unsent_retry, name="unsent_retry"),
    path("conversations/unsent/<int:pk>/close/", unsent_close, name="unsent_close"),
    path("conversations/<int:pk>/", conversation, name="conversation"),
    path("conversations/<int:pk>/seen-to/", seen_to, name="conversation_seen_to"),
    path("conversations/<int:pk>/reply/", reply, name="conversation_reply"),
    path("conversations/<int:pk>/join/", join, name="conversation_join"),
    path("conversations/<int:pk>/file/<int:file>/", file, name="conversation_file"),
    *(
        path(f"{_PAGE}{size}/", picture, {"size": size}, name=f"conversation_{size}_picture")
        for size in (evidence.SMALL, evidence.LARGE)
    ),
]
