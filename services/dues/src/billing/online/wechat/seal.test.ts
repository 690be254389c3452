import { createCipheriv } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { openSeal } from './seal.ts'

const key = 'k'.repeat(32)
function sealed(text: string) {
  const sealing = createCipheriv('aes-256-gcm', Buffer.from(key), Buffer.from('nonce-of-12b'))
  sealing.setAAD(Buffer.from('transaction'))
  const bytes = Buffer.concat([sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()])
  const ciphertext = bytes.toString('base64')
  return { algorithm: 'AEAD_AES_256_GCM', ciphertext, associated_data: 'transaction', nonce: 'nonce-of-12b' }
}
const whole = sealed('{"amount":1}')
const bent = Buffer.from(whole.ciphertext, 'base64')
bent[3] = (bent[3] ?? 0) ^ 1

test.each([
  ['as it was sealed', whole, key, '{"amount":1}'],
  ['with another key', whole, 'q'.repeat(32), null],
  ['with a bit turned', { ...whole, ciphertext: bent.toString('base64') }, key, null],
  ['cut off within its tag', { ...whole, ciphertext: whole.ciphertext.slice(0, 20) }, key, null],
  ['beside other data', { ...whole, associated_data: 'refund' }, key, null],
  ['beside none', { ...whole, associated_data: undefined }, key, null],
  ['with a nonce of 11 bytes', { ...whole, nonce: 'nonce-of-11' }, key, null],
  ['by another algorithm', { ...whole, algorithm: 'AEAD_SM4_GCM' }, key, null],
])('platform a callback %s opens or does not', (_, sealing, with_, wanted) => {
  expect(openSeal(sealing, with_)).toBe(wanted)
})
