"""Indonesian documents for the batch tests, made from a few sentences of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SENTENCES = (
    "Petani di lereng gunung itu mulai memanen kopi sejak awal pekan.",
    "Harga beras di pasar induk turun karena pasokan dari daerah melimpah.",
    "Menurut kepala desa, jalan baru akan dibuka untuk umum pada bulan depan.",
    "Para siswa berjalan kaki sejauh empat kilometer menuju sekolah mereka.",
    "Hujan deras membuat sungai meluap dan merendam puluhan rumah warga.",
    "Pemerintah kota berjanji memperbaiki jembatan yang rusak tahun ini.",
    "Nelayan tidak melaut selama tiga hari karena gelombang tinggi.",
    "Museum itu menyimpan ratusan koleksi wayang dari berbagai daerah.",
)


def text(number: int) -> str:
    """A document of two paragraphs that differs from all others."""
    pick = [SENTENCES[(number + k) % len(SENTENCES)] for k in range(3)]
    return f"{pick[0]} Laporan ke-{number} selesai disusun pagi tadi.\n\n{pick[1]} {pick[2]}"


def rows(count: int, start: int = 0) -> list[dict[str, Any]]:
    """Rows with id, text and two more columns."""
    return [
        {"id": f"d{i}", "text": text(i), "rank": i, "tags": ["a", f"t{i % 3}"]}
        for i in range(start, start + count)
    ]


def write_jsonl(path: Path, values: list[dict[str, Any]]) -> Path:
    """Write rows as JSONL."""
    lines = [json.dumps(v, ensure_ascii=False) for v in values]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Read rows back."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
