"""A SIP tester that is not ours calls the line, under the other law of sound."""

import asyncio
import os
import shutil
from pathlib import Path

import pytest

from kinline.intake.models import Conversation
from tests.channels.telephone.calls import HOST, Line, calling

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]  # what it speaks to a line knows no database

SCENARIO = Path(__file__).parent / "sipp.xml"
KEYS = Path("/usr/share/sip-tester")


@pytest.fixture
def sipp(tmp_path) -> list[str]:
    """The command that calls once."""
    program = shutil.which("sipp")
    if program is None or not KEYS.is_dir() or os.geteuid() != 0:
        if os.environ.get("CI"):
            pytest.fail("the SIP tester is not installed, or not run by root, who alone may play its packets")
        pytest.skip("no SIP tester on this machine (sip-tester), or not run by root, who alone may play its packets")
    scenario = tmp_path / "scenario.xml"
    scenario.write_text(SCENARIO.read_text(encoding="latin-1").replace("KEYS", str(KEYS)), encoding="latin-1")
    return [program, "-sf", str(scenario), "-i", HOST, "-mi", HOST, "-m", "1", "-timeout", "30", "-nostdin"]


def test_a_foreign_sip_telephone_presses_keys_and_is_heard(sipp):
    async def calls(line: Line) -> None:
        caller = await asyncio.create_subprocess_exec(
            *sipp, f"{HOST}:{line.exchange.port}", stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
        )
        assert await caller.wait() == 0

    calling(calls)

    held = Conversation.objects.get()
    assert held.address.startswith("+380501234567;")
    assert held.standing["language"] == "ru"
    assert held.person == "asked"
