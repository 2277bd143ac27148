"""The stand-in by itself: ``python -m kinline.demo.sms_gateway --port 8082 --hook http://127.0.0.1:8002/hooks/sms``."""

import argparse
import threading
from importlib.resources import files
from secrets import token_hex

from kinline.demo.sms_gateway.phones import Network
from kinline.demo.sms_gateway.server import serving


def main() -> None:
    """Serve until interrupted, and say where."""
    asked = argparse.ArgumentParser(description="A stand-in for an SMS provider on this machine.")
    asked.add_argument("--port", type=int, default=8082)
    asked.add_argument("--secret", default="demo", help="what the bureau has as KINLINE_SMS_SECRET")
    asked.add_argument("--hook-secret", default="demo-hook", help="what the bureau has as KINLINE_SMS_HOOK_SECRET")
    asked.add_argument("--number", default="+000500", help="what the bureau has as KINLINE_SMS_NUMBER")
    asked.add_argument("--hook", default="", help="where messages are brought; without it they are asked for")
    given = asked.parse_args()
    run = f"{token_hex(4)}-"
    network = Network(secret=given.secret, hook_secret=given.hook_secret, ours=given.number, hook=given.hook, run=run)
    description = files(__package__) / ("provider.toml" if given.hook else "asked.toml")
    with serving(network, port=given.port) as address:
        print(  # noqa: T201
            f"Set KINLINE_SMS_PROVIDER={description} KINLINE_SMS_ADDRESS={address} and write: "
            f"curl --data-urlencode text=Добридень {address}/phone/+380000000017",
            flush=True,
        )
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
