"""Invented persons and officers that all tests share. Nobody here is, or is meant to be, anybody.

Andriy Koval is sought by his mother Maria. Around him stand those he must never be taken for: his brother Bohdan, his
father Petro, a namesake with another birth date, and a stranger. Names are given as the person's own papers have them,
and beside that as the other side wrote them and as passports spell them.
"""

from dataclasses import dataclass

from kinrules.permissions import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedPerson:
    """Somebody who may be sought or recorded. Dates are in the bureau's written form."""

    surname: str
    given: str
    patronymic: str
    surname_ru: str
    given_ru: str
    patronymic_ru: str
    latin: str
    born: str
    birth_place: str
    sex: str = "m"
    power: str = "UA"
    detaining_power: str = "RU"
    rank: str = ""
    service_number: str = ""
    unit: str = ""

    @property
    def name(self) -> str:
        """Surname, given name and patronymic in Ukrainian."""
        return f"{self.surname} {self.given} {self.patronymic}"

    @property
    def name_ru(self) -> str:
        """Surname, given name and patronymic in Russian."""
        return f"{self.surname_ru} {self.given_ru} {self.patronymic_ru}"


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedEnquirer:
    """Somebody who asks. Nobody can be reached: there is no country +000, and example.org is reserved (RFC 2606)."""

    name: str
    relation: str
    language: str
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class InventedOfficer:
    """Somebody of the bureau: the sign-in, the name on the screen, the roles held."""

    sign_in: str
    name: str
    roles: frozenset[Role]


ANDRIY = InventedPerson(
    surname="Коваль",
    given="Андрій",
    patronymic="Петрович",
    surname_ru="Коваль",
    given_ru="Андрей",
    patronymic_ru="Петрович",
    latin="Koval Andrii Petrovych",
    born="2001-03-14",
    birth_place="Полтава",
    rank="старший солдат",
    service_number="TEST-140301",
    unit="TEST-0042",
)
"""The person sought."""

BOHDAN = InventedPerson(
    surname="Коваль",
    given="Богдан",
    patronymic="Петрович",
    surname_ru="Коваль",
    given_ru="Богдан",
    patronymic_ru="Петрович",
    latin="Koval Bohdan Petrovych",
    born="2003-07-02",
    birth_place="Полтава",
    rank="солдат",
    service_number="TEST-020703",
    unit="TEST-0042",
)
"""His brother: same surname, patronymic, town and unit."""

PETRO_SENIOR = InventedPerson(
    surname="Коваль",
    given="Петро",
    patronymic="Іванович",
    surname_ru="Коваль",
    given_ru="Пётр",
    patronymic_ru="Иванович",
    latin="Koval Petro Ivanovych",
    born="1974-10-21",
    birth_place="Миргород",
    rank="сержант",
    service_number="TEST-211074",
    unit="TEST-0107",
)
"""His father."""

NAMESAKE = InventedPerson(
    surname="Коваль",
    given="Андрій",
    patronymic="Петрович",
    surname_ru="Коваль",
    given_ru="Андрей",
    patronymic_ru="Петрович",
    latin="Koval Andriy Petrovich",
    born="1988-11-30",
    birth_place="Суми",
    rank="капітан",
    service_number="TEST-301188",
    unit="TEST-0016",
)
"""All three names the same, and another man."""

STRANGER = InventedPerson(
    surname="Журавельський",
    given="Остап",
    patronymic="Маркіянович",
    surname_ru="Журавельский",
    given_ru="Остап",
    patronymic_ru="Маркианович",
    latin="Zhuravelskyi Ostap Markiianovych",
    born="1995-01-09",
    birth_place="Стрий",
    rank="молодший сержант",
    service_number="TEST-090195",
    unit="TEST-0077",
)
"""Nobody's relative."""

ILYA = InventedPerson(
    surname="Озерніков",
    given="Ілля",
    patronymic="Семенович",
    surname_ru="Озерников",
    given_ru="Илья",
    patronymic_ru="Семёнович",
    latin="Ozernikov Ilia Semenovich",
    born="1999-08-17",
    birth_place="Кострома",
    power="RU",
    detaining_power="UA",
    rank="ефрейтор",
    service_number="TEST-170899",
    unit="TEST-0205",
)
"""A captive of the other side."""

OKSANA = InventedPerson(
    surname="Щербина",
    given="Оксана",
    patronymic="Юріївна",
    surname_ru="Щербина",
    given_ru="Оксана",
    patronymic_ru="Юрьевна",
    latin="Shcherbyna Oksana Yuriivna",
    born="1991-05",
    birth_place="Ніжин",
    sex="f",
)
"""A civilian internee; the day of her birth is not known."""

YURKO = InventedPerson(
    surname="Їжакевич",
    given="Юрій",
    patronymic="Євгенович",
    surname_ru="Ижакевич",
    given_ru="Юрий",
    patronymic_ru="Евгеньевич",
    latin="Yizhakevych Yurii Yevhenovych",
    born="1979~",
    birth_place="Щастя",
    rank="солдат",
)
"""Missing; his names hold every letter that other alphabets lack."""

PERSONS = (ANDRIY, BOHDAN, PETRO_SENIOR, NAMESAKE, STRANGER, ILYA, OKSANA, YURKO)

MARIA = InventedEnquirer(
    name="Коваль Марія Степанівна",
    relation="child",
    language="uk",
    telephone="+000 555 00 14",
    email="maria.koval@example.org",
)
"""Andriy's mother. The person sought is her child."""

LARISA = InventedEnquirer(
    name="Озерникова Лариса Викторовна",
    relation="spouse",
    language="ru",
    telephone="+000 555 00 17",
)
"""Ilya's wife."""

HANNAH = InventedEnquirer(name="Hannah Example", relation="friend", language="en", email="hannah@example.org")
"""A friend abroad, who spells as she hears."""

ENQUIRERS = (MARIA, LARISA, HANNAH)

OLHA = InventedOfficer("olha", "Olha", frozenset({Role.ENQUIRY_OPERATOR}))
IRYNA = InventedOfficer("iryna", "Iryna", frozenset({Role.KIN_VERIFIER}))
DARYNA = InventedOfficer("daryna", "Daryna", frozenset({Role.REGISTRY_OFFICER}))
TARAS = InventedOfficer("taras", "Taras", frozenset({Role.TRACING_OFFICER}))
PETRO = InventedOfficer("petro", "Petro", frozenset({Role.MATCH_REVIEWER}))
SOFIIA = InventedOfficer("sofiia", "Sofiia", frozenset({Role.DISCLOSURE_OFFICER}))
MARKO = InventedOfficer("marko", "Marko", frozenset({Role.HEAD_OF_SHIFT}))
NADIIA = InventedOfficer("nadiia", "Nadiia", frozenset({Role.AUDITOR}))
ROMAN = InventedOfficer("roman", "Roman", frozenset({Role.SYSTEM_ADMINISTRATOR}))

OFFICERS = (OLHA, IRYNA, DARYNA, TARAS, PETRO, SOFIIA, MARKO, NADIIA, ROMAN)
