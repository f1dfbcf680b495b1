"""Chat models for translating and summarising: servers that speak the OpenAI protocol, and local
``transformers`` checkpoints.

Reading order: base (requests, replies, the protocol of a model), fence (article text as data),
parsing (what a model wrote → JSON), dialect (which fields a server takes), retry, http (a
server), local (a checkpoint), cache (no request is paid twice), session (all of it together),
opening (from a name and settings to a session).
"""
