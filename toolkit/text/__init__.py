"""The Indonesian text layer: sentences, numbers, dates, names and terms, language.

Pure Python, no models, cheap to import. Every finder returns spans into the text it was given;
every ``compare_*`` function takes an Indonesian source and an English hypothesis and says what
differs, leaning to silence where a difference may be a translator's choice.
"""
