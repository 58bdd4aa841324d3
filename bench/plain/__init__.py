"""What one would write without this design: normalized tables, ``ModelSerializer``, ``prefetch``.

A competitor for measuring, over the same made-up cases, in the same database and behind the same
application server. ``tuned`` addresses do the same with EXISTS instead of joins.
"""
