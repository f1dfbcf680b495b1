"""Reading: files, stdin, URLs, strings → Document, with page furniture taken out and reported.

Reading order: source (entry points), decode, formats (html, markdown), fetch, layout, rules and
the furniture tables, furniture (the engine), structure, published, document.
"""

from toolkit.reading.source import document_from_bytes, document_from_text, read_document

__all__ = ["document_from_bytes", "document_from_text", "read_document"]
