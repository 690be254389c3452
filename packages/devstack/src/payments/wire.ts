import { createCipheriv, randomBytes, sign, verify } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { SandboxKeys } from './keys.ts'

// The platform's side of the protocol, written for itself: what the merchant's side gets wrong must not be wrong here too.

/** Whether a request is this merchant's and of these minutes; the word for what is wrong otherwise. */
export const faultOfRequest = (
  keys: SandboxKeys,
  request: { method: string; target: string; headers: IncomingHttpHeaders; body: string },
  nowMs: number,
): string | null => {
  const [scheme, rest = ''] = (request.headers.authorization ?? '').split(/ (.*)/s)
  if (scheme !== 'WECHATPAY2-SHA256-RSA2048') return 'Authorization is missing or of another kind'
  const fields = new Map([...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value ?? '']))
  if (fields.get('mchid') !== keys.merchantId) return 'mchid is not known'
  if (fields.get('serial_no') !== keys.merchantSerial) return 'serial_no is not known'
  const timestamp = fields.get('timestamp') ?? ''
  if (!/^\d+$/.test(timestamp) || Math.abs(nowMs / 1000 - Number(timestamp)) > 300) return 'timestamp is too far off'
  const nonce = fields.get('nonce_str') ?? ''
  if (nonce.length < 1 || nonce.length > 32) return 'nonce_str is missing or too long'
  if (!request.headers['user-agent']) return 'User-Agent is missing'
  const message = `${request.method}\n${request.target}\n${timestamp}\n${nonce}\n${request.body}\n`
  const signature = Buffer.from(fields.get('signature') ?? '', 'base64')
  return verify('sha256', Buffer.from(message), keys.merchantPublicKey, signature) ? null : 'signature is wrong'
}

/** The headers that prove a body to be the platform's. */
export const signedHeaders = (
  keys: Pick<SandboxKeys, 'platformSerial' | 'platformPrivateKey'>,
  body: string,
  nowMs: number,
): Record<string, string> => {
  const timestamp = String(Math.floor(nowMs / 1000))
  const nonce = randomBytes(16).toString('hex')
  const signature = sign('sha256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), keys.platformPrivateKey)
  return {
    'Wechatpay-Serial': keys.platformSerial,
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': signature.toString('base64'),
  }
}

/** A callback's content, sealed. */
export const sealedResource = (apiV3Key: string, originalType: string, content: object) => {
  const nonce = randomBytes(6).toString('hex')
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce)
  cipher.setAAD(Buffer.from(originalType))
  const head = cipher.update(JSON.stringify(content), 'utf8')
  const ciphertext = Buffer.concat([head, cipher.final(), cipher.getAuthTag()]).toString('base64')
  return {
    original_type: originalType,
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext,
    associated_data: originalType,
    nonce,
  }
}
