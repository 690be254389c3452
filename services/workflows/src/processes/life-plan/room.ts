import { caseLadders, certaintyOf } from '@linghang/rulebook'
import { process } from '../../time/watch/process.ts'

/** A plan of organisational life: its meetings stand in the calendar, and the secretary hears of each a week ahead. */
export const lifePlan = process({
  kind: 'LIFE_PLAN',
  purpose: 'life-plans',
  watches: ['org.plan.changed.v1'],
  watched: ({ id, orgId, open, version }) => ({
    ...{ id, orgId, version, subjectId: orgId, subjectType: 'ORGANISATION', isOpen: open },
  }),
  datesOf: ({ orgId, dates }) =>
    dates.map(({ dueOn, article, source, certainty }) => ({
      ...({ rule: 'PLANNED_MEETING', dueOn, nature: 'LATEST', article, source } as const),
      ...{ certainty: certaintyOf(certainty), office: { role: 'SECRETARY', orgId } },
    })),
  ladder: () => caseLadders.PLANNED_MEETING,
  comesBack: true,
  title: { PLANNED_MEETING: '计划内的会议' },
})
