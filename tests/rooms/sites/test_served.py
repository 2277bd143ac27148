"""Both sites as they are served, seen by a browser."""

import urllib.error
import urllib.request

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_the_families_first_page_is_one_request_and_leaves_nothing(sites, visitor, language):
    page = visitor(language=language).new_page()
    requests, complaints = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))

    answer = page.goto(f"{sites.public}/{language}/")

    assert answer.status == 200
    assert [url for url in requests if not url.startswith("data:")] == [f"{sites.public}/{language}/"]
    assert page.context.cookies() == []
    assert complaints == []
    assert page.locator("html").get_attribute("lang") == language


def test_a_page_that_is_not_there_is_said_in_words_and_keeps_the_headers(sites):
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(f"{sites.public}/en/no-such-page/")

    assert missing.value.code == 404
    assert missing.value.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_desk_asks_who_is_there(sites, visitor):
    page = visitor(language="en", phone=False).new_page()

    answer = page.goto(f"{sites.desk}/sign-in/login/")

    assert answer.status == 200
    assert page.locator("input[type=password]").count() == 1
    assert {cookie["sameSite"] for cookie in page.context.cookies()} <= {"Strict"}
