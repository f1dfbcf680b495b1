"""Models on this machine: the embedded checkpoint, installed ones, cards, conversion, pulling.

``registry`` finds them, ``card`` reads and checks ``ringkas.json``, ``conversion`` turns a Hugging
Face layout into CTranslate2 int8, ``pulling`` brings one from the hub or a folder.
"""
