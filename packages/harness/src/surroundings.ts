import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServiceName } from '@linghang/migrations'
import type { JWK } from 'jose'

/** Everything of one run that tests talk to: made by the global set-up, read by the workers. */
export type Surroundings = {
  root: string
  stateDir: string
  postgresUrl: string
  kafkaBrokers: string
  loginPassword: string
  /** Ed25519 key with which `tokenOf` signs, as the gateway would. */
  internalTokenKey: JWK
  registerKeys: { current: string; keys: Record<string, string> }
  cursorKey: string
  /** Where counties and cities are registered as operators do it. */
  registrarUrl: string
  /** GraphQL servers that run through the whole run. */
  services: Record<ServiceName, string>
}

const variable = 'TEST_SURROUNDINGS'

/** Hands the surroundings to the workers, with the addresses under names of their own for whoever wants only those. */
export function publishSurroundings(surroundings: Surroundings): void {
  process.env.TEST_POSTGRES_URL = surroundings.postgresUrl
  process.env.TEST_KAFKA_BROKERS = surroundings.kafkaBrokers
  process.env[variable] = JSON.stringify(surroundings)
}

let known: Surroundings | undefined

/** @throws Error when the run has no global set-up (`--selectProjects integration`) */
export function surroundings(): Surroundings {
  const text = process.env[variable]
  if (!text) throw new Error('no servers: run the tests with --selectProjects integration')
  known ??= JSON.parse(text) as Surroundings
  return known
}

/** What the servers and services of this run have written to their logs. */
export const logOf = (name: string): string => {
  const file = join(surroundings().stateDir, 'logs', `${name}.log`)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
