import { appealCitation, caseLadders } from '@linghang/rulebook'
import { announce } from '../../inbox/announce.ts'
import type { Announcement } from '../../inbox/store.ts'
import { process } from '../../time/watch/process.ts'

/**
 * An appeal against a line of a score, until it is answered or taken back: the office that has it hears of it at once, is
 * reminded of the hearing and of the answer, and once overdue so is the one above. An organisation that has appealed hears in
 * its own office that it was answered; a person finds that in their own inbox.
 */
export const appeal = process({
  kind: 'APPEAL',
  purpose: 'appeals',
  watches: ['assessment.appeal.changed.v1'],
  watched: ({ id, decidingOrgId, state, round, version }) => ({
    ...{ id, orgId: decidingOrgId, version, subjectId: id, subjectType: 'APPEAL', round },
    isOpen: state === 'OPEN' || state === 'HEARD',
  }),
  datesOf({ decidingOrgId, state, hearBy, answerBy }) {
    const stated = { nature: 'LATEST' as const, ...appealCitation, office: { role: 'SECRETARY', orgId: decidingOrgId } }
    return [
      ...(state === 'OPEN' ? [{ rule: 'APPEAL_HEARING' as const, dueOn: hearBy, ...stated }] : []),
      { rule: 'APPEAL_ANSWER' as const, dueOn: answerBy, ...stated },
    ]
  },
  ladder: (_, { rule }) => caseLadders[rule],
  comesBack: true,
  async heard(work, newest) {
    await announce(
      work,
      newest.flatMap(({ id, orgId, memberId, decidingOrgId, state, answerBy, version }): Announcement[] => {
        const about = { subjectId: id, subjectType: 'APPEAL' as const, rule: 'APPEAL_ANSWER' as const, dueOn: answerBy }
        const told = { ...about, role: 'SECRETARY', round: version }
        if (state === 'OPEN') return [{ ...told, orgId: decidingOrgId, rung: 'REQUESTED' }]
        return state === 'ANSWERED' && memberId === null ? [{ ...told, orgId, rung: 'TURN' }] : []
      }),
    )
  },
  title: { APPEAL_HEARING: '听取评分申诉人意见', APPEAL_ANSWER: '答复评分申诉' },
})
