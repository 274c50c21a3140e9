// GramJS as the journey wants it, with the sandbox's addresses and key in place of Telegram's.

import { createPublicKey } from 'node:crypto'

import bigInt from 'big-integer'
import { Api, TelegramClient } from 'telegram'
import { _serverKeys } from 'telegram/crypto/RSA.js'
import { NewMessage } from 'telegram/events/index.js'
import { Logger } from 'telegram/extensions/index.js'
import {
  ConnectionTCPAbridged,
  ConnectionTCPFull,
  ConnectionTCPObfuscated,
} from 'telegram/network/index.js'
import { StringSession } from 'telegram/sessions/index.js'

import { fingerprint } from './fingerprint.js'

const CONNECTIONS = {
  'full': ConnectionTCPFull,
  'abridged': ConnectionTCPAbridged,
  'obfuscated abridged': ConnectionTCPObfuscated,
}

export const GRAMJS_TRANSPORTS = Object.keys(CONNECTIONS)

export class GramJs {
  #client

  /** A client that dials data centre 1 first, or the one that its session names. */
  constructor(sandbox, transport, { session } = {}) {
    trust(sandbox.publicKey)
    const stringSession = new StringSession(session ?? '')
    if (!session) stringSession.setDC(1, sandbox.dcs[0].host, 443)
    this.#client = new TelegramClient(stringSession, 1, 'sandbox', {
      connection: dialling(sandbox.dcs, CONNECTIONS[transport]),
      baseLogger: new Logger('none'),
      connectionRetries: 3,
    })
  }

  async signIn({ phone, code, password }) {
    // GramJS swallows what its callbacks throw: keep the first, and stop at once.
    let first
    const keep = (error) => {
      first ??= error
      return true
    }
    const keeping = (answer) => () =>
      answer().catch((error) => {
        keep(error)
        throw error
      })
    try {
      await this.#client.start({
        phoneNumber: phone,
        phoneCode: keeping(code),
        password: keeping(password),
        onError: keep,
      })
    } catch (error) {
      throw first ?? error
    }
    const me = await this.#client.getMe()
    return { id: Number(me.id), phone: me.phone }
  }

  async resolve(name) {
    const chat = await this.#client.getEntity(name)
    return { id: Number(chat.id), name: chat.username, title: chat.title }
  }

  /** Up to so many posts that are older than this id, newest first; 0 is the newest of all. */
  async history(name, limit, olderThan) {
    const page = await this.#client.getMessages(name, { limit, offsetId: olderThan })
    return [...page].map(({ id, message }) => ({ id, text: message }))
  }

  async join(name) {
    await this.#client.invoke(new Api.channels.JoinChannel({ channel: name }))
  }

  onPost(listener) {
    this.#client.addEventHandler(async ({ message }) => {
      if (!message.post) return
      const chat = await message.getChat()
      listener({ id: message.id, text: message.message, name: chat.username })
    }, new NewMessage({}))
  }

  async sendToSelf(text) {
    return (await this.#client.sendMessage('me', { message: text })).id
  }

  async saved(limit) {
    return this.history('me', limit, 0)
  }

  async exportSession() {
    return this.#client.session.save()
  }

  async logOut() {
    await this.#client.invoke(new Api.auth.LogOut())
  }

  async close() {
    await this.#client.destroy()
  }
}

/** GramJS 2.26 dials port 80 or 443 whatever it is told: tell the connection itself. */
function dialling(dcs, Connection) {
  return class extends Connection {
    constructor(to) {
      const dc = dcs.find(({ id }) => id === to.dcId)
      super({ ...to, ip: dc.host, port: dc.port })
    }
  }
}

function trust(pem) {
  const { n, e } = createPublicKey(pem).export({ format: 'jwk' })
  const modulus = Buffer.from(n, 'base64url')
  const exponent = Buffer.from(e, 'base64url')
  _serverKeys.set(fingerprint(modulus, exponent).toString(), {
    n: bigInt(modulus.toString('hex'), 16),
    e: exponent.readUIntBE(0, exponent.length),
  })
}
