// What every client does with the sandbox, whoever wrote the client.

import assert from 'node:assert/strict'

import { codeFor, passwordFor } from './phones.js'

// A new account has joined the one and not the other.
const JOINED = 'javajobs'
const NOT_JOINED = 'golangjobs'
const POSTS_AT_START = 500
const PAGE = 100

/**
 * Signs in, reads, receives and sends; comes back from the saved session; logs out.
 *
 * @param sandbox the running sandbox, used by one journey at a time
 * @param open gives a new client, from a saved session when it is given one
 */
export async function journey(sandbox, open, phone) {
  let client = open()
  let session
  let me
  try {
    me = await step('sign in', client.signIn(answers(sandbox, phone)))
    assert.equal(me.phone, phone)

    const channel = await step('resolve a name', client.resolve(NOT_JOINED))
    assert.equal(channel.name, NOT_JOINED)
    assert.ok(channel.title, 'the channel has a title')

    const posts = await step('read the history', wholeHistory(client))
    assert.equal(posts.length, POSTS_AT_START + sandbox.posted(JOINED))
    assert.ok(posts.every(({ text }) => text), 'every post has a text')
    assert.ok(posts.every(({ id }, i) => i === 0 || id < posts[i - 1].id), 'newest first, none twice')

    const arrivals = mailbox(client)
    await step('join', client.join(NOT_JOINED))
    await step('receive a post', receives(sandbox, arrivals, NOT_JOINED, `Join us, ${phone}`))

    const text = `Saved by ${phone}: ${'слово '.repeat(500)}`.trim()
    const sent = await step('send to oneself', client.sendToSelf(text))
    const [saved] = await step('read it back', client.saved(1))
    assert.deepEqual(saved, { id: sent, text })

    session = await step('export the session', client.exportSession())
  } finally {
    await step('close', client.close())
  }

  client = open(session)
  try {
    const again = await step('come back', client.signIn(noAnswers(phone)))
    assert.equal(again.id, me.id)
    const arrivals = mailbox(client)
    await step('resolve again', client.resolve(JOINED))
    await step('receive after coming back', receives(sandbox, arrivals, JOINED, `Back, ${phone}`))
    await step('log out', client.logOut())
  } finally {
    await step('close again', client.close())
  }

  client = open(session)
  try {
    await assert.rejects(
      step('come back after logging out', client.signIn(noAnswers(phone))),
      /asked for a code/,
    )
  } finally {
    await step('close at last', client.close())
  }

  const stats = await sandbox.stats()
  assert.equal(stats.max_open_per_key, 1, 'never two connections for one key')
  assert.equal(stats.max_open_per_account, 1, 'never two connections for one account')
}

/** Every post, in pages, as a client reads them that does not know how many there are. */
async function wholeHistory(client) {
  const posts = []
  for (;;) {
    const page = await client.history(JOINED, PAGE, posts.at(-1)?.id ?? 0)
    if (page.length === 0) return posts
    posts.push(...page)
  }
}

/** The posts that a client tells of from now on. */
function mailbox(client) {
  const arrived = []
  let wake = () => {}
  client.onPost((post) => {
    arrived.push(post)
    wake()
  })
  return async (text) => {
    while (!arrived.some((post) => post.text === text)) {
      await new Promise((resolve) => (wake = resolve))
    }
    return arrived.filter((post) => post.text === text)
  }
}

async function receives(sandbox, arrivals, channel, text) {
  sandbox.post(channel, text)
  const posts = await arrivals(text)
  assert.deepEqual(posts.map(({ name }) => name), [channel])
}

/** Answers each question once: a client that asks again was told no. */
function answers(sandbox, phone) {
  return { phone, code: once(() => codeFor(sandbox, phone)), password: once(() => passwordFor(phone)) }
}

function once(answer) {
  let asked = false
  return async () => {
    if (asked) throw new Error('asked twice')
    asked = true
    return answer()
  }
}

/** For a client that is signed in already: it has no business asking. */
function noAnswers(phone) {
  const refuse = (what) => async () => {
    throw new Error(`asked for ${what}`)
  }
  return { phone, code: refuse('a code'), password: refuse('a password') }
}

/** Names the step in what went wrong, and does not wait for ever. */
async function step(name, work, milliseconds = 30_000) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${milliseconds} ms`)), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    throw new Error(`${name}: ${error.message ?? error}`, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}
