"""Names of places that open datelines: a small gazetteer, used only to tell places from words.

Indonesian provinces, regencies and larger towns, capitals and much-reported towns of the world,
countries.
A name that is missing costs one dateline left in the text, never a word of the story.
"""

from __future__ import annotations

import re
from functools import cache

_INDONESIA = """
Jakarta|Jakarta Pusat|Jakarta Selatan|Jakarta Barat|Jakarta Timur|Jakarta Utara|Bogor|Depok|
Tangerang|Tangerang Selatan|Bekasi|Bandung|Bandung Barat|Cimahi|Cirebon|Sukabumi|Tasikmalaya|
Garut|Cianjur|Karawang|Purwakarta|Subang|Sumedang|Majalengka|Kuningan|Indramayu|Banjar|Ciamis|
Pangandaran|Serang|Cilegon|Pandeglang|Lebak|Semarang|Solo|Surakarta|Yogyakarta|Jogja|Sleman|
Bantul|Kulon Progo|Gunungkidul|Magelang|Salatiga|Klaten|Boyolali|Sukoharjo|Wonogiri|Karanganyar|
Sragen|Kudus|Pati|Jepara|Rembang|Blora|Demak|Kendal|Batang|Pekalongan|Tegal|Brebes|Pemalang|
Purwokerto|Banyumas|Cilacap|Kebumen|Purworejo|Temanggung|Wonosobo|Purbalingga|Banjarnegara|
Grobogan|Surabaya|Malang|Batu|Kediri|Blitar|Madiun|Mojokerto|Pasuruan|Probolinggo|Jember|
Banyuwangi|Lumajang|Bondowoso|Situbondo|Sidoarjo|Gresik|Lamongan|Tuban|Bojonegoro|Ngawi|Magetan|
Ponorogo|Pacitan|Trenggalek|Tulungagung|Nganjuk|Jombang|Bangkalan|Sampang|Pamekasan|Sumenep|
Denpasar|Badung|Gianyar|Tabanan|Buleleng|Singaraja|Kuta|Nusa Dua|Ubud|Karangasem|Klungkung|
Semarapura|Jembrana|Bangli|Mataram|Lombok|Lombok Timur|Lombok Tengah|Lombok Utara|Lombok Barat|
Sumbawa|Bima|Dompu|Kupang|Ende|Maumere|Labuan Bajo|Manggarai|Ruteng|Atambua|Belu|Sumba|Waingapu|
Flores|Alor|Rote|Medan|Binjai|Deli Serdang|Langkat|Pematangsiantar|Siantar|Tebing Tinggi|Sibolga|
Padangsidimpuan|Asahan|Kisaran|Tanjungbalai|Simalungun|Karo|Nias|Banda Aceh|Aceh|Aceh Besar|
Aceh Utara|Lhokseumawe|Langsa|Sabang|Meulaboh|Bireuen|Singkil|Sigli|Takengon|Padang|Bukittinggi|
Payakumbuh|Pariaman|Solok|Sawahlunto|Parit Malintang|Pekanbaru|Dumai|Bengkalis|Siak|Kampar|
Rokan Hilir|Batam|Tanjungpinang|Bintan|Karimun|Natuna|Jambi|Muaro Jambi|Bungo|Palembang|
Prabumulih|Lubuklinggau|Baturaja|Ogan Ilir|Banyuasin|Bengkulu|Seluma|Bandarlampung|Bandar Lampung|
Lampung|Metro|Pangkalpinang|Belitung|Bangka|Pontianak|Singkawang|Sambas|Ketapang|Sintang|Kapuas|
Palangkaraya|Palangka Raya|Sampit|Pangkalan Bun|Banjarmasin|Banjarbaru|Martapura|Kotabaru|
Samarinda|Balikpapan|Bontang|Kutai|Tenggarong|Nusantara|Penajam|Berau|Tarakan|Nunukan|
Tanjung Selor|Makassar|Gowa|Maros|Parepare|Palopo|Bone|Toraja|Bulukumba|Mamuju|Majene|Polewali|
Kendari|Baubau|Kolaka|Konawe|Palu|Poso|Donggala|Sigi|Luwuk|Morowali|Gorontalo|Manado|Bitung|
Tomohon|Kotamobagu|Minahasa|Ambon|Tual|Maluku|Ternate|Tidore|Tobelo|Halmahera|Jayapura|Sentani|
Merauke|Timika|Nabire|Wamena|Biak|Serui|Manokwari|Sorong|Fakfak|Kaimana|Papua|Papua Barat|
Jawa Barat|Jawa Tengah|Jawa Timur|Banten|Bali|Sumatera Utara|Sumatera Barat|Sumatera Selatan|Riau|
Kepulauan Riau|Kalimantan Barat|Kalimantan Timur|Kalimantan Selatan|Kalimantan Tengah|
Kalimantan Utara|Sulawesi Selatan|Sulawesi Utara|Sulawesi Tengah|Sulawesi Tenggara|Sulawesi Barat|
Nusa Tenggara Timur|Nusa Tenggara Barat|NTT|NTB|DIY|
Agam|Aceh Barat|Aceh Barat Daya|Aceh Jaya|Aceh Selatan|Aceh Singkil|Aceh Tamiang|
Aceh Tengah|Aceh Tenggara|Aceh Timur|Bener Meriah|Gayo Lues|Nagan Raya|Pidie|Pidie Jaya|
Simeulue|Subulussalam|Batu Bara|Dairi|Gunungsitoli|Humbang Hasundutan|Labuhanbatu|
Labuhanbatu Selatan|Labuhanbatu Utara|Mandailing Natal|Nias Barat|Nias Selatan|Nias Utara|
Padang Lawas|Padang Lawas Utara|Pakpak Bharat|Samosir|Serdang Bedagai|Tapanuli Selatan|
Tapanuli Tengah|Tapanuli Utara|Toba|Tanah Karo|Dharmasraya|Kepulauan Mentawai|Mentawai|
Lima Puluh Kota|Limapuluh Kota|Padang Panjang|Padang Pariaman|Pasaman|Pasaman Barat|
Pesisir Selatan|Sijunjung|Solok Selatan|Tanah Datar|Indragiri Hilir|Indragiri Hulu|
Kepulauan Meranti|Kuantan Singingi|Pelalawan|Rokan Hulu|Anambas|Lingga|Batanghari|
Batang Hari|Kerinci|Merangin|Sarolangun|Sungai Penuh|Tanjung Jabung Barat|
Tanjung Jabung Timur|Tebo|Empat Lawang|Lahat|Muara Enim|Musi Banyuasin|Musi Rawas|
Musi Rawas Utara|Ogan Komering Ilir|Ogan Komering Ulu|OKU Timur|OKU Selatan|Pagar Alam|PALI|
Bengkulu Selatan|Bengkulu Tengah|Bengkulu Utara|Kaur|Kepahiang|Lebong|Mukomuko|
Rejang Lebong|Lampung Barat|Lampung Selatan|Lampung Tengah|Lampung Timur|Lampung Utara|
Mesuji|Pesawaran|Pesisir Barat|Pringsewu|Tanggamus|Tulang Bawang|Tulang Bawang Barat|
Way Kanan|Bangka Barat|Bangka Selatan|Bangka Tengah|Belitung Timur|Kepulauan Seribu|
Banjar Baru|Bandung Raya|Ungaran|Muntilan|Cibinong|Cikarang|Soreang|Ngamprah|Lembang|
Ambarawa|Kulonprogo|Gunung Kidul|Serang Banten|Sumba Barat|Sumba Barat Daya|Sumba Tengah|
Sumba Timur|Flores Timur|Larantuka|Lembata|Manggarai Barat|Manggarai Timur|Nagekeo|Ngada|
Bajawa|Rote Ndao|Sabu Raijua|Sikka|Malaka|Timor Tengah Selatan|Timor Tengah Utara|Soe|
Kefamenanu|Sumbawa Barat|Bengkayang|Kapuas Hulu|Kayong Utara|Kubu Raya|Landak|Melawi|
Mempawah|Sanggau|Sekadau|Barito Selatan|Barito Timur|Barito Utara|Gunung Mas|Katingan|
Kotawaringin Barat|Kotawaringin Timur|Lamandau|Murung Raya|Pulang Pisau|Seruyan|Sukamara|
Balangan|Barito Kuala|Hulu Sungai Selatan|Hulu Sungai Tengah|Hulu Sungai Utara|Tabalong|
Tanah Bumbu|Tanah Laut|Tapin|Kutai Barat|Kutai Kartanegara|Kutai Timur|Mahakam Ulu|Paser|
Penajam Paser Utara|Bulungan|Malinau|Tana Tidung|Bolaang Mongondow|Kepulauan Sangihe|
Sangihe|Sitaro|Talaud|Kepulauan Talaud|Minahasa Selatan|Minahasa Tenggara|Minahasa Utara|
Banggai|Banggai Laut|Buol|Morowali Utara|Parigi Moutong|Tojo Una-Una|Tolitoli|Bantaeng|
Barru|Enrekang|Jeneponto|Kepulauan Selayar|Selayar|Luwu|Luwu Timur|Luwu Utara|Pangkep|
Pinrang|Sidrap|Sidenreng Rappang|Sinjai|Soppeng|Takalar|Tana Toraja|Toraja Utara|Wajo|
Bombana|Buton|Buton Selatan|Buton Tengah|Buton Utara|Kolaka Timur|Kolaka Utara|
Konawe Selatan|Konawe Utara|Muna|Wakatobi|Boalemo|Bone Bolango|Gorontalo Utara|Pohuwato|
Mamasa|Mamuju Tengah|Pasangkayu|Polewali Mandar|Buru|Kepulauan Aru|Kepulauan Tanimbar|
Maluku Barat Daya|Maluku Tengah|Maluku Tenggara|Maluku Utara|Seram|Halmahera Barat|
Halmahera Selatan|Halmahera Tengah|Halmahera Timur|Halmahera Utara|Kepulauan Sula|Morotai|
Pulau Morotai|Taliabu|Asmat|Biak Numfor|Boven Digoel|Deiyai|Dogiyai|Intan Jaya|Jayawijaya|
Keerom|Kepulauan Yapen|Lanny Jaya|Mappi|Mimika|Nduga|Paniai|Pegunungan Bintang|Puncak|
Puncak Jaya|Sarmi|Supiori|Tolikara|Waropen|Yahukimo|Yalimo|Pegunungan Arfak|Raja Ampat|
Sorong Selatan|Tambrauw|Teluk Bintuni|Teluk Wondama|Maybrat|Manokwari Selatan|Papua Tengah|
Papua Selatan|Papua Pegunungan|Papua Barat Daya|DKI Jakarta|DI Yogyakarta|Purwodadi|Slawi|
Kepanjen|Kraksaan|Bangil|Caruban
"""
_WORLD = """
Moskow|Moscow|Kiev|Kyiv|Washington|Washington DC|New York|Los Angeles|San Francisco|Chicago|
Boston|Miami|Houston|Seattle|Las Vegas|Florida|California|Texas|Toronto|Ottawa|Montreal|Vancouver|
Mexico City|Havana|Caracas|Bogota|Lima|Santiago|Buenos Aires|Brasilia|Rio de Janeiro|Sao Paulo|
London|Manchester|Liverpool|Birmingham|Edinburgh|Glasgow|Cardiff|Dublin|Paris|Lyon|Marseille|
Brussels|Brussel|Amsterdam|Den Haag|Rotterdam|Berlin|Munich|Muenchen|Hamburg|Frankfurt|Dortmund|
Bonn|Wina|Vienna|Jenewa|Geneva|Zurich|Bern|Davos|Roma|Milan|Milano|Turin|Naples|Venesia|Vatikan|
Madrid|Barcelona|Valencia|Sevilla|Lisbon|Lisabon|Athena|Ankara|Istanbul|Warsawa|Praha|Budapest|
Bukares|Sofia|Beograd|Zagreb|Sarajevo|Kopenhagen|Oslo|Stockholm|Helsinki|Tallinn|Riga|Vilnius|
Minsk|Tbilisi|Baku|Yerevan|Astana|Almaty|Tashkent|Kabul|Islamabad|Karachi|Lahore|New Delhi|Mumbai|
Kolkata|Dhaka|Kolombo|Colombo|Kathmandu|Yangon|Naypyidaw|Bangkok|Phuket|Vientiane|Phnom Penh|
Hanoi|Ho Chi Minh|Kuala Lumpur|Penang|Kuching|Johor Bahru|Singapura|Singapore|Bandar Seri Begawan|
Manila|Davao|Dili|Beijing|Shanghai|Shenzhen|Guangzhou|Wuhan|Nanjing|Hong Kong|Hongkong|Makau|
Taipei|Tokyo|Osaka|Kyoto|Hiroshima|Seoul|Busan|Pyongyang|Ulan Bator|Canberra|Sydney|Melbourne|
Brisbane|Perth|Adelaide|Darwin|Gold Coast|Wellington|Auckland|Christchurch|Suva|Port Moresby|
Teheran|Baghdad|Bagdad|Damaskus|Beirut|Yerusalem|Jerusalem|Tel Aviv|Gaza|Kota Gaza|Ramallah|
Tepi Barat|Amman|Riyadh|Jeddah|Mekkah|Makkah|Madinah|Doha|Dubai|Abu Dhabi|Manama|Kuwait City|
Muskat|Sanaa|Aden|Kairo|Cairo|Tripoli|Tunis|Aljir|Rabat|Khartoum|Addis Ababa|Nairobi|Mogadishu|
Kampala|Lagos|Abuja|Accra|Dakar|Kinshasa|Johannesburg|Pretoria|Cape Town|Harare
"""
_COUNTRIES = """
Amerika Serikat|AS|Inggris|Italia|Spanyol|Prancis|Perancis|Jerman|Belanda|Belgia|Portugal|Swiss|
Swedia|Norwegia|Denmark|Finlandia|Polandia|Yunani|Turki|Rusia|Ukraina|Cina|China|Tiongkok|Jepang|
Korea Selatan|Korea Utara|Taiwan|India|Pakistan|Malaysia|Thailand|Filipina|Vietnam|Myanmar|
Kamboja|Laos|Brunei|Timor Leste|Australia|Selandia Baru|Mesir|Arab Saudi|Iran|Irak|Suriah|Israel|
Palestina|Libanon|Yordania|Qatar|Kuwait|Yaman|Afghanistan|Brasil|Argentina|Meksiko|Kanada|Afrika|
Afrika Selatan|Nigeria|Kenya|Eropa|Hungaria|Austria|Irlandia|Skotlandia
"""

_DISTRICT = re.compile(r"^(?:kabupaten|kab\.?|kota) (?=\w)")


@cache
def known_places() -> frozenset[str]:
    """All names, case-folded."""
    joined = (_INDONESIA + "|" + _WORLD + "|" + _COUNTRIES).replace("\n", "")
    return frozenset(name.strip().casefold() for name in joined.split("|") if name.strip())


def is_place(name: str) -> bool:
    """Whether ``name`` (any case, optionally "Town, Province") is in the gazetteer."""
    parts = [_DISTRICT.sub("", part.strip().casefold()) for part in name.split(",")]
    return bool(parts) and all(part in known_places() for part in parts)


@cache
def _countries() -> frozenset[str]:
    return frozenset(n.strip().casefold() for n in _COUNTRIES.replace("\n", "").split("|"))


def is_country(name: str) -> bool:
    """Whether ``name`` is a country or a continent of the gazetteer."""
    return name.strip().casefold() in _countries()
