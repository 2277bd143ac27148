"""The settings of the families' site, with Telegram's door alone."""

from kinline.sites.settings import *  # noqa: F403

ROOT_URLCONF = "tests.hardship.load.door"
DATABASES["default"]["OPTIONS"]["zone"] = ""  # noqa: F405 - the families' pages may not touch post
