import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { Mtcute } from '../lib/mtcute.js'
import { codeFor } from '../lib/phones.js'
import { Sandbox } from '../lib/sandbox.js'

let sandbox

before(async () => {
  sandbox = await Sandbox.start('--dcs', '1', '--strict')
})

after(() => sandbox.stop())

test('a session that is used over two connections is ended', { timeout: 60_000 }, async () => {
  const phone = '9996610300'
  const first = new Mtcute(sandbox, 'intermediate')
  await first.signIn({ phone, code: () => codeFor(sandbox, phone) })
  const session = await first.exportSession()
  const second = new Mtcute(sandbox, 'intermediate', { session })

  await assert.rejects(second.signIn({ phone }), { text: 'AUTH_KEY_DUPLICATED' })
  await assert.rejects(first.resolve('javajobs'), { text: 'AUTH_KEY_DUPLICATED' })

  await first.close()
  await second.close()
  assert.equal((await sandbox.stats()).max_open_per_key, 2)
})
