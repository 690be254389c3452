import { requireReason } from '@linghang/subgraph'
import { requireAmount } from '../../ledger/accounts/amount.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import { post } from '../../ledger/journals/post.ts'
import { keptAccount } from '../../ledger/journals/record-income.ts'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'

export type DepositCash = { keeperId: string; amountFen: bigint; countsOn: string | null; note: string }

/**
 * Records that cash has been paid in at the bank; what organisations have stays as it is.
 * @returns the journal's id
 * @throws DomainError NOT_FOUND, BAD_INPUT, MONEY_NOT_THERE, LEDGER_DAY_REFUSED
 */
export const depositCash = useCase(
  'depositDuesCash',
  async (work, { keeperId, amountFen, countsOn, note }: DepositCash): Promise<string> => {
    const keeper = await keptAccount(work, keeperId)
    if (!keeper) return fail('NOT_FOUND', { what: `RealDuesAccount:${keeperId}` })
    const placeOf = await accountStore.placesOf(work.tx, keeperId)
    const cash = placeOf('TRANSIT', 'CASH')
    const amount = requireAmount(amountFen)
    return post(work, keeper, {
      ...{ keeperId, reason: 'CASH_DEPOSITED', note: requireReason(note, 'note'), countsOn: countsOn ?? work.today },
      entries: [
        { accountId: cash, amountFen: -amount },
        { accountId: keeperId, amountFen: amount },
      ],
    })
  },
  { rights: 'COUNTY', turns: 'ledger' },
)
