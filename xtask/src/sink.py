"""A mail server that writes down what it took before it says so, and misbehaves now and then.

sink.py PORT LOG SEED. Every line of the log is the Message-ID of a letter that was taken, on the disk (fsync) before
the answer. A seed of 0 makes it well-behaved and quick. Needs aiosmtpd 1.4 (pip install aiosmtpd).
"""

import asyncio
import os
import random
import sys

from aiosmtpd.controller import Controller


class Handler:
    def __init__(self, path, seed):
        self.log = open(path, "a", encoding="utf-8")
        self.random = random.Random(seed)
        self.moody = seed != 0

    def happens(self):
        return self.moody and self.random.random() < 0.03

    async def pause(self, most):
        if self.moody:
            await asyncio.sleep(self.random.random() * most)

    async def handle_RCPT(self, server, session, envelope, address, options):
        await self.pause(0.02)
        if self.happens():
            return "451 4.7.1 greylisted, come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await self.pause(0.04)
        if self.happens():
            return "554 5.7.1 not wanted"
        lines = envelope.content.decode("utf-8", "replace").splitlines()
        name = next(line.split(":", 1)[1].strip() for line in lines if line.lower().startswith("message-id:"))
        self.log.write(name + "\n")
        self.log.flush()
        os.fsync(self.log.fileno())
        await self.pause(0.04)
        if self.happens():
            server.transport.abort()  # taken, and the line cut without a word
            return "250 never heard"
        return "250 2.0.0 queued"


controller = Controller(Handler(sys.argv[2], int(sys.argv[3])), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print("ready", flush=True)
sys.stdin.read()  # until whoever started us goes away
controller.stop()
