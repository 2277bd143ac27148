"""The devices of one invented family: what it writes with and reads on, on this machine alone.

Each device is a stand-in for a channel's other end, and the house is reached by the channel's own wire. One page shows
them all side by side, so that whoever tries the house sees what a family sees, and beside it where it stands at the
desk. A device more is one module here, one template, and a line in ``standing.py``.
"""
