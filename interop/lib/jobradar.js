// The command line of JobRadar, verbs that answer at once.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const JOBRADAR = fileURLToPath(new URL('../../jobradar', import.meta.url))

/** Runs a verb with this on its standard input; gives its standard output. */
export function jobradar(input, ...args) {
  const { status, stdout, stderr } = spawnSync(JOBRADAR, args, { input, encoding: 'utf8' })
  if (status !== 0) throw new Error(`jobradar ${args.join(' ')} ended with ${status}: ${stderr}`)
  return stdout.trim()
}
