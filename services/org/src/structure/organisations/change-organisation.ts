import { isBranch } from '@linghang/rulebook'
import { useCase, type Work } from '../../work.ts'
import { hasPeople } from '../people/read-people.ts'
import { fail } from './errors.ts'
import { holdKept } from './hold-organisation.ts'
import { judgeRecord, requireTerm } from './judge-record.ts'
import { hashOf, type Organisation, type OrganisationRecord } from './organisation.ts'
import { audited, publishChange, published } from './published-organisation.ts'
import { organisationStore } from './store.ts'

/**
 * What has organisations below it is no branch, and what people belong to is one (党员教育管理工作条例, art. 25): looked at
 * where it is written, while nobody moves an organisation.
 * @throws DomainError BRANCH_WITH_INFERIORS, COMMITTEE_WITH_PEOPLE
 */
export async function requireKind(work: Work, before: Organisation, after: OrganisationRecord): Promise<void> {
  const { tx } = work
  if (isBranch(before.kind) === isBranch(after.kind)) return
  if (isBranch(after.kind) && ((await organisationStore.countChildren(tx, [before.id])).get(before.id) ?? 0) > 0)
    fail('BRANCH_WITH_INFERIORS', { code: before.code })
  if (!isBranch(after.kind) && (await hasPeople(work, before.id))) fail('COMMITTEE_WITH_PEOPLE', { code: before.code })
}

export type ChangeOrganisation = {
  id: string
  /** What is left out stays; null clears. */
  change: Partial<Pick<OrganisationRecord, 'name' | 'kind' | 'establishedOn' | 'term' | 'secretaryName' | 'phone'>>
  expectedVersion: number | null
}

/** @throws DomainError NOT_FOUND, CONFLICT, TERM_ENDS_BEFORE_START, RECORD_REFUSED, BRANCH_WITH_INFERIORS, COMMITTEE_WITH_PEOPLE */
export const changeOrganisation = useCase(
  'changeOrganisation',
  async (work, { id, change, expectedVersion }: ChangeOrganisation) => {
    // Before the row, as moves and rosters do: in the other order each would wait for the other.
    if (change.kind !== undefined) await organisationStore.lockMoves(work.tx, work.actor.countyId)
    const before = await holdKept(work, id)
    if (expectedVersion !== null && expectedVersion !== before.version) fail('CONFLICT', { what: before.code })
    const said: OrganisationRecord = { ...before, ...change }
    requireTerm(said)
    const record = { ...said, ...judgeRecord(said, work.today), superiorId: before.superiorId }
    await requireKind(work, before, record)
    if (hashOf(record).equals(hashOf(before))) return id
    const after = await organisationStore.update(work.tx, work.actor.countyId, before, record)
    await publishChange(
      work,
      audited('organisation.changed', before, after),
      published('org.organisation.changed.v1', after),
    )
    return id
  },
)
