import { caseLadders, themeDayCitation } from '@linghang/rulebook'
import { process } from '../../time/watch/process.ts'

/** A branch's theme day of a month, where the county has set by which day it should have been held: one warning, the day after. */
export const themeDay = process({
  kind: 'THEME_DAY',
  purpose: 'theme-days',
  watches: ['org.theme-day.changed.v1'],
  watched: ({ id, orgId, isOpen, version }) => ({
    ...{ id, orgId, version, subjectId: orgId, subjectType: 'ORGANISATION', isOpen },
  }),
  datesOf: ({ orgId, dueOn }) => [
    {
      ...({ rule: 'THEME_DAY', dueOn, nature: 'LATEST', ...themeDayCitation } as const),
      office: { role: 'SECRETARY', orgId },
    },
  ],
  ladder: () => caseLadders.THEME_DAY,
  comesBack: false,
  title: { THEME_DAY: '主题党日' },
})
