"""Every sentence this room says outside its templates: ``families`` to those who ask, ``desk`` to officers."""

from kinline.enquiries.messages import desk, families

REFUSALS = {**families.REFUSALS, **desk.REFUSALS}
