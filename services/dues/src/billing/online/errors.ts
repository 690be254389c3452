import { defineErrors } from '@linghang/subgraph/errors'
import { table as ofJournals } from '../../ledger/journals/errors.ts'
import { table as ofPayments } from '../payments/errors.ts'

const { NO_DUES_ACCOUNT } = ofJournals
const { LARGE_DUES_TOO_SMALL, LARGE_DUES_OWES_FIRST } = ofPayments

/** What paying online is refused for. */
export const { fail, table } = defineErrors(
  {
    ONLINE_PAYMENT_OFF: {
      zh: '没有开通线上交纳：请向党小组长、组织委员交纳，或转账到党费专户',
      en: 'Dues are not taken online here: pay the organiser or by bank transfer',
    },
    NOTHING_OWED: {
      zh: '目前没有应交未交的党费；如需预交，请填写金额',
      en: 'Nothing is open at the moment: name a sum to pay ahead',
    },
    ORDER_OPEN: {
      zh: '还有一笔 {found} 分的线上交纳没有完成（{until} 前有效）：请先完成或取消',
      en: 'An order of {found} fen is open until {until}: pay it or cancel it first',
    },
    ORDER_PAID_ALREADY: { zh: '这笔已经付款，不能取消', en: 'This order has been paid and cannot be cancelled' },
    ORDER_NOT_TO_REFUND: {
      zh: '这笔订单不能退款：{found}',
      en: 'This order is not to be given back: {found}',
    },
    PROVIDER_HAS_TOO_LITTLE: {
      zh: '尚未结算、且未支出的只有 {found} 分，不足退款 {wanted} 分：请由银行账户退还',
      en: 'Only {found} fen are still with the provider and not spent, {wanted} are to go back: pay them back from the bank',
    },
    PROVIDER_UNREACHABLE: {
      zh: '支付机构暂时没有应答：请稍后用同一请求再试，不会重复扣款',
      en: 'The payment provider does not answer: send the same request again later, nothing is paid twice',
    },
    PROVIDER_REFUSED: {
      zh: '支付机构没有受理（{found}）：请联系管理员',
      en: 'The payment provider did not accept it ({found}): ask the administrators',
    },
  },
  {},
  { NO_DUES_ACCOUNT, LARGE_DUES_TOO_SMALL, LARGE_DUES_OWES_FIRST },
)
