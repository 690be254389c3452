import { createPublicKey, verify } from 'node:crypto'

/** What a personal code says: who, for which meeting, in which of its turns; signed by the key of the person's own phone. */
export type PersonalCode = { memberId: string; meetingId: string; step: number; signature: Buffer }

const begins = 'LH1.'
const bodyLength = 16 + 16 + 4
const signatureLength = 64
const longest = begins.length + Math.ceil(((bodyLength + signatureLength) * 4) / 3)
/** What is signed is said to be a sign-in: nothing else that the key might sign is one. */
const context = Buffer.from('linghang/sign-in/1')

const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')
const idText = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** What a phone signs: the person, the meeting, the turn. */
export function bodyOf({ memberId, meetingId, step }: Omit<PersonalCode, 'signature'>): Buffer {
  const turn = Buffer.alloc(4)
  turn.writeUInt32BE(step)
  return Buffer.concat([idBytes(memberId), idBytes(meetingId), turn])
}
export const signedBytes = (body: Buffer): Buffer => Buffer.concat([context, body])

/** A code as it is shown: text that any QR code holds. */
export const codeText = (body: Buffer, signature: Buffer): string =>
  `${begins}${Buffer.concat([body, signature]).toString('base64url')}`

/** @returns null for what is no such code */
export function readCode(text: string): PersonalCode | null {
  if (!text.startsWith(begins) || text.length > longest) return null
  const bytes = Buffer.from(text.slice(begins.length), 'base64url')
  // One text for one code: what decodes to the same bytes otherwise written is none.
  if (bytes.length !== bodyLength + signatureLength || codeText(bytes, Buffer.alloc(0)) !== text) return null
  return {
    memberId: idText(bytes.subarray(0, 16)),
    meetingId: idText(bytes.subarray(16, 32)),
    step: bytes.readUInt32BE(32),
    signature: bytes.subarray(bodyLength),
  }
}

/** An Ed25519 public key as its 32 bytes, base64url; null for what is none. */
export function readPublicKey(text: string): Buffer | null {
  if (!/^[A-Za-z0-9_-]{43}$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64url')
  try {
    keyOf(bytes)
    return bytes
  } catch {
    return null
  }
}

const keyOf = (bytes: Buffer) =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' })

/** Whether one of these keys has signed the code. */
export const isSignedBy = (code: PersonalCode, keys: readonly Uint8Array[]): boolean =>
  keys.some(key => verify(null, signedBytes(bodyOf(code)), keyOf(Buffer.from(key)), code.signature))
