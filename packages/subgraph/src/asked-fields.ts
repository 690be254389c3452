import {
  type DocumentNode,
  type InputObjectTypeDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type TypeNode,
} from 'graphql'

/**
 * How many fields a form has: those that have to be filled in and those that may be; of the former those in which people or things
 * that are known already are only picked, and beside them those that the program fills in since it holds what is meant.
 */
export type FieldCount = { asked: number; offered: number; picked: number; known: number }
export const noFields: FieldCount = { asked: 0, offered: 0, picked: 0, known: 0 }

const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type))
const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type))
/** What keeps a request from being done twice, or on what was changed meanwhile, is nobody's to fill in, on paper neither. */
const technical: ReadonlySet<string> = new Set(['idempotencyKey', 'expectedRevision', 'expectedVersion'])
const people: ReadonlySet<string> = new Set(['memberId', 'leaderId'])
/** A person is picked, several things are; which one thing is meant the program knows, since the form was opened there. */
const isPicked = ({ name: { value }, type }: InputValueDefinitionNode): boolean =>
  nameOf(type) === 'ID' && (isList(type) || people.has(value))
const isKnown = (field: InputValueDefinitionNode): boolean => nameOf(field.type) === 'ID' && !isPicked(field)

function fieldCount(field: InputValueDefinitionNode, wanted: boolean): FieldCount {
  if (isKnown(field)) return { ...noFields, known: wanted ? 1 : 0 }
  return wanted ? { asked: 1, offered: 0, picked: isPicked(field) ? 1 : 0, known: 0 } : { ...noFields, offered: 1 }
}
const plus = (a: FieldCount, b: FieldCount): FieldCount => ({
  ...{ asked: a.asked + b.asked, offered: a.offered + b.offered },
  ...{ picked: a.picked + b.picked, known: a.known + b.known },
})

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
    (inputs.get(type) ?? [])
      .filter(({ name }) => !technical.has(name.value))
      .reduce<FieldCount>((sum, field) => {
        const wanted = required && field.type.kind === Kind.NON_NULL_TYPE && field.defaultValue === undefined
        return plus(sum, inputs.has(nameOf(field.type)) ? count(nameOf(field.type), wanted) : fieldCount(field, wanted))
      }, noFields)
  const mutations = sdl.definitions.flatMap(one =>
    (one.kind === Kind.OBJECT_TYPE_DEFINITION || one.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    one.name.value === 'Mutation'
      ? (one.fields ?? [])
      : [],
  )
  return new Map(
    mutations.map(({ name, arguments: given }) => {
      const [input] = given ?? []
      return [name.value, input ? count(nameOf(input.type), true) : noFields]
    }),
  )
}
