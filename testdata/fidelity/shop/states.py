"""Constants and enums."""
import enum

SCHEMA = "public"
PREFIX = "shop_"


class State(enum.Enum):
    OPEN = "open"
    CLOSED = "closed"

    def label(self) -> str:
        return self.value
