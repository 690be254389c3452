import { parseId } from '@linghang/subgraph'
import { fail } from './errors.ts'

/** Things of this service alone that have an id of their own in the API. */
export type OwnType = 'Approval' | 'Delegation' | 'CalendarFeed'

export const toOwnId = (type: OwnType, uuid: string): string => `${type}:${uuid}`

/** @throws DomainError BAD_INPUT when it is no id or the id of another kind of thing */
export function fromOwnId(type: OwnType, id: string, field = 'id'): string {
  const parsed = parseId(id)
  if (parsed?.type === type) return parsed.uuid
  return fail('BAD_INPUT', {
    ...{ field, found: id.slice(0, 80) },
    wanted: `an id of a ${type}`,
    wantedZh: `${type} 的 id`,
  })
}
