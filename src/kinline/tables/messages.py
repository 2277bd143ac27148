"""Every sentence this room says to people: refusals, notes about rows, problems of values."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "table.empty": _("The file {name} is empty. Check that you chose the right file, and send it again."),
    "table.no-rows": _(
        "The file {name} was read, but there are no rows under the headings. "
        "Check that you chose the right file, and send it again."
    ),
    "table.locked": _(
        "The file {name} is locked with a password. Open it in your spreadsheet program, save it without a password, "
        "and send it again."
    ),
    "table.damaged": _(
        "The file {name} is damaged and cannot be read ({where}). Open it in your spreadsheet program, save it again "
        "as XLSX or CSV, and send the new file."
    ),
    "table.not-a-table": _(
        "The file {name} is not a table: it looks like {kind}. Save the table as XLSX or CSV, and send it again."
    ),
    "table.several-files": _(
        "The archive {name} holds {count} files, and only one table can be read at a time. Send each table by itself."
    ),
    "table.too-large": _(
        "The file {name} is larger than {limit} when unpacked. Split it into several files, and send them one by one."
    ),
    "table.line-too-long": _(
        "Row {where} of the file {name} is longer than any real row. The quotation marks there may be broken. "
        "Mend the row, and send the file again."
    ),
    "table.no-such-sheet": _(
        "The file {name} has no sheet of that name. Its sheets are: {sheets}. Choose one of them."
    ),
    "table.cannot-open": _(
        "The file {name} cannot be opened on this machine. Check its place and its permissions, and try again."
    ),
    "table.cannot-write": _(
        "The file {name} could not be written: the disk may be full or the folder closed. "
        "Nothing is lost. Make room, and ask for the file again."
    ),
    "table.bad-mapping": _(
        "The column mapping {name} cannot be used ({where}). "
        "Make a new one on the page “Match columns”, or mend the file, and try again."
    ),
}

KINDS = {
    "picture": _("a picture"),
    "pdf": _("a PDF document"),
    "web page": _("a web page"),
    "json": _("a JSON document"),
    "xml": _("an XML document"),
    "text document": _("a text document"),
    "archive": _("an archive"),
    "other": _("something else"),
}

NOTES = {
    "formula": _("The cell holds a formula; its last calculated value was taken."),
    "formula-not-calculated": _("The cell holds a formula that was never calculated, so its value is not known."),
    "error-cell": _("The cell holds a spreadsheet error instead of a value."),
    "merged": _("The cell is merged; the value of row {detail} was taken."),
    "hidden-row": _("The row is hidden in the spreadsheet; it was read all the same."),
    "heading": _("The row looks like a heading or a remark, not like a person."),
    "total": _("The row looks like a total, not like a person."),
    "column-marks": _("The row numbers or marks the columns."),
    "header-again": _("The row repeats the headings."),
    "letters-lost": _("Some letters were lost before the file reached us."),
    "control-character": _("The cell held an unprintable character; a sign is shown in its place."),
    "open-quote": _("A quotation mark is opened and not closed; the row was read without it."),
    "stray-quote": _("A quotation mark stands where none should; it was read as a letter."),
    "other-encoding": _("The row is written in another encoding than the rest of the file: {detail}."),
    "too-many-cells": _("The row has more cells than there are headings; the rest is kept as a note."),
    "other-sheets": _("Only the sheet “{detail}” was read. Import the other sheets one by one."),
    "hidden-sheet": _("The sheet “{detail}” is hidden and was not read."),
    "no-header": _("No headings were found, so the columns have letters instead."),
    "encoding": _("The letters were read as {detail}."),
    "unpacked": _("The table was unpacked from an archive: {detail}."),
}

PROBLEMS = {
    "date.two-digit-year": _("The year has two digits."),
    "date.day-or-month": _("Day and month could be the other way round."),
    "date.impossible": _("There is no such day in the calendar."),
    "date.future": _("The date lies in the future."),
    "date.too-old": _("The date is too long ago to be meant."),
    "date.spreadsheet-zero": _("A spreadsheet writes this date when the cell was empty or zero."),
    "date.serial": _("A bare number stands where a date should be."),
    "date.wrong-letters": _("Letters stand where digits should be."),
    "date.age": _("An age is given, and the day it was true is not known."),
    "date.not-read": _("This could not be read as a date."),
    "sex.not-read": _("This could not be read as male or female."),
    "phone.not-read": _("This could not be read as a telephone number."),
    "answer.not-read": _("This could not be read as yes or no."),
    "number.digits-lost": _("The spreadsheet kept only 15 digits of this number; the last ones are lost."),
}
