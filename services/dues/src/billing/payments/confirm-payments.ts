import { useCase } from '../../work.ts'
import { bookPayments } from './book-payment.ts'
import { fail } from './errors.ts'
import { holdPayments } from './hold-payments.ts'

const mostAtOnce = 100

/**
 * Confirms that what was recorded has been received: all of these or none, by somebody else than who recorded each. What
 * came in a month that is closed counts for today.
 * @returns their ids
 * @throws DomainError BAD_INPUT for none or more than 100, NOT_FOUND, PAYMENT_NOT_OPEN, PAYMENT_OWN_CONFIRMED, and what booking refuses
 */
export const confirmPayments = useCase(
  'confirmDuesPayments',
  async (work, { ids }: { ids: readonly string[] }): Promise<readonly string[]> => {
    const { actor } = work
    const wanted = [...new Set(ids)]
    if (wanted.length === 0 || wanted.length > mostAtOnce)
      fail('BAD_INPUT', {
        ...{ field: 'paymentIds', found: wanted.length },
        ...{ wanted: `1 to ${mostAtOnce}`, wantedZh: `1 至 ${mostAtOnce} 笔` },
      })
    const held = await holdPayments(work, wanted)
    const kept = await work.supervision.keptBooks([...new Set(held.map(({ orgId }) => orgId))])
    const byId = new Map(held.map(payment => [payment.id, payment]))
    for (const id of wanted)
      if (!kept.has(byId.get(id)?.orgId ?? '')) return fail('NOT_FOUND', { what: `DuesPayment:${id}` })
    for (const payment of held) {
      if (payment.state !== 'RECORDED') fail('PAYMENT_NOT_OPEN', { found: payment.state })
      if (payment.recordedBy === actor.accountId) fail('PAYMENT_OWN_CONFIRMED')
    }
    const note = { CASH: '收现金', BANK: '收银行转账', ONLINE: '' }
    const what = { DUES: '党费', LARGE: '大额党费' }
    await bookPayments(work, held, actor.accountId, ({ way, kind }) => `${note[way]}${what[kind]}`)
    return wanted
  },
  { rights: 'COUNTY', timeoutMs: 30_000, turns: 'ledger' },
)
