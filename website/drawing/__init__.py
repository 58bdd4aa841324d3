"""Charts and maps: from counts to geometry. The templates in ``website/drawing`` write the SVG.

Nothing here knows the record. Lengths are strings, ready for an attribute: a number formatted by
a template would follow the reader's locale and break the drawing.
"""
