"""The one way in which this room says that a file cannot be read."""

from kinline.tables import messages
from kinrules.refusal import Refused


class TableRefused(Refused):
    """A file that is not read, with what is the matter and where.

    ``code`` is for the machine, ``says`` is English for the log and holds nothing out of the file, ``sentence`` is for
    the person who sent it.
    """

    @property
    def sentence(self) -> str:
        """The whole sentence for the person: what, why, what next."""
        facts = dict(self.facts)
        if "kind" in facts:
            facts["kind"] = str(messages.KINDS.get(facts["kind"], messages.KINDS["other"]))
        return str(messages.REFUSALS[self.code]).format_map(facts)
