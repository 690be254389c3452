import { recordAudit } from '@linghang/access'
import { publish } from '@linghang/events'
import { factStore } from '../../facts/journal/store.ts'
import type { Work } from '../../work.ts'
import type { NamingRequest, NamingState } from './naming.ts'

/** A request goes through these in this order, and through none twice: what is told of it later is newer. */
const versions: Readonly<Record<NamingState, number>> = { WAITING: 1, REFUSED: 2, GRANTED: 2, WITHDRAWN: 3 }
const actions: Readonly<Record<NamingState, string>> = {
  ...{ WAITING: 'naming.asked', GRANTED: 'naming.granted', REFUSED: 'naming.refused', WITHDRAWN: 'naming.withdrawn' },
}

/**
 * What was done of a request is the county's to read, and that one waits is what its administrators are reminded of: offices of
 * the branch are not told who asked, and nobody is told by the event.
 */
export async function tellNaming(
  work: Work,
  { id, answerBy }: Pick<NamingRequest, 'id' | 'answerBy'>,
  state: NamingState,
): Promise<void> {
  const { tx, actor } = work
  await recordAudit(work, [{ orgId: null, action: actions[state], subjectType: 'NamingRequest', subjectId: id }])
  const orgId = await factStore.topOf(tx, actor.countyId)
  if (orgId === null) throw new Error('a member asks and their county has no top')
  const data = { id, orgId, answerBy, open: state === 'WAITING', version: versions[state] }
  await publish(work, [{ type: 'assessment.naming.changed.v1', orgId, subject: id, data }])
}
