import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../../services')

/** A service of this checkout. A name that is missing here is found by the test of the contracts. */
export type ServiceName = 'assessment' | 'dues' | 'members' | 'org' | 'workflows'

/** Where a service is. */
export const serviceDir = (service: ServiceName): string => join(folder, service)

/** The services, by name: each is a folder of `services/` with models, and has a database of its own of its name. */
export const services = readdirSync(folder)
  .filter(name => existsSync(join(folder, name, 'prisma', 'schema.prisma')))
  .toSorted() as ServiceName[]
