"""Kinline, the application: one room for each capability of the bureau, ranked on stairs."""
