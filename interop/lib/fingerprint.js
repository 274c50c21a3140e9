// The name of a public RSA key [core.telegram.org/mtproto/auth_key]: the low 64 bits of the SHA1 of
// modulus and exponent, each as TL bytes.

import { createHash } from 'node:crypto'

/** The fingerprint as a signed 64-bit BigInt. */
export function fingerprint(modulus, exponent) {
  const hash = createHash('sha1').update(tlBytes(modulus)).update(tlBytes(exponent)).digest()
  return hash.readBigInt64LE(12)
}

function tlBytes(bytes) {
  const head =
    bytes.length < 254
      ? Buffer.of(bytes.length)
      : Buffer.of(254, bytes.length, bytes.length >> 8, bytes.length >> 16)
  const padding = Buffer.alloc(-(head.length + bytes.length) & 3)
  return Buffer.concat([head, bytes, padding])
}
