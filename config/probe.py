"""``python -m config.probe``: exit 0 if the server in this container is healthy.

Asks under a host name that is ours, since any other is refused before the answer.
"""

import http.client
import os
import sys
from collections.abc import Mapping


def is_healthy(environ: Mapping[str, str]) -> bool:
    """Whether the server at ``GAWAH_BIND`` answers its health address with 200."""
    port = int(environ.get("GAWAH_BIND", "127.0.0.1:8000").rpartition(":")[2])
    host = environ.get("GAWAH_HOSTS", "").split(",")[0] or "localhost"
    # Not urllib, which would ask the proxy of the environment.
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not is_healthy(os.environ))
