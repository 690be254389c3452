import type { Work } from '../../work.ts'
import type { Rescored } from '../scoring/score-touched.ts'
import { deductionStore } from './store.ts'

/** What waits for somebody to confirm it, as the sheets say that were scored anew. */
export async function keepProposals(work: Work, { period, changed, gone }: Rescored): Promise<void> {
  const { tx, actor, newId } = work
  const proposals = changed.flatMap(({ sheet: { subjectType, subjectId, orgId, lines } }) =>
    lines.flatMap(({ key, state, indicator, points }) =>
      state === 'PROPOSED'
        ? [
            {
              ...{ id: newId(), orgId, subjectType, subjectId, lineKey: key, indicator, points },
              ...{ periodFrom: period.from, periodUntil: period.until },
            },
          ]
        : [],
    ),
  )
  const subjectIds = [...changed.map(({ sheet }) => sheet.subjectId), ...gone]
  await deductionStore.keep(tx, actor.countyId, { subjectIds, period, proposals })
}
