"""Word documents (.docx), through python-docx (``zh-dedup[office]``)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from dedup.messages import message
from dedup.source.extras import needed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from docx.table import Table

    from dedup.model import Document, Skipped
    from dedup.source.reader import Content

#: An Office file with a password is a compound file, not an archive.
_COMPOUND = b"\xd0\xcf\x11\xe0"


class WordReader:
    """Reads the paragraphs and tables of a document in order; headers and notes are left out."""

    suffixes = frozenset({".docx"})

    def read(self, content: Content) -> Document | Skipped:
        """Return one line for each paragraph and for each row of a table."""
        missing = needed(content, "office", "docx")
        if missing is not None:
            return missing
        if content.raw.startswith(_COMPOUND):
            detail = message("protected by a password, or an older Word file under a new name")
            return content.skipped("encrypted", detail, error=True)
        from zipfile import BadZipFile

        import docx
        from lxml.etree import LxmlError

        try:
            text = "".join(f"{line}\n" for line in _lines(docx.Document(io.BytesIO(content.raw))))
        except (BadZipFile, LxmlError, KeyError, ValueError, OSError):
            # What these say is about the insides of the library.
            detail = message("damaged, or no Word document")
            return content.skipped("damaged", detail, error=True)
        return content.document(text)


def _lines(document: WordDocument) -> Iterator[str]:
    from docx.text.paragraph import Paragraph

    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from _rows(block)


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            if cell._tc is not last:  # noqa: SLF001 - a merged cell stands in each of its columns
                cells.append(cell.text)
            last = cell._tc  # noqa: SLF001
        yield "\t".join(cells)
