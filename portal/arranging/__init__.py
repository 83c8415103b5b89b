"""Arranging the front page: acts of editors (``pins``, ``zones``), each done and recorded through ``changes``.

``undoing`` takes one back, ``telling`` says in a sentence what was done.
"""
