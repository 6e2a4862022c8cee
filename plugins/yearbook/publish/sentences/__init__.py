"""Whole sentences from figures, by rule. Each template is one sentence of one language; nothing is pieced together.

In: figures already judged (`words.changes`, `rankings`) and written (`words.units`). Out: a whole sentence.
"""
