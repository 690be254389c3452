import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { KeyRing } from '@linghang/subgraph'
import type { Payload, PayloadCodec } from '@temporalio/common'
import proto from '@temporalio/proto'

const encoding = Buffer.from('binary/encrypted')
const nonceBytes = 12
const tagBytes = 16

/**
 * Encrypts what workflows keep in Temporal's database (AES-256-GCM): whoever reads that database learns no dates.
 * @param ring says the present keys: the current one encrypts; older ones must stay while workflows written with them live
 */
export function createPayloadCodec(ring: () => KeyRing): PayloadCodec {
  const keyOf = (id: string): Buffer => {
    const key = ring().keys[id]
    if (!key) throw new Error(`the payload key ${id} is not in TEMPORAL_PAYLOAD_KEYS`)
    return Buffer.from(key, 'base64')
  }
  const seal = (payload: Payload): Payload => {
    const nonce = randomBytes(nonceBytes)
    const { current } = ring()
    const cipher = createCipheriv('aes-256-gcm', keyOf(current), nonce)
    const plain = proto.temporal.api.common.v1.Payload.encode(payload).finish()
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    return {
      metadata: { encoding, 'key-id': Buffer.from(current) },
      data: Buffer.concat([nonce, cipher.getAuthTag(), body]),
    }
  }
  const open = (payload: Payload): Payload => {
    if (!payload.metadata?.encoding || Buffer.compare(payload.metadata.encoding, encoding) !== 0) return payload
    const bytes = Buffer.from(payload.data ?? [])
    const keyId = Buffer.from(payload.metadata['key-id'] ?? []).toString()
    const decipher = createDecipheriv('aes-256-gcm', keyOf(keyId), bytes.subarray(0, nonceBytes)).setAuthTag(
      bytes.subarray(nonceBytes, nonceBytes + tagBytes),
    )
    const plain = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()])
    return proto.temporal.api.common.v1.Payload.decode(plain)
  }
  return {
    encode: async payloads => payloads.map(seal),
    decode: async payloads => payloads.map(open),
  }
}
