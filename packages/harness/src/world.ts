import { type ServiceName, services } from '@linghang/migrations'
import { type Ask, type AskUntyped, createAsk } from './ask.ts'
import { createDatabases, dropRowLevelSecurity } from './databases.ts'
import type { Operations } from './operations.ts'
import { type StartOptions, startService } from './start-service.ts'
import { surroundings } from './surroundings.ts'

/** The services as one place to ask. */
export type World = {
  ask: { [Name in ServiceName]: Ask<Operations[Name]> }
  askUntyped: Record<ServiceName, AskUntyped>
  urls: Record<ServiceName, string>
  databaseSuffix: string | undefined
  /** Stops all of them, or the one that is named. */
  stop(name?: ServiceName): Promise<void>
}

function worldOf(urls: Record<ServiceName, string>, databaseSuffix: string | undefined, stop: World['stop']): World {
  const asked = Object.fromEntries(services.map(name => [name, createAsk(urls[name])])) as World['askUntyped']
  return { urls, ask: asked as World['ask'], askUntyped: asked, databaseSuffix, stop }
}

/** The services that run through the whole run; those of a test's own, over databases of their own, in the place of some. */
export const sharedWorld = (own: Partial<Record<ServiceName, string>> = {}, databaseSuffix?: string): World =>
  worldOf({ ...surroundings().services, ...own }, databaseSuffix, async () => undefined)

/**
 * All services again, started as told.
 * @param days on which some of them take themselves to be
 */
export async function startWorld(
  options: StartOptions,
  days: Partial<Record<ServiceName, string>> = {},
): Promise<World> {
  const started = await Promise.all(services.map(name => startService(name, { ...options, day: days[name] })))
  const urls = Object.fromEntries(services.map((name, i) => [name, started[i]?.url])) as Record<ServiceName, string>
  return worldOf(urls, options.databaseSuffix, async name => {
    await Promise.all(
      started.filter((_, i) => name === undefined || services[i] === name).map(service => service.stop()),
    )
  })
}

/**
 * Services over databases without a single policy.
 * @param kafkaBrokers a Kafka of their own, since their consumer groups have the same names
 */
export async function startWorldWithoutRowLevelSecurity(suffix: string, kafkaBrokers: string): Promise<World> {
  await createDatabases(surroundings(), services, suffix)
  for (const name of services) await dropRowLevelSecurity(name, suffix)
  return startWorld({ databaseSuffix: suffix, kafkaBrokers })
}
