import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

export function sealWith(key: Buffer | KeyObject, plain: Uint8Array | string, purpose: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const sealer = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(purpose))
  const body = Buffer.concat([
    typeof plain === 'string' ? sealer.update(plain, 'utf8') : sealer.update(plain),
    sealer.final(),
  ])
  return Buffer.concat([nonce, sealer.getAuthTag(), body])
}

/** @throws Error when it was sealed with another key, for another purpose, or has been altered */
export function openWith(key: Buffer | KeyObject, sealed: Uint8Array, purpose: string): Buffer {
  const bytes = Buffer.from(sealed)
  const opener = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes))
    .setAAD(Buffer.from(purpose))
    .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  return Buffer.concat([opener.update(bytes.subarray(nonceBytes + tagBytes)), opener.final()])
}
