import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { bundleSchema } from './bundle-schema.ts'
import { makeEntityTypes } from './entity-types.ts'
import { makeSchemaTypes } from './schema-types.ts'

const foldersIn = (root: string, kind: string) => readdirSync(join(root, kind)).map(name => join(root, kind, name))
const hasPart = (folder: string): boolean =>
  readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' }).some(file => file.endsWith('.graphql'))

/**
 * Makes the types that follow from the contracts and are not committed: those of each service's resolvers, those of the
 * rooms that packages bring to several services, and which things have an id.
 * @param root of the repository
 * @param report told of what was made now
 */
export async function makeContractTypes(root: string, report: (detail: string) => void): Promise<void> {
  const services = foldersIn(root, 'services')
  const made = async (what: string, making: Promise<boolean>) => {
    if (await making) report(`${what}: types of the contract made`)
  }
  await Promise.all([
    ...services.map(dir => made(relative(root, dir), makeSchemaTypes(dir))),
    ...foldersIn(root, 'packages')
      .filter(hasPart)
      .map(dir => made(relative(root, dir), makeSchemaTypes(dir, bundleSchema(dir)))),
    made('ids', makeEntityTypes(services)),
  ])
}
