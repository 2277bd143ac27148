"""What the pages of the registry may send."""

from kinline.registry.forms.reports import NewRecordForm, ReportForm, StatementForm
from kinline.registry.forms.steps import MoveForm, SearchForm, SetAsideForm

__all__ = ["MoveForm", "NewRecordForm", "ReportForm", "SearchForm", "SetAsideForm", "StatementForm"]
