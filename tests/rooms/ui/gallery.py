"""Every component on two pages, drawn for tests only: one for families, one for staff."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django import forms
from django.template import engines

from tests.rooms.ui import texts


class Asked(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=texts.NAME, help_text=texts.NAME_HINT, widget=forms.TextInput(attrs={"dir": "auto"}))
    day = forms.CharField(label=texts.DAY, required=False, widget=forms.TextInput(attrs={"class": "two"}))
    month = forms.CharField(label=texts.MONTH, required=False, widget=forms.TextInput(attrs={"class": "two"}))
    year = forms.CharField(label=texts.YEAR, widget=forms.TextInput(attrs={"class": "four"}))
    relation = forms.ChoiceField(
        label=texts.RELATION, choices=[("c", "Son or daughter"), ("s", "Husband or wife")], widget=forms.RadioSelect
    )
    ways = forms.MultipleChoiceField(
        label="Ways", choices=[("p", "Phone"), ("e", "E-mail")], widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)


@dataclass(frozen=True)
class Thing:
    """Something with whatever a component reads."""

    label: str = ""
    words: str = ""
    at: datetime = datetime(2026, 11, 22, 9, 14, tzinfo=UTC)
    reached: bool = False
    open: bool = False
    how: str = ""
    who: str = ""
    why: str = ""
    what: str = ""
    enquiry: str = ""
    register: str = ""
    points: float = 0.0
    side: str = ""
    key: str = ""
    heading: str = ""
    sentence: str = ""
    samples: tuple[str, ...] = ()
    fix: str = ""
    url: str = ""
    size: str = ""
    current: bool = False


HOSTILE = "Ко\u202eваль\u200b <b>Андрій"
COMMON = {
    "languages": [
        {"code": code, "name": name, "address": f"/{code}/"}
        for code, name in (("uk", "Українська"), ("ru", "Русский"), ("en", "English"))
    ],
    "demo": True,
    "bureau": {"phone": "0 800 000 000"},
    "events": [Thing(words="You sent your enquiry."), Thing(words="We looked in our lists for the first time.")],
    "day_promised": date(2026, 11, 27),
}
STAFF = COMMON | {
    "is_desk": True,
    "desk": {
        "officer": "Олена К.",
        "shortcuts": True,
        "search_url": "/search/",
        "account_url": "/me/",
        "sign_out_url": "/out/",
        "sections": [
            Thing(url="/", label="Inbox", current=True),
            Thing(url="/matches/", label="Matches"),
            Thing(url="/people/", label="People"),
        ],
    },
    "steps": [
        Thing(label="Contact not checked", reached=True),
        Thing(label="Contact checked", reached=True, how="Code to the phone", who="Тарас"),
        Thing(label="Identity seen"),
        Thing(label="Kin shown"),
    ],
    "gates": [
        Thing(label="Two people confirmed the match", open=True),
        Thing(label="Kinship is shown", why="A document this rests on is missing."),
    ],
    "rows": [
        Thing(what="Surname", enquiry=HOSTILE, register="Koval", words="Same, other alphabet", points=5.1, side="for"),
        Thing(what="Father's name", words="Not given"),
        Thing(what="Height", enquiry="182", register="174", words="8 cm apart", points=-1.9, side="against"),
    ],
    "group": Thing(
        key="dates",
        heading="Dates that can be read in two ways",
        sentence="87 rows say 03.04. We read the day first.",
        samples=("03.04.1999", HOSTILE),
        fix="Yes to all 87",
    ),
    "files": [Thing(url="/x.csv", label="CSV", size="12 KB")],
}

PUBLIC_PAGE = """{% extends "ui/question.html" %}{% load ui %}{% block title %}Gallery{% endblock %}
{% block back %}<a class="back" href="#main">Back</a>{% endblock %}
{% block ask %}{% include "ui/field.html" with field=form.name asked=True %}
{% include "ui/date_parts.html" with day=form.day month=form.month year=form.year legend="When was he or she born?" hint="If you only know the year, write the year." %}
{% include "ui/field.html" with field=form.relation %}{% include "ui/field.html" with field=form.ways %}{% include "ui/field.html" with field=form.note %}{% endblock %}
{% block after %}{% include "ui/code_card.html" with code="4821093756123474" label="Your case code" %}
{% include "ui/safe_word.html" with word="липа" word_language="uk" %}{% include "ui/promise.html" with day=day_promised %}
{% include "ui/state_line.html" with state="Still looking" note="This does not mean that something bad has happened." %}
<h2>What has happened so far</h2>{% include "ui/timeline.html" %}
<dl class="rows"><div><dt>Name</dt><dd><bdi>Коваль Андрій Петрович</bdi></dd><dd class="act"><button class="as-link" name="go" value="who">Change</button></dd></div></dl>
{% endblock %}"""
STAFF_PAGE = """{% extends "ui/staff.html" %}{% load ui %}{% block title %}Gallery{% endblock %}
{% block main %}{% include "ui/error_summary.html" %}<h1>Is this the same person?</h1>
<div class="columns"><div><p class="box verdict"><strong>Very likely.</strong> Of 412 past pairs that looked like this, 401 were the same person.</p>
{% include "ui/comparison.html" with left="Enquiry" right="Register" caption="Facts compared" widest=6.0 total=3.2 %}
<form method="post" action="/x"><div class="buttons"><button class="button" data-key="KeyS">Same person</button><button class="button second" data-key="KeyN">Not the same</button></div>{% include "ui/field.html" with field=form.note %}</form></div>
<div>{% include "ui/lease.html" with holder="Олена" since=steps.0.at %}<h2>Kinship</h2>{% include "ui/proof_ladder.html" %}<h2>Before the call</h2>{% include "ui/gates.html" %}</div></div>
{% include "ui/problem_group.html" with action="/x" %}
<h2>Work</h2>{% include "ui/long_work.html" with what="Checking rows" done=1200 whole=5000 left="About 20 seconds." again="/again" stop="/stop" %}
{% include "ui/downloads.html" %}<h2>Read aloud</h2>{% include "ui/read_aloud.html" with line="My name is Olena." number=1 count=9 said="/s" stopped="/t" %}
<p><span class="tag">Unclaimed</span> <span class="late">Due in 2 h 10 min</span> {{ "Коваль"|visible }}</p>{% endblock %}"""


def public_page(*, wrong: bool = False) -> str:
    """The families' gallery; ``wrong``: with every field in error."""
    form = Asked({}) if wrong else Asked()
    return engines["django"].from_string(PUBLIC_PAGE).render(COMMON | {"form": form})


def staff_page(*, wrong: bool = False) -> str:
    """The staff's gallery."""
    form = Asked({}) if wrong else Asked()
    return engines["django"].from_string(STAFF_PAGE).render(STAFF | {"form": form})
