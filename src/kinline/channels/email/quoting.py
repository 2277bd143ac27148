"""What was said, apart from what was only quoted and from signatures. The original is kept elsewhere, whole.

Which error is worse: to show an officer a few quoted lines too many, or to hide a family's words? So a line is set
apart only by a plain mark, forwarded letters are the sender's own words, and where nothing would be left of a letter
that answers none, all of it was said.

Source: RFC 3676, sections 4.3 (signatures) and 4.5 (quoting).
"""

import re

_QUOTED = re.compile(r"^\s{0,3}(?:>\s?)+")
_QUESTION = re.compile(r"^\s{0,3}(?:>\s?)+\s*(?=\*{0,2}[1-9]\d?[.)]\s*\S.{0,120}:)")
_WROTE = re.compile(
    r"(?:\bwrote|\bпише|\bпишет|\bнаписав|\bнаписала|\bнаписал|\bписав|\bписала|\bписал|\bschrieb|\bécrit|\bескрив)"
    r"(?:\(.{1,4}\))?\s*:\s*$",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d{1,2}[:.]\d{2}|\d{4}|@")
_FROM = re.compile(r"^.{0,80}\d{4}.{0,60}\b(?:от|від|from)\b.{0,120}:\s*$", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"^\s*[-_=]{2,}\s*(?:original message|исходное сообщение|початкове повідомлення|оригінальне повідомлення|"
    r"вихідне повідомлення|ursprüngliche nachricht)\s*[-_=]{2,}\s*$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(r"forwarded message|пересылаем|пересланн|переслан|пересилан|begin forwarded", re.IGNORECASE)
_HEAD = re.compile(r"^\s*\*?(?:from|від|от|von|de)\s*:\*?\s*\S", re.IGNORECASE)
_HEADS = re.compile(
    r"^\s*\*?(?:sent|date|to|cc|subject|надіслано|дата|кому|копія|тема|отправлено|копия)\s*:", re.IGNORECASE
)
_DEVICE = re.compile(
    r"^\s*(?:sent (?:from|via|with)|get outlook for|надіслано (?:з|із|від|за допомогою)|відправлено (?:з|із)|"
    r"отправлено (?:с|из|со|при помощи))\b.{0,80}$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"^(?:-- |--|—)$")
_LONGEST_SIGNATURE = 12
# A letter of more lines is no letter that somebody wrote, and nothing of it is set apart.
_MOST_LINES = 20_000


def split(text: str, *, is_reply: bool) -> tuple[str, str]:
    """Return what was said and what was quoted or signed, each in its order.

    A question of ours that was quoted with its number stays beside the answer that follows it.

    >>> split("Дякую\\n\\nOn 1.02.2026 10:00 Bureau wrote:\\n> We have your message", is_reply=True)
    ('Дякую', 'On 1.02.2026 10:00 Bureau wrote:\\n> We have your message')
    >>> split("> 1. Full name:\\nКоваль Андрій", is_reply=True)[0]
    '1. Full name:\\nКоваль Андрій'
    """
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:
        return text, ""
    said: list[str] = []
    quoted: list[str] = []
    at = 0
    while at < len(lines):
        taken = _quoted_at(lines, at)
        if taken:
            quoted += lines[at : at + taken]
        elif question := _answered(lines, at):
            said.append(question)
        elif _QUOTED.match(lines[at]):
            quoted.append(lines[at])
        else:
            said.append(lines[at])
        at += max(1, taken)
    own = _trimmed(said)
    if not own and not is_reply:
        return _trimmed(lines), ""
    return own, _trimmed(quoted)


def _quoted_at(lines: list[str], at: int) -> int:
    """How many lines from here on were quoted or signed, as their first line says."""
    this = lines[at]
    rest = len(lines) - at
    if _FORWARDED.search(this):
        return 0
    if _ORIGINAL.match(this) or _is_head(lines, at):
        return 0 if _is_forwarded(lines, at) else rest
    if wrote := _attribution(lines, at):
        following = _next(lines, at + wrote)
        # With marks, each line says itself whether it was quoted; without, all that follows was.
        return wrote if _QUOTED.match(following) or _has_marks(lines, at + wrote) else rest
    if _SIGNED.match(this):
        return _signature(lines, at)
    return 1 if _DEVICE.match(this) and _is_last(lines, at) else 0


def _attribution(lines: list[str], at: int) -> int:
    """How many lines, at most three, say who wrote what follows and when; 0 where none does."""
    if not lines[at].strip() or _QUOTED.match(lines[at]):
        return 0
    for count in (1, 2, 3):
        if not lines[at : at + count][-1].rstrip().endswith(":"):
            continue
        whole = " ".join(each.strip() for each in lines[at : at + count])
        if len(whole) > 300 or not all(each.strip() for each in lines[at : at + count]):
            return 0
        if (_WROTE.search(whole) and _DATED.search(whole)) or _FROM.match(whole):
            return count
    return 0


def _has_marks(lines: list[str], start: int) -> bool:
    return any(_QUOTED.match(each) for each in lines[start : start + 40])


def _is_head(lines: list[str], at: int) -> bool:
    """Whether the heading of an earlier letter begins here: From, and two more fields below it."""
    if not _HEAD.match(lines[at]):
        return False
    return sum(bool(_HEADS.match(each)) for each in lines[at + 1 : at + 6]) >= 2


def _is_forwarded(lines: list[str], at: int) -> bool:
    return any(_FORWARDED.search(each) for each in lines[max(0, at - 2) : at + 1])


def _signature(lines: list[str], at: int) -> int:
    """The lines of a signature: up to where quoting begins, or none where there are too many to be one."""
    filled = 0
    for below in range(at + 1, len(lines)):
        if _QUOTED.match(lines[below]):
            return below - at
        filled += bool(lines[below].strip())
        if filled > _LONGEST_SIGNATURE:
            return 0
    return len(lines) - at


def _is_last(lines: list[str], at: int) -> bool:
    """Whether nothing more is said below: only blanks, quotations and their attributions."""
    for below in range(at + 1, len(lines)):
        each = lines[below]
        if _QUOTED.match(each) or not each.strip():
            continue
        return bool(_attribution(lines, below) or _ORIGINAL.match(each) or _is_head(lines, below))
    return True


def _answered(lines: list[str], at: int) -> str:
    """A numbered question of ours that was quoted, without its mark, where an answer stands in it or under it."""
    if not _QUESTION.match(lines[at]):
        return ""
    question = _QUESTION.sub("", lines[at])
    if question.rstrip("* ").partition(":")[2].strip():
        return question
    following = _next(lines, at + 1)
    return question if following and not _QUOTED.match(following) else ""


def _next(lines: list[str], start: int) -> str:
    """The next line with words, a little way down; "" if there is none."""
    return next((each for each in lines[start : start + 40] if each.strip()), "")


def _trimmed(lines: list[str]) -> str:
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(each.rstrip() for each in lines)).strip("\n")
