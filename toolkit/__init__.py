"""Ringkas: Indonesian-to-English summarisation and translation, with evidence.

Importing this package is cheap: heavy libraries load inside the backend that needs them.
Reading order of the code: types, errors, registry, config, text, reading, translate, models,
summarize, metrics, batch, compare, cli.
"""

__version__ = "0.1.0"
