"""Pages written for the reading tests: invented stories in the manner of Indonesian news sites."""

from __future__ import annotations

STORY = (
    "Pemerintah Kota Arunika meresmikan jembatan gantung di atas Sungai Lembah pada Senin pagi.",
    "Jembatan sepanjang 120 meter itu menghubungkan Kampung Seruni dengan pasar induk, sehingga "
    "warga tidak perlu lagi memutar sejauh tujuh kilometer.",
    "“Kami sudah menunggu jembatan ini sepuluh tahun,” kata Kepala Desa Seruni, Harun Wibawa.",
    "Pembangunannya menelan biaya Rp 4,5 miliar dan dikerjakan selama 14 bulan oleh perusahaan "
    "daerah. Dinas Pekerjaan Umum menyatakan jembatan itu aman dilalui sepeda motor.",
    "Warga berharap pemerintah segera memperbaiki jalan tanah di kedua ujung jembatan sebelum "
    "musim hujan tiba.",
)
"""Paragraphs of one story; the fourth has two sentences."""

TITLE = "Jembatan Gantung Baru Dibuka, Warga Seruni Tak Perlu Memutar Lagi"
SECOND_PART = (
    "Wali kota juga menjanjikan penerangan jalan di sepanjang jembatan mulai bulan depan.",
    "Anggaran untuk lampu itu sudah disetujui oleh dewan kota, katanya kepada wartawan.",
)

PAGES: dict[str, tuple[str, tuple[str, ...], dict[str, str]]] = {
    # name: (page, lines that must be gone, metadata that must be found)
    "doubled-headline": (
        "\n\n".join(
            (
                "Berita Daerah",
                TITLE,
                STORY[0],
                "Penulis: Ratna Kusuma | Editor: Bagas Prakoso",
                "Dimas Anggoro / AFP / ARSIP KABARUTARA.COM 2024",
                "Wali Kota Arunika (kiri) dan kepala desa (kanan) di jembatan, 3 Maret 2025.",
                TITLE,
                "KABARUTARA.COM - " + STORY[0],
                *STORY[1:3],
                "Baca juga: Harga Cabai Turun, Pedagang Pasar Induk Mengeluh",
                *STORY[3:],
                "(Kabarutara.com/Ratna Kusuma)",
                "Baca dan Ikuti Berita Kabarutara.com di GOOGLE NEWS",
                "Bergabunglah Bersama Kami di Saluran WhatsApp KABARUTARA.COM",
                "Rekomendasi untuk Anda\nIkuti kami di\nAA",
                "Berita Terkini",
                "© 2025 Kabar Utara Network\nAll Right Reserved",
            )
        ),
        ("Berita Daerah", "Penulis:", "ARSIP", "(kiri)", "Baca juga", "GOOGLE NEWS", "WhatsApp",
         "©"),
        {"title": TITLE, "outlet": "KABARUTARA.COM", "place": "", "date": ""},
    ),
    "agency": (
        "\n".join(
            (
                "Bandung (ANTARA) - " + STORY[0],
                *STORY[1:],
                "Sumber: Kyodo",
                "Baca juga: Jembatan lama ditutup mulai pekan depan",
                "Baca juga: Wali kota janjikan lampu jalan",
                "Pewarta: Ratna Kusuma",
                "Penerjemah: Dimas Anggoro",
                "Editor: Bagas Prakoso",
                "Copyright © ANTARA 2025",
                "Dilarang keras mengambil konten, melakukan crawling atau pengindeksan otomatis "
                "untuk AI di situs web ini tanpa izin tertulis.",
            )
        ),
        ("ANTARA", "Sumber", "Baca juga", "Pewarta", "Penerjemah", "Editor", "Dilarang"),
        {"title": "", "outlet": "ANTARA", "place": "Bandung", "date": ""},
    ),
    "captions-and-timestamp": (
        "\n".join(
            (
                TITLE,
                "",
                "Laporan: Tim Redaksi",
                "Selasa, 4 Maret 2025 | 04:20 WIB",
                "Jembatan gantung",
                "Jembatan gantung",
                "",
                "KabarPagi.id -  " + STORY[0],
                "",
                STORY[1],
                "",
                "Lampu Jalan Menyusul",
                "",
                *SECOND_PART,
                "",
                "BERITALAINNYA",
                "BERITATERKINI",
            )
        ),
        ("Laporan", "Selasa, 4 Maret", "BERITA", "Jembatan gantung\n"),
        {"title": TITLE, "outlet": "KabarPagi.id", "place": "", "date": "2025-03-04"},
    ),
    "aggregator": (
        "\n\n".join((TITLE, "kabarpagi.com\n9 jam lalu\nCover Berita", *STORY))
        + "\n\n\nArtikel Asli\n\nBerikan komentar Anda\nLanjut baca:\n\n"
        "thumb\nHarga Cabai Turun, Pedagang Pasar Induk Mengeluh\n• 18 jam lalukabarsore.tv\n"
        "thumb\nSinopsis Cinta di Ujung Jembatan Episode 12, Selasa 4 Maret 2025: Rani Pulang\n"
        "• 20 jam lalukabarmalam.com\nBerhasil disimpan.\n",
        ("kabarpagi", "jam lalu", "Cover", "Artikel Asli", "komentar", "thumb", "Sinopsis",
         "disimpan"),
        {"title": TITLE, "outlet": "kabarpagi.com", "place": "", "date": ""},
    ),
    "portal": (
        "\n".join(
            (
                "Home > Berita > Daerah",
                TITLE,
                "Ratna Kusuma - detikNews",
                "Senin, 03 Mar 2025 10:12 WIB",
                "Bagikan: Facebook Twitter WhatsApp",
                "Foto: Warga melintasi jembatan gantung. (Dok. Pemkot Arunika)",
                "Garut - " + STORY[0],
                STORY[1],
                "ADVERTISEMENT",
                "SCROLL TO CONTINUE WITH CONTENT",
                STORY[2],
                "Baca juga:",
                "Harga Cabai Turun, Pedagang Pasar Induk Mengeluh",
                STORY[3],
                "[Gambas:Video Kabar]",
                STORY[4],
                "Simak Video “Detik-detik Peresmian Jembatan”",
                "(rkw/bgs)",
                "Tags: jembatan, arunika",
                "Halaman 1 2 3 Selanjutnya",
                "Artikel ini telah tayang di Kabarutara.com dengan judul Jembatan Baru",
            )
        ),
        ("Home >", "detikNews", "10:12", "Bagikan", "Foto:", "ADVERT", "SCROLL", "Baca juga",
         "Cabai", "Gambas", "Simak Video", "(rkw", "Tags", "Halaman", "telah tayang"),
        {"title": TITLE, "outlet": "detikNews", "place": "Garut", "date": "2025-03-03"},
    ),
    "city-before-outlet": (
        "\n\n".join(
            (
                TITLE,
                "Kompas.com, 3 Maret 2025, 10:12 WIB",
                "Penulis\nRatna Kusuma\nEditor\nBagas Prakoso",
                "Lihat Foto",
                "MEDAN, KABARUTARA.com — " + STORY[0],
                STORY[1] + " (Baca juga: Jembatan Lama Ditutup)",
                *STORY[2:],
                "Dapatkan update berita pilihan setiap hari dari Kabarutara.com. Mari bergabung di "
                "grup Telegram kami.",
            )
        ),
        ("10:12", "Ratna", "Bagas", "Lihat Foto", "Baca juga", "Telegram"),
        {"title": TITLE, "outlet": "KABARUTARA.com", "place": "Medan", "date": "2025-03-03"},
    ),
    "outlet-before-city": (
        "\n".join(
            (
                "TEMPO.CO, Jakarta - " + STORY[0],
                *STORY[1:4],
                "Scroll ke bawah untuk melanjutkan membaca",
                STORY[4] + " (rky)",
                "Pilihan Editor: Harga Cabai Turun di Pasar Induk",
            )
        ),
        ("TEMPO", "Scroll", "(rky)", "Pilihan Editor"),
        {"title": "", "outlet": "TEMPO.CO", "place": "Jakarta", "date": ""},
    ),
    "kicker-and-caption": (
        "\n".join(
            (
                "KABARUTARA.COM\nHome\nDaerah\nProyek Jembatan Arunika",
                TITLE,
                "Tayang: Sabtu, 9 Agustus 2025 10:21 WIB",
                "Diperbarui: Sabtu, 9 Agustus 2025 11:00 WIB",
                "zoom-in",
                "PERESMIAN - Wali Kota Arunika meresmikan jembatan gantung di atas Sungai Lembah "
                "pada Jumat (8/8/2025). (Dok. Pemkot Arunika)",
                "KABARUTARA.COM, MEDAN - " + STORY[0],
                *STORY[1:],
                "(Kabarutara.com/Ratna Kusuma)",
                "Tags\njembatan\nArunika",
                "Berita Populer\nHalaman 1/2",
            )
        ),
        ("Home", "Proyek", "Tayang", "zoom-in", "PERESMIAN", "(Kabar", "Tags", "Halaman 1/2"),
        {"title": TITLE, "outlet": "KABARUTARA.COM", "place": "Medan", "date": "2025-08-09"},
    ),
    "dateline-on-its-own-line": (
        "\n".join(
            (
                "Nasional\nPeristiwa",
                TITLE,
                "CNN Indonesia\nSabtu, 09 Agu 2025 08:10 WIB\nBagikan:\nurl telah tercopy",
                "Jembatan gantung di Arunika. (ANTARA FOTO/Dimas Anggoro)",
                "Jakarta, CNN Indonesia --",
                *STORY[:2],
                "Lihat Juga :\nHarga Cabai Turun, Pedagang Pasar Mengeluh",
                *STORY[2:],
                "(rky/bgs)",
                "TOPIK TERKAIT\njembatan arunika\nsungai lembah",
            )
        ),
        ("CNN", "Peristiwa", "Bagikan", "ANTARA FOTO", "Cabai", "(rky", "TOPIK", "sungai lembah"),
        {"title": TITLE, "outlet": "CNN Indonesia", "place": "Jakarta", "date": "2025-08-09"},
    ),
    "labels-with-commas": (
        "\n".join(
            (
                TITLE,
                "Sumber gambar, Getty Images",
                "Keterangan gambar, Jembatan gantung di Arunika dibuka untuk warga",
                "Penulis, Ratna Kusuma\nPeranan, Kabar Utara\n9 Agustus 2025",
                "Diperbarui 2 jam yang lalu\nWaktu membaca: 5 menit",
                *STORY,
            )
        ),
        ("Sumber", "Keterangan", "Penulis", "Peranan", "2025", "Diperbarui", "Waktu"),
        {"title": TITLE, "outlet": "", "place": "", "date": "2025-08-09"},
    ),
}  # fmt: skip
"""Whole pages; every paragraph of STORY that a page has must survive it."""

STORY_LINES: tuple[str, ...] = (
    "Penulis buku itu, Laksmi Dewanti, mengaku menulis selama tujuh tahun di sela pekerjaannya.",
    "Editor majalah tersebut menolak memuat tulisan yang tidak disertai sumber yang jelas.",
    "Sumber di kepolisian menyebut pelaku melarikan diri ke arah selatan sebelum fajar.",
    "Foto udara itu memperlihatkan kerusakan hutan seluas dua ratus hektare di lereng gunung.",
    "Menurut laporan wartawan di lapangan, jalan utama sudah dapat dilalui kendaraan kecil.",
    "Ia meminta warga untuk membaca juga lampiran peraturan itu sebelum mengajukan keberatan.",
    "“Baca juga aturan lamanya, baru berkomentar,” ujar ketua komisi itu sambil tersenyum.",
    "Simak penjelasan dokter tentang gejala demam berdarah pada anak berikut, kata petugas itu.",
    "Ikuti petunjuk evakuasi bila sirene berbunyi, demikian pesan badan bencana kepada warga.",
    "Iklan rokok di dekat sekolah dilarang mulai tahun depan, kata kepala dinas kesehatan.",
    "Copyright lagu daerah itu dipegang oleh keluarga penciptanya sejak puluhan tahun silam.",
    "Komentar gubernur itu memicu kritik dari kalangan nelayan di pesisir utara.",
    "Jakarta - Bandung kini dapat ditempuh dalam 45 menit dengan kereta cepat.",
    "Rusia - Ukraina kembali bertukar tawanan di perbatasan pada akhir pekan lalu.",
    "Kabarutara.com digugat oleh mantan karyawannya karena pesangon yang tidak dibayar.",
    "Halaman rumah itu ditanami cabai dan tomat untuk kebutuhan dapur sehari-hari.",
    "Selanjutnya, panitia akan mengumumkan nama pemenang melalui papan pengumuman desa.",
    "Tags harga pada barang di toko itu diganti dengan kode batang sejak bulan lalu.",
    "Unduh aplikasi Telegram melonjak setelah layanan pesan lain terganggu, menurut pengamat.",
    "Presiden (kiri) dan ketua parlemen (kanan) duduk berdampingan saat hakim membaca putusan.",
    "Sembilan jam lalu kapal itu masih mengirim sinyal dari perairan sebelah timur.",
    "Oleh karena itu, dinas kesehatan menambah jumlah petugas di setiap puskesmas.",
    "Video itu menunjukkan petugas membantu seorang nenek menyeberangi jalan yang tergenang.",
    "Dilarang mengambil pasir di pantai itu, kata papan peringatan yang dipasang warga.",
    "Berita duka itu disampaikan keluarga melalui pengeras suara masjid pada Jumat malam.",
    "Via telepon, kepala desa memastikan seluruh warganya selamat dari banjir bandang.",
    "Hingga tahun lalu, pajak kota itu mencapai Rp 46,1 miliar (sumber: dinas keuangan kota).",
    "Foto: itulah satu-satunya bukti yang dibawa keluarga ketika melapor kepada polisi desa, dan "
    "foto itu pula yang akhirnya membuat penyidik menemukan gudang tempat barang curian disimpan "
    "selama berbulan-bulan oleh komplotan yang dipimpin seorang bekas satpam pasar induk tersebut.",
)
"""Story sentences that merely contain the words of furniture; none may be touched."""
