"""The stand-in by itself: ``python -m kinline.demo.bot_api --port 8081 --token 4242:demo``."""

import argparse
import threading
import time

from kinline.demo.bot_api.server import serving


def main() -> None:
    """Serve until interrupted, and say where."""
    asked = argparse.ArgumentParser(description="A stand-in for Telegram on this machine, with invented people.")
    asked.add_argument("--port", type=int, default=8081)
    asked.add_argument("--token", default="4242:demo", help="what the bureau has as KINLINE_TELEGRAM_TOKEN")
    given = asked.parse_args()
    with serving(given.token, clock=time.time, port=given.port) as (_servers, address):
        print(f"Set KINLINE_TELEGRAM_API={address} and write to the bot at {address}/person/17", flush=True)  # noqa: T201
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
