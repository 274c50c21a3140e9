// One sign-in that goes from program to program by its session string: no code is asked for again,
// and the program before has closed its connection.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { readStringSession } from '@mtcute/core/utils.js'

import { GramJs } from '../lib/gramjs.js'
import { jobradar } from '../lib/jobradar.js'
import { Mtcute } from '../lib/mtcute.js'
import { codeFor, passwordFor } from '../lib/phones.js'
import { Sandbox } from '../lib/sandbox.js'
import { Telethon } from '../lib/telethon.js'

const CLIENTS = {
  mtcute: (session) => new Mtcute(sandbox, 'intermediate', { session }),
  gramjs: (session) => new GramJs(sandbox, 'full', { session }),
  telethon: (session) => new Telethon(sandbox, 'abridged', { session }),
}
const PATIENCE = { timeout: 120_000 }

let sandbox
let folder

before(async () => {
  sandbox = await Sandbox.start('--dcs', '2', '--strict')
  folder = mkdtempSync(join(tmpdir(), 'jobradar-signins-'))
})

after(async () => {
  rmSync(folder, { recursive: true })
  await sandbox.stop()
})

Object.entries(CLIENTS).forEach(([name, open], i) => {
  test(`a sign-in that ${name} wrote is ours without a code`, PATIENCE, async () => {
    const phone = `9996610${i}21`
    const { id, session } = await signedInWith(open, phone)

    assert.equal(JSON.parse(jobradar(session, 'session', 'show')).format, name)
    await worksForUs(name, session, { id, phone })
    await onlyOneAtATime()
  })

  test(`our sign-in is ${name}'s without a code`, PATIENCE, async () => {
    const phone = `9996610${i}32`
    const file = join(folder, `for-${name}.session`)
    telegram(file, 'login', '--phone', phone, '--code', '11111')
    const { id } = JSON.parse(telegram(file, 'me'))
    const { session: ours } = JSON.parse(readFileSync(file, 'utf8'))
    await sandbox.allClosed()

    const session = jobradar(ours, 'session', 'convert', '--to', name, '--address', address(1))
    await using(open(session), async (client) => {
      assert.equal((await client.signIn({ phone, code: refuse, password: refuse })).id, id)
      assert.ok((await client.resolve('javajobs')).title)
    })
    await onlyOneAtATime()
  })
})

test('a sign-in laid out as Pyrogram does is ours without a code', PATIENCE, async () => {
  const phone = '9996610541'
  const { id, session } = await signedInWith(CLIENTS.mtcute, phone)

  const { authKey, primaryDcs } = readStringSession(session)
  await worksForUs('pyrogram', pyrogram(primaryDcs.main.id, authKey, id), { id, phone })
  await onlyOneAtATime()
})

test('a sign-in at another data centre, with a password, is ours too', PATIENCE, async () => {
  const phone = '9996620547'
  const { id, session } = await signedInWith(CLIENTS.gramjs, phone)

  await worksForUs('gramjs-dc2', session, { id, phone })
  await onlyOneAtATime()
})

test('a sign-in that was ended elsewhere is refused in words', PATIENCE, async () => {
  const phone = '9996610551'
  const session = await using(CLIENTS.mtcute(), async (client) => {
    await client.signIn({ phone, code: () => codeFor(sandbox, phone), password: refuse })
    const exported = await client.exportSession()
    await client.logOut()
    return exported
  })

  const file = join(folder, 'ended.session')
  writeFileSync(file, session)
  assert.throws(() => telegram(file, 'me'), /ended with 1: .*log in again/)
  await onlyOneAtATime()
})

/** Our command line with a session file, at the sandbox. */
function telegram(file, ...verb) {
  const key = join(folder, 'key.pem')
  writeFileSync(key, sandbox.publicKey)
  const where = ['--dc', address(1), '--public-key', key, '--session-file', file]
  return jobradar('', 'telegram', ...where, ...verb)
}

function address(dc) {
  const { host, port } = sandbox.dcs.find(({ id }) => id === dc)
  return `${host}:${port}`
}

/** Uses a string in place of our own session file: reads, writes and reads again. */
async function worksForUs(name, session, { id, phone }) {
  const file = join(folder, `from-${name}.session`)
  writeFileSync(file, session)
  const me = JSON.parse(telegram(file, 'me'))
  assert.deepEqual({ id: me.id, phone: me.phone }, { id, phone })
  assert.equal(telegram(file, 'history', 'javajobs', '--limit', '3').split('\n').length, 3)
  assert.equal(JSON.parse(telegram(file, 'send', 'Привет')).event, 'sent')
}

/** Signs in with a code, and closes: who it is, and the session. */
function signedInWith(open, phone) {
  const code = () => codeFor(sandbox, phone)
  const password = async () => passwordFor(phone)
  return using(open(), async (client) => {
    const { id } = await client.signIn({ phone, code, password })
    return { id, session: await client.exportSession() }
  })
}

/** Does something with a client, and sees it closed. */
async function using(client, work) {
  try {
    return await work(client)
  } finally {
    await client.close()
    await sandbox.allClosed()
  }
}

async function refuse() {
  throw new Error('was asked for a code or password')
}

async function onlyOneAtATime() {
  await sandbox.allClosed()
  const { max_open_per_key: key, max_open_per_account: account } = await sandbox.stats()
  assert.deepEqual({ key, account }, { key: 1, account: 1 })
}

/** As pyrogram/storage lays it out, of which no code runs here: >BI?256sQ? in Python's struct. */
function pyrogram(dc, key, user) {
  const head = Buffer.of(dc, 0, 0, 0x30, 0x39, 0)
  const tail = Buffer.alloc(9)
  tail.writeBigUInt64BE(BigInt(user))
  return Buffer.concat([head, key, tail]).toString('base64url')
}
