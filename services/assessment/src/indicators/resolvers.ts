import { DataLoader, fromId, type RequestContext } from '@linghang/subgraph'
import type { Deps } from '../deps.ts'
import type { Indicator } from './indicator.ts'
import { readOrganisationIndicators, readPersonIndicators } from './read-indicators.ts'

type Load = (uuid: string) => Promise<Indicator[]>
export type Context = RequestContext & { loadOfOrganisation: Load; loadOfPerson: Load }

export function createContext(deps: Deps) {
  const ofOrganisations = readOrganisationIndicators(deps)
  const ofPeople = readPersonIndicators(deps)
  return (base: RequestContext): Context => {
    const batched = (read: typeof ofPeople): Load => {
      const loader = new DataLoader<string, Indicator[]>(async ids => {
        const found = await read(base.actor, ids)
        return ids.map(id => found.get(id) ?? [])
      })
      return id => loader.load(id)
    }
    return { ...base, loadOfOrganisation: batched(ofOrganisations), loadOfPerson: batched(ofPeople) }
  }
}

export const indicatorResolvers = {
  Organisation: {
    __resolveReference: (reference: { id: string }) => ({
      id: reference.id,
      uuid: fromId('Organisation', reference.id),
    }),
    indicators: (organisation: { uuid: string }, _: unknown, context: Context) =>
      context.loadOfOrganisation(organisation.uuid),
  },
  Member: {
    __resolveReference: (reference: { id: string }) => ({ id: reference.id, uuid: fromId('Member', reference.id) }),
    indicators: (member: { uuid: string }, _: unknown, context: Context) => context.loadOfPerson(member.uuid),
  },
}
