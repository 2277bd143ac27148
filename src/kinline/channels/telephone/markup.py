"""What a provider is to do next in a call, in the language that it reads: play prompts, listen, record, pass on.

Prompts are played from our own address, one file each; nothing in it says whose call it is.

Source: Twilio, "TwiML for programmable voice" (Play, Gather, Record, Redirect, Dial, Hangup); others read it too.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from kinline.channels.telephone.cloud import Phase, Standing
from kinline.channels.telephone.keeping import Plan
from kinline.channels.telephone.menu import Listening, Takes, menu
from kinline.channels.telephone.voices import TONE

PERSON = "0"
_SHORTEST = 1
_RINGS_SECONDS = 30
_NO_KEY_ENDS = ""


@dataclass(frozen=True)
class Writer:
    """Writes answers. ``door`` is the address at which the provider asks."""

    door: str

    def ask(self, plans: Sequence[Plan], *, then: Standing, seconds: float = 0) -> bytes:
        """Say ``plans``, unless a key is pressed, and listen as after the text ``then.after``; at most ``seconds``."""
        listening = menu().after(then.after)
        if listening.takes is Takes.RECORDING:
            return self._record(plans, then=then, ends=listening.ends)
        document = ET.Element("Response")
        waits = seconds or menu().times.key
        self._say(self._gather(document, listening, then=replace(then, phase=Phase.KEYS), seconds=waits), plans)
        self._back(document, then=replace(then, phase=Phase.KEYS))
        return _written(document)

    def pass_on(self, to: str, *, plans: Sequence[Plan], then: Standing) -> bytes:
        """Say ``plans`` and pass the call on; where nobody answers, ask what comes next."""
        document = ET.Element("Response")
        self._say(document, plans)
        goes_on = self._at(replace(then, phase=Phase.PASSED))
        dial = ET.SubElement(document, "Dial", action=goes_on, method="POST", timeout=f"{_RINGS_SECONDS}")
        ET.SubElement(dial, "Sip" if to.startswith("sip:") else "Number").text = to
        return _written(document)

    def put_down(self) -> bytes:
        """End the call."""
        document = ET.Element("Response")
        ET.SubElement(document, "Hangup")
        return _written(document)

    def _record(self, plans: Sequence[Plan], *, then: Standing, ends: str) -> bytes:
        """Words, the tone, and a recording; who says nothing is asked again."""
        document = ET.Element("Response")
        if plans:
            one_key = Listening(ends=_NO_KEY_ENDS)
            cut = replace(then, phase=Phase.CUT)
            self._say(self._gather(document, one_key, then=cut, seconds=_SHORTEST), plans)
        self._play(document, TONE, language=then.languages[0] if then.languages else "uk")
        times = menu().times
        ET.SubElement(
            document,
            "Record",
            action=self._at(replace(then, phase=Phase.TAPE)),
            method="POST",
            maxLength=f"{math.ceil(times.recording)}",
            timeout=f"{math.ceil(times.hush)}",
            finishOnKey=f"{ends}{PERSON}",
            playBeep="false",
            trim="do-not-trim",
        )
        self._back(document, then=replace(then, phase=Phase.KEYS))
        return _written(document)

    def _gather(self, into: ET.Element, listening: Listening, *, then: Standing, seconds: float) -> ET.Element:
        return ET.SubElement(
            into,
            "Gather",
            input="dtmf",
            action=self._at(then),
            method="POST",
            numDigits=f"{listening.count}",
            finishOnKey=listening.ends,
            timeout=f"{math.ceil(seconds)}",
        )

    def _say(self, into: ET.Element, plans: Sequence[Plan]) -> None:
        for plan in plans:
            for name in plan.prompts:
                self._play(into, name, language=plan.language)

    def _play(self, into: ET.Element, name: str, *, language: str) -> None:
        ET.SubElement(into, "Play").text = f"{self.door}/prompts/{language}/{name}.wav"

    def _back(self, into: ET.Element, *, then: Standing) -> None:
        """Where nothing was pressed or said."""
        ET.SubElement(into, "Redirect", method="POST").text = self._at(then)

    def _at(self, then: Standing) -> str:
        return f"{self.door}?{then.query}"


def _written(document: ET.Element) -> bytes:
    written: bytes = ET.tostring(document, encoding="utf-8", xml_declaration=True)
    return written
