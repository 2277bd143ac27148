"""An old form is sent again after a new code was given: the dead code is shown to nobody."""

import pytest

from kinline.enquiries.models import Draft, Enquiry, TicketConflict

pytestmark = pytest.mark.django_db


def replace_code() -> Enquiry:
    """The family was given a new code at the desk."""
    enquiry = Enquiry.objects.get()
    enquiry.code_hash = "f" * 64
    enquiry.save(update_fields=["code_hash"])
    return enquiry


@pytest.mark.parametrize("draft_is_left", [True, False])
def test_the_same_form_says_that_the_code_was_replaced_and_opens_nothing(family, draft_is_left):
    visit = family("en").ask()
    form = visit.note
    visit.send()
    dead = visit.code
    replace_code()
    if not draft_is_left:
        Draft.objects.all().delete()

    visit.post("enquiry", **form, go="send")

    assert visit.page.status_code == 410
    assert "This code was replaced" in visit.text
    assert f"{dead[:4]} {dead[4:8]}" not in visit.text
    assert 'class="word"' not in visit.text  # a word is an everyday one, and may stand on any page by itself
    assert "pass" not in visit.note
    assert Enquiry.objects.count() == 1


def test_other_words_on_the_old_form_are_kept_for_an_officer(family):
    visit = family("uk").ask()
    visit.go("who")
    form = visit.note
    visit.go(name="Гончаренко Степан")
    visit.send()
    replace_code()

    visit.post("enquiry", **form, name="Дорошко Олена", go="on")

    assert visit.page.status_code == 410
    assert "Те, що ви написали зараз, ми теж зберегли." in visit.text
    assert TicketConflict.objects.get().body["name"] == "Дорошко Олена"
