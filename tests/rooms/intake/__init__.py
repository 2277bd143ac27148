"""The intake: kept first, read afterwards, acknowledged only when it is true."""
