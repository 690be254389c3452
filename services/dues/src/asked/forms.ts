import { byPractice, type Citation } from '@linghang/rulebook'
import type { Form, FormAsker } from '@linghang/subgraph'

const form = (mutation: string, askedBy: FormAsker, citation: Citation, ...actions: string[]): Form => ({
  ...{ mutation, actions, askedBy, citation },
})
const bases = byPractice('党费计算基数核定')
const collecting = byPractice('党费收缴')
const books = byPractice('党费账目')
const spending = byPractice('党费使用审批和报销')
const offered = byPractice('自愿使用的功能，不要求填报')
const telling = byPractice('党费收支报告和公示')

/**
 * What organisations hand in of dues (law B8, R7): a mutation that stands neither here nor among those that nobody hands in for
 * an organisation fails the test beside this.
 */
export const forms: readonly Form[] = [
  form('beginDuesFixing', 'REGULATION', bases, 'dues-fixing.begun'),
  form('correctDuesBase', 'REGULATION', bases, 'dues-base.corrected'),
  form('changeDuesBase', 'REGULATION', bases, 'dues-base.changed'),
  form('recordConfirmedOnPaper', 'REGULATION', bases, 'dues-base.confirmed-on-paper'),
  form('checkDuesFixing', 'REGULATION', bases, 'dues-fixing.checked'),
  form('makeDuesBills', 'REGULATION', collecting, 'dues-bills.made'),
  form('pauseDues', 'REGULATION', collecting, 'dues.paused'),
  form('resumeDues', 'REGULATION', collecting, 'dues.resumed'),
  form('recordDuesPaidThrough', 'REGULATION', collecting, 'dues.paid-through'),
  form('recordDuesPayment', 'REGULATION', collecting, 'dues-payment.recorded'),
  form('confirmDuesPayments', 'REGULATION', collecting, 'dues-payment.confirmed'),
  form('recordDuesTalk', 'REGULATION', collecting, 'dues-arrears.talked'),
  form('decideDuesMatter', 'REGULATION', collecting, 'dues-arrears.decided'),
  form('requestDuesWaiver', 'REGULATION', collecting, 'dues-waiver.requested'),
  form('endDuesWaiver', 'REGULATION', collecting, 'dues-waiver.ended'),
  form('passLargeDuesUp', 'REGULATION', collecting, 'large-dues.passed-up'),
  form('receiveLargeDues', 'REGULATION', collecting, 'large-dues.received'),
  form('handOverLargeDues', 'REGULATION', collecting, 'large-dues.handed-over'),
  form('openDuesAccount', 'REGULATION', books, 'dues-account.opened'),
  form('closeDuesMonth', 'REGULATION', books, 'dues-month.closed'),
  form('reconcileDuesDay', 'REGULATION', books, 'dues.reconciled'),
  form('resolveDuesMismatch', 'REGULATION', books, 'dues-mismatch.resolved'),
  form('issueDuesReceipt', 'REGULATION', books, 'dues-receipt.issued'),
  form('requestSpending', 'REGULATION', spending, 'dues-spending.requested'),
  form('submitSpending', 'REGULATION', spending, 'dues-spending.submitted'),
  form('recordSpendingVoucher', 'REGULATION', spending, 'dues-voucher.recorded'),
  form('settleSpending', 'REGULATION', spending, 'dues-spending.settled'),
  form('decideSpending', 'REGULATION', spending, 'dues-spending.approved', 'dues-spending.returned'),
  form('decideDuesWaiver', 'REGULATION', collecting, 'dues-waiver.approved', 'dues-waiver.refused'),
  form('returnDuesReport', 'NOBODY', offered, 'dues-report.returned'),
  form('publishDues', 'REGULATION', telling, 'dues-publication.published'),
  form('submitDuesReport', 'SUPERIOR', telling, 'dues-report.submitted'),
]

/**
 * What nobody hands in for an organisation: it takes back, is a member's own or the county's; or it posts to the
 * books and is told as every posting is, so that it cannot be counted by itself.
 */
export const notHandedIn: ReadonlySet<string> = new Set([
  ...['confirmDuesBase', 'payDuesOnline', 'checkDuesOrder', 'cancelDuesOrder', 'refundDuesOrder'],
  ...['cancelDuesPayment', 'reverseDuesJournal', 'takeBackLargeDuesStep', 'voidDuesReceipt', 'cancelSpending'],
  ...['reverseSpending', 'confirmBankLine', 'rejectBankLine', 'confirmDuesSettlement'],
  ...['setDuesLimit', 'setSpendingPolicy', 'setDuesPublicationPolicy', 'setDuesSettings', 'setDuesShares'],
  ...['openDuesFund', 'recordDuesFundIncome', 'setAsideDues', 'recordDuesIncome', 'depositDuesCash', 'passDuesUp'],
  ...['recordSpendingRefund'],
])
