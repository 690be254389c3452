/** The platform of this run, as the tests reach it: made by the global set-up, read by the workers. */
export type Surroundings = {
  root: string
  stateDir: string
  gatewayUrl: string
  publicUrl: string
  issuer: string
  kafkaBrokers: string
  temporalAddress: string
  temporalNamespace: string
  /** Superuser's address of PostgreSQL, without a database. */
  postgresUrl: string
  /** Addresses of the subgraphs, past the gateway. */
  subgraphUrls: Record<string, string>
  /** Where spans arrive, and where processes are killed. */
  controlUrl: string
  temporalPayloadKeys: { current: string; keys: Record<string, string> }
}

const variable = 'TEST_PLATFORM'

/** Hands the surroundings to the workers. */
export function publishSurroundings(surroundings: Surroundings): void {
  process.env[variable] = JSON.stringify(surroundings)
}

/** Whether a platform runs already for whoever starts the tests: a developer keeps one for many runs. */
export const isPublished = (): boolean => process.env[variable] !== undefined

let known: Surroundings | undefined

/** @throws Error when the run has no global set-up (`--selectProjects system`) */
export function surroundings(): Surroundings {
  const text = process.env[variable]
  if (!text) throw new Error('no platform: run the tests with --selectProjects system')
  known ??= JSON.parse(text) as Surroundings
  return known
}
