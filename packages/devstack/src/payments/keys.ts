import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto'
import { readJson, writeJson } from '../files.ts'

/** Both sides of the sandbox: what the merchant is given, and what the platform keeps to itself. */
export interface SandboxKeys {
  merchantId: string
  appId: string
  merchantSerial: string
  merchantPrivateKey: string
  merchantPublicKey: string
  platformSerial: string
  platformPrivateKey: string
  platformPublicKey: string
  apiV3Key: string
}

const newPair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

const newKeys = (): SandboxKeys => {
  const [merchant, platform] = [newPair(), newPair()]
  return {
    // Ten digits, as merchants have them; another in each state folder.
    merchantId: `19${randomInt(10_000_000, 99_999_999)}`,
    appId: 'wx0000000000000000',
    merchantSerial: randomBytes(20).toString('hex').toUpperCase(),
    merchantPrivateKey: merchant.privateKey,
    merchantPublicKey: merchant.publicKey,
    platformSerial: `PUB_KEY_ID_${randomBytes(16).toString('hex').toUpperCase()}`,
    platformPrivateKey: platform.privateKey,
    platformPublicKey: platform.publicKey,
    apiV3Key: randomBytes(16).toString('hex'),
  }
}

const isKeys = (value: unknown): value is SandboxKeys =>
  typeof value === 'object' && value !== null && 'platformPrivateKey' in value && 'apiV3Key' in value

/** Reads the keys of a sandbox, made on first use, so that orders stay good over a restart. */
export const loadSandboxKeys = async (path: string): Promise<SandboxKeys> => {
  const known = await readJson(path)
  if (isKeys(known)) return known
  const keys = newKeys()
  await writeJson(path, keys)
  return keys
}
