"""Telethon as the journey wants it: one JSON object a line in, one a line out.

{"id": 1, "call": "resolve", "args": ["javajobs"]}  ->  {"id": 1, "result": ...} or {"id": 1, "error": "..."}
Questions during sign-in go out as {"ask": "code"} and are answered by {"answer": "12345"} or
{"refuse": "why"}. Posts go out as {"post": {...}}.
"""

import asyncio
import json
import logging
import sys

from telethon import TelegramClient, events, functions
from telethon.crypto import rsa
from telethon.network import connection
from telethon.sessions import StringSession

TRANSPORTS = {
    "full": connection.ConnectionTcpFull,
    "abridged": connection.ConnectionTcpAbridged,
    "intermediate": connection.ConnectionTcpIntermediate,
    "obfuscated abridged": connection.ConnectionTcpObfuscated,
}

# A connection that the server closes is no news here: the journey asserts on what matters.
logging.basicConfig(level=logging.CRITICAL)


def say(line):
    print(json.dumps(line), flush=True)


class Refused(Exception):
    """The journey does not answer this question."""


class Client:
    def __init__(self, answers, key, transport, host, port, session):
        rsa.add_key(key, old=False)
        string_session = StringSession(session)
        if not session:
            string_session.set_dc(1, host, port)
        self.answers = answers
        self.client = TelegramClient(
            string_session, 1, "sandbox", connection=TRANSPORTS[transport]
        )

    async def ask(self, what):
        say({"ask": what})
        answer = await self.answers.get()
        if "refuse" in answer:
            raise Refused(answer["refuse"])
        return answer["answer"]

    async def signIn(self, phone):
        await self.client.connect()
        if not await self.client.is_user_authorized():
            await self.client.send_code_request(phone)
            code = await self.ask("code")
            try:
                await self.client.sign_in(phone, code)
            except Exception as error:
                if type(error).__name__ != "SessionPasswordNeededError":
                    raise
                await self.client.sign_in(password=await self.ask("password"))
        me = await self.client.get_me()
        self.client.add_event_handler(self.tell, events.NewMessage(incoming=True))
        return {"id": me.id, "phone": me.phone}

    async def tell(self, event):
        if event.message.post:
            chat = await event.get_chat()
            say({"post": {"id": event.id, "text": event.raw_text, "name": chat.username}})

    async def resolve(self, name):
        chat = await self.client.get_entity(name)
        return {"id": chat.id, "name": chat.username, "title": chat.title}

    async def history(self, name, limit, older_than):
        page = await self.client.get_messages(name, limit=limit, offset_id=older_than)
        return [{"id": message.id, "text": message.raw_text} for message in page]

    async def join(self, name):
        await self.client(functions.channels.JoinChannelRequest(name))

    async def sendToSelf(self, text):
        return (await self.client.send_message("me", text)).id

    async def exportSession(self):
        return self.client.session.save()

    async def logOut(self):
        await self.client(functions.auth.LogOutRequest())

    async def close(self):
        await self.client.disconnect()


async def main():
    loop = asyncio.get_running_loop()
    answers = asyncio.Queue()
    client = None
    calls = set()

    async def answer(line):
        try:
            result = await getattr(client, line["call"])(*line["args"])
            say({"id": line["id"], "result": result})
        except Exception as error:
            say({"id": line["id"], "error": str(error) or type(error).__name__})

    while True:
        text = await loop.run_in_executor(None, sys.stdin.readline)
        if not text:
            return
        line = json.loads(text)
        if "open" in line:
            client = Client(answers, **line["open"])
        elif "call" in line:
            task = loop.create_task(answer(line))
            calls.add(task)
            task.add_done_callback(calls.discard)
        else:
            answers.put_nowait(line)


asyncio.run(main())
