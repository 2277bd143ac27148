"""A real mailbox for tests: Dovecot from the distribution, with a folder, a port and a user of its own, thrown away.

The system's own settings are neither read nor changed.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from kinline.channels.email import places
from tests.certificates import UNCHECKED
from tests.servers import free_port

PROGRAM = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
WITHOUT = "no Dovecot on this machine (apt-get install dovecot-imapd)"
USER, PASSWORD = "bureau", "invented-Password_of-nobody"
_SECONDS = 20

_SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
ssl = {ssl}
{certificate}
listen = 127.0.0.1
disable_plaintext_auth = no
default_internal_user = {who}
default_internal_group = {group}
default_login_user = {who}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
imap_capability = {capability}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {open_port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Dovecot:
    """The server while it stands."""

    folder: Path
    port: int
    security: str = places.PLAIN

    def server(self, *, password: str = PASSWORD) -> places.Server:
        """How the bureau's settings would name it."""
        return places.Server("localhost", self.port, self.security, USER, password)

    @contextmanager
    def owner(self) -> Iterator[BaseMailBox]:
        """Somebody else who has the mailbox open: delivers, looks and deletes."""
        with self._opened().login(USER, PASSWORD) as box:
            yield box

    def _opened(self) -> BaseMailBox:
        if self.security == places.TLS:
            return MailBox("localhost", self.port, timeout=_SECONDS, ssl_context=UNCHECKED)
        if self.security == places.STARTTLS:
            return MailBoxStartTls("localhost", self.port, timeout=_SECONDS, ssl_context=UNCHECKED)
        return MailBoxUnencrypted("localhost", self.port, timeout=_SECONDS)

    def deliver(self, raw: bytes) -> None:
        """Let a mail arrive."""
        with self.owner() as box:
            box.append(raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), "INBOX")

    def flags(self) -> dict[int, tuple[str, ...]]:
        """Which mails lie there, and how each is marked."""
        with self.owner() as box:
            return {int(mail.uid): mail.flags for mail in box.fetch(mark_seen=False, headers_only=True)}

    def renumber(self) -> None:
        """Have the server forget its numbers, as after a restored backup: UIDVALIDITY changes."""
        for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"):
            (self.folder / "mail" / name).unlink(missing_ok=True)
        time.sleep(1.1)  # it counts by the clock


def _user() -> pwd.struct_passwd:
    """Nobody where we are root, for Dovecot keeps root out of mailboxes; else ourselves."""
    return pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())


@contextmanager
def standing(
    *, capability: str = "", certificate: tuple[Path, Path] | None = None, security: str = places.PLAIN
) -> Iterator[Dovecot]:
    """A server that listens while the block lasts; with a certificate by TLS only, as ``security`` says."""
    who, folder, port = _user(), Path(tempfile.mkdtemp(prefix="kl-dovecot-")), free_port()
    lines = ""
    if certificate is not None:
        for name, file in zip(("crt", "key"), certificate, strict=True):
            shutil.copy(file, folder / name)
        lines = f"ssl_cert = <{folder}/crt\nssl_key = <{folder}/key"
    written = _SETTINGS.format(
        folder=folder, open_port=0 if security == places.TLS else port,
        tls_port=port if security == places.TLS else 0, who=who.pw_name, uid=who.pw_uid, gid=who.pw_gid, password=PASSWORD,
        group=_group(who), capability=capability, ssl="required" if certificate else "no", certificate=lines,
    )  # fmt: skip
    for name in ("run", "state", "mail"):
        (folder / name).mkdir()
    (folder / "dovecot.conf").write_text(written)
    for path in (folder, *folder.iterdir()):
        os.chown(path, who.pw_uid, who.pw_gid)
    running = subprocess.Popen(
        [str(PROGRAM), "-F", "-c", str(folder / "dovecot.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        **({"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}),
    )
    try:
        _wait(running, folder, port, greets=security != places.TLS)
        yield Dovecot(folder, port, security)
    finally:
        running.terminate()
        running.communicate(timeout=_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def _group(who: pwd.struct_passwd) -> str:
    return next(
        line.split(":")[0]
        for line in Path("/etc/group").read_text().splitlines()
        if line.split(":")[2] == str(who.pw_gid)
    )


def _wait(running: "subprocess.Popen[bytes]", folder: Path, port: int, *, greets: bool) -> None:
    """Until it listens; behind TLS it greets nobody who does not speak TLS."""
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline and running.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                if not greets or line.recv(4) == b"* OK":
                    return
        except OSError:
            time.sleep(0.05)
    words = (folder / "log").read_text() if (folder / "log").exists() else ""
    raise RuntimeError(f"Dovecot did not start: {words[-2000:]}")
