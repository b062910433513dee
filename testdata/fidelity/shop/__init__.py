"""What the revisions import: names of a package, from modules beside it."""
from .columns import priced, timestamps
from .states import SCHEMA, State
