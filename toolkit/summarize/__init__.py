"""Summarisers: names to parts. Reading order: base, lexical, lead, centrality, features, ranker,
cohesion, selection, polish, pipeline; support checks abstractive output.
"""

from __future__ import annotations

from toolkit.registry import Registry

SUMMARIZERS = Registry(
    "summarizer",
    {
        "ranker": "toolkit.summarize.ranker:create",
        "centrality": "toolkit.summarize.centrality:create",
        "lead": "toolkit.summarize.lead:create",
        "seq2seq": "toolkit.summarize.seq2seq:create",
        "cross-lingual": "toolkit.summarize.seq2seq:create_crosslingual",
        "chat": "toolkit.summarize.chat:create",
    },
)
