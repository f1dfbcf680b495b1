"""Tiny random checkpoints with real SentencePiece vocabularies, made in a moment for tests.

Every path of tokenising, generating and converting runs on real code; only the weights are
random. The training text is original.
"""

from __future__ import annotations

import atexit
import functools
import io
import json
import shutil
import tempfile
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

INDONESIAN = """\
Hujan turun sejak pagi di lereng gunung dan jalan desa tertutup lumpur.
Para petani kopi menunggu harga naik sebelum menjual hasil panen mereka.
Kepala desa mengatakan jembatan baru akan dibuka pada hari Senin pekan depan.
Harga beras di pasar induk naik 5 persen menjadi 14.500 rupiah per kilogram.
Menurut panitia, sebanyak 1.250 pelari mengikuti lomba lari di tepi pantai itu.
"Kami berharap warga tetap tenang," kata juru bicara rumah sakit daerah.
Kapal penyeberangan berhenti beroperasi karena ombak setinggi 3,5 meter.
Sekolah dasar di pulau kecil itu kini mempunyai perpustakaan dan 2.000 buku.
Tim penyelamat menemukan dua pendaki yang tersesat sejak Jumat malam.
Pemerintah kota membagikan bibit pohon gratis kepada 300 keluarga.
Anak-anak belajar menari di balai warga setiap Sabtu sore pukul 16.00.
Pengrajin perahu kayu mulai menerima pesanan dari luar negeri tahun ini.
Listrik padam selama empat jam akibat angin kencang merobohkan tiang.
Museum laut memamerkan peta tua, kompas, dan catatan pelaut abad ke-18.
Bupati meminta dinas kesehatan memeriksa air sumur di tiga kecamatan.
""".splitlines()

ENGLISH = """\
Rain has fallen since morning on the slopes and the village road is covered in mud.
Coffee farmers are waiting for prices to rise before they sell their harvest.
The village head said the new bridge will open on Monday of next week.
The price of rice at the central market rose 5 percent to 14,500 rupiah a kilogram.
According to the committee, 1,250 runners took part in the race along the beach.
"We hope that people stay calm," a spokesman of the district hospital said.
The ferries stopped running because of waves 3.5 metres high.
The primary school on the small island now has a library and 2,000 books.
Rescuers found two hikers who had been lost since Friday night.
The city government gave free tree seedlings to 300 families.
Children learn to dance in the village hall every Saturday afternoon at 16:00.
Makers of wooden boats have begun to take orders from abroad this year.
The power was out for four hours after strong wind knocked down a pole.
The museum of the sea shows old maps, compasses, and sailors' notes of the 18th century.
The regent asked the health office to examine well water in three districts.
""".splitlines()


def train_sentencepiece(path: Path, size: int, **options: Any) -> Any:
    """Train a SentencePiece model on the sentences above and write it to ``path``."""
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([*INDONESIAN, *ENGLISH]),
        model_writer=model,
        vocab_size=size,
        hard_vocab_limit=False,
        num_threads=1,
        minloglevel=2,
        **options,
    )
    path.write_bytes(model.getvalue())
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def make_marian(
    folder: Path, *, seed: int = 1, zero_pad: bool = True, width: int = 32, steps: int = 60
) -> Path:
    """Write a random Marian checkpoint in Hugging Face layout; returns ``folder``."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    folder.mkdir(parents=True, exist_ok=True)
    processor = train_sentencepiece(folder / "source.spm", 400)
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    ordinary = [p for p in pieces if p not in ("<unk>", "<s>", "</s>")]
    vocabulary = ["</s>", "<unk>", *ordinary, "<pad>"]
    (folder / "vocab.json").write_text(
        json.dumps({t: i for i, t in enumerate(vocabulary)}, ensure_ascii=False), encoding="utf-8"
    )
    (folder / "tokenizer_config.json").write_text(
        json.dumps(
            {
                "tokenizer_class": "MarianTokenizer",
                "source_lang": "id",
                "target_lang": "en",
                "unk_token": "<unk>",
                "eos_token": "</s>",
                "pad_token": "<pad>",
                "model_max_length": 512,
            }
        )
    )
    pad = len(vocabulary) - 1
    config = MarianConfig(
        vocab_size=len(vocabulary),
        decoder_vocab_size=len(vocabulary),
        d_model=width,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=2 * width,
        decoder_ffn_dim=2 * width,
        activation_function="relu",
        max_position_embeddings=512,
        scale_embedding=True,
        static_position_embeddings=True,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
        pad_token_id=pad,
        eos_token_id=0,
        bos_token_id=0,
        decoder_start_token_id=pad,
        forced_eos_token_id=0,
        init_std=0.08,
        dropout=0.0,
    )
    torch.manual_seed(seed)
    model = MarianMTModel(config)
    with torch.no_grad():
        row = torch.zeros(width) if zero_pad else 0.2 * torch.randn(width)
        model.model.shared.weight[pad] = row
    ids = {t: i for i, t in enumerate(vocabulary)}
    pairs = [
        tuple([ids.get(p, 1) for p in processor.encode(t, out_type=str)] + [0] for t in pair)
        for pair in zip(INDONESIAN, ENGLISH, strict=True)
    ]
    _learn(model, pairs, pad, steps)
    _save(model, folder)
    return folder


def _learn(model: Any, pairs: Sequence[tuple[list[int], ...]], pad: int, steps: int) -> None:
    """A few steps of training, so that hypotheses end and their scores differ; pad stays fixed."""
    import torch

    def padded(rows: list[list[int]]) -> Any:
        width = max(map(len, rows))
        return torch.tensor([r + [pad] * (width - len(r)) for r in rows])

    source, target = padded([p[0] for p in pairs]), padded([p[1] for p in pairs])
    labels = target.masked_fill(target == pad, -100)
    optimiser = torch.optim.Adam(model.parameters(), lr=5e-3)
    row = model.model.shared.weight[pad].detach().clone()
    for _ in range(steps):
        loss = model(input_ids=source, attention_mask=source != pad, labels=labels).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        with torch.no_grad():
            model.model.shared.weight[pad] = row


def make_nllb(folder: Path, *, seed: int = 1) -> Path:
    """Write a random NLLB checkpoint (M2M-100 architecture, Indonesian and English codes)."""
    import torch
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    processor = train_sentencepiece(folder / "sentencepiece.bpe.model", 400, model_type="bpe")
    pieces = [processor.id_to_piece(i) for i in range(3, processor.get_piece_size())]
    vocabulary = {t: i for i, t in enumerate(["<s>", "<pad>", "</s>", "<unk>", *pieces])}
    tokenizer = _quietly(NllbTokenizer, vocab=vocabulary, merges=_merges(pieces))
    _quietly(tokenizer.save_pretrained, folder)
    config = M2M100Config(
        vocab_size=len(tokenizer),
        d_model=32,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        max_position_embeddings=1024,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        decoder_start_token_id=2,
        init_std=0.3,
        dropout=0.0,
    )
    torch.manual_seed(seed)
    _save(M2M100ForConditionalGeneration(config), folder)
    return folder


def make_mbart(folder: Path, *, seed: int = 1) -> Path:
    """Write a random mBART-50 checkpoint."""
    import torch
    from transformers import MBart50Tokenizer, MBartConfig, MBartForConditionalGeneration

    folder.mkdir(parents=True, exist_ok=True)
    processor = train_sentencepiece(folder / "sentencepiece.bpe.model", 400)
    pieces = [
        (processor.id_to_piece(i), processor.get_score(i))
        for i in range(processor.get_piece_size())
    ]
    tokenizer = _quietly(MBart50Tokenizer, vocab=pieces)
    _quietly(tokenizer.save_pretrained, folder)
    config = MBartConfig(
        vocab_size=len(tokenizer),
        d_model=32,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        max_position_embeddings=1024,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        decoder_start_token_id=2,
        init_std=0.3,
        dropout=0.0,
    )
    torch.manual_seed(seed)
    _save(MBartForConditionalGeneration(config), folder)
    return folder


def make_t5(folder: Path, *, seed: int = 1, multilingual: bool = False) -> Path:
    """Write a random T5 checkpoint, or an mT5 one, whose outputs are not scaled."""
    import torch
    from transformers import (
        MT5Config,
        MT5ForConditionalGeneration,
        T5Config,
        T5ForConditionalGeneration,
        T5Tokenizer,
    )

    folder.mkdir(parents=True, exist_ok=True)
    train_sentencepiece(folder / "spiece.model", 400, pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    tokenizer = _quietly(T5Tokenizer.from_pretrained, folder, extra_ids=10)
    _quietly(tokenizer.save_pretrained, folder)
    config = (MT5Config if multilingual else T5Config)(
        vocab_size=len(tokenizer),
        d_model=32,
        d_kv=16,
        d_ff=64,
        num_layers=2,
        num_heads=2,
        decoder_start_token_id=0,
        dropout_rate=0.0,
        initializer_factor=3.0,
    )
    torch.manual_seed(seed)
    kind = MT5ForConditionalGeneration if multilingual else T5ForConditionalGeneration
    _save(kind(config), folder)
    return folder


def _merges(pieces: list[str]) -> list[tuple[str, str]]:
    """Merges of a SentencePiece BPE model: pairs of pieces whose join is a piece, by its rank."""
    rank = {piece: i for i, piece in enumerate(pieces)}
    merges = []
    for piece in pieces:
        pairs = [(piece[:i], piece[i:]) for i in range(1, len(piece))]
        known = [p for p in pairs if p[0] in rank and p[1] in rank]
        merges += sorted(known, key=lambda p: (rank[p[0]], rank[p[1]]))
    return merges


def _quietly(function: Any, *args: Any, **kwargs: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return function(*args, **kwargs)


def _save(model: Any, folder: Path) -> None:
    import transformers

    transformers.utils.logging.disable_progress_bar()
    _quietly(model.eval().save_pretrained, folder)


@functools.cache
def _scratch() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="ringkas-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@functools.cache
def checkpoint(kind: str) -> Path:
    """One checkpoint in Hugging Face layout a test run: marian, marian-pad, nllb, mbart, t5 …"""
    makers: dict[str, Callable[[Path], Path]] = {
        "marian": make_marian,
        "marian-pad": functools.partial(make_marian, zero_pad=False),
        "nllb": make_nllb,
        "mbart": make_mbart,
        "t5": make_t5,
        "mt5": functools.partial(make_t5, multilingual=True),
    }
    return makers[kind](_scratch() / kind)


@functools.cache
def converted(kind: str, quantization: str = "int8") -> Path:
    """The checkpoint converted to CTranslate2."""
    from toolkit.models.conversion import convert

    target = _scratch() / f"{kind}-{quantization}"
    convert(checkpoint(kind), target, quantization=quantization)
    return target
