"""Staff pages of what was said by telephone: listened to, and written down."""

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from kinline.evidence import queries as evidence
from kinline.intake import actions, drawing, messages, threads, waiting
from kinline.intake.forms import RecordingForm
from kinline.intake.models import Attachment
from kinline.ledger import actions as ledger
from kinline.ui import desk, refusals
from kinrules.permissions import Permission
from kinrules.refusal import Refused

MOST = 20


@require_safe
@desk.page(Permission.RECORDING_WRITE)
def unwritten(request: desk.DeskRequest) -> HttpResponse:
    """What was said by telephone and waits to be written down."""
    return _show(request)


@require_safe
@desk.page(Permission.RECORDING_WRITE, of=Attachment)
def sound(request: desk.DeskRequest, recording: Attachment) -> HttpResponse:
    """The recording itself, to be heard; that it was listened to is written down first."""
    held = threads.conversation_in(recording)
    facts = {"file": recording.pk, "digest": recording.digest}
    ledger.append(
        kind="conversation.listen", subject=ledger.reference(held), actor=request.officer, at=request.at, facts=facts
    )
    return HttpResponse(evidence.original(recording.stored_as), content_type="audio/wav")


@require_POST
@desk.page(Permission.RECORDING_WRITE, of=Attachment)
def write(request: desk.DeskRequest, recording: Attachment) -> HttpResponse:
    """The officer has heard it, and writes down what is said in it."""
    form = RecordingForm(request.POST, prefix=f"r{recording.pk}")
    if form.is_valid():
        try:
            actions.write_down(recording, form.cleaned_data["words"], actor=request.officer, at=request.at)
        except Refused as refused:
            form.add_error("words", refusals.sentence(refused))
        else:
            notices.success(request, messages.NOTICES["written_down"])
            return redirect("recordings")
    return _show(request, filled={recording.pk: form})


def _show(request: desk.DeskRequest, filled: dict[int, RecordingForm] | None = None) -> HttpResponse:
    forms = filled or {}
    rows = [
        drawing.recording(row, forms.get(row.pk) or RecordingForm(prefix=f"r{row.pk}"))
        for row in waiting.recordings()[:MOST]
    ]
    context = drawing.lists(request, "recordings") | {"rows": rows, "form": next(iter(forms.values()), None)}
    return render(request, "intake/recordings.html", context, status=422 if forms else 200)


urlpatterns = [
    path("conversations/recordings/", unwritten, name="recordings"),
    path("conversations/recordings/<int:pk>/", write, name="recording_write"),
    path("conversations/recordings/<int:pk>/sound/", sound, name="recording_sound"),
]
