"""The page of the sandbox: phones, the suppliers' consoles and a log, in one browser window."""
