import { defineErrors } from '@linghang/subgraph/errors'
import { table as ledgerErrors } from '../../ledger/journals/errors.ts'

/** What taking dues is refused for. */
export const { fail, table } = defineErrors(
  {
    CONSENT_MISSING: {
      zh: '由他人代交或预交党费须经党支部同意（党费规定第十二条）：请填写同意的依据',
      en: 'That somebody else pays, or pays ahead, takes the consent of the branch (art. 12): say on what it rests',
    },
    DUES_OVERPAID: {
      zh: '应交 {open} 分，收到 {found} 分：请说明多交部分是预交还是自愿多交',
      en: '{open} fen are open and {found} were received: say whether the rest is for months to come or of their own will',
    },
    LARGE_DUES: {
      zh: '自愿一次多交 {found} 分，达到 1000 元的应按大额党费办理，全部上缴中央（党费规定第十一条）',
      en: '{found} fen more of one’s own will at once: from 1000 yuan on it is a large due and goes to the centre (art. 11)',
    },
    PAYMENT_OWN_CONFIRMED: {
      zh: '登记和确认不能是同一人（会计、出纳分设）：请由他人确认',
      en: 'Nobody confirms what they recorded themselves: the accountant is not the cashier',
    },
    PAYMENT_NOT_OPEN: {
      zh: '这笔党费现在是 {found}，不能再办理',
      en: 'This payment is {found} and cannot be dealt with any more',
    },
  },
  {},
  ledgerErrors,
)
