"""An object that makes another one like it, for ever."""
from alembic import op
import sqlalchemy as sa
revision = "classes"
down_revision = None


class A:
    def __init__(self, n):
        self.n = n
        self.next = A(n + 1)

    def run(self):
        self.next.run()
        self.next.run()


def upgrade():
    A(0).run()
