"""Runs a command against a real llama.cpp server on the loopback interface.

    python with_server.py model.gguf cargo test -p goodwill --features llm-server-test --test llm_server

With `--context N` before the model it has one place of N tokens instead of two of 2048. The command finds
the address of the server in GOODWILL_LLM_URL. The server ends with the command, whose exit code is
passed on.
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


def start(model: str, port: int, context: int, at_once: int) -> xllamacpp.Server:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = model
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = port
    parameters.n_ctx = context
    parameters.n_parallel = at_once
    # Two wait for each other by spinning: beside other programs that takes fifty times as long.
    parameters.cpuparams.n_threads = 1
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


def main(arguments: list[str]) -> int:
    context, at_once = 4096, 2
    if arguments[0] == "--context":
        context, at_once = int(arguments[1]), 1
        arguments = arguments[2:]
    model, *command = arguments
    port = free_port()
    server = start(model, port, context, at_once)
    url = f"http://127.0.0.1:{port}"
    wait_until_ready(url)
    code = subprocess.run(command, env={**os.environ, "GOODWILL_LLM_URL": url}).returncode
    del server
    return code


if __name__ == "__main__":
    status = main(sys.argv[1:])
    # The threads of the server may outlive it; nothing is left to be written.
    sys.stdout.flush()
    os._exit(status)
