// Session strings, as they are written and read: JobRadar's against the other clients' own code.
// Nothing here goes over a network.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { readStringSession, writeStringSession } from '@mtcute/core/utils.js'
import { AuthKey } from 'telegram/crypto/AuthKey.js'
import { StringSession } from 'telegram/sessions/index.js'

import { jobradar } from '../lib/jobradar.js'

const TELETHON = fileURLToPath(new URL('../lib/telethon_session.py', import.meta.url))

const KEY = randomBytes(256)
const USER = { userId: 6_000_000_001, isBot: false, isPremium: false, usernames: [] }
const MAIN = { id: 4, ipAddress: '149.154.167.91', port: 443 }
const MEDIA = { id: 4, ipAddress: '149.154.167.255', port: 443, mediaOnly: true }

const show = (string) => JSON.parse(jobradar(string, 'session', 'show'))
const convert = (string, ...options) => jobradar(string, 'session', 'convert', ...options)

function mtcute(main = MAIN, { media = main, self = USER } = {}) {
  return writeStringSession({ version: 3, primaryDcs: { main, media }, self, authKey: KEY })
}

async function gramjs(address) {
  const session = new StringSession('')
  session.setDC(4, address, 443)
  const key = new AuthKey()
  await key.setKey(KEY)
  session.setAuthKey(key)
  return session.save()
}

async function readByGramJs(string) {
  const session = new StringSession(string)
  await session.load()
  const { dcId: dc, serverAddress: address, port, authKey } = session
  return { dc, address, port, key: authKey.getKey().toString('hex') }
}

function telethon(request) {
  const { status, stdout, stderr } = spawnSync(process.env.PYTHON ?? 'python3', [TELETHON], {
    input: JSON.stringify(request),
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  return JSON.parse(stdout)
}

function writtenByTelethon(address) {
  return telethon({ write: { dc: 4, address, port: 443, key: KEY.toString('hex') } })
}

/** As pyrogram/storage lays it out, of which no code runs here: >BI?256sQ? in Python's struct. */
function pyrogram() {
  const head = Buffer.of(4, 0, 0, 0x30, 0x39, 0)
  const tail = Buffer.alloc(9)
  tail.writeBigUInt64BE(BigInt(USER.userId))
  return Buffer.concat([head, KEY, tail]).toString('base64url')
}

const READ = { dc: 4, address: '149.154.167.91', port: 443, key: KEY.toString('hex') }

test('what mtcute writes is read', () => {
  const known = { format: 'mtcute', dc: 4, test: false, user_id: USER.userId, bot: false, has_key: true }
  assert.deepEqual(show(mtcute()), known)
  assert.deepEqual(show(mtcute(MAIN, { media: MEDIA })), known)
  assert.deepEqual(show(mtcute({ ...MAIN, testMode: true })), { ...known, test: true })
  assert.deepEqual(show(mtcute({ ...MAIN, ipAddress: '2001:67c:4e8:f004::a', ipv6: true }, { self: null })), {
    format: 'mtcute',
    dc: 4,
    test: false,
    has_key: true,
  })
})

test('what GramJS writes is read', async () => {
  // Of 14 characters, which makes the string as long as Telethon's with IPv6; then others.
  for (const address of ['149.154.167.91', '91.108.56.179', '149.154.175.100', '2001:67c:4e8:f004:0:0:0:a']) {
    const expected = { format: 'gramjs', dc: 4, test: false, has_key: true }
    assert.deepEqual(show(await gramjs(address)), expected, address)
  }
})

test('what Telethon writes is read', () => {
  for (const address of ['149.154.167.91', '2001:67c:4e8:f004::a']) {
    const expected = { format: 'telethon', dc: 4, test: false, has_key: true }
    assert.deepEqual(show(writtenByTelethon(address)), expected, address)
  }
})

test('what is laid out as Pyrogram does is read', () => {
  const expected = { format: 'pyrogram', dc: 4, test: false, user_id: USER.userId, bot: false, api_id: 12345 }
  assert.deepEqual(show(pyrogram()), { ...expected, has_key: true })
})

test('what we write is what the other client would have written', async () => {
  assert.equal(convert(mtcute(), '--to', 'gramjs'), await gramjs(MAIN.ipAddress))
  assert.equal(convert(mtcute(), '--to', 'telethon'), writtenByTelethon(MAIN.ipAddress))
  assert.equal(convert(pyrogram(), '--to', 'mtcute'), mtcute())
  assert.equal(convert(mtcute(), '--to', 'pyrogram', '--api-id', '12345'), pyrogram())
})

test('mtcute reads what we write', async () => {
  const strings = [await gramjs(MAIN.ipAddress), writtenByTelethon(MAIN.ipAddress), pyrogram()]
  for (const string of strings) {
    const { primaryDcs, self, authKey } = readStringSession(
      convert(string, '--user-id', '6000000001', '--bot'),
    )
    const { id, ipAddress, port, testMode } = primaryDcs.main
    assert.deepEqual({ id, ipAddress, port, testMode }, { ...MAIN, testMode: false })
    assert.deepEqual({ id: self.userId, bot: self.isBot }, { id: USER.userId, bot: true })
    assert.deepEqual(Buffer.from(authKey), KEY)
  }
  const elsewhere = readStringSession(convert(strings[0], '--test', '--address', '[2001:db8::1]:40000'))
  const { id, port, ipv6, testMode } = elsewhere.primaryDcs.main
  assert.deepEqual({ id, port, ipv6, testMode }, { id: 4, port: 40_000, ipv6: true, testMode: true })
  assert.equal(elsewhere.self, null)
})

test('GramJS reads what we write', async () => {
  for (const string of [mtcute(), writtenByTelethon(MAIN.ipAddress), pyrogram()]) {
    assert.deepEqual(await readByGramJs(convert(string, '--to', 'gramjs')), READ)
  }
  const elsewhere = convert(mtcute(), '--to', 'gramjs', '--address', '127.0.0.1:10443')
  assert.deepEqual(await readByGramJs(elsewhere), { ...READ, address: '127.0.0.1', port: 10_443 })
})

test('Telethon reads what we write', async () => {
  for (const string of [mtcute(), await gramjs(MAIN.ipAddress), pyrogram()]) {
    assert.deepEqual(telethon({ read: convert(string, '--to', 'telethon') }), READ)
  }
  const elsewhere = convert(mtcute(), '--to', 'telethon', '--address', '[2001:db8::1]:40000')
  assert.deepEqual(telethon({ read: elsewhere }), { ...READ, address: '2001:db8::1', port: 40_000 })
})
