"""Let simulated visitors and clerks use a hall, through the real API."""

import argparse
from importlib import import_module

SIMULATOR = "onewindow.simulator.run"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Those of the simulator."""
    import_module(SIMULATOR).add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Hand over to the simulator."""
    return int(import_module(SIMULATOR).run(args) or 0)
