"""`python -m benchmarks`: see docs/benchmarks.md. DATABASE_URL names the server to measure on."""

import argparse
import json
import os
import sys
from pathlib import Path

from benchmarks import (
    aggregation,
    answering,
    benefits,
    browsing,
    collisions,
    freezing,
    kommit,
    maturity,
    memo,
    pages,
    portfolio,
    robustness,
    scoring_export,
    searching,
    selection,
    sending,
    servers,
    uncertainty,
    wall,
)
from benchmarks.report import Report

SIZES = [300, 10_000]
MEMO_SIZE = 120  # ideas in a good year: 50 recommended, and as many that are not


def main() -> int:
    arguments = _parse()
    address = os.environ["DATABASE_URL"]
    sites = servers.sites([*arguments.ideas, MEMO_SIZE], address)
    measurements = maturity.sites(address)
    searched = searching.sites(address)
    colliding = collisions.sites(address)
    promised = benefits.sites(address)
    if not arguments.reuse:
        say("Filling the databases")
        servers.prepare(sites, address)
        maturity.prepare(measurements, address)
        searching.prepare(searched, address)
        collisions.prepare(colliding, address)
        portfolio.prepare(colliding)
        benefits.prepare(promised, address)
    say(f"Measuring the pages with {arguments.server}")
    with servers.serving(sites[:-1], arguments.server):
        measured = pages.measure(
            sites[:-1],
            login=servers.login(sites[0]),
            rounds=arguments.rounds,
            seconds=arguments.seconds,
        )
        say("Sending ideas")
        sent = sending.measure(sites[0])
        say("Measuring the live wall")
        live_wall = wall.measure(sites[0])
    say("Measuring the result of the measurement")
    with servers.serving(measurements, arguments.server):
        results = maturity.measure(measurements, rounds=arguments.rounds, seconds=arguments.seconds)
    say("Measuring what is like a text")
    alike = searching.measure(searched)
    say("Measuring the list of ideas")
    browsed = browsing.measure(searched)
    say("Measuring the search for collisions")
    searches = collisions.measure(colliding)
    say("Measuring the portfolio")
    portfolio_pages = portfolio.measure(
        colliding, arguments.server, rounds=arguments.rounds, seconds=arguments.seconds
    )
    workbooks = [portfolio.export(site) for site in colliding]
    say("Measuring the portfolio of benefits")
    portfolio_pages += benefits.measure(
        promised, arguments.server, rounds=arguments.rounds, seconds=arguments.seconds
    )
    say("Measuring one saved answer")
    answered = answering.measure(sites[:-1])
    say("Measuring the memo")
    made = memo.measure(sites[-1])
    say("Measuring how sure a ranking is")
    ranges = robustness.measure()
    say("Measuring the draws of three-point estimates")
    drawn = uncertainty.measure()
    say("Measuring the import of a KommIT workbook")
    taken_in = kommit.measure(sites[0])
    say("Measuring the best set")
    best = selection.measure()
    say("Measuring the export of all answers")
    exported = scoring_export.measure(sites[-2])
    say("Freezing a year")
    frozen = freezing.measure(sites[-2])
    say("Measuring the aggregation")
    report = Report(
        arguments.server,
        measured,
        results,
        made,
        aggregation.measure(),
        live_wall,
        sent,
        alike,
        browsed,
        answered,
        ranges,
        drawn,
        taken_in,
        best,
        exported,
        frozen,
        searches,
        portfolio_pages,
        workbooks,
    )
    print(report.as_text())
    if arguments.json:
        arguments.json.write_text(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    else:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    return 0


def say(text: str) -> None:
    print(f"{text} …", file=sys.stderr, flush=True)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--ideas", type=int, nargs="+", default=SIZES)
    parser.add_argument("--server", choices=servers.SERVERS, default="granian")
    parser.add_argument("--reuse", action="store_true", help="the databases of the last time")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=0.25, help="of each turn")
    parser.add_argument("--json", type=Path, help="write the JSON to this file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
