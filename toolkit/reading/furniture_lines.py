"""The table of furniture that fills whole lines: each row a name, a pattern and an example.

Rows are tried in order; the first that matches names the removal. Patterns are anchored at the
line's beginning and, unless they end in ``.*``, at its end, so that a story sentence that merely
contains such words stays.
"""

from __future__ import annotations

from toolkit.reading.rules import DOMAIN, MONTHS, PHOTO, WEEKDAYS, Rule

_TIME = r"(?:(?:pukul|jam|pkl\.?|at)?\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?i:WIB|WITA|WIT|AM|PM|GMT)?)"
_DATE = (
    rf"(?:\d{{1,2}}\s*[-/ ]\s*(?:{MONTHS}|\d{{1,2}})\s*[-/ ,]\s*\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|{MONTHS}\s+\d{{1,2}},?\s+\d{{4}})"
)
_PUBLISHED = (
    r"(?i:(?:di(?:perbarui|publikasikan|terbitkan|posting|buat|update)|published|updated?|terbit|"
    r"tayang|posted|post date|last updated?|kompas\.com)(?:\s+(?:pada|on|at))?\W*)"
)
_UNIT = r"(?:detik|menit|jam|hari|minggu|pekan|bulan|tahun)"
_BYLINE = (
    r"(?i:penulis|editor|reporter|pewarta|penerjemah|laporan|kontributor|redaktur|uploader|"
    r"fotografer|videografer|wartawan|jurnalis|penyunting|author|written by|oleh|rep|red|"
    r"tim redaksi|koresponden|produser|pemimpin redaksi|penanggung jawab)"
)

LINE_RULES: tuple[Rule, ...] = (
    # What ends the page, wherever the text was cut out.
    Rule(
        "copyright",
        "line",
        r"(?i:(?:copyright\b|\W*©|\(c\)\s*(?:19|20)\d\d|hak cipta (?:©|dilindungi)|"
        r"all rights? reserved).*)",
        "Copyright © KABAR UTARA 2026",
        opens="rest",
    ),
    Rule(
        "crawling-notice",
        "line",
        r"(?i:dilarang (?:keras )?(?:mengambil|menyalin|mengutip|memperbanyak|menggandakan).*"
        r"(?:tanpa (?:se)?izin|crawling|pengindeksan).*|.{0,80}\bcrawling\b.{0,80}\bAI\b.*)",
        "Dilarang keras mengambil konten situs ini tanpa izin tertulis.",
        max_words=60,
    ),
    Rule(
        "comments",
        "line",
        r"(?i:(?:berikan|tulis|kirim|tambahkan|beri) komentar(?: anda| kamu)?\W*|"
        r"(?:lihat |semua )?komentar(?: \(\d+\))?\W*|\d+ komentar|"
        r"(?:jadilah|jadi) yang pertama berkomentar\W*|comments?)",
        "Berikan komentar Anda",
        zone="tail",
        opens="rest",
    ),
    Rule(
        "related-links",
        "line",
        r"(?i:(?:lanjut(?:kan)? (?:baca|membaca)|baca (?:selanjutnya|selengkapnya|lainnya)|"
        r"rekomendasi (?:untuk (?:anda|kamu)|lainnya)|(?:mungkin )?anda (?:mungkin )?"
        r"(?:juga )?(?:menyukai|suka|tertarik).{0,20}|"
        r"(?:berita|artikel|konten|video|topik|foto|tulisan|informasi|kabar) ?"
        r"(?:ter(?:kait|kini|baru|populer|favorit|laris)|lain(?:nya)?|populer|pilihan|rekomendasi|"
        r"sebelumnya|selanjutnya|sejenis|menarik lainnya|asli)|"
        r"ter(?:populer|kini|kait|baru|favorit)|pilihan (?:editor|redaksi|untukmu)|"
        r"berita utama lainnya|headline hari ini|jangan lewatkan|video pilihan(?: editor)?|"
        r"populer|trending(?: now)?|most popular|recommended for you|sponsored|"
        r"lihat (?:semua|selengkapnya|artikel asli)|artikel asli|indeks berita)\W*)",
        "Rekomendasi untuk Anda",
        opens="headlines",
    ),
    Rule(
        "read-also",
        "line",
        r"(?i:\W*(?:baca|lihat|simak|tonton|saksikan|dengarkan|cek|artikel|berita)"
        r"[ _]?(?:juga|pula|terkait|lainnya|selengkapnya)\b\W*)$",
        "Baca juga:",
        opens="headlines",
    ),
    Rule(
        "read-also",
        "line",
        r"(?i:[\W_]*(?:(?:baca|lihat|simak|tonton|saksikan|dengarkan|cek)[ _]?(?:juga|pula)\b"
        r"(?:\s*(?:artikel|berita|video|di sini)?\s*[:\-–—|>»\"'“‘.]|\s+[\"'“‘]).+|"
        r"baca (?:selengkapnya|lebih lanjut)\s*[:\-–—].+))",
        "Baca juga: Harga Cabai Naik Menjelang Lebaran",
        max_words=45,
    ),
    Rule(
        "read-also",
        "line",
        r"(?i:\W*(?:baca|simak|lihat|tonton|klik untuk baca|lihat video|simak video|tonton video|"
        r"pilihan editor|berita terkait|artikel terkait|video|klik)\s*:).{3,}",
        "Baca: Jalan Layang Baru Dibuka Pekan Depan",
        max_words=25,
    ),
    Rule(
        "read-also",
        "line",
        r"(?i:(?:simak|lihat|tonton|saksikan) (?:video|foto(?:-foto)?|infografis)"
        r"(?: (?:\"|'|“|‘|selengkapnya|berikut|di bawah|pilihan|menarik|lainnya)).*)",
        "Simak Video “Banjir di Kota Tua”",
        max_words=25,
    ),
    Rule(
        "advertisement",
        "line",
        r"(?i:\W*(?:advertisements?|iklan|advertorial|sponsored(?: content)?|promoted(?: content)?|"
        r"ads? by .{0,30}|pariwara)\W*)$",
        "ADVERTISEMENT",
    ),
    Rule(
        "scroll-to-continue",
        "line",
        r"(?i:\W*(?:advertisement\W*)?(?:scroll|gulir) (?:to|untuk|ke bawah).{0,60})$",
        "SCROLL TO CONTINUE WITH CONTENT",
    ),
    Rule(
        "follow-us",
        "line",
        r"(?i:(?:ikuti|follow) (?:kami|akun|media sosial|terus|berita|update|saluran|channel|"
        r"whatsapp|google news|us)\b.{0,140}|(?:baca dan |cek |dapatkan )?ikuti (?:berita|artikel).{0,40}"
        r"(?:google news|whatsapp).{0,60})$",
        "Ikuti kami di",
    ),
    Rule(
        "follow-us",
        "line",
        r"(?i:(?:baca|cek|ikuti|simak|dapatkan|temukan|update|gabung|bergabung(?:lah)?|mari|yuk|ayo|"
        r"follow|klik|jangan lupa|kunjungi|unduh|download|install|segera|langganan|berlangganan|"
        r"untuk mendapatkan|pantau)\b"
        r".{0,200}\b(?:google ?news|whats ?app(?: channel)?|grup telegram|telegram|saluran wa|wa channel|"
        r"aplikasi \w+ di|play store|app store|newsletter|instagram (?:dan|kami|@)|line today|youtube channel|"
        r"kanal youtube|channel youtube)\b.*)",
        "Bergabunglah bersama kami di saluran WhatsApp Kabar Utara",
        max_words=45,
    ),
    Rule(
        "republished-note",
        "line",
        r"(?i:\W*(?:artikel|berita|tulisan|konten|naskah) ini (?:telah|sudah|pertama kali|diproduksi|"
        r"ditulis ulang|merupakan (?:kiriman|kerja sama)|adalah advertorial|bisa dibaca juga).*)",
        "Artikel ini telah tayang di Kabarutara.com dengan judul Jembatan Baru",
        max_words=60,
    ),
    Rule(
        "about-the-outlet",
        "line",
        rf"(?:{DOMAIN} adalah (?:portal|situs|media) .*|\W*(?:Disclosure|Disclaimer|Penafian)\s*:.*)",
        "Kabarutara.id adalah portal berita daerah dan teknologi.",
        zone="tail",
        max_words=70,
    ),
    Rule(
        "pagination",
        "line",
        r"(?i:(?:halaman|page|hal\.?)\s*:?\s*(?:\d+|selanjutnya|berikutnya)(?:[\s/|,]*(?:dari|of)?\s*\d+)*"
        r"(?:\s*(?:selanjutnya|berikutnya|semua|next|show all))?\W*|"
        r"(?:selanjutnya|berikutnya|sebelumnya|tampilkan semua|show all|next|prev(?:ious)?)\W*|"
        r"(?:\d{1,2}\s*[|/ ]\s*)+(?:selanjutnya|tampilkan semua|next|show all)\W*|"
        r"(?:lanjut(?:kan)? ke )?halaman (?:berikutnya|selanjutnya|\d+)\b.{0,60})$",
        "Halaman 1 2 3 Selanjutnya",
    ),
    Rule(
        "share-buttons",
        "line",
        r"(?i:(?:(?:bagikan|share|salin (?:link|tautan)|copy link|tautan disalin|kirim|cetak|print|"
        r"simpan|facebook|twitter|x|whats ?app|telegram|line|linkedin|email|pinterest|threads|"
        r"instagram|tweet|pin it|ke|ini|artikel|berita|di|via)\b[\s:|,/•·&+-]*){1,14})$",
        "Bagikan: Facebook Twitter WhatsApp",
    ),
    Rule("saved-note", "line", r"(?i:berhasil disimpan\W*)$", "Berhasil disimpan."),
    Rule(
        "tags",
        "line",
        r"(?i:\W*(?:tags?|topik(?: terkait)?|kata kunci|keywords?|label|tagar)\s*:.*)|"
        r"(?:#\w[\w-]*[\s,]*)+$|(?i:tags?\W*)$",
        "Tags: jembatan, sungai",
        opens="",
    ),
    Rule(
        "embed-placeholder",
        "line",
        r"\[(?i:gambas|embed|video|foto|image|galeri)\b[^\]]*\]$",
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
        "relative-time",
        "line",
        rf"(?i:[•·|\s]*(?:\d+|se|satu|beberapa)\s*{_UNIT}\s+(?:yang\s+)?lalu\W*"
        rf"(?:\s*{DOMAIN})?|[•·|\s]*\d+\s*{_UNIT}\s+lalu\s*{DOMAIN}|baru saja|just now)$",
        "9 jam lalu",
    ),
    Rule(
        "thumbnail-label",
        "line",
        r"(?i:thumb(?:nail)?|image|gambar|img|logo|avatar|loading\.*|cover(?: (?:berita|story|image))?|"
        r"(?:foto|gambar) (?:berita|utama|sampul|cover)|perbesar|icon|video|play|aa|a-?a\+?|"
        r"ukuran (?:font|huruf)|zoom)\W*$",
        "Cover Berita",
    ),
    Rule(
        "timestamp",
        "line",
        rf"(?:{_PUBLISHED})?(?:{WEEKDAYS}\W+)?{_DATE}\W*{_TIME}?\W*(?:\d+ min(?:ute)?s? read)?$",
        "Selasa, 25 Februari 2025 | 04:20 WIB",
        zone="edge",
    ),
    Rule(
        "timestamp",
        "line",
        rf"(?:{_PUBLISHED}|{DOMAIN}\s*[-–|,]\s*)?(?:{WEEKDAYS}\W+)?{_DATE}\W*{_TIME}\W*$|"
        rf"(?i:(?:kemarin|hari ini)\W+{_TIME}\W*)$",
        "Diperbarui pada 25 Februari 2025, 04:20 WIB",
    ),
    Rule(
        "byline",
        "line",
        rf"\W*{_BYLINE}(?:\s+(?i:{DOMAIN}|foto|video|berita))?\s*[:|]\s*\S.*[^.!?]$",
        "Penulis: Ratna Wulandari | Editor: Bima Saputra",
        max_words=18,
    ),
    Rule(
        "byline",
        "line",
        rf"(?i:\W*{_BYLINE}\s*:?|tim (?:redaksi|liputan)(?: \S+)?)\W*$",
        "Tim Redaksi",
        zone="edge",
    ),
    Rule(
        "source-line",
        "line",
        r"(?i:\W*sumber(?: (?:berita|artikel|gambar(?: header)?|foto|video))?\s*:).*|"
        r"Sumber (?:berita|gambar)\b.*|(?i:sumber\W*)$",
        "Sumber: Kyodo",
        zone="tail",
        max_words=20,
    ),
    Rule(
        "signature",
        "line",
        r"[\(\[]\s*(?:[\w.&+' -]{1,28}(?:/[\w.&+' -]{1,28}){0,4}|[\w.' -]+-[\w.' -]+/[\w.' -]+)\s*[\)\]]\W*$",
        "(bud/ang)",
        zone="tail",
        max_words=8,
    ),
    Rule(
        "signature",
        "line",
        r"[\(\[](?:[a-z]{2,6}(?:/[a-z]{2,6})*|[\w.' -]{3,30}/[\w.' -]{3,30})[\)\]]\W*$",
        "(Kabarutara.com/Ratna Wulandari)",
    ),
    Rule(
        "photo-credit",
        "line",
        r"(?i:\W*(?:foto|kredit foto|sumber foto|photo|photo by|credit|image|gambar|ilustrasi|"
        r"dok(?:umentasi)?\.?|kredit)\s*(?:[:/]|oleh\b)).*[^.!?]$|"
        rf"(?:[\w.'’ -]{{2,40}}\s*/\s*)?{PHOTO}\s*/.*[^.!?]$|"
        rf"(?:[\w.'’ -]{{2,40}}\s*/\s*){{1,3}}{PHOTO}[\s\w/.-]{{0,40}}$",
        "Bima Saputra / AFP / ARSIP KABARUTARA.COM 2022",
        max_words=14,
    ),
    Rule(
        "caption",
        "line",
        rf"[^.!?]{{3,160}}[\(\[](?i:foto|kredit|photo|sumber|dok|ilustrasi)\b\.?\s*[:/]?[^()\[\]]{{0,80}}[\)\]]\.?$|"
        rf".{{3,200}}[\(\[]?(?:ANTARA FOTO|Antara Foto|REUTERS|AFP PHOTO|AP Photo|Getty Images)\s*/[^()]{{2,60}}[\)\]]?\.?$|"
        rf"Ilustrasi\b[^.]{{0,80}}(?:\.\s*{PHOTO})?\.?$",
        "Jembatan baru di atas sungai (Foto: Kabar Utara)",
        max_words=40,
    ),
    Rule(
        "outlet-line",
        "line",
        rf"{DOMAIN}\W*$",
        "kabarutara.com",
        zone="edge",
    ),
    Rule(
        "section-label",
        "line",
        r"(?:(?i:berita|kanal|rubrik|beranda|home)(?:\s+[A-Z][\w&-]*){1,3}|"
        r"(?:Home|Beranda)\s*[>/»›|].{2,80}|"
        r"(?i:nasional|internasional|dunia|news|politik|hukum|ekonomi|bisnis|olahraga|sport|bola|"
        r"teknologi|tekno|hiburan|entertainment|gaya hidup|lifestyle|otomotif|kesehatan|"
        r"pendidikan|daerah|regional|megapolitan|metropolitan|peristiwa|global|opini|kolom|"
        r"luar negeri|mancanegara|beranda|home))\W*$",
        "Berita Luar Negeri",
        zone="head",
        max_words=8,
    ),
)
"""Tried in order on each unit."""
