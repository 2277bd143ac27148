"""A thread that sends what the outbox holds for one channel."""

import os
import socket
from threading import Event, Thread

from django.utils import timezone

from kinline.channels import sending


def sender(channel: str, wire: sending.Wire, stop: Event) -> Thread:
    """Return the thread; its name among those who send is the machine's and the process's."""
    worker = f"{channel}:{socket.gethostname()}:{os.getpid()}"
    named = {"worker": worker, "clock": timezone.now, "stop": stop}
    return Thread(target=sending.keep_sending, args=(channel, wire), kwargs=named)
