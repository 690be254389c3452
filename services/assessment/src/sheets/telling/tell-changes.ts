import { publish } from '@linghang/events'
import type { Work } from '../../work.ts'
import type { Rescored } from '../scoring/score-touched.ts'
import { clearedNews, isCorrected, type LightNews, lightNews } from './news.ts'

/** Tells of published scores that are other ones now, and of lights that are on or out (S1-15, S0-21): ids and days, no points. */
export async function tellChanges(work: Work, { period, changed }: Rescored): Promise<void> {
  const corrected = changed.filter(isCorrected).map(({ id, version, sheet }) => ({
    ...{ type: 'assessment.sheet.corrected.v1' as const, orgId: sheet.orgId, subject: id },
    data: {
      ...{ id, orgId: sheet.orgId, version, periodFrom: period.from, correctedOn: work.today },
      memberId: sheet.subjectType === 'MEMBER' ? sheet.subjectId : null,
    },
  }))
  const told = ({ orgId, about, colours }: LightNews) => ({ id: work.newId(), orgId, about, colours, version: 1 })
  const lit = lightNews(changed, period, work.today).map(news => {
    const data = { ...told(news), since: news.day }
    return { type: 'assessment.light.lit.v1' as const, orgId: news.orgId, subject: data.id, data }
  })
  const cleared = clearedNews(changed, period, work.today).map(news => {
    const data = { ...told(news), clearedOn: news.day }
    return { type: 'assessment.light.cleared.v1' as const, orgId: news.orgId, subject: data.id, data }
  })
  const all = [...corrected, ...lit, ...cleared]
  if (all.length > 0) await publish(work, all)
}
