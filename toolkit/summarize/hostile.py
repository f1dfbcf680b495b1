"""Sentences of an article that speak to software rather than to readers, in Indonesian or English.

Such a sentence may be translated and shown, but it is no evidence for a summary: a model that
obeyed it must not find support in it. Rules lean to the telling phrases of injected instructions;
an article about such attacks is flagged too, which costs a warning and nothing else.
"""

from __future__ import annotations

import re

from toolkit.types import clean_text

_RULES: tuple[tuple[str, str], ...] = (
    (
        "overrides instructions",
        r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|rule|"
        r"direction|command|guideline|context)s?\b",
    ),
    (
        "overrides instructions",
        r"\b(?:abaikan|lupakan|acuhkan|hiraukan|kesampingkan)\b.{0,30}\b(?:instruksi|perintah|"
        r"petunjuk|arahan|prompt|aturan)\b.{0,25}\b(?:sebelumnya|di ?atas|terdahulu|awal|sistem|"
        r"semula)\b",
    ),
    (
        "poses as a message",
        r"^\W*(?:system|assistant|user|developer|human|sistem|asisten)\s*(?:message|prompt|note|"
        r"override|pesan)?\s*:",
    ),
    (
        "poses as a message",
        r"[<‹]\|?\s*/?\s*(?:im_start|im_end|system|assistant|eot_id|s)\s*\|?[>›]",
    ),
    (
        "poses as a message",
        r"[\[(]/?\s*(?:INST|SYS)\s*[\])]|###\s*(?:system|instruction|assistant)",
    ),
    (
        "addresses a model",
        r"\b(?:you are|you're|act as|pretend to be|anda adalah|kamu adalah|bertindaklah sebagai|"
        r"berperanlah sebagai)\b.{0,50}\b(?:AI|assistant|asisten|language model|model bahasa|"
        r"chatbot|bot|translator|summari[sz]er|peringkas|DAN)\b",
    ),
    (
        "addresses a model",
        r"\b(?:AI|language model|model bahasa|chatbot|summari[sz]er|asisten AI|kecerdasan buatan)\b"
        r".{0,30}\b(?:must|should|shall|harus|wajib)\b.{0,20}\b(?:write|reply|respond|output|say|"
        r"include|tulis|jawab|balas|sertakan|menulis|menjawab)",
    ),
    (
        "dictates an answer",
        r"^\W*(?:now |then |instead,? |please |tolong |sekarang |lalu |silakan )?(?:write|say|"
        r"state|"
        r"print|output|reply|respond|answer|return|translate|summari[sz]e|include|append|add|"
        r"insert|tulis|tulislah|tuliskan|katakan|nyatakan|jawab|jawablah|balas|balaslah|cetak|"
        r"keluarkan|tambahkan|sertakan|ringkas|ringkaslah|terjemahkan|sisipkan)\b.{0,60}"
        r"(?:\b(?:that|bahwa|only|hanya|exactly|persis|summary|ringkasan|the (?:words?|text|"
        r"sentence|following)|kata|kalimat|teks|berikut|in (?:french|german|chinese|russian|"
        r"spanish|english|indonesian)|dalam bahasa)\b|:)",
    ),
    (
        "asks for secrets",
        r"\b(?:send|reveal|print|show|leak|include|repeat|output|kirim(?:kan)?|tampilkan|bocorkan|"
        r"sertakan|ungkapkan|ulangi)\b.{0,50}\b(?:api[ _-]?key|system prompt|your (?:prompt|"
        r"instructions)|environment variable|access token|kunci api|prompt sistem|RINGKAS_\w+)",
    ),
    (
        "poses as the end of the material",
        r"(?:[<‹]\s*/\s*(?:article|artikel|passage|data|document|draft)[\w -]*[>›])|"
        r"\b(?:end of (?:the )?(?:article|document|material)|akhir (?:artikel|dokumen|materi))\b"
        r".{0,40}(?:[-=*#]{3}|\b(?:new|baru|next|following|task|tugas|instruction|instruksi)\b)",
    ),
    ("breaks out of data", r'"\s*\}\s*,?\s*\{?\s*"(?:role|sentences|content|messages)"\s*:'),
    (
        "carries active markup",
        r"<\s*/?\s*(?:script|img|iframe|svg|object|style|a)\b[^>]{0,200}>|"
        r"!\[[^\]]{0,80}\]\s*\(|javascript:|\bon(?:error|load|click)\s*=",
    ),
)
RULES = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _RULES)


def addresses_software(text: str) -> str:
    """What a sentence does that no report does ("overrides instructions" …), or "".

    Invisible characters are taken out first, so that hidden text is read as a model reads it.
    """
    clean = clean_text(text)
    for name, pattern in RULES:
        if pattern.search(clean):
            return name
    return ""
