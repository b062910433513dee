"""Helpers that run operations."""
from alembic import op


def index_each(table, columns, unique=False):
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column], unique=unique)


def drop_indexes(table, *columns):
    for column in reversed(columns):
        op.drop_index(f"ix_{table}_{column}", table_name=table)
