import { after, before, test } from 'node:test'

import { GRAMJS_TRANSPORTS, GramJs } from '../lib/gramjs.js'
import { journey } from '../lib/journey.js'
import { Sandbox } from '../lib/sandbox.js'

let sandbox

before(async () => {
  sandbox = await Sandbox.start('--dcs', '3', '--strict')
})

after(() => sandbox.stop())

GRAMJS_TRANSPORTS.forEach((transport, i) => {
  const open = (session) => new GramJs(sandbox, transport, { session })

  test(`GramJS, ${transport}: signs in with a code`, { timeout: 120_000 }, () =>
    journey(sandbox, open, `999661020${i}`),
  )

  test(`GramJS, ${transport}: is sent to its data centre and asked for a password`, { timeout: 120_000 }, () =>
    journey(sandbox, open, `99966202${i}7`),
  )
})

test('GramJS with a phone that is no test number', { timeout: 120_000 }, () =>
  journey(
    sandbox,
    (session) => new GramJs(sandbox, 'full', { session }),
    '79000000012',
  ),
)
