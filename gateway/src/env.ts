import { fileURLToPath } from 'node:url'
import { kafkaEnvironment } from '@linghang/events'
import { processEnvironment, readEnvironment, telemetryEnvironment } from '@linghang/subgraph'
import type { JWK } from 'jose'
import { z } from 'zod'
import type { Limits } from './limits.ts'

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' })
    return z.NEVER
  }
})
const count = (standard: number) => z.coerce.number().int().min(1).default(standard)

/** A scheme, a host and perhaps a port: what a browser sends as `Origin`. */
const origin = z
  .string()
  .refine(
    text => URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text,
    'is not an origin such as https://app.example.cn',
  )

const shape = {
  HOST: z.string().min(1),
  PORT: z.coerce.number().int().min(0).max(65_535),
  ...processEnvironment,
  /** Where callers reach this gateway, as they see it. */
  PUBLIC_URL: z.url(),
  INTERNAL_TOKEN_PRIVATE_KEY: json.pipe(
    z
      .looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), d: z.string().min(1), kid: z.string().min(1) })
      .transform(key => key as JWK),
  ),
  OIDC_ISSUER: z.url(),
  OIDC_AUDIENCE: z.string().min(1),
  /** Subgraph -> base URL: `{"org":"http://127.0.0.1:4101"}`. */
  SUBGRAPH_URLS: json
    .pipe(z.record(z.string(), z.url()))
    .transform(urls =>
      Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, url.replace(/\/(graphql)?\/?$/, '')])),
    )
    .refine(urls => urls.org !== undefined, 'org is missing: it knows who holds which office'),
  ...kafkaEnvironment,
  ...telemetryEnvironment,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  SUPERGRAPH_FILE: z
    .string()
    .min(1)
    .default(fileURLToPath(new URL('../supergraph.graphql', import.meta.url))),
  /** Comma-separated origins whose pages may ask from a browser; nobody's unless told. */
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform(list =>
      list
        .split(',')
        .map(part => part.trim())
        .filter(part => part !== ''),
    )
    .pipe(z.array(origin)),
  COMPRESSION: z.enum(['on', 'off']).default('on'),
  /** GraphiQL at /explorer. */
  EXPLORER: z.enum(['0', '1']).default('0'),
  MAX_DEPTH: count(15),
  MAX_ALIASES: count(30),
  MAX_TOKENS: count(5_000),
  MAX_ROOT_FIELDS: count(20),
  MAX_DIRECTIVES: count(50),
  MAX_SELECTIONS: count(5_000),
  MAX_NODES: count(5_000),
  COST_BUCKET: count(200_000),
  COST_PER_SECOND: count(10_000),
  MAX_BODY_BYTES: count(256 * 1024),
  MAX_IN_FLIGHT: count(500),
  MAX_IN_FLIGHT_EACH: count(100),
  BODY_TIMEOUT_MS: count(5_000),
  MAX_UPLOAD_BYTES: count(128 * 1024 * 1024),
  REQUEST_TIMEOUT_MS: count(30_000),
  SUBGRAPH_TIMEOUT_MS: count(20_000),
  UPLOAD_TIMEOUT_MS: count(600_000),
}

/** @throws Error that names each variable that is missing or wrong */
export const readEnv = (env: NodeJS.ProcessEnv) => readEnvironment('gateway', shape, env)
export type Env = ReturnType<typeof readEnv>

export const limitsOf = (env: Env): Limits => ({
  depth: env.MAX_DEPTH,
  aliases: env.MAX_ALIASES,
  tokens: env.MAX_TOKENS,
  rootFields: env.MAX_ROOT_FIELDS,
  directives: env.MAX_DIRECTIVES,
  selections: env.MAX_SELECTIONS,
  nodes: env.MAX_NODES,
  costBucket: env.COST_BUCKET,
  costPerSecond: env.COST_PER_SECOND,
  bodyBytes: env.MAX_BODY_BYTES,
  inFlight: env.MAX_IN_FLIGHT,
  inFlightEach: env.MAX_IN_FLIGHT_EACH,
  bodyTimeoutMs: env.BODY_TIMEOUT_MS,
  uploadBytes: env.MAX_UPLOAD_BYTES,
  requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
  subgraphTimeoutMs: env.SUBGRAPH_TIMEOUT_MS,
  uploadTimeoutMs: env.UPLOAD_TIMEOUT_MS,
})

/** Apollo's gateway reads this switch from the environment alone, and without it sends measurements to Apollo. */
export function silenceApollo(): void {
  process.env.APOLLO_TELEMETRY_DISABLED = '1'
}
