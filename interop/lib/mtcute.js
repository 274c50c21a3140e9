// mtcute as the journey wants it, with the sandbox's addresses and key in place of Telegram's.

import {
  IntermediatePacketCodec,
  MemoryStorage,
  ObfuscatedPacketCodec,
  PaddedIntermediatePacketCodec,
  TcpTransport,
  TelegramClient,
} from '@mtcute/node'
import { NodeCryptoProvider, parsePublicKey } from '@mtcute/node/utils.js'
// Not exported by the package, and needed for the spelling below.
import { __publicKeyIndex } from '../node_modules/@mtcute/core/tl/binary/rsa-keys.js'

const CODECS = {
  'intermediate': () => new IntermediatePacketCodec(),
  'padded intermediate': () => new PaddedIntermediatePacketCodec(),
  'obfuscated intermediate': () => new ObfuscatedPacketCodec(new IntermediatePacketCodec()),
  'obfuscated padded intermediate': () =>
    new ObfuscatedPacketCodec(new PaddedIntermediatePacketCodec()),
}

export const MTCUTE_TRANSPORTS = Object.keys(CODECS)

export class Mtcute {
  #client

  /** A client that dials data centre 1 first, or the one that its session names. */
  constructor(sandbox, transport, { session, temporaryKeys = false } = {}) {
    trust(sandbox.publicKey)
    const [dc] = sandbox.dcs
    const address = { id: dc.id, ipAddress: dc.host, port: dc.port }
    this.#client = new TelegramClient({
      apiId: 1,
      apiHash: 'sandbox',
      storage: new MemoryStorage(),
      defaultDcs: { main: address, media: { ...address, mediaOnly: true } },
      transport: new (class extends TcpTransport {
        packetCodec() {
          return CODECS[transport]()
        }
      })(),
      network: { usePfs: temporaryKeys },
      logLevel: 1,
    })
    this.session = session
  }

  async signIn({ phone, code, password }) {
    if (this.session) await this.#client.importSession(this.session)
    const me = await this.#client.start({ phone, code, password, codeSentCallback: () => {} })
    return { id: me.id, phone: me.phoneNumber }
  }

  async resolve(name) {
    const chat = await this.#client.getChat(name)
    return { id: chat.raw.id, name: chat.username, title: chat.title }
  }

  /** Up to so many posts that are older than this id, newest first; 0 is the newest of all. */
  async history(name, limit, olderThan) {
    const page = await this.#client.getHistory(name, { limit, offset: { id: olderThan, date: 0 } })
    return page.map(({ id, text }) => ({ id, text }))
  }

  async join(name) {
    await this.#client.joinChat(name)
  }

  onPost(listener) {
    this.#client.onNewMessage.add(({ id, text, chat }) => {
      if (chat.type === 'chat') listener({ id, text, name: chat.username })
    })
  }

  async sendToSelf(text) {
    return (await this.#client.sendText('me', text)).id
  }

  async saved(limit) {
    return this.history('me', limit, 0)
  }

  exportSession() {
    return this.#client.exportSession()
  }

  async logOut() {
    await this.#client.logOut()
  }

  async close() {
    await this.#client.destroy()
  }
}

/** Adds a key; mtcute 0.30.3 looks a fingerprint up without its leading zeros. */
function trust(pem) {
  const key = parsePublicKey(new NodeCryptoProvider(), pem)
  __publicKeyIndex[key.fingerprint] = key
  __publicKeyIndex[key.fingerprint.replace(/^0+/, '')] = key
}
