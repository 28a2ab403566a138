"""``onewindow simulate``: simulated visitors and clerks in a running hall, through its API."""

import argparse
import os
import sys
import time
from contextlib import suppress
from random import Random

from tqdm import tqdm

from onewindow.simulator.engine import Day, Engine, Post
from onewindow.simulator.ports import ApiPort, NotDone
from onewindow.simulator.rules import DAY_S, Offered


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which hall, how long, how many."""
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="where the hall runs")
    parser.add_argument("--hall", required=True, metavar="SLUG")
    parser.add_argument("--key", help="an API key (default: ONEWINDOW_KEY)")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (default 10)")
    parser.add_argument("--visitors", type=float, default=500.0, help="visitors a day (500)")
    parser.add_argument("--seed", type=int, default=1)


def run(args: argparse.Namespace) -> int:
    """Let people come until the time is over or Ctrl-C; then say what was done."""
    key = args.key or os.environ.get("ONEWINDOW_KEY", "")
    port = ApiPort(args.url, args.hall, key)
    try:
        engine = begin(port, time.time(), args.visitors, args.seed)
    except NotDone as no:
        print(f"The hall does not let us in: {no}", file=sys.stderr)  # noqa: T201 (a command)
        return 1
    with suppress(KeyboardInterrupt):
        _go_on(engine, args.minutes * 60)
    print("\n".join(done(engine)))  # noqa: T201 (a command)
    return 0


def done(engine: Engine) -> list[str]:
    """Say what was done, and each refusal with how often it came, the most frequent first."""
    refused = [f"{many:6} × {why}" for why, many in engine.refused.most_common()]
    return [f"{engine.taken} numbers taken, {engine.refusals} refusals", *refused]


def begin(port: ApiPort, now: float, visitors: float, seed: int) -> Engine:
    """Look at the hall and open its windows. The stream is that of a morning's peak."""
    hall = port.get("")
    offered = [Offered(one["code"], 480, 1) for one in hall["services"]]
    posts = [Post(one["label"], "", frozenset(one["services"])) for one in hall["windows"]]
    opens = now - DAY_S / 6
    engine = Engine(port, Day(opens, opens + DAY_S, offered, posts, visitors), Random(seed))  # noqa: S311 (a simulation)
    engine.begin(now)
    return engine


def _go_on(engine: Engine, seconds: float) -> None:
    end = time.time() + seconds
    with tqdm(total=round(seconds), unit="s", desc="simulate") as bar:
        while (now := time.time()) < end:
            while engine.next_at is not None and engine.next_at <= now:
                engine.step()
            bar.n = round(seconds - (end - now))
            bar.set_postfix(taken=engine.taken, refused=engine.refusals)
            time.sleep(0.2)
