"""All devices, standing for as long as they are looked at."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime

from kinline.demo.devices import mail, sms, telegram, telephone
from kinline.demo.devices.device import BUREAU, Device
from kinline.intake import actions as intake
from kinrules.terms import Channel


@contextmanager
def standing(*, clock: Callable[[], datetime]) -> Iterator[tuple[Device, ...]]:
    """The devices in the order in which the page shows them."""

    def bring(message_id: str, raw: bytes) -> None:
        """Put a letter where the bureau's mailbox would bring it; the house has it when this returns."""
        intake.take(channel=Channel.EMAIL, account=BUREAU, external_id=message_id, raw=raw, at=clock())

    with ExitStack() as stack:
        yield (
            stack.enter_context(telegram.standing(clock=clock)),
            stack.enter_context(mail.standing(clock=clock, bring=bring)),
            stack.enter_context(telephone.standing(clock=clock)),
            stack.enter_context(sms.standing(clock=clock)),
        )
