import { after, before, test } from 'node:test'

import { journey } from '../lib/journey.js'
import { MTCUTE_TRANSPORTS, Mtcute } from '../lib/mtcute.js'
import { Sandbox } from '../lib/sandbox.js'

let sandbox

before(async () => {
  sandbox = await Sandbox.start('--dcs', '3', '--strict')
})

after(() => sandbox.stop())

MTCUTE_TRANSPORTS.forEach((transport, i) => {
  const open = (session) => new Mtcute(sandbox, transport, { session })

  test(`mtcute, ${transport}: signs in with a code`, { timeout: 120_000 }, () =>
    journey(sandbox, open, `999661010${i}`),
  )

  test(`mtcute, ${transport}: is sent to its data centre and asked for a password`, { timeout: 120_000 }, () =>
    journey(sandbox, open, `99966201${i}7`),
  )
})

test('mtcute with temporary keys', { timeout: 120_000 }, () =>
  journey(
    sandbox,
    (session) => new Mtcute(sandbox, 'intermediate', { session, temporaryKeys: true }),
    '9996630100',
  ),
)

test('mtcute with a phone that is no test number', { timeout: 120_000 }, () =>
  journey(
    sandbox,
    (session) => new Mtcute(sandbox, 'intermediate', { session }),
    '79000000011',
  ),
)
