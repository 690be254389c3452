import { whenTaken } from '@linghang/access'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { requireSuperior } from './hold-organisation.ts'
import { judgeRecord, requireTerm } from './judge-record.ts'
import type { OrganisationRecord } from './organisation.ts'
import { audited, publishChange, published } from './published-organisation.ts'
import { organisationStore } from './store.ts'

export type RegisterOrganisation = Pick<OrganisationRecord, 'code' | 'name' | 'kind' | 'establishedOn' | 'term'> & {
  superiorId: string
}

/**
 * Registers an organisation under one that the actor keeps.
 * @throws DomainError NOT_FOUND, SUPERIOR_IS_BRANCH, ORGANISATION_CODE_TAKEN, TERM_ENDS_BEFORE_START, RECORD_REFUSED
 */
export const registerOrganisation = useCase('registerOrganisation', async (work, input: RegisterOrganisation) => {
  const { tx, actor, today } = work
  // Or its superior could become a branch meanwhile.
  await organisationStore.lockMoves(tx, actor.countyId)
  await requireSuperior(work, input.superiorId)
  const record: OrganisationRecord = { regionCode: null, unitKind: null, secretaryName: null, phone: null, ...input }
  requireTerm(record)
  const sound = { ...record, ...judgeRecord(record, today) }
  const organisation = await organisationStore
    .insert(tx, actor.countyId, work.newId(), sound)
    .catch(whenTaken(() => fail('ORGANISATION_CODE_TAKEN', { code: input.code })))
  await publishChange(
    work,
    audited('organisation.registered', null, organisation),
    published('org.organisation.registered.v1', organisation),
  )
  return organisation.id
})
