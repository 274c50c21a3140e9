// Many idle clients in one process, for `benchmarks/run compare`: node many.js mtcute|gramjs
// What is read and written is said in the benchmark's Compare.java.

import { createInterface } from 'node:readline'

import { writeStringSession } from '@mtcute/core/utils.js'

import { GramJs } from './gramjs.js'
import { Mtcute } from './mtcute.js'

const AT_ONCE = 20
const COLLECTIONS = 4

const CLIENTS = {
  mtcute: (sandbox, session) => new Mtcute(sandbox, 'intermediate', { session: asMtcute(session) }),
  gramjs: (sandbox, session) => new GramJs(sandbox, 'abridged', { session: asGramJs(session) }),
}

const open = CLIENTS[process.argv[2]]
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const next = async () => (await lines.next()).value

const { dc, public_key: publicKey, sessions } = JSON.parse(await next())
const sandbox = { dcs: [dc], publicKey }
const clients = []
const waiting = [sessions[0]]
await bringUp()
say('ready')
await next()

waiting.push(...sessions.slice(1))
await Promise.all(Array.from({ length: AT_ONCE }, bringUp))
say('up')
await next()
process.exit(0)

async function bringUp() {
  for (let session = waiting.pop(); session; session = waiting.pop()) {
    const client = open(sandbox, session)
    clients.push(client)
    await client.signIn({ code: refuse, password: refuse })
  }
}

async function refuse() {
  throw new Error('a saved session asks for nothing')
}

function say(stage) {
  for (let i = 0; i < COLLECTIONS; i++) globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  process.stdout.write(`${JSON.stringify({ stage, heap: heapUsed + external })}\n`)
}

/** The key out of Telethon's form: data centre, IPv4 address, port, key. */
function keyOf(session) {
  return Buffer.from(session.slice(1), 'base64url').subarray(7)
}

function asMtcute(session) {
  const main = { id: dc.id, ipAddress: dc.host, port: dc.port }
  return writeStringSession({
    version: 3,
    primaryDcs: { main, media: main },
    self: null,
    authKey: keyOf(session),
  })
}

function asGramJs(session) {
  const host = Buffer.from(dc.host)
  const head = Buffer.alloc(3)
  head.writeUInt8(dc.id)
  head.writeInt16BE(host.length, 1)
  const port = Buffer.alloc(2)
  port.writeInt16BE(443)
  return `1${Buffer.concat([head, host, port, keyOf(session)]).toString('base64')}`
}
