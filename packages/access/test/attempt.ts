import type { Actor } from '@linghang/access'
import { codesOf } from '@linghang/harness/ask'
import { contractOf } from '@linghang/harness/contract'
import type { World } from '@linghang/harness/world'

/** Whose mutations are tried. */
export const triedServices = ['org', 'members', 'dues', 'assessment'] as const
export type TriedService = (typeof triedServices)[number]

/** A change that somebody tries to make: a mutation, and what it is asked with. */
export type Attempt = { field: string; input: object }

/** @param inputs by the names of the mutations */
export const attemptsBy = (inputs: Readonly<Record<string, object>>): Attempt[] =>
  Object.entries(inputs).map(([field, input]) => ({ field, input }))

/** Who answers each mutation, and of what type its input is. */
const mutations: ReadonlyMap<string, { service: TriedService; type: string }> = new Map(
  triedServices.flatMap(service =>
    Object.values(contractOf(service).getMutationType()?.getFields() ?? {}).map(
      ({ name, args }) => [name, { service, type: String(args[0]?.type) }] as const,
    ),
  ),
)

export type Outcome = { what: string; refused: boolean; codes: string[] }

/** Tries it. @throws Error when no service has such a mutation */
export async function attempt(world: World, actor: Actor, { field, input }: Attempt): Promise<Outcome> {
  const mutation = mutations.get(field)
  if (!mutation) throw new Error(`there is no mutation ${field}`)
  const document = `mutation ($input: ${mutation.type}) { ${field}(input: $input) { __typename } }`
  const answer = await world.askUntyped[mutation.service](actor, document, { input })
  return {
    what: `${field} ${JSON.stringify(input)}`,
    refused: answer.data === null || answer.errors.length > 0,
    codes: codesOf(answer),
  }
}
