import { randomInt, randomUUID } from 'node:crypto'
import type { Actor } from '@linghang/access'
import { services } from '@linghang/migrations'
import { actorOf, type County, issuer } from './county.ts'
import { databaseUrl, look } from './databases.ts'
import { register } from './register.ts'
import { surroundings } from './surroundings.ts'
import { until } from './until.ts'
import { sharedWorld, type World } from './world.ts'

/** A city of a test's own, with one office. */
export type City = { id: string; code: string; name: string; office: Actor }

/**
 * A new city with an office of it, which every service knows.
 * @param login of the office; one of its own unless told
 */
export async function createCity(
  counties: readonly County[],
  world: World = sharedWorld(),
  login = { issuer, subject: `city-${randomUUID()}` },
): Promise<City> {
  const { databaseSuffix } = world
  const url = databaseUrl(surroundings(), 'org', databaseSuffix)
  for (;;) {
    const code = String(randomInt(110_000, 660_000))
    const [taken] = await look('org', 'select 1 from city where code = $1', [code], databaseSuffix)
    if (taken) continue
    const name = `测试市${code}`
    const office = { name: '市委组织部', ...login }
    const id = await register('city', url, { code, name, office, counties: counties.map(county => county.code) })
    for (const service of services)
      await until(
        async () => {
          const known = await look(service, 'select 1 from city_county where city_id = $1', [id], databaseSuffix)
          return known.length === counties.length
        },
        30_000,
        `${service} knows the counties of the city`,
      )
    return { id, code, name, office: await actorOf(world, login.subject, [], login.issuer) }
  }
}
