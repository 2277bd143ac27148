"""Finding an enquiry by name, telephone, reference and number."""

import pytest

from kinline.enquiries.queries import search
from tests.rooms.enquiries.desk.conftest import asked


@pytest.mark.parametrize("spelling", ["Коваль Андрій", "Koval Andriy", "KOVAL, ANDREY", "Андрей Коваль"])
def test_a_name_is_found_in_three_alphabets_and_habits(enquiry, noise, spelling):
    assert [each.pk for each in search.by_name(spelling)] == [enquiry.pk]


@pytest.mark.parametrize("number", ["+000 555 00 14", "000-555-0014", "5550014", "٠٠٠ ٥٥٥ ٠٠ ١٤"])
def test_a_telephone_is_found_however_it_is_written(enquiry, noise, number):
    assert [each.pk for each in search.by_phone(number)] == [enquiry.pk]


def test_a_short_reference_and_a_service_number_find_their_enquiry(noise):
    enquiry = asked(service_number="TEST-140301")

    assert [each.pk for each in search.by_short(enquiry.short)] == [enquiry.pk]
    assert [each.pk for each in search.by_number("test-140301")] == [enquiry.pk]
