"""Chromium for the tests that open pages in it. They skip where it is not installed."""

import base64
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND"),
)


def skip_without_chromium() -> None:
    """Skip the module that asks, and say how to install what it needs."""
    if not (CHROMIUM and DRIVER):
        pytest.skip("no chromium and chromedriver: apt-get install chromium chromium-driver", allow_module_level=True)
    pytest.importorskip("selenium.webdriver")


def running(profile: Path) -> Iterator[Any]:
    """A browser with its own profile folder, which ends with the test module. It reaches no network."""
    from selenium import webdriver

    os.environ["SE_AVOID_STATS"] = "true"
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


def sized(browser: Any, width: int, height: int = 900) -> None:
    """Give the window a size in CSS pixels."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def asked_for(browser: Any) -> list[str]:
    """The addresses that pages have asked for since the log was last read."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]


def printed_text(browser: Any) -> str:
    """The text of the page as printed on paper, its lines joined."""
    data = browser.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})["data"]
    pdf = pypdfium2.PdfDocument(base64.b64decode(data))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
