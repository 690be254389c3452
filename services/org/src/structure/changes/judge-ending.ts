import { branchRegulation, isBranch } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { childCount, organisationOf } from '../organisations/read-organisations.ts'
import { hasPeople } from '../people/read-people.ts'
import { fail } from './errors.ts'
import { changeStore } from './store.ts'

const cited = { article: '第七条', source: branchRegulation }

/**
 * Whether an organisation may end as things are: nobody is left in no branch, nothing is left below it, and what could lose
 * a deadline has been done. Plans, theme days and the term end with it.
 * @param apart the request that asks for it, which is open itself
 * @throws DomainError ROOT_STAYS, ENDING_HAS_INFERIORS, ENDING_HAS_PEOPLE, SUCCESSOR_REFUSED, ENDING_HAS_OPEN_MATTERS
 */
export async function requireEnding(
  work: Work,
  organisation: Organisation,
  intoOrgId: string | null,
  apart: string | null,
): Promise<void> {
  const { id, code, kind, superiorId } = organisation
  if (superiorId === null) fail('ROOT_STAYS', { code })
  const below = await childCount(work, id)
  if (below > 0) fail('ENDING_HAS_INFERIORS', { code, found: below })
  if (intoOrgId !== null) {
    const into = await organisationOf(work, intoOrgId)
    const [wanted, wantedZh] = isBranch(kind) ? ['branch', '党支部'] : ['committee or general branch', '党委或党总支']
    const isRight = into !== null && into.id !== id && into.endedOn === null && isBranch(into.kind) === isBranch(kind)
    // A temporary branch's people are registered elsewhere (art. 8): nobody comes to one.
    if (!isRight || into.kind === 'TEMPORARY_BRANCH')
      fail('SUCCESSOR_REFUSED', { found: into?.code ?? null, wanted, wantedZh, ...cited })
  } else if (await hasPeople(work, id)) fail('ENDING_HAS_PEOPLE', { code, ...cited })
  const open = await changeStore.openMatters(work.tx, id, apart)
  if (Object.values(open).some(found => found > 0)) fail('ENDING_HAS_OPEN_MATTERS', { code, ...open })
}
