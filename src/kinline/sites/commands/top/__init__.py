"""Verbs without a noun: they run and keep the installation."""
