"""The outbox: what waits to be sent, joined to the transaction that promises it. At least once, never lost."""
