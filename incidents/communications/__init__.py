"""What leaves the office about one missing person: a communication to WGEID, a complaint to COIED,
and the case sheet for families and courts.

``elements`` says what a form still lacks, ``consents`` who agreed to it, ``gate`` and ``others``
what must not leave; ``filling`` makes a ``Paper`` in one language of what ``rows`` and ``steps``
tell of a ``Subject``, and ``as_pdf`` and ``as_docx`` write it.
Nothing here is stored: a paper is made anew from the case file each time.
"""
