"""Telethon's StringSession for tests in Node: one JSON request on stdin, one JSON answer on stdout."""

import json
import sys

from telethon.crypto import AuthKey
from telethon.sessions import StringSession


def read(string):
    session = StringSession(string)
    return {
        'dc': session.dc_id,
        'address': session.server_address,
        'port': session.port,
        'key': session.auth_key.key.hex(),
    }


def write(dc, address, port, key):
    session = StringSession()
    session.set_dc(dc, address, port)
    session.auth_key = AuthKey(bytes.fromhex(key))
    return session.save()


request = json.load(sys.stdin)
print(json.dumps(read(request['read']) if 'read' in request else write(**request['write'])))
