"""Runs a command against a real llama.cpp server on the loopback interface.

    python with_server.py model.gguf cargo test -p goodwill --features llm-server-test --test llm_server

The command finds the address of the server in GOODWILL_LLM_URL. The server ends with the command,
whose exit code is passed on.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import xllamacpp

PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(model: str, port: int) -> xllamacpp.Server:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = model
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = port
    parameters.n_ctx = 4096
    parameters.n_parallel = 2
    parameters.cpuparams.n_threads = 2
    parameters.warmup = False
    return xllamacpp.Server(parameters)


def wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (OSError, urllib.error.URLError):
            pass
        if time.monotonic() > deadline:
            sys.exit("the server does not answer")
        time.sleep(0.05)


def main(model: str, command: list[str]) -> int:
    port = free_port()
    server = start(model, port)
    url = f"http://127.0.0.1:{port}"
    wait_until_ready(url)
    code = subprocess.run(command, env={**os.environ, "GOODWILL_LLM_URL": url}).returncode
    del server
    return code


if __name__ == "__main__":
    status = main(sys.argv[1], sys.argv[2:])
    # The threads of the server may outlive it; nothing is left to be written.
    sys.stdout.flush()
    os._exit(status)
