"""Training a Marian-layout translation model: one command, resumable, on a GPU or two CPU cores.

Read in this order: ``data`` (packed pairs to batches), ``loss``, ``weights`` (bf16 model, fp32
master copy, optimiser), ``schedule``, ``checkpoints``, ``evaluation``, ``loop``. Run with
``python -m scripts.train``; docs/training.md has the commands and the record of runs.
"""
