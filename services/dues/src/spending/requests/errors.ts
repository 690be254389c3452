import { defineErrors } from '@linghang/subgraph/errors'
import { table as ofHolds } from '../../ledger/holds/errors.ts'
import { table as ofJournals } from '../../ledger/journals/errors.ts'

const names = {
  ...{
    DRAFT: '拟稿',
    SUBMITTED: '已上报',
    APPROVED: '已批准',
    SETTLED: '已报销',
    REVERSED: '已冲销',
    RETURNED: '已退回',
  },
  ...{ CANCELLED: '已撤销', LAPSED: '逾期失效' },
}

/** What spending dues is refused for. */
export const { fail, table } = defineErrors(
  {
    SPENDING_NOT_SO_FAR: {
      zh: '该支出申请{found}，此操作须为：{wanted}',
      en: 'This request is {found}: wanted {wanted}',
    },
    RESOLUTION_MISSING: {
      zh: '未见已定稿会议就该申请作出的决议：使用党费须集体讨论决定（党费规定第二十条）；会议刚定稿的请稍后再试',
      en: 'No closed meeting is known to have decided on this request: dues are spent by collective decision (art. 20)',
    },
    RESOLUTION_OF_ANOTHER: {
      zh: '就该申请作出决议的是其他党组织的会议：应由申请的党组织集体讨论决定（党费规定第二十条）',
      en: 'It was decided by a meeting of another organisation: the one that asks has to (art. 20)',
    },
    RESOLUTION_NOT_CARRIED: {
      zh: '会议未通过该支出：赞成人数须超过应到会人数的半数',
      en: 'The meeting has not carried it',
    },
    RESOLUTION_OF_ANOTHER_SUM: {
      zh: '会议决定的金额为 {found} 分，申请为 {wanted} 分：金额须一致',
      en: 'The meeting decided on {found} fen, the request is for {wanted}',
    },
    RESOLUTION_USED: {
      zh: '该决议已用于另一项支出申请',
      en: 'This resolution has been used for a request already',
    },
    RECEIVER_NOT_BELOW: {
      zh: '下拨党费须写明直接下级党组织，其他用途不写接收方',
      en: 'Dues are passed down to a direct inferior, which is named; for other uses none is',
    },
    VOUCHER_USED: {
      zh: '票据 {number} 已经登记，同一票据只能报销一次',
      en: 'The voucher {number} is recorded already: one counts once',
    },
    VOUCHER_OF_ANOTHER: {
      zh: '所列票据不属于该支出申请',
      en: 'A voucher that is named is not one of this request',
    },
    VOUCHER_WITHOUT_PAPER: {
      zh: '票据 {number} 没有影像：县里规定 {from} 分以上的支出须附票据影像',
      en: 'The voucher {number} has no paper: the county wants them from {from} fen on',
    },
    VOUCHER_PAPER_NAME: {
      zh: '文件名不可用：应以 {wanted} 结尾、不超过 {limit} 字',
      en: 'The file name cannot be used: wanted an ending of {wanted} and {limit} characters at most',
    },
    VOUCHER_PAPER_SIZE: {
      zh: '票据影像 {found} 字节，应为 1 至 {limit} 字节',
      en: 'The paper has {found} bytes: wanted 1 to {limit}',
    },
    VOUCHER_PAPER_LENGTH_UNKNOWN: {
      zh: '上传票据影像须带 Content-Length',
      en: 'The upload of a paper must state its length (Content-Length)',
    },
    VOUCHER_PAPER_CUT_OFF: {
      zh: '票据影像只收到 {found} 字节，应为 {wanted} 字节，请重新上传',
      en: 'Only {found} of {wanted} bytes of the paper arrived: upload it again',
    },
    VOUCHER_PAPER_CONTENT: {
      zh: '票据影像的内容是 {found}，与文件名不符；应为 {wanted}',
      en: 'The content of the paper is {found}: wanted {wanted}, as its name says',
    },
    TOO_MANY_VOUCHER_PAPERS: {
      zh: '一张票据的影像最多上传 {limit} 次',
      en: 'The paper of a voucher is uploaded {limit} times at most',
    },
    VOUCHERS_DIFFER: {
      zh: '票据合计 {found} 分，报销 {wanted} 分：须一致',
      en: 'The vouchers come to {found} fen, {wanted} are to be booked',
    },
    TOO_MANY_VOUCHERS: {
      zh: '一项支出最多登记 {limit} 张票据',
      en: 'A request has {limit} vouchers at most',
    },
    SPENDING_HAS_REFUNDS: {
      zh: '收款方已退回 {found} 分：请先冲销退款的记账，再冲销该项支出',
      en: 'The payee has given {found} fen back: reverse that journal first, then the spending',
    },
    REFUND_TOO_LARGE: {
      zh: '退回 {found} 分，应为 1 至 {left} 分（已报销减去已退回）',
      en: '{found} fen came back: wanted 1 to {left}, what was spent and has not come back',
    },
    PASSED_DOWN_NOT_REFUNDED: {
      zh: '下拨的党费没有收款方退款：拨错的请冲销',
      en: 'What was passed down has no payee to give it back: where it was a mistake, reverse it',
    },
    SPENDING_IS_OWN: {
      zh: '不得审批本人提出的申请',
      en: 'Nobody decides on their own request',
    },
  },
  names,
  { ...ofJournals, ...ofHolds },
)
