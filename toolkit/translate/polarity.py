"""Whether a hypothesis turns its source round: a lost denial, a rise that fell, a stop that began.

The checks are coarse on purpose. A denial counts as kept by any English word that denies,
excludes or turns down, one word a denial; a rise beside a figure as turned only where the
hypothesis has nothing but words of falling. Careful translations trip them in fewer than one of
1,000 sentences.
"""

from __future__ import annotations

import re

from toolkit.types import Check

_I = re.IGNORECASE
_IDIOM = re.compile(
    r"\b(?:ma[uo] (?:tak|tidak) mau|(?:tidak|tak|bukan)(?:lah)? (?:hanya|cuma|saja|sekadar|semata|"
    r"berhenti|ketinggalan|menutup kemungkinan|bisa tidak|dapat tidak|pernah (?:berhenti|lelah|"
    r"absen)|bisa (?:dipungkiri|dimungkiri|dielakkan)|dapat (?:dipungkiri|dimungkiri|dibedakan|"
    r"dideteksi))|belum (?:berhenti|lama|sempat)|saat belum|belum [a-z]+ saja|"
    r"(?:jika|kalau|bila|apabila|paling|setidak) (?:tidak|bukan)|"
    r"(?:atau|pernah|apa|apakah) (?:tidak|bukan|belum))\b",
    _I,
)
_DENIAL = re.compile(
    r"\b(?:tidak(?:lah)?|tak|belum|jangan(?:lah)?) (?:juga |lagi |pernah )?"
    r"(?:akan|ada|bisa|dapat|boleh|perlu|harus|ingin|me(?:m|n|ng|ny|l|r)?[a-z]{4,}|di[a-z]{4,}|"
    r"ber[a-z]{4,}|ter(?!kecuali|kira|hingga)[a-z]{4,}|hadir|setuju|tahu|mau|ikut|bersalah|lolos|"
    r"percaya|sepakat|sah|aman|benar|cukup|suka|punya|kembali|datang|pulang|lulus|hidup|mati|"
    r"tepat|cermat|layak|sesuai|efektif|efisien|adil|wajar|puas|maksimal|optimal|stabil|murah|"
    r"berlaku|lengkap|konsisten|transparan|relevan|logis|sempat|sanggup|yakin|rela|peduli|takut|"
    r"gentar|sopan|pantas|tuntas|akurat|jujur|siap|kuat|selesai|tentu|wajib|keluar|pernah)\b|"
    r"\bbukan(?:lah)? (?!hanya|saja|sekadar|cuma|semata|main|kepalang|tidak|berarti|sembarang|apa|"
    r"rahasia|ras\b)[a-z]{3,}",
    _I,
)
_ENGLISH_DENIAL = re.compile(
    r"n['’]ts?\b|\b(?:not|no|nor|never|none|nobody|nothing|nowhere|neither|cannot|without|non\w*|yet|"
    r"un(?!cles?\b|der|til|to\b|i(?:t|on|vers|que|form|lat|fi|cef|s\b))\w{3,}|"
    r"in(?:ab|ac|ad|ap|cap|comp|cons|corr|def|dep|des|dis|dec|dir|eff|el|eq|ev|exp|fin|freq|hum|nocen|op|sens|sep|"
    r"suff|vis|val)\w*|im(?:bal|mor|mat|measur|plaus|poss|pass|prop|perf|mob|mat|part|prac|prec|prob)\w*|irr\w+|ill\w*|ignor\w+|"
    r"dis(?:agr|appr|allow|qualif|satis|claim|content|honest|hono|inclin|lik|ob[el]|regard|resp|"
    r"trust|appear|advant|continu|interest|prov|connect|order|abl|miss|harm|prop|use|bel)\w*|"
    r"mis(?!s)\w{3,}|miss(?:ed|es|ing)?|fail\w*|refus\w+|reject\w+|den(?:y|ies|ied|ying|ial)|"
    r"lack\w*|absen\w+|avoid\w*|prevent\w*|prohibit\w*|forb\w+|ban(?:s|ned)?|barred|stop\w*|"
    r"hardly|barely|rarely|seldom|scarcely|little|less|left|instead|rather|except|unless|"
    r"other than|beyond|refrain\w*|neglect\w*|nil|zero|pending|exclu\w+|exempt\w*|halt\w*|"
    r"oppos\w+|doubt\w*|unlike|devoid|\w+less(?<!nevertheless)(?<!nonetheless)|cease\w*|"
    r"declin\w+|withh\w+|spare\w*|resist\w*|otherwise|skip\w*|end to|too \w+ to|wrong\w*|"
    r"false\w*|accidental\w*|stranger\w*|off duty|at large|remain\w* to|"
    r"still to|degenerat\w*|deprav\w*|dead|lifeless|"
    r"sub(?:optimal|standard)|abnormal\w*|amoral\w*|(?:keep|kept|keeping)\b[^.;]*? from|"
    r"(?:caution|warn)\w*\b[^.;]*? against)\b",
    _I,
)
_TITLED = re.compile(r"[a-z] [A-Z][a-z]|[A-Z][a-z]+ [A-Z][a-z]")
"""A denial in a title."""
_FIGURE = r"(?=(?:\W+[^\W\d]+){0,3}\W+(?:Rp\.?\s?|US\$\s?)?[0-9])"
_BEFORE = re.compile(r"(?:\W+[^\W\d]+){0,4}\W+(?:Rp\.?\s?|(?:US)?\$|€)?[0-9]")
"""What stands between a word of rising or falling and its figure."""
_UP = rf"\b(?:naik|meningkat|menguat|bertambah|melonjak){_FIGURE}"
_DOWN = (
    rf"\b(?:turun(?! (?:ke|tangan|hujan|di)\b)|menurun|melemah|berkurang|anjlok|merosot){_FIGURE}"
)
_ANY_UP = r"(?:naik|kenaikan|tingkat|kuat|tambah|lonjak|tumbuh|lesat)"
_ANY_DOWN = r"(?:turun|lemah|kurang|anjlok|rosot|jatuh|susut|defisit|rugi)"
_ENGLISH_UP = re.compile(
    r"\b(?:r[iou]s(?:e[ns]?|ing)|rais\w+|increas\w+|strengthen\w*|gain\w*|jump\w*|surg\w+|"
    r"climb\w*|soar\w*|grew|grow\w*|up|higher|add(?:ed|ing|s)?|advanc\w+|spik\w+|warm\w*|"
    r"appreciat\w+)\b",
    _I,
)
_ENGLISH_DOWN = re.compile(
    r"\b(?:f[ae]ll\w*|drop\w*|declin\w+|decreas\w+|weak\w*|slump\w*|plung\w+|plummet\w*|tumbl\w+|"
    r"down\w*|lower\w*|los[te]\w*|los(?:s|es|ing)|reduc\w+|shr[aiu]nk\w*|slid\w*|slip\w*|cut\w*|"
    r"dip\w*|eas(?:ed|ing)|contract\w*|depreciat\w+|less|fewer|minus|sank|sink\w*|shed\w*|crash\w*|"
    r"div(?:ed|ing)|dove|nosediv\w+|cool\w*)\b",
    _I,
)
_TURNS = (
    (re.compile(_UP, _I), re.compile(_ANY_DOWN, _I), _ENGLISH_UP, _ENGLISH_DOWN),
    (re.compile(_DOWN, _I), re.compile(_ANY_UP, _I), _ENGLISH_DOWN, _ENGLISH_UP),
)

_STOP = re.compile(r"\b(?:berhenti|dihentikan|menghentikan|terhenti|penghentian)\b", _I)
_ANY_START = re.compile(r"(?:mulai|lanjut|awal|luncur|resmi|rintis)", _I)
_ENGLISH_STOP = re.compile(
    r"\b(?:stop\w*|halt\w*|ceas\w+|suspen\w+|end(?:s|ed|ing)?|discontinu\w+|terminat\w+|"
    r"clos\w+|shut\w*|paus\w+|quit\w*|retire\w*|resign\w*|le(?:ft|av\w+)|drop\w*|idle\w*|"
    r"inactive|hiatus|break|broke\w*|no longer|without|not|never|until|unstoppable|nonstop|"
    r"out of|cut (?:off|short)|block\w*|stall\w*|interrupt\w*|disrupt\w*|off|abandon\w*|"
    r"pull\w*|dismiss\w*|la(?:y|id)|fire[ds]?|sack\w*|brought|prevent\w*|curb\w*|"
    r"fr[eo]+z\w+|g[ai]ve\w* up|giving up|finish\w*)\b",
    _I,
)
_ENGLISH_START = re.compile(r"\b(?:beg[aiu]n\w*|start\w*|launch\w*|continu\w+|resum\w+)\b", _I)


def check_polarity(source: str, hypothesis: str) -> list[Check]:
    """A lost denial, a stop given as a start (warnings); a rise as a fall or a fall as a rise
    (error).
    """
    checks = []
    found = (m.group() for m in _DENIAL.finditer(_IDIOM.sub(" ", source)))
    denials = [d for d in found if not _TITLED.search(d)]
    kept = len(_ENGLISH_DENIAL.findall(hypothesis)) if denials else 0
    if kept < len(denials):
        shown = ", ".join(f"'{denial}'" for denial in denials)
        how = "the translation does not" if not kept else "the translation does so less often"
        checks.append(
            Check("omission", "warning", f"The source denies something ({shown}); {how}.")
        )
    stop = None if _ANY_START.search(source) else _STOP.search(source)
    begun = _ENGLISH_START.search(hypothesis) if stop else None
    if stop and begun and not _ENGLISH_STOP.search(hypothesis):
        detail = f"'{stop.group()}' (stop) of the source may have become '{begun.group()}'."
        checks.append(Check("omission", "warning", detail))
    for said, other, same, turned in _TURNS:
        ours = said.search(source)
        if not ours or other.search(source) or same.search(hypothesis):
            continue
        wrong = next(
            (m for m in turned.finditer(hypothesis) if _BEFORE.match(hypothesis, m.end())), None
        )
        if wrong:
            detail = f"'{ours.group()}' of the source became '{wrong.group()}'."
            checks.append(Check("number", "error", detail))
    return checks
