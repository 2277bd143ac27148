"""One rule of law a file. Each rule is a function ``refusal(...)`` that returns why not, or None if allowed."""
