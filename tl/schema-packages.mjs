// What tl/update-schema and sandbox/update-layers share: npm packages that carry TL schemas.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Fetches a package, hands its folder to `use` and removes it again. */
export function withPackage(name, version, use) {
  const work = mkdtempSync(join(tmpdir(), 'schema-'))
  try {
    execFileSync('npm', ['pack', '--silent', '--pack-destination', work, `${name}@${version}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    execFileSync('sh', ['-c', 'tar -xzf *.tgz'], { cwd: work })
    return use(join(work, 'package'))
  } finally {
    rmSync(work, { recursive: true })
  }
}

/** The type as TL writes it. int53 is mtcute's name for a long that fits a JavaScript number. */
function typeOf(modified) {
  const modifiers = modified.typeModifiers ?? {}
  let type = modified.type.replace(/^mt_/, '')
  if (type === 'int53') type = 'long'
  if (modifiers.isVector) type = `Vector<${type}>`
  else if (modifiers.isBareVector) type = `vector<${type}>`
  else if (modifiers.isBareUnion || modifiers.isBareType) type = `%${type}`
  return modifiers.predicate ? `${modifiers.predicate}?${type}` : type
}

function definition(entry) {
  const id = entry.id.toString(16).padStart(8, '0')
  const words = [`${entry.name.replace(/^mt_/, '')}#${id}`]
  for (const generic of entry.generics ?? []) words.push(`{${generic.name}:${generic.type}}`)
  for (const field of entry.arguments) words.push(`${field.name}:${typeOf(field)}`)
  // A result's modifiers hold only what matters to a vector; its constructorId is a hint of mtcute's.
  const vector = entry.typeModifiers?.isVector ? { isVector: true } : {}
  words.push('=', typeOf({ type: entry.type, typeModifiers: vector }))
  return words.join(' ') + ';'
}

/**
 * Definitions of an mtcute schema as TL writes them, two lists: constructors and functions, in the
 * order given.
 */
export function definitions(entries, isFunction) {
  const real = entries.filter((entry) => !entry.name.startsWith('mtcute.')) // its own, never on a wire
  return [
    real.filter((entry) => !isFunction(entry)).map(definition),
    real.filter(isFunction).map(definition),
  ]
}
