"""Comparing systems: evaluation sets, suites, runs, statistics, and the report people read.

Reading order: sets (what is scored against), suite (what is run), runner (running it), runs
(reading outputs back, refusing misaligned ones), statistics (intervals and paired tests),
comparison (systems × metrics × tests), report (one object, four renderings). Nothing is imported
here, so that ``import toolkit.compare`` stays cheap.
"""
