import { createHash, createHmac } from 'node:crypto'
import type { Own } from '../work.ts'

/**
 * The secret of an address, worked out from its id: 256 bits that nobody guesses without the service's key. Only its hash
 * is kept, so addresses that are out stay good when the key is changed.
 */
export const createSecretOf =
  (key: () => string): Own['secretOf'] =>
  id =>
    createHmac('sha256', key()).update(`calendar-feed/${id}`).digest('base64url')

/**
 * What is kept of a secret. It has 256 bits like random ones, so no salt and no slow hash is needed; and since it is looked up by
 * its hash, how long a look-up takes says nothing about the secret.
 */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** Names a text by its content, so that a program that has it already is not sent it again (RFC 9110). */
export const tagOf = (text: string): string => `"${createHash('sha256').update(text).digest('base64url')}"`

export const isSecret = (text: string): boolean => /^[\w-]{43}$/.test(text)

export const pathOf = (secret: string): string => `/calendar/${secret}.ics`
