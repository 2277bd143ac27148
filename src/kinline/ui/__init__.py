"""The look of every page: shells, components, style sheet, and the words of pages that belong to no room.

It knows nothing of persons, enquiries or matches. Templates get what they show from the room that draws them.
Components are templates under ``ui/`` to be included; each names in its first line what it is given.
"""
