"""The staff side: Django's own admin, one file a section.

``site`` is the site, ``sections`` registers everything with it. Pages read and show; what they
write goes through ``incidents.reviewing``, ``incidents.publishing`` and ``incidents.citing``
wherever a rule is at stake.
"""
