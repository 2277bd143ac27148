"""The site at which providers knock: it takes what is signed, shows nothing, and is nobody's way to another page."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[3]
ASKS = """
import django, json
django.setup()
from django.test import Client
browser = Client(raise_request_exception=False)
seen = [browser.get(page) for page in ("/uk/", "/conversations/", "/hooks/sms")]
seen.append(browser.post("/hooks/voice", {"CallSid": "CA1"}, headers={"X-Twilio-Signature": "x"}))
seen.append(browser.post("/hooks/sms", b"{}", content_type="application/json", headers={"X-Signature": "sha256="}))
print(json.dumps([[each.status_code, each.content.decode(), "Set-Cookie" in each] for each in seen]))
"""


def test_the_door_for_providers_shows_nothing_and_takes_nothing_unsigned(tmp_path):
    settings = {
        "KINLINE_SITE": "hooks",
        "KINLINE_HOSTS": "testserver",
        "KINLINE_DEMO": "1",
        "KINLINE_DATA": str(tmp_path),
        "KINLINE_SMS_PROVIDER": str(ROOT / "src/kinline/demo/sms_gateway/provider.toml"),
        "KINLINE_SMS_HOOK_SECRET": "known",
        "KINLINE_VOICE_SECRET": "known",
        "KINLINE_VOICE_ADDRESS": "https://hooks.bureau.example",
        "DJANGO_SETTINGS_MODULE": "kinline.sites.settings",
        "PATH": os.environ["PATH"],
    }

    seen = subprocess.run([sys.executable, "-c", ASKS], env=settings, capture_output=True, text=True, check=True)

    assert json.loads(seen.stdout) == [[status, "", False] for status in (404, 404, 405, 403, 403)]
