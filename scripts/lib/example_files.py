"""Examples of rules/*.toml as files of a folder `migrations`, so that the program can be run over them."""


def options_of(example):
    options = example.get("options", [])
    return options.splitlines() if isinstance(options, str) else options


def write_example(project, stem, text, revision, parent, python):
    """Writes one text of an example and returns its path; a piece of Alembic gets a revision around it."""
    path = project / "migrations" / (stem + (".py" if python else ".sql"))
    path.parent.mkdir(exist_ok=True)
    if python and "def upgrade" not in text:
        body = "".join(f"    {line}\n" if line else "\n" for line in text.splitlines())
        text = ("import sqlalchemy as sa\nimport sqlmodel\nfrom alembic import op\nfrom sqlalchemy.dialects import postgresql\n\n"
                f"revision = {revision!r}\ndown_revision = {parent or None!r}\n\n\ndef upgrade() -> None:\n{body}\n\n"
                "def downgrade() -> None:\n    op.execute(\"SELECT 1\")\n")
    path.write_text(text)
    return path
