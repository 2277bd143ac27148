"""Invented papers of kinship: small PDF documents that say of themselves that they are invented.

Source: ISO 32000-1 (PDF 1.7), sections 7.5 (file structure) and 9.4 (text).
"""

from kinline.ledger.actions import Document

_LINES = ("DEMO - INVENTED DOCUMENT", "Birth certificate, for demonstration only", "Enquiry {mark}", "Nobody is meant.")

_FONT = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def kinship(mark: str) -> Document:
    """A birth certificate for the enquiry ``mark``."""
    return Document(_pdf([line.format(mark=mark) for line in _LINES]), f"{mark}-birth.pdf", "application/pdf")


def _pdf(lines: list[str]) -> bytes:
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    text = f"BT /F1 18 Tf 24 TL 56 760 Td {shown} ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources {_FONT} >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
    )
    body, places = "%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>"
    )
    return f"{body}{tail}\nstartxref\n{len(body)}\n%%EOF\n".encode("ascii")
