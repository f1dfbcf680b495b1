"""Whether a word of the source became its opposite: denied and admitted, bought and sold.

As coarse as ``polarity``: a finding needs an English word of the opposite and none that may stand
for what the source says. A table row has, of the Indonesian word: its forms, the words beside
which nothing is said (those of the opposite, and other senses of the form), the English words that
keep it and those that turn it. A star stands for any ending. "He ate before
leaving" turns nothing: it may stand for "after eating he left".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.types import Check

_NOT = frozenset("tidak tak bukan belum jangan tanpa tidaklah bukanlah takkan mustahil".split())
_ENGLISH_NOT = "not no nor never none cannot without neither nobody nothing hardly barely fail*"

_DENY = """deny denies denied denying denial* refut* reject* dismiss* disput* contradict* rebut*
    disavow* disclaim* repudiat* protest* argu* false hoax untru* insist* debunk* counter*"""
_ADMIT = """admit* acknowledg* confess* confirm* recogni* conced* accept* claim* say* said profess*
    accredit* concession* reveal*"""
_REFUSE = """reject* refus* turn* declin* oppos* den[iy]* dismiss* object* resist* against rebuff*
    veto* rebel* protest* reluct* unwilling disagree* spurn* repel* repuls* defy defi* shun*
    overturn* overrul* threw throw* brush* disapprov* unaccept* ban bans banned block* bounc*"""
_APPROVE = """approv* agree* accept* endors* consent* pass* adopt* ratif* sign* authori* back*
    receiv* support* allow* green* welcom* clear* favo* nod ok assent* acced* permit* got get*
    tak* took obtain* earn* collect* embrac* concur*"""
_WIN = """win wins winning won winner* victor* beat* triumph* success* champion* claim* secur*
    defeated defeats clinch* edg* overc* prevail* title* medal* upset* gold"""
_LOSE = """lose* losing loss* lost defeat* beaten fell fall* outdo* outnumber* outperform* inferior
    less lower eliminat* knock* behind down runner* outshin* rival* poor* cede* unsuccess* out
    crash* bow* equal* trail* surrend* worse"""
_SUPPORT = """support* back* endors* assist* aid* help* favo* promot* encourag* sponsor* advoca*
    boost* facilit* contribut* bolster* enabl* accompan* reinforc* uph* align* cheer* root* fan*
    sustain* behind underpin* pav* driv* strengthen*"""
_OPPOSE = """oppos* against resist* object* reject* defy defi* challeng* counter* protest* fight*
    fought anti contra* condemn* denounc* disagree* violat* stand* stood critic* combat*"""
_BUY = """buy* bought purchas* acqui* procur* pay* paid get* got order* obtain* spen* shop* afford*
    import* customer* tak* took pick* trad* grab*"""
_SELL = """sell* sold sale* market* trad* vend* retail* offer* hawk* peddl* divest* export* auction*
    offload* unload* dispos* shop* stor* suppl* carr*"""
_IMPORT = "import* bring* brought buy* bought purchas*"
_EXPORT = "export* ship* send* sent sell* sold suppl*"
_BEFORE = "before* prior ahead till earlier previous* preced* pre eve ago already yet until"
_AFTER = "after* follow* since once when later post upon subsequent* because until"

_TABLE = (
    ("membantah dibantah menyangkal disangkal", "benar mengakui akui", _DENY,
     "admit* confess* confirm* acknowledg* conced*"),
    ("mengakui mengaku diakui", "membantah membantahnya menyangkal bantah bukan menolak", _ADMIT,
     "den[iy]*"),
    ("menolak ditolak penolakan", "setuju menyetujui disetujui menerima diterima terima sepakat",
     _REFUSE, "accept* approv* agree* welcom* endors*"),
    ("menyetujui disetujui", "menolak ditolak tolak penolakan bantah menentang", _APPROVE,
     "reject* refus* declin* oppos* veto* den[iy]*"),
    ("menerima diterima", "menolak ditolak tolak penolakan", _APPROVE, "reject* refus* veto*"),
    ("menang memenangkan memenangi kemenangan", "kalah kekalahan mengalahkan menumbangkan", _WIN,
     "lose loses lost losing loss defeat"),
    ("kalah kekalahan", "menang kemenangan memenangkan memenangi mengalahkan juara", _LOSE,
     "win wins won winning victor*"),
    ("mendukung didukung", "menentang menolak melawan lawan", _SUPPORT,
     "oppos* object* reject* against"),
    ("menentang ditentang", "mendukung didukung dukungan", _OPPOSE,
     "support* back* endors* favo*"),
    ("membeli dibeli", "menjual dijual jual penjual penjualan pedagang terjual", _BUY,
     "sell sells selling sold"),
    ("menjual dijual", "membeli dibeli beli pembeli pembelian", _SELL,
     "buy buys buying bought purchas*"),
    ("mengimpor diimpor impor", "ekspor mengekspor diekspor", _IMPORT, "export*"),
    ("mengekspor diekspor ekspor", "impor mengimpor diimpor", _EXPORT,
     "import imports imported importing"),
    ("sebelum", "setelah sesudah usai pasca sejak pascanya kemudian selesai", _BEFORE,
     r"(?<!\w\s)after after(?!\s\w+ing\b)"),
    ("setelah sesudah", "sebelum sebelumnya jelang menjelang lalu kemudian", _AFTER,
     r"(?<!\w\s)before before(?!\s\w+ing\b)"),
)  # fmt: skip
_PLAIN = frozenset("sebelum setelah sesudah impor ekspor mengimpor mengekspor".split())
"""Forms that a denial beside them does not turn."""


@dataclass(frozen=True, slots=True)
class _Row:
    others: frozenset[str]
    kept: re.Pattern[str]
    turned: re.Pattern[str]


def word_pattern(words: str) -> re.Pattern[str]:
    """Any of ``words`` as whole words, in any case: a star is any ending, an underscore a space."""
    each = (w.replace("*", r"\w*").replace("_", " ") for w in words.split())
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)


_DENIED = re.compile(rf"n['’]t\b|{word_pattern(_ENGLISH_NOT).pattern}", re.IGNORECASE)
_ROWS = {
    form: _Row(frozenset(others.split()), word_pattern(kept), word_pattern(turned))
    for forms, others, kept, turned in _TABLE
    for form in forms.split()
}
_FORMS = frozenset(_ROWS)


def check_opposites(source_words: list[str], hypothesis: str) -> list[Check]:
    """Words whose place an opposite has taken (warnings); ``source_words`` are lower-cased."""
    checks: list[Check] = []
    said = _FORMS.intersection(source_words)
    for form in sorted(said):
        row = _ROWS[form]
        wrong = row.turned.search(hypothesis)
        if not wrong or row.kept.search(hypothesis) or not row.others.isdisjoint(source_words):
            continue
        if form not in _PLAIN:
            at = source_words.index(form)
            denied = not _NOT.isdisjoint(source_words[max(0, at - 3) : at])
            if denied or _DENIED.search(hypothesis):
                continue
        detail = f"'{form}' of the source may have become '{wrong.group()}'."
        checks.append(Check("omission", "warning", detail))
        break
    return checks
