"""The text layer of PDF files, through pdfminer.six (``zh-dedup[office]``)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from dedup.messages import message
from dedup.source.extras import needed

if TYPE_CHECKING:
    from dedup.model import Document, Skipped
    from dedup.source.reader import Content


class PdfReader:
    """Reads the text of all pages; a scan has none."""

    suffixes = frozenset({".pdf"})

    def read(self, content: Content) -> Document | Skipped:
        """Return the text in reading order, with a form feed between pages."""
        missing = needed(content, "office", "pdfminer")
        if missing is not None:
            return missing
        import logging
        import struct

        from pdfminer.high_level import extract_text
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfminer.pdfparser import PDFSyntaxError
        from pdfminer.psexceptions import PSException

        # It warns of every font that does not follow the standard, on standard error.
        logging.getLogger("pdfminer").setLevel(logging.ERROR)
        try:
            text = extract_text(io.BytesIO(content.raw))
        except PDFPasswordIncorrect:
            return content.skipped("encrypted", message("protected by a password"), error=True)
        except (PDFSyntaxError, PSException, *_DAMAGE, struct.error) as error:
            detail = message("damaged: {why}", why=str(error) or type(error).__name__)
            return content.skipped("damaged", detail, error=True)
        if not text.strip():
            detail = message("no text layer: a scan has to be recognised (OCR) first")
            return content.skipped("no-text-layer", detail)
        return content.document(text.rstrip("\f"))


#: What the parser raises, beside errors of its own, where a file was cut short or overwritten.
_DAMAGE = (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError)
