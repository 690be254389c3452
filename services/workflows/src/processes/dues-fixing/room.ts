import { caseLadders, fixingDeadline } from '@linghang/rulebook'
import { process } from '../../time/watch/process.ts'

/** The yearly fixing of the dues of a branch's members, until the committee has checked all of it. */
export const duesFixing = process({
  kind: 'DUES_FIXING',
  purpose: 'dues-fixings',
  watches: ['dues.fixing.scheduled.v1'],
  watched: ({ id, orgId, open, version }) => ({
    ...{ id, orgId, version, subjectId: orgId, subjectType: 'ORGANISATION', isOpen: open },
  }),
  datesOf: ({ orgId, year, dueOn }) => {
    const { office, ...date } = fixingDeadline(year)
    return [{ ...date, dueOn: dueOn ?? date.dueOn, office: { role: office.role, orgId } }]
  },
  ladder: () => caseLadders.DUES_FIXING,
  comesBack: true,
  title: { DUES_FIXING: '党费年度核定' },
})
