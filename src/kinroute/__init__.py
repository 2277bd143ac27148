"""Travel directions: on this day, for this traveller, which way is open, and when that was last confirmed.

Pure: knows no bureau, no database and no clock. All facts are rows of CSV files with their days and sources, so that
any two countries' crossings can be loaded; nothing here is tied to one war. What is not known is never open.

>>> from datetime import date
>>> answer = plan("Kaliningrad", "Kyiv", on=date(2022, 3, 2), traveller=Traveller("RU", purpose="family"))
>>> answer.journeys[0].crossings[0]
'Bezledy-Bagrationovsk'
"""

from kinroute.facts import Facts, shipped
from kinroute.faults import Contradiction, FaultyFacts, OutsideFacts, UnknownPlace, UnknownTraveller
from kinroute.planning import Answer, Journey, plan
from kinroute.traveller import Traveller

__all__ = [
    "Answer",
    "Contradiction",
    "Facts",
    "FaultyFacts",
    "Journey",
    "OutsideFacts",
    "Traveller",
    "UnknownPlace",
    "UnknownTraveller",
    "plan",
    "shipped",
]
