"""The first program of docs/hosts.md with a language model: it does what it says, as it is printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "hosts.md"
SAID = """COMMUNICATION ANALYSIS:
- 2026-02-19 | SENTIMENT: -2 | THEMES: leak
  ISSUES: it leaks
  OPPORTUNITIES: none

OVERALL SENTIMENT: -2 (angry)

DOMINANT THEMES:
- leak

KEY ISSUES TO ADDRESS:
- the leak

OPPORTUNITIES:
- None
"""


class Service(BaseHTTPRequestHandler):
    """A service with one answer."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        message = {"role": "assistant", "content": SAID}
        choices = [{"index": 0, "finish_reason": "stop", "message": message}]
        usage = {"prompt_tokens": 5, "completion_tokens": 3}
        body = json.dumps({"id": "1", "model": "tiny", "choices": choices, "usage": usage}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, *_: object, **__: object) -> None:
        pass


def printed(program: str, url: str | None) -> str:
    others = {name: it for name, it in os.environ.items() if not name.startswith("GOODWILL_LLM")}
    env = others | ({"GOODWILL_LLM_URL": url} if url else {})
    command = [sys.executable, "-c", program]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout


def test_a_feature_takes_ten_lines_with_a_model_and_without() -> None:
    section = PAGE.read_text(encoding="utf-8").split("### A feature in ten lines\n")[1]
    program = section.split("```python\n")[1].split("```")[0]
    assert len([line for line in program.splitlines() if line]) == 10
    assert printed(program, None).endswith(" by rules\n")
    server = HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_address[1]}"
        assert printed(program, url) == "-2.0 ('the leak',) by a model\n"
    finally:
        server.shutdown()
        server.server_close()
