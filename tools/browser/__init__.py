"""The demo in a headless Chromium: what the browser tests and the screenshots are driven with."""
