import {
  type DocumentNode,
  type InputObjectTypeDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type TypeNode,
} from 'graphql'

/** How many fields a form has: those that have to be filled in, and those that may be. */
export type FieldCount = { asked: number; offered: number }

const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type))
const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type))
/** What says which thing is meant, or keeps a request from being done twice, is filled in by the program. */
const isFilledIn = ({ name: { value }, type }: InputValueDefinitionNode): boolean =>
  value !== 'idempotencyKey' &&
  value !== 'expectedRevision' &&
  value !== 'expectedVersion' &&
  !(!isList(type) && nameOf(type) === 'ID' && value !== 'memberId' && value !== 'leaderId')

/**
 * The fields of each mutation's input as the contract has them; those of what is given in a list count once.
 * @param sdl the service's contract
 * @returns by the name of the mutation
 */
export function fieldsOf(sdl: DocumentNode): Map<string, FieldCount> {
  const inputs = new Map(
    sdl.definitions
      .filter((one): one is InputObjectTypeDefinitionNode => one.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
      .map(one => [one.name.value, one.fields ?? []] as const),
  )
  const count = (type: string, required: boolean): FieldCount =>
    (inputs.get(type) ?? []).filter(isFilledIn).reduce<FieldCount>(
      (sum, field) => {
        const wanted = required && field.type.kind === Kind.NON_NULL_TYPE && field.defaultValue === undefined
        const within = inputs.has(nameOf(field.type))
          ? count(nameOf(field.type), wanted)
          : { asked: wanted ? 1 : 0, offered: wanted ? 0 : 1 }
        return { asked: sum.asked + within.asked, offered: sum.offered + within.offered }
      },
      { asked: 0, offered: 0 },
    )
  const mutations = sdl.definitions.flatMap(one =>
    (one.kind === Kind.OBJECT_TYPE_DEFINITION || one.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    one.name.value === 'Mutation'
      ? (one.fields ?? [])
      : [],
  )
  return new Map(
    mutations.map(({ name, arguments: given }) => {
      const [input] = given ?? []
      return [name.value, input ? count(nameOf(input.type), true) : { asked: 0, offered: 0 }]
    }),
  )
}
