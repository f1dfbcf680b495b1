"""Preparing the parallel corpora: clean, weigh, learn a vocabulary, pack token ids.

Read in this order: ``sources`` (what there is and under which licence), ``characters``,
``filters``, ``clean`` (the pipeline and its manifest), ``vocabulary``, ``pack``. Run with
``python -m scripts.corpus build|vocabulary|extend|pack``; docs/training.md shows the commands.
"""
