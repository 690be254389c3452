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
      zh: '自愿一次多交 {found} 分，达到 1000 元的应按大额党费另行登记，全部上缴中央（党费规定第十一条）',
      en: '{found} fen more of one’s own will at once: from 1000 yuan on it is a large due, recorded as its own kind, and goes to the centre (art. 11)',
    },
    LARGE_DUES_TOO_SMALL: {
      zh: '大额党费为自愿一次多交 1000 元以上（含 1000 元）：收到 {found} 分',
      en: 'A large due is 1000 yuan or more at once of one’s own will: {found} fen were received',
    },
    LARGE_DUES_OWES_FIRST: {
      zh: '还有 {found} 分应交未交：先交清应交党费，大额党费另行登记',
      en: '{found} fen that are owed are open: these are paid first, a large due is given beside them',
    },
    LARGE_DUES_PASSED_UP: {
      zh: '这笔大额党费已经上转，不能撤销：先由上转的党组织退回',
      en: 'This large due has been passed up: the step is taken back first by whoever took it',
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
