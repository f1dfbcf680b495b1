"""The furniture table, second half: when, by whom, with which pictures, above the story.

See ``toolkit.reading.furniture_lines`` for the first half and ``toolkit.reading.rules`` for what
the columns mean.
"""

from __future__ import annotations

from toolkit.reading.rules import DOMAIN, MONTHS, OUTLETS, PHOTO, WEEKDAYS, Rule

_TIME = (
    r"(?:(?:pukul|jam|pkl\.?|at)?\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?i:WIB|WITA|WIT|AM|PM|GMT)?)"
)
_DATE = (
    rf"(?:\d{{1,2}}\s*[-/ ]\s*(?:{MONTHS}|\d{{1,2}})\s*[-/ ,]\s*\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|{MONTHS}\s+\d{{1,2}},?\s+\d{{4}})"
)
_PUBLISHED = (
    r"(?i:(?:di(?:perbarui|publikasikan|terbitkan|posting|buat|update)|published|updated?|terbit|"
    r"tayang|posted|post date|last updated?|rilis)(?:\s+(?:pada|on|at))?\W*)"
)
_BYLINE = (
    r"(?i:penulis|editor|reporter|pewarta|penerjemah|laporan|kontributor|redaktur(?: & reporter)?|"
    r"uploader|fotografer|videografer|wartawan|jurnalis|penyunting|author|written by|oleh|rep|red|"
    r"tim redaksi|koresponden|produser|pemimpin redaksi|penanggung jawab)"
)
_NAME = r"[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,4}"

CREDIT_RULES: tuple[Rule, ...] = (
    # When and by whom.
    Rule(
        "timestamp",
        "line",
        rf"(?:(?:{_PUBLISHED})?(?:{WEEKDAYS}\W+)?{_DATE}\W*{_TIME}?\W*){{1,2}}"
        r"(?:\d+ min(?:ute)?s? read)?",
        "Selasa, 25 Februari 2025 | 04:20 WIB",
        zone="edge",
    ),
    Rule(
        "timestamp",
        "line",
        rf"(?:(?:{_PUBLISHED}|{DOMAIN}\s*[-–|,]\s*)?(?:{WEEKDAYS}\W+)?{_DATE}\W*{_TIME}\W*){{1,2}}|"
        rf"(?i:(?:kemarin|hari ini)\W+{_TIME}\W*)",
        "Diperbarui pada 25 Februari 2025, 04:20 WIB",
    ),
    Rule(
        "byline",
        "line",
        rf"\W*{_BYLINE}(?:\s+(?i:{DOMAIN}|foto|video|berita))?\s*[:|]\s*\S.*[^.!?]|"
        r"(?i:laporan langsung).* dari [^.!?]*|"
        r"\W*.{3,60} berkontribusi (?:untuk|dalam|pada) (?:penulisan )?(?:artikel|berita) ini\W*",
        "Penulis: Ratna Wulandari | Editor: Bima Saputra",
        max_words=18,
    ),
    Rule(
        "byline",
        "line",
        rf"(?i:laporan (?:wartawan|reporter|kontributor|jurnalis|koresponden)\b).*[^.!?]|"
        rf"{_NAME}\s+[-|,]\s+(?:detik\w+|{OUTLETS}|{DOMAIN})|(?:Oleh|By)\s+{_NAME}|"
        rf"(?i:\W*{_BYLINE}\s*:?|tim (?:redaksi|liputan|detik\w*|\w+\.?com)(?: \S+)?)\W*|"
        r"(?:Penulis|Peranan), .*[^.!?]|(?i:waktu (?:mem)?baca):? \d+ menit\W*",
        "Laporan Wartawan Kabar Utara Ratna Wulandari",
        zone="edge",
        max_words=16,
    ),
    Rule(
        "source-line",
        "line",
        r"(?i:\W*(?:sumber|source)(?: (?:berita|artikel|gambar(?: header)?|foto|video))?\s*:).*|"
        r"(?:Sumber (?:berita|gambar)|Gambar header)\b.*|(?i:sumber\W*)|(?:Header|Tambahan): .*|"
        r"Via (?:[A-Z0-9&][\w.]*|dan)(?: (?:[A-Z0-9&][\w.]*|dan|&))*[.,]?"
        r"(?: (?:Sumber|Header)\b.*)?",
        "Sumber: Kyodo",
        zone="end",
        max_words=20,
    ),
    Rule(
        "signature",
        "line",
        r"[\(\[]\s*(?:[\w.,&+*' -]{1,28}(?:/[\w.&+*' -]{1,28}){0,4})?\s*[\)\]]"
        r"[\W\d]*(?i:WIB|WITA|WIT)?",
        "(bud/ang)",
        zone="tail",
        max_words=8,
    ),
    Rule(
        "signature",
        "line",
        r"[\(\[](?:[a-z]{2,6}(?:/[a-z]{2,6})*|"
        rf"(?:{DOMAIN}|{OUTLETS})/[\w.'’ -]{{3,40}})[\)\]]\W*",
        "(Kabarutara.com/Ratna Wulandari)",
    ),
    # Pictures.
    Rule(
        "photo-credit",
        "line",
        r"(?i:\W*(?:kredit foto|sumber foto|photo|photo by|credit|image|gambar|ilustrasi|"
        r"dok(?:umentasi)?\.?|kredit)\s*(?:[:/]|oleh\b)).*[^.!?]|\((?i:kredit|foto)\s*:.*\)|"
        rf"(?:[\w.'’ -]{{2,40}}\s*/\s*)?{PHOTO}\s*/.*[^.!?]|"
        rf"(?:[\w.'’ -]{{2,40}}\s*/\s*){{1,3}}{PHOTO}[\s\w/.-]{{0,40}}|"
        r"(?i:sumber gambar|hak atas foto),? .{2,60}[^.!?]",
        "Bima Saputra / AFP / ARSIP KABARUTARA.COM 2022",
        max_words=14,
    ),
    Rule(
        "caption",
        "line",
        r"(?i:foto|keterangan (?:foto|gambar)|image caption|caption)\s*[:,/]\s*[A-Z0-9(\"“].+|"
        r"(?:[^.!?]{3,160}[\(\[](?i:foto|kredit|photo|dok|ilustrasi)|[^.!?,]{3,80}[\(\[](?i:sumber))"
        r"\b\.?\s*[:/]?[^()\[\]]{0,80}[\)\]]\.?|.{3,200}[^.!?][.\s]\s*(?i:foto|kredit|photo)\s?[:/]\s?[^.!?]{2,60}|"
        r".{3,240}[\(\[]?(?:ANTARA FOTO|Antara Foto|ANTARA|REUTERS|AFP PHOTO|AP Photo|"
        r"Getty Images)\s*/"
        r"[^().]{2,60}[\)\]]?\.?|"
        rf"Ilustrasi\b[^.]{{0,80}}(?:\.\s*{PHOTO})?\.?",
        "Jembatan baru di atas sungai (Foto: Kabar Utara)",
        max_words=45,
    ),
    # Above the story.
    Rule(
        "outlet-line",
        "line",
        rf"(?:{DOMAIN}|{OUTLETS}|detik[A-Z]\w+)\s?\W*",
        "kabarutara.com",
        zone="edge",
    ),
    Rule(
        "section-label",
        "line",
        r"(?i:berita|kanal|rubrik|beranda|home)(?:\s+[A-Z][\w&-]*){1,3}|"
        r"(?:Home|Beranda)\s*[>/»›|].{2,80}|"
        r"(?i:(?:nasional|internasional|dunia|news|politik|hukum|ekonomi|bisnis|olahraga|sport|bola|"
        r"teknologi|tekno|hiburan|entertainment|gaya hidup|lifestyle|otomotif|kesehatan|"
        r"pendidikan|daerah|regional|megapolitan|metropolitan|peristiwa|global|opini|kolom|"
        r"luar negeri|mancanegara|beranda|home)\W*)",
        "Berita Luar Negeri",
        zone="head",
        max_words=8,
    ),
)
"""Tried in order on each unit, after the rows of ``furniture_lines``."""
