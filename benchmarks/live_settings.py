"""The product's own settings, with two addresses more for the benchmark of live screens."""

from onewindow.config.settings import *  # noqa: F403  # that is what a settings module does

ROOT_URLCONF = "benchmarks.live_urls"
