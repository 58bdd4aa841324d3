"""Files as evidence: taken in safely, kept as they came, watched over, and handed on with proof.

``kinds`` and ``sniffing`` decide by the content what is taken, ``storing`` keeps it under its own
hash, ``custody`` writes down what is done with it, ``verifying`` looks whether it is unchanged.
``apart`` is the only place where a file is opened by a program that reads its format: a process of
its own with little memory and time, which is told neither the database nor the settings, but runs
as the same account. ``working`` asks it for the text and for copies without metadata, in the
background; ``bundle`` makes the file with which somebody else can check all of it.
"""
