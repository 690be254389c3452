import { caseLadders, namingCitation } from '@linghang/rulebook'
import { process } from '../../time/watch/process.ts'

/** Somebody asked not to be named on boards: the county's administrators are reminded until it is answered or taken back. */
export const namingRequest = process({
  kind: 'NAMING_REQUEST',
  purpose: 'naming-requests',
  watches: ['assessment.naming.changed.v1'],
  watched: ({ id, orgId, open, version }) => ({
    ...{ id, orgId, version, subjectId: id, subjectType: 'NAMING_REQUEST', isOpen: open },
  }),
  datesOf: ({ orgId, answerBy }) => [
    {
      ...({ rule: 'NAMING_ANSWER', dueOn: answerBy, nature: 'LATEST', ...namingCitation } as const),
      office: { role: 'ADMIN', orgId },
    },
  ],
  ladder: () => caseLadders.NAMING_ANSWER,
  comesBack: true,
  title: { NAMING_ANSWER: '答复不公布姓名申请' },
})
