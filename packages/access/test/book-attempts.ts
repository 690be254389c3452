import { shanghaiDay } from '@linghang/access'
import { type Attempt, attemptsBy } from './attempt.ts'
import type { District } from './district.ts'
import type { Person, Place } from './places.ts'

/** Spending dues of an organisation whose books the actor does not keep. */
export function spendingAttempts(place: Place, { org, books }: District): Attempt[] {
  const organisationId = org[place]
  const id = books.spendings[place]
  return attemptsBy({
    requestSpending: { organisationId, use: 'FLAGS', amountFen: '1', payee: '某某', purpose: '私用' },
    submitSpending: { id },
    cancelSpending: { id, reason: '撤' },
    decideSpending: { id, approve: true },
    recordSpendingVoucher: { id, number: '1', issuer: '某店', issuedOn: '2026-01-01', amountFen: '1' },
    settleSpending: { id, settledFen: '1', voucherIds: [] },
    passDuesUp: { organisationId, year: 2025, amountFen: '1', note: '私缴' },
  })
}

/** What is posted in the county's account, at an organisation that has money in it. @param keeper at which an account is opened */
export function accountAttempts(place: Place, keeper: Place, { org, books }: District): Attempt[] {
  const organisationId = org[place]
  return attemptsBy({
    recordDuesIncome: { organisationId, reason: 'INTEREST', amountFen: '1', note: '私记' },
    reverseDuesJournal: { journalId: books.journals[place], reason: '冲' },
    openDuesAccount: { organisationId: org[keeper], bank: 'ABC', bankNumber: '95599000' },
    setDuesLimit: { accountId: books.accounts[place], period: 'MONTH', limitFen: '1', basis: '私定' },
    openDuesFund: { organisationId, name: '私设', purpose: 'HARDSHIP' },
    setAsideDues: { fundId: books.funds[place], amountFen: '1', note: '私划' },
    closeDuesMonth: { accountId: books.account, month: '2026-01-01' },
  })
}

/** What an organisation's people owe, fixed for a year. */
export function fixingAttempts(place: Place, { org }: District): Attempt[] {
  const of = { organisationId: org[place], year: Number(shanghaiDay(new Date()).slice(0, 4)) }
  return attemptsBy({ beginDuesFixing: of, checkDuesFixing: { ...of, confirmedOnly: true } })
}

/** What one person owes, paused or waived. */
export function oweAttempts(who: Person, { person }: District): Attempt[] {
  const memberId = person[who]
  const today = shanghaiDay(new Date())
  return attemptsBy({
    recordDuesPaidThrough: { memberId, through: today },
    pauseDues: { memberId, kind: 'ABROAD', from: today, basis: '私停' },
    requestDuesWaiver: {
      ...{ memberId, fromMonth: today, toMonth: today, hardship: 'ILLNESS', reason: '改写' },
      ...{ studiedOn: today, studyNumber: '8' },
    },
  })
}

/** What somebody pays, taken by whoever does not keep their books. */
export const paymentAttempt = (who: Person, { person }: District): Attempt => ({
  field: 'recordDuesPayment',
  input: { memberId: person[who], amountFen: '1', way: 'CASH', receivedOn: shanghaiDay(new Date()), payer: 'SELF' },
})
