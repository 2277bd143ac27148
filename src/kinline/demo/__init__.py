"""Demonstration: invented people, invented enquiries, and a walk through the whole line of work.

The people are invented as a set: drawn by a seeded generator from public frequencies of names, marked ``DEMO-`` in
their numbers, in their units and on every page. None of them is, or is meant to be, a real prisoner, missing or dead
person; where three names and a birth date fall together with somebody's, that is chance.

This room refuses to know real data: it never reads the registry to invent from it, and its commands refuse to run
outside a demonstration installation.
"""
