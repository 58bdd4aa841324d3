"""Bringing lists in, page by page: file, columns, values, list, preview, run, report, undo.

Every step is kept on the batch, so that nothing is lost when a page is closed or a session ends.
"""
