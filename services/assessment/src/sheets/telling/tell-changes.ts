import { publish } from '@linghang/events'
import type { Work } from '../../work.ts'
import type { Rescored } from '../scoring/score-touched.ts'
import { isCorrected, lightNews } from './news.ts'

/** Tells of published scores that are other ones now, and of lights that have come on (S1-15, S0-21): ids and days, no points. */
export async function tellChanges(work: Work, { period, changed }: Rescored): Promise<void> {
  const corrected = changed.filter(isCorrected).map(({ id, version, sheet }) => ({
    ...{ type: 'assessment.sheet.corrected.v1' as const, orgId: sheet.orgId, subject: id },
    data: {
      ...{ id, orgId: sheet.orgId, version, periodFrom: period.from, correctedOn: work.today },
      memberId: sheet.subjectType === 'MEMBER' ? sheet.subjectId : null,
    },
  }))
  const lit = lightNews(changed, period, work.today).map(({ orgId, ...news }) => {
    const id = work.newId()
    return {
      ...{ type: 'assessment.light.lit.v1' as const, orgId, subject: id },
      data: { id, orgId, ...news, version: 1 },
    }
  })
  if (corrected.length + lit.length > 0) await publish(work, [...corrected, ...lit])
}
