"""Telegram's door as gunicorn serves it, in front of the durable core: settings and address of that one page."""

import os
from datetime import UTC, datetime

from django.urls import path

from kinline.channels.telegram.public import Hook, webhook
from kinline.intake import actions

urlpatterns = [
    path(
        "hook",
        webhook(
            Hook(
                secret=os.environ["LOAD_SECRET"],
                account="load",
                take=actions.take,
                clock=lambda: datetime.now(UTC),
            )
        ),
    )
]
