"""The Python with the packages that only proofs need, which scripts/fidelity makes."""
import pathlib

ENVIRONMENT = pathlib.Path(__file__).resolve().parents[2] / ".deps" / "python"
PYTHON = ENVIRONMENT / "bin" / "python"
