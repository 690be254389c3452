import { defineErrors } from '@linghang/subgraph/errors'

/** What receipts for dues are refused for. */
export const { fail, table } = defineErrors({
  RECEIPT_NOT_DUE: {
    zh: '只对已确认的党费开收据：这笔党费是 {found}',
    en: 'A receipt is for what has been confirmed: this payment is {found}',
  },
  RECEIPT_ISSUED_ALREADY: {
    zh: '这笔党费已开收据 {number}；重开须先作废原收据',
    en: 'This payment has a receipt already, {number}: it is voided before there is another',
  },
  RECEIPT_NOTHING_RECEIVED: {
    zh: '{from} 至 {until} 没有尚未开收据的已确认党费',
    en: 'From {from} until {until} nothing was received and confirmed that has no receipt',
  },
  RECEIPT_TOO_MANY_PAYMENTS: {
    zh: '这段时间有超过 {limit} 笔党费，请缩短时间',
    en: 'There are more than {limit} payments in that time: choose a shorter one',
  },
  RECEIPT_VOIDED_ALREADY: {
    zh: '收据 {number} 已作废',
    en: 'The receipt {number} has been voided already',
  },
})
