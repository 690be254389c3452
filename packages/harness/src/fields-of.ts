import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServiceName } from '@linghang/migrations'
import { buildSchema, getNamedType, isLeafType, isObjectType } from 'graphql'

const root = join(import.meta.dirname, '../../..')

/** A field as it is asked for: a plain value, or something that holds more, down to one of its values. */
export type AskedField = { name: string; asked: string; isPlain: boolean }

/** Every field of a type, as the service's contract has them: what is new is asked too. */
export function fieldsOf(service: ServiceName, typeName: string): AskedField[] {
  const text = readFileSync(join(root, `services/${service}/schema.graphql`), 'utf8')
  const type = buildSchema(text, { assumeValidSDL: true }).getType(typeName)
  if (!isObjectType(type)) throw new Error(`no type of ${service}: ${typeName}`)
  return Object.values(type.getFields()).map(({ name, type: wrapped }) => {
    const of = getNamedType(wrapped)
    if (isLeafType(of)) return { name, asked: name, isPlain: true }
    const isList = isObjectType(of) && 'totalCount' in of.getFields()
    return { name, asked: `${name} { ${isList ? 'totalCount' : '__typename'} }`, isPlain: false }
  })
}
