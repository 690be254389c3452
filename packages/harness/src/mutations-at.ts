import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import { contractOf } from './contract.ts'

const unknown = '01900000-0000-7000-8000-000000000000'

/** Fields that name an organisation. */
const placeNames = new Set(['organisationId', 'superiorId', 'intoOrganisationId'])
const scalars: Readonly<Record<string, unknown>> = {
  ...{
    String: '某',
    Int: 1,
    Float: 1,
    Boolean: true,
    Date: '2026-01-05',
    DateTime: '2026-01-05T01:00:00Z',
    Fen: '100',
  },
}

/** Something of an input's type: what it must have, and no more. */
function sampleOf(type: GraphQLInputType, name: string, own: string): unknown {
  const plain = getNullableType(type)
  if (isListType(plain)) return [sampleOf(plain.ofType, name.replace(/s$/, ''), own)]
  if (isInputObjectType(plain)) return inputOf(plain, own)
  if (isEnumType(plain)) return plain.getValues()[0]?.name
  // Whose it is, is judged before anybody looks where: the number is made up.
  if (name === 'idNumber') return '330299200002290036'
  if (/account/i.test(name) && plain.name === 'ID') return `Account:${unknown}`
  if (name === 'activityId') return `JointActivity:${unknown}`
  if (name === 'branchId') return `Organisation:${unknown}`
  if (plain.name === 'ID') return `${name.charAt(0).toUpperCase()}${name.slice(1).replace(/Id$/, '')}:${unknown}`
  return scalars[plain.name] ?? '1'
}
const inputOf = (type: GraphQLInputObjectType, own: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.values(type.getFields()).flatMap(field => {
      if (placeNames.has(field.name) && getNamedType(field.type).name === 'ID') return [[field.name, own]]
      return isNonNullType(field.type) ? [[field.name, sampleOf(field.type, field.name, own)]] : []
    }),
  )

/** What is moved or changed is called `id`; of what stands in the mutation's name. */
function idOf(field: string, type: GraphQLInputObjectType, own: string): { id?: string } {
  if (!type.getFields().id) return {}
  return { id: /Organisation$|ApprovalPower$/.test(field) ? own : `${field.replace(/^[a-z]+/, '')}:${unknown}` }
}

/** Every mutation of a service whose input names an organisation, with an input that names `own`. */
export function mutationsAt(service: 'org' | 'members' | 'dues' | 'assessment' | 'workflows', own: string) {
  return Object.values(contractOf(service).getMutationType()?.getFields() ?? {}).flatMap(({ name: field, args }) => {
    const type = args[0] && getNamedType(args[0].type)
    if (!type || !isInputObjectType(type)) return []
    const input = { ...inputOf(type, own), ...idOf(field, type, own) }
    const document = `mutation ($input: ${type.name}!) { ${field}(input: $input) { __typename } }`
    return JSON.stringify(input).includes(own) ? [{ service, field, document, input }] : []
  })
}
