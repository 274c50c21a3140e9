// Telethon as the journey wants it: a Python process of its own for each client.

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('telethon_client.py', import.meta.url))

export const TELETHON_TRANSPORTS = ['full', 'abridged', 'intermediate', 'obfuscated abridged']

export class Telethon {
  #process
  #calls = new Map()
  #nextCall = 1
  #questions = {}
  #listeners = []

  /** A client that dials data centre 1 first, or the one that its session names. */
  constructor(sandbox, transport, { session = '' } = {}) {
    this.#process = spawn(process.env.PYTHON ?? 'python3', [SCRIPT], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#process.on('exit', (code) => {
      for (const { reject } of this.#calls.values()) reject(new Error(`Python ended with ${code}`))
    })
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#take(JSON.parse(line)))
    const [{ host, port }] = sandbox.dcs
    this.#say({ open: { key: sandbox.publicKey, transport, host, port, session } })
  }

  signIn({ phone, code, password }) {
    this.#questions = { code, password }
    return this.#call('signIn', phone)
  }

  resolve(name) {
    return this.#call('resolve', name)
  }

  /** Up to so many posts that are older than this id, newest first; 0 is the newest of all. */
  history(name, limit, olderThan) {
    return this.#call('history', name, limit, olderThan)
  }

  join(name) {
    return this.#call('join', name)
  }

  onPost(listener) {
    this.#listeners.push(listener)
  }

  sendToSelf(text) {
    return this.#call('sendToSelf', text)
  }

  saved(limit) {
    return this.history('me', limit, 0)
  }

  exportSession() {
    return this.#call('exportSession')
  }

  logOut() {
    return this.#call('logOut')
  }

  async close() {
    await this.#call('close')
    this.#process.stdin.end()
  }

  #call(name, ...args) {
    const id = this.#nextCall++
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject })
      this.#say({ id, call: name, args })
    })
  }

  #say(line) {
    this.#process.stdin.write(`${JSON.stringify(line)}\n`)
  }

  #take(line) {
    if (line.post) {
      for (const listener of this.#listeners) listener(line.post)
    } else if (line.ask) {
      this.#questions[line.ask]().then(
        (answer) => this.#say({ answer }),
        (error) => this.#say({ refuse: error.message }),
      )
    } else {
      const { resolve, reject } = this.#calls.get(line.id)
      this.#calls.delete(line.id)
      if ('error' in line) reject(new Error(line.error))
      else resolve(line.result)
    }
  }
}
