import { boardTalkCitation, caseLadders } from '@linghang/rulebook'
import { announce } from '../../inbox/announce.ts'
import { process } from '../../time/watch/process.ts'

/**
 * A talk with the head of a branch on the black list, until it is held or dropped: the branch's secretary hears of it at once,
 * the county's administrators, who write down what came of it, are reminded.
 */
export const boardTalk = process({
  kind: 'BOARD_TALK',
  purpose: 'board-talks',
  watches: ['assessment.talk.changed.v1'],
  watched: ({ id, orgId, open, version }) => ({
    ...{ id, orgId, version, subjectId: id, subjectType: 'BOARD_TALK', isOpen: open },
  }),
  datesOf: ({ countyOrgId, dueOn }) => [
    {
      ...({ rule: 'BOARD_TALK', dueOn, nature: 'LATEST', ...boardTalkCitation } as const),
      office: { role: 'ADMIN', orgId: countyOrgId },
    },
  ],
  ladder: () => caseLadders.BOARD_TALK,
  comesBack: true,
  async heard(work, newest) {
    const called = newest.filter(({ open }) => open)
    await announce(
      work,
      called.map(({ id, orgId, dueOn, version }) => ({
        ...{ orgId, role: 'SECRETARY', subjectId: id, subjectType: 'BOARD_TALK', rule: 'BOARD_TALK', rung: 'TURN' },
        ...{ dueOn, round: version },
      })),
    )
  },
  title: { BOARD_TALK: '黑榜约谈' },
})
