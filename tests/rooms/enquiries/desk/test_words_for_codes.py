"""An officer reads words where the database keeps codes."""

import pytest

from kinline.enquiries.models import TracingCase
from tests import people
from tests.bureau import signed_in
from tests.reading import words
from tests.rooms.enquiries.desk.conftest import asked

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kinline.sites.desk")]


def test_the_page_of_an_enquiry_says_man_and_woman(db):
    enquiry = asked(sex="m")

    said = words(signed_in(people.OLHA).get(f"/enquiries/{enquiry.pk}/").content)

    assert "Sex Man" in said
    assert "Sex m" not in said.replace("Sex Man", "")


def test_two_who_changed_the_facts_at_once_read_words_too(db):
    enquiry = asked(sex="m")
    TracingCase.objects.filter(pk=enquiry.case_id).update(version=7)
    browser = signed_in(people.OLHA)

    answer = browser.post(
        f"/enquiries/{enquiry.pk}/facts/", {"sought_name": people.ANDRIY.name, "sex": "f", "version": "1"}
    )

    said = words(answer.content)
    assert answer.status_code == 409
    assert "Man" in said
    assert "Woman" in said
