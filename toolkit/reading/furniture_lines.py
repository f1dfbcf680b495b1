"""The table of furniture that fills whole lines: each row a name, a pattern and an example.

Rows are tried in order; the first that matches the whole cleaned line names the removal, so that
a story sentence that merely contains such words stays. ``toolkit.reading.rules`` says what the
columns mean.
"""

from __future__ import annotations

from toolkit.reading.furniture_credits import CREDIT_RULES
from toolkit.reading.rules import DOMAIN, OUTLETS, Rule

_AGO = (
    r"(?:\d+|se|satu|beberapa)\s*(?:detik|menit|jam|hari|minggu|pekan|bulan|tahun)\s+"
    r"(?:yang\s+)?lalu"
)
_VIA = (
    r"(?:google ?news|(?:saluran|channel|kanal|grup|akun)(?: resmi| official)?"
    r" (?:whats ?app|wa\b|telegram|youtube|instagram)|(?:whats ?app|wa|telegram|youtube|official)"
    r" (?:whats ?app )?channel|news update|line today)"
)
_BUTTON = (
    r"(?:facebook|twitter|x|whats ?app|telegram|line|linkedin|e-?mail|pinterest|threads|instagram|"
    r"tiktok|youtube|cetak|print|simpan|komentar)"
)

LINE_RULES: tuple[Rule, ...] = (
    # Page ends.
    Rule(
        "copyright",
        "line",
        r"(?i:\W*(?:copyright|hak cipta)\b"
        r"(?=.{0,60}(?:©|\(c\)|(?:19|20)\d\d|reserved|dilindungi)).*|"
        r"\W*©.*|\(c\)\s*(?:19|20)\d\d.*|\W*all rights? reserved\b.*)",
        "Copyright © KABAR UTARA 2026",
        opens="rest",
    ),
    Rule(
        "crawling-notice",
        "line",
        r"(?i:dilarang (?:keras )?(?:mengambil|menyalin|mengutip|memperbanyak|menggandakan)"
        r"(?=.*(?:konten|isi|artikel|berita|situs|sebagian))(?=.*(?:izin|crawling)).*|"
        r".{0,80}\bcrawling\b.{0,80}\b(?:AI|izin)\b.*)",
        "Dilarang keras mengambil konten situs ini tanpa izin tertulis.",
        max_words=60,
    ),
    Rule(
        "comments",
        "line",
        r"(?i:(?:berikan|tulis|kirim|tambahkan|beri) komentar(?: anda| kamu)?\W*|"
        r"(?:lihat |semua )?komentar(?: \(\d+\)| di artikel lainnya)?\W*|\d+ komentar|"
        r"(?:jadilah|jadi) yang pertama berkomentar\W*|comments?|.*#JernihBerkomentar.*)",
        "Berikan komentar Anda",
        zone="tail",
        opens="rest",
    ),
    # Links to other articles.
    Rule(
        "related-links",
        "line",
        r"(?i:\W*(?:lanjut(?:kan)? (?:baca|membaca)|"
        r"baca (?:selanjutnya|selengkapnya|lainnya|tentang)|"
        r"rekomendasi (?:untuk (?:anda|kamu|mu)|lainnya)|(?:mungkin )?anda (?:mungkin )?"
        r"(?:juga )?(?:menyukai|suka|tertarik).{0,20}|"
        r"(?:berita|artikel|konten|video|topik|foto|tulisan|informasi|kabar) ?"
        r"(?:ter(?:kait|kini|baru|populer|favorit|laris|hangat)|lain(?:nya)?|populer|pilihan|"
        r"rekomendasi|sebelumnya|selanjutnya|sejenis|menarik lainnya|asli|utama lainnya)|"
        r"ter(?:populer|kini|kait|baru|favorit)(?: lainnya)?|"
        r"pilihan (?:editor|redaksi|untukmu)|editor['’]?s picks?|headline hari ini|"
        r"jangan lewatkan|video (?:pilihan(?: editor)?|terpopuler(?: hari ini)?)|"
        r"populer|trending(?: now)?|most popular|recommended for you|"
        r"lihat (?:semua|selengkapnya|artikel asli)|artikel asli|indeks berita)\W*)",
        "Rekomendasi untuk Anda",
        opens="headlines",
    ),
    Rule(
        "read-also",
        "line",
        r"(?i:\W*(?:baca|lihat|simak|tonton|saksikan|dengarkan|cek)"
        r"[ _]?(?:juga|pula|selengkapnya)\b\W*)",
        "Baca juga:",
        opens="headlines",
    ),
    Rule(
        "read-also",
        "line",
        r"(?i:[\W_]*(?:baca|lihat|simak|tonton|saksikan|dengarkan|cek)[ _]?(?:juga|pula)\b"
        r"\s*(?:artikel|berita|video|foto)?\s*[:\-–—|>»\"'“‘.].+|"
        r"\W*baca (?:selengkapnya|lebih lanjut|selanjutnya)\s*[:\-–—].+)",
        "Baca juga: Harga Cabai Naik Menjelang Lebaran",
        max_words=45,
    ),
    Rule(
        "read-also",
        "line",
        r"(?i:\W*(?:baca|simak|lihat|tonton|saksikan|klik untuk baca|"
        r"(?:lihat|simak|tonton|saksikan) (?:juga )?(?:video|foto)(?: pilihan)?|pilihan editor|"
        r"berita terkait|artikel terkait|"
        r"menarik dibaca|next article|artikel selanjutnya|video)\s*:).{3,}",
        "Baca: Jalan Layang Baru Dibuka Pekan Depan",
        max_words=25,
    ),
    Rule(
        "read-also",
        "line",
        r"(?i:\W*(?:simak|lihat|tonton|saksikan) (?:juga )?(?:video|foto(?:-foto)?|infografis)"
        r"(?: (?:\"|'|“|‘|selengkapnya|berikut|di bawah|pilihan|menarik|lainnya)).*)",
        "Simak Video “Banjir di Kota Tua”",
        max_words=25,
    ),
    # Advertising and invitations.
    Rule(
        "advertisement",
        "line",
        r"(?i:\W*(?:advertisements?|iklan|advertorial|sponsored(?: content)?|promoted(?: content)?|"
        r"ads? by .{0,30}|pariwara|close ads(?: x)?)\W*)",
        "ADVERTISEMENT",
    ),
    Rule(
        "scroll-to-continue",
        "line",
        r"(?i:\W*(?:advertisement\W*)?(?:scroll|gulir) (?:to|untuk|ke bawah).{0,60}|"
        r"\W*lanjutkan membaca(?: artikel di bawah)?\W*)",
        "SCROLL TO CONTINUE WITH CONTENT",
    ),
    Rule(
        "follow-us",
        "line",
        r"(?i:\W*(?:ikuti|follow|temukan|like)(?: juga)? (?:kami|us)"
        r"(?: (?:di|on|juga).{0,80})?\W*)",
        "Ikuti kami di",
    ),
    Rule(
        "follow-us",
        "line",
        r"(?i:\W*(?:baca|cek|ikuti|simak|dapatkan|temukan|update|gabung|bergabung(?:lah)?|mari|"
        r"yuk|ayo|follow|klik|jangan lupa|kunjungi|unduh|download|segera|akses|pantau|"
        r"untuk mendapatkan)\b"
        rf"(?=.*\b{_VIA})(?=.*(?:\b(?:berita|artikel|update|kabar|kami|informasi|official)\b|"
        rf"{DOMAIN}|{OUTLETS})).*)",
        "Bergabunglah bersama kami di saluran WhatsApp Kabar Utara",
        max_words=45,
    ),
    Rule(
        "follow-us",
        "line",
        r"(?i:\W*(?:yuk,? |ayo,? |mari |segera )?(?:ikuti|ikutan|mainkan|isi) "
        r"(?:kuis|quiz|polling|survei)\b.{0,60}\b(?:menangkan|hadiah\w*|dapatkan|raih)\b.{0,40})",
        "Ikuti Kuis Kabar Utara dan Menangkan Hadiahnya",
        max_words=14,
    ),
    Rule(
        "republished-note",
        "line",
        r"(?i:\W*(?:artikel|berita|tulisan|konten|naskah) ini (?:(?:telah|sudah|pertama kali|juga) "
        r"(?:pernah )?(?:tayang|terbit|dimuat|dipublikasikan|diterbitkan)|diproduksi oleh|"
        r"ditulis (?:ulang )?oleh|disadur dari|merupakan (?:kiriman|kerja sama|konten)|"
        r"adalah advertorial|(?:bisa|dapat) dibaca juga)\b.*)",
        "Artikel ini telah tayang di Kabarutara.com dengan judul Jembatan Baru",
        max_words=60,
    ),
    Rule(
        "about-the-outlet",
        "line",
        rf"{DOMAIN} adalah (?:portal|situs|media) .*|\W*(?:Disclosure|Disclaimer|Penafian)\s*:.*|"
        r"\W*Fakta atau [Hh]oaks\?.*",
        "Kabarutara.id adalah portal berita daerah dan teknologi.",
        zone="end",
        max_words=70,
    ),
    Rule(
        "about-the-outlet",
        "line",
        r"\W*Fakta atau [Hh]oa(?:ks|x)\?.*\b(?:WhatsApp|Cek Fakta)\b.*",
        "* Fakta atau Hoaks? Kirim pertanyaan Anda ke WhatsApp Kabar Utara.",
        max_words=70,
    ),
    # Page machinery.
    Rule(
        "pagination",
        "line",
        r"(?i:(?:halaman|page|hal\.?)\s*:?\s*(?:\d+|selanjutnya|berikutnya)?"
        r"(?:[\s/|,]*(?:dari|of)?\s*\d+)*(?:\s*(?:selanjutnya|berikutnya|semua|next|show all))?\W*|"
        r"(?:selanjutnya|berikutnya|sebelumnya|tampilkan semua|show all|next|prev(?:ious)?)\W*|"
        r"(?:\d{1,2}\s*[|/ ]\s*)+(?:selanjutnya|tampilkan semua|next|show all)\W*|"
        r"(?:(?:ber)?sambung|lanjut(?:kan)?|simak|baca|lihat)?[\w ]{0,30}\bhalaman "
        r"(?:berikutnya|selanjutnya|\d+)\W*)",
        "Halaman 1 2 3 Selanjutnya",
        max_words=14,
    ),
    Rule(
        "share-buttons",
        "line",
        r"(?i:(?:bagikan|share|sebarkan|salin (?:link|tautan)|copy link|tautan disalin|tweet|"
        r"url telah tercopy)(?:\b[\s:|,/•·&+-]*(?:facebook|twitter|x|whats ?app|telegram|line|"
        r"linkedin|email|pinterest|threads|instagram|ke|ini|artikel|berita|di|via|salin|link|"
        r"tautan|copy|bagikan|share|tweet)\b){0,12}\W*)",
        "Bagikan: Facebook Twitter WhatsApp",
    ),
    Rule(
        "share-buttons",
        "line",
        rf"(?i:{_BUTTON}(?:[\s|,/•·&+-]+{_BUTTON})*\W*)",
        "Facebook Twitter WhatsApp",
        zone="edge",
    ),
    Rule("saved-note", "line", r"(?i:berhasil disimpan\W*)", "Berhasil disimpan."),
    Rule(
        "tags",
        "line",
        r"(?i:\W*tags?(?: terkait)?\s*:.*)|(?:#\w[\w-]*[\s,]*)+|(?i:tags?(?: terkait)?\W*)",
        "Tags: jembatan, sungai",
        opens="headlines",
    ),
    Rule(
        "tags",
        "line",
        r"(?i:\W*(?:topik(?: terkait| berita terkait)?|kata kunci|keywords?|label|tagar)\s*:.*)",
        "Topik: jembatan, sungai",
        zone="tail",
    ),
    Rule(
        "embed-placeholder",
        "line",
        r"\[(?i:gambas|embed|video|foto|image|galeri)\b[^\]]*\](?:\S*\[/\w+\])?",
        "[Gambas:Video Kabar]",
    ),
    Rule(
        "markup-debris",
        "line",
        r".*(?:\"\s*/>|\b(?:src|style|href)\s*=\s*\"[^\"]*).*",
        'Gedung baru "src="https://kabar.example/a.jpg" style="width: 1px"/>',
        max_words=30,
    ),
    Rule(
        "bare-link",
        "line",
        r"(?i:(?:link(?: berita)?|tautan|sumber|url)\s*:?\s*)?https?://\S+|/(?:[\w.-]+/){3,}[\w.-]+",
        "Link berita: https://kabar.example/berita/123",
        zone="tail",
    ),
    Rule(
        "relative-time",
        "line",
        rf"(?i:[•·|\s]*(?:diperbarui\s+)?{_AGO}\W*(?:{DOMAIN})?|baru saja|just now)",
        "9 jam lalu",
    ),
    Rule(
        "thumbnail-label",
        "line",
        r"(?i:thumb(?:nail)?|image|gambar|img|logo|avatar|loading\.*|"
        r"cover(?: (?:berita|story|image))?|(?:foto|gambar) (?:berita|utama|sampul|cover)|"
        r"perbesar|lihat foto|icon|video|play|aa|a-?a\+?|ukuran (?:font|huruf)|zoom)\W*",
        "Cover Berita",
    ),
    *CREDIT_RULES,
)
"""Tried in order on each unit."""
