"""The command line of scripts/oracle: one server a --bin folder, one mode a run."""
import argparse
import sys
import time

from oracle import examples, history, statements
from oracle.prediction import WrongProgram
from oracle.server import CannotStart, Server

# Each mode is a module with NAME, HELP, add_arguments(parser) and run(server, options) → number of disagreements.
MODES = [statements, examples, history]
CANNOT_RUN = 3


def parser_of():
    parser = argparse.ArgumentParser(prog="scripts/oracle", description="Compares what whimbrel predicts with what a PostgreSQL server does. "
                                     "The server is private: started here on a unix socket, not as root, stopped and removed at the end.")
    modes = parser.add_subparsers(dest="mode", metavar="MODE", required=True)
    for module in MODES:
        mode = modes.add_parser(module.NAME, help=module.HELP, description=module.HELP)
        mode.set_defaults(run=module.run)
        mode.add_argument("--bin", action="append", metavar="FOLDER", help="folder with initdb and postgres, once a server (default: Debian's 15)")
        mode.add_argument("--program", metavar="FILE", help="the whimbrel to ask (default: build/release/whimbrel, else build/dev/whimbrel)")
        module.add_arguments(mode)
    return parser


def main(arguments=None):
    options = parser_of().parse_args(arguments)
    disagreements = 0
    for folder in options.bin or [None]:
        began = time.monotonic()
        try:
            with Server(folder) as server:
                print(f"PostgreSQL {server.version} from {server.bin}", file=sys.stderr)
                disagreements += options.run(server, options)
        except CannotStart as reason:
            print(f"oracle: could not run: {reason}", file=sys.stderr)
            return CANNOT_RUN
        except WrongProgram as reason:
            print(f"oracle: {reason}", file=sys.stderr)
            return 2
        print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    return 1 if disagreements else 0
