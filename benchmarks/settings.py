"""The production settings, a floor to measure against, and what each answer costs."""

from gjovik_digi.settings import *  # noqa: F403
from gjovik_digi.settings import INSTALLED_APPS, MIDDLEWARE

ROOT_URLCONF = "benchmarks.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks"]
MIDDLEWARE = ["benchmarks.middleware.tell_costs", *MIDDLEWARE]

# One address sends more here than a town does in a year.
ABUSE_PROOF_AFTER = ABUSE_PROOF_AFTER_ALL = ABUSE_CLOSED_AFTER = 10**9
