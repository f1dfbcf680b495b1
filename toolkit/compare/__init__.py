"""Comparing systems: evaluation sets, suites, runs, statistics, and the report people read.

Reading order: sets and set_files (what is scored against), suite (what is run), plan, work and
runner (running it), runs, plain and alignment (reading outputs, refusing misaligned ones), bench
(what is compared), statistics (intervals and paired tests), comparison, slices and flags, report
(one object, four renderings), assemble (from paths to a report). Nothing is imported here, so that
``import toolkit.compare`` stays cheap.
"""
