import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServiceName } from '@linghang/migrations'
import { buildASTSchema, type GraphQLSchema, Kind, parse } from 'graphql'

const root = join(import.meta.dirname, '../../..')

/**
 * What a service can be asked, as it says itself. A service that only adds to a type which others define has all that it adds:
 * by itself an addition to nothing would be passed over, and whoever tries every mutation would try none.
 */
export function contractOf(service: ServiceName): GraphQLSchema {
  const document = parse(readFileSync(join(root, `services/${service}/schema.graphql`), 'utf8'))
  const defined = new Set(
    document.definitions.flatMap(one => (one.kind === Kind.OBJECT_TYPE_DEFINITION ? [one.name.value] : [])),
  )
  const definitions = document.definitions.map(one => {
    if (one.kind !== Kind.OBJECT_TYPE_EXTENSION || defined.has(one.name.value)) return one
    defined.add(one.name.value)
    return { ...one, kind: Kind.OBJECT_TYPE_DEFINITION as const }
  })
  return buildASTSchema({ ...document, definitions }, { assumeValidSDL: true })
}
