import { createDecipheriv } from 'node:crypto'

export type Sealed = { algorithm: string; ciphertext: string; associated_data?: string | undefined; nonce: string }

const tagBytes = 16

/** What a callback carries sealed (AEAD_AES_256_GCM, RFC 5116); null where it was sealed with another key or changed. */
export function openSeal(
  { algorithm, ciphertext, associated_data = '', nonce }: Sealed,
  apiV3Key: string,
): string | null {
  const bytes = Buffer.from(ciphertext, 'base64')
  if (algorithm !== 'AEAD_AES_256_GCM' || bytes.length <= tagBytes || Buffer.byteLength(nonce) !== 12) return null
  const opening = createDecipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce), {
    authTagLength: tagBytes,
  })
  opening.setAAD(Buffer.from(associated_data)).setAuthTag(bytes.subarray(-tagBytes))
  try {
    return Buffer.concat([opening.update(bytes.subarray(0, -tagBytes)), opening.final()]).toString('utf8')
  } catch {
    return null
  }
}
