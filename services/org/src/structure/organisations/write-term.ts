import type { Work } from '../../work.ts'
import { holdKept } from './hold-organisation.ts'
import { requireTerm } from './judge-record.ts'
import type { Term } from './organisation.ts'
import { audited, publishChange, published } from './published-organisation.ts'
import { organisationStore } from './store.ts'

/** Writes the term of an organisation that the actor keeps, from which others know when it ends. @throws DomainError NOT_FOUND, TERM_ENDS_BEFORE_START */
export async function writeTerm(work: Work, orgId: string, term: Term): Promise<void> {
  const before = await holdKept(work, orgId)
  requireTerm({ term })
  const after = await organisationStore.update(work.tx, work.actor.countyId, before, { ...before, term })
  await publishChange(
    work,
    audited('organisation.term', before, after),
    published('org.organisation.changed.v1', after),
  )
}
