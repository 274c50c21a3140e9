import { after, before, test } from 'node:test'

import { journey } from '../lib/journey.js'
import { Sandbox } from '../lib/sandbox.js'
import { TELETHON_TRANSPORTS, Telethon } from '../lib/telethon.js'

let sandbox

before(async () => {
  sandbox = await Sandbox.start('--dcs', '3', '--strict')
})

after(() => sandbox.stop())

TELETHON_TRANSPORTS.forEach((transport, i) => {
  const open = (session) => new Telethon(sandbox, transport, { session })

  test(`Telethon, ${transport}: signs in with a code`, { timeout: 120_000 }, () =>
    journey(sandbox, open, `999661030${i}`),
  )

  test(`Telethon, ${transport}: is sent to its data centre and asked for a password`, { timeout: 120_000 }, () =>
    journey(sandbox, open, `99966203${i}7`),
  )
})
