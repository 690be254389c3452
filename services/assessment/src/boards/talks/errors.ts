import { defineErrors } from '@linghang/subgraph/errors'

/** What calling in the head of a branch is refused for. */
export const { fail, table } = defineErrors({
  TALK_NOT_DECIDED: {
    zh: '红黑榜目前没有有效的决定，不能据此约谈',
    en: 'No decision on red and black lists holds today: nobody is called in by one',
  },
  TALK_NOT_DUE: {
    zh: '该党支部没有连续三个月在黑榜上，或者其中的月份已经约谈过',
    en: 'The branch was not on the black list three months running, or was called in for one of these months',
  },
  TALK_OPEN: {
    zh: '该党支部已有一次约谈尚未完成',
    en: 'A talk with this branch is open already',
  },
  TALK_CLOSED: {
    zh: '该次约谈已于 {found} 办结',
    en: 'The talk was closed on {found}',
  },
})
