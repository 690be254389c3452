import { recordAudit } from '@linghang/access'
import { reaction } from '@linghang/events'
import { useCase, type Work } from '../../work.ts'
import { availableOf } from '../accounts/balance.ts'
import { balanceStore } from '../accounts/balance-store.ts'
import type { FundPurpose } from '../accounts/fund.ts'
import { accountStore } from '../accounts/store.ts'
import { fundStore } from '../funds/store.ts'
import { handing } from '../journals/journal.ts'
import { post } from '../journals/post.ts'
import { endedStore, type Left } from './store.ts'

const accountsAtOnce = 100

/** What is earmarked stays earmarked (党费规定 2008, art. 21): it comes to a fund for the same purpose, opened where there is none. */
async function fundAt(work: Work, { keeperId, toOrgId, code, fundName, purpose }: Left): Promise<string> {
  const { tx, actor, now, today } = work
  const found = await endedStore.fundFor(tx, keeperId, toOrgId, purpose as string)
  if (found !== null) return found
  const id = work.newId()
  await fundStore.insert(tx, {
    ...{ id, orgId: toOrgId, keeperId, openedOn: today, countyId: actor.countyId, openedAt: now, openedBy: null },
    ...{ name: `${fundName}（${code}）`, purpose: purpose as FundPurpose },
  })
  await recordAudit(work, [{ orgId: toOrgId, action: 'dues-fund.opened', subjectType: 'DuesFund', subjectId: id }])
  return id
}

async function handOverOne(work: Work, left: Left): Promise<void> {
  const { accountId, keeperId, code, purpose, toAccountId } = left
  const to = purpose === null ? toAccountId : await fundAt(work, left)
  const [keeper] = await accountStore.realByIds(work.tx, work.actor.countyId, [keeperId])
  const locked = await balanceStore.lock(work, [accountId, to].toSorted())
  const from = locked.find(balance => balance.accountId === accountId)
  const amountFen = from ? availableOf(from) : 0n
  if (!keeper || amountFen <= 0n) return
  const said = { keeperId, reason: 'HANDED_OVER', note: `${code} 撤销或合并`, countsOn: work.today } as const
  const entries = handing(accountId, to, amountFen)
  await post(work, keeper, { ...said, entries, ...(purpose === null ? {} : { purpose }) })
}

/**
 * What organisations that have ended still have goes to whoever follows them: at once, and every night what was held then or
 * came in later, by bills that stay. Set by set.
 * @returns of how many accounts; fewer than were asked for once there are no more
 */
export const handOverEnded = useCase(
  'handOverEndedDues',
  async (work, { most = accountsAtOnce }: { most?: number }): Promise<number> => {
    const left = await endedStore.left(work.tx, work.actor.countyId, most)
    for (const one of left) await handOverOne(work, one)
    return left.length
  },
  { rights: 'COUNTY', turns: 'ledger' },
)

/**
 * An organisation was dissolved or merged: what it has goes to the one that follows, by a journal. Behind the tree, which is
 * waited for, so that the one that follows has its account.
 * @throws Error while the tree here does not know yet what was told: it is heard once more
 */
export const hearEnds = reaction(['org.organisation.ended.v1'], async (work: Work, events) => {
  const { tx, actor } = work
  for (const { data } of events) {
    const { id: orgId, successorId, endedOn } = data
    if (successorId !== null && !(await accountStore.organisation(tx, actor.countyId, successorId)))
      throw new Error('the tree does not know yet who follows an organisation')
    await endedStore.write(tx, actor.countyId, { orgId, successorId, endedOn })
  }
  await handOverEnded.run(work, {})
})
