import type { ServiceName } from '@linghang/migrations'
import { getNamedType, isLeafType, isObjectType } from 'graphql'
import { contractOf } from './contract.ts'

/** A field as it is asked for: a plain value, or something that holds more, down to one of its values. */
export type AskedField = { name: string; asked: string; isPlain: boolean }

/** Every field of a type, as the service's contract has them: what is new is asked too. */
export function fieldsOf(service: ServiceName, typeName: string): AskedField[] {
  const type = contractOf(service).getType(typeName)
  if (!isObjectType(type)) throw new Error(`no type of ${service}: ${typeName}`)
  return Object.values(type.getFields()).map(({ name, type: wrapped }) => {
    const of = getNamedType(wrapped)
    if (isLeafType(of)) return { name, asked: name, isPlain: true }
    const isList = isObjectType(of) && 'totalCount' in of.getFields()
    return { name, asked: `${name} { ${isList ? 'totalCount' : '__typename'} }`, isPlain: false }
  })
}
