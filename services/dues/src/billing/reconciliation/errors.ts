import { defineErrors } from '@linghang/subgraph/errors'
import { table as ofOnline } from '../online/errors.ts'

const { ONLINE_PAYMENT_OFF } = ofOnline

/** What working off what does not agree is refused for. */
export const { fail, table } = defineErrors(
  {
    MISMATCH_RESOLVED_ALREADY: { zh: '这条差异已经处理', en: 'This difference has been worked off already' },
    SETTLEMENT_BANKED_ALREADY: { zh: '{found} 的到账已经确认', en: 'The settlement of {found} is confirmed already' },
  },
  {},
  { ONLINE_PAYMENT_OFF },
)
