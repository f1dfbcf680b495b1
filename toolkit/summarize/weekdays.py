"""Which day a bare weekday of a sentence is: only where the Indonesian leaves no doubt.

Indonesian verbs carry no tense, so "pada Kamis" may lie behind or ahead of the article's date. A
weekday is resolved when words beside it say which ("Kamis lalu", "Senin mendatang", "pada Rabu
menyatakan", "akan berakhir pada Kamis"), and in no other case: no date is better than a wrong one.
Finding weekdays is ``text.dates``'s; what is printed is ``polish``'s.
"""

from __future__ import annotations

import datetime
import re
from typing import Literal

from toolkit.text.date_find import DateMention, find_dates

Side = Literal["past", "future"]

_I = re.IGNORECASE
_RECURRING = re.compile(
    r"\b(?:setiap|tiap|saban|biasa(?:nya)?|lazimnya|umumnya|rutin|kerap|selalu|sering|berkala|"
    r"hari-hari|mingguan|jadwal)\b",
    _I,
)
_RANGE = re.compile(
    r"(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\s*(?:[-–—/]|hingga|sampai|s\.?/?d\.?|dan|"
    r"atau|,)\s*(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\b",
    _I,
)
_BOUND = re.compile(
    r"\b(?:hingga|sampai|paling lambat|selambatnya|mulai|sebelum|jelang|menjelang|setelah|sesudah|"
    r"pasca|malam|untuk|tiap|salat|shalat|sholat|ibadah|misa|edisi|antara)\s+(?:pada\s+|hari\s+)*$",
    _I,
)
_ON = re.compile(r"\b(?:pada|hari)\s+$", _I)
_NAME_BEFORE = re.compile(r"(?:^|\s)(?!Pada\b|Hari\b)[A-Z][\w’'-]*\s+$")
"""A name right before: "Pasar Minggu" is a place."""
_PART = r"(?:\s+(?:pagi|siang|sore|petang|malam|dini hari))?"
_ZONE = r"(?:\s+waktu setempat|\s+waktu [A-Z]\w+)?"
_NAME_AFTER = re.compile(r"\s+[A-Z]|\s*[-–]")
"""A capitalised word right after: "Jumat Agung" is a feast. A hyphen: "Jumat-nya"."""
_OTHER_WEEK = re.compile(
    rf"{_PART}\s+(?:(?:di\s+)?(?:pekan|minggu|bulan|tahun)\b|(?:dua|tiga|empat|lima|[0-9]+)\s|"
    r"(?:pertama|kedua|ketiga|keempat|terakhir|berikut(?:nya)?|itu|tersebut|lainnya)\b)",
    _I,
)
_LAST = re.compile(rf"{_PART}\s+(?:yang\s+)?(?:lalu|silam|kemarin)\b", _I)
_COMING = re.compile(rf"{_PART}\s+(?:mendatang|yang akan datang|nanti)\b", _I)
_NEXT = re.compile(rf"{_PART}\s+depan\b", _I)
_TOMORROW = re.compile(rf"{_PART}\s+besok\b", _I)

_IRREALIS = re.compile(
    r"\b(?:akan|bakal|hendak|ingin|mau|rencana(?:nya)?|berencana|direncanakan|jadwal(?:nya)?|"
    r"dijadwalkan|diagendakan|diperkirakan|diprediksi|diharapkan|harus|wajib|perlu|jika|apabila|"
    r"bila|kalau|seandainya|mungkin|bisa|dapat|belum|batal|besok|lusa|nanti|mendatang|depan)\b",
    _I,
)
_UPSET = re.compile(
    r"\b(?:semula|awalnya|mulanya|tadinya|sedianya|seharusnya|semestinya|sebelumnya|sempat|batal|"
    r"dibatalkan|pembatalan|tertunda|ditunda|menunda|penundaan|urung|gagal|diundur|dimajukan|"
    r"saat itu|ketika itu|waktu itu|dulu|dahulu|jika|apabila|bila|kalau|seandainya|bukan|tidak|"
    r"tak|belum)\b",
    _I,
)
"""Plans that changed, plans of another time, conditions and denials: what was to be may not be."""
_EVENT = (
    r"(?:ber(?:temu|tolak|angkat|kunjung|langsung|akhir|laku|main|tanding|pidato|kumpul)|tiba|"
    r"datang|kembali|hadir|meng(?:hadapi|unjungi|hadiri)|melawan|menjamu|menemui|menerima|menuju|"
    r"di(?:gelar|adakan|selenggarakan|laksanakan|langsungkan|mulai|buka|tutup|resmikan|lantik|"
    r"umumkan|tandatangani|sidangkan|periksa|makamkan|kebumikan))"
)
_HOSTING = r"(?:menggelar|mengadakan|menyelenggarakan)"
_LINK = r"(?:pada|hari|di|ke|dari|dengan|oleh|bersama)"
_PLAIN = (
    r"(?:presiden|wakil|perdana|menteri|gubernur|bupati|wali|kota|kabupaten|provinsi|timnas|klub|"
    r"istana|gedung|kantor|markas|stadion|bandara|ibu|negara|mitranya|rekannya|timpalannya)"
)
_PLAN = r"(?:akan|bakal|hendak|dijadwalkan|direncanakan|rencananya|diagendakan)"
_FUTURE = re.compile(
    rf"\b{_PLAN}(?:\s+(?:akan|untuk|segera|juga|kembali))?\s+"
    rf"(?:{_EVENT}(?:\s+(?:{_LINK}|{_PLAIN}|[A-Z][\w.’'-]*|di\s+\w+)){{0,12}}"
    rf"|{_HOSTING}(?:\s+(?!(?:yang|dan|untuk|bahwa|serta|setelah|atas|soal|tentang|mengenai|"
    r"terkait|usai|pasca)\b)[\w-]+){1,3})"
    r"\s+(?:pada\s+|hari\s+)*$"
)
_SPEECH = (
    r"(?:mengatakan|menyatakan|menegaskan|menyebut(?:kan)?|menambahkan|menjelaskan|mengungkapkan|"
    r"menekankan|menuturkan|menyampaikan|mengumumkan|melaporkan|memperingatkan|membantah|mengaku|"
    r"menuduh|mengecam|memuji|menyerukan|meminta|mendesak)"
)
_THEN_SPEECH = re.compile(rf"{_PART}{_ZONE}\s+(?:telah\s+|juga\s+|kembali\s+)?{_SPEECH}\b")
_THEN_VERB = re.compile(rf"{_PART}{_ZONE}\s+(?:me|ber|di)[a-z]{{3,}}\b")
_SPOKE = re.compile(
    rf"\b{_SPEECH}(?:\s+(?:kepada|di|dalam|lewat|melalui)(?:\s+[\w.’'-]+){{1,4}}?)?,?"
    r"\s+(?:pada\s+|hari\s+)+$"
)
_THEN_THAT = re.compile(rf"{_PART}{_ZONE}(?:\s+bahwa\b|\s*[:,]\s*[\"“]|\s*\.?$)")
_SAID = re.compile(
    r"[\"”,]\s+(?:kata|ujar|tutur|ucap|ungkap|jelas|tegas|tambah|imbuh|papar|terang)(?:nya)?"
    r"(?P<who>(?:[\s,]+(?!(?:bahwa|yang|dan|seraya|sambil|soal|tentang|mengenai|jika)\b)"
    r"[\w.’'()-]+){0,14}?),?\s+(?:pada\s+|hari\s+)*$"
)
_OTHER_TIME = re.compile(
    r"\b(?:se)?(?:hari|pekan|minggu|bulan|tahun|dekade|abad)\s+(?:yang\s+)?"
    r"(?:lalu|silam|sebelumnya|kemudian|berikutnya|depan|mendatang)\b|\b(?:saat|kala|ketika)\s+itu\b",
    _I,
)
_YEAR = re.compile(r"(?<![0-9.,])(?:1[89]|20)[0-9]{2}(?![0-9]|[.,][0-9])")
_OPENING = re.compile(r"^(?:pada|dalam|di|sejak|akhir|awal|tahun|ketika|saat)\b[^,\"“]*,", _I)
_VERB = re.compile(r"\b(?:me|ber|di|ter)[a-z]{4,}\b")
_THEN_END = re.compile(rf"{_PART}{_ZONE}\s*(?:[.,]|$)")
_DONE = re.compile(
    rf"\b(?:telah|sudah)\s+(?:{_EVENT}|terjadi|meninggal|wafat|ditangkap|ditahan|menelepon)"
    rf"(?:\s+(?:{_LINK}|{_PLAIN}|[A-Z][\w.’'-]*)){{0,12}}\s+(?:pada\s+|hari\s+)*$"
)
_EARLY = re.compile(rf"^[^,;:]*?\b(?:pada|hari){_PART}\s+$")
"""The weekday stands before the sentence's verb: "Presiden Brasil pada Jumat membahas …"."""


def resolve_weekday(
    mention: DateMention, source: str, anchor: datetime.date
) -> tuple[datetime.date, Side] | None:
    """The day that a bare weekday of an Indonesian sentence means, and on which side it lies.

    ``mention`` is a date mention of ``source`` with a weekday and nothing else; ``anchor`` the
    article's date. None wherever the sentence does not settle it.
    """
    before, after = source[: mention.start], source[mention.end :]
    unsure = mention.weak and not _ON.search(before)  # "Minggu" is Sunday or week
    if mention.weekday is None or unsure or _RECURRING.search(source):
        return None
    if _RANGE.search(source) or _BOUND.search(before) or _NAME_BEFORE.search(before):
        return None
    if _NAME_AFTER.match(after) or _OTHER_WEEK.match(after):
        return None
    if _elsewhen(before, anchor):
        return None
    ahead = (mention.weekday - anchor.weekday()) % 7
    side = _side(before, after, ahead)
    if side is None:
        return None
    days = ahead or 7 if side == "future" else -((-ahead) % 7)
    if side == "past" and days == 0 and _LAST.match(after):
        days = -7
    try:
        return anchor + datetime.timedelta(days=days), side
    except OverflowError:
        return None


def _elsewhen(before: str, anchor: datetime.date) -> bool:
    """Whether the weekday's clause, or how the sentence opens, is set in another time.

    "Pada 2014, ia mengatakan pada Jumat …", "Tahun lalu, …", "Pada 15 Maret, …": an article of 2025
    or of August looks back there.
    """
    opening = _OPENING.match(before)
    frames = [re.split(r"[,;:\"”]", before)[-1], opening.group() if opening else ""]
    for frame in frames:
        if _OTHER_TIME.search(frame):
            return True
        if any(int(year) != anchor.year for year in _YEAR.findall(frame)):
            return True
        if any(m.month not in (None, anchor.month) for m in find_dates(frame, "id")):
            return True
    return False


def _side(before: str, after: str, ahead: int) -> Side | None:
    upset = _UPSET.search(before) or _UPSET.search(after)
    planned = _IRREALIS.search(re.split(r"[,;:]", before)[-1])
    if _LAST.match(after):
        # "Jumat lalu" on a Saturday may be yesterday or a week before.
        return None if planned or ahead == 6 else "past"
    if _COMING.match(after):
        return None if upset or ahead == 0 else "future"
    if _NEXT.match(after):
        return None
    if _TOMORROW.match(after):
        return "future" if ahead == 1 and not upset else None
    if _FUTURE.search(before):
        # On a Monday, "akan … pada Senin" may be today.
        return None if upset or ahead == 0 else "future"
    if planned:
        return None
    return "past" if _is_past(before, after, ahead) else None


def _is_past(before: str, after: str, ahead: int) -> bool:
    if _THEN_SPEECH.match(after) and _ON.search(before):
        return True
    if _SPOKE.search(before) and _THEN_THAT.match(after):
        return True
    said = _SAID.search(before)
    if said and _THEN_END.match(after) and not _VERB.search(said["who"]):
        return True
    if _DONE.search(before):
        return True
    # News puts "pada Jumat" before the verb for what has just happened: today or yesterday.
    fresh = ahead in (0, 6) and not _IRREALIS.search(after) and not _IRREALIS.search(before)
    return bool(fresh and _EARLY.match(before) and _only_names(before) and _THEN_VERB.match(after))


def _only_names(before: str) -> bool:
    """Whether nothing but a subject stands before the weekday: no verb, no relative clause."""
    return not _VERB.search(before) and not re.search(r"\b(?:yang|bahwa|saat|ketika)\b", before, _I)
