"""Answers written under the numbers of our questions: "1. Full name: ..." and what stands below it.

Source: UX.md of the bureau's design, 1.5; the questions are the conversation's, only their numbers matter here.
"""

import re
from collections.abc import Mapping

_NUMBERED = re.compile(r"^[\s>*_]*([1-9]\d?)\s*[.):](?!\d)\s*[*_]*(.*)$")
_ASKED = re.compile(r"^[^:：\d]{1,120}[:：]\**\s*")
_QUOTED = re.compile(r"^\s*(?:>\s?)+")
_MOST = 30


def numbered_answers(text: str, *, asked: Mapping[int, str] | None = None) -> dict[int, str]:
    """Return the answers by the numbers of their questions; a question left empty is not there.

    What stands on the line after the question's colon is taken, and the lines below up to the next number. The number
    alone is enough: the question may be left out. A date is no number of a question, and numbers only rise.
    With ``asked``, the words of the questions by number, only those are taken off an answer; without, whatever stands
    before the first colon.

    >>> numbered_answers("1. Full name: Коваль Андрій\\n2. Date of birth:\\n> 14.03.2001\\n3) Relation: син\\n4. Unit:")
    {1: 'Коваль Андрій', 2: '14.03.2001', 3: 'син'}
    >>> numbered_answers("1. Коваль Андрій\\n2. 14.03.2001")
    {1: 'Коваль Андрій', 2: '14.03.2001'}
    """
    answers: dict[int, list[str]] = {}
    current = 0
    for line in text.split("\n"):
        found = _NUMBERED.match(line)
        if found and current < int(found[1]) <= _MOST:
            current = int(found[1])
            answers[current] = [_without_question(found[2], None if asked is None else asked.get(current, ""))]
        elif current:
            answers[current].append(_QUOTED.sub("", line))
    read = {number: _first_paragraph(lines) for number, lines in answers.items()}
    return {number: answer for number, answer in read.items() if answer}


def _without_question(line: str, question: str | None) -> str:
    if question is None:
        return _ASKED.sub("", line, count=1)
    bare = question.strip().rstrip(":：").casefold()
    start = line.strip(" *_")
    return start[len(bare) :].lstrip(" *_:：") if bare and start.casefold().startswith(bare) else line


def _first_paragraph(lines: list[str]) -> str:
    """The lines up to the first blank one after something was said: what follows answers no number."""
    said: list[str] = []
    for line in lines:
        if line.strip(" *_"):
            said.append(line.strip(" *_\t"))
        elif said:
            break
    return "\n".join(said)
