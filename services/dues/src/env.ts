import { createPrivateKey, createPublicKey } from 'node:crypto'
import { papersEnvironment } from '@linghang/papers'
import { keyRing, readEnvironment, serverEnvironment } from '@linghang/subgraph'
import { temporalEnvironment } from '@linghang/temporal'
import { z } from 'zod'

const reads = (make: (text: string) => unknown) => (text: string) => {
  try {
    make(text)
    return true
  } catch {
    return false
  }
}
const privatePem = z.string().refine(reads(createPrivateKey), 'is not a private key in PEM')
const publicPem = z.string().refine(reads(createPublicKey), 'is not a public key in PEM')
const platformKeys = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' })
      return z.NEVER
    }
  })
  .pipe(z.record(z.string().min(1), publicPem))

/** A merchant's account at the provider of payments; all of it or none. */
const paymentsEnvironment = {
  PAYMENTS_BASE_URL: z.url().optional(),
  PAYMENTS_MERCHANT_ID: z.string().min(1).optional(),
  PAYMENTS_APP_ID: z.string().min(1).optional(),
  PAYMENTS_MERCHANT_SERIAL: z.string().min(1).optional(),
  /** The merchant's private key in PEM. */
  PAYMENTS_PRIVATE_KEY: privatePem.optional(),
  PAYMENTS_API_V3_KEY: z
    .string()
    .refine(key => Buffer.byteLength(key) === 32, 'has not 32 bytes')
    .optional(),
  /** The platform's public keys by serial number or key id: `{"PUB_KEY_ID_…":"-----BEGIN PUBLIC KEY-----…"}`. */
  PAYMENTS_PLATFORM_KEYS: platformKeys.optional(),
  /** Where the provider reaches `/payments/notify` of the gateway. */
  PAYMENTS_NOTIFY_URL: z.url().optional(),
  /** Codes of the committees to whose dues accounts the provider pays out, with commas; `*` for any. */
  PAYMENTS_COMMITTEES: z.string().min(1).optional(),
}

const shape = {
  ...serverEnvironment,
  REGISTER_KEYS: keyRing,
  ...papersEnvironment,
  ...paymentsEnvironment,
  ACTIVITIES: z.enum(['on', 'off']).default('on'),
}

/** What the server needs: Temporal's too, unless its activities are done by another instance (`ACTIVITIES=off`). */
export const readServerEnvironment = () => {
  const env = readEnvironment('dues', shape, process.env)
  // Added to and not copied: a copy would hold secrets as they were, whatever their files say later.
  return Object.assign(env, {
    payments: paymentsOf(env),
    temporal: env.ACTIVITIES === 'on' ? readEnvironment('dues', temporalEnvironment, process.env) : null,
  })
}

/** What an operator's command needs: the database and nothing else. */
export const readCommandEnvironment = () =>
  readEnvironment('dues', { DATABASE_URL: serverEnvironment.DATABASE_URL }, process.env)

type Read = z.infer<z.ZodObject<typeof paymentsEnvironment>>

/** The merchant's account as variables say it. */
export const paymentsFrom = (variables: Readonly<Record<string, string>>) =>
  paymentsOf(z.object(paymentsEnvironment).parse(variables))

/** @returns null where nothing of it is set @throws Error where only some is */
function paymentsOf(env: Read) {
  const wanted = {
    baseUrl: env.PAYMENTS_BASE_URL,
    merchantId: env.PAYMENTS_MERCHANT_ID,
    appId: env.PAYMENTS_APP_ID,
    serial: env.PAYMENTS_MERCHANT_SERIAL,
    key: env.PAYMENTS_PRIVATE_KEY,
    apiV3Key: env.PAYMENTS_API_V3_KEY,
    platformKeys: env.PAYMENTS_PLATFORM_KEYS,
    notifyUrl: env.PAYMENTS_NOTIFY_URL,
    committees: env.PAYMENTS_COMMITTEES,
  }
  const given = Object.values(wanted).filter(value => value !== undefined).length
  if (given === 0) return null
  if (!isWhole(wanted))
    throw new Error(
      'dues cannot start: of PAYMENTS_* some are set and some are missing (线上交纳的环境变量不齐): all of them or none',
    )
  const { merchantId, committees, baseUrl, appId, notifyUrl } = wanted
  const present = <Name extends keyof Read>(name: Name) => env[name] as NonNullable<Read[Name]>
  const merchantKey = madeOf(() => present('PAYMENTS_PRIVATE_KEY'), createPrivateKey)
  const platformKeys = madeOf(
    () => present('PAYMENTS_PLATFORM_KEYS'),
    keys => new Map(Object.entries(keys).map(([id, text]) => [id, createPublicKey(text)])),
  )
  return {
    ...{ baseUrl, appId, notifyUrl, committees: committees.split(',').map(code => code.trim()) },
    apiV3Key: () => present('PAYMENTS_API_V3_KEY'),
    merchant: () => ({ merchantId, serial: present('PAYMENTS_MERCHANT_SERIAL'), key: merchantKey() }),
    platformKeys,
  }
}

/** Made once of each thing that is said. */
function madeOf<Said, Made>(said: () => Said, make: (said: Said) => Made): () => Made {
  let held: { of: Said; made: Made } | undefined
  return () => {
    const of = said()
    if (held?.of !== of) held = { of, made: make(of) }
    return held.made
  }
}

const isWhole = <T extends Record<string, unknown>>(wanted: T): wanted is { [K in keyof T]: NonNullable<T[K]> } =>
  Object.values(wanted).every(value => value !== undefined)

export type ServerEnvironment = ReturnType<typeof readServerEnvironment>
