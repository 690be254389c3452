import { DomainError } from '@linghang/subgraph/errors'
import type { RealAccount } from '../../ledger/accounts/account.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import type { NewJournal } from '../../ledger/journals/journal.ts'
import { post } from '../../ledger/journals/post.ts'
import type { Work } from '../../work.ts'
import type { Payment, PaymentWay } from './payment.ts'

const transits: Readonly<Record<PaymentWay, 'CASH' | 'PROVIDER' | null>> = {
  CASH: 'CASH',
  BANK: null,
  ONLINE: 'PROVIDER',
}

/** What came on a day whose month is closed meanwhile counts for today. */
const postOn = (work: Work, keeper: RealAccount, on: string, journal: Omit<NewJournal, 'countsOn'>): Promise<string> =>
  post(work, keeper, { ...journal, countsOn: on }).catch(error => {
    if (!(error instanceof DomainError) || error.code !== 'LEDGER_DAY_REFUSED') throw error
    return post(work, keeper, { ...journal, countsOn: work.today })
  })

/**
 * Posts what was received: from outside to whose it is, and to where it lies. It counts for the day on which it was received,
 * for today where the month of that day is closed.
 * @param from what stands outside for it
 * @returns the journal's id
 * @throws DomainError LEDGER_DAY_REFUSED
 */
export async function postReceived(
  work: Work,
  keeper: RealAccount,
  { keeperId, accountId, amountFen, way, receivedOn }: Payment,
  { from, reason, note }: { from: string; reason: 'DUES_PAID' | 'LARGE_DUES_PAID'; note: string },
): Promise<string> {
  const transit = transits[way]
  const placeOf = await accountStore.placesOf(work.tx, keeperId)
  return postOn(work, keeper, receivedOn, {
    ...{ keeperId, reason, note },
    entries: [
      { accountId: placeOf('OUTSIDE', from), amountFen: -amountFen },
      { accountId, amountFen },
      { accountId: placeOf('ELSEWHERE'), amountFen: -amountFen },
      { accountId: transit === null ? keeperId : placeOf('TRANSIT', transit), amountFen },
    ],
  })
}
