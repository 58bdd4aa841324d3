"""Using the server: the first who needs it starts it, the last who leaves it stops it.

Each user holds a shared lock for as long as it lives. The kernel drops the lock of a process that
is killed, so a count never goes wrong. Whoever leaves looks, under the starting lock, whether
anybody else still holds it: of two that leave at once the second sees that it was the last.
"""

import atexit
import os
from dataclasses import dataclass, field

from config.embedded import locks
from config.embedded.places import Cluster
from config.embedded.roles import set_up_roles
from config.embedded.server import bring_up, make_home, shut_down


@dataclass(slots=True, eq=False)
class Use:
    """One process's use of a running server."""

    cluster: Cluster
    descriptor: int
    """Open while the server is in use; a child that inherits it is a user too."""

    process: int = field(default_factory=os.getpid)

    def leave(self) -> bool:
        """End the use; stops the server if nobody else uses it, and returns whether it did.

        Does nothing the second time, nor in a forked child: the parent still uses the server.
        """
        if self.process != os.getpid() or self.descriptor < 0:
            return False
        atexit.unregister(self.leave)
        if not self.cluster.home.exists():
            # Somebody removed it all; the server notices that and ends by itself.
            return False
        with locks.alone(self.cluster.starting_lock, self.cluster.account):
            os.close(self.descriptor)
            self.descriptor = -1
            return _stop_if_unused(self.cluster)


def ensure_running(cluster: Cluster) -> Use:
    """Start the server of ``cluster`` if need be; in use until ``leave`` or until we end.

    Raises ``EmbeddedServerError`` with a text for people when that is not possible.
    """
    make_home(cluster)
    # A user before it runs: somebody interrupted half-way still stops what they started.
    use = Use(cluster, locks.share(cluster.users_lock, cluster.account))
    atexit.register(use.leave)
    try:
        with locks.alone(cluster.starting_lock, cluster.account):
            bring_up(cluster)
            # Not only after a start: whoever started it may have been killed before this line.
            set_up_roles(cluster)
    except BaseException:
        use.leave()
        raise
    return use


def stop_if_unused(cluster: Cluster) -> bool:
    """Stop a server that killed processes left running; False if somebody uses it, or none runs."""
    if not cluster.home.exists():
        return False
    with locks.alone(cluster.starting_lock, cluster.account):
        return _stop_if_unused(cluster)


def stop(cluster: Cluster) -> bool:
    """Stop the server whoever uses it; False if it was not running."""
    if not cluster.home.exists():
        return False
    with locks.alone(cluster.starting_lock, cluster.account):
        return shut_down(cluster)


def _stop_if_unused(cluster: Cluster) -> bool:
    return not locks.is_held(cluster.users_lock, cluster.account) and shut_down(cluster)
