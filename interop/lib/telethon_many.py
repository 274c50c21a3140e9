"""Many idle Telethon clients in one process, for `benchmarks/run compare`.

What is read and written is said in the benchmark's Compare.java.
"""

import asyncio
import json
import logging
import sys

from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.network import connection
from telethon.sessions import StringSession

AT_ONCE = 20

logging.basicConfig(level=logging.CRITICAL)


def say(stage):
    print(json.dumps({"stage": stage}), flush=True)


async def main():
    loop = asyncio.get_running_loop()
    told = json.loads(sys.stdin.readline())
    rsa.add_key(told["public_key"], old=False)
    turns = asyncio.Semaphore(AT_ONCE)
    clients = []

    async def bring_up(session):
        async with turns:
            client = TelegramClient(
                StringSession(session),
                1,
                "benchmark",
                connection=connection.ConnectionTcpIntermediate,
            )
            clients.append(client)
            await client.connect()
            await client.get_me()

    first, *others = told["sessions"]
    await bring_up(first)
    say("ready")
    sys.stdin.readline()
    await asyncio.gather(*(bring_up(session) for session in others))
    say("up")
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
