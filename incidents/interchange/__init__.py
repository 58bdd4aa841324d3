"""Cases from one installation to another: what travels, the file, and how it is taken in.

``declared`` says what travels and ``left_out`` what does not; ``identifiers`` how rows are called
everywhere. Out: ``gathering`` finds the rows of a case, ``describing`` puts them into the terms of
the file, ``exporting`` does both, ``writing`` makes the file. In: ``reading`` checks it,
``comparing`` tells what stands in the way, ``making`` makes the rows, ``files`` keeps the files of
evidence, ``bringing`` does it all in one transaction. docs/interchange.md tells the format.
"""
