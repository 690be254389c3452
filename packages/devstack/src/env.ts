import { homedir } from 'node:os'
import { join } from 'node:path'

/** What devstack reads from the environment; the only file that does so. */
export interface StackEnvironment {
  /** Folder for fetched servers, one for all checkouts of this user. */
  cacheDir: string
  /** Folders of PATH, in order. */
  path: string[]
  javaHome: string | undefined
  /** Addresses of servers that run already; when one is set, nothing is started in its place. */
  postgresUrl: string | undefined
  kafkaBrokers: string | undefined
  temporalAddress: string | undefined
  temporalUiUrl: string | undefined
  /** `postgres`: the server proper over PostgreSQL in place of the development server. */
  temporalServer: string | undefined
  oidcIssuer: string | undefined
  /** `http://<access key>:<secret key>@host:port` */
  objectStoreUrl: string | undefined
}

const present = (value: string | undefined): string | undefined => (value?.trim() ? value.trim() : undefined)

/**
 * Reads the environment anew on each call, so that a test or a launcher that changes it is obeyed.
 */
export const readEnvironment = (env: NodeJS.ProcessEnv = process.env): StackEnvironment => ({
  cacheDir: join(present(env.XDG_CACHE_HOME) ?? join(homedir(), '.cache'), 'linghang'),
  path: (env.PATH ?? '').split(':').filter(Boolean),
  javaHome: present(env.JAVA_HOME),
  postgresUrl: present(env.LINGHANG_POSTGRES_URL),
  kafkaBrokers: present(env.LINGHANG_KAFKA_BROKERS),
  temporalAddress: present(env.LINGHANG_TEMPORAL_ADDRESS),
  temporalUiUrl: present(env.LINGHANG_TEMPORAL_UI_URL),
  temporalServer: present(env.LINGHANG_TEMPORAL_SERVER),
  oidcIssuer: present(env.LINGHANG_OIDC_ISSUER),
  objectStoreUrl: present(env.LINGHANG_OBJECT_STORE_URL),
})

/** The environment that child programs inherit. */
export const childEnvironment = (more: Record<string, string> = {}): NodeJS.ProcessEnv => ({ ...process.env, ...more })
