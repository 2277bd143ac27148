"""``kinline letter``: whether a file is ours, and the key with which anyone can check."""

from typer.testing import CliRunner

from kinline.correspondence import queries, signing
from kinline.sites.commands.letter import app
from kinline.sites.exits import Exit, Stop


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def test_our_own_letter_is_verified(sealed, tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(queries.document(sealed))

    assert run("verify", str(file), sealed.code).exit_code == 0


def test_a_letter_changed_by_somebody_is_not_verified(sealed, tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(queries.document(sealed) + b" ")

    stopped = run("verify", str(file), sealed.code, "--json")

    assert '"ours": false' in stopped.stdout
    assert isinstance(stopped.exception, Stop)
    assert stopped.exception.exit_code == Exit.FAILED


def test_the_public_key_is_printed():
    assert run("key").stdout.strip() == signing.public_key()
    assert run("key", "--pem").stdout.startswith("-----BEGIN PUBLIC KEY-----")
