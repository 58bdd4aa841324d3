"""How publishing says no."""

from incidents.readiness import Obstacle


class PublicationRefused(Exception):
    """Nothing was published; ``obstacles`` lists everything that stands in the way."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        self.obstacles = obstacles
        super().__init__("; ".join(obstacle.message for obstacle in obstacles))
