"""A tracing case as the engine compares it, and the digest that tells when a fact on either side changed."""

import json
from dataclasses import asdict
from hashlib import sha256

from kinline.enquiries.models import TracingCase
from kinmatch import Person


def person(case: TracingCase) -> Person:
    """The person sought, with all facts that families gave."""
    return Person(
        id=str(case.pk),
        full_name=case.sought_name,
        sex=case.sex,
        birth_date=case.born,
        birth_place=case.birth_place,
        father=case.father_given_name,
        mother_maiden=case.mother_maiden_name,
        unit=case.unit,
        service_number=case.service_number,
    )


def digest(sought: Person, found: Person) -> str:
    """SHA-256 over every fact on both sides: a rejected pair stays away until this changes."""
    sides = [{key: value for key, value in asdict(side).items() if key != "id"} for side in (sought, found)]
    return sha256(json.dumps(sides, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
