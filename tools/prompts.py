"""Have the telephone's prompts spoken by espeak-ng, and note of each what was spoken.

Needs espeak-ng, which only whoever changes a text needs: the recordings are kept beside the texts. Only what is new or
has other words is spoken; what nobody says any more is removed.

    python -m tools.prompts             speak what changed
    python -m tools.prompts --all       speak everything anew
    python -m tools.prompts --check     write nothing; exit 1 if a text changed since it was spoken
"""

import json
import os
import subprocess
import sys
import wave
from array import array
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import django
import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinline.sites.settings")
django.setup()

from kinline.channels.telephone import adpcm, sound, texts  # noqa: E402 - needs the settings

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "src/kinline/channels/telephone"
PROMPTS, TABLE = FOLDER / "prompts", FOLDER / "spoken.json"
VOICES = {"uk": "uk", "ru": "ru", "en": "en-gb"}
WORDS_A_MINUTE = 145
# Below this a sample counts as silence; that much of it stays at either end.
QUIET, KEPT_SECONDS = 200, 0.03
TONE_HERTZ, TONE_SECONDS, TONE_HEIGHT = 1_000, 0.4, 8_000


def wanted() -> dict[str, dict[str, str]]:
    """Language -> name -> words."""
    return {language: texts.prompts(language) for language in texts.LANGUAGES}


def templates() -> dict[str, dict[str, str]]:
    """Language -> name -> text with blanks."""
    return {language: texts.templates(language) for language in texts.LANGUAGES}


def stale(table: dict[str, dict[str, dict[str, object]]]) -> list[str]:
    """Which prompts are not spoken as they are written now."""
    faults = []
    for language, named in wanted().items():
        spoken = table.get(language, {})
        faults += [f"{language}/{name}" for name in sorted(spoken.keys() - named.keys())]
        faults += [f"{language}/{name}" for name, words in named.items() if not _stands(language, name, words, spoken)]
    return faults


def speak(words: str, *, language: str) -> "array[int]":
    """The words as samples, without the silence around them."""
    command = ["espeak-ng", "-v", VOICES[language], "-s", str(WORDS_A_MINUTE), "--stdout", words]
    said = subprocess.run(command, check=True, capture_output=True).stdout
    with wave.open(BytesIO(said.replace(b"\xff\xff\xff\x7f", b"\0\0\0\0"))) as file:
        rate = file.getframerate()
    samples = np.frombuffer(said[44:], dtype="<i2").astype(np.float64)
    return array("h", _trimmed(_at_telephone_rate(samples, rate)).tobytes())


def _at_telephone_rate(samples: "np.ndarray", rate: int) -> "np.ndarray":
    """As many samples as a telephone carries; what lies above its band is taken out first."""
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1 / rate)
    spectrum[hertz > 3_600] = 0
    smooth = np.fft.irfft(spectrum, len(samples))
    places = np.arange(0, len(samples), rate / sound.RATE)
    return np.clip(np.interp(places, np.arange(len(samples)), smooth), -32768, 32767).astype("<i2")


def _trimmed(samples: "np.ndarray") -> "np.ndarray":
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > QUIET)
    kept = int(KEPT_SECONDS * sound.RATE)
    return samples[max(0, loud[0] - kept) : loud[-1] + kept]


def tone() -> "array[int]":
    """What says that a recording begins."""
    times = np.arange(int(TONE_SECONDS * sound.RATE)) / sound.RATE
    wave_form = (TONE_HEIGHT * np.sin(2 * np.pi * TONE_HERTZ * times)).astype("<i2")
    return array("h", wave_form.tobytes())


def _stands(language: str, name: str, words: str, spoken: dict[str, dict[str, object]]) -> bool:
    path, kept = PROMPTS / language / f"{name}.wav", spoken.get(name)
    if kept is None or kept["text"] != words or not path.is_file():
        return False
    return sha256(path.read_bytes()).hexdigest() == kept["digest"]


def _remake(table: dict[str, dict[str, dict[str, object]]], *, everything: bool) -> int:
    count, made = 0, {}
    for language, named in wanted().items():
        folder, spoken = PROMPTS / language, table.get(language, {})
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.wav"):
            if path.stem not in named:
                path.unlink()
        made[language] = {}
        for name, words in named.items():
            if everything or not _stands(language, name, words, spoken):
                samples = speak(words, language=language)
                file = adpcm.file(samples)
                (folder / f"{name}.wav").write_bytes(file)
                seconds = round(len(samples) / sound.RATE, 2)
                spoken[name] = {"text": words, "seconds": seconds, "digest": sha256(file).hexdigest()}
                count += 1
            made[language][name] = spoken[name]
    (PROMPTS / "tone.wav").write_bytes(adpcm.file(tone()))
    content = {"templates": templates(), "prompts": made}
    TABLE.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return count


def kept() -> dict[str, dict[str, dict[str, dict[str, object]]]]:
    """What was spoken, as it was noted then."""
    if not TABLE.is_file():
        return {"prompts": {}, "templates": {}}
    table: dict[str, dict[str, dict[str, dict[str, object]]]] = json.loads(TABLE.read_text(encoding="utf-8"))
    return table


def main(arguments: list[str]) -> int:
    """Speak, or check."""
    table = kept()
    if "--check" in arguments:
        faults = stale(table["prompts"])
        if not faults and table["templates"] != templates():
            faults = ["templates"]
        for fault in faults:
            print(f"not spoken as it is written: {fault}")
        return 1 if faults else 0
    count = _remake(table["prompts"], everything="--all" in arguments)
    print(f"{count} prompts spoken")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
