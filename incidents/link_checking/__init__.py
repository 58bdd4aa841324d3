"""Whether the addresses of published sources still lead to them.

A request from our server tells the publisher's server that we look at a page, and from where. So
it is off unless ``GAWAH_CHECK_LINKS`` is set, and even then asks nothing but addresses that the
public record itself names: never those of confidential or unpublished sources.
"""

from incidents.link_checking.asking import Answer, ask
from incidents.link_checking.checking import check_sources
from incidents.link_checking.choosing import askable, due
from incidents.link_checking.regularly import RegularRound

__all__ = ["Answer", "RegularRound", "ask", "askable", "check_sources", "due"]
