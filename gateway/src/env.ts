import { fileURLToPath } from 'node:url'
import { readEnvironment } from '@linghang/subgraph'
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

const shape = {
  HOST: z.string().min(1),
  PORT: z.coerce.number().int().min(0).max(65_535),
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
  KAFKA_BROKERS: z.string().transform(list => list.split(',').map(part => part.trim())),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  SUPERGRAPH_FILE: z
    .string()
    .min(1)
    .default(fileURLToPath(new URL('../supergraph.graphql', import.meta.url))),
  MAX_DEPTH: count(15),
  MAX_ALIASES: count(30),
  MAX_TOKENS: count(5_000),
  MAX_ROOT_FIELDS: count(20),
  MAX_DIRECTIVES: count(50),
  MAX_SELECTIONS: count(5_000),
  MAX_BODY_BYTES: count(256 * 1024),
  MAX_IN_FLIGHT: count(500),
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
  bodyBytes: env.MAX_BODY_BYTES,
  inFlight: env.MAX_IN_FLIGHT,
  uploadBytes: env.MAX_UPLOAD_BYTES,
  requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
  subgraphTimeoutMs: env.SUBGRAPH_TIMEOUT_MS,
  uploadTimeoutMs: env.UPLOAD_TIMEOUT_MS,
})

/** Apollo's gateway reads this switch from the environment alone, and without it sends measurements to Apollo. */
export function silenceApollo(): void {
  process.env.APOLLO_TELEMETRY_DISABLED = '1'
}
