"""Makes letters.mbox from the messages of CPython's e-mail test suite.

Usage: python3 make_mbox.py. The messages come with every CPython (package test.test_email).
"""

import email
import mailbox
import os
import test.test_email

here = os.path.dirname(os.path.abspath(__file__))
source = os.path.join(os.path.dirname(test.test_email.__file__), "data")
target = os.path.join(here, "letters.mbox")
if os.path.exists(target):
    os.remove(target)
box = mailbox.mbox(target)
for name in sorted(os.listdir(source)):
    if name.startswith("msg_") and name.endswith(".txt"):
        with open(os.path.join(source, name), "rb") as file:
            message = mailbox.mboxMessage(email.message_from_binary_file(file))
            message.set_from("archive", (2004, 1, 1, 0, 0, 0, 3, 1, 0))
            box.add(message)
box.flush()
