import { defineErrors } from '@linghang/subgraph/errors'

export const { fail, table } = defineErrors({
  DELEGATION_TO_ONESELF: { zh: '不能授权给自己', en: 'Nobody leaves an office to themselves' },
  DELEGATION_PERIOD_REFUSED: {
    zh: '授权期间 {found} 不对：应从 {from} 或以后开始，最晚至 {until}',
    en: 'The period {found} is not right: wanted from {from} or later, to {until} at most',
  },
  DELEGATION_ENDED_ALREADY: { zh: '这项授权已经结束', en: 'This delegation has ended already' },
})
