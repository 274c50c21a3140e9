// The sandbox as its users have it: a child process, JSON lines out of it and into it.

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const JOBRADAR = fileURLToPath(new URL('../../jobradar', import.meta.url))

export class Sandbox {
  #process
  #folder
  #events = []
  #waiters = new Set()
  #posted = []
  #exited

  /** Starts `./jobradar sandbox` with these options and waits until it is ready. */
  static async start(...options) {
    const sandbox = new Sandbox(options)
    const ready = await sandbox.next('ready', () => true, 120_000)
    sandbox.dcs = ready.dcs
    sandbox.publicKey = readFileSync(ready.public_key, 'utf8')
    return sandbox
  }

  constructor(options) {
    this.#folder = mkdtempSync(join(tmpdir(), 'jobradar-interop-'))
    const key = join(this.#folder, 'public.pem')
    this.#process = spawn(JOBRADAR, ['sandbox', '--port', '0', '--public-key', key, ...options], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#exited = new Promise((resolve) => this.#process.on('exit', resolve))
    this.#exited.then((code) => this.#fail(new Error(`the sandbox has ended with ${code}`)))
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#take(JSON.parse(line)))
  }

  /** The first event of this kind that fits, from now on or already here; each is given once. */
  next(kind, fits = () => true, milliseconds = 10_000) {
    const matches = (event) => event.event === kind && fits(event)
    const index = this.#events.findIndex(matches)
    if (index >= 0) return Promise.resolve(this.#events.splice(index, 1)[0])
    return new Promise((resolve, reject) => {
      const waiter = {
        offer: (event) => matches(event) && (this.#forget(waiter), resolve(event), true),
        reject: (error) => (this.#forget(waiter), reject(error)),
      }
      waiter.timer = setTimeout(
        () => waiter.reject(new Error(`no event "${kind}" within ${milliseconds} ms`)),
        milliseconds,
      )
      this.#waiters.add(waiter)
    })
  }

  command(command) {
    this.#process.stdin.write(`${JSON.stringify(command)}\n`)
  }

  post(channel, text) {
    this.#posted.push(channel)
    this.command({ do: 'post', channel, text })
  }

  /** How many posts it was told to make in this channel. */
  posted(channel) {
    return this.#posted.filter((name) => name === channel).length
  }

  /** What the sandbox has counted so far. */
  async stats() {
    this.command({ do: 'stats' })
    return this.next('stats')
  }

  /** Waits until it has seen every connection closed. */
  async allClosed() {
    while ((await this.stats()).connections > 0) await this.next('connection_closed')
  }

  async stop() {
    this.#process.kill('SIGTERM')
    const code = await this.#exited
    rmSync(this.#folder, { recursive: true })
    return code
  }

  #take(event) {
    if (event.event === 'rpc') return
    for (const waiter of this.#waiters) {
      if (waiter.offer(event)) return
    }
    this.#events.push(event)
  }

  #forget(waiter) {
    clearTimeout(waiter.timer)
    this.#waiters.delete(waiter)
  }

  #fail(error) {
    for (const waiter of [...this.#waiters]) waiter.reject(error)
  }
}
